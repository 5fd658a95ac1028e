//! The ministries' desk from outside: the way in, every act, what others may not see.

use std::fs;

use renkei_egov::archive::{self, File, WrittenAt};
use renkei_egov::base64;
use renkei_egov::commit::{Arrival, Change, Commit};
use renkei_egov::life::{Origin, Submission, SubmittedFile};
use renkei_egov::number::{ArriveId, MinistryId, ProcedureId};
use renkei_egov::port::{Store, Whose};
use renkei_testkit::egov::sample;
use reqwest::StatusCode;

use crate::clock::now;
use crate::platform::Platform;
use crate::staff::Staff;

mod way_in;

/// A platform with the e-Gov half, one procedure, the demo's staff.
fn desk(four_eyes: bool) -> Platform {
    let settings = format!(
        "[egov]\non = true\nsandbox = true\nfour_eyes = {four_eyes}\n\
         procedures_dir = \"procedures\"\nfolder = \"egov\"\n"
    );
    Platform::start_with_settings(&[], |platform| {
        let folder = platform.folder();
        fs::write(folder.join("renkei.toml"), settings).unwrap();
        fs::create_dir_all(folder.join("procedures")).unwrap();
        fs::write(folder.join("procedures/sample.yaml"), PROCEDURES).unwrap();
        platform.command(&["demo", "seed"]);
    })
}

/// An application that came in an archive with one form and one attachment.
fn arrival() -> Arrival {
    let file = |name: &str, bytes: &[u8]| File {
        name: format!("900A010200001000(1)/{name}"),
        bytes: bytes.to_vec(),
    };
    let files = [
        file("kousei.xml", b"<x/>"),
        file("form.xml", b"<script>alert(1)</script>"),
        file("tenpu.pdf", b"%PDF"),
    ];
    let archive = archive::write(&files, WrittenAt::new(time::OffsetDateTime::UNIX_EPOCH));
    let listed = |name: &str, file: &str| SubmittedFile {
        name: name.to_owned(),
        file: file.to_owned(),
    };
    Arrival {
        procedure: ProcedureId::parse("900A010200001000").unwrap(),
        procedure_name: "見本の届出".to_owned(),
        ministry: MinistryId::parse("100900").unwrap(),
        submission: Submission {
            folder: "900A010200001000(1)".to_owned(),
            applicant: "見本　太郎".to_owned(),
            corporation: "<b>見本</b>工業".to_owned(),
            forms: vec![listed("届出書", "form.xml")],
            attachments: vec![listed("添付", "tenpu.pdf")],
            ..Submission::default()
        },
        at: now(),
        archive: Some(base64::encode(&archive.unwrap())),
        ..sample::arrival(&sample::user(1))
    }
}

async fn arrive(platform: &Platform, arrival: Arrival) -> ArriveId {
    let commit = Commit {
        changes: vec![Change::ApplicationArrived(Box::new(arrival))],
        events: Vec::new(),
    };
    let mut assigned = platform.store().commit_egov(commit).await;
    assigned.arrive_ids.pop().unwrap()
}

/// The store's two commits have one name.
trait EgovCommit {
    async fn commit_egov(&self, commit: Commit) -> renkei_egov::commit::Assigned;
}

impl EgovCommit for renkei_store::SqlStore {
    async fn commit_egov(&self, commit: Commit) -> renkei_egov::commit::Assigned {
        Store::commit(self, commit).await.unwrap()
    }
}

fn due() -> String {
    now()
        .plus(std::time::Duration::from_hours(24 * 14))
        .japan_date()
        .to_string()
}

#[expect(
    clippy::too_many_lines,
    reason = "one application and all its acts, in order"
)]
#[tokio::test]
async fn an_application_is_examined_from_arrival_to_the_end() {
    let platform = desk(false);
    let id = arrive(&platform, arrival()).await;
    let mut staff = Staff::logged_in(&platform, "shinsa").await;
    let list = staff.open("").await;
    assert!(list.html.contains(id.as_str()));
    let one = format!("/applications/{id}");
    let page = staff.open(&one).await;
    assert!(
        page.html.contains("&lt;b&gt;見本"),
        "what was sent is escaped"
    );
    assert!(page.html.contains("id=\"act-start\"") && page.html.contains("id=\"act-fee\""));
    assert!(!page.html.contains("id=\"act-document\""), "not yet");

    let page = staff.act(&id, "start", &[]).await;
    assert!(page.html.contains("審査を開始しました。"), "{}", page.html);
    let page = staff
        .act(&id, "comment", &[("text", "確認中です。\r\n二行目")])
        .await;
    assert!(
        page.html.contains("コメントを送りました。"),
        "{}",
        page.html
    );
    let missing = staff.act(&id, "document", &[("title", "通知書")]).await;
    assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
    for error in ["text-error", "signed-error"] {
        assert!(missing.html.contains(error), "{error}");
    }
    let document = [
        ("title", "通知書"),
        ("text", "受理しました。"),
        ("signed", "yes"),
    ];
    let page = staff.act(&id, "document", &document).await;
    assert!(
        page.html.contains("公文書を発行しました。"),
        "{}",
        page.html
    );
    let fee = [("amount", "１２，３００円"), ("due", &*due())];
    let page = staff.act(&id, "fee", &fee).await;
    assert!(page.html.contains("12,300円") && page.html.contains("納付待ち"));
    let past = staff
        .act(&id, "fee", &[("amount", "0"), ("due", "2020-01-01")])
        .await;
    assert!(past.html.contains("amount-error") && past.html.contains("due-error"));

    let (_, rest) = page.html.split_once("id=\"act-cancel-fee-").unwrap();
    let number = rest.split('"').next().unwrap();
    let cancel = page.link(&format!("act-cancel-fee-{number}"));
    let ask = staff.browser.open(&cancel).await;
    let path = cancel.strip_prefix(&staff.home).unwrap().to_owned();
    let version = ask.hidden("version");
    let page = staff.submit(&ask, &path, &[("version", &*version)]).await;
    assert!(
        page.html.contains("納付情報を取り消しました。"),
        "{}",
        page.html
    );
    let again = staff.submit(&ask, &path, &[("version", &*version)]).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "twice is once");

    let correct = [("text", "押印がありません。"), ("due", &*due())];
    let page = staff.act(&id, "correct", &correct).await;
    assert!(page.html.contains("補正待ち"), "{}", page.html);
    assert!(page.html.contains("押印") || page.html.contains("補正通知"));
    let page = staff.act(&id, "take-back", &[]).await;
    assert!(page.html.contains("補正の求めを取り消しました。"));
    let page = staff.act(&id, "finish", &[]).await;
    assert!(page.html.contains("審査を終了しました。"));
    let page = staff.act(&id, "close", &[("correctable", "yes")]).await;
    assert!(page.html.contains("手続を終了しました。"));
    assert!(!page.html.contains("id=\"acts\""), "nothing is left to do");
    let late = staff.act(&id, "comment", &[("text", "遅い")]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.html.contains("申請の状態が変わったため"));
    let found = platform.store();
    let dossier = found
        .find_dossier(Whose::Platform, &id)
        .await
        .unwrap()
        .unwrap();
    assert!(dossier.application.correctable);
    assert_eq!(
        dossier.notices.len(),
        4,
        "two comments, a document, a correction"
    );
}

#[tokio::test]
async fn a_form_that_looked_at_an_older_state_does_nothing() {
    let platform = desk(false);
    let id = arrive(&platform, arrival()).await;
    let mut staff = Staff::logged_in(&platform, "shinsa").await;
    staff.act(&id, "start", &[]).await;
    let path = format!("/applications/{id}/acts/comment");
    let page = staff.open(&path).await;
    let version = page.hidden("version");
    let posted = [
        ("version", version.as_str()),
        ("text", "一度だけ"),
        ("stop", "confirmed"),
    ];
    let first = staff.submit(&page, &path, &posted).await;
    assert_eq!(first.status, StatusCode::OK);
    let second = staff.submit(&page, &path, &posted).await;
    assert_eq!(second.status, StatusCode::CONFLICT);
    let forged = [("version", version.as_str()), ("csrf", "forged")];
    let url = format!("{}{path}", staff.home);
    let form: Vec<(&str, String)> = forged.map(|(name, value)| (name, value.to_owned())).into();
    let answer = staff.browser.post_to(&url, &form).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    let dossier = platform.store();
    let dossier = dossier
        .find_dossier(Whose::Platform, &id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(dossier.notices.len(), 1);
}

#[tokio::test]
async fn files_are_downloads_and_nothing_else() {
    let platform = desk(false);
    let id = arrive(&platform, arrival()).await;
    let mut staff = Staff::logged_in(&platform, "shinsa").await;
    let file = staff
        .open(&format!("/applications/{id}/files/form/1"))
        .await;
    assert_eq!(file.status, StatusCode::OK);
    assert_eq!(file.html, "<script>alert(1)</script>");
    let header = |name: &str| file.headers.get(name).unwrap().to_str().unwrap().to_owned();
    assert!(header("content-disposition").starts_with("attachment"));
    assert_eq!(header("content-type"), "application/octet-stream");
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert!(header("content-security-policy").contains("sandbox"));
    let attachment = staff
        .open(&format!("/applications/{id}/files/attachment/1"))
        .await;
    assert_eq!(attachment.html, "%PDF");
    for none in ["form/0", "form/2", "other/1", "form/x"] {
        let page = staff
            .open(&format!("/applications/{id}/files/{none}"))
            .await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{none}");
    }
    staff.act(&id, "start", &[]).await;
    staff.act(&id, "comment", &[("text", "確認中です。")]).await;
    let notice = staff
        .open(&format!("/applications/{id}/notices/comment/1"))
        .await;
    assert!(notice.html.starts_with("PK"), "{:?}", notice.status);
    let mut stranger = Staff::new(&platform);
    let page = stranger
        .open(&format!("/applications/{id}/files/form/1"))
        .await;
    assert!(page.url.path().ends_with("/login"));
}

#[tokio::test]
async fn another_ministrys_applications_are_not_there() {
    let platform = desk(false);
    let foreign = Arrival {
        ministry: MinistryId::parse("100999").unwrap(),
        ..arrival()
    };
    let id = arrive(&platform, foreign).await;
    let own = arrive(&platform, arrival()).await;
    let mut staff = Staff::logged_in(&platform, "kanri").await;
    let list = staff.open("").await;
    assert!(list.html.contains(own.as_str()) && !list.html.contains(id.as_str()));
    let form = staff.open(&format!("/applications/{own}/acts/start")).await;
    for path in ["", "/acts/start", "/files/form/1", "/notices/comment/1"] {
        let page = staff.open(&format!("/applications/{id}{path}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
    }
    let path = format!("/applications/{id}/acts/start");
    let page = staff.submit(&form, &path, &[("version", "1")]).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    let found = staff.open(&format!("?number={id}")).await;
    assert!(found.html.contains("number-error"));
    let found = staff.open(&format!("?number={own}")).await;
    assert!(found.url.path().ends_with(own.as_str()));
    let none = staff.open("?stage=closed").await;
    assert!(none.html.contains("id=\"none\""));
}

#[tokio::test]
async fn a_withdrawal_is_answered_by_an_approver() {
    let platform = desk(false);
    let target = arrive(&platform, arrival()).await;
    let store = platform.store();
    let dossier = store
        .find_dossier(Whose::Platform, &target)
        .await
        .unwrap()
        .unwrap();
    let mut asked = dossier.application.clone();
    asked.version += 1;
    asked.withdrawing = true;
    let request = Arrival {
        origin: Origin::Withdrawal(target.clone()),
        ..arrival()
    };
    let commit = Commit {
        changes: vec![
            Change::ApplicationMoved(Box::new(asked)),
            Change::ApplicationArrived(Box::new(request)),
        ],
        events: Vec::new(),
    };
    let request = store.commit_egov(commit).await.arrive_ids.pop().unwrap();
    let mut shinsa = Staff::logged_in(&platform, "shinsa").await;
    let list = shinsa.open("?withdrawing=yes").await;
    assert!(list.html.contains(target.as_str()) && !list.html.contains(request.as_str()));
    let page = shinsa.open(&format!("/applications/{target}")).await;
    assert!(!page.html.contains("id=\"act-accept\"") && !page.html.contains("id=\"acts\""));
    let refused = shinsa
        .open(&format!("/applications/{target}/acts/accept"))
        .await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let mut kessai = Staff::logged_in(&platform, "kessai").await;
    let page = kessai.open(&format!("/applications/{target}")).await;
    assert!(page.html.contains("id=\"act-reject\"") && page.html.contains(request.as_str()));
    let page = kessai.act(&target, "accept", &[]).await;
    assert!(
        page.html.contains("取下げを承認しました。"),
        "{}",
        page.html
    );
    let dossier = store
        .find_dossier(Whose::Platform, &target)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(dossier.application.stage.as_str(), "withdrawn");
}

#[tokio::test]
async fn where_four_eyes_are_asked_for_nothing_goes_out_with_two() {
    let platform = desk(true);
    let id = arrive(&platform, arrival()).await;
    let mut shinsa = Staff::logged_in(&platform, "shinsa").await;
    shinsa.act(&id, "start", &[]).await;
    let document = [
        ("title", "通知書"),
        ("text", "受理しました。"),
        ("signed", "no"),
    ];
    for _ in 0..2 {
        let page = shinsa.act(&id, "document", &document).await;
        assert!(page.html.contains("承認を求めました。"), "{}", page.html);
    }
    let store = platform.store();
    let open = store.open_proposals(&id).await.unwrap();
    assert_eq!(open.len(), 1, "the same proposal twice is one");
    let proposal = format!("/applications/{id}/proposals/{}", open[0].id);
    let page = shinsa.open(&proposal).await;
    assert!(!page.html.contains("id=\"continue\""), "not one's own");
    let forced = shinsa
        .submit(&page, &proposal, &[("answer", "approve")])
        .await;
    assert_eq!(forced.status, StatusCode::FORBIDDEN);
    let mut kessai = Staff::logged_in(&platform, "kessai").await;
    let list = kessai.open("").await;
    assert!(list.html.contains("承認待ち"));
    let page = kessai.open(&proposal).await;
    assert!(page.html.contains("受理しました。"));
    let done = kessai
        .submit(&page, &proposal, &[("answer", "approve")])
        .await;
    assert!(
        done.html.contains("承認し、実行しました。"),
        "{}",
        done.html
    );
    let again = kessai
        .submit(&page, &proposal, &[("answer", "approve")])
        .await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    let fee = [("amount", "500"), ("due", &*due())];
    shinsa.act(&id, "fee", &fee).await;
    let open = store.open_proposals(&id).await.unwrap();
    let proposal = format!("/applications/{id}/proposals/{}", open[0].id);
    let page = kessai.open(&proposal).await;
    kessai
        .submit(&page, &proposal, &[("answer", "refuse")])
        .await;
    let dossier = store
        .find_dossier(Whose::Platform, &id)
        .await
        .unwrap()
        .unwrap();
    assert!(dossier.fees.is_empty());
    assert_eq!(dossier.notices.len(), 1);
}

const PROCEDURES: &str = r#"procedures:
  - id: 900A010200001000
    name: 見本の届出
    ministry: { id: "100900", name: 見本省 }
    forms:
      - { id: 900A01020000100001, version: "0001", name: 届出書 }
    withdrawal: request
    correction: true
    facility: { number: "00100", name: 見本省, pay_name_kana: ミホンテスウリヨウ }
"#;
