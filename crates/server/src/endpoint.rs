//! What the protocol's endpoints have in common: the issuer a request came to, a posted form, an
//! authenticated client, and an answer in JSON.

use actix_web::http::StatusCode;
use actix_web::http::header::AUTHORIZATION;
use actix_web::web::Bytes;
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use renkei_oauth::client::{Client, authenticate};
use renkei_oauth::error::{ErrorCode, ProtocolError};
use renkei_oauth::parameter::Parameters;
use renkei_oauth::token::ClientCredentials;
use serde::Serialize;

use crate::app::App;
use crate::issuer::Issuer;
use crate::trouble::Trouble;
use crate::{ending, reply};

/// A request of a client that has proven who it is.
pub(crate) struct Asked {
    /// The issuer it came to.
    pub(crate) issuer: Issuer,
    /// Who asks.
    pub(crate) client: Client,
    /// What for.
    pub(crate) parameters: Parameters,
}

/// Serves one request with `serve`.
pub(crate) async fn answer<T: Serialize>(
    app: &App,
    request: &HttpRequest,
    body: &Bytes,
    serve: impl AsyncFnOnce(&App, Asked) -> Result<T, Trouble>,
) -> HttpResponse {
    let Some(issuer) = Issuer::of(app, request) else {
        return ending::not_found(app, request);
    };
    let served = match asked(app, request, issuer, body).await {
        Ok(asked) => serve(app, asked).await,
        Err(trouble) => Err(trouble),
    };
    match served {
        Ok(response) => reply::json(StatusCode::OK).json(&response),
        Err(trouble) => trouble.into_response(app, request.headers().contains_key(AUTHORIZATION)),
    }
}

async fn asked(
    app: &App,
    request: &HttpRequest,
    issuer: Issuer,
    body: &Bytes,
) -> Result<Asked, Trouble> {
    let wrong = |what| Trouble::from(ProtocolError::new(ErrorCode::InvalidRequest, what));
    if !request
        .content_type()
        .eq_ignore_ascii_case("application/x-www-form-urlencoded")
    {
        return Err(wrong("the body must be application/x-www-form-urlencoded"));
    }
    let parameters = Parameters::parse(body)?;
    let mut headers = request.headers().get_all(AUTHORIZATION);
    let header = headers.next().map(|value| value.to_str().unwrap_or("?"));
    if headers.next().is_some() {
        return Err(wrong("the Authorization header is given twice"));
    }
    let credentials = ClientCredentials::from_request(header, &parameters)?;
    let record = app.ports.store.find_client(&credentials.client_id).await?;
    // Unknown, disabled and wrong answer alike.
    let client = authenticate(record.as_ref().map(|record| &record.client), &credentials)?.clone();
    Ok(Asked {
        issuer,
        client,
        parameters,
    })
}
