//! The pages of a journey. GET shows, POST submits and sends on by 303; a form that is not for where
//! the journey is, is answered with where it is.

use std::sync::Arc;
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::web::{Bytes, Data, Path};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use renkei_core::client::ClientRecord;
use renkei_core::commit::CommitError;
use renkei_core::fault::Fault;
use renkei_core::id::{JourneyId, PaymentId};
use renkei_core::journey::engine::{Engine, Posted};
use renkei_core::journey::plan::Plan;
use renkei_core::journey::{Ending, Journey, LOCATION, State, VISIT};
use renkei_core::port::Bank;
use renkei_core::tenant::CODE_LIVES_FOR;
use renkei_core::text::Language;
use renkei_oauth::redirect::origin_or_scheme;
use renkei_tenant::LoadedTenant;
use url::form_urlencoded;

use self::found::find_for_post;
pub(crate) use self::found::{equipped, find, located};
use crate::app::{App, Live};
use crate::browser::{self, Handle};
use crate::{certificate, ending, frame, links, payment, reply};

mod found;

/// What a request about a journey rests on.
pub(crate) struct Walk<'a> {
    pub(crate) app: &'a App,
    pub(crate) live: &'a Live,
    pub(crate) loaded: &'a LoadedTenant,
    /// The client; none on a journey without one.
    pub(crate) record: Option<&'a ClientRecord>,
    plan: Arc<Plan>,
    bank: Arc<dyn Bank>,
}

impl<'a> Walk<'a> {
    pub(crate) fn new(
        app: &'a App,
        live: &'a Live,
        loaded: &'a LoadedTenant,
        record: Option<&'a ClientRecord>,
        plan: Arc<Plan>,
    ) -> Self {
        Self {
            app,
            live,
            loaded,
            record,
            plan,
            bank: app.ports.banks.bank(loaded),
        }
    }

    /// The bank's own system.
    pub(crate) fn bank(&self) -> &dyn Bank {
        &*self.bank
    }

    /// The engine, now.
    pub(crate) fn engine(&self) -> Engine<'_> {
        let ports = &self.app.ports;
        Engine {
            tenant: &self.loaded.tenant,
            plan: &self.plan,
            client: self.record,
            bank: &*self.bank,
            store: &*ports.store,
            random: &*ports.random,
            keyring: &ports.keyring,
            wording: self,
            now: self.app.now(),
        }
    }
}

/// `GET /{tenant}/journey/{journey}/{stop}`
pub(crate) async fn show(
    app: Data<App>,
    request: HttpRequest,
    path: Path<(String, String, String)>,
) -> HttpResponse {
    let (tenant, journey, stop) = path.into_inner();
    shown(&app, &request, &tenant, &journey, Some(&stop)).await
}

/// `GET /{tenant}/journey/{journey}`: wherever it is.
pub(crate) async fn show_current(
    app: Data<App>,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> HttpResponse {
    let (tenant, journey) = path.into_inner();
    shown(&app, &request, &tenant, &journey, None).await
}

async fn shown(
    app: &App,
    request: &HttpRequest,
    tenant: &str,
    journey: &str,
    stop: Option<&str>,
) -> HttpResponse {
    if let Some(answer) = language_chosen(app, request) {
        return answer;
    }
    let found = match find(app, request, tenant, journey).await {
        Ok(found) => found,
        Err(page) => return page,
    };
    let walk = found.walk(app);
    let journey = match resumed(app, &walk, found.journey.clone()).await {
        Ok(journey) => journey,
        Err(fault) => {
            return ending::fault(
                app,
                request,
                Some(&walk.loaded.tenant.id),
                &fault,
                Some(&found.journey),
            );
        }
    };
    if journey.has_lapsed(&walk.loaded.tenant.life, app.now()) {
        return ending::lapsed(&walk, &journey, &found.handle, found.language);
    }
    if request.query_string() == ending::UNREAD && is_unread(&walk, &journey) {
        return ending::certificate_unread(&walk, &journey, found.language);
    }
    match walk.engine().screen(&journey) {
        Ok(Some(_)) if stop != Some(stop_name(&walk, &journey).as_str()) => {
            reply::see_other(&stop_address(app, &walk, &journey)).finish()
        }
        Ok(Some(screen)) => frame::screen(&walk, &journey, &screen, &found.handle, found.language),
        // A page that waits may be the one that finds the last proof given.
        Ok(None) if matches!(journey.state, State::Ended(Ending::Proved { .. })) => {
            onward(app, &walk, &journey)
        }
        Ok(None) if let Some(payment) = confirmed(&journey) => {
            match payment::result(&walk, &journey, payment, found.language).await {
                Ok(page) => page,
                Err(fault) => {
                    let (handle, language) = (&found.handle, found.language);
                    ending::fault_of(&walk, &journey, handle, language, &fault)
                }
            }
        }
        Ok(None) => ending::over(&walk, &journey, &found.handle, found.language),
        Err(fault) => ending::fault(
            app,
            request,
            Some(&walk.loaded.tenant.id),
            &fault,
            Some(&journey),
        ),
    }
}

/// `POST /{tenant}/journey/{journey}/{stop}`
pub(crate) async fn submit(
    app: Data<App>,
    request: HttpRequest,
    path: Path<(String, String, String)>,
    body: Bytes,
) -> HttpResponse {
    let (tenant, journey, stop) = path.into_inner();
    let Ok(id) = journey.parse::<JourneyId>() else {
        return ending::unknown_journey(&app, &request);
    };
    let _turn = app.locks.acquire(id).await;
    let (found, form) = match find_for_post(&app, &request, &tenant, &journey, &body).await {
        Ok(found) => found,
        Err(page) => return page,
    };
    let walk = found.walk(&app);
    if found.has_lapsed(&app) {
        return found.lapsed(&walk);
    }
    let posted = Posted {
        stop: &stop,
        version: form
            .one("version")
            .and_then(|text| text.parse().ok())
            .unwrap_or(0),
        language: found.language,
        signs: browser::signs(&app, &request, &walk.loaded.tenant.id),
        form: &form,
    };
    match walk.engine().submit(found.journey.clone(), posted).await {
        Ok(moved) => {
            payment::carry_out(&app, &walk, &moved).await;
            onward(&app, &walk, &moved)
        }
        Err(CommitError::Lost) => {
            // Somebody was first, or the form is an old one: show where the journey is.
            match app.ports.store.find_journey(id).await {
                // An old form leads to where the journey is, and on the errand only who asks for it.
                Ok(Some(current)) if form.one("certificate").is_none() && is_away(&current) => {
                    reply::see_other(&stop_address(&app, &walk, &current)).finish()
                }
                Ok(Some(current)) => onward(&app, &walk, &current),
                Ok(None) => ending::unknown_journey(&app, &request),
                Err(fault) => ending::fault(
                    &app,
                    &request,
                    Some(&walk.loaded.tenant.id),
                    &fault,
                    Some(&found.journey),
                ),
            }
        }
        Err(CommitError::Fault(fault)) => ending::fault(
            &app,
            &request,
            Some(&walk.loaded.tenant.id),
            &fault,
            Some(&found.journey),
        ),
    }
}

/// `POST /{tenant}/journey/{journey}/cancel`: back to the app, from wherever the journey is.
pub(crate) async fn cancel(
    app: Data<App>,
    request: HttpRequest,
    path: Path<(String, String)>,
    body: Bytes,
) -> HttpResponse {
    let (tenant, journey) = path.into_inner();
    let Ok(id) = journey.parse::<JourneyId>() else {
        return ending::unknown_journey(&app, &request);
    };
    let _turn = app.locks.acquire(id).await;
    let (found, _) = match find_for_post(&app, &request, &tenant, &journey, &body).await {
        Ok(found) => found,
        Err(page) => return page,
    };
    let walk = found.walk(&app);
    if let State::Ended(Ending::Granted { .. } | Ending::Confirmed { .. }) = found.journey.state {
        return onward(&app, &walk, &found.journey);
    }
    let location = way_out(&walk, &found.journey);
    match walk.engine().cancel(found.journey.clone()).await {
        // Over already: the way back stays open all the same.
        Ok(_) | Err(CommitError::Lost) => reply::see_other(&location).finish(),
        Err(CommitError::Fault(fault)) => {
            // The customer must get away even when nothing can be written; the journey lapses by itself.
            crate::trouble::logged(&app, &fault);
            reply::see_other(&location).finish()
        }
    }
}

/// Where a journey that was moved sends the browser.
pub(crate) fn onward(app: &App, walk: &Walk<'_>, journey: &Journey) -> HttpResponse {
    // A bank that wants a page first shows it at the journey's own address.
    if !walk.loaded.file.returning.page
        && let Some((location, _)) = location_with_code(app, journey)
    {
        return reply::see_other(&location).finish();
    }
    if let State::Ended(Ending::Proved { handle, at }) = &journey.state {
        let is_fresh = app.now() < at.plus(CODE_LIVES_FOR);
        let handle = is_fresh.then(|| app.ports.keyring.open(VISIT, handle));
        let handle = handle.and_then(Result::ok);
        return links::arrive(
            app,
            walk.loaded,
            handle.as_ref().map(|handle| handle.as_str()),
        );
    }
    if let Some(errand) = certificate::errand(app, walk, journey) {
        return reply::see_other(&errand).finish();
    }
    let mut stop = stop_address(app, walk, journey);
    if is_unread(walk, journey) {
        stop = format!("{stop}?{}", ending::UNREAD);
    }
    reply::see_other(&stop).finish()
}

/// Whether its customer was sent to show a certificate, and there is nobody here who reads it.
fn is_unread(walk: &Walk<'_>, journey: &Journey) -> bool {
    is_away(journey) && certificate::origin(walk.app, walk.loaded).is_none()
}

/// Where a journey that ended with a consent sends the browser, and how long the code in it is good;
/// none once it has lapsed.
pub(crate) fn location_with_code(app: &App, journey: &Journey) -> Option<(String, Duration)> {
    let State::Ended(Ending::Granted { location, at, .. }) = &journey.state else {
        return None;
    };
    let lapses_at = at.plus(CODE_LIVES_FOR);
    if app.now() >= lapses_at {
        return None;
    }
    let location = app.ports.keyring.open(LOCATION, location).ok()?;
    Some((location.to_string(), lapses_at.since(app.now())))
}

/// The payment that a journey ended with.
fn confirmed(journey: &Journey) -> Option<PaymentId> {
    match &journey.state {
        State::Ended(Ending::Confirmed { payment }) => Some(*payment),
        _ => None,
    }
}

/// Whether its customer is on an errand.
fn is_away(journey: &Journey) -> bool {
    matches!(journey.state, State::Asking { away: Some(_), .. })
}

/// The address of where a journey is.
pub(crate) fn stop_address(app: &App, walk: &Walk<'_>, journey: &Journey) -> String {
    let base = journey_address(app, walk.loaded, journey.id);
    format!("{base}/{}", stop_name(walk, journey))
}

/// The address of a journey.
pub(crate) fn journey_address(app: &App, loaded: &LoadedTenant, journey: JourneyId) -> String {
    let id = &loaded.tenant.id;
    format!("{}/{id}/journey/{journey}", app.base_of(loaded))
}

/// The origins that the browser may be sent to from the journey's forms, besides our own.
pub(crate) fn form_targets(walk: &Walk<'_>, journey: &Journey) -> Vec<String> {
    let out = match journey.link_purpose() {
        Some(purpose) => origin_or_scheme(&purpose.request.redirect_uri),
        // Whoever leaves a payment stays with us.
        None if journey.bill().is_some() => None,
        None => origin_or_scheme(&walk.loaded.file.site),
    };
    let errand = certificate::origin(walk.app, walk.loaded);
    out.into_iter().chain(errand).collect()
}

/// Where the browser goes when the customer leaves: back to the app, to the bank's own site, or to the
/// page that says that nothing was paid.
pub(crate) fn way_out(walk: &Walk<'_>, journey: &Journey) -> String {
    if journey.bill().is_some() {
        let base = journey_address(walk.app, walk.loaded, journey.id);
        return format!("{base}/{OVER}");
    }
    let site = || walk.loaded.file.site.clone();
    journey.denied_location().unwrap_or_else(site)
}

fn stop_name(walk: &Walk<'_>, journey: &Journey) -> String {
    let stop = journey.stop().and_then(|stop| walk.plan.stop(stop).ok());
    stop.map_or_else(|| OVER.to_owned(), |stop| stop.name.clone())
}

/// The journey after what can move it without the customer: an arrival that was interrupted, or
/// something its page waits for.
async fn resumed(app: &App, walk: &Walk<'_>, journey: Journey) -> Result<Journey, Fault> {
    let waits = journey.stop().and_then(|stop| walk.plan.stop(stop).ok());
    let waits = waits.is_some_and(|stop| stop.step.polls());
    if !waits && !matches!(journey.state, State::Arriving { .. }) {
        return Ok(journey);
    }
    let _turn = app.locks.acquire(journey.id).await;
    let id = journey.id;
    let latest = app.ports.store.find_journey(id).await?.unwrap_or(journey);
    let engine = walk.engine();
    let moved = match Box::pin(engine.resume(latest)).await {
        Ok(journey) if !journey.has_lapsed(&walk.loaded.tenant.life, app.now()) => {
            Box::pin(engine.look_again(journey)).await
        }
        other => other,
    };
    match moved {
        Ok(journey) => Ok(journey),
        Err(CommitError::Lost) => {
            let found = app.ports.store.find_journey(id).await?;
            found.ok_or_else(|| Fault::new("a journey under way is gone"))
        }
        Err(CommitError::Fault(fault)) => Err(fault),
    }
}

/// The answer to a press of the language switch: the same page, from now on in that language.
pub(crate) fn language_chosen(app: &App, request: &HttpRequest) -> Option<HttpResponse> {
    let chosen = chosen_language(request)?;
    let mut query = form_urlencoded::Serializer::new(String::new());
    let asked = form_urlencoded::parse(request.query_string().as_bytes());
    query.extend_pairs(asked.filter(|(name, _)| name != "lang"));
    let mut here = request.path().to_owned();
    match query.finish() {
        rest if rest.is_empty() => {}
        rest => here = format!("{here}?{rest}"),
    }
    let mut answer = reply::see_other(&here);
    answer.cookie(browser::language_cookie(app, chosen));
    Some(answer.finish())
}

/// Sends the browser to the first page of a journey, with the handle that binds them.
pub(crate) fn first_page(
    request: &HttpRequest,
    walk: &Walk<'_>,
    journey: &Journey,
    handle: &Handle,
    language: Language,
) -> HttpResponseBuilder {
    let (app, tenant) = (walk.app, &walk.loaded.tenant.id);
    let mut answer = reply::see_other(&stop_address(app, walk, journey));
    answer.cookie(handle.cookie(app, tenant, journey.id));
    answer.cookie(browser::language_cookie(app, language));
    if let Some(cookie) = browser::new_device_cookie(app, request, tenant) {
        answer.cookie(cookie);
    }
    answer
}

/// The language that the switch of a page asks for.
pub(crate) fn chosen_language(request: &HttpRequest) -> Option<Language> {
    let mut pairs = form_urlencoded::parse(request.query_string().as_bytes());
    pairs
        .find(|(name, _)| name == "lang")
        .and_then(|(_, tag)| Language::of_tag(&tag))
}

/// The word in addresses for a journey that is over.
const OVER: &str = "end";
/// The status of a page that shows where the journey is.
pub(crate) const SHOWN: StatusCode = StatusCode::OK;
