//! The demo's certificate authority: its own key and root, a revocation list, server certificates for
//! the banks' certificate hosts, customers' certificates as `.p12`, and bad ones to try. Files only;
//! whatever exists and is still good stays, so that an imported certificate keeps working.
//!
//! For demonstrations only: whoever can read the folder can issue certificates. A bank that is none
//! cannot name this authority ([`renkei_tenant::TrustFiles::Demo`]).

mod issue;

use std::fs;
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use anyhow::Context;
use openssl::asn1::Asn1Time;
use openssl::nid::Nid;
use openssl::pkcs12::Pkcs12;
use openssl::pkey::{PKey, Private};
use openssl::stack::Stack;
use openssl::x509::{X509, X509VerifyResult};
use renkei_core::certificate::{Authority, RevocationList, TrustAnchors};
use renkei_core::instant::Timestamp;
use renkei_core::port::Random;
use renkei_core::seal::hex;

use self::issue::{Issued, Wanted, issue, revocation_list};
pub(crate) use self::issue::{day, name_keys, serial};

/// The passphrase of every `.p12`: browsers import none without one.
pub const PASSPHRASE: &str = "renkei-demo";

/// The demo authority in its folder.
pub struct DemoAuthority<'a> {
    folder: PathBuf,
    now: Timestamp,
    random: &'a dyn Random,
    own: Issued,
    other: Issued,
}

/// A certificate somebody can import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Certificate, key and root, for browsers.
    pub p12: PathBuf,
    /// The certificate as PEM, for curl and the tests; its key lies beside it, as `.key`.
    pub pem: PathBuf,
    /// Its serial number, lower-case hexadecimal.
    pub serial: String,
}

/// The `.p12` of a customer, by the name of its files; none while nobody has made it.
pub fn of_customer(folder: &Path, name: &str) -> Option<PathBuf> {
    let path = folder.join(CUSTOMERS).join(format!("{name}.p12"));
    path.exists().then_some(path)
}

/// What is wrong with a certificate that is made to be refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Its validity is over.
    Expired,
    /// Its validity begins next month.
    NotYetValid,
    /// Another authority of the same name issued it.
    OtherAuthority,
    /// It is on the revocation list.
    Revoked,
    /// It identifies a server.
    WrongUsage,
    /// In order, but the bank knows nobody who holds it.
    Nobody,
}

impl Flaw {
    /// Every one.
    pub const ALL: [Self; 6] = [
        Self::Expired,
        Self::NotYetValid,
        Self::OtherAuthority,
        Self::Revoked,
        Self::WrongUsage,
        Self::Nobody,
    ];

    /// Its word in file names.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Expired => "expired",
            Self::NotYetValid => "not-yet-valid",
            Self::OtherAuthority => "other-authority",
            Self::Revoked => "revoked",
            Self::WrongUsage => "wrong-usage",
            Self::Nobody => "nobody",
        }
    }
}

impl<'a> DemoAuthority<'a> {
    /// Opens the authority, and makes what is missing of it.
    pub fn open(folder: &Path, now: Timestamp, random: &'a dyn Random) -> anyhow::Result<Self> {
        for below in [
            folder.to_owned(),
            folder.join(CUSTOMERS),
            folder.join(TROUBLE),
        ] {
            fs::DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(&below)
                .with_context(|| format!("cannot make {}", below.display()))?;
        }
        let wanted = Wanted::authority("Renkei Demo CA");
        let own = kept_or_made(folder, "demo-ca", &wanted, None, now, random)?;
        let other = kept_or_made(folder, "other-ca", &wanted, None, now, random)?;
        let authority = Self {
            folder: folder.to_owned(),
            now,
            random,
            own,
            other,
        };
        authority.write_list()?;
        Ok(authority)
    }

    /// The root that browsers may be told to trust, for the server's own certificates.
    pub fn root(&self) -> PathBuf {
        self.folder.join("demo-ca.pem")
    }

    /// A server certificate, where the listener looks for it: `<host>.pem` and `<host>.key`.
    pub fn server(&self, host: &str) -> anyhow::Result<()> {
        let wanted = Wanted::server(host);
        kept_or_made(
            &self.folder,
            host,
            &wanted,
            Some(&self.own),
            self.now,
            self.random,
        )?;
        Ok(())
    }

    /// A customer's certificate. `name` is that of its files.
    pub fn customer(&self, name: &str, common_name: &str) -> anyhow::Result<Card> {
        let wanted = Wanted::customer(common_name);
        self.card(&self.folder.join(CUSTOMERS), name, &wanted, &self.own)
    }

    /// The customer's next certificate; the one before it goes onto the revocation list.
    pub fn renewed(&self, name: &str, common_name: &str) -> anyhow::Result<Card> {
        let folder = self.folder.join(CUSTOMERS);
        if let Some(before) = read(&folder, name)? {
            self.revoke(&before.serial()?)?;
        }
        for end in ["pem", "key", "p12"] {
            let path = folder.join(format!("{name}.{end}"));
            if path.exists() {
                fs::remove_file(&path)?;
            }
        }
        self.customer(name, common_name)
    }

    /// A certificate to be refused.
    pub fn flawed(&self, name: &str, common_name: &str, flaw: Flaw) -> anyhow::Result<Card> {
        let good = Wanted::customer(common_name);
        let (wanted, issuer) = match flaw {
            Flaw::Expired => (
                Wanted {
                    days: (-400, -35),
                    ..good
                },
                &self.own,
            ),
            Flaw::NotYetValid => (
                Wanted {
                    days: (30, 395),
                    ..good
                },
                &self.own,
            ),
            Flaw::OtherAuthority => (good, &self.other),
            Flaw::WrongUsage => (
                Wanted {
                    is_server: true,
                    ..good
                },
                &self.own,
            ),
            Flaw::Revoked | Flaw::Nobody => (good, &self.own),
        };
        let card = self.card(&self.folder.join(TROUBLE), name, &wanted, issuer)?;
        if flaw == Flaw::Revoked {
            self.revoke(&card.serial)?;
        }
        Ok(card)
    }

    /// Puts a serial number onto the revocation list.
    pub fn revoke(&self, serial: &str) -> anyhow::Result<()> {
        let path = self.folder.join(REVOKED);
        let mut serials = lines(&path)?;
        if !serials.iter().any(|kept| kept == serial) {
            serials.push(serial.to_owned());
            replace(&path, format!("{}\n", serials.join("\n")).as_bytes())?;
        }
        self.write_list()
    }

    /// Writes the list anew: it tells its age, and this demo's is never old.
    fn write_list(&self) -> anyhow::Result<()> {
        let serials = lines(&self.folder.join(REVOKED))?;
        let list = revocation_list(&self.own, &serials, self.now)?;
        replace(&self.folder.join(LIST), &list.to_pem()?)
    }

    fn card(
        &self,
        folder: &Path,
        name: &str,
        wanted: &Wanted<'_>,
        issuer: &Issued,
    ) -> anyhow::Result<Card> {
        let made = kept_or_made(folder, name, wanted, Some(issuer), self.now, self.random)?;
        let path = |end: &str| folder.join(format!("{name}.{end}"));
        let card = Card {
            p12: path("p12"),
            pem: path("pem"),
            serial: made.serial()?,
        };
        if !opens_to(&card.p12, &made) {
            replace(&card.p12, &p12(name, &made, issuer)?)?;
        }
        Ok(card)
    }
}

/// What the server judges the demo's certificates by, read anew each time: `renkei demo set …
/// certificate=revoked` works at once.
pub fn judged_by(folder: &Path) -> anyhow::Result<(TrustAnchors, Vec<RevocationList>)> {
    let missing = |path: &Path| {
        format!(
            "cannot read {}\n\nhint: `renkei demo certificates` makes it",
            path.display()
        )
    };
    let (root, list) = (folder.join("demo-ca.pem"), folder.join(LIST));
    let mut authority = Authority::default();
    let bytes = fs::read(&root).with_context(|| missing(&root))?;
    authority.anchors.add(&bytes)?;
    let bytes = fs::read(&list).with_context(|| missing(&list))?;
    Ok((authority.anchors, RevocationList::parse(&bytes)?))
}

/// The certificate of these files, when it is as wanted and still good for a week; a new one when not.
fn kept_or_made(
    folder: &Path,
    name: &str,
    wanted: &Wanted<'_>,
    issuer: Option<&Issued>,
    now: Timestamp,
    random: &dyn Random,
) -> anyhow::Result<Issued> {
    if let Some(kept) = read(folder, name)?
        && stays(&kept, wanted, issuer, now)?
    {
        return Ok(kept);
    }
    let made = issue(wanted, issuer, now, random)?;
    replace(
        &folder.join(format!("{name}.key")),
        &made.key.private_key_to_pem_pkcs8()?,
    )?;
    replace(
        &folder.join(format!("{name}.pem")),
        &made.certificate.to_pem()?,
    )?;
    Ok(made)
}

fn stays(
    kept: &Issued,
    wanted: &Wanted<'_>,
    issuer: Option<&Issued>,
    now: Timestamp,
) -> anyhow::Result<bool> {
    let signer = issuer.unwrap_or(kept);
    let is_ours = signer.certificate.issued(&kept.certificate) == X509VerifyResult::OK
        && kept
            .certificate
            .verify(&*signer.certificate.public_key()?)?;
    let names = kept
        .certificate
        .subject_name()
        .entries_by_nid(Nid::COMMONNAME);
    let is_named = names
        .filter_map(|entry| entry.data().to_string().ok())
        .any(|name| name == wanted.common_name);
    let in_days = |days: i64| Asn1Time::from_unix(now.seconds() + days * 86_400);
    let (begins, ends) = (kept.certificate.not_before(), kept.certificate.not_after());
    let is_in_time = match wanted.days {
        (from, _) if from > 0 => begins > in_days(1)?.as_ref(),
        (_, until) if until < 0 => ends < in_days(0)?.as_ref(),
        _ => ends > in_days(7)?.as_ref(),
    };
    Ok(is_ours && is_named && is_in_time)
}

fn read(folder: &Path, name: &str) -> anyhow::Result<Option<Issued>> {
    let (pem, key) = (
        folder.join(format!("{name}.pem")),
        folder.join(format!("{name}.key")),
    );
    if !pem.exists() || !key.exists() {
        return Ok(None);
    }
    let read = || -> anyhow::Result<Issued> {
        Ok(Issued {
            certificate: X509::from_pem(&fs::read(&pem)?)?,
            key: PKey::private_key_from_pem(&fs::read(&key)?)?,
        })
    };
    read()
        .map(Some)
        .with_context(|| format!("{} is broken; delete it", pem.display()))
}

/// Triple DES and SHA-1 are what macOS and older systems still import; the passphrase is printed
/// anyway.
fn p12(name: &str, made: &Issued, issuer: &Issued) -> anyhow::Result<Vec<u8>> {
    let mut chain = Stack::new()?;
    chain.push(issuer.certificate.clone())?;
    let built = Pkcs12::builder()
        .name(name)
        .pkey(&made.key)
        .cert(&made.certificate)
        .ca(chain)
        .key_algorithm(Nid::PBE_WITHSHA1AND3_KEY_TRIPLEDES_CBC)
        .cert_algorithm(Nid::PBE_WITHSHA1AND3_KEY_TRIPLEDES_CBC)
        .mac_md(openssl::hash::MessageDigest::sha1())
        .build2(PASSPHRASE)?;
    Ok(built.to_der()?)
}

fn opens_to(path: &Path, issued: &Issued) -> bool {
    let opened = || {
        let bytes = fs::read(path).ok()?;
        let parsed = Pkcs12::from_der(&bytes).ok()?.parse2(PASSPHRASE).ok()?;
        let (own, kept) = (
            issued.certificate.to_der().ok()?,
            parsed.cert?.to_der().ok()?,
        );
        Some(own == kept)
    };
    opened().unwrap_or(false)
}

fn lines(path: &Path) -> anyhow::Result<Vec<String>> {
    if !path.exists() {
        return Ok(Vec::new());
    }
    let text = fs::read_to_string(path)?;
    Ok(text.lines().map(str::to_owned).collect())
}

/// Writes beside and puts in its place, so that a reader finds the old file or the new one.
fn replace(path: &Path, content: &[u8]) -> anyhow::Result<()> {
    let mut next = path.as_os_str().to_owned();
    next.push(".next");
    let next = PathBuf::from(next);
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&next)
        .with_context(|| format!("cannot write {}", next.display()))?;
    file.write_all(content)?;
    file.sync_all()?;
    fs::rename(&next, path).with_context(|| format!("cannot write {}", path.display()))
}

impl Issued {
    fn serial(&self) -> anyhow::Result<String> {
        Ok(hex(&self.certificate.serial_number().to_bn()?.to_vec()))
    }
}

/// The key that belongs to an issued certificate.
type Key = PKey<Private>;

const CUSTOMERS: &str = "customers";
const TROUBLE: &str = "trouble";
const REVOKED: &str = "demo-ca.revoked";
const LIST: &str = "demo-ca.crl";
