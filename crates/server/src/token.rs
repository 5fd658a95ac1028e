//! The token endpoint: codes are redeemed and refresh tokens used by one guarded write each.

use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};
use renkei_core::commit::CommitError;
use renkei_core::fault::Fault;
use renkei_core::grant::{Issued, refreshed_scopes};
use renkei_core::port::{CodeFound, RefreshGrant};
use renkei_oauth::client::Client;
use renkei_oauth::error::{ErrorCode, ProtocolError};
use renkei_oauth::profile::RefreshRule;
use renkei_oauth::redemption::{self, IssuedCode, Redeemer};
use renkei_oauth::refresh::{self, Reuse};
use renkei_oauth::scope::Scopes;
use renkei_oauth::secret::{PlainCode, PlainToken};
use renkei_oauth::token::{TokenRequest, TokenResponse};

use crate::app::App;
use crate::endpoint::{Asked, answer};
use crate::issuer::Issuer;
use crate::standing::{self, mint};
use crate::trouble::Trouble;

/// `POST /token`, `POST /{tenant}/token`
pub(crate) async fn token(app: Data<App>, request: HttpRequest, body: Bytes) -> HttpResponse {
    answer(&app, &request, &body, serve).await
}

async fn serve(app: &App, asked: Asked) -> Result<TokenResponse, Trouble> {
    let Asked {
        issuer,
        client,
        parameters,
    } = asked;
    match TokenRequest::parse(&parameters, &client)? {
        TokenRequest::AuthorizationCode {
            code,
            redirect_uri,
            code_verifier,
        } => {
            let redeemer = Redeemer {
                client_id: &client.id,
                issuer: &issuer.url,
                redirect_uri: redirect_uri.as_deref(),
                code_verifier: code_verifier.as_ref(),
            };
            redeem(app, &client, &code, redeemer).await
        }
        TokenRequest::RefreshToken {
            refresh_token,
            scopes,
        } => refreshed(app, &client, &issuer, &refresh_token, scopes.as_ref()).await,
    }
}

async fn redeem(
    app: &App,
    client: &Client,
    code: &PlainCode,
    redeemer: Redeemer<'_>,
) -> Result<TokenResponse, Trouble> {
    let unknown = || ProtocolError::new(ErrorCode::InvalidGrant, "the code is not known");
    let digest = code.digest();
    let found = app
        .ports
        .store
        .find_code(&digest)
        .await?
        .ok_or_else(unknown)?;
    // Of another client it is none of its business whether the code was used.
    let is_its_own = found.code.client == client.id && found.code.issuer == redeemer.issuer;
    if is_its_own && found.code.redeemed_at.is_some() {
        return Err(replayed(app, &found).await?.into());
    }
    let issued = IssuedCode {
        client_id: &found.code.client,
        issuer: &found.code.issuer,
        redirect_uri: &found.code.redirect_uri,
        redirect_uri_given: found.code.redirect_uri_given,
        code_challenge: &found.code.challenge,
        expires_at_ms: found.code.expires_at.millis(),
    };
    redemption::check(&issued, &redeemer, app.now().millis())?;
    let Some(loaded) = standing::of_link(app, &found.link).await? else {
        return Err(ProtocolError::new(ErrorCode::InvalidGrant, "the link has ended").into());
    };
    let Issued { commit, response } = mint(app, Some(&loaded)).redeem(&found);
    match app.ports.store.commit(commit).await {
        Ok(()) => Ok(response),
        Err(CommitError::Lost) => {
            let found = app
                .ports
                .store
                .find_code(&digest)
                .await?
                .ok_or_else(unknown)?;
            Err(replayed(app, &found).await?.into())
        }
        Err(CommitError::Fault(fault)) => Err(fault.into()),
    }
}

/// A code came a second time: what the first redemption issued dies (RFC 6749 section 4.1.2).
async fn replayed(app: &App, found: &CodeFound) -> Result<ProtocolError, Trouble> {
    if !found.family_revoked {
        let commit = mint(app, None).revoke_family(found.code.family, &found.link, "code replayed");
        app.ports.store.commit(commit).await?;
    }
    Ok(ProtocolError::new(
        ErrorCode::InvalidGrant,
        "the code was used before",
    ))
}

async fn refreshed(
    app: &App,
    client: &Client,
    issuer: &Issuer,
    presented: &PlainToken,
    asked: Option<&Scopes>,
) -> Result<TokenResponse, Trouble> {
    let dead = || ProtocolError::new(ErrorCode::InvalidGrant, "the refresh token is not usable");
    // A lost race shows what the winner did; once more around settles it.
    for _ in 0..ROUNDS {
        let found = app
            .ports
            .store
            .find_refresh(&presented.digest())
            .await?
            .ok_or_else(dead)?;
        if !found.is_usable(client, &issuer.url, app.now()) {
            return Err(dead().into());
        }
        let Some(loaded) = standing::of_link(app, &found.link).await? else {
            return Err(dead().into());
        };
        let scopes = refreshed_scopes(&found.link, asked)?;
        let mint = mint(app, Some(&loaded));
        let refreshed = match client.profile.rules().refresh {
            RefreshRule::Stays => mint.refresh(&found, presented, &scopes),
            RefreshRule::Rotates => {
                if let Some(refusal) = judged(app, &found).await? {
                    return Err(refusal.into());
                }
                let key = app.ports.keyring.derived_key("oauth.refresh_successor")?;
                let successor = refresh::successor(&key, presented)
                    .map_err(|e| Fault::new("a successor could not be derived").caused_by(e))?;
                mint.rotate(&found, &successor, &scopes)
            }
        };
        match app.ports.store.commit(refreshed.commit).await {
            Ok(()) => return Ok(refreshed.response),
            Err(CommitError::Lost) => {}
            Err(CommitError::Fault(fault)) => return Err(fault.into()),
        }
    }
    Err(dead().into())
}

/// Whether a rotating token that was used before may be answered once more. Within its grace it is
/// a lost answer, and too many repeats are only refused; after it, somebody has it who should not.
async fn judged(app: &App, found: &RefreshGrant) -> Result<Option<ProtocolError>, Trouble> {
    let Some(used_at) = found.token.used_at else {
        return Ok(None);
    };
    match Reuse::judge(used_at.millis(), found.token.repeats, app.now().millis()) {
        Reuse::SameSuccessor => return Ok(None),
        Reuse::Refused => {}
        Reuse::FamilyRevoked => {
            let why = "refresh token reused";
            let commit = mint(app, None).revoke_family(found.family.id, &found.link, why);
            app.ports.store.commit(commit).await?;
        }
    }
    Ok(Some(ProtocolError::new(
        ErrorCode::InvalidGrant,
        "the refresh token was used before",
    )))
}

const ROUNDS: usize = 4;
