//! The ports in memory: every guard holds as the store must hold it, and a commit is all or nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use async_trait::async_trait;
use renkei_core::audit::Event;
use renkei_core::commit::CommitError;
use renkei_core::fault::Fault;
use renkei_core::instant::Timestamp;
use renkei_core::payment::{Fee as Owed, FeeKey};
use renkei_egov::commit::{Assigned, Change, Commit};
use renkei_egov::desk::Proposal;
use renkei_egov::life::{
    Application, Dossier, Fee, FeeDetail, HistoryLine, Notice, NoticeKind, Origin, Package,
    PackageState, Stage,
};
use renkei_egov::number::{ArriveId, MinistryId, SendNumber, SoftwareId, StaffLogin, UserId};
use renkei_egov::operation::Operation;
use renkei_egov::port::{DeskQuery, Listed, PackageListed, Page, Selection, Store, Whose};
use renkei_egov::script::ScheduledAct;
use renkei_egov::staff::{Session, StaffAccount};
use renkei_egov::user::{
    AccessKey, AccessKeyDigest, ApiUser, BoundCertificate, SignedRequest, Software, UserFound,
};
use time::Date;

pub(crate) use self::records::{Patience, PlainHashes};

mod change;
mod records;

#[derive(Clone, Default)]
pub(crate) struct State {
    pub(crate) events: Vec<Event>,
    counters: (u64, u64),
    softwares: BTreeMap<SoftwareId, Software>,
    users: BTreeMap<UserId, ApiUser>,
    certificates: Vec<BoundCertificate>,
    pub(crate) keys: BTreeMap<AccessKeyDigest, AccessKey>,
    signed: Vec<SignedRequest>,
    packages: BTreeMap<SendNumber, Sent>,
    pub(crate) applications: BTreeMap<ArriveId, Application>,
    archives: BTreeMap<ArriveId, String>,
    histories: BTreeMap<(ArriveId, u32), HistoryLine>,
    notices: BTreeMap<(ArriveId, NoticeKind, u32), (Notice, String)>,
    pub(crate) fees: BTreeMap<FeeKey, Owed>,
    details: Vec<FeeDetail>,
    proposals: BTreeMap<String, Proposal>,
    pub(crate) scripts: BTreeMap<(ArriveId, u32), (ScheduledAct, bool)>,
    staff: BTreeMap<StaffLogin, StaffAccount>,
    sessions: BTreeMap<String, Session>,
    attempts: BTreeMap<String, u32>,
}

#[derive(Default)]
pub(crate) struct Memory(pub(crate) Mutex<State>);

/// A package, its archive, and who checks it until when.
type Sent = (Package, String, Option<(String, Timestamp)>);

impl State {
    fn fees_of(&self, id: &ArriveId) -> Vec<Fee> {
        let details = self.details.iter().filter(|detail| detail.arrive_id == *id);
        details
            .map(|detail| Fee {
                owed: self.fees[&detail.key].clone(),
                detail: detail.clone(),
            })
            .collect()
    }

    fn notices_of(&self, id: &ArriveId) -> Vec<Notice> {
        let all = self.notices.iter().filter(|((of, _, _), _)| of == id);
        all.map(|(_, (notice, _))| notice.clone()).collect()
    }

    fn listed(&self, application: &Application) -> Listed {
        Listed {
            application: application.clone(),
            notices: self.notices_of(&application.arrive_id),
            fees: self.fees_of(&application.arrive_id),
        }
    }

    fn application(&self, whose: Whose<'_>, id: &ArriveId) -> Option<&Application> {
        self.applications.get(id).filter(|one| match whose {
            Whose::Platform => true,
            Whose::Ministries(ministries) => ministries.contains(&one.ministry),
            Whose::User(user) => one.user == *user,
        })
    }

    fn dossier(&self, application: &Application) -> Dossier {
        let id = &application.arrive_id;
        let lines = self.histories.iter().filter(|((of, _), _)| of == id);
        Dossier {
            application: application.clone(),
            history: lines.map(|(_, line)| line.clone()).collect(),
            notices: self.notices_of(id),
            fees: self.fees_of(id),
        }
    }
}

impl Memory {
    #[expect(
        clippy::unnecessary_wraps,
        reason = "every finder of the port can fail"
    )]
    fn read<T>(&self, read: impl FnOnce(&State) -> T) -> Result<T, Fault> {
        Ok(read(&self.0.lock().unwrap()))
    }

    /// Applies a commit that is known to hold.
    pub(crate) async fn put(&self, changes: Vec<Change>) -> Assigned {
        let events = Vec::new();
        self.commit(Commit { changes, events }).await.unwrap()
    }
}

#[async_trait]
impl Store for Memory {
    async fn commit(&self, commit: Commit) -> Result<Assigned, CommitError> {
        let mut kept = self.0.lock().unwrap();
        let mut next = kept.clone();
        let mut assigned = Assigned::default();
        for change in commit.changes {
            if next.apply(change, &mut assigned).is_none() {
                return Err(CommitError::Lost);
            }
        }
        next.events.extend(commit.events);
        *kept = next;
        Ok(assigned)
    }

    async fn find_software(&self, id: &SoftwareId) -> Result<Option<Software>, Fault> {
        self.read(|state| state.softwares.get(id).cloned())
    }

    async fn softwares(&self) -> Result<Vec<Software>, Fault> {
        self.read(|state| state.softwares.values().cloned().collect())
    }

    async fn find_user(&self, id: &UserId) -> Result<Option<UserFound>, Fault> {
        self.read(|state| {
            let user = state.users.get(id)?.clone();
            let bound = state.certificates.iter().filter(|bound| bound.user == *id);
            let signed = state.signed.iter().filter(|signed| signed.user == *id);
            Some(UserFound {
                user,
                certificates: bound.cloned().collect(),
                last_signed_at: signed
                    .filter(|signed| signed.operation != Operation::Register)
                    .map(|signed| signed.at)
                    .max(),
            })
        })
    }

    async fn find_access_key(&self, digest: &AccessKeyDigest) -> Result<Option<AccessKey>, Fault> {
        self.read(|state| state.keys.get(digest).cloned())
    }

    async fn packages(&self, user: &UserId, wanted: &Selection) -> Result<Page, Fault> {
        self.read(|state| {
            let all = state.packages.values().rev().map(|(package, _, _)| package);
            let mine = all.filter(|package| package.user == *user);
            let fitting = mine.filter(|package| match wanted {
                Selection::Number(number) => package.send_number == *number,
                Selection::Period { from, to, .. } => (*from..*to).contains(&package.sent_at),
            });
            let packages = fitting.map(|package| {
                let of = |one: &&Application| one.package.as_ref() == Some(&package.send_number);
                let applications = state.applications.values().rev().filter(of);
                PackageListed {
                    package: package.clone(),
                    applications: applications.map(|one| state.listed(one)).collect(),
                }
            });
            Page {
                packages: packages.collect(),
                cut: false,
            }
        })
    }

    async fn find_dossier(
        &self,
        whose: Whose<'_>,
        id: &ArriveId,
    ) -> Result<Option<Dossier>, Fault> {
        self.read(|state| Some(state.dossier(state.application(whose, id)?)))
    }

    async fn find_withdrawal_of(&self, target: &ArriveId) -> Result<Option<Dossier>, Fault> {
        self.read(|state| {
            let wanted = Origin::Withdrawal(target.clone());
            let mut all = state.applications.values();
            let found = all.find(|one| one.origin == wanted && one.stage == Stage::Arrived);
            found.map(|one| state.dossier(one))
        })
    }

    async fn find_notice_archive(
        &self,
        whose: Whose<'_>,
        id: &ArriveId,
        kind: NoticeKind,
        number: u32,
    ) -> Result<Option<String>, Fault> {
        self.read(|state| {
            state.application(whose, id)?;
            Some(state.notices.get(&(id.clone(), kind, number))?.1.clone())
        })
    }

    async fn find_application_archive(
        &self,
        whose: Whose<'_>,
        id: &ArriveId,
    ) -> Result<Option<String>, Fault> {
        self.read(|state| {
            let application = state.application(whose, id)?;
            match &application.package {
                Some(number) => Some(state.packages.get(number)?.1.clone()),
                None => state.archives.get(id).cloned(),
            }
        })
    }

    async fn find_fee(
        &self,
        user: &UserId,
        id: &ArriveId,
        pay_number: &str,
    ) -> Result<Option<(Application, Fee)>, Fault> {
        self.read(|state| {
            let application = state.application(Whose::User(user), id)?;
            let mut fees = state.fees_of(id).into_iter();
            let fee = fees.find(|fee| fee.key().pay_number == pay_number)?;
            Some((application.clone(), fee))
        })
    }

    async fn desk_list(
        &self,
        ministries: &BTreeSet<MinistryId>,
        wanted: &DeskQuery,
    ) -> Result<Vec<Listed>, Fault> {
        self.read(|state| {
            let all = state.applications.values().rev();
            all.filter(|one| ministries.contains(&one.ministry))
                .filter(|one| wanted.stage.is_none_or(|stage| one.stage == stage))
                .map(|one| state.listed(one))
                .collect()
        })
    }

    async fn claim_packages(
        &self,
        claim: &str,
        now: Timestamp,
        until: Timestamp,
        limit: i64,
    ) -> Result<Vec<(Package, String)>, Fault> {
        let mut state = self.0.lock().unwrap();
        let waiting = state.packages.values_mut().filter(|(package, _, claimed)| {
            let is_free = claimed.as_ref().is_none_or(|(_, until)| *until <= now);
            package.state == PackageState::Waiting && is_free
        });
        let some = waiting.take(usize::try_from(limit).unwrap());
        Ok(some
            .map(|(package, archive, claimed)| {
                *claimed = Some((claim.to_owned(), until));
                (package.clone(), archive.clone())
            })
            .collect())
    }

    async fn overdue(&self, _: Date, _: i64) -> Result<Vec<ArriveId>, Fault> {
        self.read(|state| state.applications.keys().cloned().collect())
    }

    async fn due_script_acts(
        &self,
        now: Timestamp,
        _: i64,
    ) -> Result<Vec<(ArriveId, ScheduledAct)>, Fault> {
        self.read(|state| {
            let mut first: BTreeMap<ArriveId, ScheduledAct> = BTreeMap::new();
            for ((id, _), (act, done)) in &state.scripts {
                if !done && act.due_at <= now {
                    first.entry(id.clone()).or_insert_with(|| act.clone());
                }
            }
            first.into_iter().collect()
        })
    }

    async fn find_staff(&self, login: &StaffLogin) -> Result<Option<StaffAccount>, Fault> {
        self.read(|state| state.staff.get(login).cloned())
    }

    async fn find_staff_by_enrolment(&self, digest: &str) -> Result<Option<StaffAccount>, Fault> {
        self.read(|state| {
            let mut all = state.staff.values();
            let of = |one: &&StaffAccount| {
                one.enrolment
                    .as_ref()
                    .is_some_and(|(kept, _)| kept == digest)
            };
            all.find(of).cloned()
        })
    }

    async fn staff(&self) -> Result<Vec<StaffAccount>, Fault> {
        self.read(|state| state.staff.values().cloned().collect())
    }

    async fn find_session(&self, digest: &str) -> Result<Option<Session>, Fault> {
        self.read(|state| state.sessions.get(digest).cloned())
    }

    async fn find_proposal(&self, id: &str) -> Result<Option<Proposal>, Fault> {
        self.read(|state| state.proposals.get(id).cloned())
    }

    async fn open_proposals(&self, id: &ArriveId) -> Result<Vec<Proposal>, Fault> {
        self.read(|state| {
            let all = state.proposals.values();
            all.filter(|one| one.arrive_id == *id && one.decided.is_none())
                .cloned()
                .collect()
        })
    }
}
