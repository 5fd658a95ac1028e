//! Bodies are read after the gate only, and never beyond the limit.

use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::http::header::CONTENT_LENGTH;
use actix_web::web::{Bytes, BytesMut, Payload};
use futures_util::StreamExt;

/// Why a body was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unread {
    /// The connection broke, or nothing came for too long.
    Broken,
    /// More than allowed.
    TooLarge,
}

/// What the request says of its body's size; none when it does not say.
pub(super) fn told_length(request: &HttpRequest) -> Option<usize> {
    let value = request.headers().get(CONTENT_LENGTH)?;
    value.to_str().ok()?.parse().ok()
}

/// Reads a body of at most `most` bytes.
pub(super) async fn read(mut payload: Payload, most: usize) -> Result<Bytes, Unread> {
    let mut body = BytesMut::new();
    loop {
        let next = tokio::time::timeout(PATIENCE, payload.next()).await;
        match next.map_err(|_| Unread::Broken)? {
            None => return Ok(body.freeze()),
            Some(Err(_)) => return Err(Unread::Broken),
            Some(Ok(chunk)) => {
                if body.len().saturating_add(chunk.len()) > most {
                    return Err(Unread::TooLarge);
                }
                body.extend_from_slice(&chunk);
            }
        }
    }
}

/// Between two pieces of a body.
const PATIENCE: Duration = Duration::from_secs(20);
