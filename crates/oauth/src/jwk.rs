//! Our public keys as a JSON Web Key Set (RFC 7517): ES256 only, public members only.

use openssl::bn::{BigNum, BigNumContext};
use openssl::ec::{EcKey, EcKeyRef};
use openssl::error::ErrorStack;
use openssl::nid::Nid;
use openssl::pkey::{HasPublic, PKey};
use openssl::sha::sha256;
use serde::Serialize;

use crate::base64url;

/// The set, as served at `jwks_uri`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Jwks {
    keys: Vec<PublicKey>,
}

impl Jwks {
    /// The set of these keys, the one in use first.
    pub fn of(keys: &[PublicKey]) -> Self {
        Self {
            keys: keys.to_vec(),
        }
    }
}

/// One public key for ES256 signatures (RFC 7518 section 3.4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PublicKey {
    kty: &'static str,
    #[serde(rename = "use")]
    purpose: &'static str,
    alg: &'static str,
    kid: String,
    crv: &'static str,
    x: String,
    y: String,
}

/// A key that cannot be published for ES256.
#[derive(Debug, thiserror::Error)]
pub enum JwkError {
    /// Another curve than P-256, or no elliptic curve at all.
    #[error("the key is not on curve P-256, which ES256 needs")]
    Curve,
    /// Not a key at all.
    #[error("the key cannot be read")]
    Unreadable(#[from] ErrorStack),
}

impl PublicKey {
    /// The public half of a key pair or of a public key.
    ///
    /// # Errors
    /// When it is not on P-256.
    pub fn from_key<T: HasPublic>(key: &EcKeyRef<T>) -> Result<Self, JwkError> {
        if key.group().curve_name() != Some(Nid::X9_62_PRIME256V1) {
            return Err(JwkError::Curve);
        }
        let (mut x, mut y) = (BigNum::new()?, BigNum::new()?);
        let mut context = BigNumContext::new()?;
        key.public_key()
            .affine_coordinates(key.group(), &mut x, &mut y, &mut context)?;
        // "The length of this octet string MUST be the full size of a coordinate for the curve" (RFC
        // 7518 section 6.2.1.2): leading zeros stay.
        let coordinate = |n: &BigNum| n.to_vec_padded(32).map(|bytes| base64url::encode(&bytes));
        Ok(Self::on_p_256(coordinate(&x)?, coordinate(&y)?))
    }

    /// The public half of a key in PEM, private (PKCS#8 or SEC 1) or public.
    ///
    /// # Errors
    /// When it is none, or not on P-256.
    pub fn from_pem(pem: &[u8]) -> Result<Self, JwkError> {
        if let Ok(private) = PKey::private_key_from_pem(pem) {
            return Self::from_key(&*private.ec_key().map_err(|_| JwkError::Curve)?);
        }
        let public = PKey::public_key_from_pem(pem)?;
        let key: EcKey<_> = public.ec_key().map_err(|_| JwkError::Curve)?;
        Self::from_key(&key)
    }

    /// Its name: the thumbprint of RFC 7638, so that the same key has the same name everywhere.
    pub fn kid(&self) -> &str {
        &self.kid
    }

    fn on_p_256(x: String, y: String) -> Self {
        // The required members in lexicographic order, no white space (RFC 7638 section 3). Both
        // coordinates are base64url, which JSON needs no escapes for.
        let members = format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#);
        let kid = base64url::encode(&sha256(members.as_bytes()));
        Self {
            kty: "EC",
            purpose: "sig",
            alg: "ES256",
            kid,
            crv: "P-256",
            x,
            y,
        }
    }
}

#[cfg(test)]
mod tests {
    use openssl::ec::EcGroup;
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn the_thumbprint_is_that_of_the_example_in_rfc_9449_section_6_1() {
        let key = PublicKey::on_p_256(
            "l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs".to_owned(),
            "9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA".to_owned(),
        );
        assert_eq!(key.kid(), "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I");
    }

    #[test]
    fn a_key_pair_is_published_without_its_private_half() {
        let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1).unwrap();
        let pair = EcKey::generate(&group).unwrap();
        let key = PublicKey::from_key(&pair).unwrap();
        let set = serde_json::to_value(Jwks::of(std::slice::from_ref(&key))).unwrap();
        let published = &set["keys"][0];
        let members: Vec<_> = published.as_object().unwrap().keys().cloned().collect();
        let mut expected = ["alg", "crv", "kid", "kty", "use", "x", "y"]
            .map(str::to_owned)
            .to_vec();
        expected.sort();
        let mut sorted = members;
        sorted.sort();
        assert_eq!(sorted, expected);
        assert_eq!(published["alg"], json!("ES256"));
        assert_eq!(published["x"].as_str().map(str::len), Some(43));
        assert_eq!(published["kid"], Value::from(key.kid()));
    }

    #[test]
    fn private_and_public_pem_give_the_same_key() {
        let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1).unwrap();
        let pair = EcKey::generate(&group).unwrap();
        let key = PublicKey::from_key(&pair).unwrap();
        let sec_1 = pair.private_key_to_pem().unwrap();
        let public = pair.public_key_to_pem().unwrap();
        let pkcs_8 = PKey::from_ec_key(pair)
            .unwrap()
            .private_key_to_pem_pkcs8()
            .unwrap();
        for pem in [sec_1, public, pkcs_8] {
            assert_eq!(PublicKey::from_pem(&pem).unwrap(), key);
        }
    }

    #[test]
    fn other_curves_and_other_texts_are_refused() {
        let group = EcGroup::from_curve_name(Nid::SECP384R1).unwrap();
        let pair = EcKey::generate(&group).unwrap();
        assert!(matches!(PublicKey::from_key(&pair), Err(JwkError::Curve)));
        let edwards = PKey::generate_ed25519()
            .unwrap()
            .private_key_to_pem_pkcs8()
            .unwrap();
        assert!(matches!(
            PublicKey::from_pem(&edwards),
            Err(JwkError::Curve)
        ));
        assert!(matches!(
            PublicKey::from_pem(b"no key"),
            Err(JwkError::Unreadable(_))
        ));
    }
}
