//! `kill -9` at any point of many journeys: every one ends right, nothing is half done.

use std::time::Duration;

use reqwest::StatusCode;

use crate::app::App;
use crate::journey::Customer;
use crate::platform::{Engine, Platform};

/// Journeys per engine; between them the server is killed at some moment of some request.
const JOURNEYS: usize = 100;

#[tokio::test]
async fn journeys_survive_kill_9_at_any_point() {
    for engine in Engine::all() {
        let mut platform = Platform::start(engine);
        let app = App::of(&platform, "plain_confidential");
        let mut state = 0x5eed_u64;
        for number in 0..JOURNEYS {
            // Whoever it is, whatever was registered before: a journey is a journey.
            let mut customer = Customer::new(&platform, &format!("hida{:04}", number % 20 + 1));
            let mut page = customer.browser.open(&app.authorize(&[])).await;
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let crash_at = usize::try_from(state >> 61).unwrap() % 6;
            for step in 0..12 {
                if page.status == StatusCode::SEE_OTHER {
                    break;
                }
                let controls = customer.controls(&page);
                let controls: Vec<_> = controls
                    .iter()
                    .map(|(n, v)| (n.as_str(), v.as_str()))
                    .collect();
                if step == crash_at {
                    page = crashing(&mut platform, &mut customer, &page, &controls, state).await;
                } else {
                    page = customer.browser.submit(&page, &controls).await;
                }
            }
            let tokens = match page.location() {
                Some(_) => app.redeem(&app.receive(&page)).await,
                None => panic!("journey {number} did not end: {}", page.html),
            };
            assert_eq!(tokens.status, StatusCode::OK, "journey {number}");
        }
        assert!(platform.command(&["audit", "verify"]).contains("unbroken"));
        let records = platform.command(&["audit", "show"]);
        let given = records.matches("\"link.created\"").count()
            + records.matches("\"link.renewed\"").count();
        // A crash after the consent's commit and before its answer leaves a consent whose code nobody
        // got; the journey then says it is finished, and the customer walks once more.
        assert!(
            given >= JOURNEYS,
            "{given} consents for {JOURNEYS} journeys"
        );
    }
}

/// Posts a form, kills the server somewhere in between, starts it again, and goes on as a customer
/// would: press the button again, and where the journey is over without a code, begin anew.
async fn crashing(
    platform: &mut Platform,
    customer: &mut Customer,
    page: &crate::browser::Page,
    controls: &[(&str, &str)],
    state: u64,
) -> crate::browser::Page {
    let mut form = vec![
        ("csrf", page.hidden("csrf")),
        ("version", page.hidden("version")),
    ];
    form.extend(
        controls
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned())),
    );
    let cookies: Vec<String> = customer
        .browser
        .cookies()
        .iter()
        .map(|(n, v)| format!("{n}={v}"))
        .collect();
    let request = crate::browser::http()
        .post(page.form_action())
        .header("sec-fetch-site", "same-origin")
        .header("cookie", cookies.join("; "))
        .form(&form);
    let posted = tokio::spawn(request.send());
    tokio::time::sleep(Duration::from_micros(state % 60_000)).await;
    platform.kill();
    drop(posted.await);
    platform.run();
    let app = App::of(platform, "plain_confidential");
    let again = customer.browser.submit(page, controls).await;
    match again.status {
        StatusCode::OK if again.step() == "end" => {
            let page = customer.browser.open(&app.authorize(&[])).await;
            customer.walk(page).await
        }
        _ => again,
    }
}
