//! "Request and response parameters MUST NOT be included more than once" (RFC 6749 section 3.1),
//! known to us or not: two readers of one request must not see two requests.

use super::rule::{Asked, Draft};
use crate::error::ProtocolError;

/// Refuses a request in which any parameter is given twice. `client_id` and `redirect_uri` were
/// judged before, where the error stays on our page.
pub(super) fn apply(asked: &Asked<'_>, _: &mut Draft) -> Result<(), ProtocolError> {
    asked.parameters.refuse_duplicates()
}

#[cfg(test)]
mod tests {
    use super::super::rule::tests::refusal;
    use super::*;

    #[test]
    fn any_parameter_may_stand_once() {
        let cases = [
            ("scope=a&state=b", None),
            ("scope=a&scope=a", Some("invalid_request")),
            ("x=1&y=2&x=3", Some("invalid_request")),
            ("scope=a&scope=", Some("invalid_request")),
        ];
        for (query, error) in cases {
            assert_eq!(refusal(apply, query), error, "{query}");
        }
    }
}
