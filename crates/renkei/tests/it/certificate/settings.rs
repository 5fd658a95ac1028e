//! Where certificates come from and who is asked about them, as a deployment and a bank set it.

use std::fs;

use reqwest::StatusCode;

use super::{HOST, good, platform, sent_away, shows_password_only, with_two_banks};
use crate::app::App;
use crate::browser::{Browser, http};
use crate::journey::Customer;
use crate::ocsp::Responder;
use crate::platform::{Engine, Platform, free_port};
use crate::tls::{Card, Presenter};

fn behind_a_proxy(proxy: &str) -> Platform {
    let settings = [
        ("RENKEI__CERTIFICATE__SOURCE", "proxy_header"),
        ("RENKEI__TRUSTED_PROXIES", proxy),
    ];
    Platform::start_with_settings(&settings, with_two_banks)
}

#[tokio::test]
async fn a_header_counts_only_behind_a_trusted_proxy() {
    // At the listener the header is nobody's word.
    let listening = platform();
    let (_, address) = sent_away(&listening).await;
    let spoofer = Presenter {
        headers: vec![("client-cert".to_owned(), good(&listening).header())],
        ..Presenter::default()
    };
    assert_eq!(spoofer.get(&address).trouble(), "missing");

    let visit = |platform: &Platform, address: &str, lines: Vec<String>| {
        let query = address.split("/hidashin").nth(1).unwrap();
        let mut request = http()
            .get(format!("{}/hidashin{query}", platform.base_url()))
            .header("host", HOST);
        for line in lines {
            request = request.header("client-cert", line);
        }
        request.send()
    };
    // Somebody who is no trusted proxy.
    let open = behind_a_proxy("192.0.2.1");
    let (_, address) = sent_away(&open).await;
    assert!(
        address.starts_with(&format!("https://{HOST}/")),
        "{address}"
    );
    let header = good(&open).header();
    let page = visit(&open, &address, vec![header]).await.unwrap();
    assert_eq!(page.status(), StatusCode::NOT_FOUND);

    // The proxy itself.
    let platform = behind_a_proxy("127.0.0.1");
    let (mut browser, address) = sent_away(&platform).await;
    let header = good(&platform).header();
    for (lines, trouble) in [
        (vec![], "missing"),
        (vec!["nonsense".to_owned()], "unreadable"),
        // One the customer had put in already, which the proxy did not take away.
        (vec![header.clone(), header.clone()], "unreadable"),
    ] {
        let page = visit(&platform, &address, lines).await.unwrap();
        assert_eq!(page.status(), StatusCode::FORBIDDEN);
        let html = page.text().await.unwrap();
        assert!(
            html.contains(&format!("data-trouble=\"{trouble}\"")),
            "{html}"
        );
    }
    let page = visit(&platform, &address, vec![header]).await.unwrap();
    assert_eq!(page.status(), StatusCode::SEE_OTHER);
    let back = page.headers()["location"].to_str().unwrap();
    shows_password_only(&browser.open(back).await);
}

#[tokio::test]
async fn mistakes_in_the_section_are_told_where_they_stand() {
    let platform = Platform::start_with_settings(&[], |_| {});
    let file = platform.folder().join("tenants/hidashin/tenant.yaml");
    let text = fs::read_to_string(&file).unwrap();
    let bad = text
        .replace(&format!("host: {HOST}"), "host: https://bad")
        .replace(
            "trust_anchors: demo",
            "trust_anchors: [ca.pem, ../keys/signing.pem]\n  revocation_lists: [texts/ja.ftl]\n  ocsp: { responder: https://x }",
        )
        .replace("[login_id] }", "[\"Login ID\"] }");
    fs::write(&file, bad).unwrap();
    let (ok, _, told) = platform.try_command(&["tenant", "check"]);
    assert!(!ok);
    let line = |needle: &str| text.lines().position(|l| l.contains(needle)).unwrap() + 1;
    let anchors = line("trust_anchors");
    for wanted in [
        format!(
            "tenant.yaml:{}:9: certificates.host: is not a host name",
            line("host: mtls")
        ),
        format!("tenant.yaml:{anchors}:19: certificates.trust_anchors[0]: `ca.pem` cannot be read"),
        format!(
            "tenant.yaml:{anchors}:27: certificates.trust_anchors[1]: `../keys/signing.pem` is not a file of this folder"
        ),
        format!(
            "tenant.yaml:{}:22: certificates.revocation_lists[0]: `texts/ja.ftl` holds no readable revocation list",
            anchors + 1
        ),
        format!(
            "tenant.yaml:{}:22: certificates.ocsp.responder: must begin with http://",
            anchors + 2
        ),
        format!(
            "tenant.yaml:{}:28: certificates.subject.common_name[0]: `Login ID` cannot name an identifier",
            anchors + 3
        ),
        "6 errors".to_owned(),
    ] {
        assert!(told.contains(&wanted), "no `{wanted}` in:\n{told}");
    }
}

#[tokio::test]
async fn the_authority_is_asked_where_the_bank_wants_it() {
    for (unreachable, when_silent) in [("refuse", 403), ("accept", 303)] {
        let mut responder = Responder::start();
        let listen = format!("127.0.0.1:{}", free_port());
        let address = responder.address.clone();
        let platform = Platform::start_with_settings(
            &[("RENKEI__CERTIFICATE__LISTEN", &listen)],
            |own| {
                with_two_banks(own);
                let file = own.folder().join("tenants/hidashin/tenant.yaml");
                let text = fs::read_to_string(&file).unwrap();
                let line = format!(
                    "  trust_anchors: demo\n  ocsp: {{ responder: {address}, unreachable: {unreachable} }}\n"
                );
                fs::write(&file, text.replace("  trust_anchors: demo\n", &line)).unwrap();
            },
        );
        let folder = platform.folder().join("var/certificates");
        let other = Card::read(platform.folder(), "customers/hidashin-hida0002");
        responder.answers(&folder, "demo-ca", &[&good(&platform)], &[&other]);

        let (_, address) = sent_away(&platform).await;
        assert_eq!(Presenter::with(other).get(&address).trouble(), "revoked");
        assert_eq!(Presenter::with(good(&platform)).get(&address).status, 303);
        let asked = responder.asked();
        assert_eq!(asked, 2);
        let (_, address) = sent_away(&platform).await;
        assert_eq!(Presenter::with(good(&platform)).get(&address).status, 303);
        assert_eq!(
            responder.asked(),
            asked,
            "the answer is kept while it is new"
        );

        // Silent, or somebody else's word: as good as none.
        let third = Card::read(platform.folder(), "customers/hidashin-hida0005");
        responder.answers(&folder, "other-ca", &[&third], &[]);
        let (_, address) = sent_away(&platform).await;
        let seen = Presenter::with(third.clone()).get(&address);
        assert_eq!(seen.status, when_silent, "{seen:?}");
        responder.stop();
        let (_, address) = sent_away(&platform).await;
        let seen = Presenter::with(third).get(&address);
        assert_eq!(seen.status, when_silent);
        if when_silent == 403 {
            assert_eq!(seen.trouble(), "list-out-of-date");
        }
    }
}

#[tokio::test]
async fn where_nobody_reads_certificates_a_page_says_so_and_the_password_is_still_there() {
    let platform = Platform::start(Engine::Sqlite);
    let app = App::of(&platform, "plain_confidential");
    let mut customer = Customer::new(&platform, "hida0001");
    let login = customer.browser.open(&app.authorize(&[])).await;
    let page = customer
        .browser
        .submit(&login, &[("certificate", "1")])
        .await;
    assert_eq!(page.status, StatusCode::FORBIDDEN, "{}", page.html);
    for part in [
        "data-trouble=\"unread\"",
        "いまは電子証明書でログインできません",
        "飛驒信用組合",
    ] {
        assert!(page.html.contains(part), "{part}\n{}", page.html);
    }
    let switch = page.tags("a").find(|tag| tag.contains("hreflang=\"en\""));
    let english = crate::browser::attribute(switch.unwrap(), "href").unwrap();
    let english = page.url.join(&english).unwrap();
    let english = customer.browser.open(english.as_str()).await;
    assert!(
        english
            .html
            .contains("Certificates cannot be used just now")
    );
    // The old form is no way to the same page for ever.
    let back = customer.browser.open(&english.link("cancel")).await;
    assert_eq!(back.step(), "login");
    let page = customer.log_in(&back).await;
    assert_eq!(page.step(), "security_question");
    // Another press tells the same.
    let mut again = Browser::new();
    let login = again.open(&app.authorize(&[("bank", "2019")])).await;
    for _ in 0..2 {
        let page = again.submit(&login, &[("certificate", "1")]).await;
        assert!(
            page.html.contains("data-trouble=\"unread\""),
            "{}",
            page.html
        );
    }
}
