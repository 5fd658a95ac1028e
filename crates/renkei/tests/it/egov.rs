//! The external-linkage API of e-Gov by HTTP: from registration to an application's end, and every
//! refusal in its order.

use renkei_egov::base64;
use reqwest::{Method, StatusCode};

use crate::egov_software::{About, NEW, Software, document, follow_up, upload};
use crate::platform::{Engine, Platform};

const KEY_REFUSED: &str = "アクセス許可できません。再度、利用者認証を行ってください。";
const SOFTWARE_REFUSED: &str = "このソフトウェアIDでは利用できません。";
const ABOLISHED: &str = "この機能は廃止されました。補正（補正申請）をご利用ください。";
const NO_SUCH: &str = "指定された機能は存在しません。";
const MALFORMED: &str = "送信されたデータの形式に誤りがあります。";

#[tokio::test]
async fn an_application_arrives_and_is_told_of() {
    for engine in Engine::all() {
        let platform = Platform::start_with_egov(engine, "");
        let mut software = Software::new(&platform, 0);
        let registered = software.identity("user").await;
        assert_eq!(
            registered.status,
            StatusCode::CREATED,
            "{}",
            registered.body
        );
        assert_eq!(registered.text("UserID"), software.user);
        let again = software.identity("user").await;
        again.is_refusal(
            400,
            "該当する利用者IDと証明書の情報は、既に登録されています。",
        );
        let first = software.log_in().await;
        assert_eq!(first.text("AccessKey").len(), 256);
        assert_eq!(first.text("LastAuthenticationDate"), "");
        assert_eq!(
            software.log_in().await.text("LastAuthenticationDate").len(),
            14
        );

        let raw = About {
            encoded: false,
            ..NEW
        };
        let mut changed = software.folder(1, 3, &NEW);
        changed[1].bytes.extend(b"\n");
        let folders = [
            software.folder(1, 1, &NEW),
            software.folder(1, 2, &raw),
            changed,
        ];
        let listed = software.apply(&folders).await;
        assert_eq!(listed.text("NormalCount"), "2");
        assert_eq!(listed.text("AllCount"), "3");
        assert_eq!(listed.text("ErrorCount"), "1");
        let report = base64::decode(&listed.text("ErrorFile"), 100_000).unwrap();
        let report = String::from_utf8(report).unwrap();
        assert!(report.contains("900T000000000001(3)"), "{report}");
        assert!(report.contains("署名後に変更されています"), "{report}");
        assert!(!report.contains("900T000000000001(1)"), "{report}");

        let number = listed.texts("SendNumber")[1].clone();
        let day = &number[..8];
        let by_day = software
            .get(&format!("/access/apply;date={day}-{day}"))
            .await;
        assert_eq!(by_day.text("PackageApplyCount"), "1", "{}", by_day.body);
        let applications = software.get(&format!("/access/apply/{number}")).await;
        assert_eq!(applications.text("ApplyCount"), "2");
        assert_eq!(applications.text("CorporationtName"), "試験商事");
        let arrive_id = applications.text("ArriveID");
        let reference = software
            .get(&format!("/access/reference/{arrive_id}"))
            .await;
        assert_eq!(reference.status, StatusCode::OK);
        assert_eq!(reference.text("Status"), "到達");
        assert_eq!(reference.text("WithdrawFlag"), "1");
        assert_eq!(reference.texts("ProcessType"), ["新規申請"]);

        let other = Software::logged_in(&platform, 1).await;
        let foreign = other.get(&format!("/access/reference/{arrive_id}")).await;
        foreign.is_refusal(
            400,
            "該当する申請情報が存在しません。指定した到達番号を確認してください。",
        );
        assert_eq!(foreign.text("ArriveID"), arrive_id);
        let traces = platform.traces();
        let key = software.access_key.unwrap();
        assert!(
            !traces.contains(&key[..40]),
            "an access key was kept or logged"
        );
    }
}

#[tokio::test]
async fn answers_have_the_recorded_headers() {
    let platform = Platform::start_with_egov(Engine::Sqlite, "");
    let software = Software::logged_in(&platform, 0).await;
    for path in ["/access/bank", "/access/reference/x", "/access/nothing"] {
        let answer = software.get(path).await;
        assert_eq!(answer.header("content-type"), "text/xml;charset=UTF-8");
        assert_eq!(answer.header("cache-control"), "no-store,no-cache");
        assert_eq!(answer.header("pragma"), "no-cache");
        assert_eq!(answer.header("expires"), "Thu, 01 Jan 1970 00:00:00 GMT");
        assert_eq!(answer.header("x-frame-options"), "DENY");
    }
}

#[tokio::test]
async fn refusals_come_in_their_order() {
    let small = "[egov.limits]\nbody_kib = 64\nunpacked_kib = 64\nentries = 10\nratio = 200\napplications = 2";
    let platform = Platform::start_with_egov(Engine::Sqlite, small);
    let mut software = Software::logged_in(&platform, 0).await;
    let key = software.access_key.clone().unwrap();
    let large = document(&"x".repeat(70 * 1024));

    // Route and method, before anybody is asked for.
    let id = std::mem::replace(&mut software.id, "NOBODY".to_owned());
    software.access_key = None;
    software
        .get("/access/nothing")
        .await
        .is_refusal(404, NO_SUCH);
    software.get("/").await.is_refusal(404, NO_SUCH);
    let wrong = software.get("/access/apply").await;
    wrong.is_refusal(405, NO_SUCH);
    assert_eq!(wrong.header("allow"), "POST");
    software
        .get("/access/reamend")
        .await
        .is_refusal(405, NO_SUCH);
    let wrong = software
        .send(Method::POST, "/access/comment", large.clone())
        .await;
    wrong.is_refusal(405, NO_SUCH);
    assert_eq!(wrong.header("allow"), "PUT");
    // What is abolished is gone for everybody.
    for path in ["/access/reamend", "/access/partamend"] {
        let gone = software.send(Method::POST, path, large.clone()).await;
        gone.is_refusal(410, ABOLISHED);
        assert!(gone.body.contains("<ApplData/>"), "{}", gone.body);
    }
    // The software, and its list, before the key.
    let apply = "/access/apply";
    let refused = software.send(Method::POST, apply, large.clone()).await;
    refused.is_refusal(403, SOFTWARE_REFUSED);
    assert!(refused.body.contains("<ApplData/>"), "{}", refused.body);
    "KAKEHASHI-SHOUKAI".clone_into(&mut software.id);
    let refused = software.send(Method::POST, apply, large.clone()).await;
    refused.is_refusal(403, SOFTWARE_REFUSED);
    // The key, before the size.
    software.id = id;
    let refused = software.send(Method::POST, apply, large.clone()).await;
    refused.is_refusal(401, KEY_REFUSED);
    software.access_key = Some("x".repeat(256));
    let refused = software.send(Method::POST, apply, large.clone()).await;
    refused.is_refusal(401, KEY_REFUSED);
    // The size, before the body.
    software.access_key = Some(key);
    let refused = software.send(Method::POST, apply, large).await;
    refused.is_refusal(413, "ファイルサイズが上限を超えています。");
    assert!(refused.body.contains("<ApplData/>"), "{}", refused.body);
    // The body.
    for body in ["", "x", "<DataRoot/>", "<!DOCTYPE x><DataRoot/>"] {
        let refused = software.send(Method::POST, apply, body.to_owned()).await;
        refused.is_refusal(400, MALFORMED);
        assert_eq!(refused.text("SendApplyCount"), "0");
    }
    let empty = software.tell(Method::POST, apply, &upload(&[vec![]])).await;
    assert_eq!(empty.status, StatusCode::BAD_REQUEST, "{}", empty.body);
}

#[tokio::test]
async fn who_asks_too_often_waits() {
    let few = "software_requests_per_minute = 20";
    let platform = Platform::start_with_egov(Engine::Sqlite, few);
    let software = Software::logged_in(&platform, 0).await;
    // Within two minutes at the most one of them has more than twenty.
    let mut statuses = Vec::new();
    for _ in 0..60 {
        statuses.push(software.get("/access/bank").await.status.as_u16());
    }
    assert!(
        statuses.contains(&200) && statuses.contains(&429),
        "{statuses:?}"
    );
}

#[tokio::test]
async fn a_list_is_asked_for_by_one_parameter_once() {
    let platform = Platform::start_with_egov(Engine::Sqlite, "");
    let software = Software::logged_in(&platform, 0).await;
    for wrong in [
        ";",
        ";id=1",
        ";id=202611210930000001;date=20261121-20261121",
        ";id=202611210930000001;id=202611210930000001",
        ";date=20261122-20261121",
        ";date=20261131-20261131",
        ";sort=up",
    ] {
        let refused = software.get(&format!("/access/apply{wrong}")).await;
        refused.is_refusal(400, MALFORMED);
        assert_eq!(refused.text("PackageApplyCount"), "0", "{wrong}");
    }
    let nothing = "該当する申請情報が存在しません。指定した取得対象期間を確認してください。";
    for none in [";id=202611210930000001", ";date=20200101-20200131"] {
        let refused = software.get(&format!("/access/apply{none}")).await;
        refused.is_refusal(400, nothing);
    }
    let wide = software.get("/access/apply;date=20200101-20200201").await;
    assert_eq!(wide.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn an_application_is_given_back_and_another_is_corrected() {
    let platform = Platform::start_with_egov(Engine::Sqlite, "");
    let software = Software::logged_in(&platform, 0).await;
    let listed = software.apply(&[software.folder(1, 1, &NEW)]).await;
    let target = listed.text("ArriveID");
    let data = follow_up(&target, &software.withdrawal(&target));
    let receipt = software
        .tell(Method::POST, "/access/withdrawal", &data)
        .await;
    assert_eq!(receipt.status, StatusCode::ACCEPTED, "{}", receipt.body);
    assert_eq!(receipt.text("ApplyType"), "取下げ");
    assert_ne!(receipt.text("NewArriveID"), target);
    let path = format!("/access/reference/{target}");
    let reference = software.get(&path).await;
    assert_eq!(reference.text("Status"), "到達（取下げ処理中）");
    let second = software
        .tell(Method::POST, "/access/withdrawal", &data)
        .await;
    second.is_refusal(400, "指定された申請は取下げできません。");

    let listed = software.apply(&[software.folder(2, 1, &NEW)]).await;
    let target = listed.text("ArriveID");
    let path = format!("/access/reference/{target}");
    let asked = software
        .until(&path, |answer| answer.text("ReintroductionFlag") == "1")
        .await;
    assert_eq!(asked.text("Status"), "審査中（補正待ち）");
    let notices = software.get(&format!("/access/amend/{target}")).await;
    assert_eq!(notices.text("CorrectType"), "0");
    let comments = software.get(&format!("/access/notice/{target}")).await;
    assert_eq!(comments.text("Reading"), "未読");
    let about = About {
        kind: "再提出",
        first: &target,
        encoded: true,
    };
    let data = follow_up(&target, &software.folder(2, 1, &about));
    let receipt = software
        .tell(Method::POST, "/access/amendapply", &data)
        .await;
    assert_eq!(receipt.status, StatusCode::ACCEPTED, "{}", receipt.body);
    assert_eq!(receipt.text("ApplyType"), "補正");
    assert_eq!(software.get(&path).await.text("Status"), "審査終了");
    let new = format!("/access/reference/{}", receipt.text("NewArriveID"));
    assert_eq!(
        software.get(&new).await.text("ArriveID"),
        receipt.text("NewArriveID")
    );
    let again = software
        .tell(Method::POST, "/access/amendapply", &data)
        .await;
    again.is_refusal(400, "指定された申請は補正申請できません。");
}

#[tokio::test]
async fn a_document_is_fetched_verified_and_marked() {
    let platform = Platform::start_with_egov(Engine::Sqlite, "");
    let software = Software::logged_in(&platform, 0).await;
    let listed = software.apply(&[software.folder(4, 1, &NEW)]).await;
    let id = listed.text("ArriveID");
    let path = format!("/access/reference/{id}");
    software
        .until(&path, |answer| answer.text("Status") == "手続終了")
        .await;
    let fetched = software
        .get(&format!("/access/officialdocument/{id}/1"))
        .await;
    assert_eq!(fetched.status, StatusCode::OK, "{}", fetched.body);
    let data = fetched.text("FileData");
    let asked = format!(
        "<ArriveID>{id}</ArriveID><Upload><FileName>d.zip</FileName><FileData>{data}</FileData>\
         <SigVerificationXMLFileName>koubunsho.xml</SigVerificationXMLFileName></Upload>"
    );
    let verify = "/access/officialdocument/verify";
    let verified = software.tell(Method::POST, verify, &asked).await;
    assert_eq!(verified.status, StatusCode::OK, "{}", verified.body);
    assert_eq!(verified.text("ErrorCount"), "0", "{}", verified.body);
    assert_eq!(verified.text("ValidationResult"), "正常です。");
    assert_eq!(
        verified.text("Owner"),
        "日本国政府（架空）,デグレ省,官職証明書（デモ）"
    );
    assert_eq!(
        verified.text("Publisher"),
        "日本国政府（架空）,デモ官職認証局"
    );
    for (path, kind) in [("comment", "1"), ("officialdocument", "1")] {
        let data = format!("<ArriveID>{id}</ArriveID><NoticeSubID>{kind}</NoticeSubID>");
        let done = software
            .tell(Method::PUT, &format!("/access/{path}"), &data)
            .await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.body);
        assert_eq!(done.text("DownloadDate").len(), 14);
    }
    let unknown = software.get(&format!("/access/comment/{id}/9")).await;
    unknown.is_refusal(
        400,
        "該当する申請情報が存在しません。指定した通知通番を確認してください。",
    );
}

#[tokio::test]
async fn a_fault_of_ours_is_told_in_the_recorded_words() {
    if !Engine::all().contains(&Engine::Postgres) {
        return;
    }
    let platform = Platform::start_with_egov(Engine::Postgres, "");
    let software = Software::logged_in(&platform, 0).await;
    platform.take_database_away();
    let answer = software.get("/access/bank").await;
    platform.bring_database_back();
    answer.is_refusal(
        500,
        "システムでエラーが発生したため処理が中断されました。電子政府利用支援センターまでご連絡ください。",
    );
    assert!(platform.log().contains(answer.header("x-incident")));
}
