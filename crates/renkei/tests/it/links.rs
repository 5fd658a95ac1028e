//! The customer's own page.

use reqwest::StatusCode;

use crate::app::{Answer, App};
use crate::browser::{Browser, Page};
use crate::journey::Customer;
use crate::mail::mail_with;
use crate::platform::{Engine, Platform};

/// The list, after proving who the customer is.
pub(crate) async fn enter(platform: &Platform, customer: &mut Customer) -> Page {
    let address = format!("{}/hidashin/links", platform.base_url());
    let mut page = customer.browser.open(&address).await;
    for _ in 0..3 {
        if page.step() == "links" {
            break;
        }
        assert!(page.url.path().contains("/journey/"), "{}", page.url);
        let controls = customer.controls(&page);
        let controls: Vec<_> = controls
            .iter()
            .map(|(n, v)| (n.as_str(), v.as_str()))
            .collect();
        page = customer.browser.submit(&page, &controls).await;
    }
    assert_eq!(
        (page.step().as_str(), page.status),
        ("links", StatusCode::OK),
        "{}",
        page.html
    );
    page
}

/// Stops a link by way of the page that asks once.
pub(crate) async fn stop(platform: &Platform, browser: &mut Browser, link: &str) -> Page {
    let ask = browser
        .open(&format!(
            "{}/hidashin/links/{link}/stop",
            platform.base_url()
        ))
        .await;
    assert_eq!(ask.status, StatusCode::OK, "{}", ask.html);
    let form = [("csrf", ask.hidden("csrf"))];
    let done = browser.post_to(&ask.form_action(), &form).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.html);
    browser.open(done.location().unwrap().as_str()).await
}

/// What an app meets whose link is over.
pub(crate) async fn is_dead(app: &App, tokens: &Answer) {
    let (access, refresh) = (tokens.text("access_token"), tokens.text("refresh_token"));
    let read = app.read(&access, "/accounts").await;
    assert_eq!(read.status, StatusCode::UNAUTHORIZED, "{read:?}");
    assert!(read.challenge.unwrap().contains("invalid_token"));
    let refreshed = app.refresh(&refresh).await;
    assert_eq!(
        (refreshed.status, refreshed.text("error").as_str()),
        (StatusCode::BAD_REQUEST, "invalid_grant")
    );
    for token in [&access, &refresh] {
        assert_eq!(
            app.introspect(token).await.body,
            serde_json::json!({ "active": false })
        );
    }
}

pub(crate) async fn is_alive(app: &App, tokens: &Answer) {
    let read = app.read(&tokens.text("access_token"), "/accounts").await;
    assert_eq!(read.status, StatusCode::OK, "{read:?}");
}

#[tokio::test]
async fn a_customer_stops_a_link_and_the_apps_next_call_is_refused_on_both_engines() {
    for engine in Engine::all() {
        let platform = Platform::start(engine);
        let app = App::of(&platform, "plain_confidential");
        let mut customer = Customer::new(&platform, "hida0001");
        let tokens = customer.link(&app).await;
        let link = tokens.text("link_id");
        is_alive(&app, &tokens).await;

        let list = enter(&platform, &mut customer).await;
        let account = customer.known["accounts"][0]["number"]
            .as_str()
            .unwrap()
            .to_owned();
        for words in [
            "かけはし会計",
            "残高照会",
            &account,
            "あと90日",
            "ごろ",
            &link,
        ] {
            assert!(list.html.contains(words), "{words}:\n{}", list.html);
        }
        let one = customer.browser.open(&format!("{}/{link}", list.url)).await;
        assert!(one.html.contains("同意した内容") && one.html.contains("/consents/cns_"));
        let consent = one
            .html
            .split("/consents/")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap();
        let address = format!("{}/{link}/consents/{consent}", list.url);
        let receipt = customer.browser.open(&address).await;
        assert_eq!(receipt.status, StatusCode::OK);
        assert!(receipt.html.contains(consent) && receipt.html.contains(&account));

        // Looking at the question changes nothing.
        let stop_page = format!("{}/{link}/stop", list.url);
        customer.browser.open(&stop_page).await;
        is_alive(&app, &tokens).await;
        let stopped = stop(&platform, &mut customer.browser, &link).await;
        assert!(
            stopped.html.contains("お客様が停止しました"),
            "{}",
            stopped.html
        );
        is_dead(&app, &tokens).await;
        assert_eq!(
            customer.browser.open(&stop_page).await.url.path(),
            format!("/hidashin/links/{link}"),
            "what has ended is not asked about again"
        );
        let list = customer.browser.open(list.url.as_str()).await;
        assert!(list.html.contains("id=\"none\"") && list.html.contains("この1年に終わった連携"));

        let mail = mail_with(&platform, "アクセスできなくなりました").await;
        assert!(!mail.contains("http"), "{mail}");
        let records = platform.command(&["audit", "show"]);
        assert!(records.contains("\"customer.proved\"") && records.contains("\"by\":\"customer\""));
        platform.command(&["audit", "verify"]);

        // Stopped on purpose: a new consent is a new link.
        let again = customer.link(&app).await;
        assert_ne!(again.text("link_id"), link);
    }
}

#[tokio::test]
async fn nothing_opens_the_page_but_its_own_visit() {
    let platform = Platform::start(Engine::Sqlite);
    let tenants = platform.folder().join("tenants");
    crate::platform::copy(&tenants.join("hidashin"), &tenants.join("elsewhere"));
    let mut platform = platform;
    platform.rewrite_tenant("elsewhere", |text| {
        text.replacen("\"2476\"", "\"9999\"", 1)
            .replacen("host: mtls.hidashin", "host: mtls.elsewhere", 1)
            .replacen("kind: ", "bank_list: { name: よそ }\nkind: ", 1)
    });
    let app = App::of(&platform, "plain_confidential");
    let base = platform.base_url();
    let mut customer = Customer::new(&platform, "hida0001");
    let mut other = Customer::new(&platform, "hida0005");
    let link = customer.link(&app).await.text("link_id");
    let theirs = other.link(&app).await.text("link_id");
    let paths = [
        format!("/hidashin/links/{link}"),
        format!("/hidashin/links/{link}/stop"),
        format!("/hidashin/links/{link}/consents/cns_0192f0c1d2e37a4b8c9d0e1f2a3b4c5d"),
    ];

    // A journey's cookie, also under the name of a visit's.
    let journeys: Vec<String> = customer
        .browser
        .cookies()
        .iter()
        .filter(|(name, _)| name.starts_with("renkei_jrn_"))
        .map(|(_, value)| value.clone())
        .collect();
    assert!(!journeys.is_empty());
    for handle in &journeys {
        let mut thief = customer.browser.clone();
        thief.set_cookie("renkei_links_hidashin", handle);
        for path in &paths {
            let page = thief.open(&format!("{base}{path}")).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
            assert!(
                page.html.contains("/hidashin/links\""),
                "it offers to log in"
            );
        }
        let list = thief.open(&format!("{base}/hidashin/links")).await;
        assert_eq!(list.step(), "login", "and the list asks who it is");
    }

    // Another customer's link, by its id.
    enter(&platform, &mut customer).await;
    for path in &paths {
        let page = customer
            .browser
            .open(&format!("{base}{}", path.replace(&link, &theirs)))
            .await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!page.html.contains("みやがわ"));
    }
    let one = customer
        .browser
        .open(&format!("{base}/hidashin/links/{link}"))
        .await;
    let csrf = one.hidden("csrf");
    for end in ["stop", "label"] {
        let form = [("csrf", csrf.clone()), ("label", "x".to_owned())];
        let address = format!("{base}/hidashin/links/{theirs}/{end}");
        let answer = customer.browser.post_to(&address, &form).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
    // Another bank, with this bank's visit.
    let visit = customer.browser.cookies()["renkei_links_hidashin"].clone();
    let mut stranger = Browser::new();
    stranger.set_cookie("renkei_links_elsewhere", &visit);
    for path in &paths {
        let path = path.replace("hidashin", "elsewhere");
        let page = stranger.open(&format!("{base}{path}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
    }
    let list = stranger.open(&format!("{base}/elsewhere/links")).await;
    assert_eq!(list.step(), "login");
}

#[tokio::test]
async fn forms_want_their_token_and_a_visit_ends_with_logging_out() {
    let platform = Platform::start(Engine::Sqlite);
    let app = App::of(&platform, "plain_confidential");
    let base = platform.base_url();
    let mut customer = Customer::new(&platform, "hida0001");
    let link = customer.link(&app).await.text("link_id");
    let csrf = enter(&platform, &mut customer).await.hidden("csrf");
    let visit = customer.browser.cookies()["renkei_links_hidashin"].clone();
    let address = format!("{base}/hidashin/links/{link}/stop");
    let right = [("csrf", csrf.clone())];
    for (form, origin, site) in [
        ([("csrf", "0".repeat(64))], "null", "same-origin"),
        (right.clone(), "https://evil.example", "cross-site"),
        (right.clone(), "null", "cross-site"),
    ] {
        let answer = customer
            .browser
            .post_from(&address, &form, origin, site)
            .await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{origin} {site}");
    }
    let list = customer
        .browser
        .open(&format!("{base}/hidashin/links"))
        .await;
    assert!(
        list.html.contains("id=\"live\""),
        "nothing was stopped by all this"
    );

    // Logged out: the handle is worth nothing any more.
    let logout = format!("{base}/hidashin/links/logout");
    let left = customer.browser.post_to(&logout, &[("csrf", csrf)]).await;
    assert_eq!(left.location().unwrap().path(), "/hidashin/links/left");
    customer.browser.set_cookie("renkei_links_hidashin", &visit);
    let page = customer
        .browser
        .open(&format!("{base}/hidashin/links/{link}"))
        .await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(
        !platform.traces().contains(&visit),
        "a handle is kept as a digest only"
    );
}

#[tokio::test]
async fn a_link_stopped_twice_at_once_is_stopped_once() {
    for engine in Engine::all() {
        let platform = Platform::start(engine);
        let app = App::of(&platform, "plain_confidential");
        let mut customer = Customer::new(&platform, "hida0007");
        let tokens = customer.link(&app).await;
        let link = tokens.text("link_id");
        let list = enter(&platform, &mut customer).await;
        let ask = customer
            .browser
            .open(&format!("{}/{link}/stop", list.url))
            .await;
        let form = [("csrf", ask.hidden("csrf"))];
        let clicks = (0..8).map(|_| {
            let (mut browser, form, action) =
                (customer.browser.clone(), form.clone(), ask.form_action());
            async move { browser.post_to(&action, &form).await }
        });
        for answer in futures_util::future::join_all(clicks).await {
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.html);
            let page = customer
                .browser
                .open(answer.location().unwrap().as_str())
                .await;
            assert!(page.html.contains("お客様が停止しました"));
        }
        is_dead(&app, &tokens).await;
        let records = platform.command(&["audit", "show"]);
        assert_eq!(records.matches("\"link.ended\"").count(), 1);
    }
}

#[tokio::test]
async fn a_double_click_on_the_last_proof_opens_one_visit() {
    let platform = Platform::start(Engine::Sqlite);
    let mut customer = Customer::new(&platform, "hida0007");
    let app = App::of(&platform, "plain_confidential");
    customer.link(&app).await; // a known browser is not asked a question
    let login = customer
        .browser
        .open(&format!("{}/hidashin/links", platform.base_url()))
        .await;
    let controls = customer.controls(&login);
    let controls: Vec<_> = controls
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    let mut other = customer.browser.clone();
    let (first, second) = tokio::join!(
        customer.browser.post(&login, &controls),
        other.post(&login, &controls)
    );
    for (browser, answer) in [(&mut customer.browser, &first), (&mut other, &second)] {
        assert_eq!(answer.location().unwrap().path(), "/hidashin/links");
        let list = browser.open(answer.location().unwrap().as_str()).await;
        assert!(list.html.contains("id=\"live\""), "{}", list.html);
    }
    let records = platform.command(&["audit", "show"]);
    assert_eq!(records.matches("\"customer.proved\"").count(), 1);
    // Leaving in the middle leads to the bank's own site.
    let mut fresh = Browser::new();
    let page = fresh
        .open(&format!("{}/hidashin/links", platform.base_url()))
        .await;
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("https://www.hidashin.co.jp"), "{policy}");
    let out = fresh.cancel(&page).await;
    assert_eq!(
        out.location().unwrap().host_str(),
        Some("www.hidashin.co.jp")
    );
}

#[tokio::test]
async fn a_link_has_the_name_the_customer_gives_it_also_after_a_renewal() {
    let platform = Platform::start(Engine::Sqlite);
    let app = App::of(&platform, "plain_confidential");
    let mut customer = Customer::new(&platform, "hida0001");
    let link = customer.link(&app).await.text("link_id");
    let list = enter(&platform, &mut customer).await;
    let address = format!("{}/{link}/label", list.url);
    let csrf = list.hidden("csrf");
    let name = |label: &str| [("csrf", csrf.clone()), ("label", label.to_owned())];
    let long = "あ".repeat(31);
    let wrong = customer.browser.post_to(&address, &name(&long)).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.html.contains(&long) && wrong.html.contains("id=\"label-error\""));
    let named = customer
        .browser
        .post_to(&address, &name(" 山田商店 <b> "))
        .await;
    assert_eq!(named.status, StatusCode::SEE_OTHER);
    let list = customer.browser.open(list.url.as_str()).await;
    assert!(list.html.contains("山田商店 &lt;b&gt;"), "{}", list.html);
    let renewed = customer.link(&app).await;
    assert_eq!(renewed.text("link_id"), link, "a renewal keeps the id");
    let list = customer.browser.open(list.url.as_str()).await;
    assert!(list.html.contains("山田商店 &lt;b&gt;"));
    mail_with(
        &platform,
        "かけはし会計（山田商店 <b>）との連携が更新されました",
    )
    .await;
    customer.browser.post_to(&address, &name("  ")).await;
    let list = customer.browser.open(list.url.as_str()).await;
    assert!(
        !list.html.contains("山田商店"),
        "an empty name takes it away"
    );
}

#[tokio::test]
async fn a_changed_password_ends_the_links_and_the_visit() {
    let platform = Platform::start(Engine::Sqlite);
    let app = App::of(&platform, "plain_confidential");
    let mut customer = Customer::new(&platform, "hida0001");
    let tokens = customer.link(&app).await;
    let list = enter(&platform, &mut customer).await;
    platform.command(&["demo", "set", "hidashin", "hida0001", "password=Changed001"]);
    let page = customer.browser.open(list.url.as_str()).await;
    assert_eq!(page.step(), "login", "who it is, is asked again");
    customer.known["password"] = "Changed001".into();
    // The app has not called since: the customer finds the link ended all the same.
    let list = enter(&platform, &mut customer).await;
    assert!(
        list.html.contains("パスワードや電子証明書の変更により"),
        "{}",
        list.html
    );
    is_dead(&app, &tokens).await;
    mail_with(&platform, "アクセスできなくなりました").await;
}

#[tokio::test]
async fn a_receipt_says_what_the_page_said_that_day() {
    let mut platform = Platform::start(Engine::Sqlite);
    let app = App::of(&platform, "plain_confidential");
    let mut customer = Customer::new(&platform, "hida0001");
    let english = app.authorize(&[("ui_locales", "en")]);
    let page = customer.browser.open(&english).await;
    let end = customer.walk(page).await;
    let first = app.redeem(&app.receive(&end)).await;
    let link = first.text("link_id");
    customer.browser.set_cookie("renkei_language", "ja");
    customer.link(&app).await;
    // The bank writes its pages anew.
    let texts = platform.folder().join("tenants/hidashin/texts");
    for file in ["ja.ftl", "en.ftl"] {
        let text = std::fs::read_to_string(texts.join(file)).unwrap();
        let new: String = text.lines().map(anew).collect();
        assert_ne!(text, new, "{file}");
        std::fs::write(texts.join(file), new).unwrap();
    }
    platform.kill();
    platform.run();
    let list = enter(&platform, &mut customer).await;
    assert!(list.html.contains("ANEW 入出金明細照会"), "{}", list.html);
    let one = customer.browser.open(&format!("{}/{link}", list.url)).await;
    let receipts: Vec<String> = one.html.split("/consents/").skip(1).map(id).collect();
    assert_eq!(receipts.len(), 2);
    for (consent, lang) in receipts.iter().zip(["ja", "en"]) {
        let address = format!("{}/{link}/consents/{consent}", list.url);
        let receipt = customer.browser.open(&address).await;
        assert!(receipt.html.contains(&format!("<html lang=\"{lang}\"")));
        assert!(!receipt.html.contains("ANEW"), "{}", receipt.html);
        let acted = if lang == "ja" {
            "を押しました"
        } else {
            "you pressed"
        };
        assert!(receipt.html.contains(acted), "{}", receipt.html);
    }
}

/// A line of a bank's texts with other words for services and titles.
fn anew(line: &str) -> String {
    match line.split_once(" = ") {
        Some((key, text)) if key.starts_with("scope-") || key == "consent-title" => {
            format!("{key} = ANEW {text}\n")
        }
        _ => format!("{line}\n"),
    }
}

fn id(rest: &str) -> String {
    rest.split('"').next().unwrap().to_owned()
}
