//! The browser: cookies that hold opaque handles only, the token in every form, and what it shows of
//! itself.

use std::net::IpAddr;
use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::header::ORIGIN;
use renkei_core::fact::BrowserFact;
use renkei_core::fault::Fault;
use renkei_core::id::JourneyId;
use renkei_core::port::random_256;
use renkei_core::seal::{hex, same, sha256_hex};
use renkei_core::tenant::TenantId;
use renkei_core::text::Language;

use crate::app::App;
use crate::host::Place;

/// The handle that binds a journey to one browser.
pub(crate) struct Handle(String);

impl Handle {
    /// A new one.
    pub(crate) fn new(app: &App) -> Self {
        Self(hex(&random_256(&*app.ports.random)))
    }

    /// The one this request brings for a journey; none when it brings none, or two.
    pub(crate) fn of(app: &App, request: &HttpRequest, journey: JourneyId) -> Option<Self> {
        only_cookie(request, &journey_cookie(app, journey)).map(Self)
    }

    /// What is kept of it.
    pub(crate) fn digest(&self) -> String {
        sha256_hex(self.0.as_bytes())
    }

    /// Whether the journey was begun in this browser.
    pub(crate) fn is(&self, digest: &str) -> bool {
        same(&self.digest(), digest)
    }

    /// The token that every form of the journey carries.
    pub(crate) fn csrf(&self, app: &App, journey: JourneyId) -> Result<String, Fault> {
        let journey = journey.to_string();
        let parts = [journey.as_bytes(), self.0.as_bytes()];
        let digest = app.ports.keyring.digest("journey.csrf", &parts)?;
        Ok(hex(&digest))
    }

    /// The cookie that carries it.
    pub(crate) fn cookie(
        &self,
        app: &App,
        tenant: &TenantId,
        journey: JourneyId,
    ) -> Cookie<'static> {
        let path = if app.settings.is_https() {
            "/".to_owned()
        } else {
            format!("/{tenant}/journey/{journey}")
        };
        let mut cookie = handle_cookie(app, journey_cookie(app, journey), self.0.clone(), path);
        cookie.set_max_age(seconds(JOURNEY_COOKIE_LIVES_FOR));
        cookie
    }
}

/// The name of a journey's cookie: each journey has its own, so that five tabs are five journeys.
pub(crate) fn journey_cookie(app: &App, journey: JourneyId) -> String {
    named(app, &format!("renkei_{journey}"))
}

/// What the browser shows of itself, as digests.
pub(crate) fn signs(app: &App, request: &HttpRequest, tenant: &TenantId) -> BrowserFact {
    let device = only_cookie(request, &device_cookie(app, tenant));
    BrowserFact {
        device: device.map(|value| sha256_hex(value.as_bytes())),
        network: address(app, request).map(network).unwrap_or_default(),
    }
}

/// The long-lived cookie by which a bank's customer knows the device again; none when the browser has
/// one.
pub(crate) fn new_device_cookie(
    app: &App,
    request: &HttpRequest,
    tenant: &TenantId,
) -> Option<Cookie<'static>> {
    let name = device_cookie(app, tenant);
    if only_cookie(request, &name).is_some() {
        return None;
    }
    let value = hex(&random_256(&*app.ports.random));
    let mut cookie = handle_cookie(app, name, value, "/".to_owned());
    cookie.set_max_age(seconds(DEVICE_COOKIE_LIVES_FOR));
    Some(cookie)
}

fn device_cookie(app: &App, tenant: &TenantId) -> String {
    named(app, &format!("renkei_device_{tenant}"))
}

/// The language of the page: the switch, else what was there before.
pub(crate) fn language(app: &App, request: &HttpRequest) -> Option<Language> {
    only_cookie(request, &named(app, LANGUAGE)).and_then(|tag| Language::of_tag(&tag))
}

/// Remembers the language.
pub(crate) fn language_cookie(app: &App, language: Language) -> Cookie<'static> {
    let mut cookie = handle_cookie(
        app,
        named(app, LANGUAGE),
        language.tag().to_owned(),
        "/".to_owned(),
    );
    cookie.set_max_age(seconds(DEVICE_COOKIE_LIVES_FOR));
    cookie
}

/// The code of the bank that was chosen last on this device.
pub(crate) fn last_bank(app: &App, request: &HttpRequest) -> Option<String> {
    only_cookie(request, &named(app, LAST_BANK))
}

/// Remembers the bank: its code and nothing else.
pub(crate) fn last_bank_cookie(app: &App, code: &str) -> Cookie<'static> {
    let name = named(app, LAST_BANK);
    let mut cookie = handle_cookie(app, name, code.to_owned(), "/".to_owned());
    cookie.set_max_age(seconds(DEVICE_COOKIE_LIVES_FOR));
    cookie
}

/// Whether a post comes from one of our own pages, as far as the browser says. `Origin: null` comes
/// from our own pages too, which send no referrer.
pub(crate) fn is_from_our_pages(app: &App, request: &HttpRequest) -> bool {
    let text = |name: &str| {
        let headers = request.headers();
        headers.get(name).and_then(|value| value.to_str().ok())
    };
    let site = text("sec-fetch-site");
    if site.is_some_and(|site| site != "same-origin") {
        return false;
    }
    match text(ORIGIN.as_str()) {
        None => true,
        Some("null") => site == Some("same-origin"),
        Some(origin) => app.base_at(&Place::of(app, request)).as_deref() == Some(origin),
    }
}

/// Whether a proxy that is trusted sent the request.
pub(crate) fn is_trusted_proxy(app: &App, request: &HttpRequest) -> bool {
    peer(request).is_some_and(|peer| app.settings.trusted_proxies.contains(&peer))
}

fn peer(request: &HttpRequest) -> Option<IpAddr> {
    let address = request.peer_addr()?;
    Some(address.ip().to_canonical())
}

/// Where the request comes from: the peer, or what a trusted proxy says.
fn address(app: &App, request: &HttpRequest) -> Option<IpAddr> {
    let peer = peer(request)?;
    if !app.settings.trusted_proxies.contains(&peer) {
        return Some(peer);
    }
    let forwarded = request
        .headers()
        .get("x-forwarded-for")
        .and_then(|value| value.to_str().ok());
    let nearest = forwarded.and_then(|list| list.rsplit(',').next());
    nearest
        .and_then(|text| text.trim().parse().ok())
        .or(Some(peer))
}

/// The digest of an address's network: /24 of IPv4, /48 of IPv6. Never the address.
fn network(address: IpAddr) -> String {
    let prefix = match address {
        IpAddr::V4(v4) => v4.octets().into_iter().take(3).collect::<Vec<u8>>(),
        IpAddr::V6(v6) => v6.octets().into_iter().take(6).collect(),
    };
    sha256_hex(&prefix)
}

/// The value of a cookie that came once. One that came twice was planted by somebody: it is nobody's.
pub(crate) fn only_cookie(request: &HttpRequest, name: &str) -> Option<String> {
    let cookies = request.cookies().ok()?;
    let mut values = cookies.iter().filter(|cookie| cookie.name() == name);
    match (values.next(), values.next()) {
        (Some(cookie), None) => Some(cookie.value().to_owned()),
        _ => None,
    }
}

pub(crate) fn handle_cookie(
    app: &App,
    name: String,
    value: String,
    path: String,
) -> Cookie<'static> {
    Cookie::build(name, value)
        .path(path)
        .http_only(true)
        .secure(app.settings.is_https())
        .same_site(SameSite::Lax)
        .finish()
}

/// With TLS a cookie's name binds it to the host (RFC 6265bis section 4.1.3.2).
pub(crate) fn named(app: &App, name: &str) -> String {
    if app.settings.is_https() {
        format!("__Host-{name}")
    } else {
        name.to_owned()
    }
}

pub(crate) fn seconds(span: Duration) -> time::Duration {
    time::Duration::seconds(i64::try_from(span.as_secs()).unwrap_or(i64::MAX))
}

const LAST_BANK: &str = "renkei_bank";
const LANGUAGE: &str = "renkei_language";
/// Longer than any journey, so that a lapsed one still finds its way back to the app.
const JOURNEY_COOKIE_LIVES_FOR: Duration = Duration::from_hours(24);
const DEVICE_COOKIE_LIVES_FOR: Duration = Duration::from_hours(9600);
