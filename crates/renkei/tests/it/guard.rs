//! Lockout, double clicks, Back, five tabs, bookmarks, foreign browsers, malformed forms.

use reqwest::StatusCode;

use crate::app::{App, parameter};
use crate::browser::Browser;
use crate::journey::Customer;
use crate::platform::{Engine, Platform};

#[tokio::test]
async fn two_hundred_parallel_guesses_check_no_more_than_the_limit() {
    for engine in Engine::all() {
        let platform = Platform::start(engine);
        let app = App::of(&platform, "plain_confidential");
        let mut guesses = Vec::new();
        for number in 0..200 {
            let (app, mut browser) = (app.clone(), Browser::new());
            guesses.push(tokio::spawn(async move {
                let page = browser.open(&app.authorize(&[])).await;
                let guess = format!("Guess{number:04}");
                let page = browser
                    .submit(&page, &[("login_id", "hida0004"), ("password", &guess)])
                    .await;
                page.step()
            }));
        }
        let mut still_open = 0;
        for guess in guesses {
            still_open += usize::from(guess.await.unwrap() == "login");
        }
        // Four wrong answers go on, the fifth and every later one meet the lock.
        assert_eq!(still_open, 4);
        let records = platform.command(&["audit", "show"]);
        assert_eq!(
            records.matches("\"login.wrong\"").count(),
            5,
            "five were checked, no more"
        );
        // The right password is not even looked at now, until the bank unlocks.
        let mut customer = Customer::new(&platform, "hida0004");
        let page = customer.browser.open(&app.authorize(&[])).await;
        let page = customer.log_in(&page).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN);
        platform.command(&["demo", "set", "hidashin", "hida0004", "unlock"]);
        let page = customer.browser.open(&app.authorize(&[])).await;
        assert_ne!(customer.log_in(&page).await.step(), "login");
    }
}

#[tokio::test]
async fn an_unknown_id_reads_and_locks_like_a_known_one() {
    let platform = Platform::start(Engine::Sqlite);
    let app = App::of(&platform, "plain_confidential");
    let mut texts = Vec::new();
    for login_id in ["hida0005", "nobody99"] {
        let mut seen = Vec::new();
        for _ in 0..6 {
            let mut browser = Browser::new();
            let page = browser.open(&app.authorize(&[])).await;
            let page = browser
                .submit(&page, &[("login_id", login_id), ("password", "Wrong0001")])
                .await;
            let words = visible(&page.html).replace(login_id, "ID");
            let words = words.split("お問い合わせ番号").next().unwrap().to_owned();
            seen.push((page.status, page.step(), words));
        }
        texts.push(seen);
    }
    assert_eq!(texts[0], texts[1]);
    assert_eq!(texts[0][5].0, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn recent_failures_from_a_fresh_browser_are_refused() {
    let platform = Platform::start(Engine::Sqlite);
    let app = App::of(&platform, "plain_confidential");
    let mut customer = Customer::new(&platform, "hida0006");
    let mut page = customer.browser.open(&app.authorize(&[])).await;
    for _ in 0..3 {
        page = customer
            .browser
            .submit(
                &page,
                &[("login_id", "hida0006"), ("password", "Wrong0001")],
            )
            .await;
        assert_eq!(page.step(), "login");
    }
    let page = customer.log_in(&page).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(
        page.html.contains("id=\"incident\""),
        "the page gives an incident id"
    );
    let end = customer.browser.cancel(&page).await;
    let location = end.location().unwrap();
    assert_eq!(
        parameter(&location, "error").as_deref(),
        Some("access_denied")
    );
    let records = platform.command(&["audit", "show"]);
    assert!(records.contains("\"verdict\":\"deny\"") && records.contains("recent_failures"));
}

#[tokio::test]
async fn a_double_click_on_any_button_ends_on_the_right_screen() {
    let platform = Platform::start(Engine::Sqlite);
    let app = App::of(&platform, "plain_confidential");
    let mut customer = Customer::new(&platform, "hida0007");
    let mut page = customer.browser.open(&app.authorize(&[])).await;
    loop {
        let controls = customer.controls(&page);
        let controls: Vec<_> = controls
            .iter()
            .map(|(n, v)| (n.as_str(), v.as_str()))
            .collect();
        let mut other = customer.browser.clone();
        let (first, second) = tokio::join!(
            customer.browser.post(&page, &controls),
            other.post(&page, &controls)
        );
        assert_eq!(
            first.location(),
            second.location(),
            "both clicks arrive at the same place"
        );
        let next = first.location().unwrap();
        if next.port() != page.url.port() {
            // The code is good although two answers carried it.
            let tokens = app.redeem(&app.receive(&second)).await;
            assert_eq!(tokens.status, StatusCode::OK);
            break;
        }
        page = customer.browser.open(next.as_str()).await;
    }
}

#[tokio::test]
async fn back_refresh_and_an_old_bookmark_show_where_the_journey_is() {
    let platform = Platform::start(Engine::Sqlite);
    let app = App::of(&platform, "plain_confidential");
    let mut customer = Customer::new(&platform, "hida0008");
    let login = customer.browser.open(&app.authorize(&[])).await;
    let question = customer.log_in(&login).await;
    let refreshed = customer.browser.open(question.url.as_str()).await;
    assert_eq!(refreshed.step(), "security_question");
    let back = customer.browser.open(login.url.as_str()).await;
    assert_eq!(
        back.step(),
        "security_question",
        "Back ends on the current screen"
    );
    // The old form, posted once more, changes nothing.
    let stale = customer.log_in(&login).await;
    assert_eq!(stale.step(), "security_question");
    let end = customer.walk(stale).await;
    app.receive(&end);
    let bookmark = customer.browser.open(login.url.as_str()).await;
    assert_eq!(
        bookmark.status,
        StatusCode::OK,
        "a finished journey says so"
    );
    assert!(
        bookmark
            .html
            .contains(app.redirect_uri.trim_end_matches("/callback")),
        "and leads to the app"
    );
}

#[tokio::test]
async fn five_tabs_are_five_journeys() {
    let platform = Platform::start(Engine::Sqlite);
    let app = App::of(&platform, "plain_confidential");
    let mut customer = Customer::new(&platform, "hida0001");
    let mut tabs = Vec::new();
    for _ in 0..5 {
        tabs.push(customer.browser.open(&app.authorize(&[])).await);
    }
    for tab in tabs {
        let end = customer.walk(tab).await;
        let tokens = app.redeem(&app.receive(&end)).await;
        assert_eq!(tokens.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn another_browser_cannot_walk_on() {
    let platform = Platform::start(Engine::Sqlite);
    let app = App::of(&platform, "plain_confidential");
    let mut customer = Customer::new(&platform, "hida0001");
    let page = customer.browser.open(&app.authorize(&[])).await;
    let page = customer.log_in(&page).await;
    let mut thief = Browser::new();
    let stolen = thief.open(page.url.as_str()).await;
    assert_eq!(stolen.status, StatusCode::FORBIDDEN);
    assert!(
        stolen.html.contains("renkei_jrn_"),
        "the page names the cookie that is missing"
    );
    for (name, value) in customer.browser.cookies() {
        let mut flipped = value.clone();
        let last = if flipped.pop() == Some('0') { '1' } else { '0' };
        flipped.push(last);
        thief.set_cookie(name, &flipped);
    }
    assert_eq!(
        thief.open(page.url.as_str()).await.status,
        StatusCode::FORBIDDEN
    );
}

#[tokio::test]
async fn whatever_is_posted_gets_a_calm_page() {
    let platform = Platform::start(Engine::Sqlite);
    let app = App::of(&platform, "plain_confidential");
    let mut customer = Customer::new(&platform, "hida0001");
    let page = customer.browser.open(&app.authorize(&[])).await;
    let action = page.form_action();
    let journey = action.rsplit_once('/').unwrap().0.to_owned();
    let csrf = page.hidden("csrf");
    let large = "x".repeat(80_000);
    let forms: Vec<(String, Vec<(&str, String)>)> = vec![
        (action.clone(), vec![]),
        (action.clone(), vec![("csrf", "0".repeat(64))]),
        (
            action.clone(),
            vec![("csrf", csrf.clone()), ("version", "999".into())],
        ),
        (
            action.clone(),
            vec![("csrf", csrf.clone()), ("version", "-1".into())],
        ),
        (
            action.clone(),
            vec![
                ("csrf", csrf.clone()),
                ("version", "1".into()),
                ("login_id", large),
            ],
        ),
        (
            format!("{journey}/consent"),
            vec![
                ("csrf", csrf.clone()),
                ("version", "1".into()),
                ("agree", "continue".into()),
            ],
        ),
        (
            format!("{journey}/nonsense"),
            vec![("csrf", csrf.clone()), ("version", "1".into())],
        ),
        (
            action.replace("hidashin", "sorachi"),
            vec![("csrf", csrf.clone())],
        ),
        (
            action.replace("/hidashin/", "/../"),
            vec![("csrf", csrf.clone())],
        ),
    ];
    for (url, form) in forms {
        let answer = customer.browser.post_to(&url, &form).await;
        let is_calm = answer.status == StatusCode::SEE_OTHER
            || (answer.status.is_client_error() && answer.html.contains("</html>"));
        assert!(is_calm, "{url}: {} {}", answer.status, answer.html);
    }
    let huge = vec![("csrf", csrf.clone()), ("login_id", "x".repeat(200_000))];
    let answer = customer.browser.post_to(&action, &huge).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.html.contains("</html>"));
    // Nothing of it moved the journey.
    let again = customer.browser.open(page.url.as_str()).await;
    assert_eq!(
        (again.step(), again.hidden("version")),
        ("login".to_owned(), page.hidden("version"))
    );
    // A form from elsewhere is refused, even with the right token.
    let form = [("csrf", csrf), ("version", page.hidden("version"))];
    for (origin, site) in [
        ("https://evil.example", "cross-site"),
        ("null", "cross-site"),
        ("null", "none"),
    ] {
        let foreign = customer
            .browser
            .post_from(&action, &form, origin, site)
            .await;
        assert_eq!(foreign.status, StatusCode::BAD_REQUEST, "{origin} {site}");
    }
}

/// The words of a page, without its tags.
fn visible(html: &str) -> String {
    let body = html.split_once("<main").map_or(html, |(_, rest)| rest);
    let words = body
        .split('<')
        .filter_map(|part| part.split_once('>'))
        .map(|(_, text)| text.trim());
    words
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
