//! The ministries' desk: every page, plain, long and in trouble. One long table, read in one sweep.

use std::collections::BTreeMap;

use renkei_pages::{
    ActView, ApplicationView, ArrivalRow, ArrivalsView, Choice, DeskFrame, DeskPage, EnrolView,
    Fact, FeeRow, HistoryRow, Moment, NoticeRow, Problem, ProposalFace, ProposalView, Reference,
    SentFile, StaffFace, StaffForm, StaffRow,
};

use crate::shared::samples;

const DESK: &str = "/egov/desk";

pub(crate) fn frame(page: &DeskPage) -> DeskFrame {
    let anonymous = matches!(page, DeskPage::Login { .. } | DeskPage::Enrol(_));
    DeskFrame {
        staff: (!anonymous).then(|| StaffFace {
            login: "sato".to_owned(),
            name: "佐藤 一郎".to_owned(),
            sees_applications: true,
            manages_staff: true,
        }),
        csrf: "csrf-token".to_owned(),
        desk_url: DESK.to_owned(),
        domain: "localhost:8080".to_owned(),
        language_urls: Some(samples::language_urls()),
        idle_minutes: 30,
        told: None,
    }
}

fn moment(date: &str) -> Moment {
    Moment {
        date: date.to_owned(),
        time: "10:32".to_owned(),
    }
}

pub(crate) fn row(stage: &str) -> ArrivalRow {
    ArrivalRow {
        number: "9002026000000123".to_owned(),
        url: format!("{DESK}/applications/9002026000000123"),
        procedure: "ＡＰＩテスト用手続（労働保険関係手続）（通）０００１".to_owned(),
        applicant: "有限会社 みやがわ木工\n宮川 太郎".to_owned(),
        arrived: moment("2026-11-21"),
        stage: stage.to_owned(),
        origin: "new".to_owned(),
        withdrawing: false,
        proposed: false,
    }
}

fn edge_row() -> ArrivalRow {
    ArrivalRow {
        procedure: "SuperLongProcedureNameWithoutAnySpaces\"><script>alert(1)</script>".to_owned(),
        applicant: String::new(),
        origin: "correction".to_owned(),
        withdrawing: true,
        proposed: true,
        ..row("examining")
    }
}

fn choices(values: &[&str]) -> Vec<Choice> {
    let chosen = |(place, value): (usize, &&str)| Choice {
        value: (*value).to_owned(),
        name: format!("名称 {value}"),
        selected: place == 1,
    };
    values.iter().enumerate().map(chosen).collect()
}

fn fact(name: &'static str, value: &str) -> Fact {
    Fact {
        name,
        value: value.to_owned(),
    }
}

const STAGES: [&str; 6] = [
    "arrived",
    "examining",
    "awaiting_correction",
    "examined",
    "closed",
    "withdrawn",
];

fn arrivals(rows: Vec<ArrivalRow>, filtered: bool) -> DeskPage {
    DeskPage::Arrivals(Box::new(ArrivalsView {
        older: (!rows.is_empty()).then(|| format!("{DESK}?before=1")),
        newest: filtered.then(|| DESK.to_owned()),
        rows,
        stages: choices(&STAGES),
        procedures: choices(&["900A010200001000", "900A010000004000"]),
        withdrawing: filtered,
        number: String::new(),
        filtered,
    }))
}

fn notice(kind: &str, state: &'static str) -> NoticeRow {
    NoticeRow {
        kind: kind.to_owned(),
        number: 1,
        title: "コメント（メッセージ）".to_owned(),
        issued: moment("2026-11-21"),
        signed: kind == "official",
        due: (kind == "amend").then(|| "2026-12-05".to_owned()),
        state,
        completed: (state == "done").then(|| moment("2026-11-22")),
        url: format!("{DESK}/applications/9002026000000123/notices/{kind}/1"),
    }
}

fn fee(state: &str, number: &str) -> FeeRow {
    FeeRow {
        number: number.to_owned(),
        confirm: "123456".to_owned(),
        facility: "デグレ省".to_owned(),
        amount: "12,300".to_owned(),
        due: "2026-12-21".to_owned(),
        state: state.to_owned(),
        charged: moment("2026-11-21"),
        paid: (state == "paid").then(|| moment("2026-11-22")),
        cancel_url: (state == "waiting").then(|| format!("{DESK}/cancel")),
    }
}

fn proposal(act: &'static str) -> ProposalFace {
    ProposalFace {
        url: format!("{DESK}/applications/9002026000000123/proposals/ab"),
        act,
        by: "suzuki".to_owned(),
        at: moment("2026-11-21"),
    }
}

fn history(process: &str) -> HistoryRow {
    HistoryRow {
        at: moment("2026-11-21"),
        process: process.to_owned(),
        status: "審査中".to_owned(),
        fee: (process == "fee_charged").then(|| "1234567890123456".to_owned()),
    }
}

const PROCESSES: [&str; 12] = [
    "closed",
    "corrected",
    "correction_asked",
    "correction_lapsed",
    "correction_taken_back",
    "examination_ended",
    "examination_started",
    "fee_charged",
    "new",
    "withdrawal_accepted",
    "withdrawal_asked",
    "withdrawal_rejected",
];

fn application(row: ArrivalRow) -> ApplicationView {
    let file = |name: &str, file: &str| SentFile {
        name: name.to_owned(),
        file: file.to_owned(),
        url: format!("{DESK}/applications/9002026000000123/files/form/1"),
    };
    ApplicationView {
        ministry: "デグレ省".to_owned(),
        procedure_id: "900A010200001000".to_owned(),
        parent: None,
        request: None,
        correctable: false,
        applicant: vec![
            fact("corporation", "有限会社 みやがわ木工"),
            fact("department", "総務部"),
            fact("name", "宮川 太郎"),
            fact("mail", "somu@example.jp"),
            fact("destination", "デグレ省,東京労働局"),
        ],
        sending: vec![
            fact("ministry", "デグレ省"),
            fact("procedure_id", "900A010200001000"),
            fact("package", "202611211032000001"),
            fact("user", "USER01"),
            fact("software", "kakehashi"),
            fact("signer", "CN=Miyagawa Mokko, C=JP"),
        ],
        forms: vec![file("ＡＰＩテスト用申請書", "900A01020000100001_01.xml")],
        attachments: vec![
            file("添付書類", "定款.pdf"),
            file("", "long_file_name.docx"),
        ],
        acts: vec![
            "start", "correct", "comment", "document", "fee", "finish", "close",
        ],
        answers_withdrawal: false,
        proposals: Vec::new(),
        history: vec![history("new"), history("examination_started")],
        notices: Vec::new(),
        fees: Vec::new(),
        row,
    }
}

fn busy() -> ApplicationView {
    ApplicationView {
        parent: Some(Reference {
            number: "9002026000000100".to_owned(),
            url: format!("{DESK}/applications/9002026000000100"),
        }),
        request: Some(Reference {
            number: "9002026000000130".to_owned(),
            url: format!("{DESK}/applications/9002026000000130"),
        }),
        answers_withdrawal: true,
        proposals: vec![proposal("fee"), proposal("document")],
        acts: Vec::new(),
        history: PROCESSES.map(history).into(),
        notices: vec![
            notice("amend", "open"),
            notice("amend", "answered"),
            notice("amend", "lapsed"),
            notice("amend", "taken_back"),
            notice("comment", "waiting"),
            notice("comment", "done"),
            notice("official", "waiting"),
            notice("official", "done"),
        ],
        fees: vec![
            fee("waiting", "1234567890123456"),
            fee("reserved", "1234567890123457"),
            fee("paid", "1234567890123458"),
            fee("lapsed", "1234567890123459"),
            fee("cancelled", "1234567890123450"),
        ],
        forms: Vec::new(),
        ..application(edge_row())
    }
}

fn act(act: &'static str, confirming: bool) -> DeskPage {
    let names: &[&'static str] = match act {
        "close" => &["correctable"],
        "comment" => &["title", "text"],
        "correct" => &["text", "due"],
        "document" => &["title", "text", "signed"],
        "fee" => &["amount", "due"],
        _ => &[],
    };
    let fields: BTreeMap<&'static str, String> = names
        .iter()
        .map(|name| (*name, "</textarea><script>".to_owned()))
        .collect();
    DeskPage::Act(Box::new(ActView {
        act,
        action: format!("{DESK}/applications/9002026000000123/acts/{act}"),
        version: 3,
        row: row("examining"),
        fields,
        confirming,
        facts: if confirming {
            vec![
                fact("title", "通知書"),
                fact("text", "第一行\n第二行"),
                fact("amount", "12,300"),
                fact("due", "2026-12-21"),
                fact("signed", "yes"),
            ]
        } else {
            Vec::new()
        },
        today: "2026-11-21".to_owned(),
        title_max: 100,
        text_max: 4000,
        four_eyes: act == "document",
    }))
}

fn account(login: &str, state: &'static str) -> StaffRow {
    StaffRow {
        login: login.to_owned(),
        name: "鈴木 花子".to_owned(),
        roles: vec!["examiner".to_owned(), "approver".to_owned()],
        ministries: vec!["デグレ省".to_owned()],
        state,
        url: format!("{DESK}/staff/{login}"),
        own: login == "sato",
    }
}

fn message(name: &'static str, reason: Option<&'static str>) -> DeskPage {
    DeskPage::Message {
        name,
        reason,
        url: DESK.to_owned(),
        incident: (name == "fault").then(|| "inc_1".to_owned()),
    }
}

/// Every page, with a name and what is wrong on it.
#[expect(clippy::too_many_lines, reason = "a list that reads in one sweep")]
pub(crate) fn pages() -> Vec<(String, DeskPage, Vec<Problem>)> {
    let at = Problem::at;
    let login = || DeskPage::Login {
        login: "\"><script>".to_owned(),
    };
    let enrol = || {
        DeskPage::Enrol(Box::new(EnrolView {
            name: "佐藤 一郎".to_owned(),
            login: "sato".to_owned(),
            action: format!("{DESK}/enrol/abc"),
            uri: "otpauth://totp/x?secret=ABCDEFGH".to_owned(),
            secret: ["ABCD", "EFGH", "IJKL", "MNOP"].map(str::to_owned).into(),
            password_min: 12,
            password_max: 128,
        }))
    };
    let length = at("password", "error-desk-password-length")
        .with("min", 12)
        .with("max", 128);
    let staff_new = || {
        DeskPage::StaffNew(Box::new(StaffForm {
            login: String::new(),
            name: String::new(),
            roles: choices(&["examiner", "approver", "administrator"]),
            ministries: choices(&["100900"]),
        }))
    };
    let mut all: Vec<(String, DeskPage, Vec<Problem>)> = vec![
        ("login".into(), login(), Vec::new()),
        (
            "login-wrong".into(),
            login(),
            vec![Problem::of_page("error-desk-login")],
        ),
        (
            "login-locked".into(),
            login(),
            vec![Problem::of_page("error-desk-locked")],
        ),
        (
            "login-missing".into(),
            login(),
            vec![
                at("login", "error-desk-login-missing"),
                at("password", "error-desk-password-missing"),
                at("otp", "error-desk-otp-missing"),
            ],
        ),
        ("enrol".into(), enrol(), Vec::new()),
        (
            "enrol-wrong".into(),
            enrol(),
            vec![length, at("otp", "error-desk-otp-wrong")],
        ),
        (
            "arrivals".into(),
            arrivals(
                STAGES
                    .iter()
                    .map(|stage| row(stage))
                    .chain([edge_row()])
                    .collect(),
                false,
            ),
            Vec::new(),
        ),
        ("arrivals-empty".into(), arrivals(Vec::new(), false), Vec::new()),
        (
            "arrivals-filtered".into(),
            arrivals(Vec::new(), true),
            vec![at("number", "error-desk-number")],
        ),
        (
            "application".into(),
            DeskPage::Application(Box::new(application(row("examining")))),
            Vec::new(),
        ),
        (
            "application-busy".into(),
            DeskPage::Application(Box::new(busy())),
            Vec::new(),
        ),
        (
            "proposal".into(),
            DeskPage::Proposal(Box::new(ProposalView {
                face: proposal("fee"),
                row: row("examining"),
                facts: vec![fact("amount", "12,300"), fact("due", "2026-12-21")],
                decidable: true,
            })),
            Vec::new(),
        ),
        (
            "proposal-own".into(),
            DeskPage::Proposal(Box::new(ProposalView {
                face: proposal("document"),
                row: row("examining"),
                facts: vec![fact("title", "通知書"), fact("signed", "no")],
                decidable: false,
            })),
            Vec::new(),
        ),
        (
            "staff".into(),
            DeskPage::Staff(vec![
                account("sato", "active"),
                account("suzuki", "locked"),
                account("tanaka", "invited"),
                account("ito", "lapsed"),
                account("abe", "disabled"),
            ]),
            Vec::new(),
        ),
        ("staff_new".into(), staff_new(), Vec::new()),
        (
            "staff_new-wrong".into(),
            staff_new(),
            vec![
                at("login", "error-desk-staff-taken"),
                at("name", "error-desk-staff-name"),
                at("roles", "error-desk-staff-roles"),
                at("ministries", "error-desk-staff-ministries"),
            ],
        ),
        (
            "invited".into(),
            DeskPage::Invited {
                name: "鈴木 花子".to_owned(),
                login: "suzuki".to_owned(),
                url: "http://localhost:8080/egov/desk/enrol/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef".to_owned(),
                hours: 72,
            },
            Vec::new(),
        ),
    ];
    for what in ["disable", "reset"] {
        let row = Box::new(account("suzuki", "active"));
        all.push((what.into(), DeskPage::StaffAsk { what, row }, Vec::new()));
    }
    for word in [
        "accept",
        "cancel-fee",
        "close",
        "comment",
        "correct",
        "document",
        "fee",
        "finish",
        "reject",
        "start",
        "take-back",
    ] {
        all.push((format!("act-{word}"), act(word, false), Vec::new()));
    }
    for word in ["comment", "correct", "document", "fee"] {
        all.push((format!("confirm-{word}"), act(word, true), Vec::new()));
        let wrong = match word {
            "comment" => vec![
                at("title", "error-desk-title-long").with("max", 100),
                at("text", "error-desk-text-long")
                    .with("max", 4000)
                    .with("is", 4001),
            ],
            "correct" => vec![
                at("text", "error-desk-text-missing"),
                at("due", "error-desk-due-past"),
            ],
            "document" => vec![
                at("title", "error-desk-title-missing"),
                at("signed", "error-desk-signed-missing"),
            ],
            _ => vec![
                at("amount", "error-desk-amount"),
                at("due", "error-desk-due-missing"),
            ],
        };
        all.push((format!("act-{word}-wrong"), act(word, false), wrong));
    }
    for name in [
        "dead_link",
        "fault",
        "not_allowed",
        "not_found",
        "overtaken",
        "stale",
    ] {
        all.push((name.into(), message(name, None), Vec::new()));
    }
    for reason in [
        "amount_out_of_range",
        "due_in_the_past",
        "fee_being_paid",
        "fee_not_open",
        "is_withdrawal",
        "no_rules",
        "not_correctable",
        "not_withdrawing",
        "too_many_notices",
        "unknown",
        "withdrawal_unanswered",
        "wrong_stage",
    ] {
        let page = message("refused", Some(reason));
        all.push((format!("refused-{reason}"), page, Vec::new()));
    }
    all
}
