//! Who is calling an endpoint for clients, as far as the request says: by HTTP Basic, in the body,
//! or by name alone. Whether it is true, [`crate::client::authenticate`] decides.

use super::basic;
use crate::client::{ClientId, PlainSecret};
use crate::error::ProtocolError;
use crate::parameter::Parameters;

/// The `WWW-Authenticate` of a 401: "the authorization server MUST respond with an HTTP 401 status
/// code and include the WWW-Authenticate response header field matching the authentication scheme
/// used by the client" (RFC 6749 section 5.2).
pub const BASIC_CHALLENGE: &str = "Basic realm=\"renkei\", charset=\"UTF-8\"";

/// A name, and a secret when one was presented.
#[derive(Clone, Debug)]
pub struct ClientCredentials {
    /// Who the caller claims to be.
    pub client_id: ClientId,
    /// How it proves that; none for a public client.
    pub secret: Option<PlainSecret>,
}

impl ClientCredentials {
    /// Reads the credentials of a request from its one `Authorization` header and its body. The
    /// query of the URL is never a place for them (RFC 6749 section 2.3.1).
    ///
    /// # Errors
    /// `invalid_request` when a parameter is given twice, or for two methods at once: "The client
    /// MUST NOT use more than one authentication method in each request" (RFC 6749 section 2.3).
    /// `invalid_client` for none, a malformed one, one that we do not have, and when a `client_id`
    /// in the body differs from the one in the header.
    pub fn from_request(
        authorization: Option<&str>,
        parameters: &Parameters,
    ) -> Result<Self, ProtocolError> {
        parameters.refuse_duplicates()?;
        let secret = parameters.get("client_secret");
        let assertion = ["client_assertion", "client_assertion_type"]
            .into_iter()
            .any(|name| parameters.get(name).is_some());
        let methods = [authorization.is_some(), secret.is_some(), assertion];
        if methods.into_iter().filter(|used| *used).count() > 1 {
            let why = "more than one method of client authentication is used";
            return Err(ProtocolError::invalid_request(why));
        }
        let refused = ProtocolError::invalid_client;
        if assertion {
            return Err(refused());
        }
        let named = parameters.get("client_id");
        if let Some(header) = authorization {
            let (client_id, secret) = basic::read(header).ok_or_else(refused)?;
            if named.is_some_and(|named| named != client_id.as_str()) {
                return Err(refused());
            }
            return Ok(Self {
                client_id,
                secret: Some(secret),
            });
        }
        let client_id = named
            .and_then(|named| ClientId::parse(named).ok())
            .ok_or_else(refused)?;
        Ok(Self {
            client_id,
            secret: secret.map(PlainSecret::from_text),
        })
    }
}

#[cfg(test)]
mod tests {
    use openssl::base64::encode_block;

    use super::*;

    fn read(header: Option<&str>, body: &str) -> Result<ClientCredentials, ProtocolError> {
        ClientCredentials::from_request(header, &Parameters::parse(body.as_bytes()).unwrap())
    }

    #[test]
    fn each_of_the_three_methods_is_read() {
        let basic = format!("Basic {}", encode_block(b"kakeibo:s3cret"));
        let cases = [
            (Some(basic.as_str()), "", Some("s3cret")),
            (Some(basic.as_str()), "client_id=kakeibo", Some("s3cret")),
            (Some(basic.as_str()), "client_secret=", Some("s3cret")),
            (
                None,
                "client_id=kakeibo&client_secret=s3cret",
                Some("s3cret"),
            ),
            (None, "client_id=kakeibo", None),
            (None, "client_id=kakeibo&client_secret=", None),
        ];
        for (header, body, secret) in cases {
            let credentials = read(header, body).unwrap();
            assert_eq!(credentials.client_id.as_str(), "kakeibo", "{body}");
            assert_eq!(
                credentials.secret.as_ref().map(PlainSecret::expose),
                secret,
                "{body}"
            );
        }
    }

    #[test]
    fn what_is_ambiguous_or_missing_is_refused() {
        let basic = format!("Basic {}", encode_block(b"kakeibo:s3cret"));
        let basic = Some(basic.as_str());
        let cases = [
            (basic, "client_secret=s3cret", "invalid_request"),
            (basic, "client_assertion=eyJ", "invalid_request"),
            (
                None,
                "client_secret=a&client_assertion=eyJ",
                "invalid_request",
            ),
            (
                None,
                "client_id=kakeibo&client_id=kakeibo",
                "invalid_request",
            ),
            (None, "client_id=kakeibo&x=1&x=2", "invalid_request"),
            (basic, "client_id=other", "invalid_client"),
            (Some("Bearer abc"), "client_id=kakeibo", "invalid_client"),
            (Some(""), "client_id=kakeibo", "invalid_client"),
            (
                None,
                "client_id=kakeibo&client_assertion=eyJ",
                "invalid_client",
            ),
            (None, "client_secret=s3cret", "invalid_client"),
            (None, "client_id=%20", "invalid_client"),
            (None, "", "invalid_client"),
        ];
        for (header, body, code) in cases {
            assert_eq!(
                read(header, body).unwrap_err().code().as_str(),
                code,
                "{header:?} {body}"
            );
        }
    }

    #[test]
    fn credentials_do_not_print_the_secret() {
        let credentials = read(None, "client_id=kakeibo&client_secret=s3cret").unwrap();
        assert!(!format!("{credentials:?}").contains("s3cret"));
    }
}
