//! The authorization endpoint: the shared redirect endpoint, and each bank's own. Beginning a journey
//! is the one GET that writes.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};
use renkei_core::client::ClientRecord;
use renkei_core::commit::CommitError;
use renkei_core::fault::Fault;
use renkei_core::journey::engine::Beginning;
use renkei_core::journey::{LinkPurpose, Purpose};
use renkei_core::text::Language;
use renkei_oauth::authorization::{
    self, AuthorizationRequest, AuthorizationTarget, refused_location,
};
use renkei_oauth::error::{ErrorCode, ProtocolError};
use renkei_oauth::parameter::Parameters;
use renkei_tenant::LoadedTenant;

use crate::app::App;
use crate::browser::{self, Handle};
use crate::issuer::Issuer;
use crate::journey::{Walk, stop_address};
use crate::{ending, reply};

/// `GET /authorize`, `GET /{tenant}/authorize`
pub(crate) async fn get(app: Data<App>, request: HttpRequest) -> HttpResponse {
    begin(&app, &request, request.query_string().as_bytes()).await
}

/// `POST /authorize`, `POST /{tenant}/authorize` (OpenID Connect Core section 3.1.2.1 asks for both).
pub(crate) async fn post(app: Data<App>, request: HttpRequest, body: Bytes) -> HttpResponse {
    begin(&app, &request, &body).await
}

/// Why no journey began.
enum Stopped {
    /// Our page: it is not known, or not trusted, where an answer would go.
    OurPage(ProtocolError),
    /// The client is told.
    Redirected(String),
    /// The bank it names is not here.
    UnknownBank,
    /// No bank was named and there are several.
    Choice(Vec<Arc<LoadedTenant>>),
    /// Something broke.
    Fault(Fault),
}

impl From<Fault> for Stopped {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<ProtocolError> for Stopped {
    fn from(error: ProtocolError) -> Self {
        Self::OurPage(error)
    }
}

async fn begin(app: &App, request: &HttpRequest, raw: &[u8]) -> HttpResponse {
    let Some(issuer) = Issuer::of(app, request) else {
        return ending::not_found(app, request);
    };
    match try_begin(app, request, &issuer, raw).await {
        Ok(reply) => reply,
        Err(Stopped::OurPage(error)) => {
            ending::protocol(app, request, issuer.tenant.as_ref(), &error)
        }
        Err(Stopped::Redirected(location)) => reply::see_other(&location).finish(),
        Err(Stopped::UnknownBank) => ending::unknown_bank(app, request),
        Err(Stopped::Choice(banks)) => ending::chooser(app, request, &banks, raw),
        Err(Stopped::Fault(fault)) => {
            ending::fault(app, request, issuer.tenant.as_ref(), &fault, None)
        }
    }
}

async fn try_begin(
    app: &App,
    request: &HttpRequest,
    issuer: &Issuer,
    raw: &[u8],
) -> Result<HttpResponse, Stopped> {
    let parameters = Parameters::parse(raw)?;
    let client_id = authorization::client_id(&parameters)?;
    let record = app.ports.store.find_client(&client_id).await?;
    let target =
        AuthorizationTarget::find(&parameters, record.as_ref().map(|record| &record.client))?;
    let Some(record) = record else {
        return Err(ProtocolError::new(ErrorCode::InvalidRequest, "client_id is not known").into());
    };
    let asked = authorization::parse(&parameters, &record.client, target).map_err(|wrong| {
        match wrong.location(&issuer.url) {
            Some(location) => Stopped::Redirected(location),
            None => Stopped::OurPage(wrong.error),
        }
    })?;
    let loaded = bank_of(app, issuer, &asked)?;
    check_admission(&loaded, &record, &asked, issuer)?;
    let language = asked
        .ui_locales
        .iter()
        .find_map(|tag| Language::of_tag(tag));
    let language = language
        .or_else(|| browser::language(app, request))
        .unwrap_or_default();
    let handle = Handle::new(app);
    let live = app.live();
    let walk = Walk::new(
        app,
        &live,
        &loaded,
        Some(&record),
        Arc::clone(&loaded.tenant.plans.link),
    );
    let terms = loaded
        .tenant
        .clients
        .get(&client_id)
        .cloned()
        .unwrap_or_default();
    let beginning = Beginning {
        purpose: Purpose::Link(LinkPurpose {
            request: asked,
            issuer: issuer.url.clone(),
        }),
        terms,
        browser: handle.digest(),
        signs: browser::signs(app, request, &loaded.tenant.id),
        language,
    };
    let journey = walk.engine().begin(beginning).await.map_err(|e| match e {
        CommitError::Fault(fault) => fault,
        CommitError::Lost => Fault::passing("a journey could not begin"),
    })?;
    let mut answer = reply::see_other(&stop_address(app, &walk, &journey));
    answer.cookie(handle.cookie(app, &loaded.tenant.id, journey.id));
    answer.cookie(browser::language_cookie(app, language));
    if let Some(cookie) = browser::new_device_cookie(app, request, &loaded.tenant.id) {
        answer.cookie(cookie);
    }
    Ok(answer.finish())
}

/// The bank: that of the issuer, else the one that is named, else the only one.
fn bank_of(
    app: &App,
    issuer: &Issuer,
    asked: &AuthorizationRequest,
) -> Result<Arc<LoadedTenant>, Stopped> {
    let live = app.live();
    let named = asked
        .bank
        .as_deref()
        .map(|code| live.tenants.find_by_code(code));
    if let Some(id) = &issuer.tenant {
        let own = live.tenants.find(id).ok_or(Stopped::UnknownBank)?;
        return match named {
            None => Ok(Arc::clone(own)),
            Some(Some(named)) if named.tenant.id == *id => Ok(Arc::clone(own)),
            Some(_) => Err(Stopped::UnknownBank),
        };
    }
    match named {
        Some(Some(named)) => Ok(Arc::clone(named)),
        Some(None) => Err(Stopped::UnknownBank),
        None => {
            let admitted =
                |loaded: &&Arc<LoadedTenant>| loaded.tenant.clients.contains_key(&asked.client_id);
            let mut banks: Vec<_> = live.tenants.iter().filter(admitted).cloned().collect();
            match banks.len() {
                0 => Err(Stopped::UnknownBank),
                1 => banks.pop().ok_or(Stopped::UnknownBank),
                _ => Err(Stopped::Choice(banks)),
            }
        }
    }
}

/// Whether the bank has let the client in, the law's facts are complete, and the bank offers anything
/// of what is asked.
fn check_admission(
    loaded: &LoadedTenant,
    record: &ClientRecord,
    asked: &AuthorizationRequest,
    issuer: &Issuer,
) -> Result<(), Stopped> {
    let refuse = |code, description: &str| {
        let error = ProtocolError::new(code, description);
        let state = asked.state.as_deref();
        Err(Stopped::Redirected(refused_location(
            &asked.redirect_uri,
            &issuer.url,
            state,
            &error,
        )))
    };
    if !loaded.tenant.clients.contains_key(&asked.client_id) {
        return refuse(
            ErrorCode::UnauthorizedClient,
            "the client is not enabled at this bank",
        );
    }
    if !record.card.missing_facts().is_empty() {
        let description = "the client record lacks a fact that the law wants told to the customer";
        return refuse(ErrorCode::UnauthorizedClient, description);
    }
    if asked.scopes.intersection(&loaded.tenant.scopes).is_empty() {
        return refuse(
            ErrorCode::InvalidScope,
            "the bank offers none of the scopes asked for",
        );
    }
    Ok(())
}

/// The status of a page about a request of a client that was wrong.
pub(crate) const WRONG: StatusCode = StatusCode::BAD_REQUEST;
