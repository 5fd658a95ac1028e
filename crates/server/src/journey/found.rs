//! Which journey a request is about: found by its address, for the browser that began it.

use std::sync::Arc;

use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};
use renkei_core::client::ClientRecord;
use renkei_core::fault::Fault;
use renkei_core::form::FormData;
use renkei_core::id::JourneyId;
use renkei_core::journey::Journey;
use renkei_core::journey::plan::Plan;
use renkei_core::tenant::TenantId;
use renkei_core::text::Language;
use renkei_tenant::LoadedTenant;

use super::Walk;
use crate::app::{App, Live};
use crate::browser::{self, Handle};
use crate::{ending, form};

/// A journey that this browser may walk.
pub(crate) struct Found {
    pub(super) live: Arc<Live>,
    pub(super) loaded: Arc<LoadedTenant>,
    pub(super) record: Option<ClientRecord>,
    pub(super) plan: Arc<Plan>,
    pub(crate) journey: Journey,
    pub(super) handle: Handle,
    pub(super) language: Language,
}

impl Found {
    /// Whether it has lapsed.
    pub(crate) fn has_lapsed(&self, app: &App) -> bool {
        let life = &self.loaded.tenant.life;
        self.journey.has_lapsed(life, app.now())
    }

    /// The page that says so.
    pub(crate) fn lapsed(&self, walk: &Walk<'_>) -> HttpResponse {
        ending::lapsed(walk, &self.journey, &self.handle, self.language)
    }

    pub(crate) fn walk<'a>(&'a self, app: &'a App) -> Walk<'a> {
        Walk::new(
            app,
            &self.live,
            &self.loaded,
            self.record.as_ref(),
            Arc::clone(&self.plan),
        )
    }
}

/// Finds the journey of an address for the browser that began it, or the page that says why not.
pub(crate) async fn find(
    app: &App,
    request: &HttpRequest,
    tenant: &str,
    journey: &str,
) -> Result<Found, HttpResponse> {
    let (live, loaded, journey) = located(app, request, tenant, journey).await?;
    let Some(handle) =
        Handle::of(app, request, journey.id).filter(|handle| handle.is(&journey.browser))
    else {
        return Err(ending::other_browser(app, request, &loaded, &journey));
    };
    let (record, plan) = equipped(app, request, &loaded, &journey).await?;
    let language = browser::language(app, request).unwrap_or(journey.language);
    Ok(Found {
        live,
        loaded,
        record,
        plan,
        journey,
        handle,
        language,
    })
}

/// The journey of an address, whoever asks for it.
pub(crate) async fn located(
    app: &App,
    request: &HttpRequest,
    tenant: &str,
    journey: &str,
) -> Result<(Arc<Live>, Arc<LoadedTenant>, Journey), HttpResponse> {
    let live = app.live();
    let loaded = TenantId::parse(tenant)
        .ok()
        .and_then(|id| live.tenants.find(&id).cloned());
    let (Some(loaded), Ok(id)) = (loaded, journey.parse::<JourneyId>()) else {
        return Err(ending::unknown_journey(app, request));
    };
    let broken = |fault: Fault| ending::fault(app, request, Some(&loaded.tenant.id), &fault, None);
    let journey = app.ports.store.find_journey(id).await.map_err(broken)?;
    match journey.filter(|journey| journey.tenant == loaded.tenant.id) {
        Some(journey) => Ok((live, loaded, journey)),
        None => Err(ending::unknown_journey(app, request)),
    }
}

/// What a journey is walked with: its client, if it has one, and its plan.
pub(crate) async fn equipped(
    app: &App,
    request: &HttpRequest,
    loaded: &LoadedTenant,
    journey: &Journey,
) -> Result<(Option<ClientRecord>, Arc<Plan>), HttpResponse> {
    let broken = |fault: Fault| ending::fault(app, request, Some(&loaded.tenant.id), &fault, None);
    let record = match journey.link_purpose() {
        Some(purpose) => {
            let client = &purpose.request.client_id;
            let record = app.ports.store.find_client(client).await.map_err(broken)?;
            let gone = || broken(Fault::new("the client of a journey is gone"));
            Some(record.ok_or_else(gone)?)
        }
        None => None,
    };
    let plan = app.plan_of(journey, loaded).await.map_err(broken)?;
    Ok((record, plan))
}

/// The same for a form, whose token must be right.
pub(super) async fn find_for_post(
    app: &App,
    request: &HttpRequest,
    tenant: &str,
    journey: &str,
    body: &Bytes,
) -> Result<(Found, FormData), HttpResponse> {
    let found = find(app, request, tenant, journey).await?;
    let refused = || ending::unreadable_form(&found.walk(app), &found.journey, found.language);
    let form = form::parse(request, body).ok_or_else(refused)?;
    let own = found.handle.csrf(app, found.journey.id).map_err(|fault| {
        ending::fault(
            app,
            request,
            Some(&found.loaded.tenant.id),
            &fault,
            Some(&found.journey),
        )
    })?;
    let is_ours = form
        .one("csrf")
        .is_some_and(|token| renkei_core::seal::same(token, &own));
    if !is_ours || !browser::is_from_our_pages(app, request) {
        tracing::warn!(journey.id = %found.journey.id, "a form without the right token was refused");
        return Err(refused());
    }
    Ok((found, form))
}
