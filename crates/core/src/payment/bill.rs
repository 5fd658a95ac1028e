//! The bill: what a customer is to pay, sealed, good once and for half an hour.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use time::Date;

use super::FeeKey;
use crate::fault::Fault;
use crate::id::JourneyId;
use crate::instant::Timestamp;
use crate::port::Random;
use crate::seal::{Keyring, Sealed};
use crate::tenant::TenantId;

/// A bill. Its nonce opens nothing by itself: what is good is the sealed text.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bill {
    /// The fee.
    pub fee: FeeKey,
    /// 確認番号.
    pub confirm_number: String,
    /// 収納機関名.
    pub facility_name: String,
    /// The amount in yen.
    pub total_fee_yen: i64,
    /// 払込内容, in kana, as the statement prints it.
    pub pay_name_kana: String,
    /// 手続名.
    pub procedure_name: String,
    /// The last day on which it can be paid.
    pub due: Date,
    /// The bank at which it can be paid.
    pub tenant: TenantId,
    /// When it was made.
    pub issued_at: Timestamp,
    /// Until when a customer can be identified with it.
    pub expires_at: Timestamp,
    /// Tells two bills of one fee apart.
    pub nonce: String,
}

impl fmt::Debug for Bill {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bill")
            .field("fee", &self.fee)
            .field("tenant", &self.tenant)
            .finish_non_exhaustive()
    }
}

/// A bill as it is kept beside its sealed text: what makes it good once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BillRecord {
    /// Its nonce.
    pub nonce: String,
    /// The bank.
    pub tenant: TenantId,
    /// The fee.
    pub fee: FeeKey,
    /// Until when it can be opened.
    pub expires_at: Timestamp,
    /// The journey that its first opening began.
    pub journey: Option<JourneyId>,
    /// Whether a newer bill took its place.
    pub voided: bool,
    /// When the payment was confirmed.
    pub confirmed_at: Option<Timestamp>,
}

impl BillRecord {
    /// A bill that nobody has opened.
    pub fn unopened(bill: &Bill) -> Self {
        Self {
            nonce: bill.nonce.clone(),
            tenant: bill.tenant.clone(),
            fee: bill.fee.clone(),
            expires_at: bill.expires_at,
            journey: None,
            voided: false,
            confirmed_at: None,
        }
    }
}

/// How a bill travels through the customer's browser. A gateway to a payment network has a format of
/// its own.
pub trait BillFormat: Send + Sync {
    /// The text a form carries.
    fn sealed(&self, bill: &Bill, random: &dyn Random) -> Result<String, Fault>;

    /// The bill of a text; none when it is not one of ours.
    fn opened(&self, text: &str) -> Result<Option<Bill>, Fault>;
}

impl BillFormat for Keyring {
    fn sealed(&self, bill: &Bill, random: &dyn Random) -> Result<String, Fault> {
        let text = serde_json::to_string(bill)
            .map_err(|e| Fault::new("a bill is not expressible as JSON").caused_by(e))?;
        Ok(self.seal(PURPOSE, &text, random)?.as_str().to_owned())
    }

    fn opened(&self, text: &str) -> Result<Option<Bill>, Fault> {
        // Whatever does not open was made or changed by somebody else; that is no fault of ours.
        let Ok(text) = self.open(PURPOSE, &Sealed::from_stored(text.to_owned())) else {
            return Ok(None);
        };
        serde_json::from_str(&text)
            .map(Some)
            .map_err(|e| Fault::new("a bill that we sealed is not readable").caused_by(e))
    }
}

/// A customer must be identified within this time of the bill's making.
pub const BILL_LIVES_FOR: Duration = Duration::from_mins(30);
const PURPOSE: &str = "payment.bill";

impl Bill {
    /// An invented bill, for samples.
    pub fn sample(now: Timestamp) -> Self {
        Self {
            fee: FeeKey {
                facility_number: "10005".to_owned(),
                pay_number: "0000000000000203".to_owned(),
            },
            confirm_number: "100001".to_owned(),
            facility_name: "見本省会計課".to_owned(),
            total_fee_yen: 12_300,
            pay_name_kana: "テツヅキメイ".to_owned(),
            procedure_name: "見本の届出（手数料のある手続き）".to_owned(),
            due: now
                .japan_date()
                .checked_add(time::Duration::days(14))
                .unwrap_or(Date::MAX),
            tenant: TenantId::sample(),
            issued_at: now,
            expires_at: now.plus(BILL_LIVES_FOR),
            nonce: "sample".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::port::fixed::SeededRandom;

    const NOW: Timestamp = Timestamp::from_millis(1_795_219_200_000);

    fn ring() -> Keyring {
        let mut key = [7; 32];
        key[0] = 1;
        Keyring::new("a", [("a".to_owned(), key)]).unwrap()
    }

    #[test]
    fn a_bill_travels_sealed_and_comes_back_whole() {
        let bill = Bill::sample(NOW);
        let text = ring().sealed(&bill, &SeededRandom::new(1)).unwrap();
        assert!(!text.contains(&bill.fee.pay_number));
        assert_eq!(ring().opened(&text).unwrap(), Some(bill));
    }

    #[test]
    fn what_was_changed_on_the_way_is_no_bill() {
        let text = ring()
            .sealed(&Bill::sample(NOW), &SeededRandom::new(1))
            .unwrap();
        let mut other = text.clone();
        let last = other.pop().unwrap();
        other.push(if last == 'A' { 'B' } else { 'A' });
        for wrong in [other.as_str(), "", "a.", "b.AAAA", "bill"] {
            assert_eq!(ring().opened(wrong).unwrap(), None, "{wrong}");
        }
        let moved = ring()
            .seal("another purpose", "{}", &SeededRandom::new(1))
            .unwrap();
        assert_eq!(ring().opened(moved.as_str()).unwrap(), None);
    }
}
