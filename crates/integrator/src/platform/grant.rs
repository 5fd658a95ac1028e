//! Our client, and what the token endpoint grants it: standard fields by `oauth2`, and the platform's own
//! `link_id` and `link_expires_at`.

use oauth2::basic::{
    BasicErrorResponse, BasicErrorResponseType, BasicRevocationErrorResponse,
    BasicTokenIntrospectionResponse, BasicTokenType,
};
use oauth2::{
    Client, EndpointNotSet, EndpointSet, ExtraTokenFields, RequestTokenError, Scope,
    StandardRevocableToken, StandardTokenResponse, TokenResponse,
};
use serde::{Deserialize, Serialize};
use time::serde::rfc3339;
use time::{Duration, OffsetDateTime};
use url::form_urlencoded;

use super::Platform;
use super::failure::Failure;
use super::metadata::Metadata;
use crate::clock;
use crate::link::{LinkId, Tokens};

/// What the customer has granted.
#[derive(Debug)]
pub(crate) struct Grant {
    pub(crate) tokens: Tokens,
    pub(crate) scopes: Vec<String>,
    pub(crate) link_id: LinkId,
    /// None when the link has no end of its own.
    pub(crate) link_expires_at: Option<OffsetDateTime>,
}

/// The fields of an answer that are not in RFC 6749.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct LinkFields {
    link_id: String,
    #[serde(default, with = "rfc3339::option")]
    link_expires_at: Option<OffsetDateTime>,
}

impl ExtraTokenFields for LinkFields {}

type Answer = StandardTokenResponse<LinkFields, BasicTokenType>;

/// Names the eleven parameters of `oauth2`'s client once: authorization and token endpoints are set.
pub(super) type RenkeiClient = Client<
    BasicErrorResponse,
    Answer,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

/// Confidential clients authenticate by `client_secret_basic`, which is `oauth2`'s default.
pub(super) fn client(platform: &Platform, metadata: &Metadata) -> RenkeiClient {
    let client = Client::new(platform.client_id.clone())
        .set_auth_uri(metadata.authorization_endpoint.clone())
        .set_token_uri(metadata.token_endpoint.clone())
        .set_redirect_uri(platform.redirect_url.clone());
    match &platform.client_secret {
        Some(secret) => client.set_client_secret(secret.clone()),
        None => client,
    }
}

/// Id and secret are form-encoded before they are joined. Source: RFC 6749 section 2.3.1.
pub(super) fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

impl Grant {
    /// An answer without `scope` grants what was asked for (RFC 6749 section 5.1); one without
    /// `expires_in` is used at once and then refreshed.
    pub(super) fn read(
        answer: Result<Answer, RequestTokenError<Failure, BasicErrorResponse>>,
        asked: &[Scope],
    ) -> Result<Self, Failure> {
        let answer = answer.map_err(failure)?;
        let lives_for = Duration::try_from(answer.expires_in().unwrap_or_default());
        let extra = answer.extra_fields();
        let scopes = answer.scopes().map_or(asked, Vec::as_slice);
        Ok(Self {
            tokens: Tokens {
                access: answer.access_token().clone(),
                access_expires_at: clock::now().saturating_add(lives_for.unwrap_or(Duration::ZERO)),
                refresh: answer.refresh_token().cloned(),
            },
            scopes: scopes
                .iter()
                .map(|scope| scope.as_str().to_owned())
                .collect(),
            link_id: LinkId::new(extra.link_id.clone()),
            link_expires_at: extra.link_expires_at,
        })
    }
}

fn failure(error: RequestTokenError<Failure, BasicErrorResponse>) -> Failure {
    match error {
        RequestTokenError::ServerResponse(refusal) => match refusal.error() {
            BasicErrorResponseType::InvalidGrant => Failure::DeadLink,
            other => Failure::Refused(other.as_ref().to_owned()),
        },
        RequestTokenError::Request(failure) => failure,
        // What these hold may quote the answer, and the answer holds tokens.
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => {
            Failure::Unreadable("the answer of the token endpoint")
        }
    }
}
