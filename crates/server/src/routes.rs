//! The table of routes. The protocol's endpoints are mounted twice: for all banks, and below each
//! bank's own name.

use actix_web::web::{self, ServiceConfig};

use crate::{api, asset, authorize, health, introspect, journey, metadata, revoke, token};

/// Mounts everything.
pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/health/live", web::get().to(health::live))
        .route("/health/ready", web::get().to(health::ready))
        .route("/assets/{name}", web::get().to(asset::asset))
        .route("/jwks", web::get().to(metadata::jwks))
        .route(METADATA, web::get().to(metadata::shared))
        .route(
            "/.well-known/oauth-authorization-server/{tenant}",
            web::get().to(metadata::of_tenant),
        )
        .route("/api/v1/accounts", web::get().to(api::accounts))
        .route(
            "/api/v1/accounts/{account}/balances",
            web::get().to(api::balances),
        )
        .route(
            "/api/v1/accounts/{account}/transactions",
            web::get().to(api::transactions),
        )
        .service(
            web::resource("/authorize")
                .route(web::get().to(authorize::get))
                .route(web::post().to(authorize::post)),
        )
        .service(web::resource("/token").route(web::post().to(token::token)))
        .service(web::resource("/introspect").route(web::post().to(introspect::introspect)))
        .service(web::resource("/revoke").route(web::post().to(revoke::revoke)))
        .service(
            web::resource("/{tenant}/authorize")
                .route(web::get().to(authorize::get_of_tenant))
                .route(web::post().to(authorize::post_of_tenant)),
        )
        .service(web::resource("/{tenant}/token").route(web::post().to(token::token_of_tenant)))
        .service(
            web::resource("/{tenant}/introspect")
                .route(web::post().to(introspect::introspect_of_tenant)),
        )
        .service(web::resource("/{tenant}/revoke").route(web::post().to(revoke::revoke_of_tenant)))
        .route("/{tenant}/jwks", web::get().to(metadata::jwks))
        .route(
            "/{tenant}/.well-known/oauth-authorization-server",
            web::get().to(metadata::of_tenant),
        )
        .service(
            web::resource("/{tenant}/journey/{journey}/cancel")
                .route(web::post().to(journey::cancel))
                .route(web::get().to(journey::show_current)),
        )
        .service(
            web::resource("/{tenant}/journey/{journey}/{stop}")
                .route(web::get().to(journey::show))
                .route(web::post().to(journey::submit)),
        )
        .service(
            web::resource("/{tenant}/journey/{journey}")
                .route(web::get().to(journey::show_current)),
        )
        .default_service(web::to(health::not_found));
}

const METADATA: &str = "/.well-known/oauth-authorization-server";
