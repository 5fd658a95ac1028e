//! `renkei serve`

mod listener;

use std::fs;
use std::path::Path;
use std::sync::Arc;

use actix_web::web::{Data, PayloadConfig};
use actix_web::{App as Actix, HttpServer};
use anyhow::Context;
use renkei_core::port::Retention;
use renkei_server::{
    App, TlsHosts, certificate_page, refusals, routes, spawn_chores, spawn_outbox,
};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tracing_subscriber::EnvFilter;

use crate::compose::{Parts, live, tls_hosts};
use crate::settings::Settings;

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
    let app = Data::new(parts.app()?);
    app.keep_own_plans().await?;
    let retention = Retention::default();
    let chores = [
        spawn_outbox(app.clone()),
        spawn_chores(app.clone(), retention),
    ];
    let hosts = listener::hosts(&app, &settings.certificate)?;
    // Listened to from now on: a hang-up before would end the process.
    let hangups = signal(SignalKind::hangup())?;
    let reloads = tokio::spawn(reload_on_hangup(
        hangups,
        app.clone(),
        settings.clone(),
        hosts.clone(),
    ));
    let shared = app.clone();
    let mut server = HttpServer::new(move || {
        let by_header = shared.takes_certificate_headers();
        Actix::new()
            .app_data(shared.clone())
            .app_data(PayloadConfig::new(LARGEST_BODY))
            .wrap(refusals())
            .configure(|config| {
                if by_header {
                    certificate_page(config);
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
    let banks = app.live().tenants.iter().count();
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

/// SIGHUP loads the banks anew; with a mistake in them the old ones keep serving.
async fn reload_on_hangup(
    mut hangups: Signal,
    app: Data<App>,
    settings: Settings,
    hosts: Option<Arc<TlsHosts>>,
) {
    while hangups.recv().await.is_some() {
        let next = live(&settings.tenants_dir).and_then(|next| {
            if let Some(hosts) = &hosts {
                hosts.replace(&tls_hosts(&next, &settings.certificate)?)?;
            }
            Ok(next)
        });
        match next {
            Ok(next) => {
                let banks = next.tenants.iter().count();
                match app.replace(next).await {
                    Ok(()) => tracing::info!(banks, "the banks were loaded anew"),
                    Err(fault) => {
                        tracing::error!(cause = fault.chain(), "the banks stay as they were");
                    }
                }
            }
            Err(error) => tracing::error!("the banks stay as they were: {error:#}"),
        }
    }
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
