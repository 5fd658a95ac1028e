//! Base64 as the documents carry it: the standard alphabet with padding, broken into lines or not; nothing else is
//! tolerated, and the size is bounded before the first byte is decoded.

use openssl::base64::encode_block;

/// What is not Base64, or too much of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Base64Error {
    /// More than allowed once decoded.
    #[error("too large")]
    TooLarge,
    /// A character outside the alphabet, missing padding, or bits after the end.
    #[error("not Base64")]
    Malformed,
}

/// Decodes at most `most` bytes. White space of XML may stand anywhere.
pub fn decode(text: &str, most: usize) -> Result<Vec<u8>, Base64Error> {
    let digits = text.bytes().filter(|it| !is_space(*it)).count();
    if digits / 4 > most.div_ceil(3) {
        return Err(Base64Error::TooLarge);
    }
    if !digits.is_multiple_of(4) {
        return Err(Base64Error::Malformed);
    }
    let mut decoded = Vec::with_capacity((digits / 4).saturating_mul(3));
    let (mut group, mut filled, mut padding) = (0_u32, 0_u8, 0_u32);
    for byte in text.bytes().filter(|it| !is_space(*it)) {
        let value = if byte == b'=' {
            // Two at most, and only at the very end.
            padding = padding.saturating_add(1);
            if padding > 2 || filled < 2 {
                return Err(Base64Error::Malformed);
            }
            0
        } else {
            if padding > 0 {
                return Err(Base64Error::Malformed);
            }
            u32::from(value_of(byte)?)
        };
        group = (group << 6) | value;
        filled = filled.saturating_add(1);
        if filled == 4 {
            let [_, first, second, third] = group.to_be_bytes();
            match padding {
                0 => decoded.extend([first, second, third]),
                1 if third == 0 => decoded.extend([first, second]),
                2 if second == 0 && third == 0 => decoded.push(first),
                _ => return Err(Base64Error::Malformed),
            }
            (group, filled) = (0, 0);
        }
    }
    if decoded.len() > most {
        return Err(Base64Error::TooLarge);
    }
    Ok(decoded)
}

/// One unbroken line.
pub fn encode(bytes: &[u8]) -> String {
    encode_block(bytes)
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

fn value_of(byte: u8) -> Result<u8, Base64Error> {
    match byte {
        b'A'..=b'Z' => Ok(byte - b'A'),
        b'a'..=b'z' => Ok(byte - b'a' + 26),
        b'0'..=b'9' => Ok(byte - b'0' + 52),
        b'+' => Ok(62),
        b'/' => Ok(63),
        _ => Err(Base64Error::Malformed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_sixty_columns_decode_as_one() {
        let bytes: Vec<u8> = (0..=255).collect();
        let line = encode(&bytes);
        let lines: Vec<&str> = line
            .as_bytes()
            .chunks(60)
            .map(|it| str::from_utf8(it).unwrap())
            .collect();
        let broken = format!("\t{}\r\n", lines.join("\n"));
        assert_eq!(decode(&line, 256), Ok(bytes.clone()));
        assert_eq!(decode(&broken, 256), Ok(bytes));
    }

    #[test]
    fn the_size_is_bounded_before_and_after() {
        assert_eq!(decode(&encode(&[7; 30]), 29), Err(Base64Error::TooLarge));
        assert_eq!(decode(&encode(&[7; 31]), 29), Err(Base64Error::TooLarge));
        assert_eq!(decode(&encode(&[7; 29]), 29), Ok(vec![7; 29]));
        // Too large is told even of what is not Base64: it was never looked at.
        assert_eq!(decode(&"!".repeat(4000), 29), Err(Base64Error::TooLarge));
    }

    #[test]
    fn anything_but_the_strict_alphabet_is_refused() {
        for wrong in [
            "A",
            "AA",
            "AAA",
            "AA=A",
            "A===",
            "====",
            "AA==AAAA",
            "AB==",
            "AAB=",
            "AA-_",
            "AAA\u{b}A",
            "AAAA=",
        ] {
            assert_eq!(decode(wrong, 100), Err(Base64Error::Malformed), "{wrong}");
        }
        assert_eq!(decode("", 100), Ok(Vec::new()));
    }
}
