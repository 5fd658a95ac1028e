//! One-time passwords by time (RFC 6238): HMAC-SHA-1, six digits, steps of 30 seconds.

use openssl::hash::MessageDigest;
use openssl::pkey::PKey;
use openssl::sign::Signer;
use zeroize::Zeroizing;

use crate::fault::Fault;
use crate::instant::Timestamp;
use crate::port::Random;
use crate::seal::same;

/// The code that a token with this secret (base32) shows at an instant.
pub fn code_at(secret: &str, at: Timestamp) -> Result<String, Fault> {
    code(secret, step_at(at))
}

/// The time step whose code this is: that of `now` or one of the two before, for a clock that is
/// behind and a hand that is slow, but none up to `used`.
pub fn step_of(secret: &str, typed: &str, now: Timestamp, used: i64) -> Result<Option<i64>, Fault> {
    let present = step_at(now);
    for step in (present - EARLIER..=present).rev() {
        if same(&code(secret, step)?, typed) {
            return Ok((step > used).then_some(step));
        }
    }
    Ok(None)
}

const fn step_at(at: Timestamp) -> i64 {
    at.seconds().div_euclid(30)
}

/// HOTP (RFC 4226 section 5.3) with the time step as its counter.
fn code(secret: &str, step: i64) -> Result<String, Fault> {
    let failed = |e| Fault::new("HMAC failed").caused_by(e);
    let key = PKey::hmac(&decoded(secret)?).map_err(failed)?;
    let mut signer = Signer::new(MessageDigest::sha1(), &key).map_err(failed)?;
    signer.update(&step.to_be_bytes()).map_err(failed)?;
    let digest = signer.sign_to_vec().map_err(failed)?;
    let offset = usize::from(digest.last().copied().unwrap_or_default() & 0xf);
    let truncated = digest.iter().skip(offset).take(4);
    let number = truncated.fold(0_u32, |number, byte| (number << 8) | u32::from(*byte));
    Ok(format!("{:06}", (number & 0x7fff_ffff) % 1_000_000))
}

/// Base32 (RFC 4648 section 6); padding and spaces are left out.
fn decoded(secret: &str) -> Result<Zeroizing<Vec<u8>>, Fault> {
    let mut bytes = Zeroizing::new(Vec::new());
    let (mut bits, mut count) = (0_u32, 0_u32);
    for c in secret.chars().filter(|c| !matches!(c, ' ' | '=')) {
        let value = match c.to_ascii_uppercase() {
            letter @ 'A'..='Z' => u32::from(letter) - u32::from('A'),
            digit @ '2'..='7' => u32::from(digit) - u32::from('2') + 26,
            _ => return Err(Fault::new("a token's secret is not base32")),
        };
        bits = (bits << 5) | value;
        count += 5;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from((bits >> count) & 0xff).unwrap_or_default());
            bits &= (1 << count) - 1;
        }
    }
    Ok(bytes)
}

/// A new secret: 160 random bits (RFC 4226 section 4) in base32 (RFC 4648 section 6).
pub fn new_secret(random: &dyn Random) -> String {
    let mut bytes = [0; 20];
    random.fill(&mut bytes);
    let mut text = String::new();
    for chunk in bytes.chunks(5) {
        let bits = chunk
            .iter()
            .fold(0_u64, |bits, byte| (bits << 8) | u64::from(*byte));
        for place in (0..8).rev() {
            let index = usize::try_from((bits >> (place * 5)) & 31).unwrap_or(0);
            text.extend(ALPHABET.chars().nth(index));
        }
    }
    text
}

/// What an authenticator scans: `otpauth://totp/issuer:holder?secret=…`.
pub fn otpauth(issuer: &str, holder: &str, secret: &str) -> String {
    let (issuer, holder) = (percent_encoded(issuer), percent_encoded(holder));
    format!(
        "otpauth://totp/{issuer}:{holder}?secret={secret}&issuer={issuer}\
         &algorithm=SHA1&digits=6&period=30"
    )
}

/// RFC 3986 section 2.1: everything but the unreserved characters.
fn percent_encoded(text: &str) -> String {
    use std::fmt::Write as _;
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing into a string does not fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

const EARLIER: i64 = 2;
const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

#[cfg(test)]
mod tests {
    use super::*;

    /// "12345678901234567890", the secret of the RFC's vectors.
    const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(seconds * 1000)
    }

    // RFC 6238 appendix B, the last six of eight digits.
    #[test]
    fn the_vectors_of_the_rfc_come_out() {
        for (seconds, expected) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(code_at(SECRET, at(seconds)).unwrap(), expected);
        }
    }

    #[test]
    fn a_code_is_good_for_two_more_steps_and_once() {
        let typed = code_at(SECRET, at(3000)).unwrap();
        let step = |now, used| step_of(SECRET, &typed, at(now), used).unwrap();
        assert_eq!(step(3000, 0), Some(100));
        assert_eq!(step(3060, 99), Some(100));
        assert_eq!(step(3060, 100), None, "used");
        assert_eq!(step(3090, 0), None, "too late");
        assert_eq!(step(2970, 0), None, "too early");
    }

    #[test]
    fn what_is_not_base32_is_a_fault() {
        assert!(code_at("0189", at(0)).is_err());
    }
}
