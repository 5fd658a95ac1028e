//! Mizuho's journey: 留意事項 and the method, the login, what must be in order before, the one-time
//! password, the privileges.

use renkei_bank::code_at;
use renkei_core::instant::Timestamp;
use reqwest::StatusCode;
use serde_json::Value;

use crate::app::{App, parameter};
use crate::browser::{Browser, Page};
use crate::clock::now;
use crate::platform::{Engine, Platform};

mod sent_code;

/// A customer who walks.
struct Customer {
    browser: Browser,
    known: Value,
}

impl Customer {
    fn new(platform: &Platform, login_id: &str) -> Self {
        Self {
            browser: Browser::new(),
            known: platform.customer(login_id),
        }
    }

    fn text(&self, name: &str) -> String {
        self.known[name].as_str().unwrap().to_owned()
    }

    async fn open(&mut self, app: &App) -> Page {
        let page = self.browser.open(&app.authorize(&[("bank", "0001")])).await;
        assert_eq!(page.step(), "notice", "{}", page.html);
        page
    }

    async fn agree(&mut self, page: &Page, method: &str) -> Page {
        let controls = [("agree", "agree"), ("method", method)];
        self.browser.submit(page, &controls).await
    }

    /// The login page, by way of the notice.
    async fn at_login(&mut self, app: &App) -> Page {
        let page = self.open(app).await;
        let page = self.agree(&page, "password").await;
        assert_eq!(page.step(), "login", "{}", page.html);
        page
    }

    async fn log_in(&mut self, page: &Page) -> Page {
        let (contract, user) = (self.text("contract_number"), self.text("user_id"));
        let controls = [
            ("contract_number", contract.as_str()),
            ("user_id", user.as_str()),
            ("password", &self.text("password")),
        ];
        self.browser.submit(page, &controls).await
    }

    /// Where the customer is after the password.
    async fn past_login(&mut self, app: &App) -> Page {
        let page = self.at_login(app).await;
        self.log_in(&page).await
    }

    async fn type_code(&mut self, page: &Page, code: &str) -> Page {
        self.browser.submit(page, &[("otp", code)]).await
    }

    /// The code that the customer's token shows some steps of 30 seconds ago.
    fn code(&self, steps_ago: i64) -> String {
        let at = now().millis() - steps_ago * 30_000;
        code_at(&self.text("otp_secret"), Timestamp::from_millis(at)).unwrap()
    }

    async fn allow(&mut self, page: &Page) -> Page {
        assert_eq!(page.step(), "consent", "{}", page.html);
        self.browser.submit(page, &[("agree", "continue")]).await
    }
}

/// What the page's two-dimensional code says.
fn token_code(page: &Page) -> String {
    let rest = page.html.split("id=\"token_code\">").nth(1).unwrap();
    rest.split('<').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_customer_with_a_token_walks_and_the_token_knows_whose_page_it_reads() {
    for engine in Engine::all() {
        let platform = Platform::start(engine);
        let app = App::of(&platform, "plain_confidential");
        let mut customer = Customer::new(&platform, "mizu0001");
        let page = customer.past_login(&app).await;
        assert_eq!(page.step(), "one_time_password", "{}", page.html);
        let code = token_code(&page);
        assert!(code.starts_with("2000000000,kanri001,"), "{code}");
        assert!(page.html.contains("src=\"data:image/svg+xml;base64,"));

        let shown = platform.command(&["demo", "token", &code]);
        let shown: Vec<&str> = shown.lines().collect();
        assert_eq!(shown[..2], ["2000000000", "kanri001"]);
        let page = customer.type_code(&page, shown[2]).await;
        assert!(page.html.contains("権限なし") && page.html.contains("90日間"));
        assert!(page.html.contains("許可しない"));

        // Without 確認しました nothing is allowed.
        let page = customer.browser.submit(&page, &[]).await;
        assert_eq!(page.step(), "consent");
        let end = customer.allow(&page).await;
        let tokens = app.redeem(&app.receive(&end)).await;
        assert_eq!(tokens.status, StatusCode::OK, "{tokens:?}");
        let traces = platform.traces();
        for secret in [customer.text("password"), customer.text("otp_secret")] {
            assert!(!traces.contains(&secret), "a secret was left behind");
        }
    }
}

#[tokio::test]
async fn a_one_time_password_is_good_once() {
    let platform = Platform::start(Engine::Sqlite);
    let app = App::of(&platform, "plain_confidential");
    let mut customer = Customer::new(&platform, "mizu0001");
    let page = customer.past_login(&app).await;
    let code = customer.code(0);
    let page = customer.type_code(&page, &code).await;
    assert_eq!(page.step(), "consent", "{}", page.html);

    // The same code, and those before it, in another browser.
    let mut thief = Customer::new(&platform, "mizu0001");
    let page = thief.past_login(&app).await;
    let page = thief.type_code(&page, &code).await;
    assert_eq!(
        page.step(),
        "one_time_password",
        "a used code opens nothing"
    );
    assert!(page.html.contains("すでに使われています"));
    let earlier = customer.code(2);
    let page = thief.type_code(&page, &earlier).await;
    assert_eq!(page.step(), "one_time_password", "nor does an earlier one");

    // A slow hand is not punished: the code of a minute ago is good where none was used.
    let mut slow = Customer::new(&platform, "mizu0009");
    let page = slow.past_login(&app).await;
    let code = slow.code(1);
    let page = slow.type_code(&page, &code).await;
    assert_eq!(page.step(), "consent", "{}", page.html);
}

#[tokio::test]
async fn two_who_type_the_same_code_at_once_do_not_both_get_in() {
    let platform = Platform::start(Engine::Sqlite);
    let app = App::of(&platform, "plain_confidential");
    let mut walkers = Vec::new();
    for _ in 0..4 {
        let mut customer = Customer::new(&platform, "mizu0004");
        let page = customer.past_login(&app).await;
        walkers.push((customer, page));
    }
    let code = walkers[0].0.code(0);
    let typed = walkers.iter_mut().map(|(customer, page)| {
        let (page, code) = (page.clone(), code.clone());
        async move { customer.type_code(&page, &code).await.step() }
    });
    let reached = futures_util::future::join_all(typed).await;
    let through = reached.iter().filter(|step| *step == "consent").count();
    assert_eq!(through, 1, "{reached:?}");
}

#[tokio::test]
async fn wrong_codes_lock_and_the_bank_unlocks() {
    let platform = Platform::start(Engine::Sqlite);
    let app = App::of(&platform, "plain_confidential");
    let mut customer = Customer::new(&platform, "mizu0012");
    let right = customer.code(0);
    let wrong = if right == "000000" {
        "111111"
    } else {
        "000000"
    };
    let mut page = customer.past_login(&app).await;
    for typed in ["", "12345", "12345a"] {
        page = customer.type_code(&page, typed).await;
        assert!(!page.html.contains("あと"), "no attempt at all: {typed}");
    }
    for left in (1..5).rev() {
        page = customer.type_code(&page, wrong).await;
        assert!(
            page.html.contains(&format!("あと{left}回")),
            "{}",
            page.html
        );
    }
    let page = customer.type_code(&page, wrong).await;
    assert!(
        page.html.contains("ユーザーIDがロックされています"),
        "{}",
        page.html
    );
    assert!(page.html.contains("0120-017-324") && page.html.contains("id=\"cancel\""));

    let page = customer.past_login(&app).await;
    assert!(
        page.html.contains("ユーザーIDがロックされています"),
        "still locked"
    );
    platform.command(&["demo", "set", "mizuho", "mizu0012", "unlock"]);
    let page = customer.past_login(&app).await;
    let code = customer.code(0);
    let page = customer.type_code(&page, &code).await;
    assert_eq!(page.step(), "consent", "{}", page.html);
}

#[tokio::test]
async fn the_notice_must_be_agreed_to_and_the_receipt_keeps_what_was_shown() {
    let platform = Platform::start(Engine::Sqlite);
    let app = App::of(&platform, "plain_confidential");
    let mut customer = Customer::new(&platform, "mizu0002");
    let page = customer.open(&app).await;
    assert!(
        !page.html.contains(" checked"),
        "nothing is selected beforehand"
    );
    let page = customer.browser.submit(&page, &[]).await;
    assert_eq!(page.step(), "notice");
    assert!(page.html.contains("id=\"agree-error\"") && page.html.contains("id=\"method-error\""));
    let page = customer
        .browser
        .submit(&page, &[("method", "password")])
        .await;
    assert_eq!(page.step(), "notice", "not agreed");
    let page = customer.agree(&page, "telepathy").await;
    assert_eq!(page.step(), "notice", "no such method");
    let page = customer.agree(&page, "password").await;
    assert_eq!(page.step(), "login");
    let page = customer.log_in(&page).await;
    // 固定パスワード方式: no one-time password.
    let end = customer.allow(&page).await;
    app.receive(&end);

    let text = include_bytes!("../../../../tenants/mizuho/terms/notice.ja.md");
    let digest = renkei_core::seal::sha256_hex(text);
    let traces = platform.traces();
    assert!(
        traces.contains(&format!("\"digest\":\"{digest}\"")),
        "the digest is kept"
    );
    assert!(traces.contains("\"version\":\"2024-06-10\""));
}

#[tokio::test]
async fn each_precondition_refuses_in_its_own_words_until_it_is_met() {
    let platform = Platform::start(Engine::Sqlite);
    let app = App::of(&platform, "plain_confidential");
    for (login_id, word, told) in [
        ("mizu0005", "initial_setup", "初期設定が完了していない"),
        (
            "mizu0006",
            "one_time_password_unregistered",
            "OTP 利用開始登録が完了していない",
        ),
        (
            "mizu0008",
            "password_expired",
            "ログインパスワードの有効期限が切れている",
        ),
    ] {
        let mut customer = Customer::new(&platform, login_id);
        let page = customer.past_login(&app).await;
        assert!(page.html.contains(told), "{login_id}: {}", page.html);
        assert!(page.html.contains("みずほe-ビジネスサイトヘルプデスク"));
        let end = customer.browser.cancel(&page).await;
        let location = end.location().unwrap();
        assert_eq!(
            parameter(&location, "error").as_deref(),
            Some("access_denied")
        );

        let lever = format!("hurdle=-{word}");
        platform.command(&["demo", "set", "mizuho", login_id, &lever]);
        let page = customer.past_login(&app).await;
        assert!(
            ["consent", "one_time_password"].contains(&page.step().as_str()),
            "{login_id}"
        );
    }
    // The fourth needs a certificate to be reached; the lever puts it in anybody's way.
    let lever = [
        "demo",
        "set",
        "mizuho",
        "mizu0010",
        "hurdle=+certificate_expired",
    ];
    platform.command(&lever);
    let mut customer = Customer::new(&platform, "mizu0010");
    let page = customer.past_login(&app).await;
    assert!(
        page.html.contains("証明書の有効期限が切れている"),
        "{}",
        page.html
    );
    platform.command(&["demo", "set", "mizuho", "mizu0009", "otp=unregistered"]);
    let page = Customer::new(&platform, "mizu0009").past_login(&app).await;
    assert!(page.html.contains("OTP 利用開始登録が完了していない"));
}

#[tokio::test]
async fn who_needs_a_certificate_does_not_get_in_without_one() {
    let platform = Platform::start(Engine::Sqlite);
    let app = App::of(&platform, "plain_confidential");
    let mut customer = Customer::new(&platform, "mizu0003");
    let page = customer.past_login(&app).await;
    assert!(
        page.html.contains("ご利用中のご契約のものと異なります"),
        "{}",
        page.html
    );
    // The other method leads to the page before the browser's window.
    let page = customer.open(&app).await;
    let page = customer.agree(&page, "certificate").await;
    assert_eq!(page.step(), "certificate", "{}", page.html);
    assert!(page.html.contains("認証用の証明書の選択"));
}

#[tokio::test]
async fn a_service_works_from_the_moment_the_administrator_grants_it() {
    let platform = Platform::start(Engine::Sqlite);
    let app = App::of(&platform, "plain_confidential");
    let mut customer = Customer::new(&platform, "mizu0001");
    let page = customer.past_login(&app).await;
    let code = customer.code(0);
    let page = customer.type_code(&page, &code).await;
    let end = customer.allow(&page).await;
    let tokens = app.redeem(&app.receive(&end)).await;
    let token = tokens.text("access_token");
    let account = customer.known["accounts"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let (balances, lines) = (
        format!("/accounts/{account}/balances"),
        format!("/accounts/{account}/transactions"),
    );
    assert_eq!(app.read(&token, &lines).await.status, StatusCode::OK);
    let denied = app.read(&token, &balances).await;
    assert_eq!(denied.status, StatusCode::FORBIDDEN);
    assert!(
        denied.text("type").ends_with("privilege-missing"),
        "{denied:?}"
    );

    let set = |change: &str| platform.command(&["demo", "set", "mizuho", "mizu0001", change]);
    set("privilege=balances:granted");
    assert_eq!(app.read(&token, &balances).await.status, StatusCode::OK);
    set("privilege=transactions:none");
    assert_eq!(app.read(&token, &lines).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn all_services_of_the_supplement_can_be_consented_to() {
    let platform = Platform::start(Engine::Sqlite);
    let app = App::of(&platform, "plain_confidential");
    let mut customer = Customer::new(&platform, "mizu0002");
    let all = "accounts balances transactions transfer_requests payroll_requests transfer_status";
    let url = app.authorize(&[("bank", "0001"), ("scope", all)]);
    let page = customer.browser.open(&url).await;
    let page = customer.agree(&page, "password").await;
    let page = customer.log_in(&page).await;
    assert_eq!(
        page.html.matches("権限あり(特権承認者権限)</span>").count(),
        2
    );
    let end = customer.allow(&page).await;
    let tokens = app.redeem(&app.receive(&end)).await;
    assert_eq!(
        tokens.text("scope"),
        "accounts balances payroll_requests transactions transfer_requests transfer_status"
    );
}

#[tokio::test]
async fn a_new_password_ends_the_link_within_its_period() {
    let platform = Platform::start(Engine::Sqlite);
    let app = App::of(&platform, "plain_confidential");
    let mut customer = Customer::new(&platform, "mizu0010");
    let page = customer.past_login(&app).await;
    let end = customer.allow(&page).await;
    let tokens = app.redeem(&app.receive(&end)).await;
    let token = tokens.text("access_token");
    assert_eq!(app.read(&token, "/accounts").await.status, StatusCode::OK);
    platform.command(&["demo", "set", "mizuho", "mizu0010", "password=Harbour99x"]);
    let dead = app.read(&token, "/accounts").await;
    assert_eq!(dead.status, StatusCode::UNAUTHORIZED);
}
