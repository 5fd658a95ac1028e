//! The ports in memory: every guard holds as the store must hold it, and a commit is all or nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use async_trait::async_trait;
use renkei_core::account::{AccountId, CustomerId};
use renkei_core::attempt::{AttemptKey, AttemptLimit, Claim};
use renkei_core::audit::Event;
use renkei_core::commit as core;
use renkei_core::commit::{CommitError, SignKind};
use renkei_core::fault::Fault;
use renkei_core::instant::Timestamp;
use renkei_core::link::Link;
use renkei_core::payment::{Fee as Owed, FeeKey, FeeState};
use renkei_core::port::{HeldLink, Random, Records};
use renkei_core::secret::Password;
use renkei_core::tenant::TenantId;
use renkei_egov::commit::{Assigned, Change, Commit};
use renkei_egov::desk::Proposal;
use renkei_egov::life::{
    Application, Dossier, Fee, FeeDetail, HistoryLine, Notice, NoticeKind, Origin, Package,
    PackageState, Stage,
};
use renkei_egov::number::{ArriveId, MinistryId, SendNumber, SoftwareId, StaffLogin, UserId};
use renkei_egov::operation::Operation;
use renkei_egov::port::{
    DeskQuery, Listed, PackageListed, Page, PasswordHashes, RateLimit, Selection, Store, Whose,
};
use renkei_egov::script::ScheduledAct;
use renkei_egov::staff::{Session, StaffAccount};
use renkei_egov::user::{
    AccessKey, AccessKeyDigest, ApiUser, BoundCertificate, SignedRequest, Software, UserFound,
};
use renkei_oauth::client::ClientId;
use time::Date;

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
    scripts: BTreeMap<(ArriveId, u32), (ScheduledAct, bool)>,
    staff: BTreeMap<StaffLogin, StaffAccount>,
    sessions: BTreeMap<String, Session>,
    attempts: BTreeMap<String, u32>,
}

#[derive(Default)]
pub(crate) struct Memory(pub(crate) Mutex<State>);

/// A package, its archive, and who checks it until when.
type Sent = (Package, String, Option<(String, Timestamp)>);

/// Whether a guard held.
type Held = Option<()>;

fn guarded(holds: bool) -> Held {
    holds.then_some(())
}

impl State {
    fn apply(&mut self, change: Change, assigned: &mut Assigned) -> Held {
        match change {
            Change::AccessKeyIssued(key) => {
                self.keys.insert(key.digest.clone(), key);
            }
            Change::AccessKeysRevoked {
                user,
                certificate,
                at,
            } => {
                for key in self.keys.values_mut() {
                    if key.user == user && key.certificate == certificate {
                        key.revoked_at.get_or_insert(at);
                    }
                }
            }
            Change::ApplicationArrived(arrival) => {
                self.counters.1 += 1;
                let arrived = arrival.numbered(self.counters.1);
                let id = arrived.application.arrive_id.clone();
                assigned.arrive_ids.push(id.clone());
                self.events.push(arrived.event);
                self.histories.insert((id.clone(), 1), arrived.line);
                for act in &arrival.script {
                    let key = (id.clone(), act.place);
                    self.scripts.insert(key, (act.clone(), false));
                }
                if let Some(archive) = arrival.archive {
                    self.archives.insert(id.clone(), archive);
                }
                self.applications.insert(id, arrived.application);
            }
            Change::ApplicationMoved(application) => {
                let kept = self.applications.get_mut(&application.arrive_id)?;
                guarded(kept.version + 1 == application.version)?;
                *kept = *application;
            }
            Change::CertificateBound(bound) => {
                let is_new = !self.certificates.iter().any(|kept| {
                    kept.user == bound.user && kept.identity.digest == bound.identity.digest
                });
                guarded(is_new)?;
                self.certificates.push(*bound);
            }
            Change::CertificateUnbound { user, certificate } => {
                let before = self.certificates.len();
                self.certificates
                    .retain(|kept| kept.user != user || kept.identity.key() != certificate);
                guarded(self.certificates.len() + 1 == before)?;
            }
            Change::Core(change) => self.core(change)?,
            Change::FeeDescribed(detail) => self.details.push(detail),
            Change::HistoryAdded { arrive_id, line } => {
                let key = (arrive_id, line.number);
                guarded(self.histories.insert(key, line).is_none())?;
            }
            other => self.apply_papers(other, assigned)?,
        }
        Some(())
    }

    fn apply_papers(&mut self, change: Change, assigned: &mut Assigned) -> Held {
        match change {
            Change::NoticeEnded {
                arrive_id,
                number,
                end,
                completed_at,
            } => {
                let key = (arrive_id, NoticeKind::Amend, number);
                let (notice, _) = self.notices.get_mut(&key)?;
                guarded(notice.end.is_none())?;
                notice.end = Some(end);
                notice.completed_at = completed_at;
            }
            Change::NoticeIssued {
                arrive_id,
                notice,
                archive,
            } => {
                let key = (arrive_id, notice.kind, notice.number);
                guarded(self.notices.insert(key, (*notice, archive)).is_none())?;
            }
            Change::NoticeCompleted {
                arrive_id,
                kind,
                number,
                at,
            } => {
                let (notice, _) = self.notices.get_mut(&(arrive_id, kind, number))?;
                notice.completed_at = Some(at);
            }
            Change::PackageChecked {
                send_number,
                claim,
                state,
            } => {
                let (package, _, claimed) = self.packages.get_mut(&send_number)?;
                guarded(package.state == PackageState::Waiting)?;
                guarded(claimed.as_ref().is_some_and(|(kept, _)| *kept == claim))?;
                package.state = *state;
            }
            Change::PackageReceived(new) => {
                self.counters.0 += 1;
                let (package, event) = new.numbered(self.counters.0);
                assigned.send_numbers.push(package.send_number.clone());
                self.events.push(event);
                let number = package.send_number.clone();
                self.packages.insert(number, (package, new.archive, None));
            }
            other => self.apply_staff(other)?,
        }
        Some(())
    }

    fn apply_staff(&mut self, change: Change) -> Held {
        match change {
            Change::ProposalMade(proposal) => {
                self.proposals.insert(proposal.id.clone(), *proposal);
            }
            Change::ProposalDecided {
                id,
                by,
                at,
                approved,
            } => {
                let proposal = self.proposals.get_mut(&id)?;
                guarded(proposal.decided.is_none())?;
                proposal.decided = Some((by, at, approved));
            }
            Change::ScriptActDone {
                arrive_id, place, ..
            } => {
                let (_, done) = self.scripts.get_mut(&(arrive_id, place))?;
                guarded(!*done)?;
                *done = true;
            }
            Change::SessionEnded { digest } => {
                self.sessions.remove(&digest);
            }
            Change::SessionsEnded(login) => self.sessions.retain(|_, kept| kept.login != login),
            Change::SessionExtended { digest, lapses_at } => {
                if let Some(session) = self.sessions.get_mut(&digest) {
                    session.lapses_at = lapses_at;
                }
            }
            Change::SessionOpened(session) => {
                self.sessions.insert(session.digest.clone(), session);
            }
            Change::SignedRequestRecorded(request) => self.signed.push(request),
            Change::SoftwareSaved(software) => {
                self.softwares.insert(software.id.clone(), *software);
            }
            Change::StaffSaved(account) => {
                let before = self
                    .staff
                    .get(&account.login)
                    .map_or(0, |kept| kept.version);
                guarded(before + 1 == account.version)?;
                self.staff.insert(account.login.clone(), *account);
            }
            Change::UserSaved(user) => {
                let before = self.users.get(&user.id).map_or(0, |kept| kept.version);
                guarded(before + 1 == user.version)?;
                self.users.insert(user.id.clone(), user);
            }
            other => panic!("not applied: {other:?}"),
        }
        Some(())
    }

    fn core(&mut self, change: core::Change) -> Held {
        let waiting = |fee: &Owed| fee.state == FeeState::Waiting;
        match change {
            core::Change::AttemptsCleared(key) => {
                self.attempts.remove(key.as_str());
            }
            core::Change::BillIssued(_) => {}
            core::Change::FeeCharged(fee) => {
                guarded(self.fees.insert(fee.key.clone(), *fee).is_none())?;
            }
            core::Change::FeeCancelled(key) => {
                let fee = self.fees.get_mut(&key).filter(|fee| waiting(fee))?;
                fee.state = FeeState::Cancelled;
            }
            core::Change::FeeLapsed(key) => {
                let fee = self.fees.get_mut(&key).filter(|fee| waiting(fee))?;
                fee.state = FeeState::Lapsed;
            }
            core::Change::FeeReserved {
                fee,
                payment,
                today,
                ..
            } => {
                let fee = self.fees.get_mut(&fee).filter(|fee| waiting(fee))?;
                guarded(today <= fee.due)?;
                fee.state = FeeState::Reserved(payment);
            }
            core::Change::FeeSettled { fee, payment, at } => {
                let fee = self.fees.get_mut(&fee)?;
                guarded(fee.state == FeeState::Reserved(payment))?;
                fee.state = FeeState::Paid { payment, at };
            }
            core::Change::FeeReleased { fee, payment } => {
                let fee = self.fees.get_mut(&fee)?;
                guarded(fee.state == FeeState::Reserved(payment))?;
                fee.state = FeeState::Waiting;
            }
            other => panic!("not applied: {other:?}"),
        }
        Some(())
    }

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

    async fn find_package_archive(&self, number: &SendNumber) -> Result<Option<String>, Fault> {
        self.read(|state| Some(state.packages.get(number)?.1.clone()))
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

fn elsewhere<T>() -> Result<T, Fault> {
    Err(Fault::new("not of these tests"))
}

#[async_trait]
impl Records for Memory {
    async fn claim_attempt(
        &self,
        key: &AttemptKey,
        limit: AttemptLimit,
        _: Timestamp,
    ) -> Result<Claim, Fault> {
        let mut state = self.0.lock().unwrap();
        let count = state.attempts.entry(key.as_str().to_owned()).or_default();
        if *count >= limit.attempts {
            return Ok(Claim::Locked);
        }
        *count += 1;
        Ok(Claim::Granted {
            left: limit.attempts - *count,
        })
    }

    async fn attempts(
        &self,
        _: &AttemptKey,
        _: AttemptLimit,
        _: Timestamp,
    ) -> Result<(u32, bool), Fault> {
        elsewhere()
    }

    async fn keep_challenge(
        &self,
        _: &AttemptKey,
        _: &str,
        _: Option<&str>,
        _: Timestamp,
    ) -> Result<String, Fault> {
        elsewhere()
    }

    async fn registered_pins(
        &self,
        _: &TenantId,
        _: &CustomerId,
    ) -> Result<BTreeSet<AccountId>, Fault> {
        elsewhere()
    }

    async fn find_renewable_link(
        &self,
        _: &TenantId,
        _: &ClientId,
        _: &CustomerId,
    ) -> Result<Option<Link>, Fault> {
        elsewhere()
    }

    async fn links_of(&self, _: &TenantId, _: &CustomerId) -> Result<Vec<HeldLink>, Fault> {
        elsewhere()
    }

    async fn is_familiar(
        &self,
        _: &TenantId,
        _: &CustomerId,
        _: SignKind,
        _: &str,
    ) -> Result<bool, Fault> {
        elsewhere()
    }

    async fn find_fee(&self, key: &FeeKey) -> Result<Option<Owed>, Fault> {
        self.read(|state| state.fees.get(key).cloned())
    }
}

/// A hash that is none, for tests.
pub(crate) struct PlainHashes;

#[async_trait]
impl PasswordHashes for PlainHashes {
    async fn hash(&self, password: &Password, _: &dyn Random) -> Result<String, Fault> {
        Ok(format!("hash of {}", password.expose()))
    }

    async fn verify(&self, password: &Password, hash: Option<&str>) -> Result<bool, Fault> {
        let own = format!("hash of {}", password.expose());
        Ok(hash == Some(own.as_str()))
    }
}

/// Lets everybody in, but for one software.
pub(crate) struct Patience;

impl RateLimit for Patience {
    fn permits(&self, software: &SoftwareId, _: Option<&UserId>, _: Timestamp) -> bool {
        software.as_str() != "HASTY"
    }
}
