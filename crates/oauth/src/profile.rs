//! The table of rules: what each profile of a client requires, one row per profile. Code asks the
//! row, never the profile's name, so a new profile (FAPI) is one row, and a new rule of the
//! authorization endpoint one file and one line in the profile's table.

use serde::{Deserialize, Serialize};

use crate::authorization::rule::{PLAIN, Rule};
use crate::client::ClientId;

/// Which rules a client lives by. Named when it is registered, never guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClientProfile {
    /// Plain OAuth 2.0 with a client secret and PKCE.
    PlainConfidential,
    /// Plain OAuth 2.0 for an app that can keep no secret: PKCE and rotation.
    PlainPublic,
    /// Asks about tokens, and never for any.
    ResourceServer,
}

impl ClientProfile {
    /// Every profile.
    pub const ALL: [Self; 3] = [
        Self::PlainConfidential,
        Self::PlainPublic,
        Self::ResourceServer,
    ];

    /// Its row.
    pub const fn rules(self) -> &'static Rules {
        match self {
            Self::PlainConfidential => &PLAIN_CONFIDENTIAL,
            Self::PlainPublic => &PLAIN_PUBLIC,
            Self::ResourceServer => &RESOURCE_SERVER,
        }
    }

    /// Its name in registrations.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PlainConfidential => "plain_confidential",
            Self::PlainPublic => "plain_public",
            Self::ResourceServer => "resource_server",
        }
    }
}

/// One row of the table.
#[derive(Debug)]
pub struct Rules {
    /// Whether it has a secret.
    pub kind: ClientKind,
    /// What it may come to the token endpoint with.
    pub grants: &'static [GrantType],
    /// Whether a refresh token is replaced when it is used.
    pub refresh: RefreshRule,
    /// About whose tokens it may ask.
    pub introspection: IntrospectionRule,
    /// Where errors go that are found before the customer has done anything.
    pub early_errors: EarlyErrors,
    /// The checks of the authorization endpoint, in order; the first error wins.
    pub authorization: &'static [Rule],
}

impl Rules {
    /// Whether it may ask customers for consent.
    pub fn may_authorize(&self) -> bool {
        self.grants.contains(&GrantType::AuthorizationCode)
    }
}

/// Client types (RFC 6749 section 2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientKind {
    /// Can keep a secret and must present it.
    Confidential,
    /// Can keep none.
    Public,
}

/// Grants of the token endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GrantType {
    /// RFC 6749 section 4.1.
    AuthorizationCode,
    /// RFC 6749 section 6.
    RefreshToken,
}

impl GrantType {
    /// Every grant.
    pub const ALL: [Self; 2] = [Self::AuthorizationCode, Self::RefreshToken];

    /// Its name as `grant_type`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AuthorizationCode => "authorization_code",
            Self::RefreshToken => "refresh_token",
        }
    }
}

/// Whether a refresh token is replaced when it is used. Refresh tokens of public
/// clients must be bound to the sender or rotate, so that a stolen one comes to light (RFC 9700
/// section 2.2.2); for others rotation only strands customers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefreshRule {
    /// Each use gives a successor ([`crate::refresh`]).
    Rotates,
    /// The same token until the link ends.
    Stays,
}

/// About whose tokens a client may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntrospectionRule {
    /// Every client's.
    AllTokens,
    /// Its own.
    OwnTokens,
}

impl IntrospectionRule {
    /// Whether `asking` may learn about a token of `owner`.
    pub fn permits(self, asking: &ClientId, owner: &ClientId) -> bool {
        match self {
            Self::AllTokens => true,
            Self::OwnTokens => asking == owner,
        }
    }
}

/// Where errors go that are found before the customer has done anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EarlyErrors {
    /// Onto our own page: a silent bounce helps phishing (attacks.md A-7).
    OurPage,
    /// To the redirect URI, as RFC 6749 section 4.1.2.1 wants it.
    Redirected,
}

static PLAIN_CONFIDENTIAL: Rules = Rules {
    kind: ClientKind::Confidential,
    grants: &GrantType::ALL,
    refresh: RefreshRule::Stays,
    introspection: IntrospectionRule::OwnTokens,
    early_errors: EarlyErrors::Redirected,
    authorization: PLAIN,
};

static PLAIN_PUBLIC: Rules = Rules {
    kind: ClientKind::Public,
    grants: &GrantType::ALL,
    refresh: RefreshRule::Rotates,
    introspection: IntrospectionRule::OwnTokens,
    early_errors: EarlyErrors::Redirected,
    authorization: PLAIN,
};

static RESOURCE_SERVER: Rules = Rules {
    kind: ClientKind::Confidential,
    grants: &[],
    refresh: RefreshRule::Stays,
    introspection: IntrospectionRule::AllTokens,
    early_errors: EarlyErrors::OurPage,
    authorization: &[],
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_is_kept_under_its_name() {
        for profile in ClientProfile::ALL {
            let json = serde_json::to_string(&profile).unwrap();
            assert_eq!(json, format!("\"{}\"", profile.as_str()));
        }
    }

    #[test]
    fn every_profile_that_asks_customers_must_prove_possession_of_its_code() {
        for profile in ClientProfile::ALL {
            let rules = profile.rules();
            let pkce = rules
                .authorization
                .iter()
                .any(|rule| rule.name == "code_challenge");
            assert_eq!(pkce, rules.may_authorize(), "{profile:?}");
        }
    }

    #[test]
    fn refresh_tokens_of_public_clients_rotate() {
        for profile in ClientProfile::ALL {
            let rules = profile.rules();
            let rotates = rules.refresh == RefreshRule::Rotates;
            assert_eq!(rotates, rules.kind == ClientKind::Public, "{profile:?}");
        }
    }
}
