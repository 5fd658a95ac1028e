//! A refusal: the rules foresee that this journey cannot go on. A value, shown to the customer with
//! who can help, and told to the client as `access_denied`.

use serde::{Deserialize, Serialize};

/// Why a journey ends without a consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The bank offers no account to this customer.
    NoAccounts,
    /// Additional authentication is asked for and the customer has never registered a question.
    NoQuestion,
    /// Every account that could be registered is locked by wrong inquiry PINs.
    PinsLocked,
    /// The risk verdict is above the tenant's second threshold.
    RiskTooHigh,
    /// Too many wrong attempts at a secret.
    TooManyAttempts,
}

impl Refusal {
    /// The text that explains it, `refusal-risk-too-high`.
    pub const fn text_key(self) -> &'static str {
        match self {
            Self::NoAccounts => "refusal-no-accounts",
            Self::NoQuestion => "refusal-no-question",
            Self::PinsLocked => "refusal-pins-locked",
            Self::RiskTooHigh => "refusal-risk-too-high",
            Self::TooManyAttempts => "refusal-too-many-attempts",
        }
    }

    /// What the client's developer reads: printable ASCII, and nothing about the customer's secrets.
    pub const fn description(self) -> &'static str {
        "the bank did not allow this customer to go on"
    }
}
