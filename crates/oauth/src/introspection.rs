//! Token introspection (RFC 7662). For whoever may not know, a token is not active, and an inactive
//! token has no other property.

use serde::{Serialize, Serializer};

use crate::client::ClientId;
use crate::error::ProtocolError;
use crate::parameter::Parameters;
use crate::scope::Scopes;
use crate::secret::PlainToken;

/// What is asked about. `token_type_hint` is ignored: "An authorization server MAY ignore this
/// parameter" (RFC 7662 section 2.1).
#[derive(Clone, Debug)]
pub struct IntrospectionRequest {
    /// The token.
    pub token: PlainToken,
}

impl IntrospectionRequest {
    /// Reads a request of an authenticated caller.
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

/// The answer: `{"active":true, …}` or `{"active":false}` and nothing more, since "the authorization
/// server SHOULD NOT include any additional information about an inactive token, including why the
/// token is inactive" (RFC 7662 section 2.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IntrospectionResponse {
    /// A token that works, told to somebody who may know.
    Active(Box<ActiveToken>),
    /// Everything else.
    Inactive,
}

/// The members of an active answer. Instants are seconds since the epoch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ActiveToken {
    /// What it permits now.
    pub scope: Scopes,
    /// Whose it is.
    pub client_id: ClientId,
    /// `Bearer`; absent for a refresh token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token_type: Option<String>,
    /// When it lapses; absent for a refresh token whose link has no end of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exp: Option<i64>,
    /// When it was issued.
    pub iat: i64,
    /// The customer, by a name that only this client and bank have for him.
    pub sub: String,
    /// For whom it is meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aud: Option<String>,
    /// The issuer under which it works.
    pub iss: String,
    /// The link it belongs to.
    pub link_id: String,
    /// When that link ends, RFC 3339; absent when it has no end of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link_expires_at: Option<String>,
}

impl Serialize for IntrospectionResponse {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (active, token) = match self {
            Self::Active(token) => (true, Some(token.as_ref())),
            Self::Inactive => (false, None),
        };
        Wire { active, token }.serialize(serializer)
    }
}

#[derive(Serialize)]
struct Wire<'a> {
    active: bool,
    #[serde(flatten)]
    token: Option<&'a ActiveToken>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_inactive_token_has_no_other_property() {
        let json = serde_json::to_string(&IntrospectionResponse::Inactive).unwrap();
        assert_eq!(json, r#"{"active":false}"#);
    }

    #[test]
    fn an_active_token_tells_everything_beside_the_word_active() {
        let token = ActiveToken {
            scope: Scopes::parse("balances accounts").unwrap(),
            client_id: ClientId::parse("kakeibo").unwrap(),
            token_type: Some("Bearer".to_owned()),
            exp: Some(600),
            iat: 0,
            sub: "sub_1".to_owned(),
            aud: None,
            iss: "https://renkei.example".to_owned(),
            link_id: "lnk_1".to_owned(),
            link_expires_at: Some("2027-02-19T15:30:00+09:00".to_owned()),
        };
        let json = serde_json::to_string(&IntrospectionResponse::Active(Box::new(token))).unwrap();
        assert_eq!(
            json,
            concat!(
                r#"{"active":true,"scope":"accounts balances","client_id":"kakeibo","#,
                r#""token_type":"Bearer","exp":600,"iat":0,"sub":"sub_1","#,
                r#""iss":"https://renkei.example","link_id":"lnk_1","#,
                r#""link_expires_at":"2027-02-19T15:30:00+09:00"}"#,
            ),
        );
    }

    #[test]
    fn a_request_names_one_token() {
        let cases = [
            ("token=t&token_type_hint=x", true),
            ("token_type_hint=x", false),
            ("token=", false),
            ("token=t&token=t", false),
        ];
        for (body, good) in cases {
            let parameters = Parameters::parse(body.as_bytes()).unwrap();
            assert_eq!(
                IntrospectionRequest::parse(&parameters).is_ok(),
                good,
                "{body}"
            );
        }
    }
}
