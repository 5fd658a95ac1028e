//! Where an answer may be sent. A redirect URI is judged once, when it is registered, so that in a
//! request it only has to be recognised: byte for byte, with one exception for native apps.

use std::fmt;

use serde::{Deserialize, Serialize};
use url::{Host, Url};

mod loopback;
mod registration;

pub use registration::RedirectUriError;

/// A registered redirect URI: absolute, in the one spelling that a URL parser leaves unchanged,
/// `https`, `http` on the customer's own machine, or a private-use scheme of a native app.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RedirectUri {
    text: String,
    url: Url,
}

impl RedirectUri {
    /// Judges a URI that somebody wants to register.
    ///
    /// # Errors
    /// The first rule it breaks, in words for whoever registers it.
    pub fn parse(text: &str) -> Result<Self, RedirectUriError> {
        let url = registration::judge(text)?;
        Ok(Self {
            text: text.to_owned(),
            url,
        })
    }

    /// The URI as it was registered.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether a request names this URI: "the authorization server MUST compare the two URIs using
    /// simple string comparison" (RFC 6749 section 3.1.2.3), but for the port of a loopback address
    /// (RFC 8252 section 7.3).
    pub fn matches(&self, requested: &str) -> bool {
        self.text == requested || loopback::differs_in_port_only(self, requested)
    }
}

/// What a page's `form-action` must list so that the browser follows the redirect to this URI after
/// a form post: the origin (`https://app.example:8443`), or `com.example.app:` for a private-use
/// scheme. Nothing when the text is no URI.
pub fn origin_or_scheme(redirect_uri: &str) -> Option<String> {
    let url = Url::parse(redirect_uri).ok()?;
    let origin = url.origin();
    // A source expression has no form for an IPv6 address (CSP level 3, section 2.3.1), so the
    // browser would ignore it and block the way back.
    if origin.is_tuple() && !matches!(url.host(), Some(Host::Ipv6(_))) {
        return Some(origin.ascii_serialization());
    }
    Some(format!("{}:", url.scheme()))
}

impl fmt::Debug for RedirectUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("RedirectUri").field(&self.text).finish()
    }
}

impl fmt::Display for RedirectUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl TryFrom<String> for RedirectUri {
    type Error = RedirectUriError;

    fn try_from(text: String) -> Result<Self, RedirectUriError> {
        Self::parse(&text)
    }
}

impl From<RedirectUri> for String {
    fn from(uri: RedirectUri) -> Self {
        uri.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // attacks.md: nothing around a registered URI is the registered URI.
    #[test]
    fn nothing_but_the_registered_bytes_matches() {
        let registered = RedirectUri::parse("https://app.example/cb/Done?x=1").unwrap();
        assert!(registered.matches("https://app.example/cb/Done?x=1"));
        for requested in [
            "",
            "https://app.example",
            "https://app.example/cb/Done",
            "https://app.example/cb/Done?x=1&",
            "https://app.example/cb/Done?x=1&y=2",
            "https://app.example/cb/Done?x=1#",
            "https://app.example/cb/Done?x=1#f",
            "https://app.example/cb/Done?x=%31",
            "https://app.example/cb/done?x=1",
            "https://app.example/cb/Done/?x=1",
            "https://app.example/cb/./Done?x=1",
            "https://app.example/cb/%2e/Done?x=1",
            "https://app.example/cb/a/../Done?x=1",
            "https://app.example/cb/a/%2e%2e/Done?x=1",
            "https://app.example/cb%2fDone?x=1",
            "https://app.example/cb%252fDone?x=1",
            "https://app.example/cb\\Done?x=1",
            "https://app.example//cb/Done?x=1",
            "https://app.example/cb/Done;x?x=1",
            "https://app.example/cb/Done?x=1\0",
            "https://app.example/cb/Do\tne?x=1",
            "https://app.example/cb/Done?x=1\n",
            " https://app.example/cb/Done?x=1",
            "https://app.example/cb/D\u{ff4f}ne?x=1",
            "https://app.example/cb/Do\u{301}ne?x=1",
            "https://APP.example/cb/Done?x=1",
            "HTTPS://app.example/cb/Done?x=1",
            "http://app.example/cb/Done?x=1",
            "https://app.example:443/cb/Done?x=1",
            "https://app.example:8443/cb/Done?x=1",
            "https://app.example./cb/Done?x=1",
            "https://\u{ff41}pp.example/cb/Done?x=1",
            "https://xn--app-x.example/cb/Done?x=1",
            "https://app.example.evil.example/cb/Done?x=1",
            "https://evilapp.example/cb/Done?x=1",
            "https://app.example@evil.example/cb/Done?x=1",
            "https://evil.example@app.example/cb/Done?x=1",
            "https://app.example\\@evil.example/cb/Done?x=1",
            "//app.example/cb/Done?x=1",
        ] {
            assert!(!registered.matches(requested), "{requested:?}");
        }
    }

    #[test]
    fn the_source_of_a_form_action_is_the_origin_or_the_scheme() {
        let cases = [
            ("https://app.example/cb?x=1", Some("https://app.example")),
            (
                "https://app.example:8443/cb",
                Some("https://app.example:8443"),
            ),
            ("http://127.0.0.1:8090/cb", Some("http://127.0.0.1:8090")),
            ("http://[::1]:8090/cb", Some("http:")),
            ("com.example.app:/cb", Some("com.example.app:")),
            ("no uri", None),
        ];
        for (uri, source) in cases {
            assert_eq!(origin_or_scheme(uri).as_deref(), source, "{uri}");
        }
    }

    #[test]
    fn a_redirect_uri_is_kept_as_text_and_judged_again_when_read() {
        let uri: RedirectUri = serde_json::from_str("\"https://app.example/cb\"").unwrap();
        assert_eq!(
            serde_json::to_string(&uri).unwrap(),
            "\"https://app.example/cb\""
        );
        assert!(serde_json::from_str::<RedirectUri>("\"http://app.example/cb\"").is_err());
    }
}
