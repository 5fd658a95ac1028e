//! Numbers and packages.

use std::collections::BTreeSet;

use futures_util::future::join_all;
use renkei_core::commit::CommitError;
use renkei_egov::commit::{Arrival, Change};
use renkei_egov::life::{Package, PackageState};
use renkei_egov::number::{ArriveId, SendNumber};
use renkei_egov::port::{Page, Selection, Store};

use super::{after, arrive, commit, loses, sample, write};
use crate::sample::START;

pub(super) async fn suite(store: &dyn Store) {
    numbers_have_no_gaps_and_no_doubles(store).await;
    a_package_is_claimed_by_one_worker(store).await;
    packages_are_listed_with_what_arrived(store).await;
}

async fn numbers_have_no_gaps_and_no_doubles(store: &dyn Store) {
    let user = sample::user(10);
    let arrived = || Change::ApplicationArrived(Box::new(sample::arrival(&user)));
    let received = || Change::PackageReceived(Box::new(sample::package(&user, START, 3)));
    let before = arrive(store, sample::arrival(&user)).await;
    let sends = |number: u64| {
        let mut changes = vec![arrived(), received(), arrived(), arrived()];
        // Every third loses a guard after it took its numbers.
        changes.extend(
            number
                .is_multiple_of(3)
                .then(|| Change::CertificateUnbound {
                    user: user.clone(),
                    certificate: "nobody's".to_owned(),
                }),
        );
        store.commit(commit(changes))
    };
    let outcomes = join_all((1..=8).map(sends)).await;
    let (mut ids, mut numbers) = (Vec::new(), Vec::new());
    for outcome in outcomes {
        match outcome {
            Ok(assigned) => {
                assert!(
                    assigned.arrive_ids.is_sorted(),
                    "in the order of the changes"
                );
                ids.extend(assigned.arrive_ids);
                numbers.extend(assigned.send_numbers);
            }
            Err(CommitError::Lost) => {}
            Err(CommitError::Fault(fault)) => panic!("{}", fault.chain()),
        }
    }
    let counter = |id: &ArriveId| id.as_str()[7..].parse::<u64>().unwrap();
    let mut counters: Vec<u64> = ids.iter().map(counter).collect();
    counters.sort_unstable();
    let first = counter(&before.application.arrive_id) + 1;
    assert_eq!(counters, (first..first + 18).collect::<Vec<_>>());
    let counter = |number: &SendNumber| number.as_str()[14..].parse::<u64>().unwrap();
    let mut counters: Vec<u64> = numbers.iter().map(counter).collect();
    counters.sort_unstable();
    assert_eq!(counters, (1..=6).collect::<Vec<_>>());
}

async fn a_package_is_claimed_by_one_worker(store: &dyn Store) {
    let (now, later) = (after(60), after(120));
    let claims = ["one", "two"].map(|claim| store.claim_packages(claim, now, later, 4));
    let claimed: Vec<_> = join_all(claims)
        .await
        .into_iter()
        .map(Result::unwrap)
        .collect();
    let numbers: BTreeSet<_> = claimed
        .iter()
        .flatten()
        .map(|(package, _)| package.send_number.clone())
        .collect();
    assert_eq!(claimed.iter().map(Vec::len).sum::<usize>(), 6);
    assert_eq!(numbers.len(), 6, "each by one worker");
    let nothing = store.claim_packages("three", after(119), later, 9).await;
    assert_eq!(nothing.unwrap(), [], "all are claimed");
    let (package, archive) = claimed.iter().flatten().next().unwrap();
    assert_eq!(
        (package.state.clone(), package.applications),
        (PackageState::Waiting, 3)
    );
    assert_eq!(*archive, "package of user-10");
    let lapsed = store
        .claim_packages("four", later, after(180), 9)
        .await
        .unwrap();
    let mut oldest: Vec<_> = lapsed
        .iter()
        .map(|(package, _)| &package.send_number)
        .collect();
    assert_eq!(oldest.len(), 6, "claims lapse");
    assert!(oldest.is_sorted(), "the oldest first");
    let last = oldest.pop().unwrap();
    loses(store, checked(last, "one", 0)).await;
    for number in oldest.iter().copied().chain([last]) {
        write(store, vec![checked(number, "four", 0)]).await;
    }
    loses(store, checked(last, "four", 0)).await;
    let nothing = store
        .claim_packages("five", after(999), after(1000), 9)
        .await;
    assert_eq!(nothing.unwrap(), [], "all are checked");
}

async fn packages_are_listed_with_what_arrived(store: &dyn Store) {
    let user = sample::user(11);
    let mut sent = Vec::new();
    for second in [300, 301, 302] {
        let received = sample::package(&user, after(second), 2);
        let assigned = write(store, vec![Change::PackageReceived(Box::new(received))]).await;
        sent.push(assigned.send_numbers.first().unwrap().clone());
    }
    let claimed = store
        .claim_packages("list", after(400), after(500), 2)
        .await;
    assert_eq!(claimed.unwrap().len(), 2);
    for number in sent.iter().take(2) {
        let arrived = || {
            Change::ApplicationArrived(Box::new(Arrival {
                package: Some(number.clone()),
                archive: None,
                ..sample::arrival(&user)
            }))
        };
        write(
            store,
            vec![checked(number, "list", 2), arrived(), arrived()],
        )
        .await;
    }
    let page = async |wanted| store.packages(&user, &wanted).await.unwrap();
    let one = page(Selection::Number(sent[0].clone())).await;
    let [listed] = one.packages.as_slice() else {
        panic!("one package: {one:?}")
    };
    assert_eq!(listed.package.state, state(2));
    let ids: Vec<_> = listed
        .applications
        .iter()
        .map(|one| &one.application.arrive_id)
        .collect();
    assert!(
        ids.len() == 2 && ids.is_sorted_by(|one, next| one > next),
        "the newest first"
    );
    let (stranger, wanted) = (sample::user(12), Selection::Number(sent[0].clone()));
    let found = store.packages(&stranger, &wanted).await.unwrap();
    assert_eq!(found, Page::default(), "not found");
    let period = |packages, applications| Selection::Period {
        from: after(300),
        to: after(303),
        packages,
        applications,
    };
    let numbers = |page: &Page| -> Vec<SendNumber> {
        let packages = page.packages.iter().map(|one| &one.package);
        packages
            .map(|package: &Package| package.send_number.clone())
            .collect()
    };
    let all = page(period(3, 4)).await;
    assert_eq!(
        (numbers(&all), all.cut),
        (sent.iter().rev().cloned().collect(), false)
    );
    for (packages, applications, fit) in [(2, 4, 2), (3, 3, 2), (0, 0, 1)] {
        let cut = page(period(packages, applications)).await;
        let expected = sent.iter().rev().take(fit).cloned().collect();
        assert_eq!((numbers(&cut), cut.cut), (expected, true));
    }
    let (from, to) = (after(301), after(302));
    let one = page(Selection::Period {
        from,
        to,
        packages: 9,
        applications: 9,
    })
    .await;
    assert_eq!(numbers(&one), [sent[1].clone()], "the end is excluded");
}

fn state(arrived: u32) -> PackageState {
    PackageState::Checked {
        at: after(400),
        arrived,
        refused: 1,
        report: "<html>".to_owned(),
    }
}

fn checked(number: &SendNumber, claim: &str, arrived: u32) -> Change {
    Change::PackageChecked {
        send_number: number.clone(),
        claim: claim.to_owned(),
        state: Box::new(state(arrived)),
    }
}
