//! The authorization endpoint: the shared redirect endpoint, and each bank's own. Beginning a journey
//! is the one GET that writes.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use renkei_core::client::ClientRecord;
use renkei_core::commit::CommitError;
use renkei_core::fault::Fault;
use renkei_core::hours::ServiceState;
use renkei_core::journey::engine::Beginning;
use renkei_core::journey::{LinkPurpose, Purpose};
use renkei_core::text::Language;
use renkei_oauth::authorization::{
    self, AuthorizationRequest, AuthorizationTarget, refused_location,
};
use renkei_oauth::error::{ErrorCode, ProtocolError};
use renkei_oauth::parameter::Parameters;
use renkei_tenant::LoadedTenant;
use url::form_urlencoded;

use crate::app::App;
use crate::browser::{self, Handle};
use crate::chooser::Undecided;
use crate::ending::Shut;
use crate::host::Place;
use crate::issuer::Issuer;
use crate::journey::{Walk, first_page};
use crate::{chooser, ending, reply};

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
            ending::protocol(app, request, issuer.tenant.as_ref(), &error, raw)
        }
        Err(Stopped::Redirected(location)) => reply::see_other(&location).finish(),
        Err(Stopped::UnknownBank) => ending::unknown_bank(app, request, raw),
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
    check_client(&record, &asked, issuer)?;
    let language = asked
        .ui_locales
        .iter()
        .find_map(|tag| Language::of_tag(tag));
    let language = language
        .or_else(|| browser::language(app, request))
        .unwrap_or_default();
    let place = Place::of(app, request);
    let loaded = match bank_of(app, issuer, &place, &asked)? {
        Bank::Known(loaded) => loaded,
        Bank::Open(banks) => {
            let undecided = Undecided {
                record: &record,
                asked: &asked,
                raw,
                issuer: &issuer.url,
                language,
                banks,
            };
            return Ok(chooser::page(app, request, &undecided));
        }
    };
    check_admission(&loaded, &asked, issuer)?;
    let remembered = (issuer.tenant.is_none() && place == Place::Platform)
        .then(|| browser::last_bank_cookie(app, &loaded.tenant.bank_code));
    if let Some(address) = address_at_home(app, request, &place, &loaded, raw, language) {
        let mut answer = reply::see_other(&address);
        remembered.map(|cookie| answer.cookie(cookie));
        return Ok(answer.finish());
    }
    if let Some(page) = closed(app, &loaded, &record, &asked, issuer, (raw, language)) {
        return Ok(page);
    }
    let begun = Begun {
        loaded,
        record,
        asked,
        language,
    };
    let mut answer = begun.journey(app, request, issuer).await?;
    remembered.map(|cookie| answer.cookie(cookie));
    Ok(answer.finish())
}

/// A request that may begin a journey here and now.
struct Begun {
    loaded: Arc<LoadedTenant>,
    record: ClientRecord,
    asked: AuthorizationRequest,
    language: Language,
}

impl Begun {
    /// Begins it; the browser is sent to where it is.
    async fn journey(
        self,
        app: &App,
        request: &HttpRequest,
        issuer: &Issuer,
    ) -> Result<HttpResponseBuilder, Stopped> {
        let Self {
            loaded,
            record,
            asked,
            language,
        } = self;
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
            .get(&asked.client_id)
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
        Ok(first_page(request, &walk, &journey, &handle, language))
    }
}

/// Which bank it is.
enum Bank {
    /// This one.
    Known(Arc<LoadedTenant>),
    /// One of these: the customer knows.
    Open(Vec<Arc<LoadedTenant>>),
}

/// The bank: that of the issuer or of the host, else the one that is named, else the only one.
fn bank_of(
    app: &App,
    issuer: &Issuer,
    place: &Place,
    asked: &AuthorizationRequest,
) -> Result<Bank, Stopped> {
    let live = app.live();
    let named = asked
        .bank
        .as_deref()
        .map(|code| live.tenants.find_by_code(code));
    let of_place = match place {
        Place::Bank(id) => Some(id),
        Place::Platform | Place::Certificates(_) | Place::Unknown => None,
    };
    if let Some(id) = issuer.tenant.as_ref().or(of_place) {
        let own = live.tenants.find(id).ok_or(Stopped::UnknownBank)?;
        return match named {
            None => Ok(Bank::Known(Arc::clone(own))),
            Some(Some(named)) if named.tenant.id == *id => Ok(Bank::Known(Arc::clone(own))),
            Some(_) => Err(Stopped::UnknownBank),
        };
    }
    match named {
        Some(Some(named)) => Ok(Bank::Known(Arc::clone(named))),
        Some(None) => Err(Stopped::UnknownBank),
        None => {
            let admitted =
                |loaded: &&Arc<LoadedTenant>| loaded.tenant.clients.contains_key(&asked.client_id);
            let mut banks: Vec<_> = live.tenants.iter().filter(admitted).cloned().collect();
            if let [first, ..] = banks.as_slice() {
                let first = Arc::clone(first);
                banks.retain(|loaded| !asked.scopes.intersection(&loaded.tenant.scopes).is_empty());
                if banks.is_empty() {
                    // None offers what is asked: the app is told so by the first.
                    return Ok(Bank::Known(first));
                }
            }
            match banks.len() {
                0 => Err(Stopped::UnknownBank),
                1 => banks.pop().map(Bank::Known).ok_or(Stopped::UnknownBank),
                _ => Ok(Bank::Open(banks)),
            }
        }
    }
}

/// Where the request goes on when the bank has a host of its own and this is not it: the journey
/// begins there, so that its cookie is that host's.
fn address_at_home(
    app: &App,
    request: &HttpRequest,
    place: &Place,
    loaded: &LoadedTenant,
    raw: &[u8],
    language: Language,
) -> Option<String> {
    let home = app.base_of(loaded);
    if app.base_at(place).as_deref() == Some(&home) {
        return None;
    }
    let mut query = form_urlencoded::Serializer::new(String::new());
    let mut has_language = false;
    for (name, value) in form_urlencoded::parse(raw) {
        has_language = has_language || (name == "ui_locales" && !value.is_empty());
        if name != "bank" && !(name == "ui_locales" && value.is_empty()) {
            query.append_pair(&name, &value);
        }
    }
    query.append_pair("bank", &loaded.tenant.bank_code);
    if !has_language {
        // The language was chosen here, in a cookie that does not go along.
        query.append_pair("ui_locales", language.tag());
    }
    Some(format!("{home}{}?{}", request.path(), query.finish()))
}

/// The page of a bank that takes nobody in at this hour. A journey under way may finish.
fn closed(
    app: &App,
    loaded: &LoadedTenant,
    record: &ClientRecord,
    asked: &AuthorizationRequest,
    issuer: &Issuer,
    (raw, language): (&[u8], Language),
) -> Option<HttpResponse> {
    let ServiceState::Closed { reopens_at, reason } = loaded.hours.at(app.now()) else {
        return None;
    };
    let error = ProtocolError::new(
        ErrorCode::TemporarilyUnavailable,
        "the bank is closed at this hour",
    );
    let shut = Shut {
        loaded,
        language,
        reopens_at,
        reason,
        app_name: &record.card.service,
        back_url: location(asked, issuer, &error),
        raw,
    };
    Some(ending::closed(app, &shut))
}

/// Where the client is told.
fn location(asked: &AuthorizationRequest, issuer: &Issuer, error: &ProtocolError) -> String {
    let state = asked.state.as_deref();
    refused_location(&asked.redirect_uri, &issuer.url, state, error)
}

fn refused(
    asked: &AuthorizationRequest,
    issuer: &Issuer,
    code: ErrorCode,
    description: &str,
) -> Stopped {
    let error = ProtocolError::new(code, description);
    Stopped::Redirected(location(asked, issuer, &error))
}

/// Whether the facts that the law wants told are complete.
fn check_client(
    record: &ClientRecord,
    asked: &AuthorizationRequest,
    issuer: &Issuer,
) -> Result<(), Stopped> {
    if record.card.missing_facts().is_empty() {
        return Ok(());
    }
    let description = "the client record lacks a fact that the law wants told to the customer";
    let code = ErrorCode::UnauthorizedClient;
    Err(refused(asked, issuer, code, description))
}

/// Whether the bank has let the client in and offers anything of what is asked.
fn check_admission(
    loaded: &LoadedTenant,
    asked: &AuthorizationRequest,
    issuer: &Issuer,
) -> Result<(), Stopped> {
    if !loaded.tenant.clients.contains_key(&asked.client_id) {
        let description = "the client is not enabled at this bank";
        let code = ErrorCode::UnauthorizedClient;
        return Err(refused(asked, issuer, code, description));
    }
    if asked.scopes.intersection(&loaded.tenant.scopes).is_empty() {
        let description = "the bank offers none of the scopes asked for";
        let code = ErrorCode::InvalidScope;
        return Err(refused(asked, issuer, code, description));
    }
    Ok(())
}

/// The status of a page about a request of a client that was wrong.
pub(crate) const WRONG: StatusCode = StatusCode::BAD_REQUEST;
