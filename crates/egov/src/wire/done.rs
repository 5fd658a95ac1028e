//! 3.12 公文書取得完了 and 3.15 コメント通知取得完了. Repeating them is accepted.

use renkei_core::instant::Timestamp;

use super::request::{self, Malformed};
use super::{Reply, Trouble, answer, echo, empty, files};
use crate::life::{Application, Notice};
use crate::number::second;
use crate::operation::Operation;

/// What is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// `ArriveID`.
    pub arrive_id: String,
    /// `NoticeSubID`.
    pub number: String,
}

impl Request {
    /// Reads the body.
    pub fn parse(body: &[u8], most: usize) -> Result<Self, Malformed> {
        request::unsigned(body, most, |fields| {
            Ok(Self {
                arrive_id: fields.text("ArriveID")?,
                number: fields.text("NoticeSubID")?,
            })
        })
    }
}

/// The answer.
pub fn noted(
    operation: Operation,
    application: &Application,
    notice: &Notice,
    now: Timestamp,
) -> Reply {
    answer(operation, |data| {
        data.leaf("ArriveID", application.arrive_id.as_str());
        data.leaf("NoticeSubID", &notice.number.to_string());
        data.leaf("ProcName", &application.procedure_name);
        data.leaf("DocTitle", &notice.title);
        data.leaf("DownloadDate", &second(now));
        files(data, &notice.files);
    })
}

/// Refused.
pub fn refused(arrive_id: &str, number: &str, trouble: Trouble) -> Reply {
    trouble.shaped(|data| {
        data.leaf("ArriveID", &echo(arrive_id));
        data.leaf("NoticeSubID", &echo(number));
        empty(data, &["ProcName", "DocTitle", "DownloadDate"]);
    })
}
