//! `kill -9` and time-outs at any point of many payments: one debit each, none lost, and the bank's
//! books and the fees agree.

use std::collections::BTreeMap;
use std::time::Duration;

use futures_util::future::join_all;
use renkei_core::commit::{Change, Commit};
use renkei_core::payment::FeeState;
use renkei_core::port::Store;
use reqwest::StatusCode;

use crate::bill::{Bill, debits};
use crate::browser::Page;
use crate::journey::Customer;
use crate::platform::{Engine, Platform};

/// Payments per engine, so many at a time; each is somewhere else when the server is killed.
const PAYMENTS: usize = 200;
const AT_ONCE: usize = 10;
const CUSTOMERS: usize = 20;
/// What the bank does, by turns; the number of customers is a multiple of theirs, so that each
/// customer's bank always does the same.
const LEVERS: [&str; 4] = ["fine", "timeout_after", "timeout_before_once", "silent"];

#[tokio::test]
async fn payments_survive_kill_9_and_time_outs_at_any_point_on_sqlite() {
    payments_survive(Engine::Sqlite).await;
}

#[tokio::test]
async fn payments_survive_kill_9_and_time_outs_at_any_point_on_postgresql() {
    if Engine::all().contains(&Engine::Postgres) {
        payments_survive(Engine::Postgres).await;
    }
}

async fn payments_survive(engine: Engine) {
    let mut platform = Platform::start(engine);
    let login_ids: Vec<String> = (1..=CUSTOMERS).map(|n| format!("hida{n:04}")).collect();
    let mut state = 0x5eed_u64;
    let mut bills = Vec::new();
    for round in 0..PAYMENTS / AT_ONCE {
        let numbers = round * AT_ONCE..(round + 1) * AT_ONCE;
        // Each fee has an amount of its own, by which its debit is known in the books.
        let amounts: Vec<i64> = numbers
            .clone()
            .map(|n| 1_000 + i64::try_from(n).unwrap())
            .collect();
        let issued = Bill::issue_all(&platform, "hidashin", &amounts);
        let mut payers = Vec::new();
        for (number, bill) in numbers.zip(&issued) {
            let login_id = &login_ids[number % CUSTOMERS];
            let lever = LEVERS[number % LEVERS.len()];
            // Once each: whose second order is lost as well waits for a person, as it should.
            if number < CUSTOMERS {
                let lever = format!("debit={lever}");
                platform.command(&["demo", "set", "hidashin", login_id, &lever]);
            }
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            payers.push(Payer {
                customer: Customer::new(&platform, login_id),
                bill: bill.clone(),
                crash_at: usize::try_from(state >> 61).unwrap(),
                page: None,
            });
        }
        pay(&mut platform, payers, state).await;
        bills.extend(issued.into_iter().zip(amounts));
    }
    for login_id in &login_ids {
        platform.command(&["demo", "set", "hidashin", login_id, "debit=fine"]);
    }
    settle(&platform).await;
    agree(&platform, &login_ids, &bills).await;
}

/// Waits until the end of every payment is known. A bank that was silent for long is asked every few
/// minutes only: here it is asked at once.
async fn settle(platform: &Platform) {
    let store = platform.store();
    for round in 0..60 {
        let open = store.open_payments().await.unwrap();
        if open.is_empty() {
            assert_eq!(platform.command(&["egov", "payments"]).trim(), "");
            return;
        }
        // Seldom enough that whoever is asking can write down what it heard.
        let hurried = if round % 10 == 0 { open } else { Vec::new() };
        for mut payment in hurried {
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

/// Somebody who pays, and where the crash meets them.
struct Payer {
    customer: Customer,
    bill: Bill,
    crash_at: usize,
    /// Where they are; nowhere before the bill is opened.
    page: Option<Page>,
}

impl Payer {
    /// Walks to where the crash is to come: more often than not to the button that pays.
    async fn walk_to_crash(&mut self) {
        let stop = match self.crash_at {
            0 => return,
            1 => "login",
            2 => "account_selection",
            _ => "payment_confirmation",
        };
        let mut page = self.bill.open(&mut self.customer.browser).await;
        for _ in 0..8 {
            if page.step() == stop {
                self.page = Some(page);
                return;
            }
            assert_eq!(page.status, StatusCode::OK, "{}", page.html);
            page = self.customer.go_on(&page).await;
        }
        panic!("never at {stop}: {}\n{}", page.url, page.html);
    }

    /// Opens the bill, or presses the button, in a browser that is lost with the crash: what it learns
    /// is learnt by nobody.
    fn press(&self) -> tokio::task::JoinHandle<()> {
        let (mut browser, bill) = (self.customer.browser.clone(), self.bill.clone());
        let posted = self.page.clone().map(|page| {
            let controls = self.customer.controls(&page);
            (page, controls)
        });
        tokio::spawn(async move {
            match posted {
                Some((page, form)) => {
                    let form: Vec<_> = form.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
                    drop(browser.post(&page, &form).await);
                }
                None => drop(bill.open(&mut browser).await),
            }
        })
    }

    /// Presses again after the crash, and walks to the end.
    async fn finish(&mut self, platform: &Platform) {
        let mut page = match self.page.take() {
            Some(page) => {
                let controls = self.customer.controls(&page);
                self.customer.send(&page, &controls).await
            }
            None => self.bill.open(&mut self.customer.browser).await,
        };
        for _ in 0..20 {
            if page.step() == "end" && page.html.contains("id=\"payment\"") {
                return;
            }
            if page.status == StatusCode::OK {
                page = self.customer.go_on(&page).await;
            } else {
                // What was opened by nobody who is left: another bill, as the page says.
                self.bill = self.bill.again(platform, "hidashin");
                page = self.bill.open(&mut self.customer.browser).await;
            }
        }
        panic!("no end at {}:\n{}", page.url, page.html);
    }
}

/// All of them at once, with one crash while each presses a button.
async fn pay(platform: &mut Platform, mut payers: Vec<Payer>, state: u64) {
    join_all(payers.iter_mut().map(Payer::walk_to_crash)).await;
    let pressing: Vec<_> = payers.iter().map(Payer::press).collect();
    tokio::time::sleep(Duration::from_micros(state % 60_000)).await;
    platform.kill();
    for one in pressing {
        one.abort();
        drop(one.await);
    }
    platform.run();
    let platform = &*platform;
    join_all(payers.iter_mut().map(|payer| payer.finish(platform))).await;
}
