//! The authorization endpoint (RFC 6749 section 3.1), read in two stages, because where an error may
//! go depends on it: first [`AuthorizationTarget::find`] settles who asks and where the answer goes,
//! and its errors stay on our page; then [`parse`] reads the rest, and its errors may be redirected.

use serde::{Deserialize, Serialize};

use crate::client::{Client, ClientId};
use crate::error::ProtocolError;
use crate::parameter::Parameters;
use crate::pkce::CodeChallenge;
use crate::profile::EarlyErrors;
use crate::scope::Scopes;

mod bank;
mod code_challenge;
mod duplicate;
mod location;
mod request_object;
mod response_mode;
mod response_type;
pub mod rule;
mod scope;
mod state;
mod target;
mod ui_locales;

pub use location::{granted_location, refused_location};
pub use target::{AuthorizationTarget, client_id};

/// A request that keeps every rule of its client's profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorizationRequest {
    /// Who asks.
    pub client_id: ClientId,
    /// Where the answer goes: as requested, or the only registered one.
    pub redirect_uri: String,
    /// Whether the request named it, so that redemption must name it too (RFC 6749 section 4.1.3).
    pub redirect_uri_given: bool,
    /// What is asked for; never empty.
    pub scopes: Scopes,
    /// The client's own text, returned as it came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// What the redeeming client must prove.
    pub code_challenge: CodeChallenge,
    /// The bank that the client named, unchecked: whether there is such a tenant is not ours to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bank: Option<String>,
    /// Languages in the order of preference, as BCP 47 tags that we may not have.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ui_locales: Vec<String>,
}

/// A request that breaks a rule although it is known who asks and where the answer goes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{error}")]
pub struct RedirectableError {
    /// What is wrong.
    pub error: ProtocolError,
    /// Where the answer would go.
    pub target: AuthorizationTarget,
    early_errors: EarlyErrors,
}

impl RedirectableError {
    /// Where the browser goes with it: "the authorization server informs the client by adding the
    /// following parameters to the query component of the redirection URI" (RFC 6749 section
    /// 4.1.2.1). Nothing when the profile keeps such errors on our page.
    pub fn location(&self, issuer: &str) -> Option<String> {
        match self.early_errors {
            EarlyErrors::OurPage => None,
            EarlyErrors::Redirected => Some(refused_location(
                &self.target.redirect_uri,
                issuer,
                self.target.state.as_deref(),
                &self.error,
            )),
        }
    }
}

/// Reads a request whose target is settled, by the rules of its client's profile.
///
/// # Errors
/// The first rule that is broken.
pub fn parse(
    parameters: &Parameters,
    client: &Client,
    target: AuthorizationTarget,
) -> Result<AuthorizationRequest, RedirectableError> {
    let rules = client.profile.rules();
    match rule::apply(rules.authorization, parameters, client) {
        Err(error) => Err(RedirectableError {
            error,
            target,
            early_errors: rules.early_errors,
        }),
        Ok((draft, code_challenge)) => Ok(AuthorizationRequest {
            client_id: client.id.clone(),
            redirect_uri: target.redirect_uri,
            redirect_uri_given: target.redirect_uri_given,
            scopes: draft.scopes,
            state: draft.state,
            code_challenge,
            bank: draft.bank,
            ui_locales: draft.ui_locales,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::ClientProfile;
    use crate::client::tests::client;

    const GOOD: &str = "response_type=code&client_id=kakeibo&code_challenge_method=S256\
        &code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    fn ask(more: &str) -> Result<AuthorizationRequest, RedirectableError> {
        let client = client(ClientProfile::PlainPublic);
        let parameters = Parameters::parse(format!("{GOOD}&{more}").as_bytes()).unwrap();
        let target = AuthorizationTarget::find(&parameters, Some(&client)).unwrap();
        parse(&parameters, &client, target)
    }

    #[test]
    fn a_good_request_is_read_whole() {
        let state = "s".repeat(2048);
        let asked = format!(
            "scope=balances&state={state}&bank=hidashin&ui_locales=en+ja&unknown=1\
             &redirect_uri=https://app.example/cb?x%3D1"
        );
        let request = ask(&asked).unwrap();
        assert_eq!(request.redirect_uri, "https://app.example/cb?x=1");
        assert!(request.redirect_uri_given);
        assert_eq!(request.scopes.to_string(), "accounts balances");
        assert_eq!(request.state, Some(state));
        assert_eq!(request.bank.as_deref(), Some("hidashin"));
        assert_eq!(request.ui_locales, ["en", "ja"]);
        let kept = serde_json::to_string(&request).unwrap();
        assert_eq!(
            serde_json::from_str::<AuthorizationRequest>(&kept).unwrap(),
            request
        );
    }

    #[test]
    fn the_first_broken_rule_is_sent_to_the_client_with_its_state() {
        let cases = [
            ("state=1&scope=all", "error=invalid_scope", "&state=1"),
            (
                "state=1&scope=accounts&scope=balances",
                "error=invalid_request",
                "&state=1",
            ),
            ("state=1&state=2", "error=invalid_request", ""),
            (
                "state=1&request=x&scope=all",
                "error=request_not_supported",
                "&state=1",
            ),
        ];
        for (more, error, state) in cases {
            let location = ask(more)
                .unwrap_err()
                .location("https://renkei.example")
                .unwrap();
            assert!(
                location.starts_with("https://app.example/cb?x=1&error="),
                "{location}"
            );
            assert!(location.contains(error), "{location}");
            assert_eq!(location.contains("state="), !state.is_empty(), "{location}");
            assert!(location.contains(state), "{location}");
            assert!(
                location.contains("&iss=https%3A%2F%2Frenkei.example"),
                "{location}"
            );
        }
    }
}
