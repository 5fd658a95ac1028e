//! What every store must do, on whatever engine.

use std::time::Duration;

use futures_util::future::join_all;
use renkei_core::attempt::{AttemptLimit, Claim, Unlock};
use renkei_core::audit::{GENESIS, digest};
use renkei_core::commit::{Change, CommitError, RefreshToken};
use renkei_core::port::fixed::SeededRandom;
use renkei_core::port::{Retention, Store, random_256};
use renkei_oauth::secret::PlainToken;

use crate::links;
use crate::sample::{self, START};

/// Runs the whole suite on a fresh store.
pub async fn suite(store: &dyn Store) {
    a_journey_moves_by_its_version_only(store).await;
    a_lost_commit_writes_nothing(store).await;
    a_code_is_redeemed_once(store).await;
    a_rotated_token_repeats_within_bounds(store).await;
    a_limit_holds_against_parallel_attempts(store).await;
    a_lock_ends_as_the_tenant_says(store).await;
    a_challenge_stays_until_it_is_answered(store).await;
    links::suite(store).await;
    a_visit_opens_goes_on_and_ends(store).await;
    mail_waits_until_it_is_due(store).await;
    what_is_outdated_is_cleaned_and_nothing_else(store).await;
    crate::payment::suite(store).await;
    the_audit_chain_is_unbroken(store).await;
}

async fn a_journey_moves_by_its_version_only(store: &dyn Store) {
    let mut journey = sample::journey(1);
    let begun = Change::JourneyBegun(Box::new(journey.clone()));
    store.commit(sample::commit(vec![begun])).await.unwrap();
    let found = store.find_journey(journey.id).await.unwrap().unwrap();
    assert_eq!(
        serde_json::to_value(&found).unwrap(),
        serde_json::to_value(&journey).unwrap()
    );
    journey.version = 2;
    let moved = || sample::commit(vec![Change::JourneySaved(Box::new(journey.clone()))]);
    let outcomes = join_all((0..16).map(|_| store.commit(moved()))).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    assert!(
        outcomes
            .iter()
            .all(|o| !matches!(o, Err(CommitError::Fault(_)))),
        "{outcomes:?}"
    );
}

async fn a_lost_commit_writes_nothing(store: &dyn Store) {
    let mut journey = sample::journey(2);
    journey.version = 7;
    let changes = vec![
        Change::MailQueued(Box::new(sample::mail(2))),
        Change::JourneySaved(Box::new(journey)),
    ];
    let head = store.audit_head().await.unwrap();
    let outcome = store.commit(sample::commit(changes)).await;
    assert!(matches!(outcome, Err(CommitError::Lost)), "{outcome:?}");
    assert!(store.due_mail(START, 10).await.unwrap().is_empty());
    assert_eq!(store.audit_head().await.unwrap(), head, "not even a record");
}

async fn a_code_is_redeemed_once(store: &dyn Store) {
    for number in 100..120 {
        let link = sample::link(number);
        let (_, code) = sample::code(number, &link);
        let changes = vec![
            Change::LinkSaved(Box::new(link.clone())),
            Change::CodeIssued(Box::new(code.clone())),
        ];
        store.commit(sample::commit(changes)).await.unwrap();
        let redeem = || {
            sample::commit(vec![
                Change::CodeRedeemed {
                    code: code.digest.clone(),
                    at: START,
                },
                Change::FamilyOpened(sample::family(&code, &link)),
            ])
        };
        let outcomes = join_all((0..32).map(|_| store.commit(redeem()))).await;
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
        let found = store.find_code(&code.digest).await.unwrap().unwrap();
        assert_eq!(
            (found.code.redeemed_at, found.family_revoked),
            (Some(START), false)
        );
        assert_eq!(found.link, link);
        let revoked = vec![Change::FamilyRevoked {
            family: code.family,
            at: START,
        }];
        store.commit(sample::commit(revoked)).await.unwrap();
        assert!(
            store
                .find_code(&code.digest)
                .await
                .unwrap()
                .unwrap()
                .family_revoked
        );
    }
}

async fn a_rotated_token_repeats_within_bounds(store: &dyn Store) {
    let link = sample::link(200);
    let (_, code) = sample::code(200, &link);
    let token = PlainToken::from_random(&random_256(&SeededRandom::new(200)));
    let kept = RefreshToken {
        digest: token.digest(),
        family: code.family,
        issued_at: START,
        used_at: None,
        repeats: 0,
    };
    let changes = vec![
        Change::LinkSaved(Box::new(link.clone())),
        Change::FamilyOpened(sample::family(&code, &link)),
        Change::RefreshTokenIssued(kept.clone()),
    ];
    store.commit(sample::commit(changes)).await.unwrap();
    let found = store.find_refresh(&kept.digest).await.unwrap().unwrap();
    assert_eq!((found.token, found.link), (kept.clone(), link));
    let repeat = |used_after| {
        let token = kept.digest.clone();
        sample::commit(vec![Change::RefreshTokenRepeated {
            token,
            at_most: 5,
            used_after,
        }])
    };
    let early = store.commit(repeat(START)).await;
    assert!(
        matches!(early, Err(CommitError::Lost)),
        "an unused token is not repeated"
    );
    let used = vec![Change::RefreshTokenUsed {
        token: kept.digest.clone(),
        at: START,
    }];
    store.commit(sample::commit(used)).await.unwrap();
    let late = store
        .commit(repeat(START.plus(Duration::from_secs(1))))
        .await;
    assert!(matches!(late, Err(CommitError::Lost)), "its grace is over");
    let outcomes = join_all((0..12).map(|_| store.commit(repeat(START)))).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 5);
}

async fn a_limit_holds_against_parallel_attempts(store: &dyn Store) {
    let key = sample::attempt("parallel");
    let claims = join_all((0..64).map(|_| store.claim_attempt(&key, limit(3), START))).await;
    let granted = claims
        .into_iter()
        .filter(|claim| *claim.as_ref().unwrap() != Claim::Locked);
    assert_eq!(granted.count(), 3);
    assert_eq!(
        store.attempts(&key, limit(3), START).await.unwrap(),
        (3, true)
    );
    let cleared = sample::commit(vec![Change::AttemptsCleared(key.clone())]);
    store.commit(cleared).await.unwrap();
    let claim = store.claim_attempt(&key, limit(3), START).await.unwrap();
    assert_eq!(claim, Claim::Granted { left: 2 });
}

async fn a_challenge_stays_until_it_is_answered(store: &dyn Store) {
    let key = sample::attempt("challenge");
    let keep = async |proposed, unfit| {
        store
            .keep_challenge(&key, proposed, unfit, START)
            .await
            .unwrap()
    };
    let drawn = ["1,2", "2,3", "3,4", "4,5"];
    let kept = join_all(drawn.map(|drawn| keep(drawn, None))).await;
    let first = kept.first().unwrap();
    assert!(kept.iter().all(|one| one == first), "{kept:?}");
    assert_eq!(keep("6,7", Some("another")).await, *first, "it still fits");
    assert_eq!(keep("6,7", Some(first)).await, "6,7");
    assert_eq!(keep("8,9", Some(first)).await, "6,7", "replaced once");
    store.claim_attempt(&key, limit(3), START).await.unwrap();
    assert_eq!(
        keep("8,9", None).await,
        "6,7",
        "a wrong answer changes nothing"
    );
    let cleared = sample::commit(vec![Change::AttemptsCleared(key.clone())]);
    store.commit(cleared).await.unwrap();
    assert_eq!(keep("8,9", None).await, "8,9");
}

async fn a_lock_ends_as_the_tenant_says(store: &dyn Store) {
    let key = sample::attempt("lock");
    let by_bank = AttemptLimit {
        unlock: Unlock::ByBank,
        ..limit(1)
    };
    let later = |minutes: u64| START.plus(Duration::from_mins(minutes));
    assert_eq!(
        store.claim_attempt(&key, limit(1), START).await.unwrap(),
        Claim::Granted { left: 0 }
    );
    assert_eq!(
        store
            .claim_attempt(&key, limit(1), later(29))
            .await
            .unwrap(),
        Claim::Locked
    );
    assert_eq!(
        store
            .claim_attempt(&key, by_bank, later(99_999))
            .await
            .unwrap(),
        Claim::Locked
    );
    let claim = store
        .claim_attempt(&key, limit(1), later(30))
        .await
        .unwrap();
    assert_eq!(
        claim,
        Claim::Granted { left: 0 },
        "half an hour after the last counted attempt"
    );
    // Attempts further apart than the window are not counted together.
    let key = sample::attempt("window");
    for minutes in [0, 61, 122] {
        let claim = store
            .claim_attempt(&key, limit(2), later(minutes))
            .await
            .unwrap();
        assert_eq!(claim, Claim::Granted { left: 1 });
    }
}

async fn a_visit_opens_goes_on_and_ends(store: &dyn Store) {
    let visit = sample::visit(360);
    let write = |change| store.commit(sample::commit(vec![change]));
    let opened = Change::VisitOpened(Box::new(visit.clone()));
    write(opened).await.unwrap();
    let found = || store.find_visit(&visit.digest);
    assert_eq!(found().await.unwrap(), Some(visit.clone()));
    let extended = |minutes| Change::VisitExtended {
        digest: visit.digest.clone(),
        lapses_at: START.plus(Duration::from_mins(minutes)),
    };
    write(extended(15)).await.unwrap();
    write(extended(12)).await.unwrap();
    let lapses_at = found().await.unwrap().map(|visit| visit.lapses_at);
    assert_eq!(lapses_at, Some(START.plus(Duration::from_mins(15))));
    let ended = || Change::VisitEnded {
        digest: visit.digest.clone(),
    };
    write(ended()).await.unwrap();
    write(ended()).await.unwrap();
    assert_eq!(found().await.unwrap(), None);
}

async fn mail_waits_until_it_is_due(store: &dyn Store) {
    let mail = sample::mail(400);
    let queued = vec![Change::MailQueued(Box::new(mail.clone()))];
    store.commit(sample::commit(queued)).await.unwrap();
    assert_eq!(
        store.due_mail(START, 10).await.unwrap(),
        std::slice::from_ref(&mail)
    );
    let until = START.plus(Duration::from_secs(10));
    let put_off = sample::commit(vec![Change::MailPutOff {
        mail: mail.id,
        until,
    }]);
    store.commit(put_off).await.unwrap();
    assert!(store.due_mail(START, 10).await.unwrap().is_empty());
    assert_eq!(
        store
            .due_mail(until, 10)
            .await
            .unwrap()
            .first()
            .map(|mail| mail.tries),
        Some(1)
    );
    let sent = sample::commit(vec![Change::MailSent {
        mail: mail.id,
        at: until,
    }]);
    store.commit(sent).await.unwrap();
    assert!(store.due_mail(until, 10).await.unwrap().is_empty());
}

async fn what_is_outdated_is_cleaned_and_nothing_else(store: &dyn Store) {
    let journey = sample::journey(500);
    let visit = sample::visit(500);
    let begun = vec![
        Change::JourneyBegun(Box::new(journey.clone())),
        Change::VisitOpened(Box::new(visit.clone())),
    ];
    store.commit(sample::commit(begun)).await.unwrap();
    let retention = Retention::default();
    let almost = START.plus(retention.journeys);
    store.clean(almost, &retention).await.unwrap();
    assert!(store.find_journey(journey.id).await.unwrap().is_some());
    let cleaned = store
        .clean(almost.plus(Duration::from_secs(1)), &retention)
        .await
        .unwrap();
    assert!(cleaned.rows > 0 && !cleaned.more);
    assert!(store.find_journey(journey.id).await.unwrap().is_none());
    assert!(store.find_visit(&visit.digest).await.unwrap().is_some());
    let late = visit
        .lapses_at
        .plus(retention.visits)
        .plus(Duration::from_secs(1));
    store.clean(late, &retention).await.unwrap();
    assert!(store.find_visit(&visit.digest).await.unwrap().is_none());
    let link = sample::link(300).id;
    assert!(
        store.find_link(link).await.unwrap().is_some(),
        "links are never cleaned by schedule"
    );
}

pub(crate) async fn the_audit_chain_is_unbroken(store: &dyn Store) {
    let mut last = (0, GENESIS.to_owned());
    for record in store.audit(0, 100_000).await.unwrap() {
        let detail = record.event.detail.to_string();
        assert_eq!((record.sequence, &record.previous), (last.0 + 1, &last.1));
        assert_eq!(
            record.digest,
            digest(record.sequence, &last.1, &record.event, &detail)
        );
        last = (record.sequence, record.digest);
    }
    assert!(last.0 > 0);
    assert_eq!(store.audit_head().await.unwrap(), last);
}

fn limit(attempts: u32) -> AttemptLimit {
    AttemptLimit {
        attempts,
        within_minutes: 60,
        unlock: Unlock::AfterMinutes(30),
    }
}
