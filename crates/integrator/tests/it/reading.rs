//! Reading a linked bank: statements, tokens that run out, permissions that are missing.

use reqwest::StatusCode;

use crate::world::World;

const STATEMENT: &str = "/links/lnk_1/accounts/acc_1";

#[actix_web::test]
async fn a_statement_has_columns_totals_a_chart_and_pages() {
    let mut world = World::new();
    world.link().await;
    world
        .browser
        .get(&format!("{STATEMENT}?from=2026-11-01&to=2026-11-30"))
        .await;
    world.browser.must_show("50,000円");
    world.browser.must_show("5,500円");
    world.browser.must_show("このページの合計");
    world.browser.must_show("role=\"img\"");
    assert!(
        !world.browser.shows("style="),
        "inline styles are not permitted by our own policy"
    );
    let next = format!("{STATEMENT}?from=2026-11-01&to=2026-11-30&next=key+2");
    world.browser.must_show("id=\"next\"");
    world.browser.get(&next).await;
    world.browser.must_show("777円");
    world.browser.must_show("id=\"first\"");
    assert!(!world.browser.shows("id=\"next\""));
}

#[actix_web::test]
async fn a_period_that_is_none_is_told_at_the_field() {
    let mut world = World::new();
    world.link().await;
    world
        .browser
        .get(&format!("{STATEMENT}?from=2026-11-30&to=2026-11-01"))
        .await;
    world.browser.must_show("開始日は終了日と同じか");
    world.browser.must_show("value=\"2026-11-30\"");
    assert_eq!(world.browser.status, StatusCode::OK);
}

#[actix_web::test]
async fn an_old_access_token_is_replaced_without_a_word() {
    let mut world = World::new();
    world.platform.now().lives_for = 10;
    world.link().await;
    world.browser.must_show("1,234,567円");
    assert!(
        world.platform.now().issued > 1,
        "refreshed before it ran out"
    );
    let mut early = World::new();
    early.link().await;
    early.platform.now().refuses_below = 2;
    early.browser.get("/links/lnk_1").await;
    early.browser.must_show("1,234,567円");
    assert_eq!(
        early.platform.now().issued,
        2,
        "refreshed once when refused"
    );
}

#[actix_web::test]
async fn a_link_that_was_stopped_asks_to_be_set_up_again() {
    let mut world = World::new();
    world.link().await;
    {
        let mut platform = world.platform.now();
        (platform.refuses_below, platform.refuses_refresh) = (99, true);
    }
    world.browser.get("/links/lnk_1").await;
    world
        .browser
        .must_show("アクセス許可が失効したため連携を再設定していただく必要があります");
    world.browser.must_show("口座連携の再設定へ");
    world.browser.must_show("1,234,567円");
    {
        let mut platform = world.platform.now();
        (platform.refuses_below, platform.refuses_refresh) = (0, false);
    }
    world.browser.press("relink").await;
    world.browser.go_on().await;
    world.browser.must_show("連携を更新しました。");
}

#[actix_web::test]
async fn a_link_without_an_end_says_so_and_is_read() {
    let mut world = World::new();
    world.platform.now().link_expires_at = None;
    world.link().await;
    world.browser.must_show("期限なし");
    world.browser.must_show("id=\"refresh\"");
    world.browser.get("/").await;
    world.browser.must_show("期限なし");
}

#[actix_web::test]
async fn a_link_whose_time_is_over_says_so_and_is_not_read() {
    let mut world = World::new();
    world.platform.now().link_expires_at = Some("2020-01-31T23:59:59+09:00");
    world.link().await;
    world.browser.must_show("お客様の認可期間が終了しました");
    world
        .browser
        .must_show("2020年1月31日(金)に認可期間が終了した");
    world.browser.must_show("id=\"relink\"");
    assert!(!world.browser.shows("id=\"refresh\""));
    world.browser.get("/").await;
    world.browser.must_show("期限切れ");
}

#[actix_web::test]
async fn a_permission_that_is_missing_is_named() {
    let mut world = World::new();
    world.platform.now().scope = "accounts balances";
    world.link().await;
    world.browser.must_show("1,234,567円");
    world.browser.get(STATEMENT).await;
    world
        .browser
        .must_show("「入出金明細照会」の許可がありません");
    world.browser.must_show("id=\"relink\"");
    let mut blind = World::new();
    blind.platform.now().scope = "accounts";
    blind.link().await;
    blind.browser.must_show("「残高照会」の許可がありません");
    blind.browser.must_show("•••4567");
}

#[actix_web::test]
async fn refreshing_takes_new_tokens_and_reads_anew() {
    let mut world = World::new();
    world.link().await;
    world.browser.press("refresh").await;
    world.browser.go_on().await;
    world.browser.must_show("最新の情報に更新しました。");
    assert_eq!(world.platform.now().issued, 2);
}

#[actix_web::test]
async fn every_page_carries_its_headers() {
    let world = World::new();
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    for path in ["/", "/nowhere", "/trouble/cancelled"] {
        let answer = client
            .get([&world.app_url, path].concat())
            .send()
            .await
            .unwrap();
        let header = |name: &str| {
            answer
                .headers()
                .get(name)
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned()
        };
        assert!(
            header("content-security-policy").starts_with("default-src 'none'; style-src 'self'")
        );
        assert_eq!(header("cache-control"), "no-store");
        let cookie = header("set-cookie");
        assert!(
            cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
            "{cookie}"
        );
    }
}
