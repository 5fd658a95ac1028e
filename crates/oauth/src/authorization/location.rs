//! The answer of the authorization endpoint: the redirect URI with our parameters in its query. It always
//! carries `iss`, in errors too, so that a client cannot be led to take one server's answer for
//! another's (RFC 9207 section 2); a registered query "MUST be retained when adding additional query
//! parameters" (RFC 6749 section 3.1.2).

use url::form_urlencoded::Serializer;

use crate::error::ProtocolError;
use crate::secret::PlainCode;

/// Where the browser goes with a code (RFC 6749 section 4.1.2).
pub fn granted_location(
    redirect_uri: &str,
    issuer: &str,
    state: Option<&str>,
    code: &PlainCode,
) -> String {
    location(redirect_uri, issuer, state, &[("code", code.expose())])
}

/// Where the browser goes with an error (RFC 6749 section 4.1.2.1).
pub fn refused_location(
    redirect_uri: &str,
    issuer: &str,
    state: Option<&str>,
    error: &ProtocolError,
) -> String {
    let mut answer = vec![("error", error.code().as_str())];
    if !error.description().is_empty() {
        answer.push(("error_description", error.description()));
    }
    location(redirect_uri, issuer, state, &answer)
}

/// Appends to the text instead of rebuilding a parsed URL, so that what was registered comes back
/// byte for byte. A registered query has none of our names and there is no fragment
/// ([`crate::redirect`]).
fn location(
    redirect_uri: &str,
    issuer: &str,
    state: Option<&str>,
    answer: &[(&str, &str)],
) -> String {
    let mut target = redirect_uri.to_owned();
    let query_at = target.find('?').map_or_else(
        || {
            target.push('?');
            target.len()
        },
        |mark| mark + 1,
    );
    let mut query = Serializer::for_suffix(target, query_at);
    query
        .extend_pairs(answer)
        .extend_pairs(state.map(|state| ("state", state)));
    query.append_pair("iss", issuer).finish()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use url::Url;

    use super::*;
    use crate::error::ErrorCode;

    const ISSUER: &str = "https://renkei.example/hidashin";

    // attacks.md A-4: re-parsed, each name stands exactly once.
    fn read(location: &str) -> BTreeMap<String, String> {
        let url = Url::parse(location).unwrap();
        assert_eq!(url.fragment(), None);
        let pairs: Vec<_> = url.query_pairs().into_owned().collect();
        let read: BTreeMap<_, _> = pairs.iter().cloned().collect();
        assert_eq!(read.len(), pairs.len(), "{location}");
        read
    }

    #[test]
    fn a_code_goes_back_with_issuer_and_state() {
        let code = PlainCode::from_random(&[0; 32]);
        let cases = [
            ("https://app.example/cb", "https://app.example/cb?code="),
            ("https://app.example", "https://app.example?code="),
            ("https://app.example/cb?", "https://app.example/cb?code="),
            (
                "https://app.example/cb?x=a%20b&y",
                "https://app.example/cb?x=a%20b&y&code=",
            ),
            ("com.example.app:/cb", "com.example.app:/cb?code="),
            (
                "http://127.0.0.1:51004/cb",
                "http://127.0.0.1:51004/cb?code=",
            ),
        ];
        for (uri, start) in cases {
            let location = granted_location(uri, ISSUER, Some("a&code=evil#飛 +"), &code);
            assert!(location.starts_with(start), "{location}");
            let answer = read(&location);
            assert_eq!(answer.get("code").unwrap(), code.expose());
            assert_eq!(answer.get("state").unwrap(), "a&code=evil#飛 +");
            assert_eq!(answer.get("iss").unwrap(), ISSUER);
        }
    }

    #[test]
    fn an_error_goes_back_with_the_issuer_and_no_state_when_none_was_sent() {
        let error =
            ProtocolError::new(ErrorCode::AccessDenied, "the customer did not give consent");
        let answer = read(&refused_location(
            "https://app.example/cb?x=1",
            ISSUER,
            None,
            &error,
        ));
        let names: Vec<_> = answer.keys().map(String::as_str).collect();
        assert_eq!(names, ["error", "error_description", "iss", "x"]);
        assert_eq!(answer.get("error").unwrap(), "access_denied");
    }
}
