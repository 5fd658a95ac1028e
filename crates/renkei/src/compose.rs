//! Wires the concrete parts together.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use renkei_bank::demo::DemoBank;
use renkei_bank::{HashCost, Hasher, Seeder};
use renkei_core::certificate::{RevocationList, TrustAnchors};
use renkei_core::fault::Fault;
use renkei_core::port::{Bank, Clock, Ledger, Notifier, Passkeys, Random, Store};
use renkei_core::seal::Keyring;
use renkei_core::tenant::TenantId;
use renkei_notify::{FolderNotifier, OcspClient, SmtpNotifier};
use renkei_pages::{Pages, TenantWords, theme};
use renkei_server::{
    App, BankDirectory, CertificateGate, CertificateSource, DemoAnchors, Egov, Live, Ports, TlsHost,
};
use renkei_store::{DatabaseUrl, SqlStore};
use renkei_tenant::{Connector, LoadedTenant, TenantSet};

use crate::ministry::{self, StaffHashes};
use crate::settings::{self, CertificateSettings, Durability, Settings};
use crate::words::PlatformWords;
use crate::world::{OsRandom, SystemClock};
use crate::{demo_authority, keys};

/// The parts that every command may need.
pub struct Parts {
    /// The settings they were made from.
    pub settings: Settings,
    /// What is kept.
    pub store: SqlStore,
    /// Keys.
    pub keyring: Arc<Keyring>,
    /// Hashes passwords.
    pub hasher: Hasher,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub random: Arc<dyn Random>,
}

impl Parts {
    /// Opens everything that the settings name.
    pub fn open(settings: Settings) -> anyhow::Result<Self> {
        let url: DatabaseUrl = settings
            .database_url
            .parse()
            .context("database_url is not usable")?;
        let durability = match settings.durability {
            Durability::Full => renkei_store::Durability::Full,
            Durability::Normal => renkei_store::Durability::Normal,
        };
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Ok(Self {
            keyring: Arc::new(keys::keyring(&settings.keys_dir)?),
            store: SqlStore::open(&url, durability).context("the database cannot be opened")?,
            hasher: Hasher::new(HashCost::default(), cores)?,
            clock: Arc::new(SystemClock),
            random: Arc::new(OsRandom),
            settings,
        })
    }

    /// The demo bank's clerk.
    pub fn seeder(&self) -> Seeder {
        Seeder {
            ledger: self.ledger(),
            keyring: Arc::clone(&self.keyring),
            hasher: self.hasher.clone(),
            random: Arc::clone(&self.random),
        }
    }

    /// The demo bank's books.
    pub fn ledger(&self) -> Arc<dyn Ledger> {
        Arc::new(self.store.clone())
    }

    /// What is kept for the e-Gov half.
    pub fn egov(&self) -> Arc<dyn renkei_egov::port::Store> {
        Arc::new(self.store.clone())
    }

    /// The e-Gov half; none when it is off.
    fn egov_half(&self) -> anyhow::Result<Option<Egov>> {
        let own = &self.settings.egov;
        if !own.on {
            return Ok(None);
        }
        Ok(Some(Egov::new(
            self.egov(),
            Arc::new(StaffHashes(self.hasher.clone())),
            Arc::new(ministry::rates(own)),
            ministry::server_settings(own),
            ministry::rules(&self.settings, &self.keyring)?,
        )))
    }

    /// The server's whole state.
    pub fn app(&self) -> anyhow::Result<App> {
        let settings = renkei_server::Settings {
            base_url: self.settings.base_url.clone(),
            trusted_proxies: self.settings.trusted_proxies.clone(),
            preview: self.settings.preview,
            // Host names are compared in lower case.
            allowed_hosts: {
                let allowed = self.settings.allowed_hosts.iter();
                allowed.map(|host| host.to_ascii_lowercase()).collect()
            },
            hosts: {
                let given = self.settings.hosts.iter();
                given
                    .map(|(id, host)| (id.clone(), host.to_ascii_lowercase()))
                    .collect()
            },
        };
        let store: Arc<dyn Store> = Arc::new(self.store.clone());
        let ports = Ports {
            store,
            banks: Arc::new(Directory {
                ledger: self.ledger(),
                keyring: Arc::clone(&self.keyring),
                hasher: self.hasher.clone(),
                clock: Arc::clone(&self.clock),
                random: Arc::clone(&self.random),
                passkeys: passkeys(&self.settings)?,
            }),
            notifier: notifier(&self.settings)?,
            clock: Arc::clone(&self.clock),
            random: Arc::clone(&self.random),
            keyring: Arc::clone(&self.keyring),
        };
        let live = live(&self.settings.tenants_dir)?;
        let app = App::new(settings, ports, keys::jwks(&self.settings.keys_dir)?, live);
        let app = match self.egov_half()? {
            Some(egov) => app.with_egov(egov),
            None => app,
        };
        Ok(match certificates(&self.settings.certificate) {
            Some(gate) => app.with_certificates(gate),
            None => app,
        })
    }
}

/// Loads the banks and their pages.
pub fn live(tenants_dir: &Path) -> anyhow::Result<Live> {
    pages_of(tenants(tenants_dir)?)
}

/// The pages of banks that are loaded.
pub fn pages_of(tenants: TenantSet) -> anyhow::Result<Live> {
    let words = tenants.iter().map(|loaded| TenantWords {
        id: loaded.tenant.id.to_string(),
        texts: loaded.texts.clone(),
        theme_css: theme::css(&loaded.theme.tokens),
        terms: loaded.terms.clone(),
        templates: BTreeMap::new(),
    });
    let pages = Pages::new(words.collect()).context("the pages cannot be made")?;
    Ok(Live { tenants, pages })
}

/// Loads the banks.
pub fn tenants(tenants_dir: &Path) -> anyhow::Result<TenantSet> {
    TenantSet::load(tenants_dir, &PlatformWords::new()).map_err(Into::into)
}

/// Finds the system behind a bank by its connector.
struct Directory {
    ledger: Arc<dyn Ledger>,
    keyring: Arc<Keyring>,
    hasher: Hasher,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    passkeys: Option<Arc<dyn Passkeys>>,
}

impl BankDirectory for Directory {
    fn bank(&self, tenant: &LoadedTenant) -> Arc<dyn Bank> {
        match tenant.file.connector {
            Connector::Demo => Arc::new(
                DemoBank::new(
                    tenant.tenant.id.clone(),
                    Arc::clone(&self.ledger),
                    Arc::clone(&self.keyring),
                    self.hasher.clone(),
                    Arc::clone(&self.clock),
                    Arc::clone(&self.random),
                )
                .with_passkeys(self.passkeys.clone()),
            ),
        }
    }
}

/// The banks that ask for passkeys, where this program has none (`--features passkey`).
pub(crate) fn without_passkeys(tenants: &TenantSet) -> Vec<TenantId> {
    let asks = |loaded: &&Arc<LoadedTenant>| {
        let mut stops = loaded.tenant.plans.iter().flat_map(|plan| plan.stops());
        stops.any(|stop| stop.step.kind() == "passkey")
    };
    let asking = tenants.iter().filter(asks);
    let asking = asking.filter(|_| !cfg!(feature = "passkey"));
    asking.map(|loaded| loaded.tenant.id.clone()).collect()
}

/// Passkeys for our own address.
#[cfg(feature = "passkey")]
fn passkeys(settings: &Settings) -> anyhow::Result<Option<Arc<dyn Passkeys>>> {
    let passkeys = renkei_passkey::WebAuthn::new(&settings.base_url)?;
    Ok(Some(Arc::new(passkeys)))
}

/// Not built in.
#[cfg(not(feature = "passkey"))]
#[expect(clippy::unnecessary_wraps, reason = "with the feature it can fail")]
fn passkeys(_: &Settings) -> anyhow::Result<Option<Arc<dyn Passkeys>>> {
    Ok(None)
}

/// How customers' certificates come in; none when they do not.
fn certificates(settings: &CertificateSettings) -> Option<CertificateGate> {
    let gate = CertificateGate {
        source: match settings.source {
            settings::CertificateSource::Listener => CertificateSource::Listener,
            settings::CertificateSource::ProxyHeader => CertificateSource::ProxyHeader,
        },
        port: settings.public_port(),
        demo: Arc::new(DemoFolder(settings.folder.clone())),
        revocation: Arc::new(OcspClient::default()),
    };
    settings.is_on().then_some(gate)
}

/// The demo authority's files.
struct DemoFolder(PathBuf);

impl DemoAnchors for DemoFolder {
    fn read(&self) -> Result<(TrustAnchors, Vec<RevocationList>), Fault> {
        demo_authority::judged_by(&self.0)
            .map_err(|e| Fault::new("the demo authority cannot be read").caused_by(e))
    }
}

/// What the listener needs for each bank's host.
pub fn tls_hosts(live: &Live, settings: &CertificateSettings) -> anyhow::Result<Vec<TlsHost>> {
    let mut hosts = Vec::new();
    for section in live.tenants.iter().filter_map(|t| t.certificates.as_ref()) {
        let read = |end: &str| {
            let path = settings.folder.join(format!("{}.{end}", section.host));
            let hint = "the listener needs <host>.pem and <host>.key of each bank's certificate \
                        host; `renkei demo certificates` makes the demo's";
            fs::read(&path)
                .with_context(|| format!("cannot read {}\n\nhint: {hint}", path.display()))
        };
        hosts.push(TlsHost {
            name: section.host.clone(),
            chain: read("pem")?,
            key: read("key")?,
            anchors: if section.is_demo {
                demo_authority::judged_by(&settings.folder)?.0
            } else {
                section.authority.anchors.clone()
            },
        });
    }
    Ok(hosts)
}

fn notifier(settings: &Settings) -> anyhow::Result<Arc<dyn Notifier>> {
    let mail = &settings.mail;
    Ok(if mail.url.is_empty() {
        Arc::new(FolderNotifier::new(&mail.folder, &mail.from)?)
    } else {
        Arc::new(SmtpNotifier::new(&mail.url, &mail.from)?)
    })
}
