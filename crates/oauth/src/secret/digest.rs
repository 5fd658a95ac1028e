//! What is kept of a secret: SHA-256 of its text. The secrets are 256 random bits, so a digest
//! without salt or stretching cannot be turned back.

use openssl::sha::sha256;
use serde::{Deserialize, Serialize};

use crate::constant_time;

/// A text that is not a digest.
#[derive(Debug, thiserror::Error)]
#[error("a digest is 64 lower-case hexadecimal digits")]
pub struct DigestError;

macro_rules! digests {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Reads a digest that was kept: 64 lower-case hexadecimal digits.
            ///
            /// # Errors
            /// When it is not that; whoever kept it is inconsistent.
            pub fn parse(text: &str) -> Result<Self, DigestError> {
                if text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
                    return Ok(Self(text.to_owned()));
                }
                Err(DigestError)
            }

            /// The 64 hexadecimal digits.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            pub(crate) fn of(secret: &[u8]) -> Self {
                Self(hex(&sha256(secret)))
            }
        }

        impl TryFrom<String> for $name {
            type Error = DigestError;

            fn try_from(text: String) -> Result<Self, DigestError> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(digest: $name) -> Self {
                digest.0
            }
        }
    )*};
}

digests! {
    /// Digest of an authorization code: the key under which it is found.
    #[derive(PartialEq, Eq, PartialOrd, Ord, Hash)]
    CodeDigest;
    /// Digest of a client secret: found by client, then compared, in constant time.
    #[derive(Eq)]
    SecretDigest;
    /// Digest of an access or refresh token: the key under which it is found.
    #[derive(PartialEq, Eq, PartialOrd, Ord, Hash)]
    TokenDigest;
}

impl PartialEq for SecretDigest {
    fn eq(&self, other: &Self) -> bool {
        constant_time::is_same(&self.0, &other.0)
    }
}

fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits
        .filter_map(|digit| char::from_digit(u32::from(digit), 16))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_read_back_from_its_text_alone() {
        let digest = TokenDigest::of(b"abc");
        assert_eq!(TokenDigest::parse(digest.as_str()).unwrap(), digest);
        assert_ne!(TokenDigest::of(b"abd"), digest);
        let upper = digest.as_str().to_uppercase();
        for text in ["", "abc", upper.as_str(), &"g".repeat(64), &"0".repeat(63)] {
            assert!(TokenDigest::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_digest_is_kept_as_text() {
        let digest = SecretDigest::of(b"");
        let json = serde_json::to_string(&digest).unwrap();
        assert_eq!(json.len(), 66);
        assert_eq!(serde_json::from_str::<SecretDigest>(&json).unwrap(), digest);
        assert!(serde_json::from_str::<SecretDigest>("\"secret\"").is_err());
    }
}
