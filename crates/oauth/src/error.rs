//! Protocol errors: what the standards name, with a description for the client's developer. A
//! description never carries a secret and never speaks to a customer.

use std::fmt;

use openssl::error::ErrorStack;
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

/// The `error` of an answer, by the names of the standards: RFC 6749 sections 4.1.2.1 and 5.2, RFC
/// 6750 section 3.1, and OpenID Connect Core section 3.1.2.6 for the two `…NotSupported`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorCode {
    /// The customer or the bank refused.
    AccessDenied,
    /// The token is good but does not permit this.
    InsufficientScope,
    /// Client authentication failed, was missing, or came by an unsupported method.
    InvalidClient,
    /// The code or refresh token is unknown, expired, revoked, used, or somebody else's.
    InvalidGrant,
    /// A parameter is missing, malformed or given twice.
    InvalidRequest,
    /// A scope is unknown, malformed, or more than was granted.
    InvalidScope,
    /// The access token is unknown, expired or revoked.
    InvalidToken,
    /// Signed requests (`request`) are not taken.
    RequestNotSupported,
    /// Requests by reference (`request_uri`) are not taken.
    RequestUriNotSupported,
    /// Something of ours broke.
    ServerError,
    /// Overloaded or under maintenance.
    TemporarilyUnavailable,
    /// This client may not use this way.
    UnauthorizedClient,
    /// A grant type that we do not have.
    UnsupportedGrantType,
    /// A response type that we do not have.
    UnsupportedResponseType,
}

impl ErrorCode {
    /// The code as it goes over the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AccessDenied => "access_denied",
            Self::InsufficientScope => "insufficient_scope",
            Self::InvalidClient => "invalid_client",
            Self::InvalidGrant => "invalid_grant",
            Self::InvalidRequest => "invalid_request",
            Self::InvalidScope => "invalid_scope",
            Self::InvalidToken => "invalid_token",
            Self::RequestNotSupported => "request_not_supported",
            Self::RequestUriNotSupported => "request_uri_not_supported",
            Self::ServerError => "server_error",
            Self::TemporarilyUnavailable => "temporarily_unavailable",
            Self::UnauthorizedClient => "unauthorized_client",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::UnsupportedResponseType => "unsupported_response_type",
        }
    }

    /// The HTTP status of a direct answer. Errors of the token endpoint are 400, `invalid_client` may
    /// be 401 (RFC 6749 section 5.2); those of a resource follow RFC 6750 section 3.1.
    pub const fn status(self) -> u16 {
        match self {
            Self::InvalidClient | Self::InvalidToken => 401,
            Self::AccessDenied | Self::InsufficientScope => 403,
            Self::ServerError => 500,
            Self::TemporarilyUnavailable => 503,
            Self::InvalidGrant
            | Self::InvalidRequest
            | Self::InvalidScope
            | Self::RequestNotSupported
            | Self::RequestUriNotSupported
            | Self::UnauthorizedClient
            | Self::UnsupportedGrantType
            | Self::UnsupportedResponseType => 400,
        }
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An error that the standard names. Serializes as `{"error": …, "error_description": …}`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {description}")]
pub struct ProtocolError {
    code: ErrorCode,
    description: String,
}

impl ProtocolError {
    /// An error with a description in English. What the wire does not permit is replaced: "values
    /// MUST NOT include characters outside the set %x20-21 / %x23-5B / %x5D-7E" (RFC 6749 section
    /// 5.2), that is printable ASCII without `"` and `\`.
    pub fn new(code: ErrorCode, description: impl AsRef<str>) -> Self {
        let description = description
            .as_ref()
            .chars()
            .take(MAX_DESCRIPTION)
            .map(permitted);
        Self {
            code,
            description: description.collect(),
        }
    }

    /// The name of the error.
    pub const fn code(&self) -> ErrorCode {
        self.code
    }

    /// Which parameter and what was expected; printable ASCII without `"` and `\`.
    pub fn description(&self) -> &str {
        &self.description
    }

    /// The HTTP status of a direct answer.
    pub const fn status(&self) -> u16 {
        self.code.status()
    }

    pub(crate) fn invalid_client() -> Self {
        // One sentence for every cause: whether a client exists is nobody's business.
        Self::new(ErrorCode::InvalidClient, "client authentication failed")
    }

    pub(crate) fn invalid_grant(description: &str) -> Self {
        Self::new(ErrorCode::InvalidGrant, description)
    }

    pub(crate) fn invalid_request(description: impl AsRef<str>) -> Self {
        Self::new(ErrorCode::InvalidRequest, description)
    }
}

impl Serialize for ProtocolError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut body = serializer.serialize_struct("ProtocolError", 2)?;
        body.serialize_field("error", self.code.as_str())?;
        body.serialize_field("error_description", &self.description)?;
        body.end()
    }
}

/// OpenSSL could not do its work, which has nothing to do with what was sent: a fault, answered as
/// `server_error`.
#[derive(Debug, thiserror::Error)]
#[error("OpenSSL failed")]
pub struct CryptoFault(#[from] ErrorStack);

fn permitted(letter: char) -> char {
    match letter {
        '"' => '\'',
        '\\' => '/',
        ' '..='~' => letter,
        _ => '?',
    }
}

const MAX_DESCRIPTION: usize = 300;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_holds_only_what_the_wire_permits() {
        let error = ProtocolError::new(ErrorCode::InvalidScope, "a \"b\" \\c\r\n飛\u{7f}~");
        assert_eq!(error.description(), "a 'b' /c????~");
        assert_eq!(error.to_string(), "invalid_scope: a 'b' /c????~");
    }

    #[test]
    fn an_error_is_two_members_of_json() {
        let error = ProtocolError::new(ErrorCode::InvalidGrant, "the code has expired");
        assert_eq!(
            serde_json::to_string(&error).unwrap(),
            r#"{"error":"invalid_grant","error_description":"the code has expired"}"#,
        );
    }

    #[test]
    fn only_failed_authentication_is_401_among_the_errors_of_the_token_endpoint() {
        let cases = [
            (ErrorCode::InvalidClient, 401),
            (ErrorCode::InvalidGrant, 400),
            (ErrorCode::InvalidRequest, 400),
            (ErrorCode::InvalidScope, 400),
            (ErrorCode::UnauthorizedClient, 400),
            (ErrorCode::UnsupportedGrantType, 400),
            (ErrorCode::InvalidToken, 401),
            (ErrorCode::InsufficientScope, 403),
        ];
        for (code, status) in cases {
            assert_eq!(ProtocolError::new(code, "").status(), status, "{code}");
        }
    }
}
