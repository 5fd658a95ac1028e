//! What server and load generator agree upon: the client and its secret.

use openssl::base64::encode_block;
use openssl::sha::sha256;
use renkei_core::client::{ClientCard, ClientRecord};
use renkei_oauth::client::{Client, ClientId, ClientProfile, PlainSecret};
use renkei_oauth::redirect::RedirectUri;
use renkei_oauth::scope::Scopes;

pub(crate) const CLIENT: &str = "bench";
pub(crate) const REDIRECT_URI: &str = "http://127.0.0.1:9/callback";
pub(crate) const SCOPE: &str = "accounts balances transactions";
pub(crate) const VERIFIER: &str = "a-verifier-of-the-benchmark-that-is-long-enough-0123456789";
pub(crate) const PASSWORD: &str = "Bench0001";
/// Login IDs that begin so cost a password hash.
pub(crate) const HASHED: &str = "hash";

/// The secret, no secret at all.
pub(crate) fn secret() -> PlainSecret {
    PlainSecret::from_random(&[7; 32])
}

/// The value of the `Authorization` header.
pub(crate) fn basic() -> String {
    let pair = format!("{CLIENT}:{}", secret().expose());
    format!("Basic {}", encode_block(pair.as_bytes()))
}

/// BASE64URL(SHA-256(verifier)), RFC 7636 section 4.2.
pub(crate) fn challenge() -> String {
    encode_block(&sha256(VERIFIER.as_bytes()))
        .replace('+', "-")
        .replace('/', "_")
        .trim_end_matches('=')
        .to_owned()
}

/// The registration.
pub(crate) fn client() -> anyhow::Result<ClientRecord> {
    let fact = || "ベンチマーク".to_owned();
    Ok(ClientRecord {
        client: Client {
            id: ClientId::parse(CLIENT)?,
            profile: ClientProfile::PlainConfidential,
            secret_digests: vec![secret().digest()],
            redirect_uris: vec![RedirectUri::parse(REDIRECT_URI)?],
            scopes: Scopes::parse(SCOPE)?,
            disabled: false,
        },
        card: ClientCard {
            service: fact(),
            company: fact(),
            address: fact(),
            authority: fact(),
            damages: fact(),
            contact: fact(),
        },
    })
}
