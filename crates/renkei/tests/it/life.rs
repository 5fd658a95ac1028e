//! How long links live, and how many there may be.

use std::time::Duration;

use renkei_core::commit::{Change, Commit};
use renkei_core::id::LinkId;
use renkei_core::link::Link;
use renkei_core::port::Store;

use crate::app::App;
use crate::browser::Page;
use crate::clock::now;
use crate::journey::Customer;
use crate::links::{enter, is_alive, is_dead, stop};
use crate::mail::mail_with;
use crate::platform::{Engine, Platform};

/// Changes a kept link behind the server's back: the clock is not ours to move.
async fn alter(platform: &Platform, id: &str, change: impl FnOnce(&mut Link)) {
    let store = platform.store();
    let id: LinkId = id.parse().unwrap();
    let mut link = store.find_link(id).await.unwrap().unwrap();
    change(&mut link);
    link.version += 1;
    let used = link.used_at.map(|at| Change::LinkUsed { link: id, at });
    let mut changes = vec![Change::LinkSaved(Box::new(link))];
    changes.extend(used);
    let commit = Commit {
        changes,
        events: Vec::new(),
    };
    store.commit(commit).await.unwrap();
}

#[tokio::test]
async fn a_link_that_rests_too_long_ends_and_one_without_an_end_does_not() {
    let mut platform = Platform::start(Engine::Sqlite);
    platform.rewrite_tenant("hidashin", |text| {
        text.replacen("link_days: 90", "link_days: null\n  idle_days: 30", 1)
    });
    let app = App::of(&platform, "plain_confidential");
    let mut customer = Customer::new(&platform, "hida0001");
    let page = customer.browser.open(&app.authorize(&[])).await;
    let page = to_consent(&mut customer, page).await;
    for words in [
        "期限はありません",
        "30日間続けて利用がないとき",
        "/hidashin/links",
    ] {
        assert!(page.html.contains(words), "{words}:\n{}", page.html);
    }
    let end = customer.walk(page).await;
    let tokens = app.redeem(&app.receive(&end)).await;
    let link = tokens.text("link_id");
    assert!(tokens.body.get("link_expires_at").is_none(), "{tokens:?}");
    let (access, refresh) = (tokens.text("access_token"), tokens.text("refresh_token"));
    for token in [&access, &refresh] {
        let told = app.introspect(token).await.body;
        assert_eq!(told["active"], true);
        assert!(told.get("link_expires_at").is_none(), "{told}");
    }
    let day = |days: u64| now().minus(Duration::from_hours(24 * days));
    alter(&platform, &link, |link| {
        link.created_at = day(400);
        link.renewed_at = day(400);
        link.used_at = Some(day(29));
    })
    .await;
    is_alive(&app, &tokens).await;
    let store = platform.store();
    let found = store
        .find_link(link.parse().unwrap())
        .await
        .unwrap()
        .unwrap();
    assert!(found.used_at.unwrap() > day(1), "the use was noted");
    let list = enter(&platform, &mut customer).await;
    assert!(list.html.contains("期限はありません") && list.html.contains("最終利用から30日間"));
    // A month of rest. What is noted of its use never moves back, so the days it may rest do.
    alter(&platform, &link, |link| link.idle_days = Some(0)).await;
    is_dead(&app, &tokens).await;
    let list = customer.browser.open(list.url.as_str()).await;
    assert!(
        list.html.contains("利用のない期間が続いたため"),
        "{}",
        list.html
    );
    let again = customer.link(&app).await;
    assert_eq!(
        again.text("link_id"),
        link,
        "what lapsed is renewed under its id"
    );
}

#[tokio::test]
async fn a_bank_that_keeps_one_link_warns_and_ends_the_other() {
    for engine in Engine::all() {
        let mut platform = Platform::start(engine);
        platform.rewrite_tenant("hidashin", |text| {
            text.replacen("scopes: [", "link_policy: one_per_user\nscopes: [", 1)
        });
        let (app, pocket) = (
            App::of(&platform, "plain_confidential"),
            App::of(&platform, "plain_public"),
        );
        let mut customer = Customer::new(&platform, "hida0001");
        let tokens = customer.link(&app).await;
        let page = customer.browser.open(&pocket.authorize(&[])).await;
        let consent = to_consent(&mut customer, page).await;
        assert!(
            consent.html.contains("class=\"warning\""),
            "{}",
            consent.html
        );
        assert!(consent.html.contains("ほかのアプリとの連携が終わります"));
        is_alive(&app, &tokens).await;
        let end = customer.walk(consent).await;
        is_dead(&app, &tokens).await;
        let of_pocket = pocket.redeem(&pocket.receive(&end)).await;
        is_alive(&pocket, &of_pocket).await;
        mail_with(
            &platform,
            "との連携を許可されたため、かけはし会計との連携は終わりました",
        )
        .await;
        let list = enter(&platform, &mut customer).await;
        assert!(
            list.html.contains("ほかのアプリとの連携を許可したため"),
            "{}",
            list.html
        );
        // Back to the first app: its link is renewed under its id, and the other ends.
        let again = customer.link(&app).await;
        assert_eq!(again.text("link_id"), tokens.text("link_id"));
        is_dead(&pocket, &of_pocket).await;
    }
}

#[tokio::test]
async fn nobody_loses_a_link_that_the_page_did_not_name() {
    let mut platform = Platform::start(Engine::Sqlite);
    platform.rewrite_tenant("hidashin", |text| {
        text.replacen("scopes: [", "link_policy: one_per_user\nscopes: [", 1)
    });
    let (app, pocket) = (
        App::of(&platform, "plain_confidential"),
        App::of(&platform, "plain_public"),
    );
    let mut customer = Customer::new(&platform, "hida0001");
    let page = customer.browser.open(&pocket.authorize(&[])).await;
    let consent = to_consent(&mut customer, page).await;
    assert!(!consent.html.contains("class=\"warning\""));
    // In another tab, another app is linked meanwhile.
    let tokens = customer.link(&app).await;
    let again = customer
        .browser
        .submit(&consent, &[("agree", "continue")])
        .await;
    assert_eq!(again.step(), "consent");
    assert!(
        again.html.contains("class=\"warning\"")
            && again.html.contains("ほかのアプリとの連携が加わりました")
    );
    is_alive(&app, &tokens).await;
    let end = customer.walk(again).await;
    pocket.receive(&end);
    is_dead(&app, &tokens).await;
}

#[tokio::test]
async fn with_many_every_consent_is_a_link_of_its_own() {
    let mut platform = Platform::start(Engine::Sqlite);
    platform.rewrite_tenant("hidashin", |text| {
        text.replacen(
            "kakehashi-kaikei: {}",
            "kakehashi-kaikei: { link_policy: many }",
            1,
        )
    });
    let app = App::of(&platform, "plain_confidential");
    let mut customer = Customer::new(&platform, "hida0001");
    let first = customer.link(&app).await;
    let second = customer.link(&app).await;
    assert_ne!(first.text("link_id"), second.text("link_id"));
    is_alive(&app, &first).await;
    is_alive(&app, &second).await;
    enter(&platform, &mut customer).await;
    stop(&platform, &mut customer.browser, &first.text("link_id")).await;
    is_dead(&app, &first).await;
    is_alive(&app, &second).await;
}

/// Walks up to the consent page.
async fn to_consent(customer: &mut Customer, mut page: Page) -> Page {
    while page.step() != "consent" {
        let controls = customer.controls(&page);
        let controls: Vec<_> = controls
            .iter()
            .map(|(n, v)| (n.as_str(), v.as_str()))
            .collect();
        page = customer.browser.submit(&page, &controls).await;
    }
    page
}
