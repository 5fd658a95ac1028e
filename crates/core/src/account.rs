//! Accounts, balances and statements as a bank's connector gives them, before they are put into the
//! shape of the data API.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use time::Date;

/// How the bank knows one customer: opaque to us, unique within the tenant, never shown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CustomerId(String);

impl CustomerId {
    /// The bank's own key for the customer.
    pub fn new(key: impl Into<String>) -> Self {
        Self(key.into())
    }

    /// The key.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// How one account is named towards clients: opaque, unique within the tenant, stable.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccountId(String);

impl AccountId {
    /// An account's name.
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// 科目, the kind of a deposit account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AccountType {
    /// 普通
    Ordinary,
    /// 当座
    Current,
    /// 貯蓄
    Savings,
    /// 定期
    Time,
}

impl AccountType {
    /// The code of the data API: `01` 普通, `02` 当座, `04` 貯蓄, `11` 定期.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ordinary => "01",
            Self::Current => "02",
            Self::Savings => "04",
            Self::Time => "11",
        }
    }

    /// The word in files and keys of texts: `ordinary`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ordinary => "ordinary",
            Self::Current => "current",
            Self::Savings => "savings",
            Self::Time => "time",
        }
    }

    /// The word on Japanese statements.
    pub const fn japanese(self) -> &'static str {
        match self {
            Self::Ordinary => "普通",
            Self::Current => "当座",
            Self::Savings => "貯蓄",
            Self::Time => "定期",
        }
    }
}

/// 照会用口座: an account of the customer that may be inquired.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Its name towards clients.
    pub id: AccountId,
    /// 店番, three digits.
    pub branch_code: String,
    /// 支店名.
    pub branch_name: String,
    /// 科目.
    #[serde(rename = "type")]
    pub kind: AccountType,
    /// 口座番号, seven digits.
    pub number: String,
    /// 口座メモ, the customer's own label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memo: Option<String>,
    /// The holder's name as the bank prints it.
    pub holder: String,
    /// The holder's name in half-width or full-width kana.
    pub holder_kana: String,
    /// 代表口座: the customer's main account.
    #[serde(default)]
    pub primary: bool,
}

/// What an account holds at one moment, in yen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Balance {
    /// 現在残高; may be negative on a current account.
    pub balance_yen: i64,
    /// 支払可能残高.
    pub withdrawable_yen: i64,
}

/// The direction of a statement line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// 入金, `1` in the data API.
    Deposit,
    /// 出金, `2` in the data API.
    Withdrawal,
}

/// One line of 入出金明細.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transaction {
    /// The bank's own order of lines within the account: grows by time, never reused.
    pub sequence: i64,
    /// 取引日.
    pub date: Date,
    /// 起算日.
    pub value_date: Date,
    /// 入金 or 出金.
    pub direction: Direction,
    /// Always positive.
    pub amount_yen: i64,
    /// 摘要; none when the bank prints nothing.
    pub remarks: Option<String>,
    /// 取引後残高.
    pub balance_yen: i64,
}

/// Days of a statement, both inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub from: Date,
    /// The last day, not before the first.
    pub to: Date,
}
