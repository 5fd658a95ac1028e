//! 3.7 取下げ and 3.9 補正（補正申請）: another package about an application, and the receipt of its
//! arrival.

use renkei_core::instant::Timestamp;

use super::request::{self, Malformed};
use super::{Reply, Trouble, answer, echo, empty};
use crate::life::Submission;
use crate::number::{ArriveId, second};
use crate::operation::Operation;
use crate::words::{self, Word};

/// What was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// `ArriveID`: the application it is about.
    pub arrive_id: String,
    /// `FileData`: an archive in Base64.
    pub file_data: String,
}

impl Request {
    /// Reads the body.
    pub fn parse(body: &[u8], most: usize) -> Result<Self, Malformed> {
        request::unsigned(body, most, |fields| {
            Ok(Self {
                arrive_id: fields.text("ArriveID")?,
                file_data: fields.group("Upload", |upload| upload.text("FileData"))?,
            })
        })
    }
}

/// The receipt's values that do not come from the 構成管理.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt<'a> {
    /// The application it is about.
    pub about: &'a ArriveId,
    /// The number of what arrived.
    pub new: &'a ArriveId,
    /// When.
    pub at: Timestamp,
    /// The ministry.
    pub ministry: &'a str,
    /// What the 構成管理 says.
    pub submission: &'a Submission,
}

/// The receipt.
pub fn arrived(operation: Operation, receipt: &Receipt<'_>) -> Reply {
    let submission = receipt.submission;
    answer(operation, |data| {
        data.leaf("ArriveID", receipt.about.as_str());
        data.leaf("ProcName", &submission.procedure_name);
        data.leaf("ArriveDate", &second(receipt.at));
        data.leaf("NewArriveID", receipt.new.as_str());
        data.leaf("ArriveResult", words::ARRIVED.text);
        data.leaf("ApplyType", apply_type(operation).text);
        data.leaf("MinistryName", receipt.ministry);
        data.leaf("ReceptionDesk", &submission.desk_name);
        data.leaf("ApplicantName", &submission.applicant);
        let all = || submission.forms.iter().chain(&submission.attachments);
        for one in all() {
            data.element("ApplyForm", |form| form.leaf("FormName", &one.name));
        }
        for one in all() {
            data.element("ApplyFile", |file| file.leaf("FileName", &one.file));
        }
        empty(data, &["OrgDistFileSend"]);
    })
}

/// Refused.
pub fn refused(arrive_id: &str, trouble: Trouble) -> Reply {
    trouble.shaped(|data| {
        data.leaf("ArriveID", &echo(arrive_id));
        empty(
            data,
            &[
                "ProcName",
                "ArriveDate",
                "NewArriveID",
                "ArriveResult",
                "ApplyType",
                "MinistryName",
                "ReceptionDesk",
                "ApplicantName",
                "OrgDistFileSend",
            ],
        );
    })
}

fn apply_type(operation: Operation) -> Word {
    if operation == Operation::Withdrawal {
        words::APPLY_TYPE_WITHDRAWAL
    } else {
        words::APPLY_TYPE_CORRECTION
    }
}
