//! Registration of redirect URIs: one that is accepted matches itself, is an absolute URL without a
//! fragment, and stays the same when it is read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use renkei_oauth::redirect::{RedirectUri, origin_or_scheme};
use url::Url;

fuzz_target!(|text: &str| {
    let Ok(uri) = RedirectUri::parse(text) else {
        return;
    };
    assert!(uri.matches(uri.as_str()));
    let parsed = Url::parse(uri.as_str()).expect("a registered URI is absolute");
    assert!(parsed.fragment().is_none());
    assert!(!matches!(parsed.scheme(), "javascript" | "data" | "file"));
    assert_eq!(RedirectUri::parse(uri.as_str()).as_ref().ok(), Some(&uri));
    // It stands in a header.
    let target = origin_or_scheme(uri.as_str()).expect("a browser may be sent there");
    assert!(!target.contains(['\r', '\n', ';', ',', ' ']));
});
