//! What can be done to an application, and by whom.

use renkei_core::tenant::TenantId;
use serde_json::{Value, json};
use time::Date;

use super::fee::FeeKey;
use super::notice::Enclosure;
use crate::commit::Arrival;
use crate::number::{SoftwareId, StaffLogin, UserId};

/// One act.
#[derive(Clone, Debug)]
pub enum Act {
    /// The applicant's, through the interface.
    Applicant(ApplicantAct),
    /// Time's.
    Clock(ClockAct),
    /// The desk's, or a script's in its place.
    Desk(DeskAct),
}

/// What the applicant does.
#[derive(Clone, Debug)]
pub enum ApplicantAct {
    /// Has read a comment (3.15).
    CompleteComment(u32),
    /// Has fetched an official document (3.12).
    CompleteDocument(u32),
    /// Sends the correction (3.9).
    Correct(Box<Arrival>),
    /// Asks for the application back (3.7).
    Withdraw(Box<Arrival>),
}

/// What time does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClockAct {
    /// The last day of a correction is over.
    CorrectionLapses,
    /// The last day of a fee is over.
    FeeLapses(FeeKey),
}

/// What the desk does.
#[derive(Clone, Debug)]
pub enum DeskAct {
    /// Gives the application back to the applicant, who asked for it.
    AcceptWithdrawal,
    /// Asks for a correction: the notice and a comment with the same text.
    AskCorrection {
        /// The last day to answer.
        due: Date,
        /// The amend notice.
        notice: Enclosure,
        /// The comment.
        comment: Enclosure,
    },
    /// Takes a fee back.
    CancelFee(FeeKey),
    /// Charges a fee.
    ChargeFee(Box<NewFee>),
    /// Closes the application.
    Close {
        /// Whether a correction may still be sent (返戻).
        correctable: bool,
    },
    /// Writes to the applicant.
    Comment {
        /// `DocTitle`.
        title: String,
        /// The comment.
        enclosure: Enclosure,
    },
    /// Ends the examination.
    FinishExamination,
    /// Issues an official document.
    IssueDocument {
        /// `DocTitle`.
        title: String,
        /// The document.
        enclosure: Enclosure,
        /// Whether it is signed.
        signed: bool,
    },
    /// Keeps the application, although the applicant asked for it back.
    RejectWithdrawal,
    /// Begins to examine.
    StartExamination,
    /// Does not want the correction any more.
    TakeBackCorrection,
}

impl DeskAct {
    /// Its name: in the audit record, in addresses, in texts.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::AcceptWithdrawal => "accept_withdrawal",
            Self::AskCorrection { .. } => "ask_correction",
            Self::CancelFee(_) => "cancel_fee",
            Self::ChargeFee(_) => "charge_fee",
            Self::Close { .. } => "close",
            Self::Comment { .. } => "comment",
            Self::FinishExamination => "finish_examination",
            Self::IssueDocument { .. } => "issue_document",
            Self::RejectWithdrawal => "reject_withdrawal",
            Self::StartExamination => "start_examination",
            Self::TakeBackCorrection => "take_back_correction",
        }
    }
}

/// A fee to be charged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFee {
    /// What will name it.
    pub key: FeeKey,
    /// 確認番号.
    pub confirm_number: String,
    /// The name of the 収納機関.
    pub facility_name: String,
    /// What it is for, in kana.
    pub pay_name_kana: String,
    /// The amount in yen.
    pub total_fee_yen: i64,
    /// The last day to pay.
    pub due: Date,
    /// What is told with it.
    pub memo: String,
}

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// The applicant's software.
    Applicant {
        /// The user.
        user: UserId,
        /// The software.
        software: SoftwareId,
    },
    /// A bank, by a payment.
    Bank {
        /// Which.
        tenant: TenantId,
    },
    /// Time.
    Clock,
    /// A member of staff; with whoever approved it, where four eyes are asked for.
    Desk {
        /// Who.
        login: StaffLogin,
        /// Who approved it.
        approved_by: Option<StaffLogin>,
    },
    /// A test procedure's script.
    Script,
}

impl Actor {
    /// For the audit record.
    pub fn told(&self) -> Value {
        match self {
            Self::Applicant { user, software } => {
                json!({ "by": "applicant", "user": user, "software": software })
            }
            Self::Bank { tenant } => json!({ "by": "bank", "tenant": tenant.as_str() }),
            Self::Clock => json!({ "by": "clock" }),
            Self::Desk { login, approved_by } => {
                json!({ "by": "desk", "staff": login, "approved_by": approved_by })
            }
            Self::Script => json!({ "by": "script", "staff": "script" }),
        }
    }
}
