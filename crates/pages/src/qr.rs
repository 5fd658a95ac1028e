//! 2D codes, as an address that an `img` takes: drawn here, so that no secret leaves the page.

use openssl::base64::encode_block;
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};
use tera::{Error, TeraResult};

/// The code of a text: black on white whatever the theme, with the quiet zone scanners need.
pub(crate) fn data_uri(text: &str) -> TeraResult<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M)
        .map_err(|_| Error::message("the text is too long for a 2D code"))?;
    let drawn = code
        .render::<svg::Color<'_>>()
        .min_dimensions(240, 240)
        .build();
    let encoded = encode_block(drawn.as_bytes());
    Ok(format!("data:image/svg+xml;base64,{encoded}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_an_image_and_too_much_is_an_error() {
        let uri = data_uri("otpauth://totp/a:b?secret=ABCD").unwrap();
        assert!(uri.starts_with("data:image/svg+xml;base64,PD94"), "{uri}");
        assert!(data_uri(&"x".repeat(5000)).is_err());
    }
}
