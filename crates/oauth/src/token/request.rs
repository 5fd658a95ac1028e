//! What an authenticated client asks of the token endpoint.

use crate::client::Client;
use crate::error::{ErrorCode, ProtocolError};
use crate::parameter::Parameters;
use crate::pkce::CodeVerifier;
use crate::profile::GrantType;
use crate::scope::Scopes;
use crate::secret::{PlainCode, PlainToken};

/// A request that is complete and permitted to its client. Whether the code or token is good is not
/// known yet.
#[derive(Clone, Debug)]
pub enum TokenRequest {
    /// Redeeming a code (RFC 6749 section 4.1.3).
    AuthorizationCode {
        /// The code.
        code: PlainCode,
        /// Where the client says it received it.
        redirect_uri: Option<String>,
        /// The proof; its absence is judged with the code, as a wrong one is.
        code_verifier: Option<CodeVerifier>,
    },
    /// Refreshing (RFC 6749 section 6).
    RefreshToken {
        /// The refresh token.
        refresh_token: PlainToken,
        /// A narrower wish; everything that was granted when absent.
        scopes: Option<Scopes>,
    },
}

impl TokenRequest {
    /// Reads a request of `client`, which has been authenticated.
    ///
    /// # Errors
    /// `invalid_request` when something is missing or given twice; `unsupported_grant_type` for a
    /// grant that nobody may use, `unauthorized_client` for one that this client may not;
    /// `invalid_scope`; `invalid_grant` for a malformed verifier.
    pub fn parse(parameters: &Parameters, client: &Client) -> Result<Self, ProtocolError> {
        parameters.refuse_duplicates()?;
        match grant_type(parameters, client)? {
            GrantType::AuthorizationCode => Ok(Self::AuthorizationCode {
                code: PlainCode::from_text(parameters.required("code")?),
                redirect_uri: parameters.get("redirect_uri").map(str::to_owned),
                code_verifier: parameters
                    .get("code_verifier")
                    .map(CodeVerifier::parse)
                    .transpose()?,
            }),
            GrantType::RefreshToken => Ok(Self::RefreshToken {
                refresh_token: PlainToken::from_text(parameters.required("refresh_token")?),
                scopes: parameters.get("scope").map(Scopes::parse).transpose()?,
            }),
        }
    }
}

fn grant_type(parameters: &Parameters, client: &Client) -> Result<GrantType, ProtocolError> {
    let asked = parameters.required("grant_type")?;
    let known = GrantType::ALL
        .into_iter()
        .find(|grant| grant.as_str() == asked);
    let grant = known.ok_or_else(|| {
        let why = "grant_type must be authorization_code or refresh_token";
        ProtocolError::new(ErrorCode::UnsupportedGrantType, why)
    })?;
    if client.profile.rules().grants.contains(&grant) {
        return Ok(grant);
    }
    let why = "this client may not use this grant type";
    Err(ProtocolError::new(ErrorCode::UnauthorizedClient, why))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::ClientProfile;
    use crate::client::tests::client;

    fn read(profile: ClientProfile, body: &str) -> Result<TokenRequest, ProtocolError> {
        TokenRequest::parse(
            &Parameters::parse(body.as_bytes()).unwrap(),
            &client(profile),
        )
    }

    #[test]
    fn a_code_comes_with_what_its_redemption_needs() {
        let verifier = "v".repeat(43);
        let body = format!(
            "grant_type=authorization_code&code=c&redirect_uri=https://a/&code_verifier={verifier}"
        );
        match read(ClientProfile::PlainPublic, &body).unwrap() {
            TokenRequest::AuthorizationCode {
                code,
                redirect_uri,
                code_verifier,
            } => {
                assert_eq!(code.expose(), "c");
                assert_eq!(redirect_uri.as_deref(), Some("https://a/"));
                assert!(code_verifier.is_some());
            }
            TokenRequest::RefreshToken { .. } => panic!("not a refresh"),
        }
    }

    #[test]
    fn a_refresh_may_ask_for_less() {
        let body = "grant_type=refresh_token&refresh_token=t&scope=accounts";
        match read(ClientProfile::PlainConfidential, body).unwrap() {
            TokenRequest::RefreshToken {
                refresh_token,
                scopes,
            } => {
                assert_eq!(refresh_token.expose(), "t");
                assert_eq!(scopes.unwrap().to_string(), "accounts");
            }
            TokenRequest::AuthorizationCode { .. } => panic!("not a code"),
        }
    }

    #[test]
    fn every_other_request_is_refused_by_the_name_of_its_fault() {
        use ClientProfile::{PlainConfidential, ResourceServer};
        let cases = [
            (PlainConfidential, "", "invalid_request"),
            (
                PlainConfidential,
                "grant_type=password&username=a",
                "unsupported_grant_type",
            ),
            (
                PlainConfidential,
                "grant_type=client_credentials",
                "unsupported_grant_type",
            ),
            (
                PlainConfidential,
                "grant_type=authorization_code",
                "invalid_request",
            ),
            (
                PlainConfidential,
                "grant_type=refresh_token",
                "invalid_request",
            ),
            (
                PlainConfidential,
                "grant_type=authorization_code&code=a&code=b",
                "invalid_request",
            ),
            (
                PlainConfidential,
                "grant_type=authorization_code&code=a&code_verifier=short",
                "invalid_grant",
            ),
            (
                PlainConfidential,
                "grant_type=refresh_token&refresh_token=a&scope=a++b",
                "invalid_scope",
            ),
            (
                ResourceServer,
                "grant_type=authorization_code&code=a",
                "unauthorized_client",
            ),
            (
                ResourceServer,
                "grant_type=refresh_token&refresh_token=a",
                "unauthorized_client",
            ),
        ];
        for (profile, body, code) in cases {
            assert_eq!(
                read(profile, body).unwrap_err().code().as_str(),
                code,
                "{body}"
            );
        }
    }
}
