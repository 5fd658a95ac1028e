//! Secrets at rest: AES-256-GCM under a keyring whose keys have identifiers, so that they can be
//! rotated, and keys derived from it for keyed digests. The only module of this crate that knows
//! OpenSSL, with [`crate::certificate`].

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{PoisonError, RwLock};

use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::pkey::{PKey, Private};
use openssl::sign::Signer;
use openssl::symm::{Cipher, decrypt_aead, encrypt_aead};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::fault::Fault;
use crate::port::Random;

/// Text that only the keyring it was sealed under can open: `<key id>.<base64 of nonce, tag, text>`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sealed(String);

impl Sealed {
    /// Sealed text as it was stored. Whether it opens is seen when it is opened.
    pub fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// The form to store.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealed(…)")
    }
}

/// 256-bit keys by identifier. New text is sealed under the current key; text sealed under an older
/// key still opens as long as that key is kept.
pub struct Keyring {
    current: String,
    keys: BTreeMap<String, Zeroizing<[u8; 32]>>,
    /// Keys that were derived, by label.
    derived: RwLock<BTreeMap<&'static str, Derived>>,
}

/// A derived key, and the same ready for use: to hand it to OpenSSL costs more than a digest.
#[derive(Clone)]
struct Derived {
    bytes: Zeroizing<[u8; 32]>,
    ready: PKey<Private>,
}

impl Keyring {
    /// A keyring of `keys`, sealing under `current`.
    ///
    /// # Errors
    /// A fault when `current` is not among the keys, or a key is not random (all bytes alike): the
    /// server must not start with such a ring.
    pub fn new(
        current: impl Into<String>,
        keys: impl IntoIterator<Item = (String, [u8; 32])>,
    ) -> Result<Self, Fault> {
        let current = current.into();
        let keys: BTreeMap<_, _> = keys
            .into_iter()
            .map(|(id, key)| (id, Zeroizing::new(key)))
            .collect();
        if !keys.contains_key(&current) {
            return Err(Fault::new(
                "the keyring has no key under its current key id",
            ));
        }
        if keys
            .values()
            .any(|key| key.iter().all(|byte| Some(byte) == key.first()))
        {
            return Err(Fault::new("the keyring has a key that is not random"));
        }
        Ok(Self {
            current,
            keys,
            derived: RwLock::default(),
        })
    }

    /// Seals `text` for `purpose` (bound as additional data: sealed text cannot be moved elsewhere).
    pub fn seal(&self, purpose: &str, text: &str, random: &dyn Random) -> Result<Sealed, Fault> {
        let key = self.key(&self.current)?;
        let mut nonce = [0; NONCE];
        random.fill(&mut nonce);
        let mut tag = [0; TAG];
        let body = encrypt_aead(
            Cipher::aes_256_gcm(),
            key,
            Some(&nonce),
            purpose.as_bytes(),
            text.as_bytes(),
            &mut tag,
        )
        .map_err(|e| Fault::new("sealing failed").caused_by(e))?;
        let packed = [nonce.as_slice(), tag.as_slice(), body.as_slice()].concat();
        Ok(Sealed(format!(
            "{}.{}",
            self.current,
            openssl::base64::encode_block(&packed)
        )))
    }

    /// Opens what was sealed for the same purpose.
    ///
    /// # Errors
    /// A fault when the text was altered, moved, or sealed under a key that is gone.
    pub fn open(&self, purpose: &str, sealed: &Sealed) -> Result<Zeroizing<String>, Fault> {
        let broken = || Fault::new("sealed text does not open");
        let (id, packed) = sealed.0.split_once('.').ok_or_else(broken)?;
        let packed = openssl::base64::decode_block(packed).map_err(|e| broken().caused_by(e))?;
        let (nonce, rest) = packed.split_at_checked(NONCE).ok_or_else(broken)?;
        let (tag, body) = rest.split_at_checked(TAG).ok_or_else(broken)?;
        let key = self.key(id)?;
        let text = decrypt_aead(
            Cipher::aes_256_gcm(),
            key,
            Some(nonce),
            purpose.as_bytes(),
            body,
            tag,
        )
        .map_err(|e| broken().caused_by(e))?;
        String::from_utf8(text)
            .map(Zeroizing::new)
            .map_err(|_| broken())
    }

    /// [`keyed_digest`] under the key of one use (`label`).
    pub fn digest(&self, label: &'static str, parts: &[&[u8]]) -> Result<[u8; 32], Fault> {
        digest_under(&self.derived(label)?.ready, parts)
    }

    /// The key of one use (`label`) itself, for whoever has a digest of its own to make.
    pub fn derived_key(&self, label: &'static str) -> Result<Zeroizing<[u8; 32]>, Fault> {
        Ok(self.derived(label)?.bytes)
    }

    /// Derived from the oldest key of the ring so that rotation of the sealing key does not change it:
    /// HMAC-SHA-256(key, label), worked out once. Labels are words of the program, so that there are few.
    fn derived(&self, label: &'static str) -> Result<Derived, Fault> {
        let known = self.derived.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(key) = known.get(label) {
            return Ok(key.clone());
        }
        drop(known);
        let oldest = self
            .keys
            .values()
            .next()
            .ok_or_else(|| Fault::new("the keyring is empty"))?;
        let bytes = Zeroizing::new(keyed_digest(oldest.as_slice(), &[label.as_bytes()])?);
        let ready = PKey::hmac(bytes.as_slice()).map_err(hmac_failed)?;
        let key = Derived { bytes, ready };
        let mut known = self.derived.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(label, key.clone());
        Ok(key)
    }

    fn key(&self, id: &str) -> Result<&[u8], Fault> {
        self.keys
            .get(id)
            .map(|key| key.as_slice())
            .ok_or_else(|| Fault::new("sealed under a key that is not in the keyring"))
    }
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Keyring({} keys)", self.keys.len())
    }
}

/// HMAC-SHA-256 (RFC 2104) of the parts, each preceded by its length so that they cannot flow into
/// one another.
pub fn keyed_digest(key: &[u8], parts: &[&[u8]]) -> Result<[u8; 32], Fault> {
    let key = PKey::hmac(key).map_err(hmac_failed)?;
    digest_under(&key, parts)
}

fn digest_under(key: &PKey<Private>, parts: &[&[u8]]) -> Result<[u8; 32], Fault> {
    let mut signer = Signer::new(MessageDigest::sha256(), key).map_err(hmac_failed)?;
    for part in parts {
        signer
            .update(&part.len().to_be_bytes())
            .map_err(hmac_failed)?;
        signer.update(part).map_err(hmac_failed)?;
    }
    let mut digest = [0; 32];
    signer.sign(&mut digest).map_err(hmac_failed)?;
    Ok(digest)
}

fn hmac_failed(error: ErrorStack) -> Fault {
    Fault::new("HMAC failed").caused_by(error)
}

/// SHA-256 as lower-case hexadecimal: how handles are kept.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&openssl::sha::sha256(bytes))
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f',
    ];
    let digit = |nibble: u8| DIGITS.get(usize::from(nibble)).copied().unwrap_or('0');
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}

/// Whether two texts are equal, in a time that does not tell where they differ.
pub fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && openssl::memcmp::eq(a.as_bytes(), b.as_bytes())
}

const NONCE: usize = 12;
const TAG: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::port::fixed::SeededRandom;

    fn ring() -> Keyring {
        let mut key = [7; 32];
        key[0] = 1;
        Keyring::new("a", [("a".to_owned(), key)]).unwrap()
    }

    #[test]
    fn sealed_text_opens_for_its_purpose_only() {
        let sealed = ring().seal("pin", "4711", &SeededRandom::new(1)).unwrap();
        assert_eq!(*ring().open("pin", &sealed).unwrap(), "4711");
        assert!(ring().open("answer", &sealed).is_err());
        assert!(!sealed.as_str().contains("4711"));
    }

    #[test]
    fn a_flipped_bit_is_noticed() {
        let sealed = ring().seal("pin", "4711", &SeededRandom::new(1)).unwrap();
        let mut text = sealed.as_str().to_owned();
        let last = text.pop().unwrap();
        text.push(if last == 'A' { 'B' } else { 'A' });
        assert!(ring().open("pin", &Sealed::from_stored(text)).is_err());
    }

    #[test]
    fn a_derived_key_is_the_same_each_time_and_its_labels_own() {
        let ring = ring();
        let first = ring.derived_key("cursor").unwrap();
        assert_eq!(ring.derived_key("cursor").unwrap(), first);
        assert_ne!(ring.derived_key("csrf").unwrap(), first);
        let parts: [&[u8]; 2] = [b"ab", b"c"];
        let digest = ring.digest("cursor", &parts).unwrap();
        assert_eq!(digest, keyed_digest(first.as_slice(), &parts).unwrap());
        assert_ne!(digest, ring.digest("cursor", &[b"a", b"bc"]).unwrap());
    }

    #[test]
    fn a_ring_without_randomness_is_refused() {
        assert!(Keyring::new("a", [("a".to_owned(), [0; 32])]).is_err());
        assert!(Keyring::new("b", [("a".to_owned(), [0; 32])]).is_err());
    }
}
