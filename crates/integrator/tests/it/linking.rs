//! Linking a bank: there, back, and kept.

use reqwest::StatusCode;

use crate::world::World;

#[actix_web::test]
async fn a_bank_is_linked_and_its_accounts_are_shown() {
    let mut world = World::new();
    assert_eq!(world.link().await, "/links/lnk_1");
    world.browser.must_show("口座を連携しました。");
    world.browser.must_show("1,234,567円");
    world.browser.must_show("•••4567");
    world.browser.must_show("(株)ヒダ&lt;b&gt;ショウジ");
    assert!(!world.browser.shows("planted"), "{}", world.browser.html);
    world.browser.get("/").await;
    world.browser.must_show("入出金明細照会");
    world.browser.must_show("/links/lnk_1");
    assert!(
        !world.browser.shows("口座を連携しました。"),
        "a message is shown once"
    );
}

#[actix_web::test]
async fn the_customers_language_goes_along_to_the_bank() {
    let mut world = World::new();
    world.browser.get("/?lang=en").await;
    world.browser.must_show("<html lang=\"en\">");
    world.browser.get("/").await;
    world.browser.must_show("Link an account");
    world.browser.press("link-2476").await;
    world.browser.go_on().await;
    world.browser.must_show("¥1,234,567");
    assert_eq!(world.platform.now().asked[0]["ui_locales"], "en");
    assert_eq!(
        world.platform.now().asked[0]["scope"],
        "accounts balances transactions"
    );
}

#[actix_web::test]
async fn a_renewed_link_stays_one_link() {
    let mut world = World::new();
    world.link().await;
    world.platform.now().link_expires_at = Some("2199-06-01T00:00:00+09:00");
    world.link().await;
    world.browser.must_show("連携を更新しました。");
    world.browser.get("/").await;
    assert_eq!(world.browser.html.matches("class=\"card link").count(), 1);
    world.browser.must_show("2199年6月1日");
}

#[actix_web::test]
async fn two_tabs_finish_in_any_order() {
    let mut world = World::new();
    world.browser.get("/").await;
    world.browser.press("link-2476").await;
    let first = world.browser.location.clone().unwrap();
    world.browser.get("/").await;
    world.browser.press("link-2476").await;
    world.browser.go_on().await;
    assert_eq!(world.browser.path(), "/links/lnk_1");
    world.platform.now().link_id = "lnk_2";
    world.browser.open(first.as_str()).await;
    world.browser.go_on().await;
    assert_eq!(world.browser.path(), "/links/lnk_2");
}

#[actix_web::test]
async fn links_survive_a_restart_and_belong_to_their_browser() {
    let mut world = World::new();
    world.link().await;
    world.restart_app().await;
    world.browser.get("/links/lnk_1").await;
    world.browser.must_show("1,234,567円");
    let mut other = crate::browser::Browser::new(&world.app_url);
    other.get("/links/lnk_1").await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
    assert!(!other.shows("1,234,567円"));
}

#[actix_web::test]
async fn unlinking_asks_first_and_tells_the_platform() {
    let mut world = World::new();
    world.link().await;
    world.browser.get("/links/lnk_1/unlink").await;
    world
        .browser
        .must_show("飛驒信用組合との連携を解除しますか");
    assert!(world.platform.now().revoked.is_empty());
    world.browser.press("confirm-unlink").await;
    world.browser.go_on().await;
    world.browser.must_show("連携を解除しました。");
    assert_eq!(world.platform.now().revoked, ["planted-refresh"]);
    world.browser.get("/links/lnk_1").await;
    assert_eq!(world.browser.status, StatusCode::NOT_FOUND);
}
