//! A refusal: the rules foresee that this journey cannot go on. A value, shown to the customer with
//! who can help, and told to the client as `access_denied`.

use serde::{Deserialize, Serialize};

use crate::payment::NotPayable;
use crate::port::{Factor, Hurdle};

/// Why a journey ends without a consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The bank offers no account to this customer.
    NoAccounts,
    /// The customer has no token to show a one-time password, no card, no number: the factor is
    /// missing.
    NoFactor(Factor),
    /// The customer chose another way of proving themselves than the one agreed with the bank.
    OtherMethod,
    /// The fee cannot be paid.
    Payment(NotPayable),
    /// Every account that could be registered is locked by wrong inquiry PINs.
    PinsLocked,
    /// Something at the bank stands in the customer's way.
    Hurdle(Hurdle),
    /// The customer refused on another device.
    RefusedElsewhere,
    /// The risk verdict is above the tenant's second threshold.
    RiskTooHigh,
    /// Too many wrong attempts at a secret.
    TooManyAttempts,
}

impl Refusal {
    /// The text that explains it, `refusal-risk-too-high`.
    pub const fn text_key(self) -> &'static str {
        match self {
            Self::Hurdle(Hurdle::CertificateExpired) => "refusal-certificate-expired",
            Self::Hurdle(Hurdle::InitialSetup) => "refusal-initial-setup",
            Self::Hurdle(Hurdle::MailInvalid) => "refusal-mail-invalid",
            Self::Hurdle(Hurdle::OneTimePasswordUnregistered) => {
                "refusal-one-time-password-unregistered"
            }
            Self::Hurdle(Hurdle::PasswordExpired) => "refusal-password-expired",
            Self::Hurdle(Hurdle::PermissionMissing) => "refusal-permission-missing",
            Self::Hurdle(Hurdle::SessionElsewhere) => "refusal-session-elsewhere",
            Self::NoFactor(Factor::SecurityQuestion) => "refusal-no-question",
            Self::NoFactor(Factor::OneTimePassword) => "refusal-no-one-time-password",
            Self::NoFactor(Factor::MatrixCard) => "refusal-no-matrix-card",
            Self::NoFactor(Factor::TransactionPassword) => "refusal-no-transaction-password",
            Self::NoFactor(Factor::Passkey) => "refusal-no-passkey",
            Self::NoFactor(Factor::UserNumber) => "refusal-no-user-number",
            Self::RefusedElsewhere => "refusal-refused-elsewhere",
            Self::NoAccounts => "refusal-no-accounts",
            Self::OtherMethod => "refusal-other-method",
            Self::Payment(why) => why.text_key(),
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
