//! What goes wrong on the way, and that it never costs the customer what was there before.

use reqwest::StatusCode;

use crate::browser::Browser;
use crate::world::World;

#[actix_web::test]
async fn each_error_of_the_bank_has_its_page_with_a_way_on() {
    let rows = [
        ("access_denied", StatusCode::OK, "連携は行われませんでした"),
        (
            "server_error",
            StatusCode::SERVICE_UNAVAILABLE,
            "金融機関がただいま受け付けていません",
        ),
        (
            "temporarily_unavailable",
            StatusCode::SERVICE_UNAVAILABLE,
            "金融機関がただいま受け付けていません",
        ),
        (
            "invalid_scope",
            StatusCode::BAD_GATEWAY,
            "この金融機関では利用できない項目があります",
        ),
        (
            "unauthorized_client",
            StatusCode::BAD_GATEWAY,
            "連携を完了できませんでした",
        ),
    ];
    let mut world = World::new();
    world.link().await;
    for (error, status, title) in rows {
        world.platform.now().error = Some(error);
        world.link().await;
        assert_eq!(world.browser.status, status, "{error}");
        world.browser.must_show(title);
        world.browser.must_show("id=\"back\"");
        assert!(
            !world.browser.query().contains("state"),
            "the address can be reloaded"
        );
    }
    world.platform.now().error = None;
    world.browser.press("retry").await;
    world.browser.go_on().await;
    world.browser.must_show("1,234,567円");
}

#[actix_web::test]
async fn an_answer_from_another_issuer_is_not_taken() {
    let mut world = World::new();
    world.platform.now().iss = Some("https://evil.example");
    world.link().await;
    assert_eq!(world.browser.status, StatusCode::BAD_REQUEST);
    world.browser.must_show("安全のため連携を中止しました");
    assert_eq!(
        world.platform.now().issued,
        0,
        "the code is not sent anywhere"
    );
}

#[actix_web::test]
async fn a_state_counts_once_and_in_its_own_browser() {
    let mut world = World::new();
    world.browser.get("/").await;
    world.browser.press("link-2476").await;
    let authorize = world.browser.location.clone().unwrap();
    world.browser.open(authorize.as_str()).await;
    let callback = world.browser.location.clone().unwrap();
    let mut other = Browser::new(&world.app_url);
    other.get("/").await;
    other.get(callback.as_str()).await;
    other.must_show("この連携の手続きは続けられません");
    world.browser.get(callback.as_str()).await;
    assert_eq!(world.browser.path(), "/links/lnk_1");
    world.browser.get(callback.as_str()).await;
    world.browser.must_show("この連携の手続きは続けられません");
    assert_eq!(world.browser.status, StatusCode::BAD_REQUEST);
    for query in [
        "",
        "code=1",
        "code=1&state=made-up",
        "state=a&state=b&code=1",
    ] {
        world.browser.get(&format!("/callback?{query}")).await;
        world.browser.must_show("この連携の手続きは続けられません");
    }
    assert_eq!(world.platform.now().issued, 1);
}

#[actix_web::test]
async fn a_refused_code_is_told() {
    let mut world = World::new();
    world.platform.now().refuses_code = true;
    world.link().await;
    world.browser.must_show("連携を完了できませんでした");
    world.browser.get("/").await;
    assert!(!world.browser.shows("/links/lnk_1"));
}

#[actix_web::test]
async fn with_the_platform_down_the_last_reading_stays() {
    let mut world = World::new();
    world.link().await;
    world.switch_platform_off().await;
    world.browser.get("/links/lnk_1").await;
    world.browser.must_show("金融機関につながりません");
    world.browser.must_show("1,234,567円");
    world.browser.get("/links/lnk_1/accounts/acc_1").await;
    world.browser.must_show("金融機関につながりません");
    world.browser.get("/links/lnk_1/unlink").await;
    world.browser.press("confirm-unlink").await;
    world.browser.go_on().await;
    world.browser.must_show("連携を解除できませんでした");
    world.browser.get("/links/lnk_1").await;
    assert_eq!(world.browser.status, StatusCode::OK, "the link is kept");
}

#[actix_web::test]
async fn a_journey_cannot_begin_while_the_platform_is_down() {
    let mut world = World::new();
    world.switch_platform_off().await;
    world.link().await;
    assert_eq!(world.browser.status, StatusCode::SERVICE_UNAVAILABLE);
    world.browser.must_show("連携の窓口につながりません");
    world.browser.must_show("id=\"retry\"");
}

#[actix_web::test]
async fn forms_of_others_change_nothing() {
    let mut world = World::new();
    world.link().await;
    let forged = [("form_token".to_owned(), "forged".to_owned())];
    for address in ["/links", "/links/lnk_1/refresh", "/links/lnk_1/unlink"] {
        for fields in [&forged[..], &[]] {
            world.browser.post(address, fields).await;
            world.browser.go_on().await;
            world.browser.must_show("画面の有効期限が切れました");
        }
    }
    assert!(world.platform.now().revoked.is_empty());
}

#[actix_web::test]
async fn other_names_of_the_machine_lead_to_the_apps_own() {
    let mut world = World::new();
    let elsewhere = world.app_url.replace("127.0.0.1", "localhost");
    world
        .browser
        .open(&format!("{elsewhere}/callback?code=1"))
        .await;
    assert_eq!(world.browser.status, StatusCode::TEMPORARY_REDIRECT);
    let to = world.browser.location.clone().unwrap();
    assert_eq!(to.as_str(), format!("{}/callback?code=1", world.app_url));
    world.browser.open(&format!("{elsewhere}/health")).await;
    assert_eq!(
        (world.browser.status, world.browser.html.as_str()),
        (StatusCode::OK, "ok\n")
    );
    world.browser.post(&format!("{elsewhere}/links"), &[]).await;
    assert_eq!(world.browser.status, StatusCode::MISDIRECTED_REQUEST);
}
