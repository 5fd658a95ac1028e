//! What a redirect URI must be to be registered. The strictness here is what lets a request be
//! answered by comparing bytes: there is one spelling, and every reader of it sees the same place.

use url::{Host, Url, form_urlencoded};

/// Why a redirect URI cannot be registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RedirectUriError {
    /// Characters that a URI does not have, or a wildcard.
    #[error("must be plain ASCII as RFC 3986 writes URIs, without `*`, at most 2000 characters")]
    Characters,
    /// "The endpoint URI MUST NOT include a fragment component" (RFC 6749 section 3.1.2).
    #[error("must not have a fragment")]
    Fragment,
    /// A host that is neither an address nor a name of letters, digits and hyphens.
    #[error("must name a host in letters, digits and hyphens (punycode for others)")]
    Host,
    /// Plain `http` beyond the customer's own machine.
    #[error("must use https; http is for 127.0.0.1, [::1] and localhost only")]
    Http,
    /// Dots, slashes or percent signs in disguise, which another reader could take for a path.
    #[error("must not hide slashes, backslashes, dots, percent signs or controls in escapes")]
    HiddenPath,
    /// A query name that our answer uses.
    #[error("must not use a query name of the answer: code, state, iss, error, response ...")]
    ReservedQuery,
    /// A scheme that is neither http(s) nor a reversed domain name.
    #[error("must use https, or a private-use scheme with a dot and one slash or an authority")]
    Scheme,
    /// Not the spelling that a URL parser would write.
    #[error(
        "must be an absolute URI in its normal form: lower-case host, no default port, no dots"
    )]
    Spelling,
    /// A name or password before the host.
    #[error("must not have a user name or password")]
    UserInfo,
}

/// Parses a URI that may be registered.
pub(super) fn judge(text: &str) -> Result<Url, RedirectUriError> {
    characters(text)?;
    let url = Url::parse(text).map_err(|_| RedirectUriError::Spelling)?;
    fragment(&url)?;
    user_info(&url, text)?;
    spelling(&url, text)?;
    scheme(&url)?;
    host(&url)?;
    hidden_path(&url)?;
    reserved_query(&url)?;
    Ok(url)
}

fn characters(text: &str) -> Result<(), RedirectUriError> {
    // RFC 3986 section 2: unreserved, reserved and `%`. `*` is a legal sub-delimiter, but who
    // registers it means a wildcard, and there are none.
    let legal = |b: u8| b.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()+,;=%".contains(&b);
    let complete = text.len() <= MAX_LENGTH && text.bytes().all(legal);
    if complete {
        Ok(())
    } else {
        Err(RedirectUriError::Characters)
    }
}

fn fragment(url: &Url) -> Result<(), RedirectUriError> {
    if url.fragment().is_none() {
        Ok(())
    } else {
        Err(RedirectUriError::Fragment)
    }
}

fn user_info(url: &Url, text: &str) -> Result<(), RedirectUriError> {
    // An empty user name vanishes in parsing, so the text is asked too.
    let authority = text
        .split(['/', '?'])
        .nth(2)
        .filter(|_| url.has_authority());
    let found = !url.username().is_empty()
        || url.password().is_some()
        || authority.is_some_and(|text| text.contains('@'));
    if found {
        Err(RedirectUriError::UserInfo)
    } else {
        Ok(())
    }
}

fn spelling(url: &Url, text: &str) -> Result<(), RedirectUriError> {
    // The parser adds the slash of an empty path; who registers a bare origin means that origin.
    let bare = url.query().is_none() && url.path() == "/";
    let same = url.as_str() == text || (bare && url.as_str().strip_suffix('/') == Some(text));
    if same {
        Ok(())
    } else {
        Err(RedirectUriError::Spelling)
    }
}

fn scheme(url: &Url) -> Result<(), RedirectUriError> {
    let own_machine = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.octets() == [127, 0, 0, 1],
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    match url.scheme() {
        "https" => Ok(()),
        "http" if own_machine => Ok(()),
        "http" => Err(RedirectUriError::Http),
        // "apps MUST use a URI scheme based on a domain name under their control, expressed in
        // reverse order" (RFC 8252 section 7.1): at least one dot, which no browser scheme has.
        private if private.contains('.') && !url.cannot_be_a_base() => Ok(()),
        _ => Err(RedirectUriError::Scheme),
    }
}

fn host(url: &Url) -> Result<(), RedirectUriError> {
    // A URL parser takes `;` and `'` in a host, a Content-Security-Policy does not. A private-use
    // scheme needs no host at all; its parser keeps any text, hence the same rule.
    let letters = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'.';
    let good = match url.host() {
        None => url.scheme() != "https",
        Some(Host::Domain(name)) => name.bytes().all(letters) && !name.ends_with('.'),
        Some(Host::Ipv4(_) | Host::Ipv6(_)) => true,
    };
    if good {
        Ok(())
    } else {
        Err(RedirectUriError::Host)
    }
}

fn hidden_path(url: &Url) -> Result<(), RedirectUriError> {
    let lower = url.as_str().to_ascii_lowercase();
    let path = url.path();
    let mut escapes = lower.split('%').skip(1);
    // Controls, `%`, `.`, `/` and `\` have no business in an escape; an escape has two digits.
    let hidden = escapes.any(|rest| {
        let mut digits = rest.chars();
        let (high, low) = (digits.next(), digits.next());
        let (Some(high), Some(low)) = (high, low) else {
            return true;
        };
        let complete = high.is_ascii_hexdigit() && low.is_ascii_hexdigit();
        !complete
            || matches!(
                (high, low),
                ('0' | '1', _) | ('2', '5' | 'e' | 'f') | ('5', 'c') | ('7', 'f')
            )
    });
    if hidden || path.contains("//") {
        Err(RedirectUriError::HiddenPath)
    } else {
        Ok(())
    }
}

fn reserved_query(url: &Url) -> Result<(), RedirectUriError> {
    // attacks.md A-4: a registered `code` beside ours would be two answers in one. Both ways of
    // reading a form are asked, since we do not know which one the app uses.
    let query = url.query().unwrap_or_default().replace(';', "&");
    let taken = form_urlencoded::parse(query.as_bytes())
        .any(|(name, _)| RESERVED.contains(&name.to_ascii_lowercase().as_str()));
    if taken {
        Err(RedirectUriError::ReservedQuery)
    } else {
        Ok(())
    }
}

const MAX_LENGTH: usize = 2000;
const RESERVED: [&str; 7] = [
    "code",
    "error",
    "error_description",
    "error_uri",
    "iss",
    "response",
    "state",
];

#[cfg(test)]
mod tests {
    use super::RedirectUriError::*;
    use super::*;

    #[test]
    fn apps_on_the_web_on_the_desk_and_on_the_phone_are_registered() {
        for text in [
            "https://app.example",
            "https://app.example/",
            "https://app.example:8443/a/b-c_d~e?dummy1=lorem&dummy2=ipsum",
            "https://xn--r8jz45g.example/cb",
            "https://203.0.113.7/cb",
            "https://app.example/%E9%A3%9B",
            "http://localhost:8090/cb",
            "http://127.0.0.1/cb",
            "http://[::1]:8090/cb",
            "com.example.app:/cb",
            "com.example.app:/a/b@c",
            "com.example.app://cb",
            "com.example.app://cb/done?x=1",
        ] {
            assert!(judge(text).is_ok(), "{text}: {:?}", judge(text));
        }
    }

    // attacks.md, at registration.
    #[test]
    fn what_two_readers_could_read_differently_is_not_registered() {
        let cases = [
            ("", Spelling),
            ("/cb", Spelling),
            ("//app.example/cb", Spelling),
            ("https:app.example/cb", Spelling),
            ("https://", Spelling),
            ("https://app.example?x=1", Spelling),
            ("https://App.example/cb", Spelling),
            ("HTTPS://app.example/cb", Spelling),
            ("https://app.example:443/cb", Spelling),
            ("https://app.example/a/../cb", Spelling),
            ("https://app.example/%2e%2e/cb", Spelling),
            ("https://0x7f.1/cb", Spelling),
            ("https://飛.example/cb", Characters),
            ("https://*.example/cb", Characters),
            ("https://app.example\\cb", Characters),
            ("https://app.example/c b", Characters),
            ("https://app.example/c\tb", Characters),
            ("https://app.example/cb\0", Characters),
            ("https://app.example/cb#", Fragment),
            ("https://app.example/cb#done", Fragment),
            ("https://me@app.example/cb", UserInfo),
            ("https://me:pw@app.example/cb", UserInfo),
            ("https://@app.example/cb", UserInfo),
            ("https://:@app.example/cb", UserInfo),
            ("http://localhost:80@evil.example/", UserInfo),
            ("http://app.example/cb", Http),
            ("http://localhost.evil.example/cb", Http),
            ("http://127.0.0.2/cb", Http),
            ("http://10.0.0.1/cb", Http),
            ("http://localhost./cb", Http),
            ("app:/cb", Scheme),
            ("ftp://app.example/cb", Scheme),
            ("javascript:alert(1)", Scheme),
            ("data:text/html,x", Scheme),
            ("com.example.app:cb", Scheme),
            ("https://app.example./cb", Host),
            ("https://app.example;script-src/cb", Host),
            ("https://app.example,evil.example/cb", Host),
            ("https://app.example/a%2fb", HiddenPath),
            ("https://app.example/a%5Cb", HiddenPath),
            ("https://app.example/a%252fb", HiddenPath),
            ("https://app.example/a%00b", HiddenPath),
            ("https://app.example/a%0d%0ab", HiddenPath),
            ("https://app.example/a%2", HiddenPath),
            ("https://app.example/a%zzb", HiddenPath),
            ("https://app.example//cb", HiddenPath),
            ("https://app.example/cb?code=1", ReservedQuery),
            ("https://app.example/cb?x=1&STATE=1", ReservedQuery),
            ("https://app.example/cb?%69ss=1", ReservedQuery),
            ("https://app.example/cb?x=1;error=1", ReservedQuery),
            ("https://app.example/cb?error_description=", ReservedQuery),
            ("https://app.example/cb?response", ReservedQuery),
        ];
        for (text, why) in cases {
            assert_eq!(judge(text).err(), Some(why), "{text:?}");
        }
    }
}
