//! A one-time password that the bank sends instead of a token showing it.

use super::Customer;
use crate::app::App;
use crate::clock::until;
use crate::mail::mailed_codes;
use crate::platform::{Engine, Platform};

/// A platform whose Mizuho sends its one-time passwords.
async fn sending(source: &str) -> Platform {
    let platform = Platform::start(Engine::Sqlite);
    let file = platform.folder().join("tenants/mizuho/tenant.yaml");
    let text = std::fs::read_to_string(&file).unwrap();
    let text = text.replace("source: camera_token", &format!("source: {source}"));
    let text = text.replace("life_seconds: 90", "life_seconds: 600\n      resends: 1");
    std::fs::write(&file, text).unwrap();
    platform.hang_up();
    let app = App::of(&platform, "plain_confidential");
    until("the bank is loaded anew", async || {
        let mut customer = Customer::new(&platform, "mizu0004");
        let page = customer.past_login(&app).await;
        !page.html.contains("token_code")
    })
    .await;
    platform
}

#[tokio::test]
async fn a_mailed_code_opens_its_own_page_and_is_nowhere_in_the_clear() {
    let platform = sending("mail").await;
    let app = App::of(&platform, "plain_confidential");
    let mut customer = Customer::new(&platform, "mizu0012");
    let page = customer.past_login(&app).await;
    assert!(page.html.contains("m***@example.jp"), "{}", page.html);
    let to = "mizu0012@example.jp";
    let first = mailed_codes(&platform, to, 1).await.remove(0);
    let page = customer
        .browser
        .submit(&page, &[("action", "resend")])
        .await;
    let second = mailed_codes(&platform, to, 2).await.remove(1);
    assert!(
        !page.html.contains("id=\"resend\""),
        "as often as the bank lets it"
    );
    let page = customer
        .browser
        .submit(&page, &[("action", "resend")])
        .await;
    assert!(
        page.html.contains("これ以上は送れません"),
        "and the server holds to it"
    );

    assert_ne!(first, second);
    let page = customer.type_code(&page, &first).await;
    assert_eq!(page.step(), "one_time_password", "the one before is dead");
    let page = customer.type_code(&page, &second).await;
    assert_eq!(page.step(), "consent", "{}", page.html);
    let traces = platform.traces();
    for code in [first, second] {
        assert!(
            !traces.contains(&format!("\"{code}\"")),
            "the code lies in the clear"
        );
    }
}

#[tokio::test]
async fn a_code_by_short_message_goes_by_the_bank() {
    let platform = sending("sms").await;
    let app = App::of(&platform, "plain_confidential");
    // No registered telephone: a refusal with words of its own.
    let mut customer = Customer::new(&platform, "mizu0012");
    let page = customer.past_login(&app).await;
    assert!(
        page.html.contains("受け取る方法が登録されていない"),
        "{}",
        page.html
    );
    let mut customer = Customer::new(&platform, "mizu0009");
    let page = customer.past_login(&app).await;
    assert!(page.html.contains("***-****-0009"), "{}", page.html);
    let sent = platform.command(&["demo", "messages", "mizuho", "mizu0009"]);
    let code = sent.lines().last().unwrap().to_owned();
    let page = customer.type_code(&page, &code).await;
    assert_eq!(page.step(), "consent", "{}", page.html);
}
