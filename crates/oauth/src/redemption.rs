//! Whether a code that was found may be redeemed (RFC 6749 section 4.1.3). That it is redeemed once
//! is not decided here but by the write that redeems it.

use crate::client::ClientId;
use crate::error::ProtocolError;
use crate::pkce::{CodeChallenge, CodeVerifier};

/// What was kept when the code was issued.
#[derive(Clone, Copy, Debug)]
pub struct IssuedCode<'a> {
    /// The client it was given to.
    pub client_id: &'a ClientId,
    /// The issuer it came from.
    pub issuer: &'a str,
    /// Where it was sent.
    pub redirect_uri: &'a str,
    /// Whether the authorization request named that address.
    pub redirect_uri_given: bool,
    /// What must be proved.
    pub code_challenge: &'a CodeChallenge,
    /// When it lapses, in milliseconds since the epoch; at that instant it is dead.
    pub expires_at_ms: i64,
}

/// What came with the request that wants to redeem it.
#[derive(Clone, Copy, Debug)]
pub struct Redeemer<'a> {
    /// The authenticated client.
    pub client_id: &'a ClientId,
    /// The issuer at whose token endpoint it came.
    pub issuer: &'a str,
    /// The address it says it received the code at.
    pub redirect_uri: Option<&'a str>,
    /// Its proof.
    pub code_verifier: Option<&'a CodeVerifier>,
}

/// Judges a redemption.
///
/// # Errors
/// `invalid_grant`, with the first reason in the order of the table.
pub fn check(
    code: &IssuedCode<'_>,
    redeemer: &Redeemer<'_>,
    now_ms: i64,
) -> Result<(), ProtocolError> {
    let broken = RULES
        .iter()
        .find(|rule| !(rule.holds)(code, redeemer, now_ms));
    broken.map_or(Ok(()), |rule| {
        Err(ProtocolError::invalid_grant(rule.otherwise))
    })
}

struct Rule {
    holds: fn(&IssuedCode<'_>, &Redeemer<'_>, i64) -> bool,
    otherwise: &'static str,
}

const RULES: [Rule; 5] = [
    // "ensure that the authorization code was issued to the authenticated confidential client, or …
    // to client_id in the request" (RFC 6749 section 4.1.3). Told like an unknown code.
    Rule {
        holds: |code, redeemer, _| code.client_id == redeemer.client_id,
        otherwise: "the code is not known",
    },
    // Ours: a code works under the issuer it came from, so that a mix-up of issuers ends here.
    Rule {
        holds: |code, redeemer, _| code.issuer == redeemer.issuer,
        otherwise: "the code is not known",
    },
    // "The authorization code MUST expire shortly after it is issued" (RFC 6749 section 4.1.2).
    Rule {
        holds: |code, _, now_ms| now_ms < code.expires_at_ms,
        otherwise: "the code has expired",
    },
    // "ensure that the redirect_uri parameter is present if the redirect_uri parameter was included
    // in the initial authorization request …, and if included ensure that their values are
    // identical" (RFC 6749 section 4.1.3).
    Rule {
        holds: |code, redeemer, _| match redeemer.redirect_uri {
            Some(uri) => uri == code.redirect_uri,
            None => !code.redirect_uri_given,
        },
        otherwise: "redirect_uri differs from the one in the authorization request",
    },
    // "If the values are not equal, an error response indicating invalid_grant … MUST be returned"
    // (RFC 7636 section 4.6); nor is a missing verifier equal.
    Rule {
        holds: |code, redeemer, _| {
            redeemer
                .code_verifier
                .is_some_and(|verifier| code.code_challenge.is_met_by(verifier))
        },
        otherwise: "code_verifier is missing or does not match the code_challenge",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    struct Given {
        client: ClientId,
        challenge: CodeChallenge,
        verifier: CodeVerifier,
    }

    fn given() -> Given {
        Given {
            client: ClientId::parse("kakeibo").unwrap(),
            challenge: CodeChallenge::parse("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM").unwrap(),
            verifier: CodeVerifier::parse("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk").unwrap(),
        }
    }

    impl Given {
        fn code(&self) -> IssuedCode<'_> {
            IssuedCode {
                client_id: &self.client,
                issuer: "https://renkei.example",
                redirect_uri: "https://app.example/cb",
                redirect_uri_given: true,
                code_challenge: &self.challenge,
                expires_at_ms: 60_000,
            }
        }

        fn redeemer(&self) -> Redeemer<'_> {
            Redeemer {
                client_id: &self.client,
                issuer: "https://renkei.example",
                redirect_uri: Some("https://app.example/cb"),
                code_verifier: Some(&self.verifier),
            }
        }
    }

    #[test]
    fn a_code_is_redeemed_by_the_client_that_asked_for_it() {
        let given = given();
        assert_eq!(check(&given.code(), &given.redeemer(), 59_999), Ok(()));
        // Not named at the authorization endpoint, so it need not be named here, but may.
        let code = IssuedCode {
            redirect_uri_given: false,
            ..given.code()
        };
        let silent = Redeemer {
            redirect_uri: None,
            ..given.redeemer()
        };
        assert_eq!(check(&code, &silent, 0), Ok(()));
        assert_eq!(check(&code, &given.redeemer(), 0), Ok(()));
    }

    #[test]
    fn any_difference_is_invalid_grant() {
        let given = given();
        let other = ClientId::parse("other").unwrap();
        let wrong = CodeVerifier::parse(&"v".repeat(43)).unwrap();
        let challenge_itself = CodeVerifier::parse(given.challenge.as_str()).unwrap();
        let good = given.redeemer();
        let cases = [
            (
                Redeemer {
                    client_id: &other,
                    ..good
                },
                0,
            ),
            (
                Redeemer {
                    issuer: "https://renkei.example/hidashin",
                    ..good
                },
                0,
            ),
            (
                Redeemer {
                    redirect_uri: None,
                    ..good
                },
                0,
            ),
            (
                Redeemer {
                    redirect_uri: Some("https://app.example/cb/"),
                    ..good
                },
                0,
            ),
            (
                Redeemer {
                    code_verifier: None,
                    ..good
                },
                0,
            ),
            (
                Redeemer {
                    code_verifier: Some(&wrong),
                    ..good
                },
                0,
            ),
            (
                Redeemer {
                    code_verifier: Some(&challenge_itself),
                    ..good
                },
                0,
            ),
            (good, 60_000),
        ];
        for (redeemer, now_ms) in cases {
            let error = check(&given.code(), &redeemer, now_ms).unwrap_err();
            assert_eq!(
                error.code().as_str(),
                "invalid_grant",
                "{redeemer:?} {now_ms}"
            );
        }
    }
}
