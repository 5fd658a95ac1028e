//! A code is worth nothing to whoever merely intercepts it (RFC 7636; for every kind of client since
//! RFC 9700 section 2.1.1). When the challenge is missing, the answer is the authorization error
//! `invalid_request` (RFC 7636 section 4.4.1).

use super::rule::{Asked, Draft};
use crate::error::ProtocolError;
use crate::pkce::CodeChallenge;

/// Requires a challenge by method `S256`. A missing method "defaults to plain" (RFC 7636 section
/// 4.3), which shows the verifier to whoever sees the request, so it is refused like `plain`.
pub(super) fn apply(asked: &Asked<'_>, draft: &mut Draft) -> Result<(), ProtocolError> {
    let challenge = asked
        .parameters
        .once("code_challenge")?
        .ok_or_else(missing)?;
    if asked.parameters.once("code_challenge_method")? != Some("S256") {
        return Err(ProtocolError::invalid_request(
            "code_challenge_method must be S256",
        ));
    }
    draft.code_challenge = Some(CodeChallenge::parse(challenge)?);
    Ok(())
}

/// The answer to a request without one.
pub(super) fn missing() -> ProtocolError {
    ProtocolError::invalid_request("code_challenge is missing (PKCE, method S256)")
}

#[cfg(test)]
mod tests {
    use super::super::rule::tests::refusal;
    use super::*;

    #[test]
    fn only_a_challenge_of_method_s256_is_taken() {
        let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
        let cases = [
            (
                format!("code_challenge={challenge}&code_challenge_method=S256"),
                None,
            ),
            (
                format!("code_challenge={challenge}&code_challenge_method=plain"),
                BAD,
            ),
            (
                format!("code_challenge={challenge}&code_challenge_method=s256"),
                BAD,
            ),
            (format!("code_challenge={challenge}"), BAD),
            (
                format!("code_challenge={challenge}%3D&code_challenge_method=S256"),
                BAD,
            ),
            (
                "code_challenge=abc&code_challenge_method=S256".to_owned(),
                BAD,
            ),
            ("code_challenge=&code_challenge_method=S256".to_owned(), BAD),
            ("code_challenge_method=S256".to_owned(), BAD),
        ];
        for (query, error) in cases {
            assert_eq!(refusal(apply, &query), error, "{query}");
        }
    }

    const BAD: Option<&str> = Some("invalid_request");
}
