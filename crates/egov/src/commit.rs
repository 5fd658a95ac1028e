//! What shall be true afterwards: every write of one decision, in one list, with its audit records.
//! A store makes all of it true, or none.

use renkei_core::audit::Event;
use renkei_core::instant::Timestamp;
use serde_json::json;

use crate::life::{
    AmendEnd, Application, FeeDetail, HistoryLine, Notice, NoticeKind, Origin, Package,
    PackageState, Process, Stage, Submission,
};
use crate::number::{
    ArriveId, MinistryId, ProcedureId, SendNumber, SoftwareId, StaffLogin, UserId,
};
use crate::script::ScheduledAct;
use crate::staff::{Session, StaffAccount};
use crate::user::{AccessKey, ApiUser, BoundCertificate, SignedRequest, Software};

/// All writes of one decision.
#[derive(Debug, Default)]
pub struct Commit {
    /// What changes, in the order it is written.
    pub changes: Vec<Change>,
    /// What is told of it. What a [`Change`] is told with by itself (arrivals, packages) comes first.
    pub events: Vec<Event>,
}

impl Commit {
    /// Adds what another decision of the same act wants.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.changes.extend(other.changes);
        self.events.extend(other.events);
        self
    }
}

/// One write. Those named *guarded* apply to exactly one row or lose the whole commit.
#[derive(Clone, Debug)]
pub enum Change {
    /// A new access key.
    AccessKeyIssued(AccessKey),
    /// Every access key of one identity ends; harmless when there are none.
    AccessKeysRevoked {
        /// The user.
        user: UserId,
        /// SHA-256 of the certificate.
        certificate: String,
        /// When.
        at: Timestamp,
    },
    /// An application arrives: takes the next `ArriveID` in this commit ([`Arrival::numbered`]).
    ApplicationArrived(Box<Arrival>),
    /// An application moved on. Guarded: its version was one less.
    ApplicationMoved(Box<Application>),
    /// A certificate is bound to a user. Guarded: this pair was not.
    CertificateBound(Box<BoundCertificate>),
    /// A certificate is unbound. Guarded: it was bound.
    CertificateUnbound {
        /// The user.
        user: UserId,
        /// SHA-256 of the certificate.
        certificate: String,
    },
    /// A write of the domain: fees, attempts, bills.
    Core(renkei_core::commit::Change),
    /// What a fee is charged for; the fee itself is a [`Change::Core`] beside it.
    FeeDescribed(FeeDetail),
    /// A line of a history. Guarded: its number was free.
    HistoryAdded {
        /// The application.
        arrive_id: ArriveId,
        /// The line.
        line: HistoryLine,
    },
    /// An amend notice ended. Guarded: it was open.
    NoticeEnded {
        /// The application.
        arrive_id: ArriveId,
        /// Its number.
        number: u32,
        /// How.
        end: AmendEnd,
        /// When it was answered; none for the other ends.
        completed_at: Option<Timestamp>,
    },
    /// A notice is issued. Guarded: its number was free.
    NoticeIssued {
        /// The application.
        arrive_id: ArriveId,
        /// The notice.
        notice: Box<Notice>,
        /// Its archive, in Base64.
        archive: String,
    },
    /// A comment was read or a document fetched; may be noted again.
    NoticeCompleted {
        /// The application.
        arrive_id: ArriveId,
        /// Comment or official.
        kind: NoticeKind,
        /// Its number.
        number: u32,
        /// When.
        at: Timestamp,
    },
    /// A package was checked; when nothing of it arrived, its archive goes. Guarded: it was waiting and
    /// claimed under this claim.
    PackageChecked {
        /// The package.
        send_number: SendNumber,
        /// The claim under which it was checked.
        claim: String,
        /// How it ended; never [`PackageState::Waiting`].
        state: Box<PackageState>,
    },
    /// A package was sent: takes the next `SendNumber` in this commit ([`NewPackage::numbered`]).
    PackageReceived(Box<NewPackage>),
    /// Something that two members of staff must want is proposed.
    ProposalMade(Box<crate::desk::Proposal>),
    /// It is approved or refused. Guarded: it was open.
    ProposalDecided {
        /// Its id.
        id: String,
        /// Who decided.
        by: StaffLogin,
        /// When.
        at: Timestamp,
        /// Whether it was approved.
        approved: bool,
    },
    /// An act of a script is over. Guarded: it was due.
    ScriptActDone {
        /// The application.
        arrive_id: ArriveId,
        /// Its place in the script.
        place: u32,
        /// When.
        at: Timestamp,
    },
    /// Acts of a script wait for their time.
    ScriptScheduled {
        /// The application.
        arrive_id: ArriveId,
        /// The acts.
        acts: Vec<ScheduledAct>,
    },
    /// A session of staff ends; harmless when it is over.
    SessionEnded {
        /// Digest of its handle.
        digest: String,
    },
    /// Every session of a member of staff ends.
    SessionsEnded(StaffLogin),
    /// A session of staff goes on; harmless when it is over.
    SessionExtended {
        /// Digest of its handle.
        digest: String,
        /// When it lapses now.
        lapses_at: Timestamp,
    },
    /// A member of staff has logged in.
    SessionOpened(Session),
    /// A signed request of a user, as evidence and for `LastAuthenticationDate`.
    SignedRequestRecorded(SignedRequest),
    /// A software is registered or changed.
    SoftwareSaved(Box<Software>),
    /// A member of staff is new (version 1) or changed. Guarded: the version was one less.
    StaffSaved(Box<StaffAccount>),
    /// A user is new (version 1) or changed. Guarded: the version was one less.
    UserSaved(ApiUser),
}

/// What a commit took from the counters, in the order of its changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assigned {
    /// Numbers of packages.
    pub send_numbers: Vec<SendNumber>,
    /// Numbers of applications.
    pub arrive_ids: Vec<ArriveId>,
}

/// A package that has no number yet.
#[derive(Clone, Debug)]
pub struct NewPackage {
    /// Whose it is.
    pub user: UserId,
    /// The software it was sent with.
    pub software: SoftwareId,
    /// `FileName`.
    pub file_name: String,
    /// When.
    pub at: Timestamp,
    /// Application folders in it.
    pub applications: u32,
    /// The archive, in Base64.
    pub archive: String,
}

impl NewPackage {
    /// The package under the number that the counter's next value makes, and what is told of it.
    pub fn numbered(&self, counter: u64) -> (Package, Event) {
        let send_number = SendNumber::counted(self.at, counter);
        let event = event(
            self.at,
            "egov.package.received",
            json!({
                "send_number": send_number, "user": self.user, "software": self.software,
                "applications": self.applications,
            }),
        );
        let package = Package {
            send_number,
            user: self.user.clone(),
            software: self.software.clone(),
            file_name: self.file_name.clone(),
            sent_at: self.at,
            applications: self.applications,
            state: PackageState::Waiting,
        };
        (package, event)
    }
}

/// An application that has no number yet.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// Whose it is.
    pub user: UserId,
    /// The software it was sent with.
    pub software: SoftwareId,
    /// The package it came in.
    pub package: Option<SendNumber>,
    /// What it came from.
    pub origin: Origin,
    /// The procedure.
    pub procedure: ProcedureId,
    /// The procedure's registered name.
    pub procedure_name: String,
    /// The ministry that examines it.
    pub ministry: MinistryId,
    /// The ministry's name.
    pub ministry_name: String,
    /// What came with it.
    pub submission: Submission,
    /// When.
    pub at: Timestamp,
    /// Its own archive, in Base64, when it came in no package.
    pub archive: Option<String>,
    /// What its procedure's script does with it.
    pub script: Vec<ScheduledAct>,
}

/// What an [`Arrival`] is under its number.
#[derive(Clone, Debug)]
pub struct Arrived {
    /// The application, version 1.
    pub application: Application,
    /// The first line of its history.
    pub line: HistoryLine,
    /// What is told of it.
    pub event: Event,
}

impl Arrival {
    /// The application under the number that the counter's next value makes.
    pub fn numbered(&self, counter: u64) -> Arrived {
        let arrive_id = ArriveId::counted(self.at, counter);
        let process = match self.origin {
            Origin::Correction(_) => Process::Corrected,
            Origin::New => Process::New,
            Origin::Withdrawal(_) => Process::WithdrawalAsked,
        };
        let event = event(
            self.at,
            "egov.application.arrived",
            json!({
                "arrive_id": arrive_id, "user": self.user, "software": self.software,
                "procedure": self.procedure, "origin": self.origin.as_str(),
                "parent": self.origin.parent(), "send_number": self.package,
                "signer": self.submission.signer,
            }),
        );
        let application = Application {
            arrive_id,
            version: 1,
            user: self.user.clone(),
            software: self.software.clone(),
            package: self.package.clone(),
            origin: self.origin.clone(),
            procedure: self.procedure.clone(),
            procedure_name: self.procedure_name.clone(),
            ministry: self.ministry.clone(),
            ministry_name: self.ministry_name.clone(),
            submission: self.submission.clone(),
            stage: Stage::Arrived,
            stage_at: self.at,
            withdrawing: false,
            correctable: false,
            arrived_at: self.at,
            exam_started_at: None,
            exam_ended_at: None,
            closed_at: None,
        };
        let line = HistoryLine {
            number: 1,
            at: self.at,
            process,
            status: Stage::Arrived.word().text.to_owned(),
            fee: None,
        };
        Arrived {
            application,
            line,
            event,
        }
    }
}

/// An event that concerns the platform and no bank.
pub(crate) fn event(at: Timestamp, name: &str, detail: serde_json::Value) -> Event {
    Event {
        at,
        tenant: None,
        journey: None,
        name: name.to_owned(),
        detail,
    }
}
