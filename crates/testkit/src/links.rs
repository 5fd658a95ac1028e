//! What every store must do with links and the consents they rest on.

use std::collections::BTreeSet;
use std::time::Duration;

use futures_util::future::join_all;
use renkei_core::commit::{Change, Commit, CommitError};
use renkei_core::grant::ending;
use renkei_core::id::LinkId;
use renkei_core::link::{End, Label, Link};
use renkei_core::port::Store;
use renkei_core::port::fixed::SeededRandom;
use renkei_core::tenant::TenantId;
use renkei_oauth::client::ClientId;

use crate::sample::{self, START};

/// Runs the links' part on a fresh store.
pub(crate) async fn suite(store: &dyn Store) {
    a_link_keeps_its_place(store).await;
    links_of_many_stand_beside_each_other(store).await;
    a_use_is_noted_and_moves_nothing(store).await;
    a_customer_who_consents_twice_at_once_keeps_one(store).await;
    of_two_stops_at_once_one_is_written(store).await;
    consents_of_a_link_come_newest_first(store).await;
}

async fn a_link_keeps_its_place(store: &dyn Store) {
    let link = sample::link(300);
    let save = |link| sample::commit(vec![Change::LinkSaved(Box::new(link))]);
    store.commit(save(link.clone())).await.unwrap();
    let mut second = sample::link(301);
    second.customer = link.customer.clone();
    let outcome = store.commit(save(second.clone())).await;
    assert!(
        matches!(outcome, Err(CommitError::Lost)),
        "the place is taken: {outcome:?}"
    );
    let renewable = || store.find_renewable_link(&link.tenant, &link.client, &link.customer);
    let mut ended = link.clone().ended(End::CredentialChanged, START);
    ended.version = 2;
    store.commit(save(ended.clone())).await.unwrap();
    assert_eq!(
        renewable().await.unwrap(),
        Some(ended.clone()),
        "a changed password: the same link"
    );
    let mut stopped = ended.ended(End::Customer, START);
    stopped.version = 3;
    store.commit(save(stopped.clone())).await.unwrap();
    assert_eq!(
        renewable().await.unwrap(),
        None,
        "stopped on purpose: the place is free"
    );
    store.commit(save(second.clone())).await.unwrap();
    assert_eq!(renewable().await.unwrap(), Some(second));
    assert_eq!(store.find_link(link.id).await.unwrap(), Some(stopped));
}

/// A link of a client of its own, which is registered.
async fn link_of_a_client(store: &dyn Store, number: u64, customer: u64) -> Link {
    let client = ClientId::parse(&format!("app-{number}")).unwrap();
    let registered = Change::ClientSaved(Box::new(sample::record(&client)));
    store
        .commit(sample::commit(vec![registered]))
        .await
        .unwrap();
    Link {
        client,
        customer: sample::customer(customer),
        ..sample::link(number)
    }
}

async fn links_of_many_stand_beside_each_other(store: &dyn Store) {
    let first = link_of_a_client(store, 310, 310).await;
    let later = START.plus(Duration::from_secs(1));
    let second = Link {
        id: LinkId::new(later, &SeededRandom::new(311)),
        beside: true,
        ..first.clone()
    };
    for link in [&first, &second] {
        let saved = vec![Change::LinkSaved(Box::new(link.clone()))];
        store.commit(sample::commit(saved)).await.unwrap();
    }
    let held = store
        .links_of(&first.tenant, &first.customer)
        .await
        .unwrap();
    let ids: Vec<_> = held.iter().map(|held| held.link.id).collect();
    assert_eq!(ids, [second.id, first.id], "the newest first");
    assert!(
        held.iter()
            .all(|held| held.card.service == "service of app-310")
    );
    let renewable = store.find_renewable_link(&first.tenant, &first.client, &first.customer);
    assert_eq!(renewable.await.unwrap().map(|link| link.id), Some(first.id));
    let elsewhere = TenantId::parse("elsewhere").unwrap();
    assert!(
        store
            .links_of(&elsewhere, &first.customer)
            .await
            .unwrap()
            .is_empty(),
        "another bank's customer of the same key has none"
    );
}

async fn a_use_is_noted_and_moves_nothing(store: &dyn Store) {
    let mut link = link_of_a_client(store, 320, 320).await;
    link.expires_at = None;
    link.idle_days = Some(30);
    link.label = Some(Label::parse("山田商店").unwrap());
    let saved = |link: &Link| sample::commit(vec![Change::LinkSaved(Box::new(link.clone()))]);
    store.commit(saved(&link)).await.unwrap();
    assert_eq!(store.find_link(link.id).await.unwrap(), Some(link.clone()));
    let used = |hours| {
        let at = START.plus(Duration::from_hours(hours));
        let noted = Change::LinkUsed { link: link.id, at };
        store.commit(Commit {
            changes: vec![noted],
            events: Vec::new(),
        })
    };
    used(2).await.unwrap();
    used(1).await.unwrap();
    let two = Some(START.plus(Duration::from_hours(2)));
    let found = store.find_link(link.id).await.unwrap().unwrap();
    assert_eq!((found.used_at, found.version), (two, 1), "never back");
    // Whoever saves the link does not undo the note.
    link.version = 2;
    store.commit(saved(&link)).await.unwrap();
    let found = store.find_link(link.id).await.unwrap().unwrap();
    assert_eq!((found.used_at, found.version), (two, 2));
}

async fn a_customer_who_consents_twice_at_once_keeps_one(store: &dyn Store) {
    // Two apps, one customer, a bank that keeps one link in all: both saw that there was none.
    let links = [
        link_of_a_client(store, 330, 330).await,
        link_of_a_client(store, 331, 330).await,
    ];
    let consent = |link: &Link| {
        sample::commit(vec![
            Change::LinksUnchanged {
                tenant: link.tenant.clone(),
                customer: link.customer.clone(),
                open: BTreeSet::new(),
            },
            Change::LinkSaved(Box::new(link.clone())),
        ])
    };
    let outcomes = join_all(links.iter().map(|link| store.commit(consent(link)))).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    let lost = |outcome: &Result<(), CommitError>| matches!(outcome, Err(CommitError::Lost));
    assert!(outcomes.iter().any(lost), "{outcomes:?}");
    let held = store
        .links_of(&links[0].tenant, &links[0].customer)
        .await
        .unwrap();
    assert_eq!(held.len(), 1);
}

async fn of_two_stops_at_once_one_is_written(store: &dyn Store) {
    let link = link_of_a_client(store, 340, 340).await;
    let (_, code) = sample::code(340, &link);
    let changes = vec![
        Change::LinkSaved(Box::new(link.clone())),
        Change::FamilyOpened(sample::family(&code, &link)),
    ];
    store.commit(sample::commit(changes)).await.unwrap();
    let stop = || sample::commit(ending(link.clone(), End::Customer, START).into());
    let outcomes = join_all((0..8).map(|_| store.commit(stop()))).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    let stopped = store.find_link(link.id).await.unwrap().unwrap();
    assert_eq!(stopped.end(START).map(|end| end.by), Some(End::Customer));
}

async fn consents_of_a_link_come_newest_first(store: &dyn Store) {
    let mut link = link_of_a_client(store, 350, 350).await;
    let mut given = Vec::new();
    for number in 350..353 {
        link.renewed_at = link.renewed_at.plus(Duration::from_secs(1));
        let consent = sample::consent(number, &link);
        let recorded = vec![Change::ConsentRecorded(Box::new(consent.clone()))];
        store.commit(sample::commit(recorded)).await.unwrap();
        given.insert(0, consent);
    }
    assert_eq!(store.consents_of(link.id).await.unwrap(), given);
}
