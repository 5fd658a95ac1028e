//! Two-dimensional codes, as pictures that a page can carry inside itself.

use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};

/// The address of a picture of the code: an SVG within a `data:` URL. Dark on light in any
/// surroundings, with the quiet zone that readers need.
pub(crate) fn picture(text: &str) -> Result<String, String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(|e| e.to_string())?;
    let picture = code
        .render::<svg::Color<'_>>()
        .quiet_zone(true)
        .min_dimensions(240, 240)
        .dark_color(svg::Color("#000000"))
        .light_color(svg::Color("#ffffff"))
        .build();
    let packed = openssl::base64::encode_block(picture.as_bytes());
    Ok(format!("data:image/svg+xml;base64,{packed}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_a_picture_and_two_texts_are_two_pictures() {
        let one = picture("2000000000,kanri001,0123456789abcdef").unwrap();
        assert!(one.starts_with("data:image/svg+xml;base64,"));
        let packed = one.rsplit(',').next().unwrap();
        let svg = String::from_utf8(openssl::base64::decode_block(packed).unwrap()).unwrap();
        assert!(svg.contains("<svg") && svg.contains("#000000") && !svg.contains("<script"));
        assert_ne!(
            one,
            picture("2000000001,kanri001,0123456789abcdef").unwrap()
        );
        assert!(
            picture(&"x".repeat(5000)).is_err(),
            "more than a code can hold"
        );
    }
}
