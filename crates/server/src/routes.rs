//! The table of routes: what is not in it is not mounted, so whoever goes through it meets every
//! address there is. The protocol's endpoints stand twice: for all banks, and below each bank's own
//! name.

use actix_web::Route;
use actix_web::web::{self, ServiceConfig};

use crate::{
    api, asset, authorize, certificate, desk, health, introspect, journey, links, metadata,
    payment, preview, revoke, token,
};

/// How an address is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verb {
    /// `GET`
    Get,
    /// `POST`
    Post,
}

/// One row: a method, an address, and what answers.
#[derive(Clone, Copy, Debug)]
pub struct Endpoint {
    /// The method.
    pub verb: Verb,
    /// The address, with its variable segments in braces.
    pub pattern: &'static str,
    answers: fn(Route) -> Route,
}

const fn get(pattern: &'static str, answers: fn(Route) -> Route) -> Endpoint {
    Endpoint {
        verb: Verb::Get,
        pattern,
        answers,
    }
}

const fn post(pattern: &'static str, answers: fn(Route) -> Route) -> Endpoint {
    Endpoint {
        verb: Verb::Post,
        pattern,
        answers,
    }
}

/// What the platform's address has, and a bank's own host a part of. Rows of one address stand
/// together, and a fixed segment before a variable one.
pub const ENDPOINTS: &[Endpoint] = &[
    get("/health/live", |r| r.to(health::live)),
    get("/health/ready", |r| r.to(health::ready)),
    get("/assets/{name}", |r| r.to(asset::asset)),
    get("/preview", |r| r.to(preview::list)),
    get("/preview/{tenant}", |r| r.to(preview::index)),
    get("/preview/{tenant}/{page}", |r| r.to(preview::page)),
    get("/.well-known/oauth-authorization-server", |r| {
        r.to(metadata::metadata)
    }),
    get("/.well-known/oauth-authorization-server/{tenant}", |r| {
        r.to(metadata::metadata)
    }),
    get("/{tenant}/.well-known/oauth-authorization-server", |r| {
        r.to(metadata::metadata)
    }),
    get("/api/v1/accounts", |r| r.to(api::accounts)),
    get("/api/v1/accounts/{account}/balances", |r| {
        r.to(api::balances)
    }),
    get("/api/v1/accounts/{account}/transactions", |r| {
        r.to(api::transactions)
    }),
    get("/authorize", |r| r.to(authorize::get)),
    post("/authorize", |r| r.to(authorize::post)),
    get("/{tenant}/authorize", |r| r.to(authorize::get)),
    post("/{tenant}/authorize", |r| r.to(authorize::post)),
    post("/token", |r| r.to(token::token)),
    post("/{tenant}/token", |r| r.to(token::token)),
    post("/introspect", |r| r.to(introspect::introspect)),
    post("/{tenant}/introspect", |r| r.to(introspect::introspect)),
    post("/revoke", |r| r.to(revoke::revoke)),
    post("/{tenant}/revoke", |r| r.to(revoke::revoke)),
    get("/jwks", |r| r.to(metadata::jwks)),
    get("/{tenant}/jwks", |r| r.to(metadata::jwks)),
    get("/{tenant}/journey/{journey}", |r| {
        r.to(journey::show_current)
    }),
    get("/{tenant}/journey/{journey}/cancel", |r| {
        r.to(journey::show_current)
    }),
    post("/{tenant}/journey/{journey}/cancel", |r| {
        r.to(journey::cancel)
    }),
    get("/{tenant}/journey/{journey}/{stop}/return", |r| {
        r.to(certificate::returned)
    }),
    get("/{tenant}/journey/{journey}/{stop}", |r| {
        r.to(journey::show)
    }),
    post("/{tenant}/journey/{journey}/{stop}", |r| {
        r.to(journey::submit)
    }),
    get("/{tenant}/mpn/ilink", |r| r.to(payment::calm)),
    post("/{tenant}/mpn/ilink", |r| r.to(payment::open)),
    get("/{tenant}/links", |r| r.to(links::list)),
    get("/{tenant}/links/left", |r| r.to(links::left)),
    post("/{tenant}/links/logout", |r| r.to(links::log_out)),
    get("/{tenant}/links/payments/{payment}", |r| {
        r.to(links::payment)
    }),
    get("/{tenant}/links/{link}", |r| r.to(links::one)),
    post("/{tenant}/links/{link}/label", |r| r.to(links::label)),
    get("/{tenant}/links/{link}/stop", |r| r.to(links::ask_stop)),
    post("/{tenant}/links/{link}/stop", |r| r.to(links::stop)),
    get("/{tenant}/links/{link}/consents/{consent}", |r| {
        r.to(links::receipt)
    }),
];

/// What the address that asks for certificates has, and nothing else: a page there must not be a
/// second way to anything.
pub const CERTIFICATE_ENDPOINTS: &[Endpoint] = &[
    get("/health/live", |r| r.to(health::live)),
    get("/assets/{name}", |r| r.to(asset::asset)),
    CERTIFICATE_PAGE,
];

const CERTIFICATE_PAGE: Endpoint = get("/{tenant}/certificate/{journey}", |r| {
    r.to(certificate::present)
});

/// Mounts everything.
pub fn routes(config: &mut ServiceConfig) {
    mount(config, ENDPOINTS);
    config.configure(desk::routes);
    config.default_service(web::to(health::not_found));
}

/// Mounts what the address that asks for certificates has.
pub fn certificate_routes(config: &mut ServiceConfig) {
    mount(config, CERTIFICATE_ENDPOINTS);
    config.default_service(web::to(health::not_found));
}

/// The page alone, for a proxy that brings certificates to the platform's own address.
pub fn certificate_page(config: &mut ServiceConfig) {
    mount(config, &[CERTIFICATE_PAGE]);
}

/// One resource for each address, so that another method there is answered as such.
fn mount(config: &mut ServiceConfig, endpoints: &[Endpoint]) {
    for rows in endpoints.chunk_by(|one, next| one.pattern == next.pattern) {
        let pattern = rows.first().map_or("", |row| row.pattern);
        let resource = rows.iter().fold(web::resource(pattern), |resource, row| {
            let route = match row.verb {
                Verb::Get => web::get(),
                Verb::Post => web::post(),
            };
            resource.route((row.answers)(route))
        });
        config.service(resource);
    }
}
