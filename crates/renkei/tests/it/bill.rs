//! Bills of the demo's ministry, and the debits a bank's books show for them.

use renkei_core::account::{AccountId, Direction, Period, Transaction};
use renkei_core::payment::{Fee, FeeKey};
use renkei_core::port::{Ledger, Records};
use serde_json::Value;
use time::macros::date;

use crate::browser::{Browser, Page};
use crate::platform::Platform;

/// A bill, as the page that sends a browser to the bank has it.
#[derive(Clone)]
pub(crate) struct Bill(pub(crate) Value);

impl Bill {
    pub(crate) fn issue(platform: &Platform, args: &[&str]) -> Self {
        let told = platform.command(&[&["demo", "bill"], args].concat());
        Self(serde_json::from_str(&told).unwrap())
    }

    /// One for each of these amounts.
    pub(crate) fn issue_all(platform: &Platform, tenant: &str, amounts: &[i64]) -> Vec<Self> {
        let mut args = vec!["demo".to_owned(), "bill".to_owned(), tenant.to_owned()];
        args.extend(amounts.iter().map(|yen| format!("--amount={yen}")));
        let args: Vec<_> = args.iter().map(String::as_str).collect();
        let told: Vec<Value> = serde_json::from_str(&platform.command(&args)).unwrap();
        told.into_iter().map(Self).collect()
    }

    /// A newer one of the same fee.
    pub(crate) fn again(&self, platform: &Platform, tenant: &str) -> Self {
        Self::issue(
            platform,
            &[tenant, "--pay-number", &self.text("pay_number")],
        )
    }

    pub(crate) fn text(&self, name: &str) -> String {
        self.0[name].as_str().unwrap().to_owned()
    }

    pub(crate) fn key(&self) -> FeeKey {
        FeeKey {
            facility_number: self.0["form"]["skno"].as_str().unwrap().to_owned(),
            pay_number: self.text("pay_number"),
        }
    }

    /// Posts it from another site's page, and follows to the bank's.
    pub(crate) async fn open(&self, browser: &mut Browser) -> Page {
        let form = ["skno", "bptn", "bill"]
            .map(|name| (name, self.0["form"][name].as_str().unwrap().to_owned()));
        let from = "https://software.example";
        let page = browser
            .post_from(&self.text("action"), &form, from, "cross-site")
            .await;
        match page.location() {
            Some(next) => browser.open(next.as_str()).await,
            None => page,
        }
    }

    pub(crate) async fn fee(&self, platform: &Platform) -> Fee {
        platform
            .store()
            .find_fee(&self.key())
            .await
            .unwrap()
            .unwrap()
    }
}

/// Every line of the demo bank's books that a fee was debited with.
pub(crate) async fn debits(platform: &Platform, login_ids: &[String]) -> Vec<Transaction> {
    let store = platform.store();
    let period = Period {
        from: date!(2000 - 01 - 01),
        to: date!(2100 - 01 - 01),
    };
    let mut found = Vec::new();
    for login_id in login_ids {
        let customer = platform.customer(login_id);
        for account in customer["accounts"].as_array().unwrap() {
            let id = AccountId::new(account["id"].as_str().unwrap());
            let lines = store.lines(&id, period, None, 100_000).await.unwrap();
            let mut balance = 0;
            for line in &lines {
                balance += match line.direction {
                    Direction::Deposit => line.amount_yen,
                    Direction::Withdrawal => -line.amount_yen,
                };
                assert_eq!(line.balance_yen, balance, "the books add up");
            }
            let is_fee = |line: &Transaction| {
                let remarks = line.remarks.as_deref().unwrap_or_default();
                remarks.starts_with("ペイジー")
            };
            found.extend(lines.into_iter().filter(is_fee));
        }
    }
    found
}
