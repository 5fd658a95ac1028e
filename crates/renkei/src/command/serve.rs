//! `renkei serve`

mod listener;

use std::fs;
use std::path::Path;

use actix_web::middleware::from_fn;
use actix_web::web::{Data, PayloadConfig};
use actix_web::{App as Actix, HttpServer};
use anyhow::Context;
use renkei_core::port::Retention;
use renkei_core::tenant::TenantId;
use renkei_server::{
    certificate_page, egov_routes, host_guard, refusals, routes, spawn_chores, spawn_egov,
    spawn_outbox, spawn_payments,
};
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

use crate::compose::Parts;
use crate::settings::Settings;
use crate::watch::{Seen, reloads};

/// Serves until it is told to stop.
pub(crate) fn serve(settings: Settings) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&settings.log).context("`log` is not a filter")?;
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .json()
        .init();
    actix_web::rt::System::new().block_on(serving(Parts::open(settings)?))
}

async fn serving(parts: Parts) -> anyhow::Result<()> {
    let settings = parts.settings.clone();
    let seen = Seen::of(&settings.tenants_dir);
    let app = Data::new(parts.app()?);
    app.keep_own_plans().await?;
    let retention = Retention::default();
    let mut chores = vec![
        spawn_outbox(app.clone()),
        spawn_chores(app.clone(), retention),
        spawn_payments(app.clone()),
    ];
    chores.extend(spawn_egov(&app));
    let hosts = listener::hosts(&app, &settings.certificate)?;
    // Listened to from now on: a hang-up before would end the process.
    let hangups = signal(SignalKind::hangup())?;
    let reloads = reloads(app.clone(), settings.clone(), hosts.clone(), seen, hangups);
    let reloads = tokio::spawn(reloads);
    let shared = app.clone();
    let mut server = HttpServer::new(move || {
        let by_header = shared.takes_certificate_headers();
        let has_egov = shared.egov.is_some();
        Actix::new()
            .app_data(shared.clone())
            .app_data(PayloadConfig::new(LARGEST_BODY))
            .wrap(refusals())
            .wrap(from_fn(host_guard))
            .configure(|config| {
                if by_header {
                    certificate_page(config);
                }
                if has_egov {
                    egov_routes(config);
                }
                routes(config);
            })
    })
    .shutdown_timeout(10);
    if settings.workers > 0 {
        server = server.workers(settings.workers);
    }
    for address in &settings.listen {
        server = server
            .bind(address)
            .with_context(|| format!("cannot listen on {address}"))?;
    }
    let listener = hosts
        .map(|hosts| listener::listen(app.clone(), &hosts, &settings.certificate))
        .transpose()?;
    note_process(&settings.pid_file)?;
    let live = app.live();
    for id in settings.hosts.keys() {
        let is_bank = |id| live.tenants.find(&id).is_some();
        if !TenantId::parse(id).is_ok_and(is_bank) {
            tracing::warn!(tenant = id, "a host is set for a bank that is not here");
        }
    }
    let banks = live.tenants.iter().count();
    drop(live);
    tracing::info!(base_url = settings.base_url, banks, "ready");
    server.run().await?;
    if let Some(listener) = listener {
        listener.stop(true).await;
    }
    chores.iter().for_each(tokio::task::JoinHandle::abort);
    reloads.abort();
    // The file may be gone already; there is nothing to do about it then.
    drop(fs::remove_file(&settings.pid_file));
    Ok(())
}

fn note_process(path: &Path) -> anyhow::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, std::process::id().to_string())
        .with_context(|| format!("cannot write {}", path.display()))
}

/// No request of anybody is larger.
const LARGEST_BODY: usize = 96 * 1024;
