//! The people of the matrix: one at Hidashin, to whom everything belongs that is carried elsewhere, and
//! one at the bank it is carried to.

use std::collections::BTreeMap;

use reqwest::StatusCode;
use url::Url;

use crate::app::{App, parameter};
use crate::browser::{BANK_HOST, Browser, Page};
use crate::journey::Customer;
use crate::links;
use crate::platform::{Platform, free_port};
use crate::tls::{Card, Presenter};

/// Something that belongs to somebody: a name in an address, a secret, a cookie.
#[derive(Clone, Debug)]
pub(super) struct Thing {
    pub(super) name: &'static str,
    pub(super) value: String,
    /// Of the same shape, and never issued by anybody.
    pub(super) made_up: String,
}

impl Thing {
    pub(super) fn new(name: &'static str, value: &str) -> Self {
        Self {
            name,
            value: value.to_owned(),
            made_up: made_up(value),
        }
    }
}

/// Another word of the same shape.
fn made_up(value: &str) -> String {
    match value.split_once('_') {
        Some((prefix @ ("jrn" | "lnk" | "cns"), _)) => {
            format!("{prefix}_0192f0c1d2e37a4b8c9d0e1f2a3b4c5d")
        }
        _ if value.chars().all(|c| c.is_ascii_digit()) => "9".repeat(value.len()),
        _ if value.chars().all(|c| c.is_ascii_hexdigit()) => "0".repeat(value.len()),
        _ => value
            .chars()
            .map(|c| if c == 'z' { 'y' } else { 'z' })
            .collect(),
    }
}

/// What a person's own addresses, forms and cookies are filled with.
#[derive(Clone, Debug, Default)]
pub(super) struct Own {
    pub(super) slots: BTreeMap<&'static str, String>,
    pub(super) cookies: BTreeMap<String, String>,
    /// The token and the version of the journey's form, and the token of the visit's.
    pub(super) csrf: String,
    pub(super) version: String,
    pub(super) visit_csrf: String,
    /// Good at the data interface; empty when they have none.
    pub(super) access_token: String,
}

impl Own {
    /// The value of a variable segment.
    pub(super) fn slot(&self, name: &str) -> String {
        self.slots.get(name).cloned().unwrap_or_else(|| match name {
            "link" => "lnk_0192f0c1d2e37a4b8c9d0e1f2a3b4c5d".to_owned(),
            "consent" => "cns_0192f0c1d2e37a4b8c9d0e1f2a3b4c5d".to_owned(),
            "name" => "page.css".to_owned(),
            "page" => "ja-login-first".to_owned(),
            _ => "nothing".to_owned(),
        })
    }

    fn with_journey(&mut self, page: &Page) {
        let mut segments = page.url.path_segments().unwrap().skip(2);
        let mut next = || segments.next().unwrap().to_owned();
        self.slots.insert("journey", next());
        self.slots.insert("stop", next());
        self.csrf = page.hidden("csrf");
        self.version = page.hidden("version");
    }
}

/// A platform that asks for certificates.
pub(super) fn platform(more: &str) -> Platform {
    let listen = format!("127.0.0.1:{}", free_port());
    let settings = [("RENKEI__CERTIFICATE__LISTEN", listen.as_str())];
    Platform::start_with_settings(&settings, |platform| {
        platform.command(&["demo", "certificates"]);
        if !more.is_empty() {
            std::fs::write(platform.folder().join("renkei.toml"), more).unwrap();
        }
    })
}

/// Opens an address, also when it leads to a bank's own host.
pub(super) async fn open(browser: &mut Browser, url: &str) -> Page {
    let page = browser.open(url).await;
    match page.location() {
        Some(next) if next.host_str() == Some(BANK_HOST) => browser.open(next.as_str()).await,
        _ => page,
    }
}

/// Everything of Hidashin's customers that could be carried to another bank. Each thing is of a
/// journey of its own, so that one does not spoil the other.
pub(super) struct First {
    pub(super) own: Own,
    pub(super) things: Vec<Thing>,
    /// What no answer of another bank may say.
    pub(super) markers: Vec<String>,
    linked: Customer,
    tokens: [(App, crate::app::Answer); 2],
    walking: (Customer, Page),
    sent_away: (Customer, String),
    presented: (Customer, String),
    coded: Customer,
}

impl First {
    pub(super) async fn settle(platform: &Platform) -> Self {
        let shared = App::of(platform, "plain_confidential");
        let home = shared.clone().at_bank("hidashin");
        let mut linked = Customer::new(platform, "hida0001");
        let tokens = linked.link(&home).await;
        let mut own = Own::default();
        let list = links::enter(platform, &mut linked).await;
        own.visit_csrf = list.hidden("csrf");
        let link = tokens.text("link_id");
        let one = linked.browser.open(&format!("{}/{link}", list.url)).await;
        let consent = one.html.split("/consents/").nth(1).unwrap();
        let consent = consent.split('"').next().unwrap().to_owned();
        let account = linked.known["accounts"][0]["id"]
            .as_str()
            .unwrap()
            .to_owned();
        own.slots
            .extend([("link", link), ("consent", consent), ("account", account)]);

        let mut other = Customer::new(platform, "hida0003");
        let of_shared = other.link(&shared).await;

        let mut walking = Customer::new(platform, "hida0008");
        let page = walking.browser.open(&home.authorize(&STATE)).await;
        let page = walking.log_in(&page).await;
        assert_eq!(page.step(), "security_question");
        own.with_journey(&page);

        let mut sent_away = Customer::new(platform, "hida0002");
        let ticket = errand(&mut sent_away, &shared.authorize(&STATE)).await;
        let mut presented = Customer::new(platform, "hida0005");
        let address = errand(&mut presented, &shared.authorize(&STATE)).await;
        let back = present(platform, "hidashin-hida0005", &address);

        let coded = Customer::new(platform, "hida0007");
        let mut jars = [&linked, &walking, &sent_away, &presented];
        jars.reverse();
        for customer in jars {
            own.cookies.extend(customer.browser.cookies().clone());
        }
        let cookie = |name: &str| own.cookies[name].clone();
        let handle = cookie(&format!("renkei_{}", own.slot("journey")));
        let things = vec![
            Thing::new("journey", &own.slot("journey")),
            Thing::new("step", &own.slot("stop")),
            Thing::new("ticket", &of_query(&ticket, "ticket")),
            Thing::new("secret", &of_query(&back, "secret")),
            Thing::new("link", &own.slot("link")),
            Thing::new("consent", &own.slot("consent")),
            Thing::new("account", &own.slot("account")),
            Thing::new("token of a form", &own.csrf),
            Thing::new("token of a visit's form", &own.visit_csrf),
            Thing::new("cookie of a journey", &handle),
            Thing::new("cookie of a visit", &cookie("renkei_links_hidashin")),
            Thing::new("cookie of the chooser", &cookie("renkei_bank")),
            Thing::new(ACCESS_TOKEN, &tokens.text("access_token")),
            Thing::new("refresh token", &tokens.text("refresh_token")),
            Thing::new(SHARED[0], &of_shared.text("access_token")),
            Thing::new(SHARED[1], &of_shared.text("refresh_token")),
        ];
        let markers = markers(&[&linked, &other, &walking, &sent_away, &presented, &coded]);
        Self {
            own,
            things,
            markers,
            linked,
            tokens: [(home, tokens), (shared, of_shared)],
            walking: (walking, page),
            sent_away: (sent_away, ticket),
            presented: (presented, back),
            coded,
        }
    }

    /// A code, which is good for a minute.
    pub(super) async fn code(&mut self) -> Thing {
        let home = &self.tokens[0].0;
        let page = self.coded.browser.open(&home.authorize(&STATE)).await;
        let end = self.coded.walk(page).await;
        Thing::new(
            "code",
            &parameter(&end.location().unwrap(), "code").unwrap(),
        )
    }

    /// The code is still good at home.
    pub(super) async fn redeems(&self, code: &Thing) {
        let tokens = self.tokens[0].0.redeem(&code.value).await;
        assert_eq!(tokens.status, StatusCode::OK, "{tokens:?}");
    }

    /// Everything that was carried about is good at home, and every journey finishes.
    pub(super) async fn finish(mut self, platform: &Platform) {
        for (app, tokens) in &self.tokens {
            let told = app.introspect(&tokens.text("access_token")).await;
            assert_eq!(told.body["active"], true, "{told:?}");
            let fresh = app.refresh(&tokens.text("refresh_token")).await;
            assert_eq!(fresh.status, StatusCode::OK, "{fresh:?}");
            links::is_alive(app, tokens).await;
        }
        let address = format!("{}/hidashin/links", platform.base_url());
        let list = self.linked.browser.open(&address).await;
        assert_eq!(list.step(), "links", "the visit stands");
        assert!(list.html.contains("id=\"live\""), "{}", list.html);
        let (mut walking, page) = self.walking;
        let page = walking.browser.open(page.url.as_str()).await;
        assert_eq!(
            (page.step(), page.hidden("version")),
            (self.own.slot("stop"), self.own.version)
        );
        arrives(&walking.walk(page).await);
        let (mut sent_away, ticket) = self.sent_away;
        let back = present(platform, "hidashin-hida0002", &ticket);
        for (customer, back) in [
            (&mut sent_away, back),
            (&mut self.presented.0, self.presented.1),
        ] {
            let page = customer.browser.open(&back).await;
            assert!(!page.html.contains("name=\"login_id\""), "{}", page.html);
            let password = customer.text("password");
            let page = customer
                .browser
                .submit(&page, &[("password", &password)])
                .await;
            arrives(&customer.walk(page).await);
        }
    }
}

/// What is known of these people and of their journeys.
fn markers(customers: &[&Customer]) -> Vec<String> {
    let mut markers = vec![STATE[0].1.to_owned()];
    for customer in customers {
        markers.push(customer.text("name"));
        let accounts = customer.known["accounts"].as_array().unwrap().iter();
        markers.extend(accounts.map(|a| a["number"].as_str().unwrap().to_owned()));
    }
    markers
}

fn arrives(end: &Page) {
    let location = end.location().unwrap();
    assert!(parameter(&location, "code").is_some(), "{location}");
    assert_eq!(parameter(&location, "state").as_deref(), Some(STATE[0].1));
}

/// Presses 電子証明書ログイン: where the browser is sent.
async fn errand(customer: &mut Customer, url: &str) -> String {
    let page = customer.browser.open(url).await;
    let away = customer.browser.post(&page, &[("certificate", "1")]).await;
    away.location().unwrap().to_string()
}

fn present(platform: &Platform, card: &str, address: &str) -> String {
    let card = Card::read(platform.folder(), &format!("customers/{card}"));
    let seen = Presenter::with(card).get(address);
    assert_eq!(seen.status, 303, "{seen:?}");
    seen.location()
}

pub(super) fn of_query(address: &str, name: &str) -> String {
    parameter(&Url::parse(address).unwrap(), name).unwrap()
}

/// Somebody at another bank, with a journey under way.
pub(super) struct Second {
    pub(super) tenant: &'static str,
    pub(super) code: &'static str,
    pub(super) own: Own,
    /// Where the certificate is asked for, on a second journey.
    pub(super) errand: Option<String>,
    page: Page,
    browser: Browser,
    linked: Option<(Customer, App, crate::app::Answer)>,
}

impl Second {
    pub(super) async fn settle(
        platform: &Platform,
        tenant: &'static str,
        code: &'static str,
        login_id: &str,
    ) -> Self {
        let app = App::of(platform, "plain_confidential");
        let address = app.authorize(&[("bank", code)]);
        let mut customer = Customer::new(platform, login_id);
        let mut own = Own::default();
        let mut linked = None;
        let mut sent_to = None;
        if tenant == "hana" {
            let page = open(&mut customer.browser, &address).await;
            let end = customer.walk(page).await;
            let tokens = app.redeem(&app.receive(&end)).await;
            own.access_token = tokens.text("access_token");
            let account = customer.known["accounts"][0]["id"]
                .as_str()
                .unwrap()
                .to_owned();
            own.slots
                .extend([("link", tokens.text("link_id")), ("account", account)]);
            let list = format!("{}/hana/links", platform.base_url());
            let mut page = open(&mut customer.browser, &list).await;
            while page.step() != "links" {
                page = customer.go_on(&page).await;
            }
            own.visit_csrf = page.hidden("csrf");
            linked = Some((customer, app, tokens));
        }
        if tenant == "sorachi" {
            let mut away = Customer::new(platform, login_id);
            sent_to = Some(errand(&mut away, &address).await);
        }
        let mut browser = linked
            .as_ref()
            .map_or_else(Browser::new, |(c, ..)| c.browser.clone());
        let page = open(&mut browser, &address).await;
        own.with_journey(&page);
        own.cookies = browser.cookies().clone();
        Self {
            tenant,
            code,
            own,
            errand: sent_to,
            page,
            browser,
            linked,
        }
    }

    /// Nothing of theirs has moved.
    pub(super) async fn stays_unharmed(mut self) {
        let page = self.browser.open(self.page.url.as_str()).await;
        assert_eq!(page.step(), self.page.step(), "{}", page.html);
        assert_eq!(page.hidden("version"), self.own.version);
        if let Some((mut customer, app, tokens)) = self.linked {
            links::is_alive(&app, &tokens).await;
            let mut list = self.page.url.clone();
            list.set_path("/hana/links");
            let list = customer.browser.open(list.as_str()).await;
            assert!(list.html.contains("id=\"live\""), "{}", list.html);
        }
    }
}

/// What Hidashin's customers were sent with.
const STATE: [(&str, &str); 1] = [("state", "state-of-the-first-person")];
/// Of the bank's own issuer, good at the data interface.
pub(super) const ACCESS_TOKEN: &str = "access token";
/// Issued at the address that all banks share: good there, and at no bank's own.
pub(super) const SHARED: [&str; 2] = ["access token of all banks", "refresh token of all banks"];
