//! A payment: one fee of an authority, paid once from one account. The sealed [`Bill`] says what is to
//! be paid and is good for one journey; the [`Fee`] is the row that knows whether it was paid; the
//! [`Payment`] is the customer's confirmation and what became of it.
//!
//! **Settlement.** Whoever owns the fees shares our store. The guarded changes `FeeReserved`,
//! `FeeSettled` and `FeeReleased` of [`crate::commit::Change`] are the port to them: they are keyed by
//! [`FeeKey`], stand in the same commit as the payment they belong to, and the domain knows nothing else
//! of what a fee is for.

mod bill;
mod settle;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use time::Date;

pub use self::bill::{BILL_LIVES_FOR, Bill, BillFormat, BillRecord};
pub use self::settle::{FIRST_ASK_AFTER, Settled, Settler};
use crate::account::{Account, CustomerId};
use crate::id::{JourneyId, PaymentId};
use crate::instant::Timestamp;
use crate::port::{DebitOrder, Decline};
use crate::tenant::TenantId;
use crate::text::Language;

/// What names a fee: 収納機関番号 and 納付番号.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FeeKey {
    /// 収納機関番号, five digits.
    pub facility_number: String,
    /// 納付番号, sixteen digits.
    pub pay_number: String,
}

/// A fee, as far as paying it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fee {
    /// What names it.
    pub key: FeeKey,
    /// 確認番号, six digits.
    pub confirm_number: String,
    /// The amount in yen.
    pub total_fee_yen: i64,
    /// The last day on which it can be paid, to its end in Japan.
    pub due: Date,
    /// Where it stands.
    pub state: FeeState,
}

/// Where a fee stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeeState {
    /// 取消
    Cancelled,
    /// 納付期限切れ
    Lapsed,
    /// 納付済み
    Paid {
        /// By which payment.
        payment: PaymentId,
        /// When.
        at: Timestamp,
    },
    /// 納付待ち to everybody else: a payment was confirmed, and its end is not known yet.
    Reserved(PaymentId),
    /// 納付待ち
    Waiting,
}

impl FeeState {
    /// The stored word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cancelled => "cancelled",
            Self::Lapsed => "lapsed",
            Self::Paid { .. } => "paid",
            Self::Reserved(_) => "reserved",
            Self::Waiting => "waiting",
        }
    }
}

/// Why nothing can be paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotPayable {
    /// The bill is older than half an hour.
    BillLapsed,
    /// A newer bill took its place, or the fee is not what the bill says any more.
    BillVoided,
    /// A payment of the same fee is under way.
    BeingPaid,
    /// The fee was taken back.
    Cancelled,
    /// The customer has no account that fees can be paid from.
    NoAccount,
    /// The last day to pay is over.
    Overdue,
    /// The fee was paid.
    Paid,
}

impl NotPayable {
    /// The text that explains it.
    pub const fn text_key(self) -> &'static str {
        match self {
            Self::BillLapsed => "refusal-bill-lapsed",
            Self::BillVoided => "refusal-bill-voided",
            Self::BeingPaid => "refusal-fee-being-paid",
            Self::Cancelled => "refusal-fee-cancelled",
            Self::NoAccount => "refusal-no-payable-account",
            Self::Overdue => "refusal-fee-overdue",
            Self::Paid => "refusal-fee-paid",
        }
    }
}

/// Why a bill cannot be paid now; none when it can. A fee that is not there was taken back.
pub fn hindrance(bill: &Bill, fee: Option<&Fee>, now: Timestamp) -> Option<NotPayable> {
    let Some(fee) = fee else {
        return Some(NotPayable::Cancelled);
    };
    match fee.state {
        FeeState::Cancelled => Some(NotPayable::Cancelled),
        FeeState::Lapsed => Some(NotPayable::Overdue),
        FeeState::Paid { .. } => Some(NotPayable::Paid),
        FeeState::Reserved(_) => Some(NotPayable::BeingPaid),
        FeeState::Waiting if now.japan_date() > fee.due => Some(NotPayable::Overdue),
        FeeState::Waiting => {
            let is_same = fee.confirm_number == bill.confirm_number
                && fee.total_fee_yen == bill.total_fee_yen
                && fee.due == bill.due;
            (!is_same).then_some(NotPayable::BillVoided)
        }
    }
}

/// A confirmed payment and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Payment {
    /// Its id; also the bank's idempotency key.
    pub id: PaymentId,
    /// Counts its writes, from 1.
    pub version: i64,
    /// The bank.
    pub tenant: TenantId,
    /// The customer.
    pub customer: CustomerId,
    /// The journey it was confirmed on.
    pub journey: JourneyId,
    /// The fee.
    pub fee: FeeKey,
    /// When it was confirmed.
    pub at: Timestamp,
    /// Where the bank may write to.
    pub mail: Option<String>,
    /// What was shown and confirmed.
    pub receipt: Receipt,
    /// What became of it.
    pub state: PaymentState,
    /// When the bank is asked next; none once it is over.
    pub next_ask_at: Option<Timestamp>,
}

/// What became of a payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentState {
    /// The account was debited, and the fee is paid.
    Debited {
        /// When, as the bank says.
        at: Timestamp,
        /// The bank's own number for it.
        reference: String,
    },
    /// The bank declined; the fee waits as before.
    Declined {
        /// Why.
        reason: Decline,
        /// When.
        at: Timestamp,
    },
    /// The bank was asked to debit, and what it did is not known.
    InDoubt {
        /// Since when.
        since: Timestamp,
        /// How often it was asked since.
        asked: u32,
        /// Whether the order was sent a second time.
        resent: bool,
    },
    /// The fee is reserved; no answer of the bank has been noted.
    Reserved,
}

impl PaymentState {
    /// The stored word.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Debited { .. } => "debited",
            Self::Declined { .. } => "declined",
            Self::InDoubt { .. } => "in_doubt",
            Self::Reserved => "reserved",
        }
    }
}

impl Payment {
    /// Whether its end is known.
    pub const fn is_over(&self) -> bool {
        match self.state {
            PaymentState::Debited { .. } | PaymentState::Declined { .. } => true,
            PaymentState::InDoubt { .. } | PaymentState::Reserved => false,
        }
    }

    /// What the bank is asked to do; the same every time.
    pub fn order(&self) -> DebitOrder {
        DebitOrder {
            key: self.id.to_string(),
            account: self.receipt.account.id.clone(),
            amount_yen: self.receipt.bill.total_fee_yen,
            payee: self.receipt.bill.pay_name_kana.clone(),
            reference: self.fee.pay_number.clone(),
        }
    }
}

/// What the customer was shown and confirmed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Receipt {
    /// The language of the page.
    pub language: Language,
    /// The bill.
    pub bill: Bill,
    /// The account, as the page named it.
    pub account: Account,
    /// Who confirmed, as the bank names them.
    pub payer: String,
    /// How the customer was identified and proven.
    pub proofs: Value,
    /// Digest of the plan that was walked.
    pub plan: String,
}

/// Yen as it is written: `12,300`.
pub fn yen(amount: i64) -> String {
    let digits = amount.unsigned_abs().to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if amount < 0 {
        text.insert(0, '-');
    }
    text
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_795_219_200_000);

    fn fee(state: FeeState) -> Fee {
        let bill = Bill::sample(NOW);
        Fee {
            key: bill.fee.clone(),
            confirm_number: bill.confirm_number,
            total_fee_yen: bill.total_fee_yen,
            due: bill.due,
            state,
        }
    }

    #[test]
    fn a_fee_can_be_paid_to_the_end_of_its_last_day_in_japan() {
        let (bill, fee) = (Bill::sample(NOW), fee(FeeState::Waiting));
        // NOW is nine in the morning of a day in Japan; its last hour is fifteen hours away.
        let days = u64::try_from((bill.due - NOW.japan_date()).whole_days()).unwrap();
        let last = NOW.plus(Duration::from_hours(24 * days + 14));
        assert_eq!(hindrance(&bill, Some(&fee), last), None);
        let after = last.plus(Duration::from_hours(1));
        assert_eq!(
            hindrance(&bill, Some(&fee), after),
            Some(NotPayable::Overdue)
        );
    }

    #[test]
    fn what_stands_in_the_way_is_told_by_name() {
        let bill = Bill::sample(NOW);
        let payment = PaymentId::new(NOW, &crate::port::fixed::SeededRandom::new(1));
        for (state, why) in [
            (FeeState::Cancelled, NotPayable::Cancelled),
            (FeeState::Lapsed, NotPayable::Overdue),
            (FeeState::Reserved(payment), NotPayable::BeingPaid),
            (FeeState::Paid { payment, at: NOW }, NotPayable::Paid),
        ] {
            assert_eq!(hindrance(&bill, Some(&fee(state)), NOW), Some(why));
        }
        assert_eq!(hindrance(&bill, None, NOW), Some(NotPayable::Cancelled));
        let mut other = fee(FeeState::Waiting);
        other.total_fee_yen += 1;
        assert_eq!(
            hindrance(&bill, Some(&other), NOW),
            Some(NotPayable::BillVoided)
        );
    }

    #[test]
    fn yen_are_grouped_by_three() {
        for (amount, text) in [
            (0, "0"),
            (660, "660"),
            (1_000, "1,000"),
            (12_345_678, "12,345,678"),
            (-1_500, "-1,500"),
        ] {
            assert_eq!(yen(amount), text);
        }
    }
}
