//! A bank's own host name: the same pages there, and nothing of one bank at another.

use std::fs;
use std::path::Path;

use reqwest::StatusCode;

use crate::app::App;
use crate::browser::{BANK_HOST, Browser, http};
use crate::chooser::{bank, hidashin_alone};
use crate::journey::Customer;
use crate::platform::{Engine, Platform};

/// Hidashin under a host of its own, and Sorachi without one.
fn two_banks(root: &Path) {
    hidashin_alone(root);
    let names = ["空知商工信用組合", "Sorachi Credit Union"];
    bank(root, "sorachi", "2019", names, "credit_unions", "");
    give_host(root);
}

/// Gives Hidashin a host.
fn give_host(root: &Path) {
    let file = root.join("tenants/hidashin/tenant.yaml");
    let text = fs::read_to_string(&file).unwrap();
    let own = format!("group: credit_unions\nhost: {BANK_HOST}\n");
    fs::write(file, text.replace("group: credit_unions\n", &own)).unwrap();
}

/// The status of a request to the platform's port that names a host.
async fn status(platform: &Platform, host: &str, path: &str) -> StatusCode {
    let request = http().get(format!("{}{path}", platform.base_url()));
    request.header("host", host).send().await.unwrap().status()
}

#[tokio::test]
async fn a_host_that_nobody_has_is_not_served() {
    let platform = Platform::start_with(Engine::Sqlite, hidashin_alone);
    for host in [
        "evil.example",
        "localhost.evil.example",
        "hidashin.localhost",
        "x@localhost",
    ] {
        for path in [
            "/authorize",
            "/hidashin/authorize",
            "/api/v1/accounts",
            "/jwks",
        ] {
            let status = status(&platform, host, path).await;
            assert_eq!(status, StatusCode::MISDIRECTED_REQUEST, "{host}{path}");
        }
        assert_eq!(
            status(&platform, host, "/health/live").await,
            StatusCode::OK
        );
    }
    // A developer's own machine has several names, with any port.
    for host in [
        "localhost",
        "localhost:1",
        "127.0.0.1",
        "127.0.0.1:8080",
        "[::1]:8080",
        "LOCALHOST",
    ] {
        assert_eq!(
            status(&platform, host, "/jwks").await,
            StatusCode::OK,
            "{host}"
        );
    }
    // No address is made from the header.
    let app = App::of(&platform, "plain_confidential");
    let request = http().get(app.authorize(&[])).header("host", "127.0.0.1:9");
    let answer = request.send().await.unwrap();
    let location = answer.headers()["location"].to_str().unwrap();
    assert!(
        location.starts_with(&format!("{}/hidashin/", app.base)),
        "{location}"
    );
}

#[tokio::test]
async fn a_journey_of_a_bank_with_a_host_is_walked_there_and_the_issuer_stays() {
    let platform = Platform::start_with(Engine::Sqlite, two_banks);
    let home = platform.at_host(BANK_HOST);
    let app = App::of(&platform, "plain_confidential");
    for app in [app.clone(), app.clone().at_bank("hidashin")] {
        let mut customer = Customer::new(&platform, "hida0001");
        let hop = customer
            .browser
            .fetch(&app.authorize(&[("ui_locales", "en")]))
            .await;
        let begun = hop.location().unwrap();
        assert!(begun.as_str().starts_with(&format!("{home}/")), "{begun}");
        assert!(
            !customer
                .browser
                .cookies()
                .keys()
                .any(|name| name.starts_with("renkei_jrn_"))
        );
        let page = customer.browser.open(begun.as_str()).await;
        assert_eq!(page.step(), "login");
        assert!(
            page.url
                .as_str()
                .starts_with(&format!("{home}/hidashin/journey/"))
        );
        assert!(page.html.contains(BANK_HOST), "the page names its own host");
        assert!(page.form_action().starts_with(&home) && page.html.contains("lang=\"en\""));
        let end = customer.walk(page).await;
        let tokens = app.redeem(&app.receive(&end)).await;
        assert_eq!(tokens.status, StatusCode::OK, "{tokens:?}");
    }
}

#[tokio::test]
async fn nothing_of_one_bank_is_at_anothers_host_or_path() {
    let platform = Platform::start_with(Engine::Sqlite, two_banks);
    let app = App::of(&platform, "plain_confidential");
    let (base, home) = (platform.base_url(), platform.at_host(BANK_HOST));
    for path in [
        "/sorachi/authorize",
        "/sorachi/journey/x",
        "/sorachi/links",
        "/token",
        "/introspect",
        "/api/v1/accounts",
        "/.well-known/oauth-authorization-server",
        "/.well-known/oauth-authorization-server/sorachi",
        "/%73orachi/authorize",
        "/",
        "/health",
    ] {
        let page = Browser::new().fetch(&format!("{home}{path}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
    }
    for path in [
        "/.well-known/oauth-authorization-server/hidashin",
        "/hidashin/jwks",
        "/health/live",
    ] {
        let page = Browser::new().fetch(&format!("{home}{path}")).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
    }
    let foreign = app.authorize(&[("bank", "2019")]).replace(&base, &home);
    let foreign = Browser::new().fetch(&foreign).await;
    assert_eq!(
        foreign.status,
        StatusCode::BAD_REQUEST,
        "another bank at this bank's host"
    );
}

#[tokio::test]
async fn a_journey_and_its_cookie_are_taken_at_their_own_place_only() {
    let platform = Platform::start_with(Engine::Sqlite, two_banks);
    let app = App::of(&platform, "plain_confidential");
    let (base, home) = (platform.base_url(), platform.at_host(BANK_HOST));
    // Sorachi's journey lives at the platform's address, Hidashin's at its own.
    let mut browser = Browser::new();
    let theirs = browser.open(&app.authorize(&[("bank", "2019")])).await;
    let hop = browser.fetch(&app.authorize(&[])).await;
    let own = browser.open(hop.location().unwrap().as_str()).await;
    let journey =
        |page: &crate::browser::Page| page.url.path_segments().unwrap().nth(2).unwrap().to_owned();
    // The browser brings every cookie everywhere: planted ones are no better.
    for url in [
        theirs
            .url
            .as_str()
            .replace("/sorachi/", "/hidashin/")
            .replace(&base, &home),
        theirs.url.as_str().replace(&base, &home),
        own.url
            .as_str()
            .replace("/hidashin/", "/sorachi/")
            .replace(&home, &base),
        format!("{base}/sorachi/journey/{}", journey(&own)),
        format!("{home}/hidashin/journey/{}/cancel", journey(&theirs)),
    ] {
        let page = browser.fetch(&url).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{url}");
        let form = [
            ("csrf", theirs.hidden("csrf")),
            ("version", theirs.hidden("version")),
        ];
        let posted = browser.post_to(&url, &form).await;
        let refused = [StatusCode::NOT_FOUND, StatusCode::METHOD_NOT_ALLOWED];
        assert!(refused.contains(&posted.status), "{url}");
    }
    // The bank's page at the platform's address is sent home, and a form there is not taken.
    let lost = own.url.as_str().replace(&home, &base);
    let sent = browser.fetch(&lost).await;
    assert_eq!(sent.location().as_ref(), Some(&own.url));
    let form = [
        ("csrf", own.hidden("csrf")),
        ("version", own.hidden("version")),
    ];
    assert_eq!(
        browser.post_to(&lost, &form).await.status,
        StatusCode::NOT_FOUND
    );
    // A form comes from a page of its own host.
    for (origin, expected) in [
        (&base, StatusCode::BAD_REQUEST),
        (&home, StatusCode::SEE_OTHER),
    ] {
        let posted = browser
            .post_from(own.url.as_str(), &form, origin, "same-origin")
            .await;
        assert_eq!(posted.status, expected, "{origin}");
    }
    assert_eq!(
        Browser::new().fetch(own.url.as_str()).await.status,
        StatusCode::FORBIDDEN
    );
}

#[tokio::test]
async fn a_deployment_may_name_hosts_of_its_own() {
    let settings = format!(
        "allowed_hosts = [\"renkei.test\"]\n[hosts]\nhidashin = \"\"\nsorachi = \"{}\"\n",
        BANK_HOST.to_uppercase()
    );
    let platform = Platform::start_with(Engine::Sqlite, |root| {
        two_banks(root);
        fs::write(root.join("renkei.toml"), settings).unwrap();
    });
    let app = App::of(&platform, "plain_confidential");
    let page = Browser::new().open(&app.authorize(&[])).await;
    assert!(
        page.url.as_str().starts_with(&app.base),
        "its host was taken away"
    );
    let hop = Browser::new()
        .fetch(&app.authorize(&[("bank", "2019")]))
        .await;
    let home = platform.at_host(BANK_HOST);
    assert!(hop.location().unwrap().as_str().starts_with(&home));
    assert_eq!(
        status(&platform, "renkei.test", "/jwks").await,
        StatusCode::OK
    );
    let status = status(&platform, "127.0.0.1", "/jwks").await;
    assert_eq!(
        status,
        StatusCode::MISDIRECTED_REQUEST,
        "only what is allowed"
    );
}

#[test]
fn a_host_is_a_name_and_one_banks_own() {
    let platform = Platform::start_with(Engine::Sqlite, hidashin_alone);
    let names = ["空知商工信用組合", "Sorachi Credit Union"];
    let told = |host: &str| {
        let host = format!("host: {host}\n");
        bank(
            platform.folder(),
            "sorachi",
            "2019",
            names,
            "credit_unions",
            &host,
        );
        platform.try_command(&["tenant", "check"]).2
    };
    for wrong in [
        "https://a.example",
        "a.example:8080",
        "A.example",
        "a",
        "a..example",
        "127.0.0.1",
    ] {
        let told = told(wrong);
        assert!(
            told.contains(": host: must be a host name"),
            "{wrong}: {told}"
        );
    }
    assert_eq!(told("auth.bank.example"), "");
    assert_eq!(told(BANK_HOST), "");
    give_host(platform.folder());
    let (_, _, twice) = platform.try_command(&["tenant", "check"]);
    assert!(
        twice.contains("the host bank.localhost is that of `hidashin` too"),
        "{twice}"
    );
}

#[test]
fn certificates_are_asked_for_at_a_host_that_shows_no_pages() {
    let platform = Platform::start_with(Engine::Sqlite, hidashin_alone);
    let names = ["空知商工信用組合", "Sorachi Credit Union"];
    let told = |id: &str, host: &str| {
        let host = format!("host: {host}\n");
        bank(platform.folder(), id, "2019", names, "credit_unions", &host);
        let (ok, _, told) = platform.try_command(&["tenant", "check"]);
        let file = platform.folder().join(format!("tenants/{id}/tenant.yaml"));
        let text = fs::read_to_string(file).unwrap();
        let line_of = |words: &str| 1 + text.lines().position(|line| line == words).unwrap();
        let lines = [line_of(host.trim_end()), line_of(&asking(id))];
        fs::remove_dir_all(platform.folder().join("tenants").join(id)).unwrap();
        (ok, told, lines)
    };
    let (ok, own, lines) = told("sorachi", "mtls.sorachi.localhost");
    let place = format!(
        "tenants/sorachi/tenant.yaml:{}:9: certificates.host: ",
        lines[1]
    );
    let what = "the host mtls.sorachi.localhost is `host` too";
    assert!(!ok && own.contains(&format!("{place}{what}")), "{own}");
    let (ok, other, lines) = told("sorachi", "mtls.hidashin.localhost");
    let place = format!("tenants/sorachi/tenant.yaml:{}:7: host: ", lines[0]);
    let what = "the host mtls.hidashin.localhost is that of `hidashin` too";
    assert!(!ok && other.contains(&format!("{place}{what}")), "{other}");
    // The other way round: the pages first, the certificates of the next one there.
    let (ok, next, _) = told("aozora", "mtls.hidashin.localhost");
    let what = "certificates.host: the host mtls.hidashin.localhost is that of `aozora` too";
    assert!(
        !ok && next.contains("tenants/hidashin/tenant.yaml:40:9: "),
        "{next}"
    );
    assert!(next.contains(what), "{next}");
}

/// The line with which a bank of the tests asks for certificates.
fn asking(id: &str) -> String {
    format!("  host: mtls.{id}.localhost")
}

#[tokio::test]
async fn where_a_proxy_asks_for_certificates_there_is_nothing_else() {
    let host = "mtls.hidashin.localhost";
    let platform = Platform::start_with(Engine::Sqlite, hidashin_alone);
    let unknown = status(&platform, host, "/hidashin/authorize").await;
    assert_eq!(
        unknown,
        StatusCode::MISDIRECTED_REQUEST,
        "our own listener has that name"
    );

    let platform = Platform::start_with(Engine::Sqlite, |root| {
        hidashin_alone(root);
        let settings =
            "trusted_proxies = [\"127.0.0.1\"]\n[certificate]\nsource = \"proxy_header\"\n";
        fs::write(root.join("renkei.toml"), settings).unwrap();
    });
    for path in [
        "/hidashin/authorize",
        "/hidashin/journey/x",
        "/jwks",
        "/sorachi/certificate/x",
    ] {
        assert_eq!(
            status(&platform, host, path).await,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    assert_eq!(
        status(&platform, host, "/health/live").await,
        StatusCode::OK
    );
    let request = http().get(format!("{}/hidashin/certificate/x", platform.base_url()));
    let page = request.header("host", host).send().await.unwrap();
    let page = (page.status(), page.text().await.unwrap());
    assert!(
        page.1.contains("<html"),
        "the page itself answers: {page:?}"
    );
}
