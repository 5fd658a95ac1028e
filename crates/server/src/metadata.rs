//! Metadata (RFC 8414) and keys.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use renkei_core::text::Language;
use renkei_oauth::metadata::{Endpoints, Metadata};
use renkei_oauth::scope::Scopes;

use crate::app::App;
use crate::ending;
use crate::issuer::Issuer;
use crate::reply;

/// Of the issuer that all banks share, or of a bank's own.
pub(crate) async fn metadata(app: Data<App>, request: HttpRequest) -> HttpResponse {
    match Issuer::of(&app, &request) {
        Some(issuer) => described(&app, &issuer),
        None => ending::not_found(&app, &request),
    }
}

/// Our public keys.
pub(crate) async fn jwks(app: Data<App>) -> HttpResponse {
    reply::public_json(&app.jwks)
}

fn described(app: &App, issuer: &Issuer) -> HttpResponse {
    let live = app.live();
    let offered = match &issuer.tenant {
        Some(id) => live
            .tenants
            .find(id)
            .map(|loaded| loaded.tenant.scopes.clone()),
        None => Scopes::parse("accounts balances transactions").ok(),
    };
    match offered {
        Some(scopes) => reply::public_json(&Metadata::new(
            &issuer.url,
            Endpoints::under(&issuer.url),
            &scopes,
            &Language::ALL.map(Language::tag),
        )),
        None => reply::json(StatusCode::NOT_FOUND).finish(),
    }
}
