//! What is one person's is nobody else's: every route, asked with everything that belongs to somebody at
//! another bank, and two browsers at one bank. The matrix is made from the table of routes itself, so a
//! route that nobody has thought about fails here.

mod people;
mod table;
mod two_browsers;

use std::collections::BTreeMap;
use std::sync::Mutex;

use futures_util::{StreamExt as _, stream};
use renkei_server::{CERTIFICATE_ENDPOINTS, ENDPOINTS, Endpoint, Verb};
use reqwest::Client;
use reqwest::header::{LOCATION, SET_COOKIE};
use reqwest::redirect::Policy;
use url::{Url, form_urlencoded};

use self::people::{ACCESS_TOKEN, First, Own, SHARED, Second, Thing, of_query, platform};
use self::table::{CERTIFICATE_ROWS, ROWS, Row, Served, expected};
use crate::app::{App, VERIFIER};
use crate::browser::BANK_HOST;
use crate::platform::Platform;
use crate::tls::{Card, Presenter};

/// Where a thing is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    /// Into a variable segment of the address.
    Slot(&'static str),
    Query,
    /// Into every field of a form, which redeems or refreshes.
    Form(&'static str),
    /// Under the names of the bank's own cookies.
    Cookie,
    Bearer,
}

/// The variable segments of an address, but for the bank's name.
fn slots(pattern: &'static str) -> Vec<&'static str> {
    let parts = pattern.split('{').skip(1);
    let names = parts.map(|part| part.split('}').next().unwrap());
    names.filter(|name| *name != "tenant").collect()
}

fn places(endpoint: &Endpoint) -> Vec<Place> {
    let mut places: Vec<_> = slots(endpoint.pattern)
        .into_iter()
        .map(Place::Slot)
        .collect();
    places.extend([Place::Query, Place::Cookie, Place::Bearer]);
    if endpoint.verb == Verb::Post {
        places.extend([
            Place::Form("authorization_code"),
            Place::Form("refresh_token"),
        ]);
    }
    places
}

/// What came back, as far as it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Outcome {
    status: u16,
    /// Where it leads, without the names of journeys.
    location: String,
}

/// The matrix of one bank at one address.
struct Matrix<'a> {
    http: &'a Client,
    app: &'a App,
    base: String,
    /// Whether the address is the bank's own host; none when it has none.
    at_home: Option<bool>,
    first: &'a First,
    second: &'a Second,
    /// What things answer that nobody ever issued; asked once each.
    controls: Mutex<BTreeMap<(Cell, String), Outcome>>,
}

/// A route, a place, and whether it is asked by the first person.
type Cell = (Verb, &'static str, Place, bool);

impl Matrix<'_> {
    /// Puts a thing everywhere, in both people's browsers; how often.
    async fn carry(&self, thing: &Thing) -> usize {
        let mut cells = Vec::new();
        for endpoint in ENDPOINTS {
            let is_of_bank = endpoint.pattern.contains("{tenant}");
            if SHARED.contains(&thing.name) && !is_of_bank {
                continue;
            }
            for place in places(endpoint) {
                for is_first in [true, false] {
                    cells.push((endpoint, place, is_first));
                }
            }
        }
        let count = cells.len();
        let walks = cells.into_iter();
        let walks =
            walks.map(|(endpoint, place, is_first)| self.cell(thing, endpoint, place, is_first));
        let wrong: Vec<_> = stream::iter(walks).buffer_unordered(8).collect().await;
        let wrong: Vec<String> = wrong.into_iter().flatten().collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        count
    }

    /// What is wrong with one cell.
    async fn cell(
        &self,
        thing: &Thing,
        endpoint: &Endpoint,
        place: Place,
        is_first: bool,
    ) -> Option<String> {
        let own = if is_first {
            &self.first.own
        } else {
            &self.second.own
        };
        let told = format!(
            "{} as {place:?} of {:?} {} at {} by the {} person",
            thing.name,
            endpoint.verb,
            endpoint.pattern,
            self.base,
            if is_first { "first" } else { "second" },
        );
        let row = expected(ROWS, endpoint.verb, endpoint.pattern);
        let is_read = endpoint.pattern.starts_with("/api/") && self.at_home != Some(true);
        if is_read && place == Place::Bearer && thing.name == ACCESS_TOKEN {
            // The data interface knows no bank but that of the token: what it opens is its own.
            if is_first || slots(endpoint.pattern).is_empty() {
                return None;
            }
            let outcome = self.ask(&told, &thing.value, endpoint, place, own).await;
            return (outcome.status != 404).then(|| format!("{told}: {outcome:?}"));
        }
        let outcome = self.ask(&told, &thing.value, endpoint, place, own).await;
        let cell = (endpoint.verb, endpoint.pattern, place, is_first);
        let cell = (cell, thing.made_up.clone());
        let known = self.controls.lock().unwrap().get(&cell).cloned();
        let control = if let Some(control) = known {
            control
        } else {
            let control = self.ask(&told, &thing.made_up, endpoint, place, own).await;
            let mut controls = self.controls.lock().unwrap();
            controls.entry(cell).or_insert(control).clone()
        };
        let allowed = self.allowed(row);
        if outcome != control {
            Some(format!(
                "{told}: {outcome:?}, and what nobody ever issued: {control:?}"
            ))
        } else if !allowed.contains(&outcome.status) {
            Some(format!("{told}: {outcome:?}, not {allowed:?}"))
        } else {
            None
        }
    }

    fn allowed(&self, row: &Row) -> Vec<u16> {
        match (self.at_home, row.served) {
            // Sent home, where it is judged; a form is not.
            (Some(false), Served::Pages) if row.verb == Verb::Get => vec![303],
            (Some(true), Served::Platform) | (Some(false), Served::Pages) => vec![404],
            _ if row.served == Served::Issuer && self.at_home == Some(true) => {
                [row.answers, &[404]].concat()
            }
            _ => row.answers.to_vec(),
        }
    }

    /// Asks, and looks at what nobody may be told.
    async fn ask(
        &self,
        told: &str,
        value: &str,
        endpoint: &Endpoint,
        place: Place,
        own: &Own,
    ) -> Outcome {
        let slot = |name: &str| match (place, name) {
            (_, "tenant") => self.second.tenant.to_owned(),
            (Place::Slot(here), name) if here == name => value.to_owned(),
            _ => own.slot(name),
        };
        let mut url = Url::parse(&self.base).unwrap();
        let segments = endpoint.pattern.split('/').skip(1).map(|part| {
            let name = part
                .strip_prefix('{')
                .and_then(|rest| rest.strip_suffix('}'));
            name.map_or_else(|| part.to_owned(), slot)
        });
        url.path_segments_mut().unwrap().extend(segments);
        let is_authorize = endpoint.pattern.ends_with("/authorize");
        let mut asked = Vec::new();
        if is_authorize {
            let request = Url::parse(&self.app.authorize(&[("bank", self.second.code)])).unwrap();
            asked.extend(request.query_pairs().into_owned());
        }
        if endpoint.verb == Verb::Get {
            url.query_pairs_mut().extend_pairs(&asked);
        }
        if place == Place::Query {
            url.query_pairs_mut()
                .extend_pairs(NAMES.map(|name| (name, value)));
        }
        if url.query() == Some("") {
            url.set_query(None);
        }
        let mut cookies = own.cookies.clone();
        if place == Place::Cookie {
            let handle = format!("renkei_{}", own.slot("journey"));
            cookies.insert(handle, value.to_owned());
            for name in ["links", "device"] {
                let name = format!("renkei_{name}_{}", self.second.tenant);
                cookies.insert(name, value.to_owned());
            }
            cookies.insert("renkei_bank".to_owned(), value.to_owned());
        }
        let asked_at = url.clone();
        let cookies: Vec<_> = cookies.iter().map(|(n, v)| format!("{n}={v}")).collect();
        let mut request = match endpoint.verb {
            Verb::Get => self.http.get(url),
            Verb::Post => self
                .http
                .post(url)
                .form(&form(endpoint, place, value, own, asked)),
        };
        request = request
            .header("cookie", cookies.join("; "))
            .header("origin", "null")
            .header("sec-fetch-site", "same-origin");
        request = match place {
            Place::Bearer => request.bearer_auth(value),
            // Somebody's own token, and in the address what is another's.
            _ if endpoint.pattern.starts_with("/api/") && !own.access_token.is_empty() => {
                request.bearer_auth(&own.access_token)
            }
            _ if IS_CLIENTS.iter().any(|end| endpoint.pattern.ends_with(end)) => {
                request.basic_auth(&self.app.client_id, self.app.secret.as_ref())
            }
            _ => request,
        };
        self.seen(told, asked_at, request.send().await.unwrap())
            .await
    }

    async fn seen(&self, told: &str, mut home: Url, answer: reqwest::Response) -> Outcome {
        home.set_host(Some(BANK_HOST)).unwrap();
        let status = answer.status();
        assert!(!status.is_server_error(), "{told}: {status}");
        let headers = answer.headers().clone();
        let location = headers.get(LOCATION).map(|value| value.to_str().unwrap());
        let location = location.unwrap_or_default().to_owned();
        for cookie in headers.get_all(SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            let is_taken_away = cookie.contains("Max-Age=0");
            assert!(
                !cookie.starts_with("renkei_links_") || is_taken_away,
                "{told}: {cookie}"
            );
        }
        let said = format!("{location}\n{headers:?}\n{}", answer.text().await.unwrap());
        for marker in &self.first.markers {
            assert!(!tells(&said, marker), "{told} tells {marker}:\n{said}");
        }
        for success in ["\"access_token\"", "\"active\":true", "?code=", "&code="] {
            // Sent home with its whole query, it has not been looked at.
            let is_sent_home = self.at_home == Some(false) && location.contains(BANK_HOST);
            assert!(is_sent_home || !said.contains(success), "{told}: {said}");
        }
        Outcome {
            status: status.as_u16(),
            location: if location == home.as_str() {
                "the same, at its own host".to_owned()
            } else {
                without_names(&location)
            },
        }
    }
}

/// The form of an address. Where the thing stands in the address, the tokens beside it are right; where
/// it stands in the form, it is in every field.
fn form(
    endpoint: &Endpoint,
    place: Place,
    value: &str,
    own: &Own,
    asked: Vec<(String, String)>,
) -> Vec<(String, String)> {
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    if endpoint.pattern.ends_with("/authorize") {
        let more = matches!(place, Place::Form(_)).then(|| NAMES.map(|name| pair(name, value)));
        return asked
            .into_iter()
            .chain(more.into_iter().flatten())
            .collect();
    }
    match place {
        Place::Slot(_) => {
            let is_visit = endpoint.pattern.contains("/links");
            let csrf = if is_visit { &own.visit_csrf } else { &own.csrf };
            vec![
                pair("csrf", csrf),
                pair("version", &own.version),
                pair("label", "x"),
            ]
        }
        Place::Form(grant) => {
            let mut form: Vec<_> = NAMES.iter().map(|name| pair(name, value)).collect();
            form.push(pair("grant_type", grant));
            form.push(pair("code_verifier", VERIFIER));
            form.push(pair("redirect_uri", REDIRECT_URI));
            form.push(pair("version", &own.version));
            form
        }
        _ => vec![pair("csrf", value), pair("version", &own.version)],
    }
}

/// Names of journeys differ each time.
fn without_names(location: &str) -> String {
    let mut parts = location.split("jrn_");
    let mut masked = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        masked.push_str("jrn_*");
        masked.push_str(part.trim_start_matches(|c: char| c.is_ascii_hexdigit()));
    }
    let query = masked.split_once('?').map(|(path, _)| path.to_owned());
    query.unwrap_or(masked)
}

/// Every thing at one bank, at each of its addresses.
async fn carry_to(platform: &Platform, second: &Second, bases: &[(String, Option<bool>)]) {
    let app = App::of(platform, "plain_confidential");
    assert_eq!(app.redirect_uri, REDIRECT_URI);
    let mut first = First::settle(platform).await;
    let code = first.code().await;
    let http = Client::builder().redirect(Policy::none());
    let http = http.resolve(BANK_HOST, ([127, 0, 0, 1], 0).into());
    let http = http.build().unwrap();
    let matrix = |(base, at_home): &(String, Option<bool>)| Matrix {
        http: &http,
        app: &app,
        base: base.clone(),
        at_home: *at_home,
        first: &first,
        second,
        controls: Mutex::default(),
    };
    let matrices: Vec<_> = bases.iter().map(matrix).collect();
    let mut carried = 0;
    for matrix in &matrices {
        carried += matrix.carry(&code).await;
    }
    first.redeems(&code).await;
    for thing in &first.things {
        for matrix in &matrices {
            carried += matrix.carry(thing).await;
        }
    }
    drop(matrices);
    assert!(carried > ENDPOINTS.len() * first.things.len(), "{carried}");
    certificates(platform, &first, second);
    first.finish(platform).await;
}

/// The address that asks for certificates, which has a table of its own.
fn certificates(platform: &Platform, first: &First, second: &Second) {
    let Some(errand) = &second.errand else {
        return;
    };
    let errand = Url::parse(errand).unwrap();
    let card = |name: &str| Card::read(platform.folder(), &format!("customers/{name}"));
    let presenters = [
        Presenter::default(),
        Presenter::with(card("hidashin-hida0002")),
        Presenter::with(card("sorachi-sora0001")),
    ];
    let own = of_query(errand.as_str(), "ticket");
    let journey = errand.path_segments().unwrap().next_back().unwrap();
    let port = errand.port().unwrap();
    for endpoint in CERTIFICATE_ENDPOINTS {
        let row = expected(CERTIFICATE_ROWS, endpoint.verb, endpoint.pattern);
        let is_page = row.served == Served::Pages;
        for thing in &first.things {
            let value = thing.value.as_str();
            let mut tried = vec![("sorachi", value, value)];
            if is_page {
                tried.extend([
                    ("sorachi", journey, value),
                    ("sorachi", value, own.as_str()),
                    ("hidashin", value, value),
                ]);
            }
            for (host, journey, ticket) in tried {
                let path = endpoint
                    .pattern
                    .replace("{tenant}", second.tenant)
                    .replace("{journey}", journey)
                    .replace("{name}", journey);
                let mut query = form_urlencoded::Serializer::new(String::new());
                query.append_pair("ticket", ticket);
                let query = query.finish();
                let url = format!("https://mtls.{host}.localhost:{port}{path}?{query}");
                let shown = if is_page { presenters.len() } else { 1 };
                for presenter in &presenters[..shown] {
                    let seen = presenter.get(&url);
                    assert!(row.answers.contains(&seen.status), "{url}: {seen:?}");
                    for marker in &first.markers {
                        assert!(!tells(&seen.html, marker), "{url} tells {marker}");
                    }
                }
            }
        }
    }
}

#[test]
fn every_route_has_its_expectations_and_every_expectation_its_route() {
    for (endpoints, rows) in [(ENDPOINTS, ROWS), (CERTIFICATE_ENDPOINTS, CERTIFICATE_ROWS)] {
        let mut mounted: Vec<_> = endpoints.iter().map(|e| (e.verb, e.pattern)).collect();
        let mut known: Vec<_> = rows.iter().map(|row| (row.verb, row.pattern)).collect();
        mounted.sort_unstable();
        known.sort_unstable();
        assert_eq!(mounted, known);
        known.dedup();
        assert_eq!(known.len(), rows.len(), "each once");
    }
}

#[tokio::test]
async fn what_is_hidashins_opens_nothing_at_hana() {
    let platform = platform("");
    let second = Second::settle(&platform, "hana", "2277", "hana0001").await;
    carry_to(&platform, &second, &[(platform.base_url(), None)]).await;
    second.stays_unharmed().await;
}

#[tokio::test]
async fn what_is_hidashins_opens_nothing_at_sorachi() {
    let platform = platform("");
    let second = Second::settle(&platform, "sorachi", "2019", "sora0001").await;
    carry_to(&platform, &second, &[(platform.base_url(), None)]).await;
    second.stays_unharmed().await;
}

#[tokio::test]
async fn what_is_hidashins_opens_nothing_at_mizuho() {
    let platform = platform("");
    let second = Second::settle(&platform, "mizuho", "0001", "mizu0001").await;
    carry_to(&platform, &second, &[(platform.base_url(), None)]).await;
    second.stays_unharmed().await;
}

#[tokio::test]
async fn nor_at_a_bank_with_a_host_of_its_own_there_or_at_the_platforms() {
    let platform = platform(&format!("[hosts]\nhana = \"{BANK_HOST}\"\n"));
    let second = Second::settle(&platform, "hana", "2277", "hana0001").await;
    let bases = [
        (platform.base_url(), Some(false)),
        (platform.at_host(BANK_HOST), Some(true)),
    ];
    carry_to(&platform, &second, &bases).await;
    second.stays_unharmed().await;
}

/// Names under which something of the kind is taken anywhere.
const NAMES: [&str; 11] = [
    "ticket",
    "secret",
    "code",
    "token",
    "access_token",
    "refresh_token",
    "csrf",
    "lang",
    "link",
    "journey",
    "q",
];
/// What clients ask with their secret.
const IS_CLIENTS: [&str; 3] = ["/token", "/introspect", "/revoke"];
const REDIRECT_URI: &str = "http://localhost:8090/callback";

/// Whether `marker` is said, and not just digits within something random.
fn tells(said: &str, marker: &str) -> bool {
    let is_alone = |around: Option<char>| around.is_none_or(|c| !c.is_ascii_alphanumeric());
    said.match_indices(marker).any(|(at, _)| {
        is_alone(said[..at].chars().next_back())
            && is_alone(said[at + marker.len()..].chars().next())
    })
}
