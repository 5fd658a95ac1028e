//! "If an authorization request is missing the `response_type` parameter, or if the response type is
//! not understood, the authorization server MUST return an error response" (RFC 6749 section 3.1.1).
//! There is `code` and nothing else: no implicit, no hybrid.

use super::rule::{Asked, Draft};
use crate::error::{ErrorCode, ProtocolError};

/// Requires `code`.
pub(super) fn apply(asked: &Asked<'_>, _: &mut Draft) -> Result<(), ProtocolError> {
    match asked.parameters.required("response_type")? {
        "code" => Ok(()),
        _ => Err(ProtocolError::new(
            ErrorCode::UnsupportedResponseType,
            "response_type must be code",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::super::rule::tests::refusal;
    use super::*;

    #[test]
    fn only_a_code_can_be_asked_for() {
        let cases = [
            ("response_type=code", None),
            ("", Some("invalid_request")),
            ("response_type=", Some("invalid_request")),
            ("response_type=token", Some("unsupported_response_type")),
            (
                "response_type=code+id_token",
                Some("unsupported_response_type"),
            ),
            ("response_type=Code", Some("unsupported_response_type")),
        ];
        for (query, error) in cases {
            assert_eq!(refusal(apply, query), error, "{query}");
        }
    }
}
