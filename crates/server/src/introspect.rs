//! Introspection (RFC 7662): a resource server asks about every token, an ordinary client about its
//! own only; whatever is not alive is not alive, and nothing more is said.

use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};
use renkei_core::instant::Timestamp;
use renkei_core::link::Link;
use renkei_oauth::client::ClientId;
use renkei_oauth::introspection::{ActiveToken, IntrospectionRequest, IntrospectionResponse};
use renkei_oauth::scope::Scopes;
use renkei_oauth::secret::PlainToken;

use crate::app::App;
use crate::endpoint::{Asked, answer};
use crate::standing;
use crate::trouble::Trouble;

/// `POST /introspect`, `POST /{tenant}/introspect`
pub(crate) async fn introspect(app: Data<App>, request: HttpRequest, body: Bytes) -> HttpResponse {
    answer(&app, &request, &body, serve).await
}

async fn serve(app: &App, asked: Asked) -> Result<IntrospectionResponse, Trouble> {
    let Asked {
        issuer,
        client,
        parameters,
    } = asked;
    let IntrospectionRequest { token } = IntrospectionRequest::parse(&parameters)?;
    let Some(found) = find(app, &token).await? else {
        return Ok(IntrospectionResponse::Inactive);
    };
    if found.issuer != issuer.url || !client.may_introspect(&found.client) {
        return Ok(IntrospectionResponse::Inactive);
    }
    if standing::of_link(app, &found.link).await?.is_none() {
        return Ok(IntrospectionResponse::Inactive);
    }
    Ok(IntrospectionResponse::Active(Box::new(ActiveToken {
        scope: found.scopes,
        client_id: found.client,
        token_type: found.token_type,
        exp: found.expires_at.map(Timestamp::seconds),
        iat: found.issued_at.seconds(),
        sub: found.link.subject.clone(),
        aud: None,
        iss: found.issuer,
        link_id: found.link.id.to_string(),
        link_expires_at: found.link.expires_at.map(Timestamp::rfc3339),
    })))
}

/// A token of either kind that looks alive.
struct Found {
    client: ClientId,
    issuer: String,
    link: Link,
    scopes: Scopes,
    token_type: Option<String>,
    issued_at: Timestamp,
    expires_at: Option<Timestamp>,
}

async fn find(app: &App, token: &PlainToken) -> Result<Option<Found>, Trouble> {
    let (digest, now) = (token.digest(), app.now());
    if let Some(grant) = app.ports.store.find_access(&digest).await? {
        return Ok(grant.is_live(now).then(|| Found {
            scopes: grant.scopes(),
            client: grant.family.client,
            issuer: grant.family.issuer,
            token_type: Some("Bearer".to_owned()),
            issued_at: grant.token.issued_at,
            expires_at: [Some(grant.token.expires_at), grant.link.expires_at]
                .into_iter()
                .flatten()
                .min(),
            link: grant.link,
        }));
    }
    let Some(grant) = app.ports.store.find_refresh(&digest).await? else {
        return Ok(None);
    };
    let is_alive = grant.family.revoked_at.is_none() && grant.token.used_at.is_none();
    Ok((is_alive && grant.link.is_live(now)).then(|| Found {
        scopes: grant.link.scopes.clone(),
        client: grant.family.client,
        issuer: grant.family.issuer,
        token_type: None,
        issued_at: grant.token.issued_at,
        expires_at: grant.link.expires_at,
        link: grant.link,
    }))
}
