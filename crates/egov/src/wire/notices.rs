//! 3.10 公文書・コメント一覧取得.

use super::{Reply, Trouble, answer, echo, empty, files};
use crate::life::{Dossier, NoticeKind};
use crate::number::{second, second_or_empty};
use crate::operation::Operation;
use crate::words;

/// The answer.
pub fn listed(dossier: &Dossier) -> Reply {
    answer(Operation::Notices, |data| {
        data.leaf("ArriveID", dossier.application.arrive_id.as_str());
        data.leaf("ProcName", &dossier.application.procedure_name);
        // Never recorded: by analogy with the later interface.
        for notice in dossier.notices_of(NoticeKind::Official) {
            data.element("Official", |one| {
                one.leaf("NoticeSubID", &notice.number.to_string());
                one.leaf("IssueDate", &second(notice.issued_at));
                one.leaf("DocTitle", &notice.title);
                empty(one, &["DownloadExpiredDate"]);
                one.leaf("DownloadDate", &second_or_empty(notice.completed_at));
                let signed = if notice.signed {
                    words::THERE_IS
                } else {
                    words::THERE_IS_NONE
                };
                one.leaf("Signature", signed.text);
                files(one, &notice.files);
            });
        }
        for notice in dossier.notices_of(NoticeKind::Comment) {
            data.element("Comment", |one| {
                one.leaf("NoticeSubID", &notice.number.to_string());
                one.leaf("IssueDate", &second(notice.issued_at));
                one.leaf("DocTitle", &notice.title);
                files(one, &notice.files);
                let read = if notice.completed_at.is_some() {
                    words::READ
                } else {
                    words::UNREAD
                };
                one.leaf("Reading", read.text);
            });
        }
    })
}

/// Refused.
pub fn refused(arrive_id: &str, trouble: Trouble) -> Reply {
    trouble.shaped(|data| {
        data.leaf("ArriveID", &echo(arrive_id));
        empty(data, &["ProcName"]);
    })
}
