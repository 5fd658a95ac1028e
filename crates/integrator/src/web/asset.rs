//! The style sheet and the pictures, from inside the binary.

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::Path;
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "assets"]
struct Assets;

/// `GET /assets/{name}`
pub(super) async fn show(name: Path<String>) -> HttpResponse {
    let Some(file) = Assets::get(&name) else {
        return HttpResponse::NotFound().finish();
    };
    let kind = match name.rsplit_once('.') {
        Some((_, "css")) => "text/css; charset=utf-8",
        Some((_, "svg")) => "image/svg+xml",
        _ => "application/octet-stream",
    };
    HttpResponse::Ok()
        .content_type(kind)
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
        .body(file.data.into_owned())
}
