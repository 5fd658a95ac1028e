//! Revocation (RFC 7009). A refresh token given back is the link given back: the client ends it. An
//! access token given back dies with what descends from the same code; the link stays. A token that is
//! unknown, or another client's, is answered the same and nothing happens.

use actix_web::http::StatusCode;
use actix_web::http::header::AUTHORIZATION;
use actix_web::web::{Bytes, Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use renkei_core::commit::CommitError;
use renkei_core::link::End;
use renkei_oauth::revocation::RevocationRequest;

use crate::app::App;
use crate::issuer::Issuer;
use crate::standing::{self, mint};
use crate::token::{client_of, form};
use crate::trouble::Trouble;
use crate::{ending, reply};

/// `POST /revoke`
pub(crate) async fn revoke(app: Data<App>, request: HttpRequest, body: Bytes) -> HttpResponse {
    answer(&app, &request, None, &body).await
}

/// `POST /{tenant}/revoke`
pub(crate) async fn revoke_of_tenant(
    app: Data<App>,
    request: HttpRequest,
    tenant: Path<String>,
    body: Bytes,
) -> HttpResponse {
    answer(&app, &request, Some(&tenant), &body).await
}

async fn answer(
    app: &App,
    request: &HttpRequest,
    segment: Option<&str>,
    body: &Bytes,
) -> HttpResponse {
    let Some(issuer) = Issuer::of(app, segment) else {
        return ending::not_found(app, request);
    };
    match serve(app, request, &issuer, body).await {
        Ok(()) => reply::json(StatusCode::OK).finish(),
        Err(trouble) => trouble.into_response(app, request.headers().contains_key(AUTHORIZATION)),
    }
}

async fn serve(
    app: &App,
    request: &HttpRequest,
    issuer: &Issuer,
    body: &Bytes,
) -> Result<(), Trouble> {
    let parameters = form(request, body)?;
    let client = client_of(app, request, &parameters).await?;
    let RevocationRequest { token } = RevocationRequest::parse(&parameters)?;
    let digest = token.digest();
    if let Some(grant) = app.ports.store.find_refresh(&digest).await? {
        if !grant.is_usable(&client, &issuer.url, app.now()) {
            return Ok(());
        }
        let live = app.live();
        let standing = match live.tenants.find(&grant.link.tenant) {
            Some(loaded) => {
                app.ports
                    .banks
                    .bank(loaded)
                    .standing(&grant.link.customer)
                    .await?
            }
            None => None,
        };
        return standing::end(app, grant.link, End::Client, standing).await;
    }
    let Some(grant) = app.ports.store.find_access(&digest).await? else {
        return Ok(());
    };
    let is_its_own = grant.family.client == client.id && grant.family.issuer == issuer.url;
    if is_its_own && grant.family.revoked_at.is_none() {
        let commit =
            mint(app, None).revoke_family(grant.family.id, &grant.link, "revoked by the client");
        match app.ports.store.commit(commit).await {
            Ok(()) | Err(CommitError::Lost) => {}
            Err(CommitError::Fault(fault)) => return Err(fault.into()),
        }
    }
    Ok(())
}
