//! A fifth bank, invented for the tests, whose journey walks every kind of step that the shipped banks
//! do not use.

use std::collections::BTreeSet;

use renkei_bank::code_at;
use renkei_core::step::kinds::NAMES;
use reqwest::StatusCode;
use url::Url;

use crate::app::{App, parameter};
use crate::browser::{Browser, Page};
use crate::clock::now;
use crate::platform::{Engine, Platform};

mod sent_code;

/// Somebody at a browser.
struct Walker<'a> {
    platform: &'a Platform,
    browser: Browser,
    id: &'static str,
}

impl<'a> Walker<'a> {
    fn new(platform: &'a Platform, id: &'static str) -> Self {
        Self {
            platform,
            browser: Browser::new(),
            id,
        }
    }

    /// Opens the bank from the app and logs in with a cash card.
    async fn log_in(&mut self, app: &App, card: [&str; 3]) -> Page {
        let page = self.browser.open(&app.authorize(&[("bank", "9990")])).await;
        let page = self.press(&page, "notice", &[("agree", "agree")]).await;
        self.show_card(&page, card).await
    }

    async fn show_card(&mut self, page: &Page, [branch, account, pin]: [&str; 3]) -> Page {
        assert_eq!(page.step(), "login", "{}", page.html);
        let card = [
            ("branch_code", branch),
            ("account_number", account),
            ("password", pin),
        ];
        self.browser.submit(page, &card).await
    }

    async fn press(&mut self, page: &Page, step: &str, controls: &[(&str, &str)]) -> Page {
        assert_eq!(page.step(), step, "{}", page.html);
        self.browser.submit(page, controls).await
    }

    fn change(&self, what: &str) {
        self.platform
            .command(&["demo", "set", "musashino", self.id, what]);
    }

    /// The other device, or the telephone: whether it takes the answer.
    fn elsewhere(&self, more: &[&str]) -> bool {
        let mut args = vec!["demo", "approve", "musashino", self.id];
        args.extend(more);
        self.platform.try_command(&args).0
    }

    fn events(&self) -> String {
        self.platform.command(&["audit", "show"])
    }
}

/// The code in the link that leads back to the app.
fn code_of(page: &Page, app: &App) -> String {
    assert_eq!(page.status, StatusCode::OK, "{}", page.html);
    let link = Url::parse(&page.link("continue")).unwrap();
    assert!(link.as_str().starts_with(&app.redirect_uri), "{link}");
    assert_eq!(parameter(&link, "iss"), Some(app.issuer.clone()));
    parameter(&link, "code").unwrap()
}

fn numbers(answer: &crate::app::Answer) -> Vec<&str> {
    let accounts = answer.body["accounts"].as_array().unwrap();
    let number = |account: &'_ serde_json::Value| account["account_number"].as_str().is_some();
    assert!(accounts.iter().all(number), "{answer:?}");
    accounts
        .iter()
        .map(|account| account["account_number"].as_str().unwrap())
        .collect()
}

/// The characters that the page shows for an authenticator.
fn secret_of(page: &Page) -> String {
    let shown = page.html.split("<code id=\"secret\">").nth(1).unwrap();
    let shown = shown.split("</code>").next().unwrap();
    let groups = shown.split("<span>").skip(1);
    let secret: String = groups
        .map(|group| group.split('<').next().unwrap())
        .collect();
    assert_eq!(secret.len(), 32, "{shown}");
    secret
}

/// First with two answers that differ.
async fn register_a_question(walker: &mut Walker<'_>, page: &Page) -> Page {
    let question = [
        ("question", "出身地は？"),
        ("answer", "ムサシノ"),
        ("answer_again", "むさしの"),
    ];
    let page = walker.press(page, "registration", &question).await;
    assert!(page.html.contains("2回の回答が一致しません"));
    assert!(
        !page.html.contains("ムサシノ"),
        "what was typed is not shown again"
    );
    let question = [
        ("question", "出身地は？"),
        ("answer", "ムサシノ"),
        ("answer_again", "ﾑｻｼﾉ"),
    ];
    walker.press(&page, "registration", &question).await
}

/// First without the number of the page, then with another.
async fn approve_on_the_device(walker: &mut Walker<'_>, page: &Page) -> Page {
    assert_eq!(page.step(), "out_of_band", "{}", page.html);
    assert!(page.html.contains("<noscript><meta http-equiv=\"refresh\""));
    let number = page.words("number");
    let again = walker.browser.open(page.url.as_str()).await;
    assert_eq!(again.words("number"), number, "asked once");
    assert!(!walker.elsewhere(&[]), "the device asks for the number");
    let wrong = if number == "10" { "11" } else { "10" };
    assert!(!walker.elsewhere(&["--number", wrong]));
    let page = walker
        .press(&again, "out_of_band", &[("action", "look")])
        .await;
    assert!(page.html.contains("まだ承認されていません"));
    assert!(walker.elsewhere(&["--number", &number]));
    walker.browser.open(page.url.as_str()).await
}

#[tokio::test]
async fn a_customer_with_everything_in_the_way_gets_through_on_both_engines() {
    for engine in Engine::all() {
        let platform = Platform::start_with_bank(engine, "musashino");
        let app = App::of(&platform, "plain_confidential");
        let mut walker = Walker::new(&platform, "musa0001");
        let page = walker.log_in(&app, ["1", "1000001", "4711"]).await;

        let page = walker.press(&page, "permission_gate", &[]).await;
        assert!(page.html.contains("まだ許可されていません"));
        walker.change("permit=permission_missing");
        let page = walker.press(&page, "permission_gate", &[]).await;

        let page = walker.press(&page, "session_conflict", &[("action", "continue")]);
        let page = page.await;
        assert_eq!(page.link("mend"), "https://musashino.example/password");
        let page = walker
            .press(&page, "interstitial", &[("action", "continue")])
            .await;
        assert!(page.html.contains("パスワードはまだ変更されていません"));
        let page = walker
            .press(&page, "interstitial", &[("action", "skip")])
            .await;
        let page = walker
            .press(&page, "interstitial-2", &[("action", "skip")])
            .await;

        let page = register_a_question(&mut walker, &page).await;
        let page = approve_on_the_device(&mut walker, &page).await;

        assert_eq!(page.step(), "account_selection");
        let free = page.values("account");
        assert_eq!(
            free.len(),
            2,
            "the main account is fixed, 定期 is not offered"
        );
        let both = [("account", free[0].as_str()), ("account", free[1].as_str())];
        let page = walker.press(&page, "account_selection", &both).await;
        assert!(page.html.contains("選択できる口座は2つまでです"));
        let page = walker.press(&page, "account_selection", &both[1..]).await;
        let page = walker.press(&page, "consent", &[]).await;

        assert!(page.html.contains("連携が完了しました"));
        let tokens = app.redeem(&code_of(&page, &app)).await;
        assert_eq!(tokens.status, StatusCode::OK, "{tokens:?}");
        let accounts = app.read(&tokens.text("access_token"), "/accounts").await;
        assert_eq!(numbers(&accounts), ["1000001", "1000003"]);
        let events = walker.events();
        for name in [
            "hurdle.met",
            "hurdle.gone",
            "hurdle.cleared",
            "hurdle.left",
            "factor.registered",
            "approval.asked",
            "approval.given",
        ] {
            assert!(events.contains(name), "no {name} in\n{events}");
        }
        assert!(
            !platform.traces().contains("ムサシノ"),
            "the answer rests sealed"
        );
    }
}

#[tokio::test]
async fn an_expired_password_is_changed_under_way_and_asked_for_anew() {
    let platform = Platform::start_with_bank(Engine::Sqlite, "musashino");
    let app = App::of(&platform, "plain_confidential");
    let mut walker = Walker::new(&platform, "musa0003");
    walker.change("hurdle=password_expired");
    let page = walker.log_in(&app, ["001", "3000001", "4713"]).await;
    walker.change("password=5713");
    walker.change("permit=password_expired");
    let page = walker
        .press(&page, "interstitial", &[("action", "continue")])
        .await;
    let wrong = walker.show_card(&page, ["001", "3000001", "4713"]).await;
    let page = walker.show_card(&wrong, ["001", "3000001", "5713"]).await;
    assert_eq!(page.step(), "registration-2");
}

#[tokio::test]
async fn a_new_authenticator_is_registered_and_the_app_on_the_phone_is_reached_by_a_link() {
    let platform = Platform::start_with_bank(Engine::Sqlite, "musashino");
    let mut app = App::of(&platform, "plain_public");
    app.redirect_uri = "com.example.kakehashi:/callback".to_owned();
    let mut walker = Walker::new(&platform, "musa0003");
    let page = walker.log_in(&app, ["001", "3000001", "4713"]).await;
    assert_eq!(page.step(), "registration-2");
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("form-action 'self' com.example.kakehashi:"));
    assert!(page.html.contains("src=\"data:image"));
    let secret = secret_of(&page);
    let page = walker
        .press(&page, "registration-2", &[("otp", "12")])
        .await;
    assert!(page.html.contains("半角数字6桁で入力してください"));
    let code = code_at(&secret, now()).unwrap();
    let page = walker
        .press(&page, "registration-2", &[("otp", &code)])
        .await;
    let page = walker.press(&page, "account_selection", &[]).await;
    let page = walker.press(&page, "consent", &[]).await;
    assert!(page.html.contains("アプリが開かないとき"));
    let again = walker.browser.open(page.url.as_str()).await;
    assert_eq!(
        code_of(&again, &app),
        code_of(&page, &app),
        "Back is harmless"
    );
    let tokens = app.redeem(&code_of(&page, &app)).await;
    assert_eq!(tokens.status, StatusCode::OK, "{tokens:?}");
    assert!(
        !platform.traces().contains(&secret),
        "the secret rests sealed"
    );
    let stranger = Browser::new().open(page.url.as_str()).await;
    assert!(!stranger.html.contains("com.example.kakehashi:"));
}

#[tokio::test]
async fn an_approval_by_telephone_may_be_given_or_refused() {
    let platform = Platform::start_with_bank(Engine::Sqlite, "musashino");
    let app = App::of(&platform, "plain_confidential");
    let mut walker = Walker::new(&platform, "musa0002");
    let card = ["012", "2000001", "4712"];
    let page = walker.log_in(&app, card).await;
    assert_eq!(page.link("call"), "tel:0120-99-9000");
    assert!(page.html.contains("****-**-0002") && !page.html.contains("0422"));
    let page = walker
        .press(&page, "out_of_band-2", &[("action", "still")])
        .await;
    assert!(!page.html.contains("http-equiv=\"refresh\""));
    assert!(walker.elsewhere(&[]));
    let page = walker
        .press(&page, "out_of_band-2", &[("action", "look")])
        .await;
    assert_eq!(page.step(), "account_selection");

    let page = walker.log_in(&app, card).await;
    assert!(walker.elsewhere(&["--refuse"]));
    assert!(!walker.elsewhere(&[]), "an answer is given once");
    let page = walker.browser.open(page.url.as_str()).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(page.html.contains("承認が断られたため"));
}

#[tokio::test]
async fn approvals_nobody_gives_are_not_asked_for_ever() {
    let platform = Platform::start_with_bank(Engine::Sqlite, "musashino");
    let app = App::of(&platform, "plain_confidential");
    let mut walker = Walker::new(&platform, "musa0002");
    let card = ["012", "2000001", "4712"];
    for _ in 0..3 {
        let page = walker.log_in(&app, card).await;
        assert_eq!(page.step(), "out_of_band-2");
    }
    let page = walker.log_in(&app, card).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    walker.change("unlock");
    let page = walker.log_in(&app, card).await;
    assert_eq!(page.step(), "out_of_band-2");
}

#[tokio::test]
async fn a_session_elsewhere_may_be_left_alone_and_no_account_is_a_refusal() {
    let platform = Platform::start_with_bank(Engine::Sqlite, "musashino");
    let app = App::of(&platform, "plain_confidential");
    let mut walker = Walker::new(&platform, "musa0004");
    walker.change("hurdle=session_elsewhere");
    let card = ["001", "4000001", "4714"];
    let page = walker.log_in(&app, card).await;
    let page = walker
        .press(&page, "session_conflict", &[("action", "stop")])
        .await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(page.html.contains("そのまま続いています"));
    let page = walker.log_in(&app, card).await;
    let page = walker
        .press(&page, "session_conflict", &[("action", "continue")])
        .await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(page.html.contains("連携できる口座がありません"));
}

#[cfg(not(feature = "passkey"))]
#[tokio::test]
async fn a_program_without_passkeys_refuses_who_needs_one_and_tells_the_bank() {
    let platform = Platform::start_with_bank(Engine::Sqlite, "musashino");
    let app = App::of(&platform, "plain_confidential");
    let mut walker = Walker::new(&platform, "musa0005");
    let page = walker.log_in(&app, ["012", "5000001", "4715"]).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(page.html.contains("パスキーが登録されていないため"));
    let (ok, _, told) = platform.try_command(&["tenant", "check"]);
    assert!(
        ok && told.contains("`musashino` asks for passkeys"),
        "{told}"
    );
}

#[cfg(feature = "passkey-soft")]
#[tokio::test]
async fn a_passkey_is_registered_once_and_proves_from_then_on() {
    let platform = Platform::start_with_bank(Engine::Sqlite, "musashino");
    let app = App::of(&platform, "plain_confidential");
    let mut device = renkei_passkey::soft::Device::default();
    let mut walker = Walker::new(&platform, "musa0005");
    let (card, base) = (["012", "5000001", "4715"], platform.base_url());
    let page = walker.log_in(&app, card).await;
    let made = device.create(&base, &page.of_form("data-options")).unwrap();
    let typed = [("passkey_answer", made.as_str())];
    let page = walker.press(&page, "registration-3", &typed).await;

    let empty = walker.press(&page, "passkey", &[]).await;
    assert!(empty.html.contains("パスキーの確認がまだ済んでいません"));
    let signed = device
        .answer(&base, &empty.of_form("data-options"))
        .unwrap();
    let elsewhere = device.answer("http://localhost:1", &empty.of_form("data-options"));
    let typed = elsewhere.unwrap();
    let wrong = walker
        .press(&empty, "passkey", &[("passkey_answer", &typed)])
        .await;
    assert!(wrong.html.contains("あと4回お試しいただけます"));
    let late = walker
        .press(&wrong, "passkey", &[("passkey_answer", &signed)])
        .await;
    assert!(
        late.html.contains("あと3回お試しいただけます"),
        "of an old question"
    );
    let signed = device.answer(&base, &late.of_form("data-options")).unwrap();
    let page = walker
        .press(&late, "passkey", &[("passkey_answer", &signed)])
        .await;
    assert_eq!(page.step(), "account_selection");

    let page = walker.log_in(&app, card).await;
    assert_eq!(page.step(), "passkey", "registered is registered");
}

#[tokio::test]
async fn cells_of_the_card_and_the_second_password_are_asked_and_limited() {
    let platform = Platform::start_with_bank(Engine::Sqlite, "musashino");
    let app = App::of(&platform, "plain_confidential");
    let card = platform.command(&["demo", "card", "musashino", "musa0006"]);
    let mut lines = card.lines();
    assert_eq!(lines.next(), Some("MS-000417"));
    assert_eq!(lines.next(), Some("\tA\tB\tC\tD\tE\tF\tG\tH\tI\tJ"));
    let cells: Vec<Vec<&str>> = lines
        .map(|line| line.split('\t').skip(1).collect())
        .collect();
    let cell = |id: &str| {
        let mut parts = id.split('-').skip(1).map(|n| n.parse::<usize>().unwrap());
        let (row, column) = (parts.next().unwrap(), parts.next().unwrap());
        cells[row - 1][column - 1]
    };
    let mut walker = Walker::new(&platform, "musa0006");
    let page = walker.log_in(&app, ["1", "6000001", "4716"]).await;
    assert!(page.html.contains("MS-000417"), "which card to take");
    let asked = page.names("cell-");
    assert_eq!(asked.len(), 3);
    let typed =
        |value: &'static str| -> Vec<_> { asked.iter().map(|id| (id.as_str(), value)).collect() };
    let page = walker.press(&page, "matrix_card", &typed("xx")).await;
    let other = |id: &str| if cell(id) == "00" { "11" } else { "00" };
    let wrong: Vec<_> = asked.iter().map(|id| (id.as_str(), other(id))).collect();
    let page = walker.press(&page, "matrix_card", &wrong).await;
    assert!(page.html.contains("あと4回"), "only the second cost a try");
    assert_eq!(page.names("cell-"), asked);
    // Whoever begins anew is asked for the same cells.
    let mut elsewhere = Walker::new(&platform, "musa0006");
    let again = elsewhere.log_in(&app, ["1", "6000001", "4716"]).await;
    assert_eq!(again.names("cell-"), asked);
    let right: Vec<_> = asked.iter().map(|id| (id.as_str(), cell(id))).collect();
    let page = walker.press(&page, "matrix_card", &right).await;
    assert!(page.html.contains("「ログインパスワード」ではありません"));
    let short = [("transaction_password", "4716")];
    let page = walker.press(&page, "transaction_password", &short).await;
    let wrong = [("transaction_password", "Torihiki8")];
    let page = walker.press(&page, "transaction_password", &wrong).await;
    assert!(page.html.contains("あと4回"), "only the second cost a try");
    let right = [("transaction_password", "Torihiki7")];
    let page = walker.press(&page, "transaction_password", &right).await;
    assert_eq!(page.step(), "account_selection", "{}", page.html);
    assert_eq!(walker.events().matches("factor.wrong").count(), 2);
    assert!(!platform.traces().contains("Torihiki"));
}

#[tokio::test]
async fn who_does_not_agree_goes_nowhere_and_who_is_not_set_up_is_told() {
    let platform = Platform::start_with_bank(Engine::Sqlite, "musashino");
    let app = App::of(&platform, "plain_confidential");
    let mut walker = Walker::new(&platform, "musa0007");
    let page = walker
        .browser
        .open(&app.authorize(&[("bank", "9990")]))
        .await;
    let page = walker.press(&page, "notice", &[]).await;
    assert_eq!(page.step(), "notice");
    assert!(page.html.contains("id=\"agree-error\""), "{}", page.html);
    walker.change("hurdle=initial_setup");
    let page = walker.log_in(&app, ["001", "7000001", "4717"]).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(page.html.contains("初期設定が完了していないため"));
}

#[test]
fn the_four_banks_and_this_one_use_every_kind() {
    let platform = Platform::prepare(Engine::Sqlite);
    let own = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tenants/musashino");
    let mut folders = vec![std::path::PathBuf::from(own)];
    for entry in std::fs::read_dir(platform.folder().join("tenants")).unwrap() {
        folders.push(entry.unwrap().path());
    }
    let mut used = BTreeSet::new();
    for folder in folders.iter().filter(|folder| folder.is_dir()) {
        let text = std::fs::read_to_string(folder.join("tenant.yaml")).unwrap();
        let file: serde_json::Value = serde_saphyr::from_str(&text).unwrap();
        for plan in ["journey", "links", "payment"] {
            for step in file[plan].as_array().into_iter().flatten() {
                used.extend(step.as_object().unwrap().keys().cloned());
            }
        }
    }
    let all: BTreeSet<String> = NAMES.iter().map(|&name| name.to_owned()).collect();
    assert_eq!(used, all);
}
