//! HTTP Basic for clients: "The client identifier is encoded using the
//! application/x-www-form-urlencoded encoding algorithm …, and the encoded value is used as the
//! username; the client password is encoded using the same algorithm and used as the password" (RFC
//! 6749 section 2.3.1).

use openssl::base64::decode_block;
use zeroize::Zeroizing;

use crate::client::{ClientId, PlainSecret};
use crate::parameter::decode;

/// Reads an `Authorization` header as RFC 7617 writes it: the scheme in any case, exactly one space,
/// complete base64, and nothing else. Nothing when it is not that.
pub(super) fn read(header: &str) -> Option<(ClientId, PlainSecret)> {
    let (scheme, encoded) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") || !is_base64(encoded) {
        return None;
    }
    let pair = Zeroizing::new(decode_block(encoded).ok()?);
    let mut halves = pair.splitn(2, |b| *b == b':');
    let id = decode(halves.next()?)?;
    let secret = decode(halves.next()?)?;
    if secret.is_empty() {
        return None;
    }
    Some((
        ClientId::parse(&id).ok()?,
        PlainSecret::from_text(secret.as_str()),
    ))
}

/// `EVP_DecodeBlock(3)` skips white space at both ends, so the letters are asked before.
fn is_base64(text: &str) -> bool {
    let letters = text.trim_end_matches('=');
    let padding = text.len() - letters.len();
    let letter = |b: u8| b.is_ascii_alphanumeric() || b == b'+' || b == b'/';
    !letters.is_empty()
        && text.len().is_multiple_of(4)
        && padding <= 2
        && letters.bytes().all(letter)
}

#[cfg(test)]
mod tests {
    use openssl::base64::encode_block;

    use super::*;

    #[test]
    fn the_header_is_read_in_any_case_and_with_escapes() {
        for scheme in ["Basic", "basic", "BASIC"] {
            let header = format!("{scheme} {}", encode_block(b"kakei%62o:a%3Ab+%2B:c"));
            let (id, secret) = read(&header).unwrap();
            assert_eq!(id.as_str(), "kakeibo");
            assert_eq!(secret.expose(), "a:b +:c");
        }
    }

    // attacks.md J-2.
    #[test]
    fn anything_but_scheme_space_and_base64_is_refused() {
        let good = encode_block(b"kakeibo:secret");
        for header in [
            String::new(),
            "Basic".to_owned(),
            "Basic ".to_owned(),
            format!("Basic{good}"),
            format!("Basic  {good}"),
            format!(" Basic {good}"),
            format!("Basic {good} "),
            format!("Basic\t{good}"),
            format!("Basic {good}, Basic {good}"),
            format!("Basic {good},"),
            format!("Bearer {good}"),
            format!("Basic {}", good.trim_end_matches('=')),
            format!("Basic {good}===="),
            format!("Basic {}", encode_block(b"kakeibo")),
            format!("Basic {}", encode_block(b"kakeibo:")),
            format!("Basic {}", encode_block(b":secret")),
            format!("Basic {}", encode_block(b"kakeibo:%zz")),
            format!("Basic {}", encode_block(b"kakeibo:\xff")),
            format!("Basic {}", encode_block(b"kakeibo:a\0b")),
        ] {
            assert!(read(&header).is_none(), "{header:?}");
        }
    }
}
