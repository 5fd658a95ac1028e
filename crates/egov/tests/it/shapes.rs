//! Our answers against the recorded ones: the model is rebuilt from the values of a recording, written
//! by us, and compared in names, order, cardinality, attributes and text.

use renkei_core::instant::Timestamp;
use renkei_core::payment::FeeState;
use renkei_egov::life::{
    Dossier, HistoryLine, Notice, NoticeKind, Process, Submission, SubmittedFile,
};
use renkei_egov::number::{ArriveId, SendNumber};
use renkei_egov::operation::Operation;
use renkei_egov::port::Page;
use renkei_egov::wire::bank::{PayingBank, Sector};
use renkei_egov::wire::receipt::Receipt;
use renkei_egov::wire::{
    Reply, Trouble, amend_notices, apply, bank, done, download, identity, notices, packages,
    payment, receipt, reference,
};
use renkei_egov::words;
use renkei_egov::xml::{self, Document, Node};

use self::rebuilt::{
    asked, at, child, children, day, fee, file_names, instant, last, named, notice, number,
    package, stage, text,
};
use crate::known;

mod rebuilt;

/// A recording: its name, its status, its text.
fn recorded(name: &str) -> Option<(u16, String)> {
    let folder = known::folder()?;
    let index = std::fs::read_to_string(folder.join("index.tsv")).unwrap();
    let path = format!("response/{name}.xml");
    let line = index.lines().find(|line| line.starts_with(&path)).unwrap();
    let status = line.split('\t').nth(6).unwrap().parse().unwrap();
    Some((status, std::fs::read_to_string(folder.join(path)).unwrap()))
}

/// Every element in order: depth, name, attributes, and its text where it has no children.
fn flat(text: &str) -> Vec<String> {
    let document = xml::parse(text).unwrap();
    let elements = document.descendants().filter(Node::is_element);
    elements
        .map(|node| {
            let depth = node.ancestors().count();
            let attributes: Vec<_> = node
                .attributes()
                .map(|one| format!("{}={}", one.name(), one.value()))
                .collect();
            let is_leaf = !node.children().any(|child| child.is_element());
            let text = if is_leaf {
                node.text().unwrap_or_default()
            } else {
                ""
            };
            format!("{depth} {} {attributes:?} {text}", node.tag_name().name())
        })
        .collect()
}

fn compare(name: &str, reply: &Reply, status: u16, text: &str) {
    assert_eq!(reply.status, status, "{name}");
    assert_eq!(flat(&reply.body), flat(text), "{name}");
}

/// Builds the model from the recording, writes it, compares.
fn shape(name: &str, built: impl FnOnce(Node<'_, '_>) -> Reply) {
    let Some((status, text)) = recorded(name) else {
        return;
    };
    let document = Document::parse(&text).unwrap();
    let root = document.root_element();
    let data = child(root, "ApplData");
    compare(name, &built(data), status, &text);
}

#[test]
fn identity_operations() {
    shape("authentication-register-201", |data| {
        identity::registered(&text(data, "UserID"))
    });
    shape("authentication-login-200", |data| {
        identity::logged_in(&text(data, "UserID"), &text(data, "AccessKey"), last(data))
    });
    for (name, operation) in [
        ("certificate-append-200", Operation::CertificateAppend),
        ("certificate-update-200", Operation::CertificateUpdate),
        ("certificate-delete-200", Operation::CertificateDelete),
    ] {
        shape(name, |data| {
            identity::changed(operation, &text(data, "UserID"), last(data))
        });
    }
    shape("error-register-already-registered-400", |data| {
        let trouble = Trouble::business(words::ALREADY_REGISTERED);
        identity::refused(Operation::Register, &text(data, "UserID"), trouble)
    });
}

#[test]
fn sending_and_lists() {
    shape("apply-202", |data| {
        let number = SendNumber::parse(&text(data, "SendNumber")).unwrap();
        assert_eq!(SendNumber::counted(at(data, "SendDate"), 5643), number);
        let name = text(data, "SendFileName");
        apply::acknowledged(&number, at(data, "SendDate"), &name, 1, &[])
    });
    for name in [
        "apply-list-by-number-200",
        "apply-list-by-number-waiting-200",
        "apply-list-by-number-withdrawing-200",
        "apply-list-by-period-200",
    ] {
        shape(name, |data| {
            let all = children(data, "PackageApply");
            let page = Page {
                packages: all
                    .map(|one| package(one, Some(at(one, "SendDate"))))
                    .collect(),
                cut: false,
            };
            packages::list(&asked(data), &page)
        });
    }
    shape("applications-of-package-200", |data| {
        packages::applications(&package(data, None))
    });
    shape("error-apply-list-nothing-found-400", |data| {
        packages::list_refused(&asked(data), Trouble::business(words::NOTHING_FOUND))
    });
}

#[test]
fn one_application() {
    for name in [
        "reference-awaiting-correction-200",
        "reference-closed-resubmittable-200",
    ] {
        shape(name, |data| {
            let mut one = named(data);
            (one.stage, one.withdrawing) = stage(&text(data, "Status"));
            one.arrived_at = at(data, "ArriveDate");
            one.exam_started_at = instant(&text(data, "ExamStartDate"));
            one.exam_ended_at = instant(&text(data, "ExamEndDate"));
            one.closed_at = instant(&text(data, "ProcEndDate"));
            one.correctable = text(data, "ReintroductionFlag") == "1";
            let open =
                (!text(data, "AmendMessage").is_empty()).then(|| notice(NoticeKind::Amend, 1));
            let line = |node| HistoryLine {
                number: number(node, "ApplyHistorySubID"),
                at: at(node, "RegDate"),
                process: Process::ALL
                    .into_iter()
                    .find(|one| one.word().text == text(node, "ProcessType"))
                    .unwrap(),
                status: text(node, "ApplyStatus"),
                fee: None,
            };
            let dossier = Dossier {
                application: one,
                history: children(data, "ApplyHistory").map(line).collect(),
                notices: open.into_iter().collect(),
                fees: Vec::new(),
            };
            reference::told(&dossier, None)
        });
    }
    for (name, operation) in [
        ("withdrawal-202", Operation::Withdrawal),
        ("amendapply-202", Operation::AmendApply),
    ] {
        shape(name, |data| receipt_of(data, operation));
    }
    // The recording answers 500, and ours 400; the shape is the same.
    shape("error-amendapply-system-500", |data| {
        receipt::refused(&text(data, "ArriveID"), Trouble::SYSTEM)
    });
}

fn receipt_of(data: Node<'_, '_>, operation: Operation) -> Reply {
    let names = children(data, "ApplyForm").map(|one| text(one, "FormName"));
    let files = children(data, "ApplyFile").map(|one| text(one, "FileName"));
    let mut forms: Vec<_> = names
        .zip(files)
        .map(|(name, file)| SubmittedFile { name, file })
        .collect();
    let attachments = forms.split_off(1);
    let submission = Submission {
        procedure_name: text(data, "ProcName"),
        applicant: text(data, "ApplicantName"),
        desk_name: text(data, "ReceptionDesk"),
        forms,
        attachments,
        ..Submission::default()
    };
    let id = |name| ArriveId::parse(&text(data, name)).unwrap();
    let receipt = Receipt {
        about: &id("ArriveID"),
        new: &id("NewArriveID"),
        at: at(data, "ArriveDate"),
        ministry: &text(data, "MinistryName"),
        submission: &submission,
    };
    receipt::arrived(operation, &receipt)
}

#[test]
fn documents_and_comments() {
    shape("amend-notices-200", |data| {
        let all: Vec<_> = children(data, "Official")
            .map(|node| {
                let one = Notice {
                    issued_at: at(node, "CorrectRequestedDate"),
                    title: text(node, "DocTitle"),
                    files: file_names(node),
                    due: Some(day(node, "CorrectExpiredDate")),
                    ..notice(NoticeKind::Amend, number(node, "NoticeSubID"))
                };
                (one, text(node, "FileData"))
            })
            .collect();
        let told: Vec<_> = all.iter().map(|(one, file)| (one, file.clone())).collect();
        amend_notices::listed(&named(data), &told)
    });
    for name in ["notices-comment-unread-200", "notices-comment-read-200"] {
        shape(name, |data| {
            let comment = |node| Notice {
                issued_at: at(node, "IssueDate"),
                title: text(node, "DocTitle"),
                files: file_names(node),
                completed_at: (text(node, "Reading") == "既読").then(|| at(node, "IssueDate")),
                ..notice(NoticeKind::Comment, number(node, "NoticeSubID"))
            };
            notices::listed(&Dossier {
                application: named(data),
                history: Vec::new(),
                notices: children(data, "Comment").map(comment).collect(),
                fees: Vec::new(),
            })
        });
    }
    for (name, operation) in [
        ("officialdocument-1-unsigned-200", Operation::Document),
        ("officialdocument-2-signed-200", Operation::Document),
        ("comment-200", Operation::Comment),
    ] {
        shape(name, |data| {
            let id = ArriveId::parse(&text(data, "ArriveID")).unwrap();
            let archive = text(child(data, "Download"), "FileData");
            download::fetched(operation, &id, number(data, "NoticeSubID"), &archive)
        });
    }
    for (name, operation, kind) in [
        (
            "officialdocument-done-200",
            Operation::DocumentDone,
            NoticeKind::Official,
        ),
        (
            "comment-done-200",
            Operation::CommentDone,
            NoticeKind::Comment,
        ),
    ] {
        shape(name, |data| {
            let one = Notice {
                title: text(data, "DocTitle"),
                files: file_names(data),
                ..notice(kind, number(data, "NoticeSubID"))
            };
            done::noted(operation, &named(data), &one, at(data, "DownloadDate"))
        });
    }
}

#[test]
fn the_signature_of_an_official_document_is_told_value_by_value() {
    let Some(folder) = known::folder() else {
        return;
    };
    let signed = std::fs::read(folder.join("document/0000-API-002.xml")).unwrap();
    let unjudged = renkei_egov::signature::verify(
        renkei_egov::signature::Profile::Official,
        &signed,
        1_000_000,
    );
    let authority = unjudged.unwrap().certificates()[1].clone();
    let anchors = renkei_egov::certificate::Anchors::pinned(authority);
    let body = std::fs::read(folder.join("request/officialdocument-verify.xml")).unwrap();
    let request = renkei_egov::wire::verify::Request::parse(&body, 1_000_000).unwrap();
    let archive = renkei_egov::base64::decode(&request.file_data, 1_000_000).unwrap();
    let verified = renkei_egov::verification::verify_document(
        &archive,
        &request.document,
        &anchors,
        instant("20150428114505").unwrap(),
        &renkei_egov::limits::Limits::default(),
    );
    let verified = verified.unwrap();
    shape("officialdocument-verify-200", |_| {
        renkei_egov::wire::verify::told(&request.arrive_id, &verified)
    });
}

#[test]
fn banks_and_payments() {
    shape("bank-200", |data| {
        let mut all = Vec::new();
        for initial in children(child(data, "TrustBank"), "Initial") {
            for one in children(initial, "Bank") {
                all.push(PayingBank {
                    sector: Sector::TrustBank,
                    name: text(one, "FinancialName"),
                    kana: initial.attribute("Name").unwrap().to_owned(),
                    service: None,
                    url: text(one, "Url"),
                });
            }
        }
        for (name, sector) in [
            ("ShinkinBank", Sector::ShinkinBank),
            ("CreditUnion", Sector::CreditUnion),
            ("NorinchukinBank", Sector::NorinchukinBank),
            ("LabourBank", Sector::LabourBank),
        ] {
            for one in children(child(data, name), "Bank") {
                all.push(PayingBank {
                    sector,
                    name: text(one, "FinancialName"),
                    kana: String::new(),
                    service: None,
                    url: text(one, "Url"),
                });
            }
        }
        bank::listed(&all, day(data, "FinancialTypeListDate"))
    });
    shape("payment-200", |data| {
        let one = named(data);
        let charged = |node| {
            let mut charged = fee(&one.arrive_id, FeeState::Lapsed);
            charged.owed.key.pay_number = text(node, "PayNumber");
            charged.owed.key.facility_number = text(node, "FacilityNumber");
            charged.owed.confirm_number = text(node, "ConfirmNumber");
            charged.owed.due = day(node, "PayExpiredDate");
            charged.owed.total_fee_yen = text(node, "TotalFee").parse().unwrap();
            charged.detail.pay_name_kana = text(node, "PayNameKana");
            charged.detail.memo = words::PAY_MEMO.text.to_owned();
            charged
        };
        let fees = children(data, "ApplyPay").map(charged).collect();
        let dossier = Dossier {
            application: one.clone(),
            history: Vec::new(),
            notices: Vec::new(),
            fees,
        };
        payment::listed(&dossier, Timestamp::from_millis(0))
    });
}

#[test]
fn recorded_requests_are_read() {
    let Some(folder) = known::folder() else {
        return;
    };
    let body = |name: &str| std::fs::read(folder.join("request").join(name)).unwrap();
    let most = 1_000_000;
    let sent = apply::Request::parse(&body("apply.xml"), most).unwrap();
    assert_eq!(sent.file_name, "apply.zip");
    let amended = receipt::Request::parse(&body("amendapply.xml"), most).unwrap();
    assert_eq!(amended.arrive_id.len(), 16);
    let read = done::Request::parse(&body("comment-done.xml"), most).unwrap();
    assert_eq!(
        (read.arrive_id.as_str(), read.number.as_str()),
        ("9002015000243928", "1")
    );
    done::Request::parse(&body("officialdocument-done.xml"), most).unwrap();
}
