//! The page that leads a browser from the e-Gov interface to the bank that takes a payment.

use serde::Serialize;

/// What leads to the bank, and what is told on the way.
#[derive(Clone, Serialize)]
pub struct PaymentSite {
    /// Where the bill is presented.
    pub action: String,
    /// 収納機関番号.
    pub facility_number: String,
    /// The sealed bill.
    pub bill: String,
    /// The bank, in the page's language.
    pub bank: String,
    /// 収納機関名.
    pub facility_name: String,
    /// 手続名.
    pub procedure_name: String,
    /// 納付番号.
    pub pay_number: String,
    /// The amount, grouped.
    pub amount: String,
    /// The last day to pay, `2026-12-05`.
    pub due: String,
}

impl std::fmt::Debug for PaymentSite {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PaymentSite")
            .field("action", &self.action)
            .finish_non_exhaustive()
    }
}
