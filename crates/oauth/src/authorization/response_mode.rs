//! `response_mode` (OAuth 2.0 Multiple Response Type Encoding Practices, section 2.1): for
//! `response_type=code` the default is `query`, and it is the only one we have. A fragment would
//! hide the code from servers, a posted form would need a script.

use super::rule::{Asked, Draft};
use crate::error::ProtocolError;

/// Requires `query`, or nothing.
pub(super) fn apply(asked: &Asked<'_>, _: &mut Draft) -> Result<(), ProtocolError> {
    match asked.parameters.once("response_mode")? {
        None | Some("query") => Ok(()),
        Some(_) => Err(ProtocolError::invalid_request(
            "response_mode must be query",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::super::rule::tests::refusal;
    use super::*;

    #[test]
    fn answers_go_into_the_query() {
        let cases = [
            ("", None),
            ("response_mode=query", None),
            ("response_mode=fragment", Some("invalid_request")),
            ("response_mode=form_post", Some("invalid_request")),
            ("response_mode=jwt", Some("invalid_request")),
        ];
        for (query, error) in cases {
            assert_eq!(refusal(apply, query), error, "{query}");
        }
    }
}
