//! A database that is locked, read-only, full or gone: a calm answer with the number of the incident,
//! one line in the log, and nothing lost.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use reqwest::StatusCode;

use crate::app::App;
use crate::journey::Customer;
use crate::platform::{Engine, Platform};

#[tokio::test]
async fn a_locked_database_is_said_calmly_and_nothing_is_lost() {
    let platform = Platform::start(Engine::Sqlite);
    let app = App::of(&platform, "plain_confidential");
    let mut customer = Customer::new(&platform, "hida0001");
    let page = customer.browser.open(&app.authorize(&[])).await;

    let hold = "import sqlite3, sys; c = sqlite3.connect('renkei.db', isolation_level=None); \
                c.execute('BEGIN IMMEDIATE'); print('held', flush=True); sys.stdin.readline()";
    let mut holder = Command::new("python3")
        .args(["-c", hold])
        .current_dir(platform.folder())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(holder.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    assert_eq!(line.trim(), "held");

    let broken = customer.log_in(&page).await;
    assert_eq!(broken.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(broken.html.contains("</html>"));
    let incident = broken.incident();
    let refused = app.redeem("a-code-that-nobody-has").await;
    assert_eq!(
        refused.text("error"),
        "invalid_grant",
        "reads go on beside a held lock"
    );

    holder.stdin.take().unwrap().write_all(b"\n").unwrap();
    holder.wait().unwrap();
    let log = std::fs::read_to_string(platform.folder().join("server.log")).unwrap();
    assert_eq!(log.matches(&incident).count(), 1, "logged once");
    assert!(!log.contains(&customer.text("password")));
    let end = customer.walk(page).await;
    assert_eq!(app.redeem(&app.receive(&end)).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_database_that_was_gone_for_a_while_is_used_again() {
    if !Engine::all().contains(&Engine::Postgres) {
        return;
    }
    let platform = Platform::start(Engine::Postgres);
    let app = App::of(&platform, "plain_confidential");
    let mut customer = Customer::new(&platform, "hida0001");
    let tokens = customer.link(&app).await;
    let page = customer.browser.open(&app.authorize(&[])).await;
    platform.take_database_away();
    let broken = customer.log_in(&page).await;
    assert_eq!(
        broken.status,
        StatusCode::SERVICE_UNAVAILABLE,
        "{}",
        broken.html
    );
    assert_eq!(broken.incident().len(), 14);
    let refused = app.refresh(&tokens.text("refresh_token")).await;
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(refused.text("error"), "temporarily_unavailable");
    let data = app.read(&tokens.text("access_token"), "/accounts").await;
    assert_eq!(data.status, StatusCode::SERVICE_UNAVAILABLE);
    platform.bring_database_back();
    let end = customer.walk(page).await;
    assert_eq!(app.redeem(&app.receive(&end)).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_full_disk_is_said_calmly_and_nothing_is_lost() {
    let platform = Platform::start(Engine::Sqlite);
    cannot_write(&platform, |full| platform.set_disk_full(full)).await;
}

#[tokio::test]
async fn a_database_that_may_only_be_read_is_said_calmly_and_nothing_is_lost() {
    for engine in Engine::all() {
        let platform = Platform::start(engine);
        if engine == Engine::Postgres {
            cannot_write(&platform, |fault| platform.set_database_read_only(fault)).await;
        } else if platform.set_files_immutable(true) {
            assert!(platform.set_files_immutable(false));
            cannot_write(&platform, |fault| {
                assert!(platform.set_files_immutable(fault));
            })
            .await;
        }
        // Else: only root can, and only on some file systems.
    }
}

/// What must hold while nothing can be written, and after: `fault(true)` brings it about.
async fn cannot_write(platform: &Platform, fault: impl Fn(bool)) {
    let app = App::of(platform, "plain_confidential");
    let mut customer = Customer::new(platform, "hida0001");
    let tokens = customer.link(&app).await;
    let page = customer.browser.open(&app.authorize(&[])).await;

    fault(true);
    let broken = customer.log_in(&page).await;
    let refused = app.refresh(&tokens.text("refresh_token")).await;
    let read = app.read(&tokens.text("access_token"), "/accounts").await;
    fault(false);

    assert_eq!(broken.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(broken.html.contains("</html>"), "{}", broken.html);
    assert!(broken.html.contains("id=\"cancel\""), "the way back");
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(refused.text("error"), "temporarily_unavailable");
    assert_eq!(read.status, StatusCode::OK, "reading goes on: {read:?}");

    let end = customer.walk(page).await;
    assert_eq!(app.redeem(&app.receive(&end)).await.status, StatusCode::OK);
    let verified = platform.command(&["audit", "verify"]);
    assert!(verified.contains("unbroken"), "{verified}");
    let log = std::fs::read_to_string(platform.folder().join("server.log")).unwrap();
    let incident = broken.incident();
    assert_eq!(log.matches(&incident).count(), 1, "logged once: {log}");
    for secret in [customer.text("password"), tokens.text("refresh_token")] {
        assert!(!log.contains(&secret), "a secret is in the log");
    }
}
