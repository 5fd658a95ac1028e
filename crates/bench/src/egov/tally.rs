//! The store of the e-Gov half with a count before it: packages that came in, that were checked, and how
//! long each took from one to the other.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use async_trait::async_trait;
use renkei_core::commit::CommitError;
use renkei_core::fault::Fault;
use renkei_core::instant::Timestamp;
use renkei_egov::commit::{Assigned, Change, Commit};
use renkei_egov::desk::Proposal;
use renkei_egov::life::{Application, Dossier, Fee, NoticeKind, Package, PackageState};
use renkei_egov::number::{ArriveId, MinistryId, SendNumber, SoftwareId, StaffLogin, UserId};
use renkei_egov::port::{DeskQuery, Listed, Page, Selection, Store, Whose};
use renkei_egov::script::ScheduledAct;
use renkei_egov::staff::{Session, StaffAccount};
use renkei_egov::user::{AccessKey, AccessKeyDigest, Software, UserFound};
use renkei_store::SqlStore;
use serde::{Deserialize, Serialize};
use time::Date;

use crate::report::micros;

/// What was counted since the server began.
#[derive(Clone, Copy, Default, Serialize, Deserialize)]
pub(crate) struct Counts {
    /// Packages that came in.
    pub(crate) received: u64,
    /// Packages that were checked.
    pub(crate) checked: u64,
    /// Applications that arrived with them.
    pub(crate) arrived: u64,
}

impl Counts {
    /// Packages not yet checked.
    pub(crate) fn backlog(self) -> u64 {
        self.received.saturating_sub(self.checked)
    }
}

/// A store that counts.
pub(crate) struct Tally {
    store: SqlStore,
    counted: Mutex<Counted>,
}

#[derive(Default)]
struct Counted {
    counts: Counts,
    began: HashMap<SendNumber, Instant>,
    /// Checked before whoever sent it was told its number.
    early: BTreeSet<SendNumber>,
    took: Vec<u32>,
}

impl Tally {
    pub(crate) fn new(store: SqlStore) -> Self {
        Self {
            store,
            counted: Mutex::default(),
        }
    }

    pub(crate) fn counts(&self) -> Counts {
        self.counted().counts
    }

    /// How long the packages took that were checked since this was asked last, in microseconds.
    pub(crate) fn took(&self) -> Vec<u32> {
        std::mem::take(&mut self.counted().took)
    }

    /// Whether a package is not yet checked.
    pub(crate) fn waits(&self, number: &SendNumber) -> bool {
        self.counted().began.contains_key(number)
    }

    fn counted(&self) -> MutexGuard<'_, Counted> {
        self.counted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The rest goes straight through.
macro_rules! counted {
    ($($name:ident($($argument:ident: $kind:ty),*) -> $found:ty;)*) => {
        #[async_trait]
        impl Store for Tally {
            async fn commit(&self, commit: Commit) -> Result<Assigned, CommitError> {
                let began = Instant::now();
                let checked = commit.changes.iter().find_map(checked);
                let assigned = Store::commit(&self.store, commit).await?;
                let mut counted = self.counted();
                for number in &assigned.send_numbers {
                    counted.counts.received += 1;
                    if !counted.early.remove(number) {
                        counted.began.insert(number.clone(), began);
                    }
                }
                if let Some((number, arrived)) = checked {
                    counted.counts.checked += 1;
                    counted.counts.arrived += u64::from(arrived);
                    if let Some(began) = counted.began.remove(&number) {
                        counted.took.push(micros(began.elapsed()));
                    } else {
                        counted.early.insert(number);
                    }
                }
                Ok(assigned)
            }

            $(async fn $name(&self, $($argument: $kind),*) -> Result<$found, Fault> {
                Store::$name(&self.store, $($argument),*).await
            })*
        }
    };
}

counted! {
    find_software(id: &SoftwareId) -> Option<Software>;
    softwares() -> Vec<Software>;
    find_user(id: &UserId) -> Option<UserFound>;
    find_access_key(digest: &AccessKeyDigest) -> Option<AccessKey>;
    packages(user: &UserId, wanted: &Selection) -> Page;
    find_dossier(whose: Whose<'_>, id: &ArriveId) -> Option<Dossier>;
    find_withdrawal_of(target: &ArriveId) -> Option<Dossier>;
    find_notice_archive(whose: Whose<'_>, id: &ArriveId, kind: NoticeKind, number: u32) -> Option<String>;
    find_application_archive(whose: Whose<'_>, id: &ArriveId) -> Option<String>;
    find_fee(user: &UserId, id: &ArriveId, pay_number: &str) -> Option<(Application, Fee)>;
    desk_list(ministries: &BTreeSet<MinistryId>, wanted: &DeskQuery) -> Vec<Listed>;
    claim_packages(claim: &str, now: Timestamp, until: Timestamp, limit: i64) -> Vec<(Package, String)>;
    overdue(today: Date, limit: i64) -> Vec<ArriveId>;
    due_script_acts(now: Timestamp, limit: i64) -> Vec<(ArriveId, ScheduledAct)>;
    find_staff(login: &StaffLogin) -> Option<StaffAccount>;
    find_staff_by_enrolment(digest: &str) -> Option<StaffAccount>;
    staff() -> Vec<StaffAccount>;
    find_session(digest: &str) -> Option<Session>;
    find_proposal(id: &str) -> Option<Proposal>;
    open_proposals(id: &ArriveId) -> Vec<Proposal>;
}

fn checked(change: &Change) -> Option<(SendNumber, u32)> {
    let Change::PackageChecked {
        send_number, state, ..
    } = change
    else {
        return None;
    };
    match **state {
        PackageState::Checked { arrived, .. } => Some((send_number.clone(), arrived)),
        PackageState::Waiting => None,
    }
}
