//! Cleaning by a schedule: what has outlived its retention goes in small batches, so that the database
//! reaches a plateau and nobody waits for it.

use std::time::Duration;

use actix_web::web::Data;
use renkei_core::port::Retention;

use crate::app::App;

/// Cleans for as long as the server runs.
pub fn spawn(app: Data<App>, retention: Retention) -> tokio::task::JoinHandle<()> {
    tokio::spawn(async move {
        let mut turns = tokio::time::interval(EVERY);
        turns.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            turns.tick().await;
            loop {
                match app.ports.store.clean(app.now(), &retention).await {
                    Ok(cleaned) if cleaned.more => tokio::time::sleep(BETWEEN_BATCHES).await,
                    Ok(_) => break,
                    Err(fault) => {
                        tracing::warn!(cause = fault.chain(), "cleaning stopped");
                        break;
                    }
                }
            }
        }
    })
}

const EVERY: Duration = Duration::from_mins(1);
const BETWEEN_BATCHES: Duration = Duration::from_millis(50);
