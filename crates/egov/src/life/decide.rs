//! The transitions, each guarded by the state it starts from.

use renkei_core::commit as core;
use renkei_core::instant::Timestamp;
use serde_json::{Value, json};
use time::Date;

use super::act::{Act, Actor, ApplicantAct, ClockAct, DeskAct, NewFee};
use super::fee::{Fee, FeeDetail, FeeKey, FeeState};
use super::notice::{AmendEnd, Enclosure, Notice, NoticeKind};
use super::refusal::Refusal;
use super::{Application, Dossier, HistoryLine, Process, Stage};
use crate::commit::{Arrival, Change, Commit, event};
use crate::procedure::{Procedure, WithdrawalKind};
use crate::words;

/// What an act makes true. `rules`: the procedure, as long as it is registered; what needs none goes on
/// without it.
pub fn decide(
    dossier: &Dossier,
    rules: Option<&Procedure>,
    act: Act,
    by: &Actor,
    now: Timestamp,
) -> Result<Commit, Refusal> {
    let turn = Turn::new(dossier, by, now);
    match (act, rules) {
        (Act::Applicant(ApplicantAct::CompleteComment(number)), _) => {
            turn.complete(NoticeKind::Comment, number)
        }
        (Act::Applicant(ApplicantAct::CompleteDocument(number)), _) => {
            turn.complete(NoticeKind::Official, number)
        }
        (Act::Applicant(ApplicantAct::Correct(arrival)), Some(rules)) => {
            turn.correct(rules, arrival)
        }
        (Act::Applicant(ApplicantAct::Withdraw(arrival)), Some(rules)) => {
            turn.withdraw(rules, arrival)
        }
        (Act::Clock(act), _) => turn.clock(act),
        (Act::Desk(DeskAct::CancelFee(key)), _) => turn.cancel(&key),
        (Act::Desk(act), Some(rules)) => turn.desk(rules, act),
        (Act::Applicant(_) | Act::Desk(_), None) => Err(Refusal::NoRules),
    }
}

/// What the clock has to do at an application now.
pub fn overdue(dossier: &Dossier, now: Timestamp) -> Vec<ClockAct> {
    let over = |due: Option<Date>| due.is_some_and(|due| now.japan_date() > due);
    let correction = dossier.application.stage == Stage::AwaitingCorrection
        && dossier.open_correction().is_some_and(|open| over(open.due));
    let fees = dossier
        .fees
        .iter()
        .filter(|fee| fee.owed.state == FeeState::Waiting && fee.is_overdue(now))
        .map(|fee| ClockAct::FeeLapses(fee.key().clone()));
    correction
        .then_some(ClockAct::CorrectionLapses)
        .into_iter()
        .chain(fees)
        .collect()
}

/// A new application of a package begins its life.
pub fn begin(arrival: Arrival) -> Change {
    Change::ApplicationArrived(Box::new(arrival))
}

/// The request for withdrawal itself is over once the desk has answered it.
pub fn conclude_withdrawal(
    request: &Dossier,
    by: &Actor,
    now: Timestamp,
) -> Result<Commit, Refusal> {
    let mut turn = Turn::new(request, by, now);
    if !request.application.is_withdrawal() {
        return Err(Refusal::NotWithdrawing);
    }
    turn.from(&[Stage::Arrived])?;
    turn.application.closed_at = Some(now);
    turn.enter(Stage::Closed);
    turn.line(Process::Closed, None);
    Ok(turn.moved("egov.withdrawal.concluded", &json!({})))
}

/// The work on one application during one act.
struct Turn<'a> {
    dossier: &'a Dossier,
    by: &'a Actor,
    now: Timestamp,
    application: Application,
    changes: Vec<Change>,
    lines: usize,
}

impl<'a> Turn<'a> {
    fn new(dossier: &'a Dossier, by: &'a Actor, now: Timestamp) -> Self {
        let mut application = dossier.application.clone();
        application.version += 1;
        Self {
            dossier,
            by,
            now,
            application,
            changes: Vec::new(),
            lines: dossier.history.len(),
        }
    }

    fn correct(mut self, rules: &Procedure, arrival: Box<Arrival>) -> Result<Commit, Refusal> {
        if !self.application.correctable || !rules.correction {
            return Err(Refusal::NotCorrectable);
        }
        match self.application.stage {
            Stage::AwaitingCorrection => {
                self.application.exam_ended_at = Some(self.now);
                self.enter(Stage::Examined);
            }
            Stage::Closed => {}
            Stage::Arrived | Stage::Examining | Stage::Examined | Stage::Withdrawn => {
                return Err(Refusal::NotCorrectable);
            }
        }
        self.application.correctable = false;
        self.end_correction(AmendEnd::Answered);
        self.line(Process::Corrected, None);
        self.changes.push(Change::ApplicationArrived(arrival));
        Ok(self.moved("egov.application.corrected", &json!({})))
    }

    fn withdraw(mut self, rules: &Procedure, arrival: Box<Arrival>) -> Result<Commit, Refusal> {
        if !is_withdrawable(&self.application, rules) {
            return Err(Refusal::NotWithdrawable);
        }
        self.application.withdrawing = true;
        self.line(Process::WithdrawalAsked, None);
        self.changes.push(Change::ApplicationArrived(arrival));
        Ok(self.moved("egov.withdrawal.asked", &json!({})))
    }

    fn clock(mut self, act: ClockAct) -> Result<Commit, Refusal> {
        match act {
            ClockAct::CorrectionLapses => {
                let open = self
                    .dossier
                    .open_correction()
                    .ok_or(Refusal::NotCorrectable)?;
                if open.due.is_none_or(|due| self.now.japan_date() <= due) {
                    return Err(Refusal::NotOverdue);
                }
                self.resume(AmendEnd::Lapsed, Process::CorrectionLapsed)?;
                Ok(self.moved("egov.correction.lapsed", &json!({})))
            }
            ClockAct::FeeLapses(key) => {
                let fee = self.open_fee(&key)?;
                if !fee.is_overdue(self.now) {
                    return Err(Refusal::NotOverdue);
                }
                self.changes
                    .push(Change::Core(core::Change::FeeLapsed(key.clone())));
                Ok(self.told("egov.fee.lapsed", &json!({ "fee": key })))
            }
        }
    }

    fn desk(mut self, rules: &Procedure, act: DeskAct) -> Result<Commit, Refusal> {
        if self.application.is_withdrawal() {
            return Err(Refusal::IsWithdrawal);
        }
        let answers = matches!(act, DeskAct::AcceptWithdrawal | DeskAct::RejectWithdrawal);
        if self.application.withdrawing && !answers {
            return Err(Refusal::WithdrawalUnanswered);
        }
        let name = format!("egov.desk.{}", act.name());
        match act {
            DeskAct::StartExamination => {
                self.from(&[Stage::Arrived])?;
                self.application.exam_started_at = Some(self.now);
                self.enter(Stage::Examining);
                self.line(Process::ExaminationStarted, None);
            }
            DeskAct::AskCorrection {
                due,
                notice,
                comment,
            } => self.ask_correction(rules, due, notice, comment)?,
            DeskAct::TakeBackCorrection => {
                self.resume(AmendEnd::TakenBack, Process::CorrectionTakenBack)?;
            }
            DeskAct::Comment { title, enclosure } => {
                self.from(&[Stage::Examining, Stage::AwaitingCorrection, Stage::Examined])?;
                self.issue(NoticeKind::Comment, &title, enclosure, |_| ())?;
            }
            DeskAct::IssueDocument {
                title,
                enclosure,
                signed,
            } => {
                self.from(&[Stage::Examining, Stage::Examined])?;
                let kind = NoticeKind::Official;
                self.issue(kind, &title, enclosure, |it| it.signed = signed)?;
            }
            DeskAct::ChargeFee(fee) => return self.charge(*fee),
            DeskAct::CancelFee(key) => return self.cancel(&key),
            DeskAct::FinishExamination => {
                self.from(&[Stage::Examining])?;
                self.application.exam_ended_at = Some(self.now);
                self.enter(Stage::Examined);
                self.line(Process::ExaminationEnded, None);
            }
            DeskAct::Close { correctable } => {
                if correctable && !rules.correction {
                    return Err(Refusal::NotCorrectable);
                }
                self.from(&[Stage::Examining, Stage::Examined])?;
                self.application.exam_ended_at.get_or_insert(self.now);
                self.application.closed_at = Some(self.now);
                self.application.correctable = correctable;
                self.enter(Stage::Closed);
                self.line(Process::Closed, None);
            }
            DeskAct::AcceptWithdrawal => self.accept_withdrawal()?,
            DeskAct::RejectWithdrawal => {
                self.withdrawing()?;
                self.application.withdrawing = false;
                self.line(Process::WithdrawalRejected, None);
            }
        }
        Ok(self.moved(&name, &json!({})))
    }

    /// The notice and a comment with the same text: clients of either kind learn of it.
    fn ask_correction(
        &mut self,
        rules: &Procedure,
        due: Date,
        notice: Enclosure,
        comment: Enclosure,
    ) -> Result<(), Refusal> {
        if !rules.correction {
            return Err(Refusal::NotCorrectable);
        }
        self.from(&[Stage::Examining])?;
        self.not_past(due)?;
        self.application.correctable = true;
        self.enter(Stage::AwaitingCorrection);
        let title = words::FREE_CORRECTION.text;
        self.issue(NoticeKind::Amend, title, notice, |it| it.due = Some(due))?;
        let title = words::COMMENT_TITLE_CORRECTION.text;
        self.issue(NoticeKind::Comment, title, comment, |_| ())?;
        self.line(Process::CorrectionAsked, None);
        Ok(())
    }

    fn cancel(mut self, key: &FeeKey) -> Result<Commit, Refusal> {
        self.open_fee(key)?;
        let cancelled = core::Change::FeeCancelled(key.clone());
        self.changes.push(Change::Core(cancelled));
        Ok(self.told("egov.desk.cancel_fee", &json!({ "fee": key })))
    }

    fn accept_withdrawal(&mut self) -> Result<(), Refusal> {
        self.withdrawing()?;
        for fee in self.dossier.fees.iter().filter(|fee| fee.is_open()) {
            if fee.owed.state != FeeState::Waiting {
                return Err(Refusal::FeeBeingPaid);
            }
            let cancelled = core::Change::FeeCancelled(fee.key().clone());
            self.changes.push(Change::Core(cancelled));
        }
        self.application.withdrawing = false;
        self.enter(Stage::Withdrawn);
        self.line(Process::WithdrawalAccepted, None);
        Ok(())
    }

    fn charge(mut self, fee: NewFee) -> Result<Commit, Refusal> {
        self.from(&[
            Stage::Arrived,
            Stage::Examining,
            Stage::AwaitingCorrection,
            Stage::Examined,
        ])?;
        if !(1..=MOST_YEN).contains(&fee.total_fee_yen) {
            return Err(Refusal::AmountOutOfRange);
        }
        self.not_past(fee.due)?;
        let detail = json!({
            "fee": fee.key, "total_fee_yen": fee.total_fee_yen,
            "due": crate::number::day(fee.due),
        });
        self.line(Process::FeeCharged, Some(fee.key.clone()));
        let owed = renkei_core::payment::Fee {
            key: fee.key.clone(),
            confirm_number: fee.confirm_number,
            total_fee_yen: fee.total_fee_yen,
            due: fee.due,
            state: FeeState::Waiting,
        };
        let charged = core::Change::FeeCharged(Box::new(owed));
        self.changes.push(Change::Core(charged));
        self.changes.push(Change::FeeDescribed(FeeDetail {
            key: fee.key,
            arrive_id: self.application.arrive_id.clone(),
            facility_name: fee.facility_name,
            pay_name_kana: fee.pay_name_kana,
            memo: fee.memo,
            charged_at: self.now,
        }));
        Ok(self.moved("egov.desk.charge_fee", &detail))
    }

    /// Back to the examination, without the correction.
    fn resume(&mut self, end: AmendEnd, process: Process) -> Result<(), Refusal> {
        self.from(&[Stage::AwaitingCorrection])?;
        self.application.correctable = false;
        self.end_correction(end);
        self.enter(Stage::Examining);
        self.line(process, None);
        Ok(())
    }

    fn complete(mut self, kind: NoticeKind, number: u32) -> Result<Commit, Refusal> {
        self.dossier
            .notice(kind, number)
            .ok_or(Refusal::UnknownNotice)?;
        self.changes.push(Change::NoticeCompleted {
            arrive_id: self.application.arrive_id.clone(),
            kind,
            number,
            at: self.now,
        });
        let detail = json!({ "notice": kind.as_str(), "number": number });
        Ok(self.told("egov.notice.completed", &detail))
    }

    fn issue(
        &mut self,
        kind: NoticeKind,
        title: &str,
        enclosure: Enclosure,
        finish: impl FnOnce(&mut Notice),
    ) -> Result<(), Refusal> {
        let last = self
            .dossier
            .notices_of(kind)
            .map(|notice| notice.number)
            .max();
        let number = last.unwrap_or(0) + 1;
        if number > MOST_NOTICES {
            return Err(Refusal::TooManyNotices);
        }
        let mut notice = Notice {
            kind,
            number,
            issued_at: self.now,
            title: title.to_owned(),
            files: enclosure.files,
            signed: false,
            due: None,
            end: None,
            completed_at: None,
        };
        finish(&mut notice);
        self.changes.push(Change::NoticeIssued {
            arrive_id: self.application.arrive_id.clone(),
            notice: Box::new(notice),
            archive: enclosure.archive,
        });
        Ok(())
    }

    fn end_correction(&mut self, end: AmendEnd) {
        if let Some(open) = self.dossier.open_correction() {
            self.changes.push(Change::NoticeEnded {
                arrive_id: self.application.arrive_id.clone(),
                number: open.number,
                end,
                completed_at: (end == AmendEnd::Answered).then_some(self.now),
            });
        }
    }

    fn open_fee(&self, key: &FeeKey) -> Result<&Fee, Refusal> {
        let fee = self.dossier.fee(key).ok_or(Refusal::UnknownFee)?;
        match fee.owed.state {
            FeeState::Waiting => Ok(fee),
            FeeState::Reserved(_) => Err(Refusal::FeeBeingPaid),
            FeeState::Cancelled | FeeState::Lapsed | FeeState::Paid { .. } => {
                Err(Refusal::FeeNotOpen)
            }
        }
    }

    fn withdrawing(&self) -> Result<(), Refusal> {
        if self.application.withdrawing {
            Ok(())
        } else {
            Err(Refusal::NotWithdrawing)
        }
    }

    fn from(&self, stages: &[Stage]) -> Result<(), Refusal> {
        if stages.contains(&self.application.stage) {
            Ok(())
        } else {
            Err(Refusal::WrongStage)
        }
    }

    /// A script may charge what is overdue already, so that a partner sees it lapse without waiting.
    fn not_past(&self, due: Date) -> Result<(), Refusal> {
        if *self.by != Actor::Script && due < self.now.japan_date() {
            return Err(Refusal::DueInThePast);
        }
        Ok(())
    }

    fn enter(&mut self, stage: Stage) {
        self.application.stage = stage;
        self.application.stage_at = self.now;
    }

    fn line(&mut self, process: Process, fee: Option<FeeKey>) {
        self.lines += 1;
        let line = HistoryLine {
            number: u32::try_from(self.lines).unwrap_or(u32::MAX),
            at: self.now,
            process,
            status: self.application.status().text.to_owned(),
            fee,
        };
        let arrive_id = self.application.arrive_id.clone();
        self.changes.push(Change::HistoryAdded { arrive_id, line });
    }

    /// The commit of an act that moves the application.
    fn moved(mut self, name: &str, detail: &Value) -> Commit {
        let moved = Change::ApplicationMoved(Box::new(self.application.clone()));
        self.changes.insert(0, moved);
        self.told(name, detail)
    }

    /// The commit of an act that leaves the application itself as it is.
    fn told(self, name: &str, detail: &Value) -> Commit {
        let detail = json!({
            "arrive_id": self.application.arrive_id, "actor": self.by.told(),
            "status": self.application.status().text, "of": detail,
        });
        Commit {
            changes: self.changes,
            events: vec![event(self.now, name, detail)],
        }
    }
}

/// `WithdrawFlag`: whether the applicant may ask for it back now.
pub(super) fn is_withdrawable(application: &Application, rules: &Procedure) -> bool {
    rules.withdrawal != WithdrawalKind::None
        && matches!(application.stage, Stage::Arrived | Stage::Examining)
        && !application.withdrawing
        && !application.is_withdrawal()
}

const MOST_NOTICES: u32 = 999;
/// Eleven digits, as a bank's transfer takes at most.
const MOST_YEN: i64 = 99_999_999_999;
