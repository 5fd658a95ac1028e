//! 3.8 補正通知一覧取得: what is to be corrected, with the notices themselves.

use super::{Reply, Trouble, answer, echo, empty, files};
use crate::life::{Application, Notice};
use crate::number::{day, second, second_or_empty};
use crate::operation::Operation;

/// The answer, with each notice's archive in Base64.
pub fn listed(application: &Application, notices: &[(&Notice, String)]) -> Reply {
    answer(Operation::AmendNotices, |data| {
        data.leaf("ArriveID", application.arrive_id.as_str());
        data.leaf("ProcName", &application.procedure_name);
        let some = !notices.is_empty();
        data.leaf("CorrectType", if some { FREE } else { "" });
        data.leaf("AmendDocType", if some { NOT_NAMED } else { "" });
        for (notice, archive) in notices {
            data.element("Official", |one| {
                one.leaf("NoticeSubID", &notice.number.to_string());
                one.leaf("CorrectRequestedDate", &second(notice.issued_at));
                one.leaf(
                    "CorrectExpiredDate",
                    &notice.due.map(day).unwrap_or_default(),
                );
                one.leaf(
                    "CorrectCompletedDate",
                    &second_or_empty(notice.completed_at),
                );
                one.leaf("DocTitle", &notice.title);
                one.leaf("FileData", archive);
                files(one, &notice.files);
            });
        }
    })
}

/// Refused.
pub fn refused(arrive_id: &str, trouble: Trouble) -> Reply {
    trouble.shaped(|data| {
        data.leaf("ArriveID", &echo(arrive_id));
        empty(data, &["ProcName", "CorrectType", "AmendDocType"]);
    })
}

/// `CorrectType` 任意.
const FREE: &str = "0";
/// `AmendDocType` 指定なし.
const NOT_NAMED: &str = "4";
