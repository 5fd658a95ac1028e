//! A fee of an application.

use renkei_core::instant::Timestamp;
use serde::{Deserialize, Serialize};
use time::Date;

use crate::number::ArriveId;
use crate::words::{self, Word};

/// What names a fee: 収納機関番号 and 納付番号.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FeeKey {
    /// 収納機関番号, five digits.
    pub facility_number: String,
    /// 納付番号, sixteen digits.
    pub pay_number: String,
}

/// A fee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fee {
    /// What names it.
    pub key: FeeKey,
    /// The application it is charged for.
    pub arrive_id: ArriveId,
    /// 確認番号, six digits.
    pub confirm_number: String,
    /// The name of the 収納機関.
    pub facility_name: String,
    /// What it is for, in kana.
    pub pay_name_kana: String,
    /// The amount in yen.
    pub total_fee_yen: i64,
    /// The last day on which it can be paid, to its end in Japan.
    pub due: Date,
    /// What is told with it.
    pub memo: String,
    /// When it was charged.
    pub charged_at: Timestamp,
    /// Where it stands.
    pub state: FeeState,
}

/// Where a fee stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FeeState {
    /// 取消
    Cancelled,
    /// 納付期限切れ
    Lapsed,
    /// 納付済み
    Paid {
        /// By which payment.
        payment: String,
        /// When.
        at: Timestamp,
    },
    /// 納付待ち to everybody else: a payment was confirmed, and its end is not known yet.
    Reserved(String),
    /// 納付待ち
    Waiting,
}

impl FeeState {
    /// PayStatus.
    pub const fn word(&self) -> Word {
        match self {
            Self::Cancelled => words::FEE_CANCELLED,
            Self::Lapsed => words::FEE_LAPSED,
            Self::Paid { .. } => words::FEE_PAID,
            Self::Reserved(_) | Self::Waiting => words::FEE_WAITING,
        }
    }

    /// Whether it waits to be paid, or for a payment's end.
    pub const fn is_open(&self) -> bool {
        matches!(self, Self::Reserved(_) | Self::Waiting)
    }
}

impl Fee {
    /// PayFlag: whether it can be paid now.
    pub fn is_payable(&self, now: Timestamp) -> bool {
        self.state == FeeState::Waiting && !self.is_overdue(now)
    }

    /// Whether its last day is over.
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        now.japan_date() > self.due
    }

    /// PayDate.
    pub const fn paid_at(&self) -> Option<Timestamp> {
        match self.state {
            FeeState::Paid { at, .. } => Some(at),
            _ => None,
        }
    }
}

/// PayStatus of an application: what still asks for something comes first.
pub fn standing(fees: &[Fee]) -> Word {
    const ORDER: [Word; 4] = [
        words::FEE_WAITING,
        words::FEE_LAPSED,
        words::FEE_PAID,
        words::FEE_CANCELLED,
    ];
    ORDER
        .into_iter()
        .find(|word| fees.iter().any(|fee| fee.state.word() == *word))
        .unwrap_or(words::FEE_NONE)
}
