//! Forms as they arrive.

use actix_web::HttpRequest;
use actix_web::web::Bytes;
use renkei_core::form::FormData;
use url::form_urlencoded;

/// A form as browsers post it: urlencoded UTF-8, of a size no page of ours reaches.
pub(crate) fn parse(request: &HttpRequest, body: &Bytes) -> Option<FormData> {
    let is_form = actix_web::HttpMessage::content_type(request)
        .eq_ignore_ascii_case("application/x-www-form-urlencoded");
    if !is_form || body.len() > LARGEST_FORM || std::str::from_utf8(body).is_err() {
        return None;
    }
    let pairs: Vec<(String, String)> = form_urlencoded::parse(body).into_owned().collect();
    let is_text = |text: &str| !text.contains(['\0', '\u{fffd}']);
    let sound = pairs.len() <= MOST_CONTROLS && pairs.iter().all(|(n, v)| is_text(n) && is_text(v));
    sound.then(|| FormData::new(pairs))
}

const LARGEST_FORM: usize = 64 * 1024;
const MOST_CONTROLS: usize = 500;
