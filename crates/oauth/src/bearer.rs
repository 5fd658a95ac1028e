//! Bearer tokens at a resource (RFC 6750): in the `Authorization` header and nowhere else, and the
//! challenge that goes with a refusal.

use crate::error::{ErrorCode, ProtocolError};
use crate::scope::Scopes;
use crate::secret::PlainToken;

/// The token in the one `Authorization` header of a request: the scheme in any case, exactly one
/// space, one token, nothing else. Nothing when there is no header or it is of another scheme: such
/// a request "lacks any authentication information" and its challenge has no error (RFC 6750 section
/// 3.1).
///
/// # Errors
/// `invalid_request` when the scheme is Bearer but what follows is not one token.
pub fn token(authorization: Option<&str>) -> Result<Option<PlainToken>, ProtocolError> {
    let Some(header) = authorization else {
        return Ok(None);
    };
    let (scheme, token) = header.split_once(' ').unwrap_or((header, ""));
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Ok(None);
    }
    // b64token = 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"=" (RFC 6750 section 2.1)
    let letters = token.trim_end_matches('=');
    let letter = |b: u8| b.is_ascii_alphanumeric() || b"-._~+/".contains(&b);
    if letters.is_empty() || !letters.bytes().all(letter) {
        let why = "the Authorization header must be Bearer, one space and one token";
        return Err(ProtocolError::invalid_request(why));
    }
    Ok(Some(PlainToken::from_text(token)))
}

/// The error of a token that does not work, whatever the reason: unknown, expired, revoked, or its
/// link has ended (RFC 6750 section 3.1).
pub fn invalid_token() -> ProtocolError {
    ProtocolError::new(
        ErrorCode::InvalidToken,
        "the access token is unknown, expired or revoked",
    )
}

/// The error of a token that works but not for this (RFC 6750 section 3.1).
pub fn insufficient_scope() -> ProtocolError {
    ProtocolError::new(
        ErrorCode::InsufficientScope,
        "the access token does not permit this",
    )
}

/// The value of `WWW-Authenticate`: "If the protected resource request does not include
/// authentication credentials or does not contain an access token that enables access …, the
/// resource server MUST include the HTTP WWW-Authenticate response header field" (RFC 6750 section
/// 3). `scope` is what the resource needs. Descriptions and scopes cannot hold a quote.
pub fn challenge(error: Option<&ProtocolError>, scope: Option<&Scopes>) -> String {
    let mut challenge = "Bearer realm=\"renkei\"".to_owned();
    let mut add = |name: &str, value: &str| {
        challenge.extend([", ", name, "=\"", value, "\""]);
    };
    if let Some(error) = error {
        add("error", error.code().as_str());
        add("error_description", error.description());
    }
    if let Some(scope) = scope {
        add("scope", &scope.to_string());
    }
    challenge
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scheme_is_read_in_any_case() {
        for header in ["Bearer abc", "bearer abc", "BEARER abc", "bEaReR a-._~+/=="] {
            assert!(token(Some(header)).unwrap().is_some(), "{header}");
        }
    }

    // attacks.md J-2.
    #[test]
    fn only_one_space_and_one_token_follow_the_scheme() {
        for header in [
            "Bearer",
            "Bearer ",
            "Bearer  abc",
            "Bearer abc ",
            "Bearer abc def",
            "Bearer abc, Bearer def",
            "Bearer abc,",
            "Bearer \"abc\"",
            "Bearer =",
            "Bearer a=b",
            "Bearer abc\t",
            "Bearer ａｂｃ",
        ] {
            let error = token(Some(header)).unwrap_err();
            assert_eq!(error.code(), ErrorCode::InvalidRequest, "{header:?}");
        }
    }

    #[test]
    fn another_scheme_is_no_token() {
        let none = [
            None,
            Some(""),
            Some("Bearerabc"),
            Some("Bearer\tabc"),
            Some("Basic abc"),
        ];
        for header in none
            .into_iter()
            .chain([Some("DPoP abc"), Some(" Bearer abc")])
        {
            assert!(token(header).unwrap().is_none(), "{header:?}");
        }
    }

    #[test]
    fn a_challenge_says_what_is_wrong_and_what_is_needed() {
        assert_eq!(challenge(None, None), r#"Bearer realm="renkei""#);
        let scopes = Scopes::parse("accounts balances").unwrap();
        assert_eq!(
            challenge(Some(&insufficient_scope()), Some(&scopes)),
            concat!(
                r#"Bearer realm="renkei", error="insufficient_scope", "#,
                r#"error_description="the access token does not permit this", "#,
                r#"scope="accounts balances""#,
            ),
        );
        assert!(challenge(Some(&invalid_token()), None).contains(r#"error="invalid_token""#));
    }
}
