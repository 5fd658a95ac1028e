//! How a journey that pays is concluded: the confirmation is recorded and the fee reserved in one
//! commit. The bank is asked only after that ([`crate::payment::Settler`]).

use serde_json::json;

use super::conclude::proved;
use super::{Draft, Engine};
use crate::commit::{Change, Commit, CommitError};
use crate::consent::{proofs_of, signs_of};
use crate::fault::Fault;
use crate::id::PaymentId;
use crate::journey::{Ending, Journey};
use crate::payment::{
    Bill, FIRST_ASK_AFTER, NotPayable, Payment, PaymentState, Receipt, hindrance,
};
use crate::refusal::Refusal;

impl Engine<'_> {
    /// Why the bill cannot be paid any more: the customer was not identified in time. Confirming has
    /// the journey's own limit.
    pub(super) fn lapsed_bill(&self, journey: &Journey) -> Option<NotPayable> {
        let bill = journey.bill()?;
        let identified_at = journey.facts.identified.as_ref().map(|who| who.at);
        let counted = identified_at.unwrap_or(self.now);
        (counted >= bill.expires_at).then_some(NotPayable::BillLapsed)
    }

    /// The last step passed: confirmation, receipt and reservation in one commit. Whoever is second
    /// for a fee is refused, whichever bank, tab or click it came from.
    pub(super) async fn pay(&self, mut draft: Draft) -> Result<Journey, CommitError> {
        let bill = draft.journey.bill().cloned();
        let bill = bill.ok_or_else(|| Fault::new("a payment is concluded without a bill"))?;
        if let Some(why) = self.hindrance(&bill).await? {
            self.refuse(&mut draft, Refusal::Payment(why));
            return self.save(draft).await;
        }
        let refused = Draft {
            journey: draft.journey.clone(),
            is_new: draft.is_new,
            commit: Commit {
                changes: draft.commit.changes.clone(),
                events: draft.commit.events.clone(),
            },
        };
        let payment = self.payment(&draft.journey, &bill)?;
        let told = json!({
            "payment": payment.id, "fee": payment.fee, "customer": payment.customer,
            "account": payment.receipt.account.id, "amount_yen": bill.total_fee_yen,
            "bill": bill.nonce, "proofs": draft.journey.facts.proofs,
        });
        self.tell(&mut draft, "payment.confirmed", told);
        let who = proved(&draft.journey.facts)?;
        let signs = signs_of(self, &draft.journey.facts, who);
        draft.commit.changes.extend(signs);
        draft.commit.changes.extend([
            Change::BillConfirmed {
                nonce: bill.nonce.clone(),
                at: self.now,
            },
            Change::FeeReserved {
                fee: bill.fee.clone(),
                confirm_number: bill.confirm_number.clone(),
                total_fee_yen: bill.total_fee_yen,
                today: self.now.japan_date(),
                payment: payment.id,
            },
            Change::PaymentSaved(Box::new(payment.clone())),
        ]);
        let payment = payment.id;
        Self::end(&mut draft, Ending::Confirmed { payment });
        match self.save(draft).await {
            Err(CommitError::Lost) => self.lost(refused, &bill).await,
            done => done,
        }
    }

    /// Somebody was first: for the fee, which is told; or on this journey, which is shown.
    async fn lost(&self, mut draft: Draft, bill: &Bill) -> Result<Journey, CommitError> {
        let now = self.store.find_journey(draft.journey.id).await?;
        if now.is_none_or(|now| now.version != draft.journey.version) {
            return Err(CommitError::Lost);
        }
        let why = self.hindrance(bill).await?.ok_or(CommitError::Lost)?;
        self.refuse(&mut draft, Refusal::Payment(why));
        self.save(draft).await
    }

    async fn hindrance(&self, bill: &Bill) -> Result<Option<NotPayable>, Fault> {
        let kept = self.store.find_bill(&bill.nonce).await?;
        let fee = self.store.find_fee(&bill.fee).await?;
        let why = hindrance(bill, fee.as_ref(), self.now);
        let is_void = kept.is_none_or(|kept| kept.voided || kept.confirmed_at.is_some());
        Ok(why.or(is_void.then_some(NotPayable::BillVoided)))
    }

    fn payment(&self, journey: &Journey, bill: &Bill) -> Result<Payment, Fault> {
        let facts = &journey.facts;
        let who = proved(facts)?;
        let confirmed = facts.confirmed.as_ref();
        let confirmed =
            confirmed.ok_or_else(|| Fault::new("a payment is concluded unconfirmed"))?;
        Ok(Payment {
            id: PaymentId::new(self.now, self.random),
            version: 1,
            tenant: self.tenant.id.clone(),
            customer: who.customer.clone(),
            journey: journey.id,
            fee: bill.fee.clone(),
            at: confirmed.at,
            mail: who.mail.clone(),
            receipt: Receipt {
                language: journey.language,
                bill: bill.clone(),
                account: confirmed.account.clone(),
                payer: who.name.clone(),
                proofs: proofs_of(facts, who),
                plan: journey.plan.clone(),
            },
            state: PaymentState::Reserved,
            next_ask_at: Some(self.now.plus(FIRST_ASK_AFTER)),
        })
    }
}
