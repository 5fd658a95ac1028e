//! Pages on which a journey is over, or never was one. Each says what happened and what to do, and
//! offers the way back to the app wherever it is known.

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, RETRY_AFTER};
use actix_web::{HttpRequest, HttpResponse};
use renkei_core::fault::Fault;
use renkei_core::instant::Timestamp;
use renkei_core::journey::{Ending as JourneyEnding, Journey, State};
use renkei_core::tenant::TenantId;
use renkei_core::text::{Arg, Bilingual, Language};
use renkei_oauth::error::ProtocolError;
use renkei_oauth::redirect::origin_or_scheme;
use renkei_pages::{Back, BackAction, CertificateTrouble, Ending, LanguageUrls, TextArg};
use renkei_tenant::LoadedTenant;

use crate::app::App;
use crate::authorize::WRONG;
use crate::browser::{self, Handle};
use crate::journey::{
    Walk, chosen_language, form_targets, journey_address, location_with_code, stop_address,
};
use crate::trouble::{fault_status, logged};
use crate::{chooser, frame, reply};

mod language;
pub(crate) mod payment;

pub(crate) use self::language::language;
use self::language::{asked_again, language_urls};

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

/// A page of the customer's own without a visit, or of what is not theirs: the same answer.
pub(crate) fn no_visit(
    app: &App,
    request: &HttpRequest,
    tenant: &TenantId,
    url: String,
) -> HttpResponse {
    let urls = language_urls(request).unwrap_or_else(|| frame::language_urls(&url));
    let page = Ending::NoVisit { url };
    let status = StatusCode::NOT_FOUND;
    plain_at(app, request, Some(tenant), status, &page, Some(&urls))
}

/// A form of the customer's own page that could not be read, or whose token was not right.
pub(crate) fn stale_visit(
    app: &App,
    request: &HttpRequest,
    tenant: &TenantId,
    url: String,
) -> HttpResponse {
    let urls = frame::language_urls(&url);
    let page = Ending::Stale { url };
    let status = StatusCode::BAD_REQUEST;
    plain_at(app, request, Some(tenant), status, &page, Some(&urls))
}

/// The bank that the app names is not here. `raw` is the app's request.
pub(crate) fn unknown_bank(app: &App, request: &HttpRequest, raw: &[u8]) -> HttpResponse {
    let urls = asked_again(raw, LANG);
    plain_at(app, request, None, WRONG, &Ending::UnknownBank, Some(&urls))
}

/// The app's request was wrong, and it is not known where an answer would go.
pub(crate) fn protocol(
    app: &App,
    request: &HttpRequest,
    tenant: Option<&TenantId>,
    error: &ProtocolError,
    raw: &[u8],
) -> HttpResponse {
    let page = Ending::Protocol {
        error_code: error.code().as_str().to_owned(),
        description: error.description().to_owned(),
    };
    let urls = asked_again(raw, LANG);
    plain_at(app, request, tenant, WRONG, &page, Some(&urls))
}

/// The bank takes nobody in at this hour. No journey has begun, so the way back is a plain link that
/// tells the app to try again (RFC 6749 section 4.1.2.1).
pub(crate) fn closed(app: &App, asked: &Shut<'_>) -> HttpResponse {
    let reason = asked
        .reason
        .map(|text| text.in_language(asked.language).to_owned());
    let page = Ending::Closed {
        reopens: asked.reopens_at.map(chooser::reopening),
        reason,
        back: Some(Back {
            app: asked.app_name.to_owned(),
            action: BackAction::Link {
                url: asked.back_url.clone(),
            },
        }),
    };
    let urls = asked_again(asked.raw, "ui_locales");
    let (language, reopens_at) = (asked.language, asked.reopens_at);
    shut(app, asked.loaded, language, reopens_at, &page, Some(&urls))
}

fn shut(
    app: &App,
    loaded: &LoadedTenant,
    language: Language,
    reopens_at: Option<Timestamp>,
    page: &Ending,
    urls: Option<&LanguageUrls>,
) -> HttpResponse {
    let bank = frame::tenant(loaded, language, &app.base_of(loaded));
    let live = app.live();
    let tag = language.tag();
    let mut answer = match live.pages.ending(Some(&bank), tag, urls, page) {
        Ok(html) => reply::page(StatusCode::SERVICE_UNAVAILABLE, &[], html),
        Err(e) => {
            return unspeakable(app, &Fault::new("a page could not be written").caused_by(e));
        }
    };
    if let Some(at) = reopens_at {
        let seconds = at.since(app.now()).as_secs();
        let headers = answer.headers_mut();
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    answer
}

/// A bank that is closed, and for whom.
pub(crate) struct Shut<'a> {
    /// The bank.
    pub(crate) loaded: &'a LoadedTenant,
    /// In which language the customer reads.
    pub(crate) language: Language,
    /// When it opens again.
    pub(crate) reopens_at: Option<Timestamp>,
    /// What is told of a maintenance.
    pub(crate) reason: Option<&'a Bilingual>,
    /// The app's name.
    pub(crate) app_name: &'a str,
    /// Where the app is told.
    pub(crate) back_url: String,
    /// The app's request.
    pub(crate) raw: &'a [u8],
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
    let mut page = Ending::Fault { incident, back };
    if journey.is_some_and(|journey| journey.bill().is_some()) {
        page = payment::wrapped(page);
    }
    plain(app, request, tenant, fault_status(fault), &page)
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
    if journey.bill().is_some() {
        let status = StatusCode::FORBIDDEN;
        return payment::bill(app, request, &loaded.tenant.id, status, OPENED_ELSEWHERE);
    }
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
        url: stop_address(walk.app, walk, journey),
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
        State::Ended(JourneyEnding::Cancelled) if journey.bill().is_some() => {
            (StatusCode::OK, Ending::PaymentLeft)
        }
        State::Ended(JourneyEnding::Cancelled | JourneyEnding::Confirmed { .. })
        | State::Arriving { .. }
        | State::Asking { .. } => (
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
    };
    (StatusCode::OK, page)
}

/// A certificate that cannot be taken. In the journey's own language: its cookies are elsewhere.
pub(crate) fn certificate(
    walk: &Walk<'_>,
    journey: &Journey,
    status: StatusCode,
    page: CertificateTrouble,
) -> HttpResponse {
    let page = Ending::Certificate(page);
    of_walk(walk, journey, journey.language, status, &page)
}

/// Nobody here reads certificates. At the journey's own address, so that the page can be read in the
/// other language, and the way back leads to the page it was asked from.
pub(crate) fn certificate_unread(
    walk: &Walk<'_>,
    journey: &Journey,
    language: Language,
) -> HttpResponse {
    let page = Ending::Certificate(CertificateTrouble {
        trouble: "unread",
        shown: None,
        again: None,
        page: journey_address(walk.app, walk.loaded, journey.id),
    });
    let urls = LanguageUrls {
        ja: format!("?{UNREAD}&lang=ja"),
        en: format!("?{UNREAD}&lang=en"),
    };
    of_walk_at(walk, journey, language, StatusCode::FORBIDDEN, &page, &urls)
}

/// A placeholder's value, as the pages take it.
pub(crate) fn arg(value: &Arg) -> TextArg {
    match value {
        Arg::Number(number) => TextArg::Number(*number),
        Arg::Text(text) => TextArg::Text(text.clone()),
    }
}

/// A page at the end of a journey.
pub(crate) fn of_journey(
    walk: &Walk<'_>,
    journey: &Journey,
    language: Language,
    page: &Ending,
) -> HttpResponse {
    of_walk(walk, journey, language, StatusCode::OK, page)
}

/// The way back that tells the app `access_denied`; none on a journey that pays, since no address to
/// go back to is known.
fn back_by_form(
    walk: &Walk<'_>,
    journey: &Journey,
    handle: &Handle,
    language: Language,
) -> Option<Back> {
    if journey.bill().is_some() {
        return None;
    }
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
    let urls = frame::language_urls(&stop_address(walk.app, walk, journey));
    of_walk_at(walk, journey, language, status, page, &urls)
}

fn of_walk_at(
    walk: &Walk<'_>,
    journey: &Journey,
    language: Language,
    status: StatusCode,
    page: &Ending,
    urls: &LanguageUrls,
) -> HttpResponse {
    let bank = frame::tenant(walk.loaded, language, &walk.app.base_of(walk.loaded));
    let paying = journey.bill().map(|_| payment::wrapped(page.clone()));
    let page = paying.as_ref().unwrap_or(page);
    let written = walk
        .live
        .pages
        .ending(Some(&bank), language.tag(), Some(urls), page);
    match written {
        Ok(html) => reply::page(status, &form_targets(walk, journey), html),
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
    plain_at(
        app,
        request,
        tenant,
        status,
        page,
        language_urls(request).as_ref(),
    )
}

/// `urls` is where the page can be read in each language, if anywhere.
fn plain_at(
    app: &App,
    request: &HttpRequest,
    tenant: Option<&TenantId>,
    status: StatusCode,
    page: &Ending,
    urls: Option<&LanguageUrls>,
) -> HttpResponse {
    let live = app.live();
    let language = language(app, request);
    let loaded = tenant.and_then(|id| live.tenants.find(id));
    let bank = loaded.map(|loaded| frame::tenant(loaded, language, &app.base_of(loaded)));
    let written = live.pages.ending(bank.as_ref(), language.tag(), urls, page);
    match written {
        Ok(html) => {
            let mut answer = reply::page(status, &[], html);
            if let Some(chosen) = chosen_language(request) {
                // A cookie that cannot be set costs no more than another click.
                drop(answer.add_cookie(&browser::language_cookie(app, chosen)));
            }
            answer
        }
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

const OPENED_ELSEWHERE: &str = "refusal-bill-opened";

const LANG: &str = "lang";
/// The query of the page on which nobody reads certificates.
pub(crate) const UNREAD: &str = "certificate=unread";
