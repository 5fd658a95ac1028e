//! "If the client omits the scope parameter when requesting authorization, the authorization server
//! MUST either process the request using a pre-defined default value or fail the request" (RFC 6749
//! section 3.3). Our default is everything the client is registered for.

use super::rule::{Asked, Draft};
use crate::error::{ErrorCode, ProtocolError};
use crate::scope::Scopes;

/// Reads what is asked for. A word that the client is not registered for is refused, not left out,
/// so that it never learns from a customer's complaint what it did not get.
pub(super) fn apply(asked: &Asked<'_>, draft: &mut Draft) -> Result<(), ProtocolError> {
    let registered = asked.client.scopes.clone().with_accounts();
    let scopes = match asked.parameters.once("scope")? {
        None => registered.clone(),
        Some(text) => Scopes::parse(text)?.with_accounts(),
    };
    if let Some(unknown) = scopes.iter().find(|scope| !registered.contains(scope)) {
        let unknown: String = unknown.as_str().chars().take(40).collect();
        let why = format!("scope {unknown} is unknown or not registered for this client");
        return Err(ProtocolError::new(ErrorCode::InvalidScope, why));
    }
    if scopes.is_empty() {
        let why = "no scope is registered for this client";
        return Err(ProtocolError::new(ErrorCode::InvalidScope, why));
    }
    draft.scopes = scopes;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::rule::tests::{applied, refusal};
    use super::*;

    #[test]
    fn what_is_asked_for_is_registered_and_comes_with_accounts() {
        let cases = [
            ("", "accounts balances"),
            ("scope=", "accounts balances"),
            ("scope=accounts", "accounts"),
            ("scope=balances", "accounts balances"),
            ("scope=balances+accounts", "accounts balances"),
        ];
        for (query, scopes) in cases {
            assert_eq!(
                applied(apply, query).unwrap().scopes.to_string(),
                scopes,
                "{query}"
            );
        }
    }

    #[test]
    fn an_unknown_word_is_refused_and_named() {
        for query in [
            "scope=transactions",
            "scope=accounts+x",
            "scope=Balances",
            "scope=a++b",
        ] {
            assert_eq!(refusal(apply, query), Some("invalid_scope"), "{query}");
        }
        let error = applied(apply, "scope=accounts+openid").err().unwrap();
        assert!(error.description().contains("openid"), "{error}");
    }
}
