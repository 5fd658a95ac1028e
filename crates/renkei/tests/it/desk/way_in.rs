//! The way in to the desk, and out.

use renkei_core::totp;
use reqwest::StatusCode;

use super::desk;
use crate::clock::now;
use crate::staff::{Staff, demo};

#[tokio::test]
async fn nobody_is_told_what_was_wrong_and_five_mistakes_lock() {
    let platform = desk(false);
    let (password, secret) = demo(&platform, "shinsa");
    let code = totp::code_at(&secret, now()).unwrap();
    let mut stranger = Staff::new(&platform);
    let wrong = [
        ("nobody", "wrong password 1", code.as_str()),
        ("shinsa", "wrong password 1", code.as_str()),
        ("shinsa", password.as_str(), "000000"),
    ];
    let mut told = Vec::new();
    for (login, password, code) in wrong {
        let page = stranger.log_in(login, password, code).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        let masked = page.html.replace(&format!("value=\"{login}\""), "");
        told.push(masked);
    }
    assert_eq!(told[0], told[1]);
    assert_eq!(told[1], told[2]);
    for login in ["nobody", "shinsa"] {
        let mut last = None;
        for _ in 0..6 {
            last = Some(stranger.log_in(login, "wrong password 1", &code).await);
        }
        let last = last.unwrap();
        assert_eq!(last.status, StatusCode::FORBIDDEN, "{login}");
        assert!(last.html.contains("解除を依頼してください"), "{login}");
    }
    let right = stranger.log_in("shinsa", &password, &code).await;
    assert_eq!(right.status, StatusCode::FORBIDDEN, "locked is locked");

    let mut kanri = Staff::logged_in(&platform, "kanri").await;
    let list = kanri.open("/staff").await;
    assert!(list.html.contains("id=\"unlock-shinsa\""), "{}", list.html);
    let list = kanri.submit(&list, "/staff/shinsa/unlock", &[]).await;
    assert!(list.html.contains("id=\"told\""));
    assert!(!list.html.contains("id=\"unlock-shinsa\""));
    let code = totp::code_at(&secret, now()).unwrap();
    let page = stranger.log_in("shinsa", &password, &code).await;
    assert_eq!(page.status, StatusCode::OK);
}

#[tokio::test]
async fn an_account_is_made_by_a_link_that_works_once() {
    let platform = desk(false);
    let mut kanri = Staff::logged_in(&platform, "kanri").await;
    let form = kanri.open("/staff/new").await;
    let empty = kanri.submit(&form, "/staff/new", &[]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    for id in ["login-error", "name-error", "roles-error"] {
        assert!(empty.html.contains(&format!("id=\"{id}\"")), "{id}");
    }
    let whole = [
        ("login", "tanaka"),
        ("name", "田中　次郎"),
        ("role", "examiner"),
        ("ministry", "100900"),
    ];
    let invited = kanri.submit(&form, "/staff/new", &whole).await;
    let link = invited.words("enrolment");
    let again = kanri.submit(&form, "/staff/new", &whole).await;
    assert_eq!(
        again.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "the name is taken"
    );

    let mut tanaka = Staff::new(&platform);
    let path = link.strip_prefix(&tanaka.home).unwrap().to_owned();
    let page = tanaka.open(&path).await;
    let (_, secret) = page.html.split_once("id=\"secret\">").unwrap();
    let (secret, _) = secret.split_once("</code>").unwrap();
    let secret: String = secret
        .split("<span>")
        .skip(1)
        .flat_map(|one| one.chars().take(4))
        .collect();
    assert!(page.html.contains("id=\"qr\" src=\"data:image/svg+xml"));
    let password = "correct horse battery";
    let differs = [
        ("password", password),
        ("password_again", "another"),
        ("otp", "12"),
    ];
    let refused = tanaka.submit(&page, &path, &differs).await;
    assert!(refused.html.contains("id=\"password_again-error\""));
    assert!(refused.html.contains("id=\"otp-error\""));
    assert!(!refused.html.contains(password));
    let earlier = now().minus(std::time::Duration::from_secs(30));
    let code = totp::code_at(&secret, earlier).unwrap();
    let right = [
        ("password", password),
        ("password_again", password),
        ("otp", &*code),
    ];
    let done = tanaka.submit(&refused, &path, &right).await;
    assert!(done.html.contains("id=\"told\""), "{}", done.html);
    let dead = tanaka.open(&path).await;
    assert_eq!(dead.status, StatusCode::NOT_FOUND);
    assert!(!dead.html.contains(&secret));
    let code = totp::code_at(&secret, now()).unwrap();
    let page = tanaka.log_in("tanaka", password, &code).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.html);
    let refused = tanaka.open("/staff").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);

    let ask = kanri.open("/staff/tanaka/disable").await;
    kanri.submit(&ask, "/staff/tanaka/disable", &[]).await;
    let out = tanaka.open("").await;
    assert!(out.url.path().ends_with("/login"), "the session ended too");
    let own = kanri.open("/staff/kanri/disable").await;
    assert_eq!(own.status, StatusCode::FORBIDDEN);
    for secret in [password, secret.as_str()] {
        assert!(!platform.traces().contains(secret));
    }
}

#[tokio::test]
async fn a_session_ends_with_its_logout_and_speaks_the_language_chosen() {
    let platform = desk(false);
    let mut staff = Staff::logged_in(&platform, "shinsa").await;
    let page = staff.open("?stage=arrived&lang=en").await;
    assert!(page.html.contains("<html lang=\"en\">"));
    assert_eq!(page.url.query(), Some("stage=arrived"));
    let page = staff.submit(&page, "/logout", &[]).await;
    assert!(page.html.contains("You are logged out."));
    let page = staff.open("").await;
    assert!(page.url.path().ends_with("/login"));
    let told = platform.command(&["audit", "show"]);
    assert_eq!(told.matches("staff.logged_out").count(), 1, "{told}");
}
