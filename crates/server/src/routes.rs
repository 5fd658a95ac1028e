//! The table of routes. The protocol's endpoints are mounted twice: for all banks, and below each
//! bank's own name.

use actix_web::Resource;
use actix_web::web::{self, ServiceConfig};

use crate::{
    api, asset, authorize, certificate, desk, health, introspect, journey, links, metadata,
    payment, preview, revoke, token,
};

/// Mounts everything.
pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/health/live", web::get().to(health::live))
        .route("/health/ready", web::get().to(health::ready))
        .route("/assets/{name}", web::get().to(asset::asset))
        .route("/preview", web::get().to(preview::list))
        .route("/preview/{tenant}", web::get().to(preview::index))
        .route("/preview/{tenant}/{page}", web::get().to(preview::page))
        .route(
            "/.well-known/oauth-authorization-server",
            web::get().to(metadata::metadata),
        )
        .route(
            "/.well-known/oauth-authorization-server/{tenant}",
            web::get().to(metadata::metadata),
        )
        .route(
            "/{tenant}/.well-known/oauth-authorization-server",
            web::get().to(metadata::metadata),
        )
        .route("/api/v1/accounts", web::get().to(api::accounts))
        .route(
            "/api/v1/accounts/{account}/balances",
            web::get().to(api::balances),
        )
        .route(
            "/api/v1/accounts/{account}/transactions",
            web::get().to(api::transactions),
        );
    for below in ["", "/{tenant}"] {
        let at = |path: &str| web::resource(format!("{below}{path}"));
        config
            .service(
                at("/authorize")
                    .route(web::get().to(authorize::get))
                    .route(web::post().to(authorize::post)),
            )
            .service(at("/token").route(web::post().to(token::token)))
            .service(at("/introspect").route(web::post().to(introspect::introspect)))
            .service(at("/revoke").route(web::post().to(revoke::revoke)))
            .service(at("/jwks").route(web::get().to(metadata::jwks)));
    }
    config
        .service(at_journey(web::get().to(journey::show_current), ""))
        .service(
            at_journey(web::get().to(journey::show_current), "/cancel")
                .route(web::post().to(journey::cancel)),
        )
        .service(at_journey(
            web::get().to(certificate::returned),
            "/{stop}/return",
        ))
        .service(
            at_journey(web::get().to(journey::show), "/{stop}")
                .route(web::post().to(journey::submit)),
        )
        .service(
            web::resource("/{tenant}/mpn/ilink")
                .route(web::post().to(payment::open))
                .default_service(web::to(payment::calm)),
        )
        .route("/{tenant}/links", web::get().to(links::list))
        .route("/{tenant}/links/left", web::get().to(links::left))
        .route("/{tenant}/links/logout", web::post().to(links::log_out))
        .route(
            "/{tenant}/links/payments/{payment}",
            web::get().to(links::payment),
        )
        .route("/{tenant}/links/{link}", web::get().to(links::one))
        .route("/{tenant}/links/{link}/label", web::post().to(links::label))
        .service(
            web::resource("/{tenant}/links/{link}/stop")
                .route(web::get().to(links::ask_stop))
                .route(web::post().to(links::stop)),
        )
        .route(
            "/{tenant}/links/{link}/consents/{consent}",
            web::get().to(links::receipt),
        )
        .configure(desk::routes)
        .default_service(web::to(health::not_found));
}

/// Mounts what the address that asks for certificates has, and nothing else: a page there must not be
/// a second way to anything.
pub fn certificate_routes(config: &mut ServiceConfig) {
    config
        .route("/health/live", web::get().to(health::live))
        .route("/assets/{name}", web::get().to(asset::asset))
        .configure(certificate_page)
        .default_service(web::to(health::not_found));
}

/// The page alone, for a proxy that brings certificates to the platform's own address.
pub fn certificate_page(config: &mut ServiceConfig) {
    config.route(
        "/{tenant}/certificate/{journey}",
        web::get().to(certificate::present),
    );
}

fn at_journey(shown: actix_web::Route, path: &str) -> Resource {
    web::resource(format!("/{{tenant}}/journey/{{journey}}{path}")).route(shown)
}
