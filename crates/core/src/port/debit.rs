//! How a bank is asked to debit an account, and what it can answer.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::account::AccountId;
use crate::instant::Timestamp;

/// An order to debit an account, once for each key however often it is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DebitOrder {
    /// The idempotency key.
    pub key: String,
    /// The account.
    pub account: AccountId,
    /// How many yen; always positive.
    pub amount_yen: i64,
    /// Who receives it, as the statement prints it.
    pub payee: String,
    /// What the payee knows it by: 納付番号.
    pub reference: String,
}

/// What a bank answers to an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Debit {
    /// The account was debited, now or when the key was seen first.
    Debited {
        /// When.
        at: Timestamp,
        /// The bank's own number for it.
        reference: String,
    },
    /// Nothing was debited, and nothing will be for this key.
    Declined(Decline),
    /// No answer came, or one that says nothing: the account may have been debited or not.
    Unknown,
}

/// How an order stands that was sent before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DebitStatus {
    /// The account was debited.
    Debited {
        /// When.
        at: Timestamp,
        /// The bank's own number for it.
        reference: String,
    },
    /// Nothing was debited, and nothing will be.
    Declined(Decline),
    /// The order never arrived.
    NeverSeen,
    /// No answer came.
    Unknown,
}

/// Why a bank does not debit an account.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Decline {
    /// The account is closed or suspended.
    Closed,
    /// Not at this hour.
    Hours,
    /// Above the customer's limit.
    Limit,
    /// The balance is short.
    Short,
}

impl Decline {
    /// Its word in texts.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Hours => "hours",
            Self::Limit => "limit",
            Self::Short => "short",
        }
    }
}
