//! The ports: everything this crate asks of the world. The store's contracts are written here, where
//! the implementer reads.

use std::collections::BTreeSet;

use async_trait::async_trait;
use renkei_core::commit::CommitError;
use renkei_core::fault::Fault;
use renkei_core::instant::Timestamp;
use renkei_core::port::Random;
use renkei_core::secret::Password;
use time::Date;

use crate::commit::{Assigned, Commit};
use crate::desk::Proposal;
use crate::life::{Application, Dossier, Fee, Notice, NoticeKind, Package};
use crate::number::{
    ArriveId, MinistryId, ProcedureId, SendNumber, SoftwareId, StaffLogin, UserId,
};
use crate::script::ScheduledAct;
use crate::staff::{Session, StaffAccount};
use crate::user::{AccessKey, AccessKeyDigest, Software, UserFound};

/// On whose behalf something is looked up. What belongs to somebody else is not found.
#[derive(Clone, Copy, Debug)]
pub enum Whose<'a> {
    /// What the platform does by itself: the clock, scripts, the check of packages.
    Platform,
    /// Staff of these ministries.
    Ministries(&'a BTreeSet<MinistryId>),
    /// The user who sent it.
    User(&'a UserId),
}

/// Everything that is kept for the interface and its desk.
#[async_trait]
pub trait Store: Send + Sync {
    /// Makes all of it true, or none. Durable when this returns. Counters are taken inside the commit,
    /// after the end of the audit chain is held: [`Change::PackageReceived`] takes a `SendNumber`,
    /// [`Change::ApplicationArrived`] an `ArriveID`; what they are told with precedes `commit.events`.
    ///
    /// # Errors
    /// [`CommitError::Lost`] when a guard did not hold.
    ///
    /// [`Change::PackageReceived`]: crate::commit::Change::PackageReceived
    /// [`Change::ApplicationArrived`]: crate::commit::Change::ApplicationArrived
    async fn commit(&self, commit: Commit) -> Result<Assigned, CommitError>;

    /// A software, revoked or not.
    async fn find_software(&self, id: &SoftwareId) -> Result<Option<Software>, Fault>;

    /// Every software, by id.
    async fn softwares(&self) -> Result<Vec<Software>, Fault>;

    /// A user with the certificates bound now. `last_signed_at` is the greatest `at` of the user's
    /// signed requests whose operation is not [`Operation::Register`].
    ///
    /// [`Operation::Register`]: crate::operation::Operation::Register
    async fn find_user(&self, id: &UserId) -> Result<Option<UserFound>, Fault>;

    /// An access key, lapsed, revoked or not.
    async fn find_access_key(&self, digest: &AccessKeyDigest) -> Result<Option<AccessKey>, Fault>;

    /// Packages of a user with their applications, the newest first; see [`Selection`].
    async fn packages(&self, user: &UserId, wanted: &Selection) -> Result<Page, Fault>;

    /// An application with all that belongs to it.
    async fn find_dossier(&self, whose: Whose<'_>, id: &ArriveId)
    -> Result<Option<Dossier>, Fault>;

    /// The request that asks for this application back and is not answered (stage arrived).
    async fn find_withdrawal_of(&self, target: &ArriveId) -> Result<Option<Dossier>, Fault>;

    /// The archive of a notice, in Base64.
    async fn find_notice_archive(
        &self,
        whose: Whose<'_>,
        id: &ArriveId,
        kind: NoticeKind,
        number: u32,
    ) -> Result<Option<String>, Fault>;

    /// The archive in which an application came, in Base64: its own, or its package's.
    async fn find_application_archive(
        &self,
        whose: Whose<'_>,
        id: &ArriveId,
    ) -> Result<Option<String>, Fault>;

    /// A fee with what it is charged for, of an application of this user.
    async fn find_fee(
        &self,
        user: &UserId,
        id: &ArriveId,
        pay_number: &str,
    ) -> Result<Option<(Application, Fee)>, Fault>;

    /// What a desk lists, the newest first.
    async fn desk_list(
        &self,
        ministries: &BTreeSet<MinistryId>,
        wanted: &DeskQuery,
    ) -> Result<Vec<Listed>, Fault>;

    /// Claims packages that wait to be checked and are not claimed, or whose claim has lapsed, the
    /// oldest first, at most `limit`: one guarded write each. `claim` is unique to this call.
    async fn claim_packages(
        &self,
        claim: &str,
        now: Timestamp,
        until: Timestamp,
        limit: i64,
    ) -> Result<Vec<(Package, String)>, Fault>;

    /// Applications at which the clock has something to do: waiting for a correction whose last day is
    /// before `today`, or with a waiting fee whose last day is.
    async fn overdue(&self, today: Date, limit: i64) -> Result<Vec<ArriveId>, Fault>;

    /// Acts of scripts that are due and not done, the oldest first; of one application the one with
    /// the smallest place only.
    async fn due_script_acts(
        &self,
        now: Timestamp,
        limit: i64,
    ) -> Result<Vec<(ArriveId, ScheduledAct)>, Fault>;

    /// A member of staff.
    async fn find_staff(&self, login: &StaffLogin) -> Result<Option<StaffAccount>, Fault>;

    /// A member of staff by the digest of an enrolment token.
    async fn find_staff_by_enrolment(&self, digest: &str) -> Result<Option<StaffAccount>, Fault>;

    /// All staff, by login.
    async fn staff(&self) -> Result<Vec<StaffAccount>, Fault>;

    /// A session of staff, over or not.
    async fn find_session(&self, digest: &str) -> Result<Option<Session>, Fault>;

    /// A proposal.
    async fn find_proposal(&self, id: &str) -> Result<Option<Proposal>, Fault>;

    /// The open proposals of an application.
    async fn open_proposals(&self, id: &ArriveId) -> Result<Vec<Proposal>, Fault>;
}

/// Which packages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    /// One.
    Number(SendNumber),
    /// Those sent from one instant (included) to another (excluded): no more than so many packages,
    /// and no more than so many applications in them, but at least one package.
    Period {
        /// From.
        from: Timestamp,
        /// To.
        to: Timestamp,
        /// Packages at most.
        packages: usize,
        /// Applications at most.
        applications: usize,
    },
}

/// Packages that were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The packages, the newest first.
    pub packages: Vec<PackageListed>,
    /// Whether there are more.
    pub cut: bool,
}

/// A package in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageListed {
    /// The package.
    pub package: Package,
    /// Its applications, the newest first.
    pub applications: Vec<Listed>,
}

/// An application in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The application.
    pub application: Application,
    /// Its notices.
    pub notices: Vec<Notice>,
    /// Its fees.
    pub fees: Vec<Fee>,
}

/// What a desk lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeskQuery {
    /// Only of this stage.
    pub stage: Option<crate::life::Stage>,
    /// Only those the applicant wants back.
    pub withdrawing: bool,
    /// Only of this procedure.
    pub procedure: Option<ProcedureId>,
    /// Only older ones than this.
    pub before: Option<ArriveId>,
    /// At most.
    pub limit: i64,
}

/// Slow hashes of passwords; the implementation bounds how many are made at once.
#[async_trait]
pub trait PasswordHashes: Send + Sync {
    /// The hash of a password, with its salt and its costs.
    async fn hash(&self, password: &Password, random: &dyn Random) -> Result<String, Fault>;

    /// Whether this is the password of `hash`. With no hash, as much is spent and the answer is no.
    async fn verify(&self, password: &Password, hash: Option<&str>) -> Result<bool, Fault>;
}

/// How often somebody may ask.
pub trait RateLimit: Send + Sync {
    /// Counts a request of a software, and of a user where one is known; whether it may go on.
    fn permits(&self, software: &SoftwareId, user: Option<&UserId>, now: Timestamp) -> bool;
}

/// Opens archives and judges what lies in them. Asynchronous, so that an implementation can do the
/// work beside the threads that answer.
#[async_trait]
pub trait Checker: Send + Sync {
    /// How many applications an archive holds: looked at before it is acknowledged.
    async fn applications(&self, archive: Vec<u8>) -> Result<Result<u32, Unacceptable>, Fault>;

    /// The full check of every application in an archive.
    async fn check(
        &self,
        archive: Vec<u8>,
        purpose: Purpose,
        now: Timestamp,
    ) -> Result<Checked, Fault>;

    /// What the signature of a document in an archive is worth; none when it is not there or not XML.
    async fn verify(
        &self,
        archive: Vec<u8>,
        document: String,
        now: Timestamp,
    ) -> Result<Option<crate::verification::Verification>, Fault>;
}

/// What an archive is sent for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// New applications (3.3).
    Application,
    /// One correction (3.9).
    Correction,
    /// One request to give an application back (3.7).
    Withdrawal,
}

/// Why an archive is not even acknowledged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unacceptable {
    /// No folder with a 構成管理.
    Empty,
    /// Beyond a bound.
    TooLarge,
    /// Not an archive, or one we do not open.
    Unreadable,
}

/// What the check found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// Applications in order, in the order of the archive.
    pub accepted: Vec<Accepted>,
    /// How many were refused.
    pub refused: u32,
    /// The report on those, as HTML; empty without any.
    pub report: String,
}

/// An application in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// 手続ID.
    pub procedure: ProcedureId,
    /// 初回受付番号; empty for a new application.
    pub first_receipt: String,
    /// Which variant of a withdrawal it is; none for the other purposes.
    pub withdrawal: crate::procedure::WithdrawalKind,
    /// What the 構成管理 says.
    pub submission: crate::life::Submission,
}
