//! Revocation (RFC 7009). A refresh token given back is the link given back: the client ends it. An
//! access token given back dies with what descends from the same code; the link stays. A token that is
//! unknown, or another client's, is answered the same and nothing happens.

use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};
use renkei_core::commit::CommitError;
use renkei_core::link::End;
use renkei_oauth::revocation::RevocationRequest;
use serde_json::{Value, json};

use crate::app::App;
use crate::endpoint::{Asked, answer};
use crate::standing::{self, mint};
use crate::trouble::Trouble;

/// `POST /revoke`, `POST /{tenant}/revoke`
pub(crate) async fn revoke(app: Data<App>, request: HttpRequest, body: Bytes) -> HttpResponse {
    answer(&app, &request, &body, serve).await
}

/// The answer is the same whatever happened (RFC 7009 section 2.2).
async fn serve(app: &App, asked: Asked) -> Result<Value, Trouble> {
    given_back(app, asked).await?;
    Ok(json!({}))
}

async fn given_back(app: &App, asked: Asked) -> Result<(), Trouble> {
    let Asked {
        issuer,
        client,
        parameters,
    } = asked;
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
