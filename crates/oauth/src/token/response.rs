//! The answer of the token endpoint (RFC 6749 section 5.1). The one place where a token is
//! serialized; it is sent with `Cache-Control: no-store` and kept nowhere.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What the client gets.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenResponse {
    /// The access token in plain.
    pub access_token: String,
    /// Always `Bearer` (RFC 6750).
    pub token_type: String,
    /// Life span in seconds.
    pub expires_in: u64,
    /// The refresh token in plain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<String>,
    /// What was granted, which may be less than was asked for.
    pub scope: String,
    /// The link that the tokens belong to; it stays the same through renewals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link_id: Option<String>,
    /// When the link ends, RFC 3339; absent when it has no end of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link_expires_at: Option<String>,
}

impl fmt::Debug for TokenResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenResponse")
            .field("expires_in", &self.expires_in)
            .field("scope", &self.scope)
            .field("link_id", &self.link_id)
            .field("link_expires_at", &self.link_expires_at)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absent_members_are_left_out_and_tokens_are_not_printed() {
        let response = TokenResponse {
            access_token: "a-token".to_owned(),
            token_type: "Bearer".to_owned(),
            expires_in: 600,
            refresh_token: None,
            scope: "accounts".to_owned(),
            link_id: Some("lnk_1".to_owned()),
            link_expires_at: None,
        };
        assert_eq!(
            serde_json::to_string(&response).unwrap(),
            r#"{"access_token":"a-token","token_type":"Bearer","expires_in":600,"scope":"accounts","link_id":"lnk_1"}"#,
        );
        assert!(!format!("{response:?}").contains("a-token"));
    }
}
