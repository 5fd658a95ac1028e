//! Requests by value and by reference (RFC 9101) are not taken. Ignoring them would answer a request
//! that is not the one the client signed. "The OP does not support use of the
//! `request` parameter" (OpenID Connect Core section 3.1.2.6), `request_uri` likewise.

use super::rule::{Asked, Draft};
use crate::error::{ErrorCode, ProtocolError};

/// Refuses `request` and `request_uri`.
pub(super) fn apply(asked: &Asked<'_>, _: &mut Draft) -> Result<(), ProtocolError> {
    let parameters = asked.parameters;
    if parameters.once("request")?.is_some() {
        let why = "request objects are not supported";
        return Err(ProtocolError::new(ErrorCode::RequestNotSupported, why));
    }
    if parameters.once("request_uri")?.is_some() {
        let why = "request_uri is not supported";
        return Err(ProtocolError::new(ErrorCode::RequestUriNotSupported, why));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::rule::tests::refusal;
    use super::*;

    #[test]
    fn a_request_comes_as_plain_parameters() {
        let cases = [
            ("scope=a", None),
            ("request=eyJ", Some("request_not_supported")),
            ("request_uri=urn:x", Some("request_uri_not_supported")),
            ("request=&request_uri=", None),
        ];
        for (query, error) in cases {
            assert_eq!(refusal(apply, query), error, "{query}");
        }
    }
}
