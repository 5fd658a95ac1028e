//! Sorachi's journey: certificate and password, no other way, no question; the columns of its manual.

use reqwest::StatusCode;

use crate::app::App;
use crate::browser::Page;
use crate::journey::Customer;
use crate::platform::{Platform, free_port};
use crate::tls::{Card, Presenter};

fn platform() -> Platform {
    let listen = format!("127.0.0.1:{}", free_port());
    Platform::start_with_settings(&[("RENKEI__CERTIFICATE__LISTEN", &listen)], |platform| {
        platform.command(&["demo", "certificates"]);
    })
}

/// A customer who has presented their certificate: the page that asks for the password.
async fn presented(platform: &Platform, app: &App, customer: &mut Customer) -> Page {
    let page = customer.browser.open(&app.authorize(&BANK)).await;
    assert_eq!(page.step(), "login");
    assert!(!page.html.contains("name=\"login_id\""), "no other way");
    assert!(
        !page.html.contains("name=\"password\""),
        "the certificate first"
    );
    let away = customer
        .browser
        .post(&page, &[("certificate", "present")])
        .await;
    assert_eq!(away.status, StatusCode::SEE_OTHER, "{}", away.html);
    let address = away.location().unwrap().to_string();
    let name = format!("customers/sorachi-{}", customer.text("login_id"));
    let seen = Presenter::with(Card::read(platform.folder(), &name)).get(&address);
    assert_eq!(seen.status, 303, "{seen:?}");
    let page = customer.browser.open(&seen.location()).await;
    assert!(page.html.contains("name=\"password\""), "{}", page.html);
    page
}

async fn log_in(platform: &Platform, app: &App, customer: &mut Customer) -> Page {
    let page = presented(platform, app, customer).await;
    let password = customer.text("password");
    customer
        .browser
        .submit(&page, &[("password", &password)])
        .await
}

#[tokio::test]
async fn a_customer_walks_all_five_screens() {
    let platform = platform();
    let app = App::of(&platform, "plain_confidential");
    let mut customer = Customer::new(&platform, "sora0001");
    let mut page = log_in(&platform, &app, &mut customer).await;
    let mut seen = Vec::new();
    while page.status != StatusCode::SEE_OTHER {
        assert_eq!(page.status, StatusCode::OK, "{}", page.html);
        seen.push(page.step());
        match page.step().as_str() {
            "inquiry_pin_result" => {
                assert!(page.html.contains("登録済み*"), "marked on the result too");
            }
            "consent" => {
                assert!(page.html.contains("一定期間(90日)"));
                assert!(page.html.contains("API連携先の会計ソフト等に移動します"));
            }
            _ => {}
        }
        let controls = customer.controls(&page);
        let controls: Vec<_> = controls
            .iter()
            .map(|(n, v)| (n.as_str(), v.as_str()))
            .collect();
        page = customer.browser.submit(&page, &controls).await;
    }
    let all = [
        "service_selection",
        "inquiry_pin",
        "inquiry_pin_result",
        "consent",
    ];
    assert_eq!(seen, all, "and no question");
    let tokens = app.redeem(&app.receive(&page)).await;
    let accounts = app.read(&tokens.text("access_token"), "/accounts").await;
    assert_eq!(accounts.body["accounts"].as_array().unwrap().len(), 4);
}

#[tokio::test]
async fn a_typed_login_id_opens_nothing() {
    let platform = platform();
    let app = App::of(&platform, "plain_confidential");
    let mut customer = Customer::new(&platform, "sora0002");
    let page = customer.browser.open(&app.authorize(&BANK)).await;
    let (id, password) = (customer.text("login_id"), customer.text("password"));
    let typed = [("login_id", id.as_str()), ("password", password.as_str())];
    let away = customer.browser.post(&page, &typed).await;
    let location = away.location().unwrap();
    assert!(
        location.path().contains("/certificate/"),
        "whatever is typed, the certificate is asked for: {location}"
    );
}

#[tokio::test]
async fn a_wrong_password_after_the_certificate_is_counted() {
    let platform = platform();
    let app = App::of(&platform, "plain_confidential");
    let mut customer = Customer::new(&platform, "sora0003");
    let mut page = presented(&platform, &app, &mut customer).await;
    for _ in 0..4 {
        page = customer
            .browser
            .submit(&page, &[("password", "Wrong0001")])
            .await;
        assert_eq!(page.step(), "login");
    }
    let page = customer
        .browser
        .submit(&page, &[("password", "Wrong0001")])
        .await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    platform.command(&["demo", "set", "sorachi", "sora0003", "unlock"]);
    let page = log_in(&platform, &app, &mut customer).await;
    assert_eq!(page.step(), "service_selection");
}

#[tokio::test]
async fn the_box_to_tick_stands_beside_the_state_and_a_registered_pin_is_a_dash() {
    let platform = platform();
    let app = App::of(&platform, "plain_public");
    let mut customer = Customer::new(&platform, "sora0006");
    let page = log_in(&platform, &app, &mut customer).await;
    assert_eq!(
        page.step(),
        "inquiry_pin",
        "this client has no choice of services"
    );
    assert_eq!(page.html.matches("role=\"columnheader\"").count(), 4);
    let controls = customer.pins(&page);
    let first: Vec<_> = controls[..2]
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    let page = customer.browser.submit(&page, &first).await;
    assert_eq!(page.step(), "inquiry_pin_result");
    let page = customer
        .browser
        .submit(&page, &[("action", "register_more")])
        .await;
    assert_eq!(page.step(), "inquiry_pin");
    assert!(page.html.contains("登録済み*") && !page.html.contains("●●●●"));
}

const BANK: [(&str, &str); 1] = [("bank", "2019")];
