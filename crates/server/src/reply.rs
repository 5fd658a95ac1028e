//! Every answer begins here: security headers on pages, `no-store` on whatever is personal.

use actix_web::http::StatusCode;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, Charset, ContentDisposition, DispositionParam,
    DispositionType, ExtendedValue, HeaderName, LOCATION, PRAGMA, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use actix_web::{HttpResponse, HttpResponseBuilder};

/// A page. `form_targets` are the origins (or schemes) that its forms may lead to besides our own:
/// Chromium holds the redirect that follows a form against `form-action` too.
pub(crate) fn page(status: StatusCode, form_targets: &[String], html: String) -> HttpResponse {
    let form_action = std::iter::once("'self'")
        .chain(form_targets.iter().map(String::as_str))
        .collect::<Vec<_>>()
        .join(" ");
    let framing = "frame-ancestors 'none'";
    with_policy(status, &form_action, framing, "DENY", html)
}

/// A page whose one form leads to one address elsewhere, and to nothing of ours.
pub(crate) fn page_leading_to(action: &str, html: String) -> HttpResponse {
    let framing = "frame-ancestors 'none'";
    with_policy(StatusCode::OK, action, framing, "DENY", html)
}

/// The gallery: it frames its own pages and nothing frames it.
pub(crate) fn gallery(html: String) -> HttpResponse {
    let framing = "frame-src 'self'; frame-ancestors 'none'";
    with_policy(StatusCode::OK, "'none'", framing, "DENY", html)
}

/// A page of the gallery: only the gallery frames it, and its forms go nowhere.
pub(crate) fn exhibit(html: String) -> HttpResponse {
    let framing = "frame-ancestors 'self'";
    with_policy(StatusCode::OK, "'none'", framing, "SAMEORIGIN", html)
}

fn with_policy(
    status: StatusCode,
    form_action: &str,
    framing: &str,
    old_framing: &'static str,
    html: String,
) -> HttpResponse {
    let policy = format!(
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
         font-src 'self'; connect-src 'self'; form-action {form_action}; {framing}; \
         base-uri 'none'"
    );
    begin(status)
        .insert_header((CONTENT_SECURITY_POLICY, policy))
        .insert_header((X_FRAME_OPTIONS, old_framing))
        .insert_header((
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ))
        .insert_header((
            HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=(), payment=()",
        ))
        .content_type("text/html; charset=utf-8")
        .body(html)
}

/// The beginning of a JSON answer.
pub(crate) fn json(status: StatusCode) -> HttpResponseBuilder {
    let mut builder = begin(status);
    builder.insert_header((PRAGMA, "no-cache"));
    builder
}

/// 303 (RFC 9110 section 15.4.4): whatever was posted is not posted again.
pub(crate) fn see_other(location: &str) -> HttpResponseBuilder {
    let mut builder = begin(StatusCode::SEE_OTHER);
    builder.insert_header((LOCATION, location));
    builder
}

/// An answer that anybody may keep: keys, metadata.
pub(crate) fn public_json(body: &impl serde::Serialize) -> HttpResponse {
    HttpResponse::build(StatusCode::OK)
        .insert_header((CACHE_CONTROL, "public, max-age=300"))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((HeaderName::from_static("access-control-allow-origin"), "*"))
        .json(body)
}

/// A file of strangers: saved, never shown; and were it shown, a sandbox without anything in it.
pub(crate) fn download(name: &str, bytes: Vec<u8>) -> HttpResponse {
    let disposition = ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::FilenameExt(ExtendedValue {
            charset: Charset::Ext("UTF-8".to_owned()),
            language_tag: None,
            value: name.as_bytes().to_vec(),
        })],
    };
    begin(StatusCode::OK)
        .insert_header((CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .insert_header((X_FRAME_OPTIONS, "DENY"))
        .insert_header((
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ))
        .insert_header(disposition)
        .content_type("application/octet-stream")
        .body(bytes)
}

/// A file whose name changes with its content.
pub(crate) fn file(content_type: &str, etag: &str, bytes: Vec<u8>) -> HttpResponse {
    HttpResponse::build(StatusCode::OK)
        .insert_header((CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((HeaderName::from_static("etag"), etag))
        .content_type(content_type)
        .body(bytes)
}

fn begin(status: StatusCode) -> HttpResponseBuilder {
    let mut builder = HttpResponse::build(status);
    builder
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((REFERRER_POLICY, "no-referrer"))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"));
    builder
}
