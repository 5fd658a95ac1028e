//! What happens without anybody asking: packages are checked, last days pass, scripts act.

use std::time::Duration;

use actix_web::web::Data;
use renkei_core::fault::Fault;

use super::Egov;
use crate::app::App;

/// Works for as long as the server runs: the tasks it began, to be ended with it.
pub fn spawn(app: &Data<App>) -> Vec<tokio::task::JoinHandle<()>> {
    if app.egov.is_none() {
        return Vec::new();
    }
    let mut tasks: Vec<_> = (0..LANES)
        .map(|_| tokio::spawn(check(app.clone())))
        .collect();
    tasks.push(tokio::spawn(wait(app.clone())));
    tasks
}

/// Checks packages as they come in, and looks for those that another server left behind.
async fn check(app: Data<App>) {
    let Some(egov) = &app.egov else {
        return;
    };
    loop {
        match checked(&app, egov).await {
            Ok(0) => {
                // Whichever comes first; a turn too many finds nothing and costs little.
                drop(tokio::time::timeout(EVERY, egov.arrived.notified()).await);
            }
            Ok(_) => {}
            Err(fault) => {
                tracing::warn!(cause = fault.chain(), "packages could not be checked");
                tokio::time::sleep(AFTER_A_FAULT).await;
            }
        }
    }
}

async fn checked(app: &App, egov: &Egov) -> Result<usize, Fault> {
    let rules = egov.rules();
    let checker = egov.checker(&rules);
    let worker = egov.worker(&rules, &checker, &*app.ports.random);
    worker.check_packages(app.now(), BATCH).await
}

/// Lets days pass and scripts act.
async fn wait(app: Data<App>) {
    let Some(egov) = &app.egov else {
        return;
    };
    let mut turns = tokio::time::interval(EVERY);
    turns.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        turns.tick().await;
        if let Err(fault) = turn(&app, egov).await {
            tracing::warn!(cause = fault.chain(), "a turn of the clock came to nothing");
        }
    }
}

async fn turn(app: &App, egov: &Egov) -> Result<(), Fault> {
    let rules = egov.rules();
    let checker = egov.checker(&rules);
    let worker = egov.worker(&rules, &checker, &*app.ports.random);
    worker.lapse(app.now(), BATCH).await?;
    if egov.settings.sandbox {
        let desk = egov.desk(&rules, &*app.ports.random);
        worker.scripts(&desk, app.now(), BATCH).await?;
    }
    Ok(())
}

const LANES: usize = 2;
const EVERY: Duration = Duration::from_secs(1);
const AFTER_A_FAULT: Duration = Duration::from_secs(5);
const BATCH: i64 = 16;
