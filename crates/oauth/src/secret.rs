//! Codes, tokens and client secrets in plain: they exist while a request lasts, print as `…`, cannot
//! be serialized or compared, and are wiped when dropped. What is kept is their [digest](digest).

use std::fmt;

use zeroize::Zeroizing;

use crate::base64url;

pub mod digest;

pub use digest::{CodeDigest, SecretDigest, TokenDigest};

macro_rules! secrets {
    ($($(#[$doc:meta])* $name:ident => $digest:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $name(Zeroizing<String>);

        impl $name {
            /// A new one, of 256 bits from the operating system's random source: 43 letters of
            /// base64url without padding.
            pub fn from_random(random: &[u8; 32]) -> Self {
                Self(Zeroizing::new(base64url::encode(random)))
            }

            /// What somebody presented. Any text will do: one that we never made is simply unknown
            /// to the store, so a malformed one and a wrong one get the same answer.
            pub fn from_text(text: impl Into<String>) -> Self {
                Self(Zeroizing::new(text.into()))
            }

            /// The text itself, for the one place that sends it.
            pub fn expose(&self) -> &str {
                &self.0
            }

            /// What may be kept of it.
            pub fn digest(&self) -> $digest {
                $digest::of(self.0.as_bytes())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )*};
}

secrets! {
    /// An authorization code.
    PlainCode => CodeDigest;
    /// A client secret.
    PlainSecret => SecretDigest;
    /// An access or a refresh token.
    PlainToken => TokenDigest;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_does_not_print_itself() {
        let token = PlainToken::from_random(&[0; 32]);
        assert_eq!(format!("{token:?}"), "PlainToken(…)");
        assert_eq!(token.expose(), "A".repeat(43));
    }

    #[test]
    fn the_digest_is_sha_256_of_the_text_that_was_sent() {
        // FIPS 180-2, appendix B.1.
        assert_eq!(
            PlainCode::from_text("abc").digest().as_str(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        );
    }

    #[test]
    fn every_letter_of_the_alphabet_is_used() {
        let mut seen = std::collections::BTreeSet::new();
        for n in 0_u8..=255 {
            seen.extend(PlainToken::from_random(&[n; 32]).expose().chars());
        }
        assert_eq!(seen.len(), 64);
    }
}
