//! OAuth, from outside: every rule that a client can break, and what it is told.

use reqwest::StatusCode;
use url::Url;

use crate::app::{App, VERIFIER, parameter};
use crate::browser::Browser;
use crate::journey::Customer;
use crate::platform::{Engine, Platform};

#[tokio::test]
async fn what_may_be_redirected_is_and_nothing_else() {
    let platform = Platform::start(Engine::Sqlite);
    let app = App::of(&platform, "plain_confidential");
    let redirected: &[(&[(&str, &str)], &str)] = &[
        (&[("response_type", "token")], "unsupported_response_type"),
        (&[("response_type", "")], "invalid_request"),
        (&[("code_challenge", "")], "invalid_request"),
        (&[("code_challenge_method", "")], "invalid_request"),
        (&[("code_challenge_method", "plain")], "invalid_request"),
        (&[("scope", "accounts everything")], "invalid_scope"),
        (&[("request", "x")], "request_not_supported"),
        (&[("request_uri", "urn:x")], "request_uri_not_supported"),
    ];
    for (change, code) in redirected {
        let page = Browser::new().fetch(&app.authorize(change)).await;
        assert_eq!(
            page.status,
            StatusCode::SEE_OTHER,
            "{change:?} {}",
            page.html
        );
        let location = page.location().unwrap();
        assert_eq!(
            parameter(&location, "error").as_deref(),
            Some(*code),
            "{change:?}"
        );
        assert_eq!(parameter(&location, "iss"), Some(app.issuer.clone()));
        assert!(parameter(&location, "state").is_some());
    }
    let ours: &[&[(&str, &str)]] = &[
        &[("client_id", "nobody")],
        &[("client_id", "")],
        &[("redirect_uri", "http://localhost:8090/callback/")],
        &[("redirect_uri", "http://localhost:8090/callback?x=1")],
        &[(
            "redirect_uri",
            "http://localhost:8090.evil.example/callback",
        )],
        &[(
            "redirect_uri",
            "http://localhost:8090@evil.example/callback",
        )],
        &[("redirect_uri", "http://localhost:9999/callback")],
        &[("redirect_uri", "HTTP://localhost:8090/callback")],
        &[("redirect_uri", "http://localhost:8090/CALLBACK")],
        &[("redirect_uri", "")],
        &[("bank", "9999")],
    ];
    for change in ours {
        let page = Browser::new().fetch(&app.authorize(change)).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{change:?}");
        assert!(
            page.location().is_none() && page.html.contains("</html>"),
            "{change:?}"
        );
    }
    for twice in [
        "client_id=kakehashi-kaikei",
        "redirect_uri=http%3A%2F%2Flocalhost%3A8090%2Fcallback",
    ] {
        let page = Browser::new()
            .fetch(&format!("{}&{twice}", app.authorize(&[])))
            .await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{twice}");
    }
    let page = Browser::new()
        .fetch(&format!("{}&state=twice", app.authorize(&[])))
        .await;
    let code = page
        .location()
        .and_then(|location| parameter(&location, "error"));
    assert_eq!(code.as_deref(), Some("invalid_request"));
}

#[tokio::test]
async fn a_public_client_may_come_from_any_loopback_port_and_nowhere_else() {
    let platform = Platform::start(Engine::Sqlite);
    let app = App::of(&platform, "plain_public");
    let page = Browser::new()
        .open(&app.authorize(&[("redirect_uri", "http://127.0.0.1:49152/callback")]))
        .await;
    assert_eq!(page.step(), "login");
    for other in [
        "http://localhost:49152/callback",
        "http://127.0.0.1:80@evil.example/callback",
        "http://127.0.0.1.evil.example/callback",
    ] {
        let page = Browser::new()
            .open(&app.authorize(&[("redirect_uri", other)]))
            .await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{other}");
    }
}

#[tokio::test]
async fn a_code_is_redeemed_by_its_client_with_its_proof_only() {
    let platform = Platform::start(Engine::Sqlite);
    let app = App::of(&platform, "plain_confidential");
    let mut customer = Customer::new(&platform, "hida0001");
    let page = customer.browser.open(&app.authorize(&[])).await;
    let end = customer.walk(page).await;
    let code = app.receive(&end);
    let refused = |answer: crate::app::Answer| {
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{answer:?}");
        assert_eq!(answer.text("error"), "invalid_grant");
    };
    refused(app.redeem_with(&code, &VERIFIER.replace('a', "b")).await);
    refused(app.redeem_with(&code, "short").await);
    refused(App::of(&platform, "plain_public").redeem(&code).await);
    refused(app.clone().at_bank("hidashin").redeem(&code).await);
    let mut elsewhere = app.clone();
    elsewhere.redirect_uri = "http://127.0.0.1:8090/callback".to_owned();
    refused(elsewhere.redeem(&code).await);
    let mut impostor = app.clone();
    impostor.secret = Some("not-the-secret".to_owned());
    let answer = impostor.redeem(&code).await;
    assert_eq!(
        (answer.status, answer.text("error")),
        (StatusCode::UNAUTHORIZED, "invalid_client".to_owned())
    );
    let tokens = app.redeem(&code).await;
    assert_eq!(tokens.status, StatusCode::OK);
    // A replay is refused, and what the code had issued dies; the link stays.
    refused(app.redeem(&code).await);
    let dead = app.read(&tokens.text("access_token"), "/accounts").await;
    assert_eq!(dead.status, StatusCode::UNAUTHORIZED);
    let dead = app.refresh(&tokens.text("refresh_token")).await;
    assert_eq!(dead.text("error"), "invalid_grant");
    let renewed = customer.link(&app).await;
    assert_eq!(renewed.text("link_id"), tokens.text("link_id"));
}

#[tokio::test]
async fn a_confidential_clients_refresh_token_stays_and_a_public_ones_rotates() {
    let platform = Platform::start(Engine::Sqlite);
    let app = App::of(&platform, "plain_confidential");
    let tokens = Customer::new(&platform, "hida0001").link(&app).await;
    let first = app.refresh(&tokens.text("refresh_token")).await;
    assert_eq!(first.text("refresh_token"), tokens.text("refresh_token"));
    assert_ne!(first.text("access_token"), tokens.text("access_token"));

    let mut pocket = App::of(&platform, "plain_public");
    pocket.redirect_uri = "http://127.0.0.1:49152/callback".to_owned();
    let mut customer = Customer::new(&platform, "hida0002");
    let tokens = customer.link(&pocket).await;
    let old = tokens.text("refresh_token");
    let first = pocket.refresh(&old).await;
    assert_ne!(first.text("refresh_token"), old);
    for _ in 0..5 {
        let repeat = pocket.refresh(&old).await;
        assert_eq!(
            repeat.text("refresh_token"),
            first.text("refresh_token"),
            "the same successor"
        );
        assert_ne!(
            repeat.text("access_token"),
            first.text("access_token"),
            "a fresh access token"
        );
    }
    assert_eq!(
        pocket.refresh(&old).await.text("error"),
        "invalid_grant",
        "five repeats, no more"
    );
    assert_eq!(
        pocket.refresh(&first.text("refresh_token")).await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn introspection_tells_each_client_its_own_and_a_resource_server_all() {
    let platform = Platform::start(Engine::Sqlite);
    let app = App::of(&platform, "plain_confidential");
    let gateway = App::of(&platform, "resource_server");
    let tokens = Customer::new(&platform, "hida0001").link(&app).await;
    let access = tokens.text("access_token");
    for asking in [&app, &gateway] {
        let answer = asking.introspect(&access).await;
        assert_eq!(answer.body["active"], true);
        assert_eq!(answer.text("scope"), "accounts balances transactions");
        assert_eq!(answer.text("link_id"), tokens.text("link_id"));
        assert_eq!(answer.text("iss"), app.issuer);
    }
    let inactive = serde_json::json!({ "active": false });
    let other = App::of(&platform, "plain_public");
    assert_eq!(other.introspect(&access).await.body, inactive);
    assert_eq!(gateway.introspect("unknown").await.body, inactive);
    assert_eq!(
        gateway
            .clone()
            .at_bank("hidashin")
            .introspect(&access)
            .await
            .body,
        inactive
    );
    assert_eq!(
        other.revoke(&access).await.status,
        StatusCode::OK,
        "and nothing happens"
    );
    assert_eq!(gateway.introspect(&access).await.body["active"], true);
    assert_eq!(app.revoke(&access).await.status, StatusCode::OK);
    assert_eq!(gateway.introspect(&access).await.body, inactive);
}

#[tokio::test]
async fn a_refresh_token_given_back_ends_the_link() {
    let platform = Platform::start(Engine::Sqlite);
    let app = App::of(&platform, "plain_confidential");
    let mut customer = Customer::new(&platform, "hida0001");
    let tokens = customer.link(&app).await;
    assert_eq!(
        app.revoke(&tokens.text("refresh_token")).await.status,
        StatusCode::OK
    );
    assert_eq!(
        app.read(&tokens.text("access_token"), "/accounts")
            .await
            .status,
        StatusCode::UNAUTHORIZED
    );
    let next = customer.link(&app).await;
    assert_ne!(
        next.text("link_id"),
        tokens.text("link_id"),
        "stopped on purpose: a new link"
    );
}

#[tokio::test]
async fn a_changed_password_ends_the_link_and_a_new_consent_renews_it() {
    let platform = Platform::start(Engine::Sqlite);
    let app = App::of(&platform, "plain_confidential");
    let mut customer = Customer::new(&platform, "hida0001");
    let tokens = customer.link(&app).await;
    platform.command(&["demo", "set", "hidashin", "hida0001", "password=Changed001"]);
    let dead = app.read(&tokens.text("access_token"), "/accounts").await;
    assert_eq!(dead.status, StatusCode::UNAUTHORIZED);
    assert!(dead.challenge.unwrap().contains("invalid_token"));
    assert_eq!(
        app.refresh(&tokens.text("refresh_token"))
            .await
            .text("error"),
        "invalid_grant"
    );
    customer.known["password"] = "Changed001".into();
    let renewed = customer.link(&app).await;
    assert_eq!(
        renewed.text("link_id"),
        tokens.text("link_id"),
        "the same link goes on"
    );
}

#[tokio::test]
async fn both_kinds_of_issuer_describe_themselves_and_serve() {
    let platform = Platform::start(Engine::Sqlite);
    let shared = App::of(&platform, "plain_confidential");
    let own = shared.clone().at_bank("hidashin");
    for (app, address) in [
        (&shared, "/.well-known/oauth-authorization-server"),
        (&own, "/.well-known/oauth-authorization-server/hidashin"),
        (&own, "/hidashin/.well-known/oauth-authorization-server"),
    ] {
        let url = format!("{}{address}", platform.base_url());
        let text = app
            .http
            .get(url)
            .send()
            .await
            .unwrap()
            .text()
            .await
            .unwrap();
        let metadata: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(metadata["issuer"], app.issuer.as_str());
        assert_eq!(
            metadata["code_challenge_methods_supported"],
            serde_json::json!(["S256"])
        );
        assert_eq!(
            metadata["authorization_response_iss_parameter_supported"],
            true
        );
        assert!(Url::parse(metadata["token_endpoint"].as_str().unwrap()).is_ok());
    }
    let tokens = Customer::new(&platform, "hida0001").link(&own).await;
    let accounts = own.read(&tokens.text("access_token"), "/accounts").await;
    assert_eq!(
        accounts.status,
        StatusCode::OK,
        "the data API takes tokens of both"
    );
    assert_eq!(
        shared
            .refresh(&tokens.text("refresh_token"))
            .await
            .text("error"),
        "invalid_grant"
    );
}

#[tokio::test]
async fn endpoints_take_a_posted_form_and_nothing_else() {
    let platform = Platform::start(Engine::Sqlite);
    let app = App::of(&platform, "plain_confidential");
    for (form, error) in [
        (vec![("grant_type", "password")], "unsupported_grant_type"),
        (vec![], "invalid_request"),
        (
            vec![
                ("grant_type", "refresh_token"),
                ("grant_type", "refresh_token"),
            ],
            "invalid_request",
        ),
        (
            vec![("grant_type", "refresh_token"), ("refresh_token", "x")],
            "invalid_grant",
        ),
    ] {
        let answer = app.post("token", &form).await;
        assert_eq!(answer.text("error"), error, "{form:?}");
    }
    let get = app
        .http
        .get(format!("{}/token", app.base))
        .send()
        .await
        .unwrap();
    assert_eq!(get.status(), StatusCode::METHOD_NOT_ALLOWED);
    let json = app
        .http
        .post(format!("{}/token", app.base))
        .json(&serde_json::json!({}))
        .send()
        .await
        .unwrap();
    assert_eq!(json.status(), StatusCode::BAD_REQUEST);
}
