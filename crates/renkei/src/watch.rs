//! Takes up changes of the banks' folders while the server runs: when it is told to, and, where the
//! setting says so, when a file has changed. Banks with a mistake are not taken up: the old ones serve.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use actix_web::web::Data;
use renkei_server::{App, Live, TlsHosts};
use tokio::signal::unix::Signal;

use crate::compose::{live, tls_hosts};
use crate::ministry;
use crate::settings::Settings;

/// Loads the banks anew at each SIGHUP, and where the setting says so at each change since `seen`, which
/// was looked at before the banks were loaded: no change falls between the two.
pub(crate) async fn reloads(
    app: Data<App>,
    settings: Settings,
    hosts: Option<Arc<TlsHosts>>,
    mut seen: Seen,
    mut hangups: Signal,
) -> anyhow::Result<()> {
    let (folder, watch) = (settings.tenants_dir.clone(), settings.tenants_watch);
    let settings = Arc::new(settings);
    let mut looks = tokio::time::interval(BETWEEN_LOOKS);
    loop {
        let told = tokio::select! {
            told = hangups.recv() => told.is_some(),
            _ = looks.tick(), if watch => false,
        };
        if !told {
            let next = Seen::now(&folder).await;
            if next == seen {
                continue;
            }
            // Editors and copies write in several strokes: wait until they have come to rest.
            seen = settled(&folder, next).await;
        }
        reload(&app, &settings, hosts.clone()).await;
    }
}

async fn settled(folder: &Path, mut seen: Seen) -> Seen {
    loop {
        tokio::time::sleep(TO_REST).await;
        let next = Seen::now(folder).await;
        if next == seen {
            return seen;
        }
        seen = next;
    }
}

async fn reload(app: &Data<App>, settings: &Arc<Settings>, hosts: Option<Arc<TlsHosts>>) {
    let settings = Arc::clone(settings);
    let keyring = Arc::clone(&app.ports.keyring);
    let has_egov = app.egov.is_some();
    // Reading and checking take the time they take; requests are served meanwhile.
    let load = move || {
        let next = live(&settings.tenants_dir)?;
        if let Some(hosts) = &hosts {
            hosts.replace(&tls_hosts(&next, &settings.certificate)?)?;
        }
        let rules = has_egov.then(|| ministry::rules(&settings, &keyring));
        Ok::<_, anyhow::Error>((next, rules.transpose()?))
    };
    let loaded = tokio::task::spawn_blocking(load).await;
    match loaded {
        Ok(Ok((next, rules))) => {
            if let (Some(egov), Some(rules)) = (&app.egov, rules) {
                egov.replace(rules);
            }
            replace(app, next).await;
        }
        Ok(Err(error)) => tracing::error!("the banks stay as they were: {error:#}"),
        Err(error) => tracing::error!("the banks stay as they were: {error}"),
    }
}

async fn replace(app: &Data<App>, next: Live) {
    let banks = next.tenants.iter().count();
    match app.replace(next).await {
        Ok(()) => tracing::info!(banks, "the banks were loaded anew"),
        Err(fault) => tracing::error!(cause = fault.chain(), "the banks stay as they were"),
    }
}

/// Every file with its time and size: cheap to look at, on every kind of disk, and in containers, where
/// notices of changes often do not come through.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Seen(BTreeMap<PathBuf, (Option<SystemTime>, u64)>);

impl Seen {
    /// A folder as it is.
    pub(crate) fn of(folder: &Path) -> Self {
        let mut seen = Self::default();
        seen.look(folder);
        seen
    }

    async fn now(folder: &Path) -> Self {
        let folder = folder.to_owned();
        let look = move || Self::of(&folder);
        tokio::task::spawn_blocking(look).await.unwrap_or_default()
    }

    fn look(&mut self, folder: &Path) {
        let Ok(entries) = fs::read_dir(folder) else {
            return;
        };
        for entry in entries.filter_map(Result::ok) {
            let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
            let Ok(about) = fs::metadata(entry.path()) else {
                continue;
            };
            if is_hidden {
                // Drafts, and what editors put beside a file while it is open.
            } else if about.is_dir() {
                self.look(&entry.path());
            } else {
                let stamp = (about.modified().ok(), about.len());
                self.0.insert(entry.path(), stamp);
            }
        }
    }
}

const BETWEEN_LOOKS: Duration = Duration::from_secs(2);
const TO_REST: Duration = Duration::from_millis(200);
