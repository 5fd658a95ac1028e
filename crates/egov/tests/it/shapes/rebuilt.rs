//! The model rebuilt from the values of a recording.

use renkei_core::instant::Timestamp;
use renkei_core::payment::{Fee as Owed, FeeKey, FeeState};
use renkei_egov::life::{
    Application, Fee, FeeDetail, Notice, NoticeKind, Origin, Package, PackageState, Stage,
    Submission,
};
use renkei_egov::matrix;
use renkei_egov::number::{ArriveId, ProcedureId, SendNumber};
use renkei_egov::port::{Listed, PackageListed};
use renkei_egov::wire::packages::Echo;
use renkei_egov::xml::Node;
use time::{Date, Time};

use crate::world::{ministry, software, user};

pub(super) fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Node<'a, 'i> {
    children(node, name)
        .next()
        .unwrap_or_else(|| panic!("no {name}"))
}

pub(super) fn children<'a, 'i>(
    node: Node<'a, 'i>,
    name: &str,
) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |one| one.has_tag_name(name))
}

pub(super) fn text(node: Node<'_, '_>, name: &str) -> String {
    child(node, name).text().unwrap_or_default().to_owned()
}

pub(super) fn number(node: Node<'_, '_>, name: &str) -> u32 {
    text(node, name).parse().unwrap()
}

pub(super) fn instant(text: &str) -> Option<Timestamp> {
    let day = matrix::day(text.get(..8)?).unwrap();
    let part = |from: usize| text[from..from + 2].parse::<u8>().unwrap();
    let time = Time::from_hms(part(8), part(10), part(12)).unwrap();
    let since = time - Time::MIDNIGHT;
    Some(Timestamp::of_japan_midnight(day).plus(since.unsigned_abs()))
}

pub(super) fn at(node: Node<'_, '_>, name: &str) -> Timestamp {
    instant(&text(node, name)).unwrap()
}

pub(super) fn day(node: Node<'_, '_>, name: &str) -> Date {
    matrix::day(&text(node, name)).unwrap()
}

pub(super) fn file_names(node: Node<'_, '_>) -> Vec<String> {
    children(node, "File")
        .map(|file| text(file, "FileName"))
        .collect()
}

pub(super) fn application(node: Node<'_, '_>) -> Application {
    let at = Timestamp::from_millis(0);
    Application {
        arrive_id: ArriveId::parse(&text(node, "ArriveID")).unwrap(),
        version: 1,
        user: user(),
        software: software(),
        package: None,
        origin: Origin::New,
        procedure: ProcedureId::parse("900A010200001000").unwrap(),
        procedure_name: String::new(),
        ministry: ministry(),
        ministry_name: String::new(),
        submission: Submission::default(),
        stage: Stage::Arrived,
        stage_at: at,
        withdrawing: false,
        correctable: false,
        arrived_at: at,
        exam_started_at: None,
        exam_ended_at: None,
        closed_at: None,
    }
}

pub(super) fn named(node: Node<'_, '_>) -> Application {
    Application {
        procedure_name: text(node, "ProcName"),
        ..application(node)
    }
}

pub(super) fn stage(word: &str) -> (Stage, bool) {
    if let Some(word) = word.strip_suffix("（取下げ処理中）") {
        return (stage(word).0, true);
    }
    let found = Stage::ALL.into_iter().find(|one| one.word().text == word);
    (found.unwrap_or_else(|| panic!("{word}")), false)
}

pub(super) fn notice(kind: NoticeKind, number: u32) -> Notice {
    Notice {
        kind,
        number,
        issued_at: Timestamp::from_millis(0),
        title: String::new(),
        files: Vec::new(),
        signed: false,
        due: None,
        end: None,
        completed_at: None,
    }
}

pub(super) fn fee(id: &ArriveId, state: FeeState) -> Fee {
    let key = FeeKey {
        facility_number: "10005".to_owned(),
        pay_number: "0000000000000203".to_owned(),
    };
    Fee {
        owed: Owed {
            key: key.clone(),
            confirm_number: String::new(),
            total_fee_yen: 1,
            due: Date::MIN,
            state,
        },
        detail: FeeDetail {
            key,
            arrive_id: id.clone(),
            facility_name: String::new(),
            pay_name_kana: String::new(),
            memo: String::new(),
            charged_at: Timestamp::from_millis(0),
        },
    }
}

pub(super) fn listed(node: Node<'_, '_>) -> Listed {
    let mut one = named(node);
    (one.stage, one.withdrawing) = stage(&text(node, "Status"));
    one.stage_at = at(node, "StatusDate");
    one.ministry_name = text(node, "MinistryName");
    one.submission.folder = text(node, "ProcFolderName");
    one.submission.applicant = text(node, "ApplicantName");
    one.submission.corporation = text(node, "CorporationtName");
    one.submission.department = text(node, "DepartmentName");
    let fees = match text(node, "PayStatus").as_str() {
        "-" => Vec::new(),
        "納付期限切れ" => vec![fee(&one.arrive_id, FeeState::Lapsed)],
        other => panic!("{other}"),
    };
    let mut all = Vec::new();
    if text(node, "CorrectStatus") == "あり" {
        all.push(notice(NoticeKind::Amend, 1));
    }
    for (kind, count, open) in [
        (NoticeKind::Comment, "CommentCount", "CommentCountNotRead"),
        (NoticeKind::Official, "DocCount", "DocCountNotDownload"),
    ] {
        for place in 0..number(node, count) {
            let is_open = place < number(node, open);
            all.push(Notice {
                completed_at: (!is_open).then(|| at(node, "StatusDate")),
                ..notice(kind, place + 1)
            });
        }
    }
    Listed {
        application: one,
        notices: all,
        fees,
    }
}

pub(super) fn package(node: Node<'_, '_>, sent_at: Option<Timestamp>) -> PackageListed {
    let is_waiting = children(node, "WorkStatus").any(|one| one.text() == Some("処理待ち"));
    let arrived = u32::try_from(children(node, "Apply").count()).unwrap();
    let state = PackageState::Checked {
        at: Timestamp::from_millis(0),
        arrived,
        refused: 0,
        report: String::new(),
    };
    PackageListed {
        package: Package {
            send_number: SendNumber::parse(&text(node, "SendNumber")).unwrap(),
            user: user(),
            software: software(),
            file_name: String::new(),
            sent_at: sent_at.unwrap_or(Timestamp::from_millis(0)),
            applications: if is_waiting { 1 } else { arrived },
            state: if is_waiting {
                PackageState::Waiting
            } else {
                state
            },
        },
        applications: children(node, "Apply").map(listed).collect(),
    }
}

pub(super) fn asked(data: Node<'_, '_>) -> Echo {
    Echo {
        send_number: text(data, "SendNumber"),
        from: text(data, "SendDateFrom"),
        to: text(data, "SendDateTo"),
    }
}

pub(super) fn last(data: Node<'_, '_>) -> Option<Timestamp> {
    instant(&text(data, "LastAuthenticationDate"))
}
