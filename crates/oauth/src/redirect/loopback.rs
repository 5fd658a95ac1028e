//! The one exception to byte-for-byte comparison: "The authorization server MUST allow any port to
//! be specified at the time of the request for loopback IP redirect URIs" (RFC 8252 section 7.3).

use url::{Host, Url};

use super::RedirectUri;

/// Whether the request names a registered `http://127.0.0.1` or `http://[::1]` with another port.
/// Decided on the parsed host, never on a prefix, and then on the bytes of everything but the port
/// (attacks.md A-2: `http://127.0.0.1:80@evil.example`). `localhost` is a name that may lead
/// elsewhere (RFC 8252 section 8.3) and stays exact.
pub(super) fn differs_in_port_only(registered: &RedirectUri, requested: &str) -> bool {
    let address = matches!(registered.url.host(), Some(Host::Ipv4(_) | Host::Ipv6(_)));
    if !address || registered.url.scheme() != "http" {
        return false;
    }
    let Ok(asked) = Url::parse(requested) else {
        return false;
    };
    let mut expected = registered.url.clone();
    if expected.set_port(asked.port()).is_err() || asked != expected {
        return false;
    }
    // Equal when parsed; the text must be the normal spelling too. A parser drops the default port
    // and adds the slash of an empty path, so both are put as the request may have them.
    let has_path = registered.text == registered.url.as_str();
    let expected = if has_path {
        expected.as_str()
    } else {
        expected.as_str().trim_end_matches('/')
    };
    requested == expected
        || requested.split_once(":80").is_some_and(|(before, after)| {
            asked.port().is_none() && expected.strip_prefix(before) == Some(after)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loopback_address_is_recognised_at_any_port() {
        let cases = [
            ("http://127.0.0.1/cb?x=1", "http://127.0.0.1:51004/cb?x=1"),
            (
                "http://127.0.0.1:8090/cb?x=1",
                "http://127.0.0.1:51004/cb?x=1",
            ),
            ("http://127.0.0.1:8090/cb", "http://127.0.0.1/cb"),
            ("http://127.0.0.1:8090/cb", "http://127.0.0.1:80/cb"),
            ("http://127.0.0.1:8090", "http://127.0.0.1:51004"),
            ("http://[::1]/cb", "http://[::1]:51004/cb"),
            ("http://[::1]/cb", "http://[::1]:80/cb"),
        ];
        for (registered, requested) in cases {
            assert!(
                RedirectUri::parse(registered).unwrap().matches(requested),
                "{requested}"
            );
        }
    }

    #[test]
    fn the_rule_holds_for_nothing_but_the_port_of_a_loopback_address() {
        let cases = [
            ("http://localhost:8090/cb", "http://localhost:8091/cb"),
            ("https://127.0.0.1/cb", "https://127.0.0.1:8443/cb"),
            ("https://203.0.113.7/cb", "https://203.0.113.7:8443/cb"),
            ("http://127.0.0.1/cb", "http://localhost/cb"),
            ("http://127.0.0.1/cb", "http://[::1]/cb"),
            ("http://127.0.0.1/cb", "https://127.0.0.1:80/cb"),
            ("http://127.0.0.1/cb", "http://127.0.0.1:80@evil.example/cb"),
            ("http://127.0.0.1/cb", "http://127.0.0.1:80:90/cb"),
            ("http://127.0.0.1/cb", "http://me@127.0.0.1:80/cb"),
            ("http://127.0.0.1/cb", "http://@127.0.0.1:8080/cb"),
            ("http://127.0.0.1/cb", "http://127.0.0.1.evil.example:80/cb"),
            ("http://127.0.0.1/cb", "http://127.1:80/cb"),
            ("http://127.0.0.1/cb", "http://2130706433:80/cb"),
            ("http://127.0.0.1/cb", "http://127.0.0.1:08080/cb"),
            ("http://127.0.0.1/cb", "http://127.0.0.1:080/cb"),
            ("http://127.0.0.1/cb", "http://127.0.0.1:/cb"),
            ("http://127.0.0.1/cb", "http://127.0.0.1:99999/cb"),
            ("http://127.0.0.1/cb", "http://127.0.0.1/cb:80"),
            ("http://127.0.0.1/cb", "http://127.0.0.1:8080/CB"),
            ("http://127.0.0.1/cb", "http://127.0.0.1:8080/cb/"),
            ("http://127.0.0.1/cb", "http://127.0.0.1:8080/x/../cb"),
            ("http://127.0.0.1/cb", "http://127.0.0.1:8080/cb#"),
            ("http://127.0.0.1/cb", "http://127.0.0.1:8080/cb?code=1"),
            ("http://127.0.0.1/cb", "http://127.0.0.1:8080\\cb"),
            ("http://127.0.0.1/cb", "http:127.0.0.1:8080/cb"),
            ("http://127.0.0.1/cb", "http://127.0.0.1:8080/cb\n"),
            ("http://127.0.0.1", "http://127.0.0.1:8080/"),
        ];
        for (registered, requested) in cases {
            assert!(
                !RedirectUri::parse(registered).unwrap().matches(requested),
                "{requested}"
            );
        }
    }
}
