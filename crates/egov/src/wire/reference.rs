//! 3.6 状況照会: how an application stands, and what happened to it.

use super::{Reply, Trouble, answer, echo, empty, flag};
use crate::life::{Dossier, HistoryLine, summary};
use crate::number::{day, second, second_or_empty};
use crate::operation::Operation;
use crate::procedure::Procedure;
use crate::xml::Writer;

/// The answer. `rules`: the procedure, if it is still registered.
pub fn told(dossier: &Dossier, rules: Option<&Procedure>) -> Reply {
    let application = &dossier.application;
    let told = summary(application, &dossier.notices, &dossier.fees);
    let (withdrawable, kind) = application.withdrawal(rules);
    answer(Operation::Reference, |data| {
        data.leaf("ArriveID", application.arrive_id.as_str());
        data.leaf("ProcName", &application.procedure_name);
        data.leaf("AmendMessage", &told.amend_message());
        data.leaf("CommentMessage", &told.comment_message());
        data.leaf("DocumentMessage", &told.document_message());
        data.leaf("PayMessage", &told.pay_message());
        data.leaf("Status", told.status);
        data.leaf("ArriveDate", &second(application.arrived_at));
        data.leaf(
            "ExamStartDate",
            &second_or_empty(application.exam_started_at),
        );
        data.leaf("ExamEndDate", &second_or_empty(application.exam_ended_at));
        data.leaf("ProcEndDate", &second_or_empty(application.closed_at));
        data.leaf("WithdrawFlag", flag(withdrawable));
        data.leaf("WithdrawType", kind.digit());
        data.leaf("ReintroductionFlag", flag(application.correctable));
        for line in &dossier.history {
            data.element("ApplyHistory", |one| history(one, dossier, line));
        }
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
                "AmendMessage",
                "CommentMessage",
                "DocumentMessage",
                "PayMessage",
                "Status",
                "ArriveDate",
                "ExamStartDate",
                "ExamEndDate",
                "ProcEndDate",
                "WithdrawFlag",
                "WithdrawType",
                "ReintroductionFlag",
            ],
        );
    })
}

fn history(data: &mut Writer, dossier: &Dossier, line: &HistoryLine) {
    data.leaf("ApplyHistorySubID", &line.number.to_string());
    data.leaf("RegDate", &second(line.at));
    data.leaf("OperatorType", line.process.side().text);
    data.leaf("ProcessType", line.process.word().text);
    data.leaf("ApplyStatus", &line.status);
    match line.fee.as_ref().and_then(|key| dossier.fee(key)) {
        Some(fee) => {
            data.leaf("PayNumber", &fee.owed.key.pay_number);
            data.leaf("PayStatus", fee.word().text);
            data.leaf("TotalFee", &fee.owed.total_fee_yen.to_string());
            data.leaf("PayExpiredDate", &day(fee.owed.due));
        }
        None => empty(
            data,
            &["PayNumber", "PayStatus", "TotalFee", "PayExpiredDate"],
        ),
    }
}
