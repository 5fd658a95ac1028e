//! Roles, ministries, four eyes, and scripts.

use std::collections::BTreeSet;

use renkei_egov::base64;
use renkei_egov::desk::{Done, Seen, Wish};
use renkei_egov::number::{MinistryId, ProcedureId};
use renkei_egov::operation::Operation;
use renkei_egov::port::Accepted;
use renkei_egov::procedure::{ProcedureTrouble, Procedures, WithdrawalKind};
use renkei_egov::script::{PlainAct, ScheduledAct, Script, ScriptedAct, Trigger};
use renkei_egov::staff::Role;

use crate::people::now;
use crate::world::{PROCEDURE, World, caller, days, member, procedure, submission, value};

fn charge() -> Wish {
    Wish::ChargeFee {
        yen: 500,
        due: days(3),
    }
}

#[tokio::test]
async fn staff_do_what_their_roles_permit_at_their_ministry() {
    let world = World::new();
    let id = world.arrived().await;
    let desk = world.desk();
    let administrator = member("admin", &[Role::Administrator]);
    let done = desk.act(
        &administrator,
        Seen::any(&id),
        Wish::StartExamination,
        now(),
    );
    assert_eq!(done.await.unwrap(), Done::NotAllowed);
    let examiner = member("taro", &[Role::Examiner]);
    let done = desk.act(&examiner, Seen::any(&id), Wish::AcceptWithdrawal, now());
    assert_eq!(done.await.unwrap(), Done::NotAllowed);
    let mut elsewhere = examiner.clone();
    elsewhere.ministries = BTreeSet::from([MinistryId::parse("100901").unwrap()]);
    let done = desk.act(&elsewhere, Seen::any(&id), Wish::StartExamination, now());
    assert_eq!(done.await.unwrap(), Done::Unknown);
    let done = desk.act(&examiner, Seen::any(&id), Wish::StartExamination, now());
    assert_eq!(done.await.unwrap(), Done::Done);
    let told = world.store.0.lock().unwrap().events.last().unwrap().clone();
    assert_eq!(told.name, "egov.desk.start_examination");
    assert_eq!(told.detail["actor"]["staff"], "taro");
}

#[tokio::test]
async fn what_has_changed_since_it_was_looked_at_is_not_acted_upon() {
    let world = World::new();
    let id = world.arrived().await;
    let desk = world.desk();
    let examiner = member("taro", &[Role::Examiner]);
    let version = Some(world.dossier(&id).await.application.version);
    let seen = Seen { id: &id, version };
    let start = desk.act(&examiner, seen, Wish::StartExamination, now());
    assert_eq!(start.await.unwrap(), Done::Done);
    let late = desk.act(&examiner, seen, charge(), now());
    assert_eq!(late.await.unwrap(), Done::Overtaken);
    assert!(world.dossier(&id).await.fees.is_empty());
}

#[tokio::test]
async fn with_four_eyes_a_fee_needs_somebody_else_who_approves() {
    let mut world = World::new();
    world.four_eyes = true;
    let id = world.arrived().await;
    let desk = world.desk();
    let examiner = member("taro", &[Role::Examiner, Role::Approver]);
    let second = member("jiro", &[Role::Approver]);
    let proposed = desk
        .act(&examiner, Seen::any(&id), charge(), now())
        .await
        .unwrap();
    let Done::Proposed(proposal) = proposed else {
        panic!("{proposed:?}");
    };
    assert!(world.dossier(&id).await.fees.is_empty());
    let own = desk.decide_proposal(&examiner, &proposal, true, now());
    assert_eq!(own.await.unwrap(), Done::NotAllowed);
    let decided = desk.decide_proposal(&second, &proposal, true, now());
    assert_eq!(decided.await.unwrap(), Done::Done);
    assert_eq!(world.dossier(&id).await.fees.len(), 1);
    let again = desk.decide_proposal(&second, &proposal, true, now());
    assert_eq!(again.await.unwrap(), Done::Overtaken);
    assert_eq!(world.dossier(&id).await.fees.len(), 1);
}

#[tokio::test]
async fn a_proposal_can_be_refused() {
    let mut world = World::new();
    world.four_eyes = true;
    let id = world.arrived().await;
    let desk = world.desk();
    let examiner = member("taro", &[Role::Examiner]);
    let second = member("jiro", &[Role::Approver]);
    let proposed = desk
        .act(&examiner, Seen::any(&id), charge(), now())
        .await
        .unwrap();
    let Done::Proposed(proposal) = proposed else {
        panic!("{proposed:?}");
    };
    let decided = desk.decide_proposal(&second, &proposal, false, now());
    assert_eq!(decided.await.unwrap(), Done::Done);
    assert!(world.dossier(&id).await.fees.is_empty());
}

fn script(after: Trigger, acts: Vec<PlainAct>) -> Script {
    let timed = |act| ScriptedAct {
        after_seconds: 0,
        act,
    };
    Script {
        after,
        folder: None,
        acts: acts.into_iter().map(timed).collect(),
    }
}

#[tokio::test]
async fn a_package_is_acknowledged_checked_and_goes_its_scripted_way() {
    let acts = vec![
        PlainAct::StartExamination {},
        PlainAct::ChargeFee { yen: 700, days: 3 },
        PlainAct::PayFees {
            tenant: "hidashin".to_owned(),
        },
        PlainAct::AcceptWithdrawal {},
        PlainAct::Comment {
            text: "確認しました。".to_owned(),
            title: None,
        },
        PlainAct::Close { correctable: true },
    ];
    let world = World::with(vec![procedure(vec![script(Trigger::Arrival, acts)])]);
    let interface = world.interface();
    let archive = base64::encode(b"archive");
    let body = format!(
        "<DataRoot><ApplData Id=\"ApplData\"><Upload><FileName>a.zip</FileName>\
         <FileData>{archive}</FileData></Upload></ApplData></DataRoot>"
    );
    let reply = interface
        .apply(&caller(), body.as_bytes(), now())
        .await
        .unwrap();
    assert_eq!(reply.status, 202, "{}", reply.body);
    let number = value(&reply, "SendNumber");
    let by_number = format!(";id={number}");
    let waiting = interface.packages(&caller(), &by_number).await.unwrap();
    assert_eq!(value(&waiting, "WorkStatus"), "処理待ち");
    world.will_find(vec![Accepted {
        procedure: ProcedureId::parse(PROCEDURE).unwrap(),
        first_receipt: String::new(),
        withdrawal: WithdrawalKind::None,
        submission: submission(),
    }]);
    let worker = world.worker();
    assert_eq!(worker.check_packages(now(), 10).await.unwrap(), 1);
    assert_eq!(worker.check_packages(now(), 10).await.unwrap(), 0);
    let arrived = interface.packages(&caller(), &by_number).await.unwrap();
    assert_eq!(value(&arrived, "WorkStatus"), "");
    assert_eq!(value(&arrived, "NormalCount"), "1");
    for _ in 0..6 {
        assert_eq!(worker.scripts(&world.desk(), now(), 10).await.unwrap(), 1);
    }
    assert_eq!(worker.scripts(&world.desk(), now(), 10).await.unwrap(), 0);
    let listed = interface.applications(&caller(), &number).await.unwrap();
    assert_eq!(value(&listed, "Status"), "手続終了");
    assert_eq!(value(&listed, "PayStatus"), "納付済み");
    assert_eq!(value(&listed, "CommentCount"), "1");
    let state = world.store.0.lock().unwrap();
    let refused = state
        .events
        .iter()
        .filter(|event| event.name == "egov.script.refused");
    assert_eq!(refused.count(), 1, "the withdrawal that nobody asked for");
}

#[tokio::test]
async fn the_script_of_a_withdrawal_answers_it() {
    let acts = vec![PlainAct::RejectWithdrawal {}];
    let world = World::with(vec![procedure(vec![script(Trigger::Withdrawal, acts)])]);
    let id = world.arrived().await;
    assert_eq!(
        world.follow_up(Operation::Withdrawal, &id).await.status,
        202
    );
    world
        .worker()
        .scripts(&world.desk(), now(), 10)
        .await
        .unwrap();
    assert_eq!(world.status(&id).await, "到達");
}

#[tokio::test]
async fn an_act_that_breaks_does_not_keep_the_others_from_being_done() {
    let world = World::new();
    let nowhere = PlainAct::PayFees {
        tenant: "no bank".to_owned(),
    };
    let (broken, sound) = (world.arrived().await, world.arrived().await);
    assert!(broken < sound, "the broken one comes first");
    for (id, act) in [(&broken, nowhere), (&sound, PlainAct::StartExamination {})] {
        let due_at = now();
        let place = 1;
        let act = ScheduledAct { place, due_at, act };
        let mut state = world.store.0.lock().unwrap();
        state.scripts.insert((id.clone(), place), (act, false));
    }
    let done = world.worker().scripts(&world.desk(), now(), 10).await;
    assert!(done.unwrap_err().to_string().contains("pays at no bank"));
    assert_eq!(world.status(&broken).await, "到達");
    assert_eq!(world.status(&sound).await, "審査中");
}

#[tokio::test]
async fn a_period_has_its_bounds() {
    let world = World::new();
    let interface = world.interface();
    for (parameters, message) in [
        (";date=20260901-20261002", "31日以内"),
        (";date=20260901-20261001", "該当する申請情報"),
        (";date=20260930-20260901", "形式に誤り"),
        (";id=1", "形式に誤り"),
        (";id=202609010000000001", "該当する申請情報"),
    ] {
        let reply = interface.packages(&caller(), parameters).await.unwrap();
        assert_eq!(reply.status, 400);
        let told = value(&reply, "Message");
        assert!(told.contains(message), "{parameters}: {told}");
        assert_eq!(value(&reply, "PackageApplyCount"), "0");
    }
}

#[test]
fn scripts_and_contradictions_are_refused_outside_a_sandbox() {
    let scripted = procedure(vec![script(Trigger::Arrival, Vec::new())]);
    let id = scripted.id.clone();
    assert_eq!(
        Procedures::new([scripted.clone()], false).unwrap_err(),
        [ProcedureTrouble::ScriptOutsideSandbox(id.clone())]
    );
    let mut other = scripted.clone();
    other.ministry.name = "別の省".to_owned();
    other.forms.clear();
    let ministry = other.ministry.id.clone();
    assert_eq!(
        Procedures::new([scripted, other], true).unwrap_err(),
        [
            ProcedureTrouble::NoForm(id.clone()),
            ProcedureTrouble::MinistryNames(ministry),
            ProcedureTrouble::Doubled(id),
        ]
    );
}
