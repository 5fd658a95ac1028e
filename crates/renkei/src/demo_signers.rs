//! The demo's certificates for e-Gov: an authority for applicants and one for ministries, with what
//! they issue. Files only; what exists stays. For demonstrations only: whoever can read the folder can
//! issue certificates.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use openssl::asn1::{Asn1Object, Asn1OctetString};
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::{PKey, Private};
use openssl::rsa::Rsa;
use openssl::x509::extension::{BasicConstraints, KeyUsage};
use openssl::x509::{X509, X509Builder, X509Extension, X509Name};
use renkei_core::instant::Timestamp;
use renkei_core::port::Random;

use crate::demo_authority::{day, name_keys, serial};
use crate::ministry::put;

/// The names on a certificate.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    /// O of the subject.
    pub organization: &'a str,
    /// OU of the subject.
    pub unit: &'a str,
    /// CN of the subject.
    pub common_name: &'a str,
    /// The same in Japanese: O, OU, CN of a directory name; an empty one is left out.
    pub japanese: [&'a str; 3],
}

/// A certificate with its key, and the names that it gives to what it issues.
pub struct Signer<'a> {
    names: Names<'a>,
    certificate: X509,
    key: PKey<Private>,
    path: PathBuf,
}

impl Signer<'_> {
    /// The certificate, as PEM.
    pub fn pem(&self) -> anyhow::Result<Vec<u8>> {
        Ok(self.certificate.to_pem()?)
    }

    /// The key, as PEM.
    pub fn key_pem(&self) -> anyhow::Result<Vec<u8>> {
        Ok(self.key.private_key_to_pem_pkcs8()?)
    }

    /// Where the certificate lies; its key beside it, as `.key`.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// Reads a signer's files, or makes them. Without an issuer it is an authority and signs itself.
pub fn kept_or_made<'a>(
    folder: &Path,
    file: &str,
    names: Names<'a>,
    issuer: Option<&Signer<'_>>,
    now: Timestamp,
    random: &dyn Random,
) -> anyhow::Result<Signer<'a>> {
    let path = folder.join(format!("{file}.pem"));
    let key_path = folder.join(format!("{file}.key"));
    if path.exists() && key_path.exists() {
        let told = || format!("{} is broken; delete it", path.display());
        return Ok(Signer {
            names,
            certificate: X509::from_pem(&fs::read(&path)?).with_context(told)?,
            key: PKey::private_key_from_pem(&fs::read(&key_path)?).with_context(told)?,
            path,
        });
    }
    let (certificate, key) = made(names, issuer, now, random)?;
    put(
        folder,
        &format!("{file}.key"),
        &key.private_key_to_pem_pkcs8()?,
    )?;
    put(folder, &format!("{file}.pem"), &certificate.to_pem()?)?;
    Ok(Signer {
        names,
        certificate,
        key,
        path,
    })
}

fn made(
    names: Names<'_>,
    issuer: Option<&Signer<'_>>,
    now: Timestamp,
    random: &dyn Random,
) -> Result<(X509, PKey<Private>), ErrorStack> {
    let key = PKey::from_rsa(Rsa::generate(BITS)?)?;
    let subject = subject(names)?;
    let mut builder = X509Builder::new()?;
    builder.set_version(2)?;
    builder.set_serial_number(serial(random)?.as_ref())?;
    builder.set_subject_name(&subject)?;
    let above = issuer.map_or(&*subject, |issuer| issuer.certificate.subject_name());
    builder.set_issuer_name(above)?;
    let days = if issuer.is_some() {
        FIVE_YEARS
    } else {
        TEN_YEARS
    };
    builder.set_not_before(day(now, -1)?.as_ref())?;
    builder.set_not_after(day(now, days)?.as_ref())?;
    builder.set_pubkey(&key)?;
    let (mut constraints, mut usage) = (BasicConstraints::new(), KeyUsage::new());
    constraints.critical();
    usage.critical();
    if issuer.is_none() {
        constraints.ca();
        usage.key_cert_sign().crl_sign();
    } else {
        usage.digital_signature().non_repudiation();
    }
    builder.append_extension(constraints.build()?)?;
    builder.append_extension(usage.build()?)?;
    let issuer_names = issuer.map_or(names, |issuer| issuer.names);
    builder.append_extension(directory_name(SUBJECT_ALTERNATIVE, names)?)?;
    builder.append_extension(directory_name(ISSUER_ALTERNATIVE, issuer_names)?)?;
    name_keys(&mut builder, issuer.map(|issuer| &*issuer.certificate))?;
    let signer = issuer.map_or(&key, |issuer| &issuer.key);
    builder.sign(signer, MessageDigest::sha256())?;
    Ok((builder.build(), key))
}

fn subject(names: Names<'_>) -> Result<X509Name, ErrorStack> {
    name([names.organization, names.unit, names.common_name])
}

fn name(parts: [&str; 3]) -> Result<X509Name, ErrorStack> {
    let mut name = X509Name::builder()?;
    name.append_entry_by_nid(Nid::COUNTRYNAME, "JP")?;
    let nids = [
        Nid::ORGANIZATIONNAME,
        Nid::ORGANIZATIONALUNITNAME,
        Nid::COMMONNAME,
    ];
    for (nid, part) in nids.into_iter().zip(parts) {
        if !part.is_empty() {
            name.append_entry_by_nid(nid, part)?;
        }
    }
    Ok(name.build())
}

/// An alternative name that is a directory name (RFC 5280 section 4.2.1.6): `GeneralNames` of one,
/// `[4] EXPLICIT Name`. The library builds none.
fn directory_name(oid: &str, names: Names<'_>) -> Result<X509Extension, ErrorStack> {
    let inner = name(names.japanese)?.to_der()?;
    let names = tagged(SEQUENCE, &tagged(DIRECTORY_NAME, &inner));
    let value = Asn1OctetString::new_from_bytes(&names)?;
    let oid = Asn1Object::from_str(oid)?;
    X509Extension::new_from_der(&oid, false, &value)
}

/// One value in DER, of at most 65,535 bytes.
fn tagged(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).unwrap_or(u16::MAX);
    let [high, low] = length.to_be_bytes();
    let mut all = match (high, low) {
        (0, 0..=127) => vec![tag, low],
        (0, _) => vec![tag, 0x81, low],
        _ => vec![tag, 0x82, high, low],
    };
    all.extend_from_slice(content);
    all
}

/// 127 random bits: positive, and never the same twice (RFC 5280 section 4.1.2.2).
const BITS: u32 = 2048;
const FIVE_YEARS: i64 = 5 * 365;
const TEN_YEARS: i64 = 10 * 365;
const SEQUENCE: u8 = 0x30;
const DIRECTORY_NAME: u8 = 0xa4;
const SUBJECT_ALTERNATIVE: &str = "2.5.29.17";
const ISSUER_ALTERNATIVE: &str = "2.5.29.18";
