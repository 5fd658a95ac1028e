//! 3.3, 3.7 and 3.9: archives that are sent.

use renkei_core::commit::CommitError;
use renkei_core::fault::Fault;
use renkei_core::instant::Timestamp;

use super::{Caller, Interface, TRIES, overtaken};
use crate::base64::{self, Base64Error};
use crate::commit::{Arrival, Change, Commit, NewPackage};
use crate::life::{Act, ApplicantAct, Application, Origin, decide};
use crate::operation::Operation;
use crate::port::{Accepted, Purpose, Unacceptable};
use crate::procedure::Procedure;
use crate::script::{Trigger, scheduled};
use crate::wire::receipt::{self, Receipt};
use crate::wire::{Reply, Trouble, apply};
use crate::words;

impl Interface<'_> {
    /// 3.3. The package is acknowledged; its applications are checked afterwards.
    pub async fn apply(
        &self,
        caller: &Caller,
        body: &[u8],
        now: Timestamp,
    ) -> Result<Reply, Fault> {
        let Ok(request) = apply::Request::parse(body, self.limits.body) else {
            return Ok(apply::refused("", Trouble::MALFORMED));
        };
        let refused = |trouble| Ok(apply::refused(&request.file_name, trouble));
        if !(1..=LONGEST_NAME).contains(&request.file_name.chars().count()) {
            return refused(Trouble::MALFORMED);
        }
        let archive = match self.decoded(&request.file_data) {
            Ok(archive) => archive,
            Err(trouble) => return refused(trouble),
        };
        let text = base64::encode(&archive);
        let applications = match self.checker.applications(archive).await? {
            Ok(applications) => applications,
            Err(Unacceptable::Empty) => return refused(Trouble::business(words::NO_APPLICATION)),
            Err(Unacceptable::TooLarge) => return refused(Trouble::TOO_LARGE),
            Err(Unacceptable::Unreadable) => return refused(Trouble::MALFORMED),
        };
        let package = NewPackage {
            user: caller.user()?.clone(),
            software: caller.software.clone(),
            file_name: request.file_name.clone(),
            at: now,
            applications,
            archive: text,
        };
        let commit = Commit {
            changes: vec![Change::PackageReceived(Box::new(package))],
            events: Vec::new(),
        };
        let assigned = match self.store.commit(commit).await {
            Ok(assigned) => assigned,
            Err(CommitError::Lost) => return Err(overtaken()),
            Err(CommitError::Fault(fault)) => return Err(fault),
        };
        let number = assigned.send_numbers.first();
        let number = number.ok_or_else(|| Fault::new("a package got no number"))?;
        let name = &request.file_name;
        Ok(apply::acknowledged(number, now, name, applications, &[]))
    }

    /// 3.7 and 3.9.
    pub async fn follow_up(
        &self,
        caller: &Caller,
        operation: Operation,
        body: &[u8],
        now: Timestamp,
    ) -> Result<Reply, Fault> {
        let Ok(request) = receipt::Request::parse(body, self.limits.body) else {
            return Ok(receipt::refused("", Trouble::MALFORMED));
        };
        let refused = |trouble| Ok(receipt::refused(&request.arrive_id, trouble));
        if let Err(trouble) = self.dossier(caller, &request.arrive_id).await? {
            return refused(trouble);
        }
        let archive = match self.decoded(&request.file_data) {
            Ok(archive) => archive,
            Err(trouble) => return refused(trouble),
        };
        let text = base64::encode(&archive);
        let (purpose, impossible) = match operation {
            Operation::Withdrawal => (Purpose::Withdrawal, words::NOT_WITHDRAWABLE),
            _ => (Purpose::Correction, words::NOT_CORRECTABLE),
        };
        let impossible = Trouble::business(impossible);
        let mut checked = self.checker.check(archive, purpose, now).await?;
        let only = checked.accepted.pop();
        let is_whole = checked.accepted.is_empty() && checked.refused == 0;
        let Some(accepted) = only.filter(|_| is_whole) else {
            return refused(Trouble::business(words::PACKAGE_REFUSED));
        };
        for _ in 0..TRIES {
            let dossier = match self.dossier(caller, &request.arrive_id).await? {
                Ok(dossier) => dossier,
                Err(trouble) => return refused(trouble),
            };
            let target = &dossier.application;
            let rules = self.procedures.find(&target.procedure);
            let Some(rules) = rules.filter(|rules| fits(&accepted, target, rules, purpose)) else {
                return refused(impossible);
            };
            let arrival = arrival(caller, target, rules, &accepted, purpose, &text, now)?;
            let act = match purpose {
                Purpose::Withdrawal => ApplicantAct::Withdraw(Box::new(arrival)),
                Purpose::Application | Purpose::Correction => {
                    ApplicantAct::Correct(Box::new(arrival))
                }
            };
            let (by, act) = (caller.actor()?, Act::Applicant(act));
            let Ok(commit) = decide(&dossier, Some(rules), act, &by, now) else {
                return refused(impossible);
            };
            match self.store.commit(commit).await {
                Ok(assigned) => {
                    let new = assigned.arrive_ids.first();
                    let new = new.ok_or_else(|| Fault::new("an application got no number"))?;
                    let receipt = Receipt {
                        about: &target.arrive_id,
                        new,
                        at: now,
                        ministry: &target.ministry_name,
                        submission: &accepted.submission,
                    };
                    return Ok(receipt::arrived(operation, &receipt));
                }
                Err(CommitError::Lost) => {}
                Err(CommitError::Fault(fault)) => return Err(fault),
            }
        }
        Err(overtaken())
    }

    fn decoded(&self, text: &str) -> Result<Vec<u8>, Trouble> {
        base64::decode(text, self.limits.archive).map_err(|error| match error {
            Base64Error::TooLarge => Trouble::TOO_LARGE,
            Base64Error::Malformed => Trouble::MALFORMED,
        })
    }
}

/// Whether what was sent is about this application, and in the way its procedure wants.
fn fits(accepted: &Accepted, target: &Application, rules: &Procedure, purpose: Purpose) -> bool {
    accepted.first_receipt == target.arrive_id.as_str()
        && match purpose {
            Purpose::Withdrawal => accepted.withdrawal == rules.withdrawal,
            Purpose::Application | Purpose::Correction => accepted.procedure == target.procedure,
        }
}

fn arrival(
    caller: &Caller,
    target: &Application,
    rules: &Procedure,
    accepted: &Accepted,
    purpose: Purpose,
    archive: &str,
    now: Timestamp,
) -> Result<Arrival, Fault> {
    let about = target.arrive_id.clone();
    let (origin, trigger, name) = match purpose {
        Purpose::Withdrawal => (
            Origin::Withdrawal(about),
            Trigger::Withdrawal,
            &accepted.submission.procedure_name,
        ),
        Purpose::Application | Purpose::Correction => {
            (Origin::Correction(about), Trigger::Correction, &rules.name)
        }
    };
    // The folder in which the first application came chooses the script of what follows it.
    let script = scheduled(&rules.scripts, trigger, &target.submission.folder, now);
    Ok(Arrival {
        user: caller.user()?.clone(),
        software: caller.software.clone(),
        package: None,
        origin,
        procedure: accepted.procedure.clone(),
        procedure_name: name.clone(),
        ministry: target.ministry.clone(),
        ministry_name: target.ministry_name.clone(),
        submission: accepted.submission.clone(),
        at: now,
        archive: Some(archive.to_owned()),
        script,
    })
}

const LONGEST_NAME: usize = 255;
