//! What every store must do for the interface of e-Gov and its desk, on whatever engine.

mod desk;
mod identity;
mod package;
pub mod sample;

use std::time::Duration;

use renkei_core::audit::Event;
use renkei_core::commit::CommitError;
use renkei_core::instant::Timestamp;
use renkei_core::port as core;
use renkei_egov::commit::{Arrival, Assigned, Change, Commit};
use renkei_egov::life::Dossier;
use renkei_egov::port::{Store, Whose};

use crate::sample::START;

/// Runs the whole suite on a fresh store: both ports stand on the same rows.
pub async fn suite(store: &dyn Store, domain: &dyn core::Store) {
    identity::suite(store, domain).await;
    package::suite(store).await;
    desk::suite(store, domain).await;
    crate::store::the_audit_chain_is_unbroken(domain).await;
}

/// A commit with one event of its own.
fn commit(changes: Vec<Change>) -> Commit {
    let event = Event {
        at: START,
        tenant: None,
        journey: None,
        name: "sample".to_owned(),
        detail: serde_json::json!({ "changes": changes.len() }),
    };
    Commit {
        changes,
        events: vec![event],
    }
}

async fn write(store: &dyn Store, changes: Vec<Change>) -> Assigned {
    store.commit(commit(changes)).await.unwrap()
}

/// One change whose guard does not hold.
async fn loses(store: &dyn Store, change: Change) {
    let told = format!("{change:?}");
    let outcome = store.commit(commit(vec![change])).await;
    assert!(
        matches!(outcome, Err(CommitError::Lost)),
        "{told}: {outcome:?}"
    );
}

/// The application under the number it got.
async fn arrive(store: &dyn Store, arrival: Arrival) -> Dossier {
    let arrived = Change::ApplicationArrived(Box::new(arrival));
    let assigned = write(store, vec![arrived]).await;
    let id = assigned.arrive_ids.first().unwrap();
    let found = store.find_dossier(Whose::Platform, id).await.unwrap();
    found.unwrap()
}

fn after(seconds: u64) -> Timestamp {
    START.plus(Duration::from_secs(seconds))
}
