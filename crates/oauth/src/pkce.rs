//! Proof Key for Code Exchange (RFC 7636), method `S256` alone.

use std::fmt;

use openssl::sha::sha256;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::error::ProtocolError;
use crate::{base64url, constant_time};

/// What the client that asks for a code commits itself to: BASE64URL(SHA-256(verifier)), 43
/// letters, no padding. It travels through the browser and is no secret. Source: RFC 7636 section
/// 4.2.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CodeChallenge(String);

impl CodeChallenge {
    /// Reads a challenge.
    ///
    /// # Errors
    /// `invalid_request` when it cannot be one that `S256` makes.
    pub fn parse(text: &str) -> Result<Self, ProtocolError> {
        if base64url::is_256_bits_long(text) {
            return Ok(Self(text.to_owned()));
        }
        Err(ProtocolError::invalid_request(
            "code_challenge must be 43 letters of base64url",
        ))
    }

    /// The challenge as it was sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the verifier belongs to it: its SHA-256 in base64url is the challenge
    /// (RFC 7636 section 4.6). Takes the same time whatever differs.
    pub fn is_met_by(&self, verifier: &CodeVerifier) -> bool {
        let met = base64url::encode(&sha256(verifier.0.as_bytes()));
        constant_time::is_same(&self.0, &met)
    }
}

impl TryFrom<String> for CodeChallenge {
    type Error = ProtocolError;

    fn try_from(text: String) -> Result<Self, ProtocolError> {
        Self::parse(&text)
    }
}

impl From<CodeChallenge> for String {
    fn from(challenge: CodeChallenge) -> Self {
        challenge.0
    }
}

/// The secret behind a challenge: 43 to 128 letters, digits, `-`, `.`, `_` and `~`. Source: RFC 7636
/// section 4.1.
#[derive(Clone)]
pub struct CodeVerifier(Zeroizing<String>);

impl CodeVerifier {
    /// Reads a verifier.
    ///
    /// # Errors
    /// `invalid_grant`, not `invalid_request`: a verifier that cannot be right is a wrong verifier
    /// (RFC 7636 section 4.6).
    pub fn parse(text: &str) -> Result<Self, ProtocolError> {
        let unreserved =
            |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~');
        if (43..=128).contains(&text.len()) && text.bytes().all(unreserved) {
            return Ok(Self(Zeroizing::new(text.to_owned())));
        }
        Err(ProtocolError::invalid_grant(
            "code_verifier must be 43 to 128 unreserved characters",
        ))
    }
}

impl fmt::Debug for CodeVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CodeVerifier(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_rfc_7636_appendix_b_holds() {
        let challenge =
            CodeChallenge::parse("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM").unwrap();
        let verifier = CodeVerifier::parse("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk").unwrap();
        assert!(challenge.is_met_by(&verifier));
    }

    #[test]
    fn the_challenge_itself_is_no_verifier() {
        let challenge =
            CodeChallenge::parse("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM").unwrap();
        assert!(!challenge.is_met_by(&CodeVerifier::parse(challenge.as_str()).unwrap()));
    }

    #[test]
    fn a_verifier_keeps_to_its_alphabet_and_length() {
        let cases = [
            ("a".repeat(42), false),
            ("a".repeat(43), true),
            ("-._~".repeat(32), true),
            ("a".repeat(129), false),
            ("+".repeat(43), false),
            ("飛".repeat(43), false),
        ];
        for (text, good) in cases {
            assert_eq!(CodeVerifier::parse(&text).is_ok(), good, "{text}");
        }
    }

    #[test]
    fn a_challenge_that_s256_cannot_make_is_refused() {
        for text in [
            "",
            &"a".repeat(42),
            &"a".repeat(44),
            &"=".repeat(43),
            &"+".repeat(43),
        ] {
            assert!(CodeChallenge::parse(text).is_err(), "{text}");
        }
    }
}
