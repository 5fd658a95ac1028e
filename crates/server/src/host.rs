//! Host names. The platform has one, and a bank may have its own, where its own pages are served and
//! nobody else's. Which one a request came to is looked up among those that are known; an address is
//! never made from what a request says.

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::HOST;
use actix_web::http::uri::Authority;
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpRequest, HttpResponse};
use renkei_core::tenant::TenantId;
use renkei_pages::Ending;
use renkei_tenant::LoadedTenant;
use url::Url;

use crate::app::{App, Settings};
use crate::{ending, reply, trouble};

/// Whose host a request came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// The platform's.
    Platform,
    /// A bank's own.
    Bank(TenantId),
    /// The one on which a bank asks for certificates, behind a proxy that passes them on; our own
    /// listener asks at another door.
    Certificates(TenantId),
    /// Nobody's.
    Unknown,
}

impl Place {
    /// The place of a request.
    pub(crate) fn of(app: &App, request: &HttpRequest) -> Self {
        let Some(host) = host_name(request) else {
            return Self::Unknown;
        };
        if app.settings.is_platform(&host) {
            return Self::Platform;
        }
        match app.bank_at(&host) {
            Some(id) => Self::Bank(id),
            None => app
                .bank_asking_at(&host)
                .map_or(Self::Unknown, Self::Certificates),
        }
    }
}

impl Settings {
    /// Whether the platform is served under a host name.
    fn is_platform(&self, host: &str) -> bool {
        let own = self
            .base()
            .and_then(|url| url.host_str().map(str::to_owned));
        let own = own.unwrap_or_default();
        // On the machine of a developer its names are one.
        let is_loopback = LOOPBACK.contains(&own.as_str()) && self.allowed_hosts.is_empty();
        own == host
            || self.allowed_hosts.iter().any(|allowed| allowed == host)
            || (is_loopback && LOOPBACK.contains(&host))
    }

    fn base(&self) -> Option<Url> {
        Url::parse(&self.base_url).ok()
    }
}

impl App {
    /// The host name of a bank's own; none when it has none.
    fn host_of<'a>(&'a self, loaded: &'a LoadedTenant) -> Option<&'a str> {
        let given = self.settings.hosts.get(loaded.tenant.id.as_str());
        let host = given.or(loaded.file.host.as_ref()).map(String::as_str);
        host.filter(|host| !host.is_empty() && !self.settings.is_platform(host))
    }

    /// What the addresses of a bank's pages begin with: its own host where it has one, with the scheme
    /// and the port of the platform.
    pub(crate) fn base_of(&self, loaded: &LoadedTenant) -> String {
        let own = self.host_of(loaded).and_then(|host| {
            let mut url = self.settings.base()?;
            url.set_host(Some(host)).ok()?;
            Some(url.origin().ascii_serialization())
        });
        own.unwrap_or_else(|| self.settings.base_url.clone())
    }

    /// What the addresses of the place of a request begin with.
    pub(crate) fn base_at(&self, place: &Place) -> Option<String> {
        match place {
            Place::Platform => Some(self.settings.base_url.clone()),
            Place::Bank(id) => {
                let live = self.live();
                live.tenants.find(id).map(|loaded| self.base_of(loaded))
            }
            Place::Certificates(_) | Place::Unknown => None,
        }
    }

    /// The bank that asks for certificates under a host name, where a proxy passes them on.
    fn bank_asking_at(&self, host: &str) -> Option<TenantId> {
        if !self.takes_certificate_headers() {
            return None;
        }
        let live = self.live();
        let mut banks = live.tenants.iter();
        let found = banks.find(|loaded| {
            let section = loaded.certificates.as_ref();
            section.is_some_and(|section| section.host == host)
        });
        found.map(|loaded| loaded.tenant.id.clone())
    }

    /// The bank whose own host it is.
    fn bank_at(&self, host: &str) -> Option<TenantId> {
        let live = self.live();
        let mut banks = live.tenants.iter();
        let found = banks.find(|loaded| self.host_of(loaded) == Some(host));
        found.map(|loaded| loaded.tenant.id.clone())
    }
}

/// The middleware that keeps hosts apart: on a bank's host there is nothing of another bank, the pages
/// of a bank with a host are there and nowhere else, and a name nobody knows is not served.
pub async fn host_guard<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let refused = request
        .app_data::<Data<App>>()
        .and_then(|app| refused(app, &request));
    match refused {
        Some(answer) => Ok(request.into_response(answer).map_into_right_body()),
        None => Ok(next.call(request).await?.map_into_left_body()),
    }
}

/// The answer to a request that came to the wrong host.
fn refused(app: &App, request: &ServiceRequest) -> Option<HttpResponse> {
    // Decoded as routes compare it.
    let path = request.match_info().as_str();
    let segments: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    let request = request.request();
    match (Place::of(app, request), segments.as_slice()) {
        // A load balancer asks by address.
        (_, ["health", ..]) | (Place::Platform, []) => None,
        (Place::Unknown, _) => Some(misdirected(app, request)),
        (Place::Platform, [bank, below @ ..]) => elsewhere(app, request, bank, below),
        (Place::Bank(id), segments) => {
            (!is_at_bank(&id, segments)).then(|| ending::not_found(app, request))
        }
        (Place::Certificates(id), segments) => {
            let is_here = matches!(segments, ["assets", _])
                || matches!(segments, [bank, "certificate", _] if *bank == id.as_str());
            (!is_here).then(|| ending::not_found(app, request))
        }
    }
}

/// A page of a bank that has a host of its own: it is there.
fn elsewhere(app: &App, request: &HttpRequest, bank: &str, below: &[&str]) -> Option<HttpResponse> {
    let id = TenantId::parse(bank).ok()?;
    let live = app.live();
    let loaded = live.tenants.find(&id)?;
    app.host_of(loaded)?;
    if below.first().is_none_or(|first| ENDPOINTS.contains(first)) {
        return None;
    }
    if request.method() != Method::GET {
        return Some(ending::not_found(app, request));
    }
    let rest = request.uri().path_and_query()?;
    let address = format!("{}{rest}", app.base_of(loaded));
    Some(reply::see_other(&address).finish())
}

/// What is served on a bank's own host.
fn is_at_bank(id: &TenantId, segments: &[&str]) -> bool {
    match segments {
        ["assets", _] | ["authorize"] => true,
        [".well-known", _, bank] | [bank, ..] => *bank == id.as_str(),
        [] => false,
    }
}

/// "The server is unable or unwilling to produce an authoritative response for the target URI" (RFC
/// 9110 section 15.5.20).
fn misdirected(app: &App, request: &HttpRequest) -> HttpResponse {
    let status = StatusCode::MISDIRECTED_REQUEST;
    if request.path().starts_with("/api/") {
        let detail = "this server does not serve that host name";
        return trouble::problem(status, "misdirected", "Misdirected request", detail);
    }
    ending::bare(app, request, status, &Ending::Misdirected)
}

/// The host a request names, lower-case and without the port: in its target when that is a whole
/// address, else in its one `Host` (RFC 9112 section 3.2).
fn host_name(request: &HttpRequest) -> Option<String> {
    let authority = if let Some(authority) = request.uri().authority() {
        authority.clone()
    } else {
        let mut headers = request.headers().get_all(HOST);
        let only = headers.next()?.to_str().ok()?;
        if headers.next().is_some() {
            return None;
        }
        only.parse::<Authority>().ok()?
    };
    if authority.as_str().contains('@') {
        return None;
    }
    let host = authority.host().to_ascii_lowercase();
    Some(host.strip_suffix('.').unwrap_or(&host).to_owned())
}

/// The names of the machine itself, as addresses write them.
const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];
/// What clients reach below a bank's name, at the issuer's address whatever host its pages have; a bill
/// (`mpn`) is sent on to the bank's host.
const ENDPOINTS: [&str; 8] = [
    ".well-known",
    "authorize",
    "introspect",
    "jwks",
    "mpn",
    "par",
    "revoke",
    "token",
];

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn settings(base_url: &str, allowed: &[&str]) -> Settings {
        Settings {
            preview: false,
            base_url: base_url.to_owned(),
            trusted_proxies: Vec::new(),
            allowed_hosts: allowed.iter().map(|host| (*host).to_owned()).collect(),
            hosts: std::collections::BTreeMap::new(),
        }
    }

    #[test]
    fn the_platform_is_where_its_address_says() {
        let home = settings("http://localhost:8080", &[]);
        for host in LOOPBACK {
            assert!(home.is_platform(host), "{host}");
        }
        assert!(!home.is_platform("hidashin.localhost"));
        let public = settings("https://renkei.example", &["10.0.0.7"]);
        assert!(public.is_platform("renkei.example") && public.is_platform("10.0.0.7"));
        for host in [
            "localhost",
            "evil.example",
            "renkei.example.evil.example",
            "",
        ] {
            assert!(!public.is_platform(host), "{host}");
        }
        assert!(!settings("http://localhost:8080", &["renkei.test"]).is_platform("127.0.0.1"));
    }

    #[test]
    fn a_host_is_read_without_its_port_and_only_once() {
        let name = |hosts: &[&str]| {
            let mut request = TestRequest::default().uri("/authorize");
            for host in hosts {
                request = request.append_header((HOST, *host));
            }
            host_name(&request.to_http_request())
        };
        assert_eq!(
            name(&["Renkei.Example:8080"]).as_deref(),
            Some("renkei.example")
        );
        assert_eq!(
            name(&["renkei.example."]).as_deref(),
            Some("renkei.example")
        );
        assert_eq!(name(&["[::1]:8080"]).as_deref(), Some("[::1]"));
        assert_eq!(name(&[]), None);
        assert_eq!(name(&["a.example", "b.example"]), None);
        for wrong in ["x@a.example", "a b", ""] {
            assert_eq!(name(&[wrong]), None, "{wrong}");
        }
    }

    #[test]
    fn a_banks_host_has_its_own_pages_only() {
        let id = TenantId::parse("hidashin").unwrap();
        let at = |path: &str| is_at_bank(&id, &path.split('/').collect::<Vec<_>>());
        for path in [
            "hidashin/journey/1/login",
            "hidashin/links",
            "authorize",
            "assets/page.css",
            ".well-known/oauth-authorization-server/hidashin",
        ] {
            assert!(at(path), "{path}");
        }
        for path in [
            "",
            "sorachi/journey/1/login",
            "token",
            "api/v1/accounts",
            ".well-known/oauth-authorization-server",
            ".well-known/oauth-authorization-server/sorachi",
        ] {
            assert!(!at(path), "{path}");
        }
    }
}
