//! `kill -9` and time-outs at any point of many payments: one debit each, none lost, and the bank's
//! books and the fees agree.

use std::collections::BTreeMap;
use std::time::Duration;

use renkei_core::commit::{Change, Commit};
use renkei_core::payment::FeeState;
use renkei_core::port::Store;
use reqwest::StatusCode;

use crate::browser::Page;
use crate::journey::Customer;
use crate::payment::{Bill, debits};
use crate::platform::{Engine, Platform};

/// Payments per engine; at some moment of each the server is killed.
const PAYMENTS: usize = 200;
const CUSTOMERS: usize = 20;
/// What the bank does, by turns; the number of customers is a multiple of theirs, so that each
/// customer's bank always does the same.
const LEVERS: [&str; 4] = ["fine", "timeout_after", "timeout_before_once", "silent"];

#[tokio::test]
async fn payments_survive_kill_9_and_time_outs_at_any_point() {
    for engine in Engine::all() {
        let mut platform = Platform::start(engine);
        let login_ids: Vec<String> = (1..=CUSTOMERS).map(|n| format!("hida{n:04}")).collect();
        let mut state = 0x5eed_u64;
        let mut bills = Vec::new();
        for number in 0..PAYMENTS {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let login_id = &login_ids[number % CUSTOMERS];
            let lever = LEVERS[number % LEVERS.len()];
            if number < CUSTOMERS || lever.ends_with("once") {
                let lever = format!("debit={lever}");
                platform.command(&["demo", "set", "hidashin", login_id, &lever]);
            }
            // Each fee has an amount of its own, by which its debit is known in the books.
            let amount = (1_000 + number).to_string();
            let bill = Bill::issue(&platform, &["hidashin", "--amount", &amount]);
            let mut customer = Customer::new(&platform, login_id);
            pay(&mut platform, &mut customer, &bill, state).await;
            bills.push((bill, 1_000 + i64::try_from(number).unwrap()));
        }
        for login_id in &login_ids {
            platform.command(&["demo", "set", "hidashin", login_id, "debit=fine"]);
        }
        settle(&platform).await;
        agree(&platform, &login_ids, &bills).await;
    }
}

/// Waits until the end of every payment is known. A bank that was silent for long is asked every few
/// minutes only: here it is asked at once.
async fn settle(platform: &Platform) {
    let store = platform.store();
    for _ in 0..60 {
        let open = store.open_payments().await.unwrap();
        if open.is_empty() {
            assert_eq!(platform.command(&["egov", "payments"]).trim(), "");
            return;
        }
        for mut payment in open {
            payment.version += 1;
            payment.next_ask_at = Some(payment.at);
            let commit = Commit {
                changes: vec![Change::PaymentSaved(Box::new(payment))],
                events: Vec::new(),
            };
            // The server may have moved it meanwhile.
            drop(store.commit(commit).await);
        }
        tokio::time::sleep(Duration::from_secs(2)).await;
    }
    panic!("in doubt: {}", platform.command(&["egov", "payments"]));
}

async fn agree(platform: &Platform, login_ids: &[String], bills: &[(Bill, i64)]) {
    let mut debited: BTreeMap<i64, usize> = BTreeMap::new();
    for line in debits(platform, login_ids).await {
        *debited.entry(line.amount_yen).or_default() += 1;
    }
    for (bill, amount) in bills {
        let fee = bill.fee(platform).await;
        assert!(
            matches!(fee.state, FeeState::Paid { .. }),
            "{amount} is {:?}",
            fee.state
        );
        assert_eq!(debited.remove(amount), Some(1), "debits of {amount}");
    }
    assert!(debited.is_empty(), "debits without a fee: {debited:?}");
    assert!(platform.command(&["audit", "verify"]).contains("unbroken"));
    let records = platform.command(&["audit", "show"]);
    for name in ["payment.confirmed", "payment.debited"] {
        let count = records.matches(&format!("\"{name}\"")).count();
        assert_eq!(count, bills.len(), "{name}");
    }
}

/// Pays, with a crash on the way: more often than not at the button that pays.
async fn pay(platform: &mut Platform, customer: &mut Customer, bill: &Bill, state: u64) {
    let crash_at = usize::try_from(state >> 61).unwrap();
    let mut bill = bill.clone();
    let mut crashed = false;
    let mut page = if crash_at == 0 {
        crashed = true;
        let (posted, mut browser) = (bill.clone(), customer.browser.clone());
        let opening = tokio::spawn(async move {
            // The browser that is lost with the crash learns nothing.
            let open = posted.open(&mut browser);
            tokio::time::timeout(Duration::from_millis(50), open)
                .await
                .is_ok()
        });
        crash(platform, state).await;
        drop(opening.await);
        bill.open(&mut customer.browser).await
    } else {
        bill.open(&mut customer.browser).await
    };
    for _ in 0..20 {
        if page.step() == "end" && page.html.contains("id=\"payment\"") {
            return;
        }
        if page.status != StatusCode::OK {
            // What was opened by nobody who is left: another bill, as the page says.
            bill = bill.again(platform, "hidashin");
            page = bill.open(&mut customer.browser).await;
            continue;
        }
        let is_last = page.step() == "payment_confirmation";
        let is_here = match crash_at {
            1 => page.step() == "login",
            2 => page.step() == "account_selection",
            _ => is_last,
        };
        if is_here && !crashed {
            crashed = true;
            page = crashing(platform, customer, &page, state).await;
        } else {
            page = customer.go_on(&page).await;
        }
    }
    panic!("no end at {}:\n{}", page.url, page.html);
}

async fn crash(platform: &mut Platform, state: u64) {
    tokio::time::sleep(Duration::from_micros(state % 25_000)).await;
    platform.kill();
    platform.run();
}

/// Posts a form, kills the server somewhere in between, starts it again, and presses the button again.
async fn crashing(
    platform: &mut Platform,
    customer: &mut Customer,
    page: &Page,
    state: u64,
) -> Page {
    let controls = customer.controls(page);
    let (mut browser, posted) = (customer.browser.clone(), page.clone());
    let form: Vec<(String, String)> = controls.clone();
    let posting = tokio::spawn(async move {
        let form: Vec<_> = form.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        browser.post(&posted, &form).await
    });
    crash(platform, state).await;
    // Its answer is lost, whichever it was.
    posting.abort();
    drop(posting.await);
    customer.send(page, &controls).await
}
