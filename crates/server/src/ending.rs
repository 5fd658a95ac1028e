//! Pages on which a journey is over, or never was one. Each says what happened and what to do, and
//! offers the way back to the app wherever it is known.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use renkei_core::fault::Fault;
use renkei_core::journey::{Ending as JourneyEnding, Journey, State};
use renkei_core::tenant::TenantId;
use renkei_core::text::{Arg, Language};
use renkei_oauth::error::ProtocolError;
use renkei_oauth::redirect::origin_or_scheme;
use renkei_pages::{Back, BackAction, BankChoice, Ending, TextArg};
use renkei_tenant::LoadedTenant;
use url::form_urlencoded;

use crate::app::App;
use crate::authorize::WRONG;
use crate::browser::{self, Handle};
use crate::journey::{Walk, form_targets, location_with_code};
use crate::trouble::{fault_status, logged};
use crate::{frame, reply};

/// No such page.
pub(crate) fn not_found(app: &App, request: &HttpRequest) -> HttpResponse {
    plain(app, request, None, StatusCode::NOT_FOUND, &Ending::NotFound)
}

/// A page about a request that no handler was reached with.
pub(crate) fn bare(
    app: &App,
    request: &HttpRequest,
    status: StatusCode,
    page: &Ending,
) -> HttpResponse {
    plain(app, request, None, status, page)
}

/// No such journey, or a bookmark of one that was cleaned away long ago.
pub(crate) fn unknown_journey(app: &App, request: &HttpRequest) -> HttpResponse {
    plain(
        app,
        request,
        None,
        StatusCode::NOT_FOUND,
        &Ending::UnknownJourney,
    )
}

/// The bank that the app names is not here.
pub(crate) fn unknown_bank(app: &App, request: &HttpRequest) -> HttpResponse {
    plain(app, request, None, WRONG, &Ending::UnknownBank)
}

/// The app's request was wrong, and it is not known where an answer would go.
pub(crate) fn protocol(
    app: &App,
    request: &HttpRequest,
    tenant: Option<&TenantId>,
    error: &ProtocolError,
) -> HttpResponse {
    let page = Ending::Protocol {
        error_code: error.code().as_str().to_owned(),
        description: error.description().to_owned(),
    };
    plain(app, request, tenant, WRONG, &page)
}

/// No bank was named and there are several.
pub(crate) fn chooser(
    app: &App,
    request: &HttpRequest,
    banks: &[Arc<LoadedTenant>],
    raw: &[u8],
) -> HttpResponse {
    let language = language(app, request);
    let choice = |loaded: &Arc<LoadedTenant>| {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(form_urlencoded::parse(raw));
        query.append_pair("bank", &loaded.tenant.bank_code);
        BankChoice {
            name: loaded.tenant.name.in_language(language).to_owned(),
            code: loaded.tenant.bank_code.clone(),
            url: format!("{}/authorize?{}", app.settings.base_url, query.finish()),
        }
    };
    let page = Ending::Chooser {
        banks: banks.iter().map(choice).collect(),
    };
    plain(app, request, None, StatusCode::OK, &page)
}

/// Something broke. Logged once; the page gives the incident's id and, where it is known, the app.
pub(crate) fn fault(
    app: &App,
    request: &HttpRequest,
    tenant: Option<&TenantId>,
    fault: &Fault,
    journey: Option<&Journey>,
) -> HttpResponse {
    let incident = logged(app, fault).to_string();
    let back = journey.and_then(origin_back);
    plain(
        app,
        request,
        tenant,
        fault_status(fault),
        &Ending::Fault { incident, back },
    )
}

/// The same on a journey whose browser is known.
pub(crate) fn fault_of(
    walk: &Walk<'_>,
    journey: &Journey,
    handle: &Handle,
    language: Language,
    fault: &Fault,
) -> HttpResponse {
    let incident = logged(walk.app, fault).to_string();
    let back = back_by_form(walk, journey, handle, language);
    let page = Ending::Fault { incident, back };
    of_walk(walk, journey, language, fault_status(fault), &page)
}

/// The journey is another browser's, or its cookie did not come.
pub(crate) fn other_browser(
    app: &App,
    request: &HttpRequest,
    loaded: &LoadedTenant,
    journey: &Journey,
) -> HttpResponse {
    let cookie = browser::journey_cookie(app, journey.id);
    let page = if request.cookie(&cookie).is_none() {
        Ending::CookieMissing {
            cookie,
            back: origin_back(journey),
        }
    } else {
        Ending::WrongBrowser { cookie }
    };
    plain(
        app,
        request,
        Some(&loaded.tenant.id),
        StatusCode::FORBIDDEN,
        &page,
    )
}

/// The form could not be read, or its token was not right: nothing was done with it.
pub(crate) fn unreadable_form(
    walk: &Walk<'_>,
    journey: &Journey,
    language: Language,
) -> HttpResponse {
    let page = Ending::Stale {
        url: crate::journey::stop_address(walk.app, walk, journey),
    };
    of_walk(walk, journey, language, StatusCode::BAD_REQUEST, &page)
}

/// The journey rested too long.
pub(crate) fn lapsed(
    walk: &Walk<'_>,
    journey: &Journey,
    handle: &Handle,
    language: Language,
) -> HttpResponse {
    let page = Ending::Expired {
        back: back_by_form(walk, journey, handle, language),
    };
    of_walk(walk, journey, language, StatusCode::GONE, &page)
}

/// The journey is over.
pub(crate) fn over(
    walk: &Walk<'_>,
    journey: &Journey,
    handle: &Handle,
    language: Language,
) -> HttpResponse {
    let (status, page) = match &journey.state {
        State::Ended(JourneyEnding::Refused { refusal, incident }) => (
            StatusCode::FORBIDDEN,
            Ending::Refused {
                key: refusal.text_key().to_owned(),
                args: Vec::new(),
                incident: Some(incident.to_string()),
                back: back_by_form(walk, journey, handle, language),
            },
        ),
        State::Ended(JourneyEnding::Granted { .. }) if walk.loaded.file.returning.page => {
            returned(walk, journey)
        }
        State::Ended(JourneyEnding::Granted { .. } | JourneyEnding::Proved { .. }) => (
            StatusCode::OK,
            Ending::Finished {
                back: origin_back(journey),
            },
        ),
        State::Ended(JourneyEnding::Cancelled) | State::Arriving { .. } | State::Asking { .. } => (
            StatusCode::OK,
            Ending::Finished {
                back: back_by_form(walk, journey, handle, language),
            },
        ),
    };
    of_walk(walk, journey, language, status, &page)
}

/// The link is made, at a bank that leads back to the app from a page of its own.
fn returned(walk: &Walk<'_>, journey: &Journey) -> (StatusCode, Ending) {
    let Some((url, good_for)) = location_with_code(walk.app, journey) else {
        let back = origin_back(journey);
        return (StatusCode::GONE, Ending::ReturnLapsed { back });
    };
    let app = walk.record.map(|record| record.card.service.clone());
    let page = Ending::Returned {
        back: Back {
            app: app.unwrap_or_default(),
            action: BackAction::Link { url },
        },
        seconds_left: good_for.as_secs(),
        after_seconds: walk.loaded.file.returning.after_seconds,
    };
    (StatusCode::OK, page)
}

/// A placeholder's value, as the pages take it.
pub(crate) fn arg(value: &Arg) -> TextArg {
    match value {
        Arg::Number(number) => TextArg::Number(*number),
        Arg::Text(text) => TextArg::Text(text.clone()),
    }
}

/// The way back that tells the app `access_denied`.
fn back_by_form(
    walk: &Walk<'_>,
    journey: &Journey,
    handle: &Handle,
    language: Language,
) -> Option<Back> {
    let action = frame::cancel_address(walk, journey);
    let csrf = handle.csrf(walk.app, journey.id).ok()?;
    let app = match walk.record {
        Some(record) => record.card.service.clone(),
        None => walk.loaded.tenant.name.in_language(language).to_owned(),
    };
    Some(Back {
        app,
        action: BackAction::Post { action, csrf },
    })
}

/// The way back when there is nothing to tell, or nobody to be trusted with telling it: the app's
/// own site.
fn origin_back(journey: &Journey) -> Option<Back> {
    let purpose = journey.link_purpose()?;
    let url = origin_or_scheme(&purpose.request.redirect_uri)?;
    let app = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))?
        .to_owned();
    Some(Back {
        app,
        action: BackAction::Link { url },
    })
}

fn of_walk(
    walk: &Walk<'_>,
    journey: &Journey,
    language: Language,
    status: StatusCode,
    page: &Ending,
) -> HttpResponse {
    let bank = frame::tenant(walk.loaded, language, &walk.app.settings.base_url);
    match walk.live.pages.ending(Some(&bank), language.tag(), page) {
        Ok(html) => reply::page(status, &form_targets(walk.loaded, journey), html),
        Err(e) => unspeakable(
            walk.app,
            &Fault::new("a page could not be written").caused_by(e),
        ),
    }
}

fn plain(
    app: &App,
    request: &HttpRequest,
    tenant: Option<&TenantId>,
    status: StatusCode,
    page: &Ending,
) -> HttpResponse {
    let live = app.live();
    let language = language(app, request);
    let loaded = tenant.and_then(|id| live.tenants.find(id));
    let bank = loaded.map(|loaded| frame::tenant(loaded, language, &app.settings.base_url));
    match live.pages.ending(bank.as_ref(), language.tag(), page) {
        Ok(html) => reply::page(status, &[], html),
        Err(e) => unspeakable(app, &Fault::new("a page could not be written").caused_by(e)),
    }
}

/// The page about what broke is itself broken: plain words, and the incident's id.
fn unspeakable(app: &App, fault: &Fault) -> HttpResponse {
    let incident = logged(app, fault);
    let text = format!(
        "<!doctype html><html lang=\"ja\"><meta charset=\"utf-8\"><title>Renkei</title>\
         <p>ただいま手続きを進められません。しばらくしてから、もとのアプリでもう一度お試しください。\
         <p lang=\"en\">We cannot go on just now. Please try again from your app in a while.\
         <p>{incident}"
    );
    reply::page(StatusCode::INTERNAL_SERVER_ERROR, &[], text)
}

fn language(app: &App, request: &HttpRequest) -> Language {
    browser::language(app, request).unwrap_or_default()
}
