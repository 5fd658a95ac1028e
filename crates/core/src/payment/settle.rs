//! After the confirmation: the bank is asked to debit, and what it answers becomes true in one commit
//! with the fee. An answer that is not definite is asked for again until one is.

use std::time::Duration;

use serde_json::{Value, json};

use super::{Payment, PaymentState, yen};
use crate::audit::Event;
use crate::commit::{Change, Commit, CommitError};
use crate::fault::Fault;
use crate::id::MailId;
use crate::instant::Timestamp;
use crate::mail::{Mail, Occasion};
use crate::port::{Bank, Clock, Debit, DebitStatus, Decline, Random, Store};

/// What settling rests on.
pub struct Settler<'a> {
    /// What is kept.
    pub store: &'a dyn Store,
    /// The bank's own system.
    pub bank: &'a dyn Bank,
    /// Time: a bank may take its while to answer.
    pub clock: &'a dyn Clock,
    /// Randomness fit for ids.
    pub random: &'a dyn Random,
}

/// What came of asking the bank.
#[derive(Debug)]
pub struct Settled {
    /// The payment as it is now.
    pub payment: Payment,
    /// What broke on the way to the bank; the payment is in doubt then.
    pub fault: Option<Fault>,
}

/// An answer of the bank, whatever it was asked.
enum Answer {
    Debited { at: Timestamp, reference: String },
    Declined(Decline),
    NeverSeen,
    Unknown,
}

impl Settler<'_> {
    /// Sends the order, right after it was confirmed.
    ///
    /// # Errors
    /// [`CommitError::Lost`] when another process has noted an answer meanwhile: load again.
    pub async fn debit(&self, payment: Payment) -> Result<Settled, CommitError> {
        if payment.is_over() {
            return Ok(Settled {
                payment,
                fault: None,
            });
        }
        let (answer, fault) = self.send(&payment).await;
        self.note(payment, answer, false, fault).await
    }

    /// Asks how the order stands. One that never arrived is sent a second time, with the same key;
    /// sending it counts once the bank has been heard, so that a crash in between costs nothing.
    ///
    /// # Errors
    /// As [`Settler::debit`].
    pub async fn ask(&self, payment: Payment) -> Result<Settled, CommitError> {
        if payment.is_over() {
            return Ok(Settled {
                payment,
                fault: None,
            });
        }
        let key = payment.id.to_string();
        let (answer, fault) = match self.bank.debit_status(&payment.customer, &key).await {
            Ok(DebitStatus::Debited { at, reference }) => (Answer::Debited { at, reference }, None),
            Ok(DebitStatus::Declined(reason)) => (Answer::Declined(reason), None),
            Ok(DebitStatus::NeverSeen) => (Answer::NeverSeen, None),
            Ok(DebitStatus::Unknown) => (Answer::Unknown, None),
            Err(fault) => (Answer::Unknown, Some(fault)),
        };
        let may_send = match payment.state {
            // Nobody has noted an answer: the first order may never have left.
            PaymentState::Reserved => Some(false),
            PaymentState::InDoubt { resent: false, .. } => Some(true),
            PaymentState::InDoubt { resent: true, .. }
            | PaymentState::Debited { .. }
            | PaymentState::Declined { .. } => None,
        };
        match (&answer, may_send) {
            (Answer::NeverSeen, Some(resends)) => {
                let (answer, fault) = self.send(&payment).await;
                self.note(payment, answer, resends, fault).await
            }
            _ => self.note(payment, answer, false, fault).await,
        }
    }

    async fn send(&self, payment: &Payment) -> (Answer, Option<Fault>) {
        match self.bank.debit(&payment.customer, &payment.order()).await {
            Ok(Debit::Debited { at, reference }) => (Answer::Debited { at, reference }, None),
            Ok(Debit::Declined(reason)) => (Answer::Declined(reason), None),
            Ok(Debit::Unknown) => (Answer::Unknown, None),
            Err(fault) => (Answer::Unknown, Some(fault)),
        }
    }

    /// Makes an answer true.
    async fn note(
        &self,
        mut payment: Payment,
        answer: Answer,
        resends: bool,
        fault: Option<Fault>,
    ) -> Result<Settled, CommitError> {
        let now = self.clock.now();
        let mut commit = Commit::default();
        payment.version += 1;
        match answer {
            Answer::Debited { at, reference } => {
                commit.changes.push(Change::FeeSettled {
                    fee: payment.fee.clone(),
                    payment: payment.id,
                    at,
                });
                let detail = json!({ "at": at, "reference": reference });
                commit
                    .events
                    .push(event(&payment, now, "payment.debited", detail));
                payment.state = PaymentState::Debited { at, reference };
                payment.next_ask_at = None;
                commit
                    .changes
                    .extend(self.mail(&payment, Occasion::PaymentMade, now));
            }
            Answer::Declined(reason) => {
                commit.changes.push(Change::FeeReleased {
                    fee: payment.fee.clone(),
                    payment: payment.id,
                });
                let detail = json!({ "reason": reason });
                commit
                    .events
                    .push(event(&payment, now, "payment.declined", detail));
                payment.state = PaymentState::Declined { reason, at: now };
                payment.next_ask_at = None;
                commit
                    .changes
                    .extend(self.mail(&payment, Occasion::PaymentDeclined, now));
            }
            Answer::NeverSeen | Answer::Unknown => {
                let (since, asked, resent) = match payment.state {
                    PaymentState::InDoubt {
                        since,
                        asked,
                        resent,
                    } => (since, asked.saturating_add(1), resent || resends),
                    PaymentState::Reserved
                    | PaymentState::Debited { .. }
                    | PaymentState::Declined { .. } => (now, 0, resends),
                };
                if asked == 0 {
                    commit
                        .events
                        .push(event(&payment, now, "payment.in_doubt", json!({})));
                }
                if resends {
                    commit
                        .events
                        .push(event(&payment, now, "payment.resent", json!({})));
                }
                payment.state = PaymentState::InDoubt {
                    since,
                    asked,
                    resent,
                };
                payment.next_ask_at = Some(now.plus(pause(asked)));
            }
        }
        let saved = Change::PaymentSaved(Box::new(payment.clone()));
        // The payment first: its guard decides whether the rest is worth writing.
        commit.changes.insert(0, saved);
        self.store.commit(commit).await?;
        Ok(Settled { payment, fault })
    }

    /// Tells the customer, who may have left the page.
    fn mail(&self, payment: &Payment, occasion: Occasion, now: Timestamp) -> Option<Change> {
        let bill = &payment.receipt.bill;
        let text = |name: &str, value: String| (name.to_owned(), value.into());
        let mail = Mail {
            id: MailId::new(now, self.random),
            tenant: payment.tenant.clone(),
            to: payment.mail.clone()?,
            occasion,
            args: [
                text("payee", bill.facility_name.clone()),
                text("amount", yen(bill.total_fee_yen)),
            ]
            .into(),
            code: None,
            queued_at: now,
            tries: 0,
        };
        Some(Change::MailQueued(Box::new(mail)))
    }
}

fn event(payment: &Payment, at: Timestamp, name: &str, mut detail: Value) -> Event {
    if let Some(detail) = detail.as_object_mut() {
        detail.insert("payment".to_owned(), json!(payment.id));
        detail.insert("fee".to_owned(), json!(payment.fee));
        detail.insert(
            "amount_yen".to_owned(),
            json!(payment.receipt.bill.total_fee_yen),
        );
    }
    Event {
        at,
        tenant: Some(payment.tenant.clone()),
        journey: Some(payment.journey),
        name: name.to_owned(),
        detail,
    }
}

/// Longer each time, up to five minutes.
fn pause(asked: u32) -> Duration {
    Duration::from_secs(1)
        .saturating_mul(2_u32.saturating_pow(asked.min(9)))
        .min(Duration::from_mins(5))
}

/// A payment whose first answer nobody has noted after this time was interrupted.
pub const FIRST_ASK_AFTER: Duration = Duration::from_secs(5);
