//! Base64 for URLs (RFC 4648 section 5) without padding, as every JOSE and PKCE text wants it:
//! OpenSSL's base64 with two letters of the alphabet exchanged.

use openssl::base64::encode_block;

/// The bytes as unpadded base64url.
pub(crate) fn encode(bytes: &[u8]) -> String {
    encode_block(bytes)
        .chars()
        .filter(|letter| *letter != '=')
        .map(|letter| match letter {
            '+' => '-',
            '/' => '_',
            same => same,
        })
        .collect()
}

/// Whether the text is 43 letters of the alphabet: the length of 256 bits.
pub(crate) fn is_256_bits_long(text: &str) -> bool {
    text.len() == 43
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_alphabet_is_that_of_urls_and_padding_is_left_out() {
        let cases: [(&[u8], &str); 5] = [
            (b"", ""),
            (b"f", "Zg"),
            (b"fo", "Zm8"),
            (b"foobar", "Zm9vYmFy"),
            (&[0xfb, 0xff, 0xfe], "-__-"),
        ];
        for (bytes, text) in cases {
            assert_eq!(encode(bytes), text);
        }
    }

    #[test]
    fn thirty_two_bytes_are_forty_three_letters() {
        assert!(is_256_bits_long(&encode(&[7; 32])));
        assert!(!is_256_bits_long(&encode(&[7; 31])));
        assert!(!is_256_bits_long(&"=".repeat(43)));
    }
}
