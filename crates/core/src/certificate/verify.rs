//! Whether a presented certificate is in order, at an instant, by a bank's authority.

use std::cmp::Ordering;

use openssl::asn1::{Asn1Time, Asn1TimeRef};
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::stack::Stack;
use openssl::x509::store::{X509Store, X509StoreBuilder};
use openssl::x509::verify::X509VerifyParam;
use openssl::x509::{
    CrlStatus, X509, X509ExtendedKeyUsage, X509KeyUsage, X509PurposeId, X509Ref, X509StoreContext,
};

use super::authority::{RevocationList, contains};
use super::subject::{self, Subject};
use super::{
    Authority, CertificateTrouble, LONGEST_CHAIN, Presentation, PresentedCertificate, StaleList,
};
use crate::instant::Timestamp;
use crate::seal::hex;

/// A certificate in order, and what a responder needs to be asked about it.
#[derive(Clone, Debug)]
pub struct Verified {
    /// What it says.
    pub certificate: PresentedCertificate,
    /// The certificate itself.
    pub leaf: X509,
    /// Its issuer's.
    pub issuer: X509,
}

/// What can be seen of a certificate before, and whether or not, it is in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sight {
    /// SHA-256 of the certificate, lower-case hexadecimal.
    pub fingerprint: String,
    /// Its serial number, lower-case hexadecimal.
    pub serial: String,
    /// The subject's common name.
    pub common_name: String,
    /// The issuer's common name.
    pub issuer: String,
    /// The first instant of its validity.
    pub not_before: Timestamp,
    /// The last.
    pub not_after: Timestamp,
}

impl Presentation {
    /// What can be seen of it; none when it cannot even be read.
    pub fn sight(&self) -> Option<Sight> {
        let leaf = &self.leaf;
        Some(Sight {
            fingerprint: hex(&leaf.digest(MessageDigest::sha256()).ok()?),
            serial: hex(&leaf.serial_number().to_bn().ok()?.to_vec()),
            common_name: subject::common_name(leaf.subject_name()),
            issuer: subject::common_name(leaf.issuer_name()),
            not_before: instant(leaf.not_before()).ok()?,
            not_after: instant(leaf.not_after()).ok()?,
        })
    }
}

/// Judges what was presented. Signatures, chain, validity, usage and revocation, in this order; the
/// first trouble is the one that is told.
pub fn verify(
    presented: Option<&Presentation>,
    authority: &Authority,
    now: Timestamp,
) -> Result<Verified, CertificateTrouble> {
    let presented = presented.ok_or(CertificateTrouble::Missing)?;
    if presented.chain.len() > LONGEST_CHAIN {
        return Err(CertificateTrouble::Unreadable);
    }
    let path = path(presented, authority, now)??;
    let [leaf, issuer, ..] = path.as_slice() else {
        // A root is nobody's certificate.
        return Err(CertificateTrouble::WrongUsage);
    };
    usage(leaf)?;
    for (index, pair) in path.windows(2).enumerate() {
        if let [below, above] = pair {
            revocation(below, above, index == 0, authority, now)?;
        }
    }
    Ok(Verified {
        certificate: described(leaf, authority)?,
        leaf: leaf.clone(),
        issuer: issuer.clone(),
    })
}

/// The path from the certificate to a root, or why there is none.
fn path(
    presented: &Presentation,
    authority: &Authority,
    now: Timestamp,
) -> Result<Result<Vec<X509>, CertificateTrouble>, ErrorStack> {
    let store = store(authority, now)?;
    let mut others = Stack::new()?;
    for certificate in presented
        .chain
        .iter()
        .chain(&authority.anchors.intermediates)
    {
        others.push(certificate.clone())?;
    }
    X509StoreContext::new()?.init(&store, &presented.leaf, &others, |context| {
        if context.verify_cert()? {
            let path = context.chain().into_iter().flatten();
            return Ok(Ok(path.map(ToOwned::to_owned).collect()));
        }
        Ok(Err(named(context.error().as_raw(), context.error_depth())))
    })
}

fn store(authority: &Authority, now: Timestamp) -> Result<X509Store, ErrorStack> {
    let mut parameters = X509VerifyParam::new()?;
    parameters.set_time(now.seconds());
    parameters.set_purpose(X509PurposeId::SSL_CLIENT)?;
    // 80 bits and more: no SHA-1, no short keys below the root.
    parameters.set_auth_level(1);
    let mut store = X509StoreBuilder::new()?;
    for root in &authority.anchors.roots {
        store.add_cert(root.clone())?;
    }
    store.set_param(&parameters)?;
    Ok(store.build())
}

/// OpenSSL's verdict in our words. What is wrong above the customer's own certificate is the
/// authority's matter: to the customer it is an issuer that cannot be trusted.
fn named(code: i32, depth: u32) -> CertificateTrouble {
    match (code, depth) {
        (CERT_NOT_YET_VALID, 0) => CertificateTrouble::NotYetValid,
        (CERT_HAS_EXPIRED, 0) => CertificateTrouble::Expired,
        (INVALID_PURPOSE, 0) => CertificateTrouble::WrongUsage,
        _ => CertificateTrouble::UnknownIssuer,
    }
}

/// RFC 5280 section 4.2.1.3 and 4.2.1.12: made for signing as a TLS client, and not an authority's.
fn usage(leaf: &X509) -> Result<(), CertificateTrouble> {
    let usage = leaf.key_usage();
    let signs = usage.is_none_or(|usage| usage.contains(X509KeyUsage::DIGITAL_SIGNATURE));
    let issues = usage.is_some_and(|usage| usage.contains(X509KeyUsage::KEY_CERT_SIGN));
    let identifies = leaf
        .extended_key_usage()
        .is_none_or(|usage| usage.contains(X509ExtendedKeyUsage::SSL_CLIENT));
    if signs && identifies && !issues && leaf.pathlen().is_none() && !says_authority(leaf) {
        Ok(())
    } else {
        Err(CertificateTrouble::WrongUsage)
    }
}

/// Whether basic constraints say `cA TRUE` (RFC 5280 section 4.2.1.9). OpenSSL's wrapper tells only
/// the path length, so the extension is looked for as DER writes it; bytes of this form elsewhere in a
/// certificate cost its holder nothing but a refusal.
pub fn says_authority(leaf: &X509) -> bool {
    let Ok(der) = leaf.to_der() else {
        return true;
    };
    BASIC_CONSTRAINTS
        .iter()
        .any(|written| contains(&der, written))
}

fn revocation(
    below: &X509,
    above: &X509Ref,
    is_leaf: bool,
    authority: &Authority,
    now: Timestamp,
) -> Result<(), CertificateTrouble> {
    if authority.lists.is_empty() {
        return Ok(());
    }
    let newest = authority
        .lists
        .iter()
        .filter(|list| list.is_of(above))
        .max_by(|a, b| {
            let order = a.0.last_update().partial_cmp(b.0.last_update());
            order.unwrap_or(Ordering::Equal)
        });
    let Some(RevocationList(list)) = newest else {
        // Lists are kept for this bank, but nobody knows whether this one was revoked.
        return match authority.stale {
            StaleList::Refuse if is_leaf => Err(CertificateTrouble::ListOutOfDate),
            StaleList::Refuse | StaleList::Accept => Ok(()),
        };
    };
    if matches!(list.get_by_cert(below), CrlStatus::Revoked(_)) {
        return Err(if is_leaf {
            CertificateTrouble::Revoked
        } else {
            CertificateTrouble::UnknownIssuer
        });
    }
    let Ok(instant) = Asn1Time::from_unix(now.seconds()) else {
        return Err(CertificateTrouble::ListOutOfDate);
    };
    let is_current = list
        .next_update()
        .is_none_or(|until| until > instant.as_ref());
    match authority.stale {
        StaleList::Refuse if !is_current => Err(CertificateTrouble::ListOutOfDate),
        StaleList::Refuse | StaleList::Accept => Ok(()),
    }
}

fn described(
    leaf: &X509,
    authority: &Authority,
) -> Result<PresentedCertificate, CertificateTrouble> {
    let alone = Presentation::new(leaf.clone(), Vec::new());
    let sight = alone.sight().ok_or(CertificateTrouble::Unreadable)?;
    let subject = Subject::of(leaf);
    Ok(PresentedCertificate {
        fingerprint: sight.fingerprint,
        serial: sight.serial,
        identifiers: authority.subject.read(&subject)?,
        issuer: sight.issuer,
        not_after: sight.not_after,
        common_name: subject.common_name,
        organizational_units: subject.organizational_units,
        organization: subject.organization,
        subject_serial: subject.serial,
    })
}

fn instant(time: &Asn1TimeRef) -> Result<Timestamp, ErrorStack> {
    let since = Asn1Time::from_unix(0)?.diff(time)?;
    let seconds = i64::from(since.days) * 86_400 + i64::from(since.secs);
    Ok(Timestamp::from_millis(seconds.saturating_mul(1000)))
}

impl From<ErrorStack> for CertificateTrouble {
    /// OpenSSL could not even look at it.
    fn from(_: ErrorStack) -> Self {
        Self::Unreadable
    }
}

/// `X509_V_ERR_CERT_NOT_YET_VALID`
const CERT_NOT_YET_VALID: i32 = 9;
/// `X509_V_ERR_CERT_HAS_EXPIRED`
const CERT_HAS_EXPIRED: i32 = 10;
/// `X509_V_ERR_INVALID_PURPOSE`
const INVALID_PURPOSE: i32 = 26;
/// The extension with `cA TRUE` and no path length, critical and not.
const BASIC_CONSTRAINTS: [&[u8]; 2] = [
    &[
        0x06, 0x03, 0x55, 0x1d, 0x13, 0x01, 0x01, 0xff, 0x04, 0x05, 0x30, 0x03, 0x01, 0x01, 0xff,
    ],
    &[
        0x06, 0x03, 0x55, 0x1d, 0x13, 0x04, 0x05, 0x30, 0x03, 0x01, 0x01, 0xff,
    ],
];
