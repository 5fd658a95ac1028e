//! A registered client as the protocol knows it. Its name, company and the facts of the law are not
//! the protocol's business.

use serde::{Deserialize, Serialize};

use crate::redirect::RedirectUri;
use crate::scope::Scopes;

mod authentication;
mod id;

pub use crate::profile::{ClientKind, ClientProfile};
pub use crate::secret::{PlainSecret, SecretDigest};
pub use authentication::authenticate;
pub use id::{ClientId, ClientIdError};

/// A registration. Kept as JSON; what is read back is judged again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Client {
    /// The public name in every request.
    pub id: ClientId,
    /// Which rules it lives by.
    pub profile: ClientProfile,
    /// What is kept of its secrets: none for a public client, more than one while it changes over to
    /// a new one.
    #[serde(default)]
    pub secret_digests: Vec<SecretDigest>,
    /// Where answers may be sent.
    #[serde(default)]
    pub redirect_uris: Vec<RedirectUri>,
    /// What it may ask for, at most.
    #[serde(default)]
    pub scopes: Scopes,
    /// Whether it is shut out, with every token it holds.
    #[serde(default)]
    pub disabled: bool,
}

impl Client {
    /// Whether it may learn about a token of the client `owner` (RFC 7662 section 2.1).
    pub fn may_introspect(&self, owner: &ClientId) -> bool {
        self.profile.rules().introspection.permits(&self.id, owner)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn client(profile: ClientProfile) -> Client {
        Client {
            id: ClientId::parse("kakeibo").unwrap(),
            profile,
            secret_digests: Vec::new(),
            redirect_uris: vec![RedirectUri::parse("https://app.example/cb?x=1").unwrap()],
            scopes: Scopes::parse("accounts balances").unwrap(),
            disabled: false,
        }
    }

    #[test]
    fn a_client_survives_being_kept() {
        let mut kept = client(ClientProfile::PlainConfidential);
        kept.secret_digests = vec![PlainSecret::from_random(&[1; 32]).digest()];
        let json = serde_json::to_string(&kept).unwrap();
        assert!(json.contains(r#""profile":"plain_confidential""#), "{json}");
        assert_eq!(serde_json::from_str::<Client>(&json).unwrap(), kept);
    }

    #[test]
    fn a_resource_server_asks_about_every_token_and_others_about_their_own() {
        let other = ClientId::parse("other").unwrap();
        let cases = [
            (ClientProfile::PlainConfidential, false),
            (ClientProfile::PlainPublic, false),
            (ClientProfile::ResourceServer, true),
        ];
        for (profile, permitted) in cases {
            let asking = client(profile);
            assert_eq!(asking.may_introspect(&other), permitted, "{profile:?}");
            assert!(asking.may_introspect(&asking.id), "{profile:?}");
        }
    }
}
