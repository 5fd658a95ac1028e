//! Two people at one bank, each in a browser of their own.

use std::collections::BTreeMap;

use reqwest::StatusCode;

use super::people::open;
use crate::app::App;
use crate::browser::{Browser, Page};
use crate::journey::Customer;
use crate::platform::{Engine, Platform};

/// Everything that whoever looks over somebody's shoulder could try with the page that is shown.
async fn is_nobody_elses(
    thief: &mut Browser,
    own: &Page,
    page: &Page,
    controls: &[(String, String)],
) {
    let address = page.url.as_str();
    let journey = address.rsplit_once('/').unwrap().0;
    for url in [
        address,
        journey,
        &format!("{address}/return?secret={}", "0".repeat(64)),
    ] {
        let seen = thief.fetch(url).await;
        assert_eq!(seen.status, StatusCode::FORBIDDEN, "{url}");
    }
    for csrf in [page.hidden("csrf"), own.hidden("csrf")] {
        let mut form = vec![("csrf", csrf), ("version", page.hidden("version"))];
        form.extend(
            controls
                .iter()
                .map(|(name, value)| (name.as_str(), value.clone())),
        );
        for url in [address.to_owned(), format!("{journey}/cancel")] {
            let seen = thief.post_to(&url, &form).await;
            assert_eq!(seen.status, StatusCode::FORBIDDEN, "{url}");
        }
    }
    // In the thief's own journey the other's token is none.
    let form = [
        ("csrf", page.hidden("csrf")),
        ("version", own.hidden("version")),
    ];
    let seen = thief.post_to(own.url.as_str(), &form).await;
    assert_eq!(seen.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_journey_begun_in_one_browser_is_not_finished_in_another() {
    for engine in Engine::all() {
        let platform = Platform::start(engine);
        let app = App::of(&platform, "plain_confidential");
        let mut customer = Customer::new(&platform, "hida0001");
        let mut other = Customer::new(&platform, "hida0005");
        let theirs = other.browser.open(&app.authorize(&[])).await;
        let theirs = other.log_in(&theirs).await;
        let mut page = customer.browser.open(&app.authorize(&[])).await;
        let mut seen = BTreeMap::new();
        while page.status != StatusCode::SEE_OTHER {
            let controls = customer.controls(&page);
            let known = customer.browser.cookies().clone();
            // The cookies of the one under the names of the other's.
            let mut dressed = other.browser.clone();
            let names: Vec<_> = other.browser.cookies().keys().cloned().collect();
            let handles = known
                .iter()
                .filter(|(name, _)| name.starts_with("renkei_jrn_"));
            for ((_, handle), name) in handles.zip(names.iter().filter(|n| n.contains("jrn_"))) {
                dressed.set_cookie(name, handle);
            }
            let refused = dressed.fetch(theirs.url.as_str()).await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN);
            is_nobody_elses(&mut other.browser, &theirs, &page, &controls).await;
            // Without any cookie as well.
            let stranger = Browser::new().fetch(page.url.as_str()).await;
            assert_eq!(stranger.status, StatusCode::FORBIDDEN);
            let again = open(&mut customer.browser, page.url.as_str()).await;
            assert_eq!(
                again.hidden("version"),
                page.hidden("version"),
                "it has not moved"
            );
            seen.insert(page.step(), page.hidden("version"));
            page = customer.go_on(&again).await;
        }
        assert!(seen.len() > 4 && seen.contains_key("consent"), "{seen:?}");
        let tokens = app.redeem(&app.receive(&page)).await;
        assert_eq!(tokens.status, StatusCode::OK, "{tokens:?}");
        // Over, it is still nobody else's: the other browser is not told what became of it.
        let ended = other.browser.fetch(page.url.as_str()).await;
        assert_eq!(ended.status, StatusCode::FORBIDDEN);
        let end = other.walk(theirs).await;
        app.receive(&end);
    }
}
