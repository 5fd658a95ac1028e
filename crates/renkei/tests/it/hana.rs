//! Hana's journey: digits of the 利用者番号, the question when the risk says so, the consent by button.

use reqwest::StatusCode;

use crate::app::{App, parameter};
use crate::browser::Page;
use crate::journey::Customer;
use crate::platform::{Engine, Platform};

/// A customer of Hana at the page that asks for digits.
async fn at_digits(customer: &mut Customer, app: &App) -> Page {
    let page = customer.browser.open(&app.authorize(&BANK)).await;
    let page = customer.log_in(&page).await;
    assert_eq!(page.step(), "digits", "{}", page.html);
    page
}

/// The digits asked, each one more than it is.
fn wrong(customer: &Customer, page: &Page) -> Vec<(String, String)> {
    let mut controls = customer.controls(page);
    for (_, digit) in &mut controls {
        let more = (digit.parse::<u8>().unwrap() + 1) % 10;
        *digit = more.to_string();
    }
    controls
}

async fn post(customer: &mut Customer, page: &Page, controls: &[(String, String)]) -> Page {
    let controls: Vec<_> = controls
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    customer.browser.submit(page, &controls).await
}

async fn walk_noting(customer: &mut Customer, mut page: Page) -> (Vec<String>, Page) {
    let mut seen = Vec::new();
    while page.status != StatusCode::SEE_OTHER {
        assert_eq!(page.status, StatusCode::OK, "{}", page.html);
        seen.push(page.step());
        let controls = customer.controls(&page);
        page = post(customer, &page, &controls).await;
    }
    (seen, page)
}

#[tokio::test]
async fn a_customer_walks_all_four_screens_on_both_engines() {
    for engine in Engine::all() {
        let platform = Platform::start(engine);
        let app = App::of(&platform, "plain_confidential");
        let mut customer = Customer::new(&platform, "hana0001");
        let page = customer.browser.open(&app.authorize(&BANK)).await;
        for printed in [
            "免責事項",
            "href=\"https://www.hanashinkumi.com/net_bank/\"",
        ] {
            assert!(page.html.contains(printed), "{printed}");
        }
        let (seen, end) = walk_noting(&mut customer, page).await;
        assert_eq!(seen, ["login", "digits", "security_question", "consent"]);
        let tokens = app.redeem(&app.receive(&end)).await;
        assert_eq!(tokens.text("scope"), "accounts balances transactions");
        let accounts = app.read(&tokens.text("access_token"), "/accounts").await;
        assert_eq!(accounts.body["accounts"].as_array().unwrap().len(), 2);
        // The second time the browser is known: no question, but digits as always.
        let page = customer.browser.open(&app.authorize(&BANK)).await;
        let (seen, end) = walk_noting(&mut customer, page).await;
        assert_eq!(seen, ["login", "digits", "consent"]);
        let renewed = app.redeem(&app.receive(&end)).await;
        assert_eq!(renewed.text("link_id"), tokens.text("link_id"));
        for secret in ["password", "user_number", "answer"] {
            let secret = customer.text(secret);
            assert!(!platform.traces().contains(&secret), "{secret} was left");
        }
        assert!(platform.command(&["audit", "verify"]).contains("unbroken"));
    }
}

#[tokio::test]
async fn the_same_positions_are_asked_until_they_are_answered_right() {
    let platform = Platform::start(Engine::Sqlite);
    let app = App::of(&platform, "plain_confidential");
    let mut customer = Customer::new(&platform, "hana0002");
    let page = at_digits(&mut customer, &app).await;
    let asked = page.names("digit-");
    assert_eq!(asked.len(), 4);
    let refreshed = customer.browser.open(page.url.as_str()).await;
    assert_eq!(refreshed.names("digit-"), asked);
    let controls = wrong(&customer, &refreshed);
    let again = post(&mut customer, &refreshed, &controls).await;
    assert_eq!(again.step(), "digits");
    assert_eq!(again.names("digit-"), asked, "after a wrong answer");
    assert!(again.html.contains("あと4回"), "{}", again.html);
    for (name, _) in &controls {
        assert!(again.values(name).is_empty(), "{name} is filled in");
    }
    // A new tab, and a new journey from another browser.
    let tab = at_digits(&mut customer, &app).await;
    assert_eq!(tab.names("digit-"), asked, "a new tab");
    let mut elsewhere = Customer::new(&platform, "hana0002");
    let page = at_digits(&mut elsewhere, &app).await;
    assert_eq!(page.names("digit-"), asked, "another browser");
    // Answered right, and again: some time other digits are asked.
    let mut seen = vec![asked];
    for _ in 0..6 {
        let page = at_digits(&mut customer, &app).await;
        seen.push(page.names("digit-"));
        let controls = customer.controls(&page);
        let next = post(&mut customer, &page, &controls).await;
        assert_eq!(next.step(), "security_question");
    }
    seen.sort();
    seen.dedup();
    assert!(seen.len() > 1, "{seen:?}");
}

#[tokio::test]
async fn digits_may_be_full_width_and_what_is_no_digit_costs_no_try() {
    let platform = Platform::start(Engine::Sqlite);
    let app = App::of(&platform, "plain_confidential");
    let mut customer = Customer::new(&platform, "hana0003");
    let page = at_digits(&mut customer, &app).await;
    let mut controls = customer.controls(&page);
    let right = controls.clone();
    controls[0].1 = String::new();
    controls[1].1 = "x".to_owned();
    let mut page = page;
    for _ in 0..7 {
        page = post(&mut customer, &page, &controls).await;
        assert_eq!(page.step(), "digits");
    }
    let [first, second] = [&controls[0].0, &controls[1].0];
    for id in [first, second] {
        assert!(page.html.contains(&format!("href=\"#{id}\"")), "{id}");
    }
    let wide: Vec<_> = right
        .into_iter()
        .map(|(name, digit)| {
            let digit = u32::from(digit.chars().next().unwrap()) - u32::from('0');
            let wide = char::from_u32(u32::from('０') + digit).unwrap();
            (name, wide.to_string())
        })
        .collect();
    let page = post(&mut customer, &page, &wide).await;
    assert_eq!(page.step(), "security_question", "{}", page.html);
}

#[tokio::test]
async fn wrong_digits_lock_and_the_bank_unlocks() {
    let platform = Platform::start(Engine::Sqlite);
    let app = App::of(&platform, "plain_confidential");
    let mut customer = Customer::new(&platform, "hana0005");
    let mut page = at_digits(&mut customer, &app).await;
    for left in (1..5).rev() {
        let controls = wrong(&customer, &page);
        page = post(&mut customer, &page, &controls).await;
        assert!(page.html.contains(&format!("あと{left}回")));
    }
    let controls = wrong(&customer, &page);
    let page = post(&mut customer, &page, &controls).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(page.html.contains("id=\"incident\""), "{}", page.html);
    let end = customer.browser.cancel(&page).await;
    let error = parameter(&end.location().unwrap(), "error");
    assert_eq!(error.as_deref(), Some("access_denied"));
    // The next journey does not even ask.
    let mut elsewhere = Customer::new(&platform, "hana0005");
    let page = elsewhere.browser.open(&app.authorize(&BANK)).await;
    let page = elsewhere.log_in(&page).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    platform.command(&["demo", "set", "hana", "hana0005", "unlock"]);
    let page = at_digits(&mut elsewhere, &app).await;
    let controls = elsewhere.controls(&page);
    let page = post(&mut elsewhere, &page, &controls).await;
    assert_eq!(page.step(), "security_question");
}

#[tokio::test]
async fn an_answer_is_compared_folded_and_counted_folded() {
    let platform = Platform::start(Engine::Sqlite);
    let app = App::of(&platform, "plain_confidential");
    let mut customer = Customer::new(&platform, "hana0004");
    let page = at_digits(&mut customer, &app).await;
    let controls = customer.controls(&page);
    let page = post(&mut customer, &page, &controls).await;
    assert!(page.html.contains("(必須) 英数字 (全角16文字以内)"));
    // Seventeen characters are told without a try; half-width ones that fold to sixteen are a try.
    let long = "あ".repeat(17);
    let page = customer.browser.submit(&page, &[("answer", &long)]).await;
    assert!(!page.html.contains("あと4回"));
    let folded = "ｶﾞ".repeat(16);
    let page = customer.browser.submit(&page, &[("answer", &folded)]).await;
    assert!(page.html.contains("あと4回"), "{}", page.html);
    let spelled = "　ｶﾚｰﾗｲｽ ";
    let page = customer.browser.submit(&page, &[("answer", spelled)]).await;
    assert_eq!(page.step(), "consent", "カレーライス was registered");
    let end = customer.browser.submit(&page, &[]).await;
    app.receive(&end);
}

#[tokio::test]
async fn whoever_lacks_a_question_or_a_number_is_told_and_led_back() {
    let platform = Platform::start(Engine::Sqlite);
    let app = App::of(&platform, "plain_confidential");
    let mut without_question = Customer::new(&platform, "hana0008");
    let page = at_digits(&mut without_question, &app).await;
    let controls = without_question.controls(&page);
    let page = post(&mut without_question, &page, &controls).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(page.html.contains("質問と回答"));
    let mut without_number = Customer::new(&platform, "hana0009");
    let page = without_number.browser.open(&app.authorize(&BANK)).await;
    let page = without_number.log_in(&page).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(page.html.contains("利用者番号"), "{}", page.html);
    let end = without_number.browser.cancel(&page).await;
    let error = parameter(&end.location().unwrap(), "error");
    assert_eq!(error.as_deref(), Some("access_denied"));
}

#[tokio::test]
async fn the_printed_way_out_leads_back_to_the_app() {
    let platform = Platform::start(Engine::Sqlite);
    let app = App::of(&platform, "plain_confidential");
    let mut customer = Customer::new(&platform, "hana0006");
    let mut page = at_digits(&mut customer, &app).await;
    for _ in 0..2 {
        let controls = customer.controls(&page);
        page = post(&mut customer, &page, &controls).await;
    }
    assert_eq!(page.step(), "consent");
    assert!(page.html.contains("中止する") && page.html.contains("form=\"leave\""));
    let end = customer.browser.cancel(&page).await;
    let error = parameter(&end.location().unwrap(), "error");
    assert_eq!(error.as_deref(), Some("access_denied"));
}

const BANK: [(&str, &str); 1] = [("bank", "2277")];
