//! How a bill is opened: by whom, where, and when it is none.

use renkei_core::commit::{Change, Commit};
use renkei_core::port::Store;
use reqwest::StatusCode;

use super::to_confirmation;
use crate::bill::{Bill, debits};
use crate::browser::Browser;
use crate::journey::Customer;
use crate::platform::{Engine, Platform};

#[tokio::test]
async fn a_bill_belongs_to_the_browser_that_opened_it_first() {
    let platform = Platform::start(Engine::Sqlite);
    let bill = Bill::issue(&platform, &["hidashin"]);
    let mut mine = Browser::new();
    let page = bill.open(&mut mine).await;
    let again = bill.open(&mut mine).await;
    assert_eq!(again.url, page.url, "the same journey");
    let mut others = Browser::new();
    let refused = bill.open(&mut others).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(
        refused
            .html
            .contains("すでに別のブラウザーで開かれています"),
        "{}",
        refused.html
    );
    assert!(
        !refused.html.contains("id=\"cancel\""),
        "no app to go back to"
    );
    // Two at once: one journey begins.
    let bill = Bill::issue(&platform, &["hidashin"]);
    let opened = (0..8).map(|_| {
        let bill = bill.clone();
        async move { bill.open(&mut Browser::new()).await.status }
    });
    let opened = futures_util::future::join_all(opened).await;
    let won = opened
        .iter()
        .filter(|status| **status == StatusCode::OK)
        .count();
    assert_eq!(won, 1, "{opened:?}");
    assert!(
        opened
            .iter()
            .all(|s| *s == StatusCode::OK || *s == StatusCode::FORBIDDEN)
    );
}

#[tokio::test]
async fn what_is_no_bill_meets_calm_pages() {
    let mut platform = Platform::start(Engine::Sqlite);
    let mut browser = Browser::new();
    let address = format!("{}/hidashin/mpn/ilink", platform.base_url());
    let got = browser.fetch(&address).await;
    assert_eq!(got.status, StatusCode::NOT_FOUND);
    let bill = Bill::issue(&platform, &["hidashin"]);
    for (name, value) in [
        ("skno", "00100"),
        ("bptn", "02"),
        ("bill", "k1.AAAA"),
        ("bill", ""),
    ] {
        let mut other = bill.clone();
        other.0["form"][name] = value.into();
        let page = other.open(&mut browser).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{name}");
        assert!(page.html.contains("読み取ることができません"));
    }
    // Another bank's bill is none here.
    let mut elsewhere = bill.clone();
    elsewhere.0["action"] = format!("{}/hana/mpn/ilink", platform.base_url()).into();
    assert_eq!(
        elsewhere.open(&mut browser).await.status,
        StatusCode::BAD_REQUEST
    );
    platform.rewrite_tenant("hidashin", |text| {
        text[..text.find("payment:").unwrap()].to_owned()
    });
    let page = bill.open(&mut browser).await;
    assert_eq!(
        page.status,
        StatusCode::NOT_FOUND,
        "the bank takes no payments"
    );
}

#[tokio::test]
async fn fees_that_cannot_be_paid_are_refused_wherever_it_is_seen() {
    let platform = Platform::start(Engine::Sqlite);
    let store = platform.store();
    let change = async |change: Change| {
        let commit = Commit {
            changes: vec![change],
            events: Vec::new(),
        };
        store.commit(commit).await.unwrap();
    };
    let overdue = Bill::issue(&platform, &["hidashin", "--due", "2020-01-01"]);
    let refused = overdue.open(&mut Browser::new()).await;
    assert!(
        refused.html.contains("払込期限が過ぎている"),
        "{}",
        refused.html
    );
    let cancelled = Bill::issue(&platform, &["hidashin"]);
    change(Change::FeeCancelled(cancelled.key())).await;
    let refused = cancelled.open(&mut Browser::new()).await;
    assert!(
        refused.html.contains("取り消されています"),
        "{}",
        refused.html
    );
    // Cancelled while the customer was at the page.
    let bill = Bill::issue(&platform, &["hidashin"]);
    let mut customer = Customer::new(&platform, "hida0001");
    let page = bill.open(&mut customer.browser).await;
    let page = to_confirmation(&mut customer, page).await;
    change(Change::FeeCancelled(bill.key())).await;
    let refused = customer.go_on(&page).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(
        refused.html.contains("取り消されています"),
        "{}",
        refused.html
    );
    assert!(debits(&platform, &["hida0001".to_owned()]).await.is_empty());
}

#[tokio::test]
async fn a_bank_with_a_host_of_its_own_gets_the_bill_there() {
    let platform = Platform::start_with(Engine::Sqlite, |folder| {
        let file = folder.join("tenants/hidashin/tenant.yaml");
        let text = std::fs::read_to_string(&file).unwrap();
        let host = crate::browser::BANK_HOST;
        let text = text.replacen("connector:", &format!("host: {host}\nconnector:"), 1);
        std::fs::write(&file, text).unwrap();
    });
    let bill = Bill::issue(&platform, &["hidashin"]);
    let mut browser = Browser::new();
    let sent_on = bill.open(&mut browser).await;
    // 307 keeps the form; this browser opens by GET only, so it is posted there by hand.
    let home = format!(
        "{}/hidashin/mpn/ilink",
        platform.at_host(crate::browser::BANK_HOST)
    );
    assert_eq!(sent_on.url.as_str(), home);
    let mut there = bill.clone();
    there.0["action"] = home.into();
    let page = there.open(&mut browser).await;
    assert_eq!(
        (page.step().as_str(), page.status),
        ("login", StatusCode::OK)
    );
    assert_eq!(page.url.host_str(), Some(crate::browser::BANK_HOST));
}
