//! Rotation of refresh tokens (RFC 9700 section 4.14.2) that strands nobody: a used token has
//! exactly one successor, derived and not stored, so that a client which lost the answer gets the
//! same one again for a short while (attacks.md R-2).

use std::time::Duration;

use openssl::hash::MessageDigest;
use openssl::pkey::PKey;
use openssl::sign::Signer;

use crate::error::CryptoFault;
use crate::secret::PlainToken;

/// How long after its use an old token still gives its successor.
pub const GRACE: Duration = Duration::from_mins(1);

/// How often within that time.
pub const MAX_REPEATS: u32 = 5;

/// The one token that takes the place of `old`: HMAC-SHA-256 of its text under a key of the server,
/// the same on every server and at every repetition.
///
/// # Errors
/// When OpenSSL fails, which has nothing to do with the token.
pub fn successor(key: &[u8; 32], old: &PlainToken) -> Result<PlainToken, CryptoFault> {
    let mut successor = [0; 32];
    let key = PKey::hmac(key)?;
    let mut signer = Signer::new(MessageDigest::sha256(), &key)?;
    signer.sign_oneshot(&mut successor, old.expose().as_bytes())?;
    Ok(PlainToken::from_random(&successor))
}

/// What becomes of a rotating refresh token that was used before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reuse {
    /// Somebody has it who should not, and nobody can tell who: everything that descends from its
    /// code is revoked (RFC 9700 section 4.14.2).
    FamilyRevoked,
    /// More repeats within the grace than a lost answer explains: refused, and nothing dies, for an
    /// impatient client is no thief.
    Refused,
    /// A lost answer: the same successor again, with a fresh access token.
    SameSuccessor,
}

impl Reuse {
    /// Judges a token first used at `used_at_ms` and repeated `repeats` times since. The write that
    /// counts the repeat must hold the same limits.
    pub fn judge(used_at_ms: i64, repeats: u32, now_ms: i64) -> Self {
        let grace = i64::try_from(GRACE.as_millis()).unwrap_or(i64::MAX);
        if now_ms.saturating_sub(used_at_ms) >= grace {
            Self::FamilyRevoked
        } else if repeats < MAX_REPEATS {
            Self::SameSuccessor
        } else {
            Self::Refused
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_has_one_successor_under_one_key() {
        let token = PlainToken::from_random(&[1; 32]);
        let first = successor(&[7; 32], &token).unwrap();
        assert_eq!(
            first.digest(),
            successor(&[7; 32], &token).unwrap().digest()
        );
        assert_ne!(
            first.digest(),
            successor(&[8; 32], &token).unwrap().digest()
        );
        assert_ne!(
            first.digest(),
            successor(&[7; 32], &first).unwrap().digest()
        );
        assert_ne!(first.digest(), token.digest());
        assert_eq!(first.expose().len(), 43);
    }

    #[test]
    fn a_used_token_gives_its_successor_for_a_minute_and_five_times() {
        let cases = [
            (0, 0, Reuse::SameSuccessor),
            (59_999, 4, Reuse::SameSuccessor),
            // Another server's clock may be a little behind.
            (-1_000, 0, Reuse::SameSuccessor),
            (60_000, 0, Reuse::FamilyRevoked),
            (1, 5, Reuse::Refused),
            (60_000, 5, Reuse::FamilyRevoked),
        ];
        for (after_ms, repeats, verdict) in cases {
            assert_eq!(
                Reuse::judge(1_000_000, repeats, 1_000_000 + after_ms),
                verdict,
                "{after_ms}"
            );
        }
    }
}
