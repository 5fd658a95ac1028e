//! Strict form decoding. A decoder that guesses is how two readers of one request come to disagree
//! about it.

use zeroize::Zeroizing;

/// The text behind `application/x-www-form-urlencoded` bytes: `+` is a space, every `%` is followed
/// by two hexadecimal digits, all else is printable ASCII, and the result is UTF-8 without control
/// characters. Nothing when it is not that. Source: RFC 6749 appendix B.
pub(crate) fn decode(encoded: &[u8]) -> Option<Zeroizing<String>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(encoded.len()));
    let mut rest = encoded.iter().copied();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => (nibble(rest.next()?)? << 4) | nibble(rest.next()?)?,
            b'!'..=b'~' => byte,
            _ => return None,
        });
    }
    let text = str::from_utf8(&bytes).ok()?;
    (!text.chars().any(char::is_control)).then(|| Zeroizing::new(text.to_owned()))
}

fn nibble(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_complete_escapes_of_printable_text_are_decoded() {
        let cases: [(&[u8], Option<&str>); 8] = [
            (b"", Some("")),
            (b"a%20b+c", Some("a b c")),
            (b"%2525", Some("%25")),
            (b"%c3%A9", Some("\u{e9}")),
            (b"%c2%85", None),
            (b"a b", None),
            (b"%7", None),
            (b"%7f", None),
        ];
        for (encoded, text) in cases {
            assert_eq!(
                decode(encoded).as_ref().map(|t| t.as_str()),
                text,
                "{encoded:?}"
            );
        }
    }
}
