//! Service hours: who comes while the bank is closed meets a page before the login, who is under way
//! may finish, and tokens work on.

use reqwest::StatusCode;
use std::fs;
use std::path::Path;
use std::process::Command;
use url::Url;

use crate::app::{App, parameter};
use crate::browser::{Browser, attribute};
use crate::chooser::{bank, hidashin_alone};
use crate::clock::until;
use crate::journey::Customer;
use crate::platform::{Engine, Platform};

/// Closes Hidashin until six o'clock of the next day in Japan.
fn close(root: &Path) {
    let day = Command::new("date")
        .args(["-d", "tomorrow", "+%Y-%m-%d"])
        .env("TZ", "Asia/Tokyo")
        .output()
        .unwrap();
    let day = String::from_utf8(day.stdout).unwrap();
    let hours = format!(
        "hours:\n  maintenance:\n    - from: 2020-01-01 00:00\n      to: {} 06:00\n      \
         reason: {{ ja: 機器の更新をしています。, en: We renew our machines. }}\n",
        day.trim()
    );
    let file = root.join("tenants/hidashin/tenant.yaml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(
        &file,
        text.replace("\nlife:\n", &format!("\n{hours}\nlife:\n")),
    )
    .unwrap();
}

#[tokio::test]
async fn a_closed_bank_is_told_of_before_the_login() {
    let platform = Platform::start_with(Engine::Sqlite, close);
    let app = App::of(&platform, "plain_confidential");
    for app in [app.clone(), app.clone().at_bank("hidashin")] {
        let mut browser = Browser::new();
        let page = browser.fetch(&app.authorize(&[])).await;
        assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
        let wait: u64 = page.headers["retry-after"]
            .to_str()
            .unwrap()
            .parse()
            .unwrap();
        assert!((1..=30 * 3600).contains(&wait), "{wait}");
        for part in [
            "機器の更新をしています。",
            " 6:00からご利用いただけます",
            "0000-00-0000",
            "飛驒信用組合",
        ] {
            assert!(page.html.contains(part), "{part}\n{}", page.html);
        }
        assert!(!page.html.contains("<form"));
        let switch = page.tags("a").find(|tag| tag.contains("hreflang=\"en\""));
        let english = attribute(switch.unwrap(), "href").unwrap();
        let english = page.url.join(&english).unwrap();
        let english = Browser::new().fetch(english.as_str()).await;
        assert_eq!(english.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(english.html.contains("We renew our machines."));
        assert!(
            !browser
                .cookies()
                .keys()
                .any(|name| name.starts_with("renkei_jrn_"))
        );
        let back = page
            .tags("a")
            .find(|tag| attribute(tag, "id").as_deref() == Some("cancel"));
        let back = Url::parse(&attribute(back.unwrap(), "href").unwrap()).unwrap();
        assert!(back.as_str().starts_with(&app.redirect_uri));
        assert_eq!(
            parameter(&back, "error").as_deref(),
            Some("temporarily_unavailable")
        );
        assert_eq!(
            parameter(&back, "state").as_deref(),
            Some("a state / with = signs")
        );
        assert_eq!(parameter(&back, "iss"), Some(app.issuer.clone()));
    }
    let english = Browser::new()
        .fetch(&app.authorize(&[("ui_locales", "en")]))
        .await;
    assert!(english.html.contains("We renew our machines."));
    // What is wrong with the request is told first.
    let wrong = Browser::new()
        .fetch(&app.authorize(&[("scope", "everything")]))
        .await;
    let error = parameter(&wrong.location().unwrap(), "error");
    assert_eq!(error.as_deref(), Some("invalid_scope"));
}

#[tokio::test]
async fn who_is_under_way_may_finish_and_tokens_work_on() {
    let platform = Platform::start(Engine::Sqlite);
    let app = App::of(&platform, "plain_confidential");
    let mut customer = Customer::new(&platform, "hida0001");
    let page = customer.browser.open(&app.authorize(&[])).await;
    close(platform.folder());
    platform.command(&["tenant", "reload"]);
    until("the bank closes", async || {
        let other = Browser::new().open(&app.authorize(&[])).await;
        other.status == StatusCode::SERVICE_UNAVAILABLE
    })
    .await;
    let end = customer.walk(page).await;
    let tokens = app.redeem(&app.receive(&end)).await;
    let accounts = app.read(&tokens.text("access_token"), "/accounts").await;
    assert_eq!(accounts.status, StatusCode::OK);
    let refreshed = app.refresh(&tokens.text("refresh_token")).await;
    assert_eq!(refreshed.status, StatusCode::OK);
}

#[tokio::test]
async fn the_choice_says_which_bank_is_closed() {
    let platform = Platform::start_with(Engine::Sqlite, |root| {
        hidashin_alone(root);
        let never = "hours: { maintenance: [{ from: 2020-01-01 00:00, to: 2099-01-01 00:00, \
                     reason: { ja: 移行中です。, en: Moving. } }] }\n";
        let names = ["空知商工信用組合", "Sorachi Credit Union"];
        bank(root, "sorachi", "2019", names, "credit_unions", never);
        close(root);
    });
    let app = App::of(&platform, "plain_confidential");
    let page = Browser::new().open(&app.authorize(&[("bank", "")])).await;
    assert_eq!(page.html.matches("ただいまサービス時間外です").count(), 2);
    assert_eq!(page.html.matches(" 6:00からご利用いただけます").count(), 1);
    let closed = Browser::new()
        .open(&app.authorize(&[("bank", "2019")]))
        .await;
    assert_eq!(closed.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(
        !closed.headers.contains_key("retry-after"),
        "nobody knows when"
    );
}
