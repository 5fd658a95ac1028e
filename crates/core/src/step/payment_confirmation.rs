//! 払込内容の確認: exactly this payment, to whom, for what, how much, from which account; and the
//! customer's 払込む. The last step of every plan that pays.
//!
//! Source: no manual of a bank here prints this page. What it must show follows from Pay-easy's
//! 情報リンク方式: 収納機関, 納付番号, 確認番号, 金額, 払込内容, 払込期限.

use async_trait::async_trait;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    Arrival, Context, Entry, Kept, Note, Outcome, Role, Sample, SampleWorld, Step, Submission, When,
};
use crate::account::Account;
use crate::fact::{Confirmed, Facts};
use crate::fault::Fault;
use crate::form::FormData;
use crate::payment::{Bill, NotPayable, hindrance, yen};
use crate::refusal::Refusal;
use crate::text::{Message, Problem};

/// The confirmation of a payment.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PaymentConfirmation {
    /// When the step is walked; it takes no condition.
    pub when: When,
    /// The screen's number as the manual prints it; shown, never used as a key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub screen_id: Option<String>,
}

/// What the page showed: it is this that the customer confirms.
#[derive(Debug, Serialize, Deserialize)]
pub struct Memory {
    bill: Box<Bill>,
    account: Account,
}

/// The page.
#[derive(Debug, Serialize)]
pub struct View {
    screen_id: Option<String>,
    customer: String,
    facility_name: String,
    facility_number: String,
    pay_name_kana: String,
    procedure_name: String,
    pay_number: String,
    confirm_number: String,
    /// Yen, grouped by three.
    amount: String,
    /// `2026-12-05`
    due: String,
    account: AccountView,
    agreed: bool,
}

#[derive(Debug, Serialize)]
struct AccountView {
    account_id: String,
    #[serde(flatten)]
    account: Account,
}

#[async_trait]
impl Step for PaymentConfirmation {
    const KIND: &'static str = "payment_confirmation";
    const ROLE: Role = Role::Pays;
    type Memory = Memory;
    type View = View;

    fn when(&self) -> &When {
        &self.when
    }

    async fn enter(&self, cx: &Context<'_>) -> Result<Arrival<Memory>, Fault> {
        let bill = bill(cx)?;
        let mut chosen = cx.facts.accounts.iter().flatten();
        let (Some(account), None) = (chosen.next(), chosen.next()) else {
            return Err(Fault::new("a payment is confirmed from one chosen account"));
        };
        Ok(match not_payable(cx, bill).await? {
            Some(why) => Entry::Refused(Refusal::Payment(why)),
            None => Entry::Ask(Memory {
                bill: Box::new(bill.clone()),
                account: account.clone(),
            }),
        }
        .into())
    }

    fn present(&self, facts: &Facts, memory: &Memory, _: &[Problem], kept: &Kept) -> View {
        let (bill, who) = (&memory.bill, facts.identified.as_ref());
        View {
            screen_id: self.screen_id.clone(),
            customer: who.map(|who| who.name.clone()).unwrap_or_default(),
            facility_name: bill.facility_name.clone(),
            facility_number: bill.fee.facility_number.clone(),
            pay_name_kana: bill.pay_name_kana.clone(),
            procedure_name: bill.procedure_name.clone(),
            pay_number: bill.fee.pay_number.clone(),
            confirm_number: bill.confirm_number.clone(),
            amount: yen(bill.total_fee_yen),
            due: bill.due.to_string(),
            account: AccountView {
                account_id: memory.account.id.to_string(),
                account: memory.account.clone(),
            },
            agreed: kept.contains_key(AGREE),
        }
    }

    async fn submit(
        &self,
        cx: &Context<'_>,
        memory: Memory,
        form: &FormData,
    ) -> Result<Submission<Memory>, Fault> {
        if form.one(AGREE) != Some("continue") {
            let missing = Message::new("error-payment_confirmation-agree");
            return Ok(Outcome::Again {
                memory,
                problems: vec![Problem::at(AGREE, missing)],
                kept: Vec::new(),
            }
            .into());
        }
        if let Some(why) = not_payable(cx, &memory.bill).await? {
            return Ok(Outcome::Refused(Refusal::Payment(why)).into());
        }
        let note = Note {
            name: "payment.agreed",
            detail: json!({ "fee": memory.bill.fee, "amount_yen": memory.bill.total_fee_yen }),
        };
        let confirmed = Confirmed {
            at: cx.now,
            account: memory.account,
        };
        let mut submission = Submission::from(Outcome::Passed(Box::new(Facts {
            confirmed: Some(Box::new(confirmed)),
            ..cx.facts.clone()
        })));
        submission.notes.push(note);
        Ok(submission)
    }

    fn samples(&self, world: &SampleWorld) -> Vec<Sample<Memory>> {
        let Some(account) = world.accounts.first() else {
            return Vec::new();
        };
        let memory = || Memory {
            bill: Box::new(Bill::sample(world.now)),
            account: account.clone(),
        };
        let long = Memory {
            bill: Box::new(Bill {
                facility_name: LONG_FACILITY.to_owned(),
                procedure_name: LONG_PROCEDURE.to_owned(),
                total_fee_yen: 123_456_789,
                ..Bill::sample(world.now)
            }),
            account: account.clone(),
        };
        vec![
            Sample::new("first", world, memory()),
            Sample::new("missing", world, memory())
                .told_at(AGREE, Message::new("error-payment_confirmation-agree")),
            Sample::new("long", world, long),
        ]
    }
}

fn bill<'a>(cx: &Context<'a>) -> Result<&'a Bill, Fault> {
    let bill = cx.facts.bill.as_deref();
    bill.ok_or_else(|| Fault::new("a payment is confirmed without a bill"))
}

/// Looked at before the page is shown and before it is taken; what decides is the commit's guard.
async fn not_payable(cx: &Context<'_>, bill: &Bill) -> Result<Option<NotPayable>, Fault> {
    let fee = cx.records.find_fee(&bill.fee).await?;
    Ok(hindrance(bill, fee.as_ref(), cx.now))
}

const AGREE: &str = "agree";
const LONG_FACILITY: &str = "独立行政法人見本技術教育支援推進機構特定手数料収納センター";
const LONG_PROCEDURE: &str = "見本に関する法律第十二条第三項の規定に基づく変更の届出及びこれに伴う\
    証明書の再交付の申請（電子申請）";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payment::FeeState;
    use crate::step::trial::{Trial, form, key};

    async fn at_the_page() -> (Trial, PaymentConfirmation, Memory) {
        let mut trial = Trial::new();
        trial.pays();
        trial.choose("acc_2").await;
        let step = PaymentConfirmation::default();
        let memory = trial.ask(&step).await;
        (trial, step, memory)
    }

    #[tokio::test]
    async fn the_page_shows_exactly_what_the_bill_says() {
        let (_, step, memory) = at_the_page().await;
        let view = step.present(&Facts::default(), &memory, &[], &Kept::new());
        assert_eq!(
            (view.amount.as_str(), view.pay_number.as_str()),
            ("12,300", "0000000000000203")
        );
        assert_eq!((view.confirm_number, view.due.len()), ("100001".into(), 10));
        assert_eq!(view.account.account_id, "acc_2");
    }

    #[tokio::test]
    async fn nothing_is_paid_without_the_tick() {
        let (trial, step, memory) = at_the_page().await;
        let again = trial.submit(&step, memory, &form(&[])).await;
        let Outcome::Again {
            memory, problems, ..
        } = again.outcome
        else {
            panic!("paid without the tick");
        };
        assert_eq!(key(&problems), "error-payment_confirmation-agree");
        let agreed = form(&[(AGREE, "continue")]);
        let passed = trial.submit(&step, memory, &agreed).await;
        let Outcome::Passed(facts) = passed.outcome else {
            panic!("not confirmed");
        };
        let confirmed = facts.confirmed.unwrap();
        assert_eq!(confirmed.account.id.as_str(), "acc_2");
        assert_eq!(facts.bill, Some(Box::new(trial.bill())));
    }

    #[tokio::test]
    async fn a_fee_that_cannot_be_paid_any_more_is_refused_on_arrival_and_at_the_button() {
        let (trial, step, memory) = at_the_page().await;
        trial.fee_is(FeeState::Cancelled);
        let refused = trial.enter(&step).await;
        let why = Refusal::Payment(NotPayable::Cancelled);
        assert!(matches!(refused, Entry::Refused(told) if told == why));
        let agreed = form(&[(AGREE, "continue")]);
        let refused = trial.submit(&step, memory, &agreed).await;
        assert!(matches!(refused.outcome, Outcome::Refused(told) if told == why));
    }
}
