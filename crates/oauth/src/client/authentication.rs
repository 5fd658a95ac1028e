//! Client authentication, which confidential clients owe at every endpoint for clients (RFC 6749
//! section 3.2.1). Unknown, disabled and wrong look alike, in the answer and in the work done.

use std::iter;

use super::{Client, ClientKind, PlainSecret, SecretDigest};
use crate::error::ProtocolError;
use crate::token::ClientCredentials;

impl Client {
    /// Judges what came with a request of this client.
    ///
    /// # Errors
    /// `invalid_client`, always with the same description.
    pub fn authenticate(&self, credentials: &ClientCredentials) -> Result<(), ProtocolError> {
        authenticate(Some(self), credentials).map(|_| ())
    }
}

/// Judges what came with a request, for the client that was found under its `client_id`, or for
/// none, with the same work.
///
/// # Errors
/// `invalid_client`, always with the same description.
pub fn authenticate<'a>(
    found: Option<&'a Client>,
    credentials: &ClientCredentials,
) -> Result<&'a Client, ProtocolError> {
    let presented = match &credentials.secret {
        Some(secret) => secret.digest(),
        None => PlainSecret::from_text("").digest(),
    };
    let met = any_is(
        found.map_or(&[], |client| &client.secret_digests),
        &presented,
    );
    let refused = ProtocolError::invalid_client;
    let client = found
        .filter(|c| c.id == credentials.client_id && !c.disabled)
        .ok_or_else(refused)?;
    let authentic = match client.profile.rules().kind {
        ClientKind::Confidential => met && credentials.secret.is_some(),
        // A secret from a client that has none is a mistake that should come to light.
        ClientKind::Public => credentials.secret.is_none(),
    };
    if authentic {
        Ok(client)
    } else {
        Err(refused())
    }
}

/// Compares with every digest, and with one that nobody has, so that a client without secrets costs
/// a comparison too. Does not stop at the right one.
fn any_is(registered: &[SecretDigest], presented: &SecretDigest) -> bool {
    let nobodys = SecretDigest::of(b"\0nobody");
    let all = registered.iter().chain(iter::once(&nobodys));
    all.filter(|digest| *digest == presented).count() > 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::tests::client;
    use crate::client::{ClientId, ClientProfile};

    fn presenting(id: &str, secret: Option<u8>) -> ClientCredentials {
        ClientCredentials {
            client_id: ClientId::parse(id).unwrap(),
            secret: secret.map(|n| PlainSecret::from_random(&[n; 32])),
        }
    }

    fn registered(profile: ClientProfile, secrets: &[u8]) -> Client {
        let digest = |n: &u8| PlainSecret::from_random(&[*n; 32]).digest();
        Client {
            secret_digests: secrets.iter().map(digest).collect(),
            ..client(profile)
        }
    }

    struct Case(ClientProfile, &'static [u8], &'static str, Option<u8>, bool);

    #[test]
    fn a_client_is_who_its_profile_lets_it_prove() {
        use ClientProfile::{PlainConfidential, PlainPublic, ResourceServer};
        let cases = [
            Case(PlainConfidential, &[1], "kakeibo", Some(1), true),
            Case(PlainConfidential, &[1, 2], "kakeibo", Some(1), true),
            Case(PlainConfidential, &[1, 2], "kakeibo", Some(2), true),
            Case(PlainConfidential, &[1, 2], "kakeibo", Some(3), false),
            Case(PlainConfidential, &[1], "other", Some(1), false),
            Case(PlainConfidential, &[1], "kakeibo", None, false),
            Case(PlainConfidential, &[], "kakeibo", Some(1), false),
            Case(PlainConfidential, &[], "kakeibo", None, false),
            Case(PlainPublic, &[], "kakeibo", None, true),
            Case(PlainPublic, &[], "kakeibo", Some(1), false),
            Case(ResourceServer, &[1], "kakeibo", Some(1), true),
            Case(ResourceServer, &[1], "kakeibo", None, false),
        ];
        for Case(profile, secrets, id, secret, good) in cases {
            let judged = registered(profile, secrets).authenticate(&presenting(id, secret));
            assert_eq!(
                judged.is_ok(),
                good,
                "{profile:?} {secrets:?} {id} {secret:?}"
            );
        }
    }

    #[test]
    fn unknown_disabled_and_wrong_are_told_the_same() {
        let mut disabled = registered(ClientProfile::PlainConfidential, &[1]);
        let wrong = disabled
            .authenticate(&presenting("kakeibo", Some(2)))
            .unwrap_err();
        disabled.disabled = true;
        let shut_out = disabled
            .authenticate(&presenting("kakeibo", Some(1)))
            .unwrap_err();
        let unknown = authenticate(None, &presenting("kakeibo", Some(1))).unwrap_err();
        assert_eq!(wrong, shut_out);
        assert_eq!(wrong, unknown);
        assert_eq!(wrong.status(), 401);
    }
}
