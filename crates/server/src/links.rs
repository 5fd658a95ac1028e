//! The customer's own page, `/{tenant}/links` (連携サービスの確認・停止): what may read the accounts,
//! what was consented to, a name for it, and its end. The customer is proved by the bank's own steps, on
//! a journey of its own; what follows is a visit ([`visitor`]), and no journey's cookie opens it.
//!
//! What is not the customer's, or not there, or without a visit, is one and the same page: not found,
//! with the way to log in.

mod show;
mod visitor;

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::{Bytes, Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use renkei_core::audit::Event;
use renkei_core::commit::{Change, Commit, CommitError};
use renkei_core::fault::Fault;
use renkei_core::form::FormData;
use renkei_core::id::{ConsentId, LinkId, PaymentId};
use renkei_core::journey::Purpose;
use renkei_core::journey::engine::Beginning;
use renkei_core::link::{End, Label};
use renkei_core::port::HeldLink;
use renkei_core::tenant::{ClientTerms, TenantId};
use renkei_pages::{LinksPage, Problem};
use renkei_tenant::LoadedTenant;
use serde_json::json;

use self::visitor::Visitor;
pub(crate) use self::visitor::arrive;
use crate::app::App;
use crate::browser::{self, Handle};
use crate::journey::{self, Walk};
use crate::trouble::Trouble;
use crate::{ending, form, reply, standing};

/// Why a page is not shown.
enum Refused {
    /// Nobody is logged in, or it is not theirs.
    NotTheirs,
    /// The form could not be read, or its token was not right.
    Form,
    /// Something broke.
    Fault(Fault),
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<Trouble> for Refused {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Fault(fault) => Self::Fault(fault),
            Trouble::Protocol(_) => Self::Fault(Fault::new("a customer's page spoke a protocol")),
        }
    }
}

impl From<CommitError> for Refused {
    fn from(error: CommitError) -> Self {
        Trouble::from(error).into()
    }
}

/// A request to a bank's page.
struct Asked<'a> {
    app: &'a App,
    request: &'a HttpRequest,
    loaded: Arc<LoadedTenant>,
}

impl<'a> Asked<'a> {
    /// None when there is no such bank.
    fn of(app: &'a App, request: &'a HttpRequest, tenant: &str) -> Option<Self> {
        let id = TenantId::parse(tenant).ok()?;
        let loaded = app.live().tenants.find(&id).cloned()?;
        Some(Self {
            app,
            request,
            loaded,
        })
    }

    async fn visitor(&self) -> Result<Visitor, Refused> {
        let found = visitor::find(self.app, self.request, &self.loaded).await?;
        found.ok_or(Refused::NotTheirs)
    }

    /// The visitor who posted a form of ours.
    async fn poster(&self, body: &Bytes) -> Result<(Visitor, FormData), Refused> {
        let visitor = self.visitor().await?;
        let form = form::parse(self.request, body).ok_or(Refused::Form)?;
        let token = form.one("csrf").unwrap_or_default();
        let is_ours = renkei_core::seal::same(token, &visitor.csrf);
        if !is_ours || !browser::is_from_our_pages(self.app, self.request) {
            tracing::warn!(tenant.id = %self.loaded.tenant.id, "a form without the right token was refused");
            return Err(Refused::Form);
        }
        Ok((visitor, form))
    }

    /// A link of the visitor's.
    async fn own(&self, visitor: &Visitor, link: &str) -> Result<HeldLink, Refused> {
        let id: LinkId = link.parse().map_err(|_| Refused::NotTheirs)?;
        let held = self.held(visitor).await?;
        held.into_iter()
            .find(|held| held.link.id == id)
            .ok_or(Refused::NotTheirs)
    }

    /// The visitor's links.
    async fn held(&self, visitor: &Visitor) -> Result<Vec<HeldLink>, Fault> {
        let store = &self.app.ports.store;
        store
            .links_of(&visitor.visit.tenant, &visitor.visit.customer)
            .await
    }

    /// Where the pages are.
    fn address(&self) -> String {
        address(self.app, &self.loaded)
    }

    fn answered(&self, outcome: Result<HttpResponse, Refused>) -> HttpResponse {
        let tenant = &self.loaded.tenant.id;
        match outcome {
            Ok(answer) => answer,
            Err(Refused::NotTheirs) => {
                ending::no_visit(self.app, self.request, tenant, self.address())
            }
            Err(Refused::Form) => {
                ending::stale_visit(self.app, self.request, tenant, self.address())
            }
            Err(Refused::Fault(fault)) => {
                ending::fault(self.app, self.request, Some(tenant), &fault, None)
            }
        }
    }
}

/// The address of a bank's page of links.
pub(crate) fn address(app: &App, loaded: &LoadedTenant) -> String {
    format!("{}/{}/links", app.base_of(loaded), loaded.tenant.id)
}

/// `GET /{tenant}/links`: the list; without a visit, the first page of the journey that opens one.
/// Beginning it is the other GET that decides and writes.
pub(crate) async fn list(app: Data<App>, request: HttpRequest, path: Path<String>) -> HttpResponse {
    let Some(asked) = Asked::of(&app, &request, &path) else {
        return ending::not_found(&app, &request);
    };
    if let Some(answer) = journey::language_chosen(&app, &request) {
        return answer;
    }
    let outcome = match asked.visitor().await {
        Ok(visitor) => shown_list(&asked, &visitor).await,
        Err(Refused::NotTheirs) => begin(&asked).await,
        Err(refused) => Err(refused),
    };
    asked.answered(outcome)
}

async fn shown_list(asked: &Asked<'_>, visitor: &Visitor) -> Result<HttpResponse, Refused> {
    let now = asked.app.now();
    let (mut live, mut ended) = (Vec::new(), Vec::new());
    for held in asked.held(visitor).await? {
        let consents = asked.app.ports.store.consents_of(held.link.id).await?;
        let face = show::face(&asked.address(), &held, consents.first(), now);
        match held.link.end(now) {
            None => live.push(face),
            Some(end) if end.at > now.minus(show::PAST) => ended.push((end.at, face)),
            Some(_) => {}
        }
    }
    ended.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    let ended = ended.into_iter().map(|(_, face)| face).collect();
    let (visit, store) = (&visitor.visit, &asked.app.ports.store);
    let payments = store
        .payments_of(&visit.tenant, &visit.customer, show::PAYMENTS)
        .await?;
    let payments = payments.iter().map(|one| show::paid(asked, one)).collect();
    show::page(
        asked,
        visitor,
        "",
        StatusCode::OK,
        &LinksPage::List {
            live,
            ended,
            payments,
        },
    )
}

async fn begin(asked: &Asked<'_>) -> Result<HttpResponse, Refused> {
    let Asked {
        app,
        request,
        loaded,
    } = asked;
    let live = app.live();
    let plan = Arc::clone(&loaded.tenant.plans.links);
    let walk = Walk::new(app, &live, loaded, None, plan);
    let handle = Handle::new(app);
    let language = browser::language(app, request).unwrap_or_default();
    let beginning = Beginning {
        purpose: Purpose::Links,
        terms: ClientTerms::default(),
        browser: handle.digest(),
        signs: browser::signs(app, request, &loaded.tenant.id),
        language,
    };
    let journey = walk.engine().begin(beginning).await?;
    let mut answer = journey::first_page(request, &walk, &journey, &handle, language);
    Ok(answer.finish())
}

/// `GET /{tenant}/links/{link}`
pub(crate) async fn one(
    app: Data<App>,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> HttpResponse {
    let (tenant, link) = path.into_inner();
    let Some(asked) = Asked::of(&app, &request, &tenant) else {
        return ending::not_found(&app, &request);
    };
    if let Some(answer) = journey::language_chosen(&app, &request) {
        return answer;
    }
    let shown = async {
        let visitor = asked.visitor().await?;
        let held = asked.own(&visitor, &link).await?;
        shown_link(&asked, &visitor, &held, None).await
    };
    asked.answered(shown.await)
}

async fn shown_link(
    asked: &Asked<'_>,
    visitor: &Visitor,
    held: &HeldLink,
    wrong: Option<&str>,
) -> Result<HttpResponse, Refused> {
    let consents = asked.app.ports.store.consents_of(held.link.id).await?;
    let face = show::face(&asked.address(), held, consents.first(), asked.app.now());
    let own = face.label.clone().unwrap_or_default();
    let page = LinksPage::Link {
        consents: consents
            .iter()
            .map(|consent| show::consent(&asked.address(), consent))
            .collect(),
        link: Box::new(face),
        label: wrong.map_or(own, str::to_owned),
        problem: wrong.map(|_| Problem::at("label", "error-label")),
    };
    let status = match wrong {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    show::page(asked, visitor, &format!("/{}", held.link.id), status, &page)
}

/// `GET /{tenant}/links/{link}/consents/{consent}`: what was consented to, in the language of then.
pub(crate) async fn receipt(
    app: Data<App>,
    request: HttpRequest,
    path: Path<(String, String, String)>,
) -> HttpResponse {
    let (tenant, link, consent) = path.into_inner();
    let Some(asked) = Asked::of(&app, &request, &tenant) else {
        return ending::not_found(&app, &request);
    };
    let shown = async {
        let visitor = asked.visitor().await?;
        let held = asked.own(&visitor, &link).await?;
        let id: ConsentId = consent.parse().map_err(|_| Refused::NotTheirs)?;
        let consents = app.ports.store.consents_of(held.link.id).await?;
        let given = consents.iter().find(|given| given.id == id);
        show::receipt(&asked, &visitor, given.ok_or(Refused::NotTheirs)?)
    };
    asked.answered(shown.await)
}

/// `GET /{tenant}/links/payments/{payment}`: one payment, in the language of then.
pub(crate) async fn payment(
    app: Data<App>,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> HttpResponse {
    let (tenant, payment) = path.into_inner();
    let Some(asked) = Asked::of(&app, &request, &tenant) else {
        return ending::not_found(&app, &request);
    };
    let shown = async {
        let visitor = asked.visitor().await?;
        let id: PaymentId = payment.parse().map_err(|_| Refused::NotTheirs)?;
        let found = app.ports.store.find_payment(id).await?;
        let own = found.filter(|payment| {
            payment.tenant == visitor.visit.tenant && payment.customer == visitor.visit.customer
        });
        show::payment(&asked, &visitor, &own.ok_or(Refused::NotTheirs)?)
    };
    asked.answered(shown.await)
}

/// `POST /{tenant}/links/{link}/label`
pub(crate) async fn label(
    app: Data<App>,
    request: HttpRequest,
    path: Path<(String, String)>,
    body: Bytes,
) -> HttpResponse {
    let (tenant, link) = path.into_inner();
    let Some(asked) = Asked::of(&app, &request, &tenant) else {
        return ending::not_found(&app, &request);
    };
    let named = async {
        let (visitor, form) = asked.poster(&body).await?;
        let typed = form.one("label").unwrap_or_default();
        let held = asked.own(&visitor, &link).await?;
        let label = match typed.trim() {
            "" => None,
            text => match Label::parse(text) {
                Ok(label) => Some(label),
                Err(_) => return shown_link(&asked, &visitor, &held, Some(typed)).await,
            },
        };
        name(&asked, &visitor, held, label).await?;
        Ok(reply::see_other(&format!("{}/{link}", asked.address())).finish())
    };
    asked.answered(named.await)
}

/// Names a link; one that has ended keeps the name it has.
async fn name(
    asked: &Asked<'_>,
    visitor: &Visitor,
    mut held: HeldLink,
    label: Option<Label>,
) -> Result<(), Refused> {
    let now = asked.app.now();
    for _ in 0..ROUNDS {
        let mut link = held.link;
        if !link.is_live(now) || link.label == label {
            return Ok(());
        }
        let id = link.id;
        link.label.clone_from(&label);
        link.version += 1;
        let event = Event {
            at: now,
            tenant: Some(link.tenant.clone()),
            journey: None,
            name: "link.named".to_owned(),
            detail: json!({ "link": id, "client": link.client }),
        };
        let commit = Commit {
            changes: vec![Change::LinkSaved(Box::new(link))],
            events: vec![event],
        };
        match asked.app.ports.store.commit(commit).await {
            Ok(()) => return Ok(()),
            Err(CommitError::Lost) => held = asked.own(visitor, &id.to_string()).await?,
            Err(CommitError::Fault(fault)) => return Err(fault.into()),
        }
    }
    Err(Fault::passing("a link was changed elsewhere all the time").into())
}

/// `GET /{tenant}/links/{link}/stop`: asks once.
pub(crate) async fn ask_stop(
    app: Data<App>,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> HttpResponse {
    let (tenant, link) = path.into_inner();
    let Some(asked) = Asked::of(&app, &request, &tenant) else {
        return ending::not_found(&app, &request);
    };
    if let Some(answer) = journey::language_chosen(&app, &request) {
        return answer;
    }
    let shown = async {
        let visitor = asked.visitor().await?;
        let held = asked.own(&visitor, &link).await?;
        if !held.link.is_live(app.now()) {
            return Ok(reply::see_other(&format!("{}/{link}", asked.address())).finish());
        }
        let face = show::face(&asked.address(), &held, None, app.now());
        let page = LinksPage::Stop {
            link: Box::new(face),
        };
        show::page(
            &asked,
            &visitor,
            &format!("/{link}/stop"),
            StatusCode::OK,
            &page,
        )
    };
    asked.answered(shown.await)
}

/// `POST /{tenant}/links/{link}/stop`: the link and every token under it end in one commit, before the
/// answer. What has ended already stays as it is.
pub(crate) async fn stop(
    app: Data<App>,
    request: HttpRequest,
    path: Path<(String, String)>,
    body: Bytes,
) -> HttpResponse {
    let (tenant, link) = path.into_inner();
    let Some(asked) = Asked::of(&app, &request, &tenant) else {
        return ending::not_found(&app, &request);
    };
    let stopped = async {
        let (visitor, _) = asked.poster(&body).await?;
        let held = asked.own(&visitor, &link).await?;
        let address = format!("{}/{}", asked.address(), held.link.id);
        standing::end(&app, held.link, End::Customer, visitor.standing).await?;
        Ok(reply::see_other(&address).finish())
    };
    asked.answered(stopped.await)
}

/// `POST /{tenant}/links/logout`
pub(crate) async fn log_out(
    app: Data<App>,
    request: HttpRequest,
    path: Path<String>,
    body: Bytes,
) -> HttpResponse {
    let Some(asked) = Asked::of(&app, &request, &path) else {
        return ending::not_found(&app, &request);
    };
    let left = async {
        let leaving = format!("{}/left", asked.address());
        let visitor = match asked.poster(&body).await {
            Ok((visitor, _)) => visitor,
            // Over already.
            Err(Refused::NotTheirs) => return Ok(reply::see_other(&leaving).finish()),
            Err(refused) => return Err(refused),
        };
        visitor::end(&app, &visitor.visit, "logged out").await?;
        let mut answer = reply::see_other(&leaving);
        answer.cookie(visitor::no_cookie(&app, &asked.loaded.tenant.id));
        Ok(answer.finish())
    };
    asked.answered(left.await)
}

/// `GET /{tenant}/links/left`: after logging out.
pub(crate) async fn left(app: Data<App>, request: HttpRequest, path: Path<String>) -> HttpResponse {
    let Some(asked) = Asked::of(&app, &request, &path) else {
        return ending::not_found(&app, &request);
    };
    if let Some(answer) = journey::language_chosen(&app, &request) {
        return answer;
    }
    let shown = show::left(&asked);
    asked.answered(shown)
}

const ROUNDS: usize = 8;
