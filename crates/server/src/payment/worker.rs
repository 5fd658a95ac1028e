//! Asks the banks about payments whose end is not known, until the answer is definite.

use std::time::Duration;

use actix_web::web::Data;
use renkei_core::commit::{Change, Commit, CommitError};
use renkei_core::fault::Fault;
use renkei_core::payment::Payment;
use tokio::task::JoinSet;

use super::settler;
use crate::app::App;
use crate::trouble::logged;

/// Asks for as long as the server runs.
pub fn spawn(app: Data<App>) -> tokio::task::JoinHandle<()> {
    tokio::spawn(async move {
        let mut turns = tokio::time::interval(EVERY);
        turns.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            turns.tick().await;
            match app.ports.store.due_payments(app.now(), BATCH).await {
                Ok(due) => ask_all(&app, due).await,
                Err(fault) => {
                    tracing::warn!(
                        cause = fault.chain(),
                        "payments in doubt could not be looked for"
                    );
                }
            }
        }
    })
}

/// At once: one bank's silence must not keep another's customers waiting.
async fn ask_all(app: &Data<App>, due: Vec<Payment>) {
    let mut asked = JoinSet::new();
    for payment in due {
        let app = app.clone();
        asked.spawn(async move {
            let id = payment.id;
            match ask(&app, payment).await {
                Ok(()) | Err(CommitError::Lost) => {}
                Err(CommitError::Fault(fault)) => {
                    let incident = logged(&app, &fault);
                    tracing::warn!(payment.id = %id, %incident, "a payment stays in doubt");
                }
            }
        });
    }
    while asked.join_next().await.is_some() {}
}

async fn ask(app: &App, payment: Payment) -> Result<(), CommitError> {
    let live = app.live();
    let Some(loaded) = live.tenants.find(&payment.tenant) else {
        return put_off(app, payment).await;
    };
    let bank = app.ports.banks.bank(loaded);
    let settled = settler(app, &*bank).ask(payment).await?;
    settled
        .fault
        .map_or(Ok(()), |fault: Fault| Err(fault.into()))
}

/// The bank is not here now; its payments wait for it.
async fn put_off(app: &App, mut payment: Payment) -> Result<(), CommitError> {
    payment.version += 1;
    payment.next_ask_at = Some(app.now().plus(WITHOUT_BANK));
    let commit = Commit {
        changes: vec![Change::PaymentSaved(Box::new(payment))],
        events: Vec::new(),
    };
    app.ports.store.commit(commit).await
}

const EVERY: Duration = Duration::from_secs(1);
const WITHOUT_BANK: Duration = Duration::from_mins(1);
const BATCH: i64 = 50;
