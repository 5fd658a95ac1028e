//! Token revocation (RFC 7009). "The authorization server responds with HTTP status code 200 if the
//! token has been revoked successfully or if the client submitted an invalid token" (section 2.2):
//! there is no answer but that one once the request is read.

use crate::error::ProtocolError;
use crate::parameter::Parameters;
use crate::secret::PlainToken;

/// What is to be revoked. `token_type_hint` is ignored: "If the server is unable to locate the token
/// using the given hint, it MUST extend its search across all of its supported token types" (RFC
/// 7009 section 2.1), so it searches them all at once.
#[derive(Clone, Debug)]
pub struct RevocationRequest {
    /// The token, of either kind.
    pub token: PlainToken,
}

impl RevocationRequest {
    /// Reads a request of an authenticated client.
    ///
    /// # Errors
    /// `invalid_request` when the token is missing or a parameter is given twice.
    pub fn parse(parameters: &Parameters) -> Result<Self, ProtocolError> {
        parameters.refuse_duplicates()?;
        Ok(Self {
            token: PlainToken::from_text(parameters.required("token")?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_names_one_token() {
        let cases = [
            ("token=t&token_type_hint=refresh_token", true),
            ("token=anything%20at%20all", true),
            ("", false),
            ("token=t&token=u", false),
        ];
        for (body, good) in cases {
            let parameters = Parameters::parse(body.as_bytes()).unwrap();
            assert_eq!(
                RevocationRequest::parse(&parameters).is_ok(),
                good,
                "{body}"
            );
        }
    }
}
