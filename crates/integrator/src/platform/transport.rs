//! HTTP towards the platform: time-outs, no redirects (a token endpoint that redirects could send our
//! secret anywhere), no proxy, and answers of a bounded size.

use std::time::Duration;

use oauth2::{HttpRequest, HttpResponse};
use reqwest::Response;
use reqwest::header::WWW_AUTHENTICATE;
use reqwest::redirect::Policy;

use super::failure::Failure;

/// The client for everything.
pub(super) fn client() -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder()
        .connect_timeout(Duration::from_secs(3))
        .timeout(Duration::from_secs(15))
        .redirect(Policy::none())
        .no_proxy()
        .user_agent(concat!("kakehashi-kaikei/", env!("CARGO_PKG_VERSION")))
        .build()
}

/// Carries a request of `oauth2`, whose own client is of an older reqwest. Trouble on the platform's side
/// is no answer to be parsed: it counts as not reached.
pub(super) async fn send(
    http: reqwest::Client,
    request: HttpRequest,
) -> Result<HttpResponse, Failure> {
    let request = reqwest::Request::try_from(request).map_err(Failure::unreachable)?;
    let answer = http.execute(request).await.map_err(Failure::unreachable)?;
    let status = answer.status();
    if status.is_server_error() {
        return Err(Failure::Unreachable(status.to_string()));
    }
    let headers = answer.headers().clone();
    let mut carried = HttpResponse::new(body(answer).await?);
    *carried.status_mut() = status;
    *carried.headers_mut() = headers;
    Ok(carried)
}

/// The body, unless it is larger than anything we asked for.
pub(super) async fn body(mut answer: Response) -> Result<Vec<u8>, Failure> {
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(Failure::unreachable)? {
        if body.len() + chunk.len() > LARGEST_BODY {
            return Err(Failure::Unreadable("the answer is too large"));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// What a refusal asks for; empty when it does not say.
pub(super) fn challenge(answer: &Response) -> String {
    let value = answer
        .headers()
        .get(WWW_AUTHENTICATE)
        .and_then(|value| value.to_str().ok());
    value.unwrap_or_default().to_owned()
}

/// 500 entries of a statement are about 150 KB.
const LARGEST_BODY: usize = 2 * 1024 * 1024;
