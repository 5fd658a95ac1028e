//! A fee of an application. What paying it needs is the domain's ([`core::Fee`]), and so are its
//! changes; here stands what the interface tells of it beside that.
//!
//! [`core::Fee`]: renkei_core::payment::Fee

use renkei_core::instant::Timestamp;
pub use renkei_core::payment::{FeeKey, FeeState};

use crate::number::ArriveId;
use crate::words::{self, Word};

/// A fee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fee {
    /// What the payment needs, and where it stands.
    pub owed: renkei_core::payment::Fee,
    /// What it is charged for.
    pub detail: FeeDetail,
}

/// What a fee is charged for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeeDetail {
    /// The fee.
    pub key: FeeKey,
    /// The application.
    pub arrive_id: ArriveId,
    /// The name of the 収納機関.
    pub facility_name: String,
    /// What it is for, in kana.
    pub pay_name_kana: String,
    /// What is told with it.
    pub memo: String,
    /// When it was charged.
    pub charged_at: Timestamp,
}

/// `PayStatus` of a fee.
const fn word(state: FeeState) -> Word {
    match state {
        FeeState::Cancelled => words::FEE_CANCELLED,
        FeeState::Lapsed => words::FEE_LAPSED,
        FeeState::Paid { .. } => words::FEE_PAID,
        FeeState::Reserved(_) | FeeState::Waiting => words::FEE_WAITING,
    }
}

impl Fee {
    /// What names it.
    pub const fn key(&self) -> &FeeKey {
        &self.owed.key
    }

    /// `PayStatus`.
    pub const fn word(&self) -> Word {
        word(self.owed.state)
    }

    /// Whether it waits to be paid, or for a payment's end.
    pub const fn is_open(&self) -> bool {
        matches!(self.owed.state, FeeState::Reserved(_) | FeeState::Waiting)
    }

    /// `PayFlag`: whether it can be paid now.
    pub fn is_payable(&self, now: Timestamp) -> bool {
        self.owed.state == FeeState::Waiting && !self.is_overdue(now)
    }

    /// Whether its last day is over.
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        now.japan_date() > self.owed.due
    }

    /// `PayDate`.
    pub const fn paid_at(&self) -> Option<Timestamp> {
        match self.owed.state {
            FeeState::Paid { at, .. } => Some(at),
            FeeState::Cancelled | FeeState::Lapsed | FeeState::Reserved(_) | FeeState::Waiting => {
                None
            }
        }
    }
}

/// `PayStatus` of an application: what still asks for something comes first.
pub fn standing(fees: &[Fee]) -> Word {
    const ORDER: [Word; 4] = [
        words::FEE_WAITING,
        words::FEE_LAPSED,
        words::FEE_PAID,
        words::FEE_CANCELLED,
    ];
    ORDER
        .into_iter()
        .find(|word| fees.iter().any(|fee| fee.word() == *word))
        .unwrap_or(words::FEE_NONE)
}
