//! Answers as they were recorded, headers and all.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{
    ALLOW, CACHE_CONTROL, EXPIRES, HeaderName, PRAGMA, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use renkei_core::fault::Fault;
use renkei_egov::wire::{Reply, Trouble};

use crate::app::App;
use crate::trouble::logged;

/// An answer of the interface.
pub(super) fn xml(reply: Reply) -> HttpResponse {
    let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    HttpResponse::build(status)
        .insert_header((CACHE_CONTROL, "no-store,no-cache"))
        .insert_header((PRAGMA, "no-cache"))
        .insert_header((EXPIRES, LONG_AGO))
        .insert_header((X_FRAME_OPTIONS, "DENY"))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .content_type("text/xml;charset=UTF-8")
        .body(reply.body)
}

/// A refusal before the body was read.
pub(super) fn early(trouble: Trouble) -> HttpResponse {
    let mut answer = xml(trouble.early());
    if trouble.status == StatusCode::TOO_MANY_REQUESTS.as_u16() {
        let name = HeaderName::from_static("retry-after");
        answer.headers_mut().insert(name, A_MINUTE.into());
    }
    answer
}

/// An address of an operation, by a method it does not have.
pub(super) fn wrong_method(allowed: &'static str) -> HttpResponse {
    let mut answer = early(Trouble::WRONG_METHOD);
    let allowed = actix_web::http::header::HeaderValue::from_static(allowed);
    answer.headers_mut().insert(ALLOW, allowed);
    answer
}

/// Something broke: logged once, told in the recorded words and in the shape of the operation.
pub(super) fn fault(app: &App, fault: &Fault, shaped: Reply) -> HttpResponse {
    let incident = logged(app, fault).to_string();
    let mut answer = xml(shaped);
    if let Ok(incident) = incident.parse() {
        let name = HeaderName::from_static("x-incident");
        answer.headers_mut().insert(name, incident);
    }
    answer
}

/// Any time before the service was there would do.
const LONG_AGO: &str = "Thu, 01 Jan 1970 00:00:00 GMT";
const A_MINUTE: u32 = 60;
