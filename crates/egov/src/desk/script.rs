//! What scripts of test procedures do, through the same transitions and with the same record.

use renkei_core::commit as core;
use renkei_core::fault::Fault;
use renkei_core::id::PaymentId;
use renkei_core::instant::Timestamp;
use renkei_core::tenant::TenantId;
use serde_json::json;
use time::Date;

use super::{Desk, Done, Seen, Wish};
use crate::commit::{Change, Commit, event};
use crate::life::{Act, Actor, DeskAct, Dossier, FeeState, Origin, Refusal, decide};
use crate::number::ArriveId;
use crate::port::Whose;
use crate::script::PlainAct;

impl Desk<'_> {
    /// A script's act that is due. What it cannot do is told and passed over.
    pub async fn script(
        &self,
        id: &ArriveId,
        place: u32,
        act: &PlainAct,
        now: Timestamp,
    ) -> Result<Done, Fault> {
        let done = |told: Option<Refusal>| Commit {
            changes: vec![Change::ScriptActDone {
                arrive_id: id.clone(),
                place,
                at: now,
            }],
            events: told
                .map(|refusal| {
                    let detail = json!({
                        "arrive_id": id, "place": place, "because": refusal.to_string(),
                    });
                    event(now, "egov.script.refused", detail)
                })
                .into_iter()
                .collect(),
        };
        let Some(dossier) = self.store.find_dossier(Whose::Platform, id).await? else {
            return self.commit(done(Some(Refusal::WrongStage))).await;
        };
        // A script of a withdrawal acts upon the application that is asked back.
        let target = match &dossier.application.origin {
            Origin::Withdrawal(target) => target.clone(),
            Origin::Correction(_) | Origin::New => id.clone(),
        };
        let wish = match act {
            PlainAct::PayFees { tenant } => {
                let paid = self.paid(&dossier, tenant, now)?;
                return self.commit(done(None).and(paid)).await;
            }
            PlainAct::CancelFees {} => {
                let cancelled = cancelled(&dossier, now);
                return self.commit(done(None).and(cancelled)).await;
            }
            other => wish_of(other, now.japan_date()),
        };
        let Some(wish) = wish else {
            return self.commit(done(None)).await;
        };
        let by = Actor::Script;
        let outcome = self
            .carry_out(
                Whose::Platform,
                Seen::any(&target),
                wish,
                &by,
                Some(done(None)),
                now,
            )
            .await?;
        match outcome {
            Done::Refused(refusal) => self.commit(done(Some(refusal))).await,
            Done::Unknown | Done::NoRules => self.commit(done(Some(Refusal::WrongStage))).await,
            Done::Done | Done::NotAllowed | Done::Overtaken | Done::Proposed(_) => Ok(outcome),
        }
    }

    /// Every fee that waits is settled, as a payment at a demo bank would settle it.
    fn paid(&self, dossier: &Dossier, tenant: &str, now: Timestamp) -> Result<Commit, Fault> {
        let tenant = TenantId::parse(tenant)
            .map_err(|e| Fault::new("a script pays at no bank").caused_by(e))?;
        let by = Actor::Bank { tenant };
        let mut commit = Commit::default();
        let waiting = dossier.fees.iter().filter(|fee| fee.is_payable(now));
        for fee in waiting {
            let payment = PaymentId::new(now, self.random);
            commit.changes.push(Change::Core(core::Change::FeeReserved {
                fee: fee.key().clone(),
                confirm_number: fee.owed.confirm_number.clone(),
                total_fee_yen: fee.owed.total_fee_yen,
                today: now.japan_date(),
                payment,
            }));
            commit.changes.push(Change::Core(core::Change::FeeSettled {
                fee: fee.key().clone(),
                payment,
                at: now,
            }));
            commit.events.push(event(
                now,
                "egov.fee.settled_by_script",
                json!({
                    "arrive_id": dossier.application.arrive_id, "fee": fee.key(),
                    "actor": by.told(),
                }),
            ));
        }
        Ok(commit)
    }
}

/// Every fee that waits is taken back.
fn cancelled(dossier: &Dossier, now: Timestamp) -> Commit {
    let waiting = dossier
        .fees
        .iter()
        .filter(|fee| fee.owed.state == FeeState::Waiting);
    let commits = waiting.filter_map(|fee| {
        let act = Act::Desk(DeskAct::CancelFee(fee.key().clone()));
        decide(dossier, None, act, &Actor::Script, now).ok()
    });
    commits.fold(Commit::default(), Commit::and)
}

/// What a script wants; none for what is not one wish.
fn wish_of(act: &PlainAct, today: Date) -> Option<Wish> {
    let day = |days: i16| today.saturating_add(time::Duration::days(days.into()));
    Some(match act {
        PlainAct::AcceptWithdrawal {} => Wish::AcceptWithdrawal,
        PlainAct::AskCorrection { text, days } => Wish::AskCorrection {
            text: text.clone(),
            due: day(*days),
        },
        PlainAct::CancelFees {} | PlainAct::PayFees { .. } => return None,
        PlainAct::ChargeFee { yen, days } => Wish::ChargeFee {
            yen: *yen,
            due: day(*days),
        },
        PlainAct::Close { correctable } => Wish::Close {
            correctable: *correctable,
        },
        PlainAct::Comment { text, title } => Wish::Comment {
            title: title.clone().unwrap_or_default(),
            text: text.clone(),
        },
        PlainAct::FinishExamination {} => Wish::FinishExamination,
        PlainAct::IssueDocument {
            title,
            text,
            signed,
        } => Wish::IssueDocument {
            title: title.clone(),
            text: text.clone(),
            signed: *signed,
        },
        PlainAct::RejectWithdrawal {} => Wish::RejectWithdrawal,
        PlainAct::StartExamination {} => Wish::StartExamination,
        PlainAct::TakeBackCorrection {} => Wish::TakeBackCorrection,
    })
}
