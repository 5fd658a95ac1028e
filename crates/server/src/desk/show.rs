//! Applications, notices and fees as the desk's pages show them.

use renkei_core::instant::Timestamp;
use renkei_egov::desk::{Proposal, Wish};
use renkei_egov::life::{
    AmendEnd, Application, Dossier, Fee, FeeKey, Notice, NoticeKind, Origin, SubmittedFile,
};
use renkei_egov::number::ArriveId;
use renkei_pages::{
    ApplicationView, ArrivalRow, Fact, FeeRow, HistoryRow, Moment, NoticeRow, ProposalFace,
    Reference, SentFile,
};

use super::input::with_commas;

/// The address of an application.
pub(super) fn address(desk: &str, id: &ArriveId) -> String {
    format!("{desk}/applications/{id}")
}

/// An application in a list.
pub(super) fn row(desk: &str, application: &Application, proposed: bool) -> ArrivalRow {
    let sent = &application.submission;
    let applicant = [&sent.corporation, &sent.applicant]
        .into_iter()
        .filter(|name| !name.is_empty());
    ArrivalRow {
        number: application.arrive_id.to_string(),
        url: address(desk, &application.arrive_id),
        procedure: application.procedure_name.clone(),
        applicant: applicant.cloned().collect::<Vec<_>>().join("\n"),
        arrived: moment(application.arrived_at),
        stage: application.stage.as_str().to_owned(),
        origin: application.origin.as_str().to_owned(),
        withdrawing: application.withdrawing,
        proposed,
    }
}

/// What the page of an application shows beside what whoever looks may do.
pub(super) fn application(
    desk: &str,
    dossier: &Dossier,
    request: Option<&ArriveId>,
    proposals: &[Proposal],
) -> ApplicationView {
    let it = &dossier.application;
    let here = address(desk, &it.arrive_id);
    let reference = |id: &ArriveId| Reference {
        number: id.to_string(),
        url: address(desk, id),
    };
    let sent = &it.submission;
    let files = |kind: &str, files: &[SubmittedFile]| {
        let numbered = (1..).zip(files);
        numbered
            .map(|(number, file): (u32, _)| SentFile {
                name: file.name.clone(),
                file: file.file.clone(),
                url: format!("{here}/files/{kind}/{number}"),
            })
            .collect()
    };
    ApplicationView {
        row: row(desk, it, !proposals.is_empty()),
        ministry: it.ministry_name.clone(),
        procedure_id: it.procedure.to_string(),
        parent: match &it.origin {
            Origin::New => None,
            Origin::Correction(parent) | Origin::Withdrawal(parent) => Some(reference(parent)),
        },
        request: request.map(reference),
        correctable: it.correctable,
        applicant: told([
            ("corporation", &sent.corporation),
            ("department", &sent.department),
            ("name", &sent.applicant),
            ("mail", &sent.mail),
            ("destination", &sent.desk_name),
        ]),
        sending: told([
            ("ministry", &it.ministry_name),
            ("procedure_id", &it.procedure.to_string()),
            (
                "package",
                &it.package
                    .as_ref()
                    .map(ToString::to_string)
                    .unwrap_or_default(),
            ),
            ("user", &it.user.to_string()),
            ("software", &it.software.to_string()),
            ("signer", &sent.signer_name),
        ]),
        forms: files("form", &sent.forms),
        attachments: files("attachment", &sent.attachments),
        acts: Vec::new(),
        answers_withdrawal: false,
        proposals: proposals.iter().map(|one| proposal(desk, one)).collect(),
        history: dossier
            .history
            .iter()
            .map(|line| HistoryRow {
                at: moment(line.at),
                process: line.process.as_str().to_owned(),
                status: line.status.clone(),
                fee: line.fee.as_ref().map(|fee| fee.pay_number.clone()),
            })
            .collect(),
        notices: dossier
            .notices
            .iter()
            .map(|one| notice(&here, one))
            .collect(),
        fees: dossier.fees.iter().map(fee).collect(),
    }
}

/// Facts of what is known; what is empty is left out.
fn told<const N: usize>(all: [(&'static str, &String); N]) -> Vec<Fact> {
    all.into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| fact(name, value))
        .collect()
}

fn fact(name: &'static str, value: impl Into<String>) -> Fact {
    Fact {
        name,
        value: value.into(),
    }
}

fn notice(here: &str, notice: &Notice) -> NoticeRow {
    let kind = notice.kind.as_str();
    NoticeRow {
        kind: kind.to_owned(),
        number: notice.number,
        title: notice.title.clone(),
        issued: moment(notice.issued_at),
        signed: notice.signed,
        due: notice.due.map(|due| due.to_string()),
        state: match (notice.kind, notice.end, notice.completed_at) {
            (NoticeKind::Amend, None, _) => "open",
            (NoticeKind::Amend, Some(AmendEnd::Answered), _) => "answered",
            (NoticeKind::Amend, Some(AmendEnd::Lapsed), _) => "lapsed",
            (NoticeKind::Amend, Some(AmendEnd::TakenBack), _) => "taken_back",
            (NoticeKind::Comment | NoticeKind::Official, _, Some(_)) => "done",
            (NoticeKind::Comment | NoticeKind::Official, _, None) => "waiting",
        },
        completed: notice.completed_at.map(moment),
        url: format!("{here}/notices/{kind}/{}", notice.number),
    }
}

fn fee(fee: &Fee) -> FeeRow {
    FeeRow {
        number: fee.key().pay_number.clone(),
        confirm: fee.owed.confirm_number.clone(),
        facility: fee.detail.facility_name.clone(),
        amount: with_commas(fee.owed.total_fee_yen),
        due: fee.owed.due.to_string(),
        state: fee.owed.state.as_str().to_owned(),
        charged: moment(fee.detail.charged_at),
        paid: fee.paid_at().map(moment),
        cancel_url: None,
    }
}

/// How a fee stands in an address: 収納機関番号 and 納付番号.
pub(super) fn fee_word(key: &FeeKey) -> String {
    format!("{}-{}", key.facility_number, key.pay_number)
}

/// The fee that an address names.
pub(super) fn fee_of<'a>(dossier: &'a Dossier, word: &str) -> Option<&'a Fee> {
    let mut fees = dossier.fees.iter();
    fees.find(|fee| fee_word(fee.key()) == word)
}

/// The fee whose cancelling is asked for.
pub(super) fn fee_facts(fee: &Fee) -> Vec<Fact> {
    vec![
        fact("pay_number", &*fee.key().pay_number),
        fact("amount", with_commas(fee.owed.total_fee_yen)),
        fact("due", fee.owed.due.to_string()),
        fact("facility", &*fee.detail.facility_name),
    ]
}

/// What waits for approval, in short. Only what is weighty is ever proposed.
pub(super) fn proposal(desk: &str, proposal: &Proposal) -> ProposalFace {
    let here = address(desk, &proposal.arrive_id);
    ProposalFace {
        url: format!("{here}/proposals/{}", proposal.id),
        act: match proposal.wish {
            Wish::ChargeFee { .. } => "fee",
            _ => "document",
        },
        by: proposal.proposed_by.to_string(),
        at: moment(proposal.proposed_at),
    }
}

/// What is wanted, as facts to be confirmed.
pub(super) fn wish(wish: &Wish) -> Vec<Fact> {
    match wish {
        Wish::AskCorrection { text, due } => {
            vec![fact("text", &**text), fact("due", due.to_string())]
        }
        Wish::ChargeFee { yen, due } => vec![
            fact("amount", with_commas(*yen)),
            fact("due", due.to_string()),
        ],
        Wish::Comment { title, text } => {
            let title = match title.as_str() {
                "" => renkei_egov::words::COMMENT_TITLE.text,
                title => title,
            };
            vec![fact("title", title), fact("text", &**text)]
        }
        Wish::IssueDocument {
            title,
            text,
            signed,
        } => vec![
            fact("title", &**title),
            fact("text", &**text),
            fact("signed", if *signed { "yes" } else { "no" }),
        ],
        Wish::AcceptWithdrawal
        | Wish::CancelFee(_)
        | Wish::Close { .. }
        | Wish::FinishExamination
        | Wish::RejectWithdrawal
        | Wish::StartExamination
        | Wish::TakeBackCorrection => Vec::new(),
    }
}

/// An instant as pages write it.
pub(super) fn moment(at: Timestamp) -> Moment {
    Moment {
        date: at.japan_date().to_string(),
        time: at.japan_clock(),
    }
}
