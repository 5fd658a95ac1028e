//! Client certificates from outside: every bad one meets its page, a good one comes back, and a ticket,
//! a secret or a header in the wrong hands leads nowhere.

use std::fs;

use openssl::ssl::SslVersion;
use reqwest::StatusCode;
use serde_json::Value;

use crate::app::App;
use crate::browser::{Browser, Page, http};
use crate::journey::Customer;
use crate::platform::{Platform, free_port};
use crate::tls::{Card, Presenter};

mod settings;

const HOST: &str = "mtls.hidashin.localhost";
const SECOND_HOST: &str = "mtls.second.localhost";

/// A platform on which Hidashin's login offers 電子証明書ログイン, and a second bank does the same.
fn platform() -> Platform {
    let port = free_port();
    let listen = format!("127.0.0.1:{port}");
    Platform::start_with_settings(&[("RENKEI__CERTIFICATE__LISTEN", &listen)], with_two_banks)
}

fn with_two_banks(platform: &Platform) {
    let tenants = platform.folder().join("tenants");
    let edit = |path: &str, change: &dyn Fn(String) -> String| {
        let path = tenants.join(path);
        let text = fs::read_to_string(&path).unwrap();
        let changed = change(text.clone());
        assert_ne!(changed, text, "{}", path.display());
        fs::write(path, changed).unwrap();
    };
    fs::create_dir_all(tenants.join("second/texts")).unwrap();
    for file in ["tenant.yaml", "theme.yaml", "texts/ja.ftl", "texts/en.ftl"] {
        let from = tenants.join("hidashin").join(file);
        fs::copy(from, tenants.join("second").join(file)).unwrap();
    }
    fs::write(tenants.join("second/demo.yaml"), "seed: 1\ncustomers: []\n").unwrap();
    edit("second/tenant.yaml", &|text| {
        text.replace("2476", "9999")
            .replace(HOST, SECOND_HOST)
            .replacen("\nkind: ", "\nbank_list: { name: よそ }\nkind: ", 1)
    });
    platform.command(&["demo", "certificates"]);
}

fn good(platform: &Platform) -> Card {
    Card::read(platform.folder(), "customers/hidashin-hida0001")
}

/// A browser that has pressed 電子証明書ログイン, and where it was sent.
async fn sent_away(platform: &Platform) -> (Browser, String) {
    let mut browser = Browser::new();
    let app = App::of(platform, "plain_confidential");
    let page = browser.open(&app.authorize(&[])).await;
    assert_eq!(page.step(), "login");
    let away = browser.post(&page, &[("certificate", "1")]).await;
    assert_eq!(away.status, StatusCode::SEE_OTHER, "{}", away.html);
    let location = away.location().unwrap().to_string();
    assert!(
        location.contains("/hidashin/certificate/jrn_"),
        "{location}"
    );
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    let origin = location.split("/hidashin").next().unwrap();
    assert!(policy.contains(origin), "the form may lead there: {policy}");
    (browser, location)
}

fn journey_of(address: &str) -> String {
    let rest = address.split("jrn_").nth(1).unwrap();
    format!("jrn_{}", rest.split(['?', '/']).next().unwrap())
}

fn parameter(address: &str, name: &str) -> String {
    crate::app::parameter(&address.parse().unwrap(), name).unwrap()
}

/// What the audit record says of presented certificates.
fn record(platform: &Platform, address: &str) -> Vec<Value> {
    let lines = platform.command(&["audit", "show", "--journey", &journey_of(address)]);
    let all = lines
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    all.filter(|record| record.to_string().contains("certificate.presented"))
        .collect()
}

fn shows_password_only(page: &Page) {
    assert_eq!(page.status, StatusCode::OK, "{}", page.html);
    assert!(page.html.contains("name=\"password\""), "{}", page.html);
    assert!(!page.html.contains("name=\"login_id\""), "{}", page.html);
}

#[tokio::test]
async fn a_good_certificate_and_the_password_link_an_app() {
    let platform = platform();
    let (browser, address) = sent_away(&platform).await;
    let seen = Presenter::with(good(&platform)).get(&address);
    assert_eq!(seen.status, 303, "{seen:?}");
    let back = seen.location();
    let mut customer = Customer::new(&platform, "hida0001");
    customer.browser = browser;
    let page = customer.browser.open(&back).await;
    shows_password_only(&page);
    let password = customer.text("password");
    let page = customer
        .browser
        .submit(&page, &[("password", &password)])
        .await;
    assert_eq!(page.step(), "security_question");
    let end = customer.walk(page).await;
    App::of(&platform, "plain_confidential").receive(&end);
    let record = record(&platform, &address);
    assert_eq!(record.len(), 1);
    let told = record[0].to_string();
    assert!(
        told.contains("in-order") && told.contains(&good(&platform).serial()),
        "{told}"
    );
    assert!(!told.contains("hida0001"), "nothing of the subject: {told}");
    assert!(platform.command(&["audit", "verify"]).contains("unbroken"));
}

#[tokio::test]
async fn every_bad_certificate_meets_its_page_and_a_good_one_still_goes_on() {
    let platform = platform();
    let (mut browser, address) = sent_away(&platform).await;
    let flawed = |name: &str| Card::read(platform.folder(), &format!("trouble/hidashin-{name}"));
    let mut tried = vec![(None, "missing")];
    for (file, trouble) in [
        ("expired", "expired"),
        ("not-yet-valid", "not-yet-valid"),
        ("other-authority", "unknown-issuer"),
        ("revoked", "revoked"),
        ("wrong-usage", "wrong-usage"),
        ("nobody", "no-holder"),
    ] {
        tried.push((Some(flawed(file)), trouble));
    }
    for version in [SslVersion::TLS1_2, SslVersion::TLS1_3] {
        for (card, trouble) in &tried {
            let presenter = Presenter {
                card: card.clone(),
                version: Some(version),
                ..Presenter::default()
            };
            let seen = presenter.get(&address);
            assert_eq!(
                (seen.status, seen.trouble().as_str()),
                (403, *trouble),
                "{seen:?}"
            );
            assert!(seen.html.contains("id=\"continue\"") && seen.html.contains("id=\"cancel\""));
            assert!(seen.html.contains("飛驒信用組合"), "in the bank's look");
            assert!(seen.head.to_lowercase().contains("connection: close"));
            assert_eq!(seen.sessions, 0, "nothing to resume");
        }
    }
    let verdicts: Vec<String> = record(&platform, &address)
        .iter()
        .map(|record| {
            record["event"]["detail"]["verdict"]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        })
        .collect();
    let expected: Vec<&str> = tried
        .iter()
        .chain(&tried)
        .map(|(_, trouble)| *trouble)
        .collect();
    assert_eq!(verdicts, expected);
    // The page in the other language, the assets it needs, the way back, and another choice.
    let seen = Presenter::default().get(&address);
    let style = seen.html.split("href=\"").find_map(|rest| {
        let link = rest.split('"').next()?;
        (link.contains("/page-") && link.contains("css")).then(|| link.to_owned())
    });
    let port = address
        .rsplit(':')
        .next()
        .unwrap()
        .split('/')
        .next()
        .unwrap();
    let style = format!("https://{HOST}:{port}{}", style.unwrap());
    assert_eq!(Presenter::default().get(&style).status, 200);
    let journey = format!(
        "{}/hidashin/journey/{}",
        platform.base_url(),
        journey_of(&address)
    );
    assert!(
        seen.html.contains(&format!("href=\"{journey}\"")),
        "{}",
        seen.html
    );
    assert_eq!(browser.open(&journey).await.step(), "login");
    let seen = Presenter::with(good(&platform)).get(&address);
    shows_password_only(&browser.open(&seen.location()).await);
}

#[tokio::test]
async fn a_certificate_that_was_revoked_today_is_refused_and_the_next_one_taken() {
    let platform = platform();
    let before = good(&platform);
    platform.command(&["demo", "set", "hidashin", "hida0001", "certificate=revoked"]);
    let (_, address) = sent_away(&platform).await;
    assert_eq!(
        Presenter::with(before.clone()).get(&address).trouble(),
        "revoked"
    );
    platform.command(&["demo", "set", "hidashin", "hida0001", "certificate=renewed"]);
    let after = good(&platform);
    assert_ne!(before.serial(), after.serial());
    assert_eq!(Presenter::with(before).get(&address).trouble(), "revoked");
    assert_eq!(Presenter::with(after).get(&address).status, 303);
}

#[tokio::test]
async fn a_ticket_is_good_once_and_a_secret_in_its_own_browser_only() {
    let platform = platform();
    let (mut browser, address) = sent_away(&platform).await;
    let presenter = Presenter::with(good(&platform));
    let wrong = address.replace(&parameter(&address, "ticket"), &"0".repeat(64));
    assert_eq!(presenter.get(&wrong).trouble(), "over");
    let back = presenter.get(&address).location();
    let again = presenter.get(&address);
    assert_eq!((again.status, again.trouble().as_str()), (410, "over"));

    // Somebody sent the ticket to whoever holds the certificate: the secret is in that browser, which
    // has no cookie of the journey, or only one of its own.
    let stranger = Browser::new().open(&back).await;
    assert_eq!(stranger.status, StatusCode::FORBIDDEN, "{}", stranger.html);
    let (mut victim, _) = sent_away(&platform).await;
    assert_eq!(victim.open(&back).await.status, StatusCode::FORBIDDEN);
    // Whoever began it does not know the secret, and what they have leads nowhere.
    let secret = parameter(&back, "secret");
    let guessed = browser.open(&back.replace(&secret, &"0".repeat(64))).await;
    assert!(
        guessed.html.contains("name=\"login_id\""),
        "still asked who they are"
    );
    // The right browser, once; the second time shows where the journey is.
    shows_password_only(&browser.open(&back).await);
    shows_password_only(&browser.open(&back).await);
}

#[tokio::test]
async fn many_visits_with_one_ticket_bring_one_secret() {
    let platform = platform();
    let (mut browser, address) = sent_away(&platform).await;
    let visits: Vec<_> = (0..6)
        .map(|_| {
            let (presenter, address) = (Presenter::with(good(&platform)), address.clone());
            std::thread::spawn(move || presenter.get(&address))
        })
        .collect();
    let seen: Vec<_> = visits
        .into_iter()
        .map(|visit| visit.join().unwrap())
        .collect();
    let (won, lost): (Vec<_>, Vec<_>) = seen.iter().partition(|seen| seen.status == 303);
    assert_eq!((won.len(), lost.len()), (1, 5));
    assert!(lost.iter().all(|seen| seen.trouble() == "over"));
    shows_password_only(&browser.open(&won[0].location()).await);
}

#[tokio::test]
async fn another_banks_host_path_or_ticket_is_refused() {
    let platform = platform();
    let (_, address) = sent_away(&platform).await;
    let presenter = Presenter::with(good(&platform));
    let at_second = address.replace(HOST, SECOND_HOST);
    let seen = presenter.get(&at_second);
    assert_eq!((seen.status, seen.trouble().as_str()), (421, "wrong-host"));
    let path_of_second = at_second.replace("/hidashin/", "/second/");
    assert_eq!(
        presenter.get(&path_of_second).status,
        404,
        "no such journey there"
    );
    let of_second = address.replace("/hidashin/", "/second/");
    assert_eq!(presenter.get(&of_second).status, 404);
    // One host in the handshake, another in the request.
    let mut two_faced = presenter.clone();
    two_faced.sni = Some(SECOND_HOST.to_owned());
    assert_eq!(two_faced.get(&address).status, 421);
    let mut unknown = presenter.clone();
    unknown.sni = Some("www.example".to_owned());
    assert!(unknown.visit(&address).is_err(), "not a host of ours");
    // Nothing else is served there, and this page is not served elsewhere.
    for path in [
        "/hidashin/authorize",
        "/token",
        "/api/v1/accounts",
        "/hidashin/journey/x",
    ] {
        let url = format!("{}{path}", address.split("/hidashin").next().unwrap());
        assert_eq!(presenter.get(&url).status, 404, "{path}");
    }
    let query = address.split("/hidashin").nth(1).unwrap();
    let elsewhere = format!("{}/hidashin{query}", platform.base_url());
    let page = http().get(elsewhere).send().await.unwrap();
    assert_eq!(page.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn nothing_to_come_back_with_is_given_or_written_down() {
    let platform = platform();
    let (mut browser, address) = sent_away(&platform).await;
    let card = good(&platform);
    for version in [SslVersion::TLS1_2, SslVersion::TLS1_3] {
        let presenter = Presenter {
            version: Some(version),
            ..Presenter::with(card.clone())
        };
        let elsewhere = address.replace(HOST, SECOND_HOST);
        assert_eq!(presenter.get(&elsewhere).sessions, 0, "{version:?}");
    }
    assert!(
        Presenter {
            version: Some(SslVersion::TLS1_1),
            ..Presenter::default()
        }
        .visit(&address)
        .is_err(),
        "TLS 1.2 and later"
    );
    let back = Presenter::with(card.clone()).get(&address).location();
    browser.open(&back).await;
    let traces = platform.traces();
    let pem = String::from_utf8(card.certificate.to_pem().unwrap()).unwrap();
    for line in pem.lines().filter(|line| line.len() > 40) {
        assert!(!traces.contains(line), "the certificate itself");
    }
    for (what, value) in [
        ("ticket", parameter(&address, "ticket")),
        ("secret", parameter(&back, "secret")),
    ] {
        assert!(!traces.contains(&value), "the {what}");
    }
    let log = fs::read_to_string(platform.folder().join("server.log")).unwrap();
    assert!(
        !log.contains("hida0001") && !log.contains("CERTIFICATE"),
        "{log}"
    );
}
