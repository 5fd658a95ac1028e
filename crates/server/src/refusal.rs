//! Requests that no handler was reached with: too large, or with a method nobody takes. They get the
//! same calm answers as any other.

use actix_web::body::{BoxBody, EitherBody};
use actix_web::dev::ServiceResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, HeaderValue};
use actix_web::middleware::{ErrorHandlerResponse, ErrorHandlers};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use renkei_oauth::error::{ErrorCode, ProtocolError};
use renkei_pages::Ending;

use crate::app::App;
use crate::{ending, reply};

/// The middleware that writes them.
pub fn refusals() -> ErrorHandlers<BoxBody> {
    ErrorHandlers::new()
        .handler(StatusCode::METHOD_NOT_ALLOWED, |response| {
            Ok(rewritten(
                response,
                "the method is not taken here",
                &Ending::MethodNotAllowed,
            ))
        })
        .handler(StatusCode::PAYLOAD_TOO_LARGE, |response| {
            Ok(rewritten(
                response,
                "the request is too large",
                &Ending::TooLarge,
            ))
        })
}

fn rewritten(
    response: ServiceResponse<BoxBody>,
    what: &str,
    page: &Ending,
) -> ErrorHandlerResponse<BoxBody> {
    // The interface of e-Gov answers in its own shape.
    if response.request().path().starts_with("/shinsei/") {
        return ErrorHandlerResponse::Response(response.map_into_left_body());
    }
    let (request, old) = response.into_parts();
    let allowed = old.headers().get(ALLOW).cloned();
    let status = old.status();
    let new = answer(&request, status, allowed, what, page).unwrap_or(old);
    let response = ServiceResponse::new(request, new);
    ErrorHandlerResponse::Response(response.map_body(|_, body| EitherBody::left(body)))
}

fn answer(
    request: &HttpRequest,
    status: StatusCode,
    allowed: Option<HeaderValue>,
    what: &str,
    page: &Ending,
) -> Option<HttpResponse> {
    let app = request.app_data::<Data<App>>()?;
    let end = request.path().rsplit('/').next().unwrap_or_default();
    let mut new = if matches!(end, "token" | "introspect" | "revoke") {
        reply::json(status).json(ProtocolError::new(ErrorCode::InvalidRequest, what))
    } else {
        ending::bare(app, request, status, page)
    };
    if let Some(allowed) = allowed {
        new.headers_mut().insert(ALLOW, allowed);
    }
    Some(new)
}
