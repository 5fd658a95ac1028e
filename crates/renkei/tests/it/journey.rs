//! Hidashin's journey, page by page, as a customer walks it.

use reqwest::StatusCode;
use serde_json::Value;

use crate::app::{App, parameter};
use crate::browser::{Browser, Page};
use crate::mail::mail_with;
use crate::platform::{Engine, Platform};

/// A customer who walks.
pub(crate) struct Customer {
    pub(crate) browser: Browser,
    pub(crate) known: Value,
}

impl Customer {
    pub(crate) fn new(platform: &Platform, login_id: &str) -> Self {
        Self {
            browser: Browser::new(),
            known: platform.customer(login_id),
        }
    }

    pub(crate) fn text(&self, name: &str) -> String {
        self.known[name].as_str().unwrap().to_owned()
    }

    pub(crate) async fn log_in(&mut self, page: &Page) -> Page {
        let (id, password) = (self.text("login_id"), self.text("password"));
        self.browser
            .submit(page, &[("login_id", &id), ("password", &password)])
            .await
    }

    pub(crate) async fn answer(&mut self, page: &Page) -> Page {
        let answer = self.text("answer");
        self.browser.submit(page, &[("answer", &answer)]).await
    }

    /// What the customer types into the page that is shown, whichever it is.
    pub(crate) fn controls(&self, page: &Page) -> Vec<(String, String)> {
        let pair = |n: &str, v: &str| (n.to_owned(), v.to_owned());
        match page.step().as_str() {
            "login" => vec![
                pair("login_id", &self.text("login_id")),
                pair("password", &self.text("password")),
            ],
            "digits" => {
                let number = self.text("user_number");
                let digit = |name: &String| {
                    let position: usize = name.rsplit('-').next().unwrap().parse().unwrap();
                    pair(name, &number[position - 1..position])
                };
                page.names("digit-").iter().map(digit).collect()
            }
            "security_question" => vec![pair("answer", &self.text("answer"))],
            "service_selection" => page
                .values("scope")
                .iter()
                .map(|scope| pair("scope", scope))
                .collect(),
            "inquiry_pin" => self.pins(page),
            "inquiry_pin_result" => vec![pair("action", "continue")],
            "consent" | "payment_confirmation" => vec![pair("agree", "continue")],
            // Where a fee is paid from.
            "account_selection" => vec![pair("account", &page.values("account")[0])],
            other => panic!("nothing is known to type at `{other}`:\n{}", page.html),
        }
    }

    /// Ticks every account that can be, with the PIN on file.
    pub(crate) fn pins(&self, page: &Page) -> Vec<(String, String)> {
        let accounts = self.known["accounts"].as_array().unwrap();
        let mut controls = Vec::new();
        for id in page.values("account") {
            let account = accounts
                .iter()
                .find(|account| account["id"] == id.as_str())
                .unwrap();
            let pin = account["inquiry_pin"].as_str().unwrap();
            controls.push(("account".to_owned(), id.clone()));
            controls.push((format!("pin.{id}"), pin.to_owned()));
        }
        controls
    }

    /// Types what the page that is shown asks for, and presses its button.
    pub(crate) async fn go_on(&mut self, page: &Page) -> Page {
        let controls = self.controls(page);
        self.send(page, &controls).await
    }

    /// Sends controls that were made up.
    pub(crate) async fn send(&mut self, page: &Page, controls: &[(String, String)]) -> Page {
        let controls: Vec<_> = controls
            .iter()
            .map(|(n, v)| (n.as_str(), v.as_str()))
            .collect();
        self.browser.submit(page, &controls).await
    }

    /// Walks to the end, from wherever the page is; the redirect to the app.
    pub(crate) async fn walk(&mut self, mut page: Page) -> Page {
        for _ in 0..12 {
            if page.status == StatusCode::SEE_OTHER {
                return page;
            }
            page = self.go_on(&page).await;
        }
        panic!("no end of the journey at {}:\n{}", page.url, page.html);
    }

    /// A whole link: the tokens.
    pub(crate) async fn link(&mut self, app: &App) -> crate::app::Answer {
        let page = self.browser.open(&app.authorize(&[])).await;
        let end = self.walk(page).await;
        let tokens = app.redeem(&app.receive(&end)).await;
        assert_eq!(tokens.status, StatusCode::OK, "{tokens:?}");
        tokens
    }
}

#[tokio::test]
async fn a_customer_walks_all_six_screens_on_both_engines() {
    for engine in Engine::all() {
        let platform = Platform::start(engine);
        let app = App::of(&platform, "plain_confidential");
        let mut customer = Customer::new(&platform, "hida0001");
        let mut page = customer.browser.open(&app.authorize(&[])).await;
        let mut seen = Vec::new();
        while page.status != StatusCode::SEE_OTHER {
            assert_eq!(page.status, StatusCode::OK, "{}", page.html);
            let policy = page.headers["content-security-policy"].to_str().unwrap();
            assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"));
            assert_eq!(page.headers["cache-control"], "no-store");
            seen.push(page.step());
            page = customer.go_on(&page).await;
        }
        assert_eq!(
            seen,
            [
                "login",
                "security_question",
                "service_selection",
                "inquiry_pin",
                "inquiry_pin_result",
                "consent"
            ]
        );
        let tokens = app.redeem(&app.receive(&page)).await;
        assert_eq!(tokens.text("scope"), "accounts balances transactions");
        assert!(tokens.text("link_id").starts_with("lnk_"));
        assert_eq!(tokens.body["expires_in"], 600);
        let accounts = app.read(&tokens.text("access_token"), "/accounts").await;
        assert_eq!(accounts.body["accounts"].as_array().unwrap().len(), 4);

        // The second time the browser is known and every account registered: no question, no PINs.
        let mut page = customer.browser.open(&app.authorize(&[])).await;
        let mut seen = Vec::new();
        while page.status != StatusCode::SEE_OTHER {
            seen.push(page.step());
            page = customer.go_on(&page).await;
        }
        assert_eq!(seen, ["login", "service_selection", "consent"]);
        let renewed = app.redeem(&app.receive(&page)).await;
        assert_eq!(
            renewed.text("link_id"),
            tokens.text("link_id"),
            "a renewal keeps the link's id"
        );
        let before = app.read(&tokens.text("access_token"), "/accounts").await;
        assert_eq!(
            before.status,
            StatusCode::UNAUTHORIZED,
            "earlier tokens die with the new code"
        );
        assert!(platform.command(&["audit", "verify"]).contains("unbroken"));
        for secret in [
            customer.text("password"),
            tokens.text("access_token"),
            tokens.text("refresh_token"),
        ] {
            assert!(
                !platform.traces().contains(&secret),
                "a secret was left behind"
            );
        }
    }
}

#[tokio::test]
async fn every_page_has_a_way_back_that_tells_the_app() {
    let platform = Platform::start(Engine::Sqlite);
    let app = App::of(&platform, "plain_confidential");
    for stop in 0..6 {
        let mut customer = Customer::new(&platform, "hida0002");
        let mut page = customer.browser.open(&app.authorize(&[])).await;
        for _ in 0..stop {
            page = customer.go_on(&page).await;
        }
        let end = customer.browser.cancel(&page).await;
        assert_eq!(end.status, StatusCode::SEE_OTHER, "{}", page.step());
        let location = end.location().unwrap();
        assert_eq!(
            parameter(&location, "error").as_deref(),
            Some("access_denied")
        );
        assert_eq!(parameter(&location, "iss"), Some(app.issuer.clone()));
        // A PIN that was staged is gone with the journey: the next one asks for it again.
        let again = customer.browser.open(page.url.as_str()).await;
        assert!(again.html.contains("</html>") && !again.html.contains("panicked"));
    }
}

#[tokio::test]
async fn a_wrong_pin_stays_unregistered_and_the_right_one_is_staged() {
    let platform = Platform::start(Engine::Sqlite);
    let app = App::of(&platform, "plain_public");
    let mut customer = Customer::new(&platform, "hida0002");
    let page = customer.browser.open(&app.authorize(&[])).await;
    let page = customer.log_in(&page).await;
    let page = customer.answer(&page).await;
    assert_eq!(
        page.step(),
        "inquiry_pin",
        "this client is registered without a choice of services"
    );
    let mut controls = customer.pins(&page);
    controls[1].1 = if controls[1].1 == "0000" {
        "1111".to_owned()
    } else {
        "0000".to_owned()
    };
    let page = customer.send(&page, &controls).await;
    assert_eq!(page.step(), "inquiry_pin");
    assert!(page.html.contains("登録済み*"), "the right one is staged");
    assert_eq!(
        page.values("account").len(),
        1,
        "only the wrong one can be ticked again"
    );
    // A PIN typed into a row that is not ticked is not passed over.
    let control = format!("pin.{}", page.values("account")[0]);
    let page = customer.browser.submit(&page, &[(&control, "1234")]).await;
    assert_eq!(page.step(), "inquiry_pin");
    // Nothing ticked goes on, since one is staged.
    let page = customer.browser.submit(&page, &[]).await;
    assert_eq!(page.step(), "inquiry_pin_result");
    let page = customer
        .browser
        .submit(&page, &[("action", "register_more")])
        .await;
    assert_eq!(page.step(), "inquiry_pin", "and back to register more");
    let page = customer.browser.submit(&page, &[]).await;
    let end = customer.walk(page).await;
    let tokens = app.redeem(&app.receive(&end)).await;
    let accounts = app.read(&tokens.text("access_token"), "/accounts").await;
    assert_eq!(
        accounts.body["accounts"].as_array().unwrap().len(),
        1,
        "the link covers what is registered"
    );
}

#[tokio::test]
async fn nothing_chosen_and_nothing_agreed_are_said_on_the_page() {
    let platform = Platform::start(Engine::Sqlite);
    let app = App::of(&platform, "plain_confidential");
    let mut customer = Customer::new(&platform, "hida0003");
    let page = customer.browser.open(&app.authorize(&[])).await;
    let empty = customer
        .browser
        .submit(&page, &[("login_id", "hida0003"), ("password", "")])
        .await;
    assert!(
        empty.html.contains("value=\"hida0003\""),
        "what was typed is kept, the secret excepted"
    );
    let page = customer.log_in(&empty).await;
    let page = customer.answer(&page).await;
    let page = customer.browser.submit(&page, &[]).await;
    assert_eq!(page.step(), "service_selection");
    let page = customer
        .browser
        .submit(&page, &[("scope", "balances")])
        .await;
    let page = customer.browser.submit(&page, &[]).await;
    assert_eq!(
        page.step(),
        "inquiry_pin",
        "no account yet: the page says what is missing"
    );
    let controls = customer.pins(&page);
    let page = customer.send(&page, &controls).await;
    let page = customer
        .browser
        .submit(&page, &[("action", "continue")])
        .await;
    let page = customer.browser.submit(&page, &[]).await;
    assert_eq!(page.step(), "consent");
    let end = customer
        .browser
        .submit(&page, &[("agree", "continue")])
        .await;
    let tokens = app.redeem(&app.receive(&end)).await;
    assert_eq!(
        tokens.text("scope"),
        "accounts balances",
        "the granted scope is what was chosen"
    );
    let denied = app
        .read(
            &tokens.text("access_token"),
            &format!("/accounts/{}/transactions", account(&customer, 0)),
        )
        .await;
    assert_eq!(denied.status, StatusCode::FORBIDDEN);
    assert!(denied.challenge.unwrap().contains("insufficient_scope"));
}

#[tokio::test]
async fn a_consent_is_told_by_mail_in_both_languages() {
    let platform = Platform::start(Engine::Sqlite);
    let app = App::of(&platform, "plain_confidential");
    Customer::new(&platform, "hida0001").link(&app).await;
    let body = mail_with(&platform, "かけはし会計").await;
    assert!(
        body.contains("かけはし会計") && body.contains("Hidashin Credit Union"),
        "{body}"
    );
    assert!(!body.contains("http"), "no link in it");
}

/// The id of a customer's account.
pub(crate) fn account(customer: &Customer, index: usize) -> String {
    customer.known["accounts"][index]["id"]
        .as_str()
        .unwrap()
        .to_owned()
}
