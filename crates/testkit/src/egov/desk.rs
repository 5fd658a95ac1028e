//! Applications with their notices and fees, and the people and clocks that work on them.

use std::collections::BTreeSet;

use futures_util::future::join_all;
use renkei_core::commit as domain;
use renkei_core::id::PaymentId;
use renkei_core::payment::{FeeKey, FeeState};
use renkei_core::port as core;
use renkei_core::port::fixed::SeededRandom;
use renkei_egov::commit::{Arrival, Change, Commit};
use renkei_egov::desk::{Proposal, Wish};
use renkei_egov::life::{AmendEnd, Dossier, Fee, NoticeKind, Origin, Stage};
use renkei_egov::number::ArriveId;
use renkei_egov::port::{DeskQuery, Store, Whose};
use renkei_egov::script::{PlainAct, ScheduledAct};
use renkei_egov::staff::Session;

use super::{after, arrive, commit, loses, sample, write};
use crate::sample::START;

pub(super) async fn suite(store: &dyn Store, domain: &dyn core::Store) {
    an_application_moves_by_its_version_only(store).await;
    what_is_somebody_elses_is_not_found(store).await;
    notices_are_issued_ended_and_completed(store).await;
    a_withdrawal_is_found_until_it_is_answered(store).await;
    a_fee_is_paid_or_taken_back_and_never_both(store, domain).await;
    what_is_overdue_is_found(store).await;
    scripts_act_in_order(store).await;
    a_desk_lists_its_own(store).await;
    a_proposal_is_decided_once(store).await;
    staff_come_and_go(store, domain).await;
}

async fn dossier(store: &dyn Store, id: &ArriveId) -> Dossier {
    let found = store.find_dossier(Whose::Platform, id).await.unwrap();
    found.unwrap()
}

async fn an_application_moves_by_its_version_only(store: &dyn Store) {
    let arrived = arrive(store, sample::arrival(&sample::user(20))).await;
    let mut moved = sample::moved(&arrived.application, Stage::Examining);
    moved.exam_started_at = Some(after(1));
    let act = || {
        commit(vec![
            Change::ApplicationMoved(Box::new(moved.clone())),
            Change::HistoryAdded {
                arrive_id: moved.arrive_id.clone(),
                line: sample::line(2, None),
            },
        ])
    };
    let outcomes = join_all((0..8).map(|_| store.commit(act()))).await;
    assert_eq!(outcomes.iter().filter(|one| one.is_ok()).count(), 1);
    let found = dossier(store, &moved.arrive_id).await;
    assert_eq!(found.application, moved);
    let numbers: Vec<_> = found.history.iter().map(|line| line.number).collect();
    assert_eq!(numbers, [1, 2]);
    let taken = Change::HistoryAdded {
        arrive_id: moved.arrive_id.clone(),
        line: sample::line(2, None),
    };
    loses(store, taken).await;
}

async fn what_is_somebody_elses_is_not_found(store: &dyn Store) {
    let (mine, stranger) = (sample::user(21), sample::user(22));
    let arrived = arrive(store, sample::arrival(&mine)).await;
    let id = &arrived.application.arrive_id;
    let issued = Change::NoticeIssued {
        arrive_id: id.clone(),
        notice: Box::new(sample::notice(NoticeKind::Official, 1, None)),
        archive: "notice".to_owned(),
    };
    write(store, vec![issued]).await;
    let (own, other): (BTreeSet<_>, BTreeSet<_>) =
        ([sample::ministry(0)].into(), [sample::ministry(1)].into());
    for (whose, found) in [
        (Whose::Platform, true),
        (Whose::Ministries(&own), true),
        (Whose::Ministries(&other), false),
        (Whose::User(&mine), true),
        (Whose::User(&stranger), false),
    ] {
        let dossier = store.find_dossier(whose, id).await.unwrap();
        assert_eq!(dossier.is_some(), found, "{whose:?}");
        let archive = store.find_application_archive(whose, id).await.unwrap();
        assert_eq!(
            archive.as_deref(),
            found.then_some("application of user-21")
        );
        let kind = NoticeKind::Official;
        let notice = store.find_notice_archive(whose, id, kind, 1).await.unwrap();
        assert_eq!(notice.as_deref(), found.then_some("notice"));
    }
    let unknown = ArriveId::parse("9000000000000000").unwrap();
    let found = store.find_dossier(Whose::Platform, &unknown).await.unwrap();
    assert_eq!(found, None);
}

async fn notices_are_issued_ended_and_completed(store: &dyn Store) {
    let arrived = arrive(store, sample::arrival(&sample::user(23))).await;
    let arrive_id = arrived.application.arrive_id;
    let due = Some(START.japan_date());
    let comment = sample::notice(NoticeKind::Comment, 1, None);
    let amend = sample::notice(NoticeKind::Amend, 1, due);
    let issued = |notice: &_| Change::NoticeIssued {
        arrive_id: arrive_id.clone(),
        notice: Box::new(Clone::clone(notice)),
        archive: "notice".to_owned(),
    };
    write(store, vec![issued(&comment), issued(&amend)]).await;
    loses(store, issued(&comment)).await;
    let found = dossier(store, &arrive_id).await;
    assert_eq!(found.notices, [amend, comment]);
    assert!(found.open_correction().is_some());
    let ended = || Change::NoticeEnded {
        arrive_id: arrive_id.clone(),
        number: 1,
        end: AmendEnd::Answered,
        completed_at: Some(after(5)),
    };
    write(store, vec![ended()]).await;
    loses(store, ended()).await;
    for second in [6, 7] {
        let completed = Change::NoticeCompleted {
            arrive_id: arrive_id.clone(),
            kind: NoticeKind::Comment,
            number: 1,
            at: after(second),
        };
        write(store, vec![completed]).await;
    }
    let found = dossier(store, &arrive_id).await;
    let ends: Vec<_> = found
        .notices
        .iter()
        .map(|notice| (notice.end, notice.completed_at))
        .collect();
    let answered = (Some(AmendEnd::Answered), Some(after(5)));
    assert_eq!(ends, [answered, (None, Some(after(7)))]);
}

async fn a_withdrawal_is_found_until_it_is_answered(store: &dyn Store) {
    let user = sample::user(24);
    let target = arrive(store, sample::arrival(&user)).await;
    let target = target.application.arrive_id;
    for origin in [
        Origin::Correction(target.clone()),
        Origin::Withdrawal(target.clone()),
    ] {
        let arrival = sample::arrival(&user);
        arrive(store, Arrival { origin, ..arrival }).await;
    }
    let found = store.find_withdrawal_of(&target).await.unwrap().unwrap();
    assert_eq!(found.application.origin, Origin::Withdrawal(target.clone()));
    let closed = sample::moved(&found.application, Stage::Closed);
    write(store, vec![Change::ApplicationMoved(Box::new(closed))]).await;
    assert_eq!(store.find_withdrawal_of(&target).await.unwrap(), None);
}

async fn a_fee_is_paid_or_taken_back_and_never_both(store: &dyn Store, domain: &dyn core::Store) {
    let user = sample::user(25);
    let arrived = arrive(store, sample::arrival(&user)).await;
    let id = &arrived.application.arrive_id;
    let today = START.japan_date();
    let charge = |number| {
        let (owed, detail) = sample::fee(number, id, today);
        let key = owed.key.clone();
        let charged = Change::Core(domain::Change::FeeCharged(Box::new(owed)));
        (key, vec![charged, Change::FeeDescribed(detail)])
    };
    // Numbers that fall while fees are charged: the order is that of charging.
    for number in (1_000..1_016).rev() {
        let (key, changes) = charge(number);
        write(store, changes).await;
        let payment = PaymentId::new(START, &SeededRandom::new(number));
        let reserved = reserved(&key, today, payment);
        let cancelled = Change::Core(domain::Change::FeeCancelled(key.clone()));
        let (paid, back) = (
            domain.commit(domain::Commit {
                changes: vec![reserved],
                events: Vec::new(),
            }),
            store.commit(commit(vec![cancelled.clone()])),
        );
        let (paid, back) = futures_util::future::join(paid, back).await;
        assert!(paid.is_ok() != back.is_ok(), "{paid:?} {back:?}");
        let (_, fee) = fee(store, &user, id, &key).await;
        if paid.is_err() {
            assert_eq!(fee.owed.state, FeeState::Cancelled);
            continue;
        }
        assert_eq!(fee.owed.state, FeeState::Reserved(payment));
        loses(store, Change::Core(domain::Change::FeeLapsed(key.clone()))).await;
        let at = after(9);
        let settled = domain::Change::FeeSettled {
            fee: key.clone(),
            payment,
            at,
        };
        domain
            .commit(domain::Commit {
                changes: vec![settled],
                events: Vec::new(),
            })
            .await
            .unwrap();
        let (_, paid) = self::fee(store, &user, id, &key).await;
        assert_eq!(paid.owed.state, FeeState::Paid { payment, at });
        loses(store, cancelled).await;
    }
    let (key, mut changes) = charge(1_000);
    loses(store, changes.remove(0)).await;
    let found = dossier(store, id).await;
    let numbers: Vec<_> = found
        .fees
        .iter()
        .map(|fee| fee.key().pay_number.clone())
        .collect();
    assert_eq!(numbers.len(), 16);
    assert!(
        numbers.is_sorted_by(|one, next| one > next),
        "as they were charged"
    );
    let stranger = sample::user(26);
    let found = store.find_fee(&stranger, id, &key.pay_number).await;
    assert_eq!(found.unwrap(), None);
}

fn reserved(key: &FeeKey, today: time::Date, payment: PaymentId) -> domain::Change {
    domain::Change::FeeReserved {
        fee: key.clone(),
        confirm_number: "100001".to_owned(),
        total_fee_yen: 12_300,
        today,
        payment,
    }
}

async fn fee(
    store: &dyn Store,
    user: &renkei_egov::number::UserId,
    id: &ArriveId,
    key: &FeeKey,
) -> (ArriveId, Fee) {
    let found = store.find_fee(user, id, &key.pay_number).await.unwrap();
    let (application, fee) = found.unwrap();
    (application.arrive_id, fee)
}

async fn what_is_overdue_is_found(store: &dyn Store) {
    let user = sample::user(27);
    let today = START.japan_date();
    let yesterday = today.previous_day().unwrap();
    let mut expected = Vec::new();
    for (due, is_late) in [(yesterday, true), (today, false)] {
        let corrects = arrive(store, sample::arrival(&user)).await.application;
        let waits = sample::moved(&corrects, Stage::AwaitingCorrection);
        let issued = Change::NoticeIssued {
            arrive_id: corrects.arrive_id.clone(),
            notice: Box::new(sample::notice(NoticeKind::Amend, 1, Some(due))),
            archive: String::new(),
        };
        write(
            store,
            vec![Change::ApplicationMoved(Box::new(waits)), issued],
        )
        .await;
        let pays = arrive(store, sample::arrival(&user)).await.application;
        let number = if is_late { 2_000 } else { 2_001 };
        let (owed, detail) = sample::fee(number, &pays.arrive_id, due);
        let charged = Change::Core(domain::Change::FeeCharged(Box::new(owed)));
        write(store, vec![charged, Change::FeeDescribed(detail)]).await;
        expected.extend(is_late.then_some([corrects.arrive_id, pays.arrive_id]));
    }
    let expected: Vec<_> = expected.into_iter().flatten().collect();
    assert_eq!(store.overdue(today, 9).await.unwrap(), expected);
    assert_eq!(store.overdue(today, 1).await.unwrap().len(), 1);
    let [corrects, pays] = expected.as_slice() else {
        panic!("two: {expected:?}")
    };
    let ended = Change::NoticeEnded {
        arrive_id: corrects.clone(),
        number: 1,
        end: AmendEnd::Lapsed,
        completed_at: None,
    };
    let (owed, _) = sample::fee(2_000, pays, yesterday);
    write(
        store,
        vec![ended, Change::Core(domain::Change::FeeLapsed(owed.key))],
    )
    .await;
    assert_eq!(store.overdue(today, 9).await.unwrap(), []);
}

async fn scripts_act_in_order(store: &dyn Store) {
    let scheduled = |place, seconds| ScheduledAct {
        place,
        due_at: after(seconds),
        act: PlainAct::AskCorrection {
            text: "見本".to_owned(),
            days: 7,
        },
    };
    let arrival = |script| Arrival {
        script,
        ..sample::arrival(&sample::user(28))
    };
    let one = arrive(store, arrival(vec![scheduled(1, 20), scheduled(2, 10)])).await;
    let other = arrive(store, arrival(vec![scheduled(1, 15)])).await;
    let (one, other) = (one.application.arrive_id, other.application.arrive_id);
    let due = async |seconds| store.due_script_acts(after(seconds), 9).await.unwrap();
    assert_eq!(due(9).await, []);
    assert_eq!(due(10).await, [(one.clone(), scheduled(2, 10))]);
    let both = [(other, scheduled(1, 15)), (one.clone(), scheduled(1, 20))];
    assert_eq!(
        due(20).await,
        both,
        "the oldest first, the smallest place of each"
    );
    assert_eq!(store.due_script_acts(after(20), 1).await.unwrap().len(), 1);
    let done = |place, seconds| Change::ScriptActDone {
        arrive_id: one.clone(),
        place,
        at: after(seconds),
    };
    loses(store, done(1, 19)).await;
    write(store, vec![done(1, 20)]).await;
    loses(store, done(1, 20)).await;
    let later = Change::ScriptScheduled {
        arrive_id: one.clone(),
        acts: vec![scheduled(3, 5)],
    };
    write(store, vec![later]).await;
    let next = due(20).await;
    assert_eq!(next.iter().filter(|(id, _)| *id == one).count(), 1);
    assert!(next.contains(&(one.clone(), scheduled(2, 10))), "{next:?}");
}

async fn a_desk_lists_its_own(store: &dyn Store) {
    let user = sample::user(29);
    let mut ids = Vec::new();
    for digit in [2, 3, 2, 4] {
        let arrival = Arrival {
            ministry: sample::ministry(digit),
            procedure: sample::procedure(digit),
            ..sample::arrival(&user)
        };
        ids.push(arrive(store, arrival).await.application);
    }
    let mut back = sample::moved(&ids[2], Stage::Examining);
    back.withdrawing = true;
    write(store, vec![Change::ApplicationMoved(Box::new(back))]).await;
    let ministries: BTreeSet<_> = [sample::ministry(2), sample::ministry(3)].into();
    let all = || DeskQuery {
        limit: 9,
        ..DeskQuery::default()
    };
    let listed = async |wanted: DeskQuery, expected: &[usize]| {
        let found = store.desk_list(&ministries, &wanted).await.unwrap();
        let found: Vec<_> = found.iter().map(|one| &one.application.arrive_id).collect();
        let expected: Vec<_> = expected.iter().map(|at| &ids[*at].arrive_id).collect();
        assert_eq!(found, expected, "{wanted:?}");
    };
    listed(all(), &[2, 1, 0]).await;
    listed(DeskQuery { limit: 2, ..all() }, &[2, 1]).await;
    let before = Some(ids[2].arrive_id.clone());
    listed(DeskQuery { before, ..all() }, &[1, 0]).await;
    let stage = Some(Stage::Arrived);
    listed(DeskQuery { stage, ..all() }, &[1, 0]).await;
    listed(
        DeskQuery {
            withdrawing: true,
            ..all()
        },
        &[2],
    )
    .await;
    let procedure = Some(sample::procedure(3));
    listed(DeskQuery { procedure, ..all() }, &[1]).await;
    let nobody = store.desk_list(&BTreeSet::new(), &all()).await.unwrap();
    assert_eq!(nobody, [], "staff without a ministry see nothing");
}

async fn a_proposal_is_decided_once(store: &dyn Store) {
    let arrived = arrive(store, sample::arrival(&sample::user(30))).await;
    let proposer = sample::staff("proposer").login;
    let mut proposal = Proposal {
        id: "a".repeat(64),
        arrive_id: arrived.application.arrive_id,
        wish: Wish::ChargeFee {
            yen: 300,
            due: START.japan_date(),
        },
        proposed_by: proposer.clone(),
        proposed_at: START,
        decided: None,
    };
    let made = Change::ProposalMade(Box::new(proposal.clone()));
    write(store, vec![made]).await;
    let open = async || store.open_proposals(&proposal.arrive_id).await.unwrap();
    assert_eq!(open().await, std::slice::from_ref(&proposal));
    let decided = |approved| Change::ProposalDecided {
        id: proposal.id.clone(),
        by: proposer.clone(),
        at: after(1),
        approved,
    };
    write(store, vec![decided(false)]).await;
    loses(store, decided(true)).await;
    assert_eq!(open().await, []);
    proposal.decided = Some((proposer.clone(), after(1), false));
    let found = store.find_proposal(&proposal.id).await.unwrap();
    assert_eq!(found, Some(proposal));
}

async fn staff_come_and_go(store: &dyn Store, domain: &dyn core::Store) {
    let mut account = sample::staff("hanako");
    let saved = |account: &_| Change::StaffSaved(Box::new(Clone::clone(account)));
    write(store, vec![saved(&account), saved(&sample::staff("taro"))]).await;
    loses(store, saved(&account)).await;
    let invited = store.find_staff_by_enrolment("enrolment of hanako").await;
    assert_eq!(invited.unwrap(), Some(account.clone()));
    account.version = 2;
    account.enrolment = None;
    account.password = Some("hash".to_owned());
    account.totp_step = 7;
    write(store, vec![saved(&account)]).await;
    loses(store, saved(&account)).await;
    let gone = store.find_staff_by_enrolment("enrolment of hanako").await;
    assert_eq!(gone.unwrap(), None);
    let found = store.find_staff(&account.login).await.unwrap();
    assert_eq!(found, Some(account.clone()));
    let all = store.staff().await.unwrap();
    assert_eq!(all, [account.clone(), sample::staff("taro")]);

    let session = |name: &str| Session {
        digest: name.to_owned(),
        login: account.login.clone(),
        opened_at: START,
        lapses_at: after(10),
        ends_at: after(100),
    };
    let find = async |name: &str| store.find_session(name).await.unwrap();
    let opened = ["one", "two", "old"].map(|name| Change::SessionOpened(session(name)));
    write(store, opened.into()).await;
    let extended = |seconds| Change::SessionExtended {
        digest: "one".to_owned(),
        lapses_at: after(seconds),
    };
    write(store, vec![extended(30), extended(20)]).await;
    assert_eq!(find("one").await.map(|one| one.lapses_at), Some(after(30)));
    let ended = || Change::SessionEnded {
        digest: "two".to_owned(),
    };
    write(store, vec![ended(), ended()]).await;
    assert_eq!(find("two").await, None);
    let retention = core::Retention::default();
    let late = after(20).plus(retention.visits);
    domain.clean(late, &retention).await.unwrap();
    assert_eq!(find("old").await, None, "it lapsed long ago");
    assert!(find("one").await.is_some(), "it lapsed later");
    let all = Change::SessionsEnded(account.login.clone());
    let silent = Commit {
        changes: vec![all],
        events: Vec::new(),
    };
    store.commit(silent).await.unwrap();
    assert_eq!(find("one").await, None);
}
