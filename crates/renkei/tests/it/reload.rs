//! A tenant file with mistakes: all of them at once, and the old set keeps serving.

use crate::app::App;
use crate::browser::Browser;
use crate::clock::until;
use crate::platform::{Engine, Platform};
use std::fs;

#[tokio::test]
async fn three_mistakes_are_three_errors_and_the_old_set_serves() {
    let platform = Platform::start(Engine::Sqlite);
    let app = App::of(&platform, "plain_confidential");
    let folder = platform.folder().join("tenants/hidashin");
    let file = folder.join("tenant.yaml");
    let good = fs::read_to_string(&file).unwrap();
    let bad = good
        .replacen("product:", "prodct_extra: 1\nproduct:", 1)
        .replacen("password: { attempts: 5", "password: { attempts: 500", 1);
    fs::write(&file, bad).unwrap();
    let texts = folder.join("texts/ja.ftl");
    let words = fs::read_to_string(&texts).unwrap();
    let without: Vec<&str> = words
        .lines()
        .filter(|line| !line.starts_with("consent-title ="))
        .collect();
    assert_ne!(without.len(), words.lines().count(), "there is such a text");
    fs::write(&texts, without.join("\n")).unwrap();

    let (ok, _, told) = platform.try_command(&["tenant", "check"]);
    assert!(!ok);
    let line = |needle: &str| good.lines().position(|l| l.contains(needle)).unwrap() + 1;
    for wanted in [
        format!(
            "tenants/hidashin/tenant.yaml:{}:1: unknown key `prodct_extra`",
            line("product:")
        ),
        format!(
            "tenants/hidashin/tenant.yaml:{}:25: limits.password.attempts: must be 1 to 20, is 500",
            line("password: { attempts") + 1
        ),
        "the text `consent-title` is missing in `texts/ja.ftl`".to_owned(),
        "3 errors".to_owned(),
    ] {
        assert!(told.contains(&wanted), "no `{wanted}` in:\n{told}");
    }
    assert_eq!(told.matches("hint: ").count(), 3, "{told}");

    platform.hang_up();
    until("the mistakes are told", async || {
        platform.log().contains("prodct_extra")
    })
    .await;
    let page = Browser::new().open(&app.authorize(&[])).await;
    assert_eq!(page.step(), "login", "the old set keeps serving");

    fs::write(
        &texts,
        words.replace("API連携認証（情報アクセス許可）", "新しい題"),
    )
    .unwrap();
    fs::write(&file, good).unwrap();
    assert!(platform.command(&["tenant", "reload"]).contains("told"));
}

#[tokio::test]
async fn a_journey_finishes_on_the_plan_it_began_with() {
    let platform = Platform::start(Engine::Sqlite);
    let app = App::of(&platform, "plain_confidential");
    let mut customer = crate::journey::Customer::new(&platform, "hida0001");
    let page = customer.browser.open(&app.authorize(&[])).await;
    let page = customer.log_in(&page).await;
    assert_eq!(page.step(), "security_question");
    let file = platform.folder().join("tenants/hidashin/tenant.yaml");
    let text = fs::read_to_string(&file).unwrap();
    let from = text.find("  # 手順2").unwrap();
    let to = text.find("  # 手順3").unwrap();
    fs::write(&file, format!("{}{}", &text[..from], &text[to..])).unwrap();
    platform.command(&["tenant", "reload"]);
    until("the new plan is loaded", async || {
        platform.log().contains("loaded anew")
    })
    .await;
    let page = customer.answer(&page).await;
    assert_eq!(page.step(), "service_selection");
    let end = customer.walk(page).await;
    app.receive(&end);
}

#[tokio::test]
async fn a_change_is_taken_up_by_itself_and_a_mistake_is_told_once() {
    let mut platform = Platform::prepare(Engine::Sqlite);
    let settings = platform.folder().join("renkei.toml");
    fs::write(settings, "tenants_watch = true\n").unwrap();
    platform.run();
    let app = App::of(&platform, "plain_confidential");
    let texts = platform.folder().join("tenants/hidashin/texts/ja.ftl");
    let words = fs::read_to_string(&texts).unwrap();
    let login = async || Browser::new().open(&app.authorize(&[])).await;

    fs::write(&texts, words.replace("login-title = ", "login-titel = ")).unwrap();
    let told = || {
        platform
            .log()
            .matches("the text `login-title` is missing")
            .count()
    };
    until("the mistake is told", async || told() > 0).await;
    assert_eq!(login().await.step(), "login", "the old set keeps serving");

    let new = words.replace("login-title = ", "login-title = あたらしい");
    fs::write(&texts, new).unwrap();
    until("the new words are shown", async || {
        login().await.html.contains("あたらしいAPI連携認証")
    })
    .await;
    assert_eq!(told(), 1, "a mistake is told once");
}
