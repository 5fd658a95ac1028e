//! The data API's words. Fields that a bank does not give are absent; fields we do not use are ignored.

use serde::{Deserialize, Serialize};
use time::Date;

use crate::yen::Yen;

time::serde::format_description!(iso_day, Date, "[year]-[month]-[day]");

/// `GET /api/v1/accounts`
#[derive(Deserialize)]
pub(super) struct Accounts {
    pub(super) accounts: Vec<Account>,
}

/// `GET /api/v1/accounts/{account_id}/balances`
#[derive(Deserialize)]
pub(super) struct Balances {
    pub(super) balances: Vec<Balance>,
}

/// An account of a link.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Account {
    /// Opaque; part of addresses.
    #[serde(rename = "account_id")]
    pub(crate) id: String,
    #[serde(rename = "branch_name")]
    pub(crate) branch: Option<String>,
    /// 普通, 当座 and so on, in the bank's words.
    #[serde(rename = "account_type_name")]
    pub(crate) kind: Option<String>,
    #[serde(rename = "account_number")]
    pub(crate) number: Option<String>,
    /// Whose it is.
    #[serde(rename = "account_name")]
    pub(crate) holder: Option<String>,
}

impl Account {
    /// All but the last four digits hidden; nothing when there is no number.
    pub(crate) fn masked_number(&self) -> String {
        let digits: Vec<char> = self
            .number
            .iter()
            .flat_map(|number| number.chars())
            .collect();
        let hidden = digits.len().saturating_sub(4);
        let masked = digits.iter().enumerate();
        masked
            .map(|(index, digit)| if index < hidden { '•' } else { *digit })
            .collect()
    }
}

/// What is on an account.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Balance {
    #[serde(rename = "balance")]
    pub(crate) current: Yen,
    pub(crate) withdrawable_amount: Option<Yen>,
    #[serde(default, with = "iso_day::option")]
    pub(crate) base_date: Option<Date>,
}

/// `GET /api/v1/accounts/{account_id}/transactions`: one page, ascending.
#[derive(Debug, Deserialize)]
pub(crate) struct Statement {
    pub(crate) has_next: bool,
    pub(crate) next_item_key: Option<String>,
    pub(crate) transactions: Vec<Transaction>,
}

/// An entry.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Transaction {
    #[serde(rename = "transaction_date", with = "iso_day")]
    pub(crate) date: Date,
    #[serde(default, with = "iso_day::option")]
    pub(crate) value_date: Option<Date>,
    #[serde(rename = "transaction_type")]
    pub(crate) direction: Direction,
    pub(crate) amount: Yen,
    pub(crate) remarks: Option<String>,
    /// After this entry.
    pub(crate) balance: Option<Yen>,
}

/// Into or out of the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(crate) enum Direction {
    /// 入金
    #[serde(rename = "1")]
    Deposit,
    /// 出金
    #[serde(rename = "2")]
    Withdrawal,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_is_read_as_documented() {
        let page: Statement = serde_json::from_str(
            r#"{"has_next": true, "next_item_key": "k2", "count": "1", "base_date": "2026-11-21",
                "transactions": [{"transaction_date": "2026-11-20", "transaction_type": "2",
                                  "amount": "5500", "balance": "-200", "item_key": "1"}]}"#,
        )
        .unwrap();
        let entry = page.transactions.first().unwrap();
        assert!(page.has_next && page.next_item_key.as_deref() == Some("k2"));
        assert_eq!(
            (entry.direction, entry.amount),
            (Direction::Withdrawal, Yen::parse("5500").unwrap())
        );
        assert_eq!(
            (entry.balance, entry.remarks.as_deref()),
            (Yen::parse("-200"), None)
        );
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        let balance =
            |amount: &str| serde_json::from_str::<Balance>(&format!("{{\"balance\": {amount}}}"));
        assert!(balance("\"100\"").is_ok());
        assert!(balance("\"1,00\"").is_err() && balance("100").is_err());
    }

    #[test]
    fn account_numbers_show_their_last_four_digits() {
        let account = |number: &str| Account {
            id: "a".to_owned(),
            branch: None,
            kind: None,
            number: (!number.is_empty()).then(|| number.to_owned()),
            holder: None,
        };
        assert_eq!(account("1234567").masked_number(), "•••4567");
        assert_eq!(account("123").masked_number(), "123");
        assert_eq!(account("").masked_number(), "");
    }
}
