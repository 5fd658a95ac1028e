//! The files of the e-Gov half: procedures, trust anchors, and the keys that the ministries sign with.
//!
//! In the folder: `anchors/` (whose certificates applicants sign with) and `ministries/` (whose stand
//! behind official documents), each with `*.pem` and revocation lists `*.crl`; `keys/` with
//! `<ministry>.pem`, the certificate and its authority's, and `<ministry>.sealed`, the key.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use anyhow::{Context, bail, ensure};
use async_trait::async_trait;
use openssl::x509::X509;
use renkei_bank::Hasher;
use renkei_core::fault::Fault;
use renkei_core::instant::Timestamp;
use renkei_core::port::Random;
use renkei_core::seal::{Keyring, Sealed};
use renkei_core::secret::Password;
use renkei_egov::certificate::{Anchors, Certificate};
use renkei_egov::limits::Limits;
use renkei_egov::number::MinistryId;
use renkei_egov::papers::Stationery;
use renkei_egov::port::PasswordHashes;
use renkei_egov::procedure::{ProcedureFile, Procedures};
use renkei_egov::signature::SigningKey;
use renkei_server::{Allowance, EgovRules, EgovSettings, Rates};
use renkei_tenant::load_documents;

use crate::settings;
use crate::settings::Settings;

/// Whom an anchor is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Trusted {
    /// Applicants: requests and packages.
    Applicants,
    /// Ministries: official documents.
    Ministries,
}

impl Trusted {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Applicants, Self::Ministries];

    /// Where its anchors lie.
    pub fn folder(self, root: &Path) -> PathBuf {
        root.join(match self {
            Self::Applicants => "anchors",
            Self::Ministries => "ministries",
        })
    }

    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Applicants => "applicants",
            Self::Ministries => "ministries",
        }
    }
}

/// Everything that is read from files.
pub fn rules(settings: &Settings, keyring: &Keyring) -> anyhow::Result<EgovRules> {
    let own = &settings.egov;
    Ok(EgovRules {
        procedures: Arc::new(procedures(&own.procedures_dir, own.sandbox)?),
        applicants: Arc::new(anchors(&Trusted::Applicants.folder(&own.folder))?),
        ministries: Arc::new(anchors(&Trusted::Ministries.folder(&own.folder))?),
        papers: Arc::new(Stationery {
            keys: keys(&own.folder, keyring)?,
        }),
        banks_changed_on: changed_on(&settings.tenants_dir),
    })
}

/// What the server is told of the settings.
pub fn server_settings(own: &settings::EgovSettings) -> EgovSettings {
    let kib = |count: usize| count.saturating_mul(1024);
    let limits = &own.limits;
    EgovSettings {
        sandbox: own.sandbox,
        four_eyes: own.four_eyes,
        key_lives_for: Duration::from_secs(u64::from(own.key_minutes) * 60),
        limits: Limits {
            body: kib(limits.body_kib),
            archive: kib(limits.body_kib),
            unpacked: kib(limits.unpacked_kib),
            entries: limits.entries,
            ratio: limits.ratio,
            applications: limits.applications,
            ..Limits::default()
        },
    }
}

/// How often software and users may ask.
pub fn rates(own: &settings::EgovSettings) -> Rates {
    Rates::new(Allowance {
        software: own.software_requests_per_minute,
        user: own.user_requests_per_minute,
    })
}

/// The procedures of a folder, or everything that is wrong with them.
pub fn procedures(folder: &Path, sandbox: bool) -> anyhow::Result<Procedures> {
    let files = load_documents::<ProcedureFile>(folder).map_err(|found| {
        let told: Vec<String> = found.iter().map(ToString::to_string).collect();
        anyhow::anyhow!("the procedures are not in order\n\n{}", told.join("\n"))
    })?;
    let all = files.into_iter().flat_map(|(_, file)| file.procedures);
    Procedures::new(all, sandbox).map_err(|found| {
        let told: Vec<String> = found.iter().map(ToString::to_string).collect();
        anyhow::anyhow!("the procedures are not in order\n\n{}", told.join("\n"))
    })
}

/// The trust anchors of a folder; nobody, when it is not there.
pub fn anchors(folder: &Path) -> anyhow::Result<Anchors> {
    let mut anchors = Anchors::default();
    for path in files(folder, "pem")? {
        for certificate in certificates(&path)? {
            anchors.add(certificate);
        }
    }
    for path in files(folder, "crl")? {
        let bytes = fs::read(&path)?;
        let added = anchors.add_lists(&bytes);
        added.with_context(|| format!("{} is no revocation list", path.display()))?;
    }
    Ok(anchors)
}

/// Every certificate of a PEM file, in its order.
pub fn certificates(path: &Path) -> anyhow::Result<Vec<Certificate>> {
    let told = || format!("cannot read {}", path.display());
    let pem = fs::read(path).with_context(told)?;
    let all = X509::stack_from_pem(&pem).with_context(told)?;
    ensure!(!all.is_empty(), "{} holds no certificate", path.display());
    all.iter()
        .map(|one| {
            Certificate::from_der(&one.to_der()?)
                .with_context(|| format!("{} holds a certificate we do not read", path.display()))
        })
        .collect()
}

/// The files of a folder with this ending, by name; none when it is not there.
pub fn files(folder: &Path, ending: &str) -> anyhow::Result<Vec<PathBuf>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let mut all = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == ending) {
            all.push(path);
        }
    }
    all.sort_unstable();
    Ok(all)
}

/// The ministries' keys.
pub fn keys(folder: &Path, keyring: &Keyring) -> anyhow::Result<BTreeMap<MinistryId, SigningKey>> {
    let mut keys = BTreeMap::new();
    for path in files(&folder.join(KEYS), "pem")? {
        let name = path.file_stem().and_then(|name| name.to_str());
        let ministry = MinistryId::parse(name.unwrap_or_default())
            .with_context(|| format!("{} is not named after a ministry", path.display()))?;
        let sealed = fs::read_to_string(path.with_extension("sealed"))
            .with_context(|| format!("{} has no key beside it", path.display()))?;
        let pem = keyring.open(SEALED_KEY, &Sealed::from_stored(sealed.trim().to_owned()))?;
        let key = SigningKey::new(pem.as_bytes(), certificates(&path)?)
            .with_context(|| format!("the key of {ministry} does not fit its certificate"))?;
        keys.insert(ministry, key);
    }
    Ok(keys)
}

/// Keeps a ministry's key, sealed. `chain`: its certificate and its authority's.
pub fn keep_key(
    folder: &Path,
    ministry: &MinistryId,
    key: &[u8],
    chain: &[u8],
    keyring: &Keyring,
    random: &dyn Random,
) -> anyhow::Result<()> {
    let all = X509::stack_from_pem(chain).context("the certificates cannot be read")?;
    let mut own = Vec::new();
    for one in &all {
        own.push(Certificate::from_der(&one.to_der()?)?);
    }
    if own.len() != 2 {
        bail!("a ministry's signature carries two certificates: its own and its authority's");
    }
    SigningKey::new(key, own).context("the key does not belong to the certificate")?;
    let key = std::str::from_utf8(key).context("the key is not PEM")?;
    let sealed = keyring.seal(SEALED_KEY, key, random)?;
    let folder = folder.join(KEYS);
    put(
        &folder,
        &format!("{ministry}.sealed"),
        sealed.as_str().as_bytes(),
    )?;
    put(&folder, &format!("{ministry}.pem"), chain)
}

/// Writes a file that only its owner can read, beside and then in its place.
pub fn put(folder: &Path, name: &str, content: &[u8]) -> anyhow::Result<()> {
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .with_context(|| format!("cannot make {}", folder.display()))?;
    let next = folder.join(format!("{name}.next"));
    let told = || format!("cannot write {}", next.display());
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&next)
        .with_context(told)?;
    file.write_all(content)?;
    file.sync_all()?;
    fs::rename(&next, folder.join(name)).with_context(told)
}

/// The day on which a bank's file changed last.
fn changed_on(tenants_dir: &Path) -> time::Date {
    let entries = fs::read_dir(tenants_dir).into_iter().flatten();
    let newest = entries
        .filter_map(Result::ok)
        .filter_map(|entry| fs::metadata(entry.path().join("tenant.yaml")).ok())
        .filter_map(|about| about.modified().ok())
        .filter_map(|at| at.duration_since(SystemTime::UNIX_EPOCH).ok())
        .max()
        .unwrap_or_default();
    let millis = i64::try_from(newest.as_millis()).unwrap_or_default();
    Timestamp::from_millis(millis).japan_date()
}

/// The staff's passwords cost what the customers' do, and wait with them.
pub struct StaffHashes(pub Hasher);

#[async_trait]
impl PasswordHashes for StaffHashes {
    async fn hash(&self, password: &Password, random: &dyn Random) -> Result<String, Fault> {
        self.0.hash(password, random).await
    }

    async fn verify(&self, password: &Password, hash: Option<&str>) -> Result<bool, Fault> {
        self.0.verify(password, hash).await
    }
}

const KEYS: &str = "keys";
/// Purpose under which the ministries' keys are sealed.
const SEALED_KEY: &str = "egov.ministry_key";
