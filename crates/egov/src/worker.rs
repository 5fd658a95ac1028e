//! What happens without anybody asking: packages are checked, last days pass, scripts act. Each item is
//! a decision of its own, so that any number of servers can work on the same list.

use std::time::Duration;

use renkei_core::commit::CommitError;
use renkei_core::fault::Fault;
use renkei_core::instant::Timestamp;
use renkei_core::port::{Random, random_256};
use renkei_core::seal::sha256_hex;
use serde_json::json;

use crate::base64;
use crate::commit::{Arrival, Change, Commit, event};
use crate::desk::Desk;
use crate::life::{Act, Actor, Origin, Package, PackageState, begin, decide, overdue};
use crate::port::{Accepted, Checked, Checker, Purpose, Store, Whose};
use crate::procedure::Procedures;
use crate::script::{Trigger, scheduled};

/// What the work needs.
pub struct Worker<'a> {
    /// What is kept.
    pub store: &'a dyn Store,
    /// The procedures.
    pub procedures: &'a Procedures,
    /// Opens archives.
    pub checker: &'a dyn Checker,
    /// Randomness.
    pub random: &'a dyn Random,
}

impl Worker<'_> {
    /// Checks packages that wait, at most `limit`; how many were checked.
    pub async fn check_packages(&self, now: Timestamp, limit: i64) -> Result<usize, Fault> {
        let claim = sha256_hex(&random_256(self.random));
        let until = now.plus(CLAIM_LASTS_FOR);
        let claimed = self.store.claim_packages(&claim, now, until, limit);
        let claimed = claimed.await?;
        let mut done = 0;
        for (package, archive) in claimed {
            let archive = base64::decode(&archive, archive.len())
                .map_err(|e| Fault::new("a kept package is not readable").caused_by(e))?;
            // Judged by the instant of sending, however long it waited.
            let checked = self
                .checker
                .check(archive, Purpose::Application, package.sent_at);
            let commit = self.checked(&package, &claim, checked.await?, now);
            match self.store.commit(commit).await {
                Ok(_) => done += 1,
                // The claim lapsed and another server did it.
                Err(CommitError::Lost) => {}
                Err(CommitError::Fault(fault)) => return Err(fault),
            }
        }
        Ok(done)
    }

    /// Lets corrections and fees lapse whose last day is over; how many acts were done.
    pub async fn lapse(&self, now: Timestamp, limit: i64) -> Result<usize, Fault> {
        let mut done = 0;
        for id in self.store.overdue(now.japan_date(), limit).await? {
            let Some(dossier) = self.store.find_dossier(Whose::Platform, &id).await? else {
                continue;
            };
            for act in overdue(&dossier, now) {
                let decided = decide(&dossier, None, Act::Clock(act), &Actor::Clock, now);
                let Ok(commit) = decided else {
                    continue;
                };
                match self.store.commit(commit).await {
                    Ok(_) => done += 1,
                    Err(CommitError::Lost) => {}
                    Err(CommitError::Fault(fault)) => return Err(fault),
                }
            }
        }
        Ok(done)
    }

    /// Does the acts of scripts that are due; how many there were. What broke at one of them does not
    /// keep the others from being done; the first of it is told.
    pub async fn scripts(
        &self,
        desk: &Desk<'_>,
        now: Timestamp,
        limit: i64,
    ) -> Result<usize, Fault> {
        let due = self.store.due_script_acts(now, limit).await?;
        let mut broken = None;
        for (id, scheduled) in &due {
            let done = desk.script(id, scheduled.place, &scheduled.act, now).await;
            broken = broken.or(done.err());
        }
        broken.map_or(Ok(due.len()), Err)
    }

    fn checked(&self, package: &Package, claim: &str, found: Checked, now: Timestamp) -> Commit {
        let accepted = found.accepted.len();
        let arrivals: Vec<_> = found
            .accepted
            .into_iter()
            .filter_map(|accepted| self.arrival(package, accepted, now))
            .collect();
        let arrived = u32::try_from(arrivals.len()).unwrap_or(u32::MAX);
        let lost = u32::try_from(accepted - arrivals.len()).unwrap_or(u32::MAX);
        let refused = found.refused.saturating_add(lost);
        let state = PackageState::Checked {
            at: now,
            arrived,
            refused,
            report: found.report,
        };
        let detail = json!({
            "send_number": package.send_number, "arrived": arrived, "refused": refused,
        });
        let mut changes = vec![Change::PackageChecked {
            send_number: package.send_number.clone(),
            claim: claim.to_owned(),
            state: Box::new(state),
        }];
        changes.extend(arrivals.into_iter().map(begin));
        Commit {
            changes,
            events: vec![event(now, "egov.package.checked", detail)],
        }
    }

    /// None when the procedure went away between the check and now.
    fn arrival(&self, package: &Package, accepted: Accepted, now: Timestamp) -> Option<Arrival> {
        let rules = self.procedures.find(&accepted.procedure)?;
        let folder = &accepted.submission.folder;
        let script = scheduled(&rules.scripts, Trigger::Arrival, folder, now);
        Some(Arrival {
            user: package.user.clone(),
            software: package.software.clone(),
            package: Some(package.send_number.clone()),
            origin: Origin::New,
            procedure: accepted.procedure,
            procedure_name: rules.name.clone(),
            ministry: rules.ministry.id.clone(),
            ministry_name: rules.ministry.name.clone(),
            submission: accepted.submission,
            at: now,
            archive: None,
            script,
        })
    }
}

/// A claim lapses after this time: whoever made it is gone.
const CLAIM_LASTS_FOR: Duration = Duration::from_mins(5);
