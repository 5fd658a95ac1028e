//! The life of an application, of its fees and of its notices: what they are, what may be done to them
//! and by whom. Pure: [`decide`] takes what was loaded and an act, and gives the commit that makes the
//! act true, or the reason why it cannot be.

mod act;
mod decide;
mod fee;
mod notice;
mod package;
mod refusal;
mod show;

use renkei_core::instant::Timestamp;
use serde::{Deserialize, Serialize};

pub use self::act::{Act, Actor, ApplicantAct, ClockAct, DeskAct, NewFee};
pub use self::decide::{begin, conclude_withdrawal, decide, overdue};
pub use self::fee::{Fee, FeeDetail, FeeKey, FeeState, standing};
pub use self::notice::{AmendEnd, Enclosure, Notice, NoticeKind};
pub use self::package::{Package, PackageError, PackageState};
pub use self::refusal::Refusal;
pub use self::show::{Summary, summary};
use crate::number::{ArriveId, MinistryId, ProcedureId, SendNumber, SoftwareId, UserId};
use crate::words::{self, Word};

/// An application that has arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Application {
    /// 到達番号.
    pub arrive_id: ArriveId,
    /// Counts its writes, from 1.
    pub version: i64,
    /// Whose it is.
    pub user: UserId,
    /// The software it was sent with.
    pub software: SoftwareId,
    /// The package it came in; none for a correction and a withdrawal.
    pub package: Option<SendNumber>,
    /// What it came from.
    pub origin: Origin,
    /// The procedure.
    pub procedure: ProcedureId,
    /// The procedure's registered name, as it was on arrival.
    pub procedure_name: String,
    /// The ministry that examines it.
    pub ministry: MinistryId,
    /// The ministry's name, as it was on arrival.
    pub ministry_name: String,
    /// What the 構成管理 that came with it says.
    pub submission: Submission,
    /// How far it has come.
    pub stage: Stage,
    /// Since when.
    pub stage_at: Timestamp,
    /// Whether the applicant has asked for it back, and the desk has not answered.
    pub withdrawing: bool,
    /// Whether a correction of it may be sent (`ReintroductionFlag`).
    pub correctable: bool,
    /// When it arrived.
    pub arrived_at: Timestamp,
    /// When examination began.
    pub exam_started_at: Option<Timestamp>,
    /// When examination ended.
    pub exam_ended_at: Option<Timestamp>,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
}

impl Application {
    /// The word of its status.
    pub const fn status(&self) -> Word {
        match (self.stage, self.withdrawing) {
            (Stage::Arrived, true) => words::ARRIVED_WITHDRAWING,
            (Stage::Examining, true) => words::EXAMINING_WITHDRAWING,
            (stage, _) => stage.word(),
        }
    }

    /// Whether it is a request to give another one back.
    pub const fn is_withdrawal(&self) -> bool {
        matches!(self.origin, Origin::Withdrawal(_))
    }
}

/// What an application came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// It corrects this one.
    Correction(ArriveId),
    /// It is new.
    New,
    /// It asks for this one back.
    Withdrawal(ArriveId),
}

impl Origin {
    /// The stored word.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Correction(_) => "correction",
            Self::New => "new",
            Self::Withdrawal(_) => "withdrawal",
        }
    }

    /// The application it refers to.
    pub const fn parent(&self) -> Option<&ArriveId> {
        match self {
            Self::Correction(parent) | Self::Withdrawal(parent) => Some(parent),
            Self::New => None,
        }
    }

    /// From what is stored.
    pub fn from_stored(word: &str, parent: Option<ArriveId>) -> Option<Self> {
        match (word, parent) {
            ("correction", Some(parent)) => Some(Self::Correction(parent)),
            ("new", None) => Some(Self::New),
            ("withdrawal", Some(parent)) => Some(Self::Withdrawal(parent)),
            _ => None,
        }
    }
}

/// How far an application has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// 到達
    Arrived,
    /// 審査中
    Examining,
    /// 審査中（補正待ち）
    AwaitingCorrection,
    /// 審査終了
    Examined,
    /// 手続終了
    Closed,
    /// 取下げ
    Withdrawn,
}

impl Stage {
    /// Every stage, in order.
    pub const ALL: [Self; 6] = [
        Self::Arrived,
        Self::Examining,
        Self::AwaitingCorrection,
        Self::Examined,
        Self::Closed,
        Self::Withdrawn,
    ];

    /// The word on the wire.
    pub const fn word(self) -> Word {
        match self {
            Self::Arrived => words::ARRIVED,
            Self::Examining => words::EXAMINING,
            Self::AwaitingCorrection => words::AWAITING_CORRECTION,
            Self::Examined => words::EXAMINED,
            Self::Closed => words::CLOSED,
            Self::Withdrawn => words::WITHDRAWN,
        }
    }

    /// The stored word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Arrived => "arrived",
            Self::Examining => "examining",
            Self::AwaitingCorrection => "awaiting_correction",
            Self::Examined => "examined",
            Self::Closed => "closed",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// From what is stored.
    pub fn from_stored(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.as_str() == word)
    }
}

/// What the 構成管理 that came with an application says of it, and who signed it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submission {
    /// The folder of the archive it lay in: `ProcFolderName`.
    pub folder: String,
    /// 手続名称, as it was sent.
    pub procedure_name: String,
    /// 申請者情報/氏名.
    pub applicant: String,
    /// 申請者情報/法人団体名.
    pub corporation: String,
    /// 申請者情報/部門名.
    pub department: String,
    /// 申請者情報/電子メールアドレス.
    pub mail: String,
    /// 提出先名称.
    pub desk_name: String,
    /// 提出先識別子.
    pub desk_id: String,
    /// 申請書: name and file.
    pub forms: Vec<SubmittedFile>,
    /// 添付書類: name and file. They are not signed.
    pub attachments: Vec<SubmittedFile>,
    /// SHA-256 of the signer's certificate, lower-case hexadecimal.
    pub signer: String,
    /// The signer's distinguished name.
    pub signer_name: String,
}

/// A file that an application lists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubmittedFile {
    /// 申請書様式名称 or 添付書類名称.
    pub name: String,
    /// The file's name in the folder.
    pub file: String,
}

/// One line of the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryLine {
    /// From 1.
    pub number: u32,
    /// When it was registered.
    pub at: Timestamp,
    /// What happened.
    pub process: Process,
    /// The status it left behind, as a word of the wire.
    pub status: String,
    /// The fee it concerns.
    pub fee: Option<FeeKey>,
}

/// What a line of the history tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Process {
    /// 手続終了通知
    Closed,
    /// 補正
    Corrected,
    /// 補正指示通知
    CorrectionAsked,
    /// 補正期限切れ通知
    CorrectionLapsed,
    /// 補正取消通知
    CorrectionTakenBack,
    /// 審査終了通知
    ExaminationEnded,
    /// 審査開始通知
    ExaminationStarted,
    /// 納付情報通知
    FeeCharged,
    /// 新規申請
    New,
    /// 取下げ承認通知
    WithdrawalAccepted,
    /// 取下げ
    WithdrawalAsked,
    /// 取下げ却下通知
    WithdrawalRejected,
}

impl Process {
    /// Every one.
    pub const ALL: [Self; 12] = [
        Self::Closed,
        Self::Corrected,
        Self::CorrectionAsked,
        Self::CorrectionLapsed,
        Self::CorrectionTakenBack,
        Self::ExaminationEnded,
        Self::ExaminationStarted,
        Self::FeeCharged,
        Self::New,
        Self::WithdrawalAccepted,
        Self::WithdrawalAsked,
        Self::WithdrawalRejected,
    ];

    /// `ProcessType`.
    pub const fn word(self) -> Word {
        match self {
            Self::Closed => words::CLOSED_NOTICE,
            Self::Corrected => words::CORRECTED,
            Self::CorrectionAsked => words::CORRECTION_ASKED,
            Self::CorrectionLapsed => words::CORRECTION_LAPSED,
            Self::CorrectionTakenBack => words::CORRECTION_TAKEN_BACK,
            Self::ExaminationEnded => words::EXAMINATION_ENDED,
            Self::ExaminationStarted => words::EXAMINATION_STARTED,
            Self::FeeCharged => words::FEE_CHARGED,
            Self::New => words::NEW_APPLICATION,
            Self::WithdrawalAccepted => words::WITHDRAWAL_ACCEPTED,
            Self::WithdrawalAsked => words::WITHDRAWAL_ASKED,
            Self::WithdrawalRejected => words::WITHDRAWAL_REJECTED,
        }
    }

    /// `OperatorType`: whose side it came from.
    pub const fn side(self) -> Word {
        match self {
            Self::Corrected | Self::New | Self::WithdrawalAsked => words::BY_APPLICANT,
            Self::Closed
            | Self::CorrectionAsked
            | Self::CorrectionLapsed
            | Self::CorrectionTakenBack
            | Self::ExaminationEnded
            | Self::ExaminationStarted
            | Self::FeeCharged
            | Self::WithdrawalAccepted
            | Self::WithdrawalRejected => words::BY_DESK,
        }
    }

    /// The stored word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Corrected => "corrected",
            Self::CorrectionAsked => "correction_asked",
            Self::CorrectionLapsed => "correction_lapsed",
            Self::CorrectionTakenBack => "correction_taken_back",
            Self::ExaminationEnded => "examination_ended",
            Self::ExaminationStarted => "examination_started",
            Self::FeeCharged => "fee_charged",
            Self::New => "new",
            Self::WithdrawalAccepted => "withdrawal_accepted",
            Self::WithdrawalAsked => "withdrawal_asked",
            Self::WithdrawalRejected => "withdrawal_rejected",
        }
    }

    /// From what is stored.
    pub fn from_stored(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }
}

/// An application with all that belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dossier {
    /// The application.
    pub application: Application,
    /// Its history, in order.
    pub history: Vec<HistoryLine>,
    /// Its notices, by kind and number, without their files.
    pub notices: Vec<Notice>,
    /// Its fees, in the order they were charged.
    pub fees: Vec<Fee>,
}

impl Dossier {
    /// The notices of one kind, in order.
    pub fn notices_of(&self, kind: NoticeKind) -> impl Iterator<Item = &Notice> {
        self.notices
            .iter()
            .filter(move |notice| notice.kind == kind)
    }

    /// One notice.
    pub fn notice(&self, kind: NoticeKind, number: u32) -> Option<&Notice> {
        self.notices_of(kind).find(|notice| notice.number == number)
    }

    /// The amend notice that waits for its answer.
    pub fn open_correction(&self) -> Option<&Notice> {
        self.notices_of(NoticeKind::Amend)
            .find(|notice| notice.is_open())
    }

    /// One fee.
    pub fn fee(&self, key: &FeeKey) -> Option<&Fee> {
        self.fees.iter().find(|fee| fee.key() == key)
    }
}
