//! Deployment settings: defaults, then a file, then the environment (`RENKEI__DATABASE_URL`).

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use anyhow::Context;
use config::{Config, Environment, File};
use serde::Deserialize;

/// Everything a deployment may set.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The platform's own address as customers and clients see it, without a slash at its end.
    pub base_url: String,
    /// Where the sample app is, for the demo's clients.
    pub app_url: String,
    /// Where to listen.
    pub listen: Vec<SocketAddr>,
    /// `sqlite://path` or `postgres://…`.
    pub database_url: String,
    /// `full` waits for the disk at each commit; `normal` may lose the latest when the power fails.
    /// SQLite only.
    pub durability: Durability,
    /// The banks' folders.
    pub tenants_dir: PathBuf,
    /// Whether a change in the banks' folders is taken up by itself, within a few seconds.
    pub tenants_watch: bool,
    /// Whether galleries of the banks' screens are served at `/preview`; for demonstrations.
    pub preview: bool,
    /// The keyring and the signing key.
    pub keys_dir: PathBuf,
    /// Where the process notes its id, for `renkei tenant reload`.
    pub pid_file: PathBuf,
    /// Mail.
    pub mail: Mail,
    /// Client certificates.
    pub certificate: CertificateSettings,
    /// The e-Gov half.
    pub egov: EgovSettings,
    /// Proxies whose `X-Forwarded-For` (and, by [`CertificateSource`], `Client-Cert`) is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// Further host names under which the platform is served; none means that of `base_url`, with the
    /// machine's own names when it is one of them.
    pub allowed_hosts: Vec<String>,
    /// Host names of banks, by tenant id, that stand before `host` in their files; an empty one takes
    /// a bank's host away.
    pub hosts: BTreeMap<String, String>,
    /// Threads that serve requests; 0 is one for each core.
    pub workers: usize,
    /// What is logged, as `tracing` filters are written.
    pub log: String,
}

/// See [`Settings::durability`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Durability {
    /// Survives a power failure.
    Full,
    /// Does not, but never corrupts.
    Normal,
}

/// The e-Gov half of a deployment.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EgovSettings {
    /// Whether the interface and the ministries' desk are served.
    pub on: bool,
    /// Whether procedures may have scripts here: for partners who test, never where applications are
    /// real.
    pub sandbox: bool,
    /// Whether fees and official documents need a second pair of eyes.
    pub four_eyes: bool,
    /// The procedures' files.
    pub procedures_dir: PathBuf,
    /// Trust anchors, the ministries' keys, and the demo's certificates.
    pub folder: PathBuf,
    /// How long an access key lives.
    pub key_minutes: u32,
    /// Requests a minute of one software; 0 is any number.
    pub software_requests_per_minute: u32,
    /// Requests a minute of one user; 0 is any number.
    pub user_requests_per_minute: u32,
    /// Bounds on what is sent.
    pub limits: EgovLimits,
}

/// See [`EgovSettings::limits`].
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EgovLimits {
    /// Largest body, in KiB.
    pub body_kib: usize,
    /// Largest sum of an archive's files, in KiB.
    pub unpacked_kib: usize,
    /// Most entries of an archive.
    pub entries: usize,
    /// Most bytes that one packed byte may become.
    pub ratio: usize,
    /// Most applications of one package.
    pub applications: usize,
}

/// Client certificates, as this deployment takes them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CertificateSettings {
    /// Where to listen, with TLS, for customers who present one; nowhere when empty.
    pub listen: Vec<SocketAddr>,
    /// Where a certificate comes from.
    pub source: CertificateSource,
    /// The port in the address that customers are sent to; 0 is that of `listen`, and 443 behind a
    /// proxy.
    pub port: u16,
    /// The listener's own certificates, `<host>.pem` (with its chain) and `<host>.key` for each
    /// bank's host; and the demo authority.
    pub folder: PathBuf,
}

/// See [`CertificateSettings::source`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CertificateSource {
    /// From our own TLS listener.
    Listener,
    /// From `Client-Cert` (RFC 9440), as one of `trusted_proxies` sets it.
    ProxyHeader,
}

impl CertificateSettings {
    /// Whether certificates are taken at all.
    pub fn is_on(&self) -> bool {
        self.source == CertificateSource::ProxyHeader || !self.listen.is_empty()
    }

    /// The port in the address that customers are sent to.
    pub fn public_port(&self) -> u16 {
        match (self.port, self.source) {
            (0, CertificateSource::ProxyHeader) => HTTPS,
            (0, CertificateSource::Listener) => self.listen.first().map_or(HTTPS, SocketAddr::port),
            (port, _) => port,
        }
    }
}

/// Mail settings.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// `smtp://host:25` or `smtps://user:password@host`; empty writes into `folder`.
    pub url: String,
    /// Where mails go when there is no server.
    pub folder: PathBuf,
    /// The sender's address.
    pub from: String,
}

impl Settings {
    /// Reads them. A file that is named must be there; `renkei.toml` is read when it is there.
    pub fn load(file: Option<&Path>) -> anyhow::Result<Self> {
        let given = match file {
            Some(path) => File::from(path).required(true),
            None => File::with_name("renkei.toml").required(false),
        };
        let environment = Environment::with_prefix("RENKEI")
            .prefix_separator("__")
            .separator("__")
            .list_separator(",")
            .with_list_parse_key("listen")
            .with_list_parse_key("certificate.listen")
            .with_list_parse_key("trusted_proxies")
            .with_list_parse_key("allowed_hosts")
            .try_parsing(true);
        let settings: Self = Config::builder()
            .add_source(File::from_str(DEFAULTS, config::FileFormat::Toml))
            .add_source(given)
            .add_source(environment)
            .build()
            .and_then(Config::try_deserialize)
            .context("the settings are not usable")?;
        anyhow::ensure!(
            !settings.base_url.ends_with('/') && settings.base_url.starts_with("http"),
            "base_url must be an http or https address without a slash at its end, is `{}`",
            settings.base_url
        );
        Ok(settings)
    }
}

const HTTPS: u16 = 443;
const DEFAULTS: &str = r#"
base_url = "http://localhost:8080"
app_url = "http://localhost:8090"
listen = ["127.0.0.1:8080", "[::1]:8080"]
database_url = "sqlite://var/renkei.db"
durability = "full"
tenants_dir = "tenants"
tenants_watch = false
preview = false
keys_dir = "var/keys"
pid_file = "var/renkei.pid"
trusted_proxies = []
allowed_hosts = []
workers = 0
log = "info"

[certificate]
listen = []
source = "listener"
port = 0
folder = "var/certificates"

[egov]
on = false
sandbox = false
four_eyes = false
procedures_dir = "egov/procedures"
folder = "var/egov"
key_minutes = 60
software_requests_per_minute = 12000
user_requests_per_minute = 6000

[egov.limits]
body_kib = 51200
unpacked_kib = 204800
entries = 1000
ratio = 200
applications = 200

[hosts]

[mail]
url = ""
folder = "var/mail"
from = "no-reply@renkei.example"
"#;
