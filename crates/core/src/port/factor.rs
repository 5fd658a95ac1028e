//! Factors: what a customer who is identified may be asked for besides, and how they answer.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::PasskeyRequest;
use crate::secret::{Answer, Password};

/// Something a customer knows or has besides the password.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Factor {
    /// 乱数表: a card with a table of characters.
    MatrixCard,
    /// ワンタイムパスワード of a token the bank has given or registered.
    OneTimePassword,
    /// パスキー.
    Passkey,
    /// 追加認証: question and answer.
    SecurityQuestion,
    /// 確認用パスワード, 取引実行パスワード.
    TransactionPassword,
    /// 利用者番号, of which some digits are asked.
    UserNumber,
}

impl Factor {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::MatrixCard,
        Self::OneTimePassword,
        Self::Passkey,
        Self::SecurityQuestion,
        Self::TransactionPassword,
        Self::UserNumber,
    ];

    /// Its word in counted attempts and audit records.
    pub const fn word(self) -> &'static str {
        match self {
            Self::MatrixCard => "matrix_card",
            Self::OneTimePassword => "one_time_password",
            Self::Passkey => "passkey",
            Self::SecurityQuestion => "question",
            Self::TransactionPassword => "transaction_password",
            Self::UserNumber => "user_number",
        }
    }
}

/// What a bank asks a customer for a factor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Challenge {
    /// Cells of the card with this serial number, of so many rows and columns.
    MatrixCard {
        /// Which card, as printed on it.
        serial: String,
        /// Rows.
        rows: u8,
        /// Columns.
        columns: u8,
    },
    /// The code that the customer's token shows.
    OneTimePassword,
    /// One of the customer's passkeys.
    Passkey(PasskeyRequest),
    /// This question.
    Question(String),
    /// The password.
    TransactionPassword,
    /// Digits of a number with so many of them.
    UserNumber {
        /// How many digits the number has.
        length: u8,
    },
}

/// How a customer answers.
#[derive(Clone, Debug)]
pub enum FactorAnswer {
    /// Characters by cell (row and column, from 1).
    MatrixCard(BTreeMap<(u8, u8), Password>),
    /// The code.
    OneTimePassword(Password),
    /// The browser's answer to the question that a bank asked.
    Passkey {
        /// What the bank gave to be kept until the answer.
        state: String,
        /// The answer, JSON.
        answer: String,
    },
    /// The answer to the question.
    Question(Answer),
    /// The password.
    TransactionPassword(Password),
    /// Digits by position, from 1.
    UserNumber(BTreeMap<u8, Password>),
}

impl FactorAnswer {
    /// The factor it answers for.
    pub const fn factor(&self) -> Factor {
        match self {
            Self::MatrixCard(_) => Factor::MatrixCard,
            Self::OneTimePassword(_) => Factor::OneTimePassword,
            Self::Passkey { .. } => Factor::Passkey,
            Self::Question(_) => Factor::SecurityQuestion,
            Self::TransactionPassword(_) => Factor::TransactionPassword,
            Self::UserNumber(_) => Factor::UserNumber,
        }
    }
}

/// A factor to be registered for a customer who has none.
#[derive(Clone, Debug)]
pub enum Registration {
    /// A passkey.
    Passkey {
        /// What the bank gave to be kept until the answer.
        state: String,
        /// The browser's answer, JSON.
        answer: String,
    },
    /// Question and answer.
    Question {
        /// The words of the question.
        question: String,
        /// Its answer.
        answer: Answer,
    },
    /// An authenticator.
    Token {
        /// Its secret (RFC 6238), base32.
        secret: Password,
        /// The code it shows, as a sign that the secret arrived.
        code: Password,
    },
}
