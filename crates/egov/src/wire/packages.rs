//! 3.4 送信案件一覧情報取得 and 3.5 申請案件一覧情報取得: packages and what became of them.

use super::{Reply, Trouble, answer, echo, empty};
use crate::base64;
use crate::life::{PackageState, summary};
use crate::number::second;
use crate::operation::Operation;
use crate::port::{Listed, PackageListed, Page};
use crate::words;
use crate::xml::Writer;

/// What the list was asked by, as it comes back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Echo {
    /// `SendNumber`; empty for a period.
    pub send_number: String,
    /// `SendDateFrom`, `SendDateTo`; empty for a number.
    pub from: String,
    /// See `from`.
    pub to: String,
}

/// 3.4.
pub fn list(asked: &Echo, page: &Page) -> Reply {
    answer(Operation::Packages, |data| {
        head(data, asked, page.packages.len());
        for (index, listed) in page.packages.iter().enumerate() {
            let is_last = index + 1 == page.packages.len();
            data.element("PackageApply", |one| {
                one.leaf("No", &(index + 1).to_string());
                package(one, listed, page.cut && is_last);
            });
        }
    })
}

/// 3.4, refused or empty.
pub fn list_refused(asked: &Echo, trouble: Trouble) -> Reply {
    trouble.shaped(|data| head(data, asked, 0))
}

/// 3.5.
pub fn applications(listed: &PackageListed) -> Reply {
    answer(Operation::Applications, |data| {
        data.leaf("SendNumber", listed.package.send_number.as_str());
        let (_, refused, report) = counts(&listed.package.state);
        data.leaf("ErrorCount", &refused.to_string());
        data.leaf("ErrorFile", &report);
        all(data, &listed.applications);
    })
}

/// 3.5, refused.
pub fn applications_refused(send_number: &str, trouble: Trouble) -> Reply {
    trouble.shaped(|data| {
        data.leaf("SendNumber", &echo(send_number));
        data.leaf("ErrorCount", "0");
        empty(data, &["ErrorFile"]);
        data.leaf("ApplyCount", "0");
    })
}

fn head(data: &mut Writer, asked: &Echo, count: usize) {
    data.leaf("SendNumber", &echo(&asked.send_number));
    data.leaf("SendDateFrom", &echo(&asked.from));
    data.leaf("SendDateTo", &echo(&asked.to));
    data.leaf("PackageApplyCount", &count.to_string());
}

fn package(data: &mut Writer, listed: &PackageListed, is_cut: bool) {
    let package = &listed.package;
    data.leaf("SendNumber", package.send_number.as_str());
    data.leaf("SendDate", &second(package.sent_at));
    let work = match package.state {
        PackageState::Waiting => words::WAITING_FOR_CHECK.text,
        PackageState::Checked { .. } => "",
    };
    data.leaf("WorkStatus", work);
    let (arrived, refused, report) = counts(&package.state);
    data.leaf("NormalCount", &arrived.to_string());
    data.leaf("AllCount", &package.applications.to_string());
    let more = if is_cut { words::LIST_CUT.text } else { "" };
    data.leaf("SupplementaryMessage", more);
    data.leaf("ErrorCount", &refused.to_string());
    data.leaf("ErrorFile", &report);
    all(data, &listed.applications);
}

fn counts(state: &PackageState) -> (u32, u32, String) {
    match state {
        PackageState::Waiting => (0, 0, String::new()),
        PackageState::Checked {
            arrived,
            refused,
            report,
            ..
        } => (*arrived, *refused, base64::encode(report.as_bytes())),
    }
}

fn all(data: &mut Writer, applications: &[Listed]) {
    data.leaf("ApplyCount", &applications.len().to_string());
    for (index, listed) in applications.iter().enumerate() {
        data.element("Apply", |one| {
            one.leaf("No", &(index + 1).to_string());
            application(one, listed);
        });
    }
}

fn application(data: &mut Writer, listed: &Listed) {
    let application = &listed.application;
    let submission = &application.submission;
    let told = summary(application, &listed.notices, &listed.fees);
    data.leaf("ArriveID", application.arrive_id.as_str());
    data.leaf("MinistryName", &application.ministry_name);
    data.leaf("ProcName", &application.procedure_name);
    data.leaf("ProcFolderName", &submission.folder);
    data.leaf("ApplicantName", &submission.applicant);
    // Misspelt on the wire; clients look for it so.
    data.leaf("CorporationtName", &submission.corporation);
    data.leaf("DepartmentName", &submission.department);
    data.leaf("Status", told.status);
    data.leaf("StatusDate", &second(application.stage_at));
    data.leaf("PayStatus", told.pay_status);
    data.leaf("PayWaitCount", &told.fees_waiting.to_string());
    data.leaf("CorrectStatus", told.correct_status);
    data.leaf("CommentCountNotRead", &told.comments_unread.to_string());
    data.leaf("CommentCount", &told.comments.to_string());
    data.leaf("DocCountNotDownload", &told.documents_unfetched.to_string());
    data.leaf("DocCount", &told.documents.to_string());
}
