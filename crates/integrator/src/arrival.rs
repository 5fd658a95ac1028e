//! Judges what the browser brings to the callback. Pure: the journey it belongs to has been found, and
//! taken away, by the session.

use oauth2::AuthorizationCode;
use serde::Deserialize;

use crate::trouble::Trouble;

/// The parameters of the redirect. Source: RFC 6749 sections 4.1.2 and 4.1.2.1, RFC 9207 section 2.
#[derive(Deserialize)]
pub(crate) struct Arrival {
    code: Option<String>,
    pub(crate) state: Option<String>,
    iss: Option<String>,
    error: Option<String>,
}

impl Arrival {
    /// The code, if the answer is the platform's own and a consent.
    ///
    /// `iss` is looked at before anything else, in errors too (RFC 9207 section 2.4): an answer that comes
    /// from elsewhere says nothing.
    pub(crate) fn judge(self, issuer: &str) -> Result<AuthorizationCode, Trouble> {
        if self.iss.as_deref() != Some(issuer) {
            return Err(Trouble::Issuer);
        }
        match (self.error.as_deref(), self.code) {
            (None, Some(code)) if !code.is_empty() => Ok(AuthorizationCode::new(code)),
            (Some("access_denied"), _) => Err(Trouble::Cancelled),
            (Some("server_error" | "temporarily_unavailable"), _) => Err(Trouble::Unavailable),
            (Some("invalid_scope"), _) => Err(Trouble::Scope),
            _ => Err(Trouble::Refused),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ISSUER: &str = "http://localhost:8080";

    fn arrival(code: Option<&str>, iss: Option<&str>, error: Option<&str>) -> Arrival {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        Arrival {
            code: owned(code),
            state: None,
            iss: owned(iss),
            error: owned(error),
        }
    }

    #[test]
    fn only_the_issuer_itself_may_answer() {
        let rows = [
            Some("http://localhost:8080/"),
            Some("http://localhost:8080/hidashin"),
            Some("https://localhost:8080"),
            Some(""),
            None,
        ];
        for iss in rows {
            let judged = arrival(Some("c"), iss, None).judge(ISSUER);
            assert!(matches!(judged, Err(Trouble::Issuer)), "{iss:?}");
            let error = arrival(None, iss, Some("access_denied")).judge(ISSUER);
            assert!(matches!(error, Err(Trouble::Issuer)), "{iss:?}");
        }
        let code = arrival(Some("c"), Some(ISSUER), None)
            .judge(ISSUER)
            .unwrap();
        assert_eq!(code.secret(), "c");
    }

    #[test]
    fn each_error_has_a_page() {
        let rows = [
            ("access_denied", Trouble::Cancelled),
            ("server_error", Trouble::Unavailable),
            ("temporarily_unavailable", Trouble::Unavailable),
            ("invalid_scope", Trouble::Scope),
            ("unauthorized_client", Trouble::Refused),
            ("surprise", Trouble::Refused),
        ];
        for (error, trouble) in rows {
            let judged = arrival(Some("c"), Some(ISSUER), Some(error)).judge(ISSUER);
            assert_eq!(judged.err(), Some(trouble), "{error}");
        }
        assert_eq!(
            arrival(None, Some(ISSUER), None).judge(ISSUER).err(),
            Some(Trouble::Refused)
        );
        assert_eq!(
            arrival(Some(""), Some(ISSUER), None).judge(ISSUER).err(),
            Some(Trouble::Refused)
        );
    }
}
