//! Every transition of an application, of its fees and of its notices, and every refusal.

use renkei_core::commit as core;
use renkei_core::id::PaymentId;
use renkei_egov::commit::Change;
use renkei_egov::desk::{Done, Wish};
use renkei_egov::life::{FeeKey, FeeState, Refusal};
use renkei_egov::number::ArriveId;
use renkei_egov::operation::Operation;
use renkei_egov::wire::{Reply, Trouble};
use renkei_egov::words;

use crate::people::now;
use crate::world::{World, caller, days, later, value};

fn correction() -> Wish {
    Wish::AskCorrection {
        text: "住所を直してください。".to_owned(),
        due: days(7),
    }
}

fn charge() -> Wish {
    Wish::ChargeFee {
        yen: 10_000,
        due: days(7),
    }
}

fn comment() -> Wish {
    Wish::Comment {
        title: String::new(),
        text: "こんにちは。".to_owned(),
    }
}

fn document() -> Wish {
    Wish::IssueDocument {
        title: "通知書".to_owned(),
        text: "許可します。".to_owned(),
        signed: false,
    }
}

const CLOSE: Wish = Wish::Close { correctable: false };

async fn reference(world: &World, id: &ArriveId) -> Reply {
    let interface = world.interface();
    interface.reference(&caller(), id.as_str()).await.unwrap()
}

async fn fee(world: &World, id: &ArriveId) -> FeeKey {
    world.wishes(id, &[charge()]).await;
    world.dossier(id).await.fees[0].key().clone()
}

async fn reserve(world: &World, key: &FeeKey) -> PaymentId {
    let payment = PaymentId::new(now(), &world.random);
    let fee = world.store.0.lock().unwrap().fees[key].clone();
    let reserved = core::Change::FeeReserved {
        fee: key.clone(),
        confirm_number: fee.confirm_number,
        total_fee_yen: fee.total_fee_yen,
        today: now().japan_date(),
        payment,
    };
    world.store.put(vec![Change::Core(reserved)]).await;
    payment
}

/// Each act of the desk, in each stage: where it is possible, and where it is not.
#[tokio::test]
async fn an_act_of_the_desk_fits_its_stages_only() {
    let start = Wish::StartExamination;
    let finish = Wish::FinishExamination;
    let ways: [(&str, Vec<Wish>); 6] = [
        ("到達", vec![]),
        ("審査中", vec![start.clone()]),
        ("審査中（補正待ち）", vec![start.clone(), correction()]),
        ("審査終了", vec![start.clone(), finish.clone()]),
        ("手続終了", vec![start.clone(), CLOSE]),
        ("取下げ", vec![]),
    ];
    let acts: [(Wish, &[&str]); 9] = [
        (start, &["到達"]),
        (correction(), &["審査中"]),
        (Wish::TakeBackCorrection, &["審査中（補正待ち）"]),
        (comment(), &["審査中", "審査中（補正待ち）", "審査終了"]),
        (document(), &["審査中", "審査終了"]),
        (
            charge(),
            &["到達", "審査中", "審査中（補正待ち）", "審査終了"],
        ),
        (finish, &["審査中"]),
        (CLOSE, &["審査中", "審査終了"]),
        (Wish::AcceptWithdrawal, &[]),
    ];
    for (stage, way) in &ways {
        for (act, fitting) in &acts {
            let world = World::new();
            let id = world.arrived().await;
            world.wishes(&id, way).await;
            if *stage == "取下げ" {
                world.follow_up(Operation::Withdrawal, &id).await;
                world.wishes(&id, &[Wish::AcceptWithdrawal]).await;
            }
            assert_eq!(world.status(&id).await, *stage);
            let before = world.dossier(&id).await;
            let done = world.wish(&id, act.clone()).await;
            if fitting.contains(stage) {
                assert_eq!(done, Done::Done, "{act:?} in {stage}");
            } else {
                assert!(
                    matches!(done, Done::Refused(_)),
                    "{act:?} in {stage}: {done:?}"
                );
                assert_eq!(world.dossier(&id).await, before, "{act:?} in {stage}");
            }
        }
    }
}

#[tokio::test]
async fn a_history_has_the_recorded_lines() {
    let world = World::new();
    let id = world.arrived().await;
    world
        .wishes(&id, &[Wish::StartExamination, correction()])
        .await;
    let dossier = world.dossier(&id).await;
    let lines: Vec<_> = dossier
        .history
        .iter()
        .map(|line| {
            let process = line.process;
            (
                process.side().text,
                process.word().text,
                line.status.as_str(),
            )
        })
        .collect();
    assert_eq!(
        lines,
        [
            ("送信", "新規申請", "到達"),
            ("受信", "審査開始通知", "審査中"),
            ("受信", "補正指示通知", "審査中（補正待ち）"),
        ]
    );
}

#[tokio::test]
async fn asking_for_a_correction_sends_a_notice_and_a_comment_at_once() {
    let world = World::new();
    let id = world.arrived().await;
    world
        .wishes(&id, &[Wish::StartExamination, correction()])
        .await;
    let told = reference(&world, &id).await;
    assert_eq!(
        value(&told, "AmendMessage"),
        words::AMEND_MESSAGE.counting(1)
    );
    assert_eq!(
        value(&told, "CommentMessage"),
        words::COMMENT_MESSAGE.counting(1)
    );
    assert_eq!(value(&told, "ReintroductionFlag"), "1");
    assert_eq!(value(&told, "WithdrawFlag"), "0");
    let interface = world.interface();
    let amend = interface
        .amend_notices(&caller(), id.as_str())
        .await
        .unwrap();
    assert_eq!(value(&amend, "DocTitle"), "任意部分補正");
    assert_eq!(value(&amend, "FileName"), "hoseitsuuchi.xml");
}

#[tokio::test]
async fn a_correction_is_a_new_application_and_ends_the_old_one() {
    let world = World::new();
    let id = world.arrived().await;
    assert_eq!(
        world.follow_up(Operation::AmendApply, &id).await.status,
        400
    );
    world
        .wishes(&id, &[Wish::StartExamination, correction()])
        .await;
    let receipt = world.follow_up(Operation::AmendApply, &id).await;
    assert_eq!(receipt.status, 202, "{}", receipt.body);
    assert_eq!(value(&receipt, "ApplyType"), "補正");
    let new = ArriveId::parse(&value(&receipt, "NewArriveID")).unwrap();
    assert_ne!(new, id);
    assert_eq!(world.status(&new).await, "到達");
    assert_eq!(world.status(&id).await, "審査終了");
    let old = world.dossier(&id).await;
    assert!(!old.application.correctable && old.open_correction().is_none());
    assert!(old.notices[0].completed_at.is_some());
    let again = world.follow_up(Operation::AmendApply, &id).await;
    assert_eq!(value(&again, "Message"), words::NOT_CORRECTABLE.text);
    world.wishes(&new, &[Wish::StartExamination]).await;
}

#[tokio::test]
async fn a_closed_application_can_be_given_back_for_correction_and_stays_closed() {
    let world = World::new();
    let id = world.arrived().await;
    let give_back = Wish::Close { correctable: true };
    world
        .wishes(&id, &[Wish::StartExamination, give_back])
        .await;
    assert_eq!(
        value(&reference(&world, &id).await, "ReintroductionFlag"),
        "1"
    );
    let receipt = world.follow_up(Operation::AmendApply, &id).await;
    assert_eq!(receipt.status, 202);
    assert_eq!(world.status(&id).await, "手続終了");
    assert!(!world.dossier(&id).await.application.correctable);
}

#[tokio::test]
async fn a_correction_lapses_after_its_last_day_and_can_be_taken_back() {
    let world = World::new();
    let id = world.arrived().await;
    world
        .wishes(&id, &[Wish::StartExamination, correction()])
        .await;
    assert_eq!(world.worker().lapse(later(7), 10).await.unwrap(), 0);
    assert_eq!(world.worker().lapse(later(8), 10).await.unwrap(), 1);
    assert_eq!(world.status(&id).await, "審査中");
    assert_eq!(
        world.follow_up(Operation::AmendApply, &id).await.status,
        400
    );
    world
        .wishes(&id, &[correction(), Wish::TakeBackCorrection])
        .await;
    assert_eq!(
        world
            .dossier(&id)
            .await
            .history
            .last()
            .unwrap()
            .process
            .word()
            .text,
        "補正取消通知"
    );
    let in_the_past = Wish::AskCorrection {
        text: String::new(),
        due: days(-1),
    };
    let done = world.wish(&id, in_the_past).await;
    assert_eq!(done, Done::Refused(Refusal::DueInThePast));
}

#[tokio::test]
async fn a_withdrawal_is_accepted_or_rejected_and_freezes_the_rest() {
    for accept in [true, false] {
        let world = World::new();
        let id = world.arrived().await;
        world.wishes(&id, &[charge()]).await;
        assert_eq!(value(&reference(&world, &id).await, "WithdrawFlag"), "1");
        assert_eq!(value(&reference(&world, &id).await, "WithdrawType"), "2");
        let since = world.dossier(&id).await.application.stage_at;
        let receipt = world.follow_up(Operation::Withdrawal, &id).await;
        assert_eq!(receipt.status, 202, "{}", receipt.body);
        let request = ArriveId::parse(&value(&receipt, "NewArriveID")).unwrap();
        assert_eq!(world.status(&id).await, "到達（取下げ処理中）");
        assert_eq!(world.dossier(&id).await.application.stage_at, since);
        let second = world.follow_up(Operation::Withdrawal, &id).await;
        assert_eq!(value(&second, "Message"), words::NOT_WITHDRAWABLE.text);
        let frozen = world.wish(&id, Wish::StartExamination).await;
        assert_eq!(frozen, Done::Refused(Refusal::WithdrawalUnanswered));
        let at_request = world.wish(&request, Wish::StartExamination).await;
        assert_eq!(at_request, Done::Refused(Refusal::IsWithdrawal));
        let answer = if accept {
            Wish::AcceptWithdrawal
        } else {
            Wish::RejectWithdrawal
        };
        world.wishes(&id, &[answer]).await;
        assert_eq!(world.status(&request).await, "手続終了");
        let dossier = world.dossier(&id).await;
        let status = dossier.application.status().text;
        let state = dossier.fees[0].owed.state;
        if accept {
            assert_eq!((status, state), ("取下げ", FeeState::Cancelled));
        } else {
            assert_eq!((status, state), ("到達", FeeState::Waiting));
        }
    }
}

#[tokio::test]
async fn a_reserved_fee_reads_as_waiting_and_can_neither_lapse_nor_be_cancelled() {
    let world = World::new();
    let id = world.arrived().await;
    let key = fee(&world, &id).await;
    let interface = world.interface();
    let told = interface
        .payments(&caller(), id.as_str(), now())
        .await
        .unwrap();
    assert_eq!(value(&told, "PayFlag"), "1");
    let payment = reserve(&world, &key).await;
    let told = interface
        .payments(&caller(), id.as_str(), now())
        .await
        .unwrap();
    assert_eq!(value(&told, "PayStatus"), "納付待ち");
    assert_eq!(value(&told, "PayFlag"), "0");
    assert_eq!(world.worker().lapse(later(30), 10).await.unwrap(), 0);
    let cancelled = world.wish(&id, Wish::CancelFee(key.clone())).await;
    assert_eq!(cancelled, Done::Refused(Refusal::FeeBeingPaid));
    world.follow_up(Operation::Withdrawal, &id).await;
    let accepted = world.wish(&id, Wish::AcceptWithdrawal).await;
    assert_eq!(accepted, Done::Refused(Refusal::FeeBeingPaid));
    let settled = core::Change::FeeSettled {
        fee: key,
        payment,
        at: now(),
    };
    world.store.put(vec![Change::Core(settled)]).await;
    let told = interface
        .payments(&caller(), id.as_str(), now())
        .await
        .unwrap();
    assert_eq!(value(&told, "PayStatus"), "納付済み");
    assert_eq!(value(&told, "PayDate").len(), 14);
    assert_eq!(value(&reference(&world, &id).await, "PayMessage"), "");
}

#[tokio::test]
async fn a_fee_lapses_after_its_last_day_or_is_cancelled() {
    let world = World::new();
    let id = world.arrived().await;
    let key = fee(&world, &id).await;
    let told = reference(&world, &id).await;
    assert_eq!(value(&told, "PayMessage"), words::PAY_MESSAGE.counting(1));
    assert_eq!(world.worker().lapse(later(7), 10).await.unwrap(), 0);
    assert_eq!(world.worker().lapse(later(8), 10).await.unwrap(), 1);
    assert_eq!(world.dossier(&id).await.fees[0].word().text, "納付期限切れ");
    assert_eq!(world.status(&id).await, "到達");
    let done = world.wish(&id, Wish::CancelFee(key)).await;
    assert_eq!(done, Done::Refused(Refusal::FeeNotOpen));
    world.wishes(&id, &[charge()]).await;
    let second = world.dossier(&id).await.fees[1].key().clone();
    world.wishes(&id, &[Wish::CancelFee(second)]).await;
    for yen in [0, -1, 100_000_000_000] {
        let due = days(1);
        let done = world.wish(&id, Wish::ChargeFee { yen, due }).await;
        assert_eq!(done, Done::Refused(Refusal::AmountOutOfRange));
    }
}

#[tokio::test]
async fn what_is_fetched_is_marked_by_its_own_operation_only_and_again() {
    let world = World::new();
    let id = world.arrived().await;
    world
        .wishes(&id, &[Wish::StartExamination, comment(), document()])
        .await;
    let (interface, me) = (world.interface(), caller());
    for operation in [Operation::Comment, Operation::Document] {
        let reply = interface.download(&me, operation, id.as_str(), "1");
        assert_eq!(reply.await.unwrap().status, 200);
    }
    let unread = interface.notices(&caller(), id.as_str()).await.unwrap();
    assert_eq!(value(&unread, "Reading"), "未読");
    let body = format!(
        "<DataRoot><ApplData Id=\"ApplData\"><ArriveID>{id}</ArriveID>\
         <NoticeSubID>1</NoticeSubID></ApplData></DataRoot>"
    );
    for operation in [
        Operation::CommentDone,
        Operation::CommentDone,
        Operation::DocumentDone,
    ] {
        let reply = interface.done(&me, operation, body.as_bytes(), now());
        assert_eq!(reply.await.unwrap().status, 200);
    }
    let read = interface.notices(&caller(), id.as_str()).await.unwrap();
    assert_eq!(value(&read, "Reading"), "既読");
    assert_eq!(value(&reference(&world, &id).await, "DocumentMessage"), "");
    let wrong = body.replace("<NoticeSubID>1", "<NoticeSubID>2");
    let reply = interface.done(&me, Operation::CommentDone, wrong.as_bytes(), now());
    assert_eq!(
        value(&reply.await.unwrap(), "Message"),
        words::UNKNOWN_NOTICE.text
    );
}

#[tokio::test]
async fn a_foreign_application_is_an_unknown_one() {
    let world = World::new();
    let id = world.arrived().await;
    let mut stranger = caller();
    stranger.user = Some(renkei_egov::number::UserId::parse("OTHER").unwrap());
    let interface = world.interface();
    let foreign = interface.reference(&stranger, id.as_str()).await.unwrap();
    let nowhere = ArriveId::parse("9002026999999999").unwrap();
    let unknown = interface
        .reference(&stranger, nowhere.as_str())
        .await
        .unwrap();
    assert_eq!(
        foreign.body,
        unknown.body.replace(nowhere.as_str(), id.as_str())
    );
    assert_eq!(
        foreign.status,
        Trouble::business(words::UNKNOWN_ARRIVE_ID).status
    );
}
