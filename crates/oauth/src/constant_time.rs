//! The one comparison of secrets and their digests: `CRYPTO_memcmp(3)`, whose time depends on the
//! length alone.

use openssl::memcmp;

/// Whether the two texts are the same. Their lengths are not secret.
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    // `memcmp::eq` panics on lengths that differ.
    one.len() == other.len() && memcmp::eq(one.as_bytes(), other.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_any_length_can_be_compared() {
        assert!(is_same("", ""));
        assert!(is_same("abc", "abc"));
        assert!(!is_same("abc", "abd"));
        assert!(!is_same("abc", "ab"));
    }
}
