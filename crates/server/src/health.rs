//! Whether the server is alive, and whether it can serve.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;

use crate::app::App;
use crate::{ending, reply};

/// The process answers.
pub(crate) async fn live() -> HttpResponse {
    reply::json(StatusCode::OK).json(json!({ "status": "alive" }))
}

/// The process and its database answer.
pub(crate) async fn ready(app: Data<App>) -> HttpResponse {
    match app.ports.store.ping().await {
        Ok(()) => reply::json(StatusCode::OK).json(json!({ "status": "ready" })),
        Err(fault) => {
            tracing::warn!(cause = fault.chain(), "not ready");
            reply::json(StatusCode::SERVICE_UNAVAILABLE).json(json!({ "status": "not ready" }))
        }
    }
}

/// No such page, or not with this method.
pub(crate) async fn not_found(app: Data<App>, request: HttpRequest) -> HttpResponse {
    if request.path().starts_with("/api/") {
        return crate::trouble::problem(
            StatusCode::NOT_FOUND,
            "not-found",
            "Not found",
            "there is nothing at this address",
        );
    }
    ending::not_found(&app, &request)
}
