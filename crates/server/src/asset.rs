//! Styles and scripts, from our own origin only.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use crate::app::App;
use crate::reply;

/// One file.
pub(crate) async fn asset(
    app: Data<App>,
    request: HttpRequest,
    name: Path<String>,
) -> HttpResponse {
    let live = app.live();
    let Some(asset) = live.pages.asset(&name) else {
        return reply::json(StatusCode::NOT_FOUND).finish();
    };
    let known = request
        .headers()
        .get("if-none-match")
        .and_then(|value| value.to_str().ok());
    if known.is_some_and(|known| known == asset.etag) {
        return reply::json(StatusCode::NOT_MODIFIED).finish();
    }
    reply::file(asset.content_type, &asset.etag, asset.bytes.clone())
}
