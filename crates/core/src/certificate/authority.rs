//! What a bank trusts: the roots of its certificates, and the lists of those that were revoked.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use openssl::x509::{X509, X509Crl, X509KeyUsage, X509Ref, X509VerifyResult};

use super::{StaleList, SubjectFields};

/// By what a bank judges its customers' certificates.
#[derive(Clone, Debug, Default)]
pub struct Authority {
    /// The roots, and the intermediates that are known beside them.
    pub anchors: TrustAnchors,
    /// The revocation lists. With none, nothing is asked about revocation.
    pub lists: Vec<RevocationList>,
    /// What to do when a list is out of date.
    pub stale: StaleList,
    /// Where the subject says who the holder is.
    pub subject: SubjectFields,
}

/// A file that cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotUsable {
    /// No certificate in it, or a broken one.
    #[error("holds no readable certificate; PEM or DER is wanted")]
    Certificate,
    /// Only certificates that others have signed.
    #[error("holds no self-signed root; a chain that ends at an intermediate is not trusted")]
    NoRoot,
    /// No revocation list in it, or a broken one.
    #[error("holds no readable revocation list; PEM or DER is wanted")]
    List,
    /// A list that says only a part: certificates it does not name may be revoked all the same.
    #[error("is a partial revocation list (a delta, or one with a distribution point of its own)")]
    PartialList,
}

/// The roots a bank trusts, and the intermediates that are known beside them.
#[derive(Clone, Default)]
pub struct TrustAnchors {
    pub(super) roots: Vec<X509>,
    pub(super) intermediates: Vec<X509>,
}

impl TrustAnchors {
    /// Adds what a file holds: PEM with any number of certificates, or one in DER.
    ///
    /// # Errors
    /// When there is none in it, or only some that others have signed while no root is known yet.
    pub fn add(&mut self, file: &[u8]) -> Result<(), NotUsable> {
        let found = if is_pem(file) {
            X509::stack_from_pem(file).map_err(|_| NotUsable::Certificate)?
        } else {
            vec![X509::from_der(file).map_err(|_| NotUsable::Certificate)?]
        };
        if found.is_empty() {
            return Err(NotUsable::Certificate);
        }
        for certificate in found {
            if certificate.issued(&certificate) == X509VerifyResult::OK {
                self.roots.push(certificate);
            } else {
                self.intermediates.push(certificate);
            }
        }
        if self.roots.is_empty() {
            return Err(NotUsable::NoRoot);
        }
        Ok(())
    }

    /// The certificates whose names a TLS server tells a browser, so that it offers only fitting
    /// ones.
    pub fn certificates(&self) -> impl Iterator<Item = &X509> {
        self.roots.iter().chain(&self.intermediates)
    }
}

impl fmt::Debug for TrustAnchors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TrustAnchors({} roots)", self.roots.len())
    }
}

/// A list of revoked certificates (RFC 5280 section 5): the whole of what its issuer has revoked.
#[derive(Clone)]
pub struct RevocationList(pub(super) Arc<X509Crl>);

impl RevocationList {
    /// Reads what a file holds: PEM with any number of lists, or one in DER.
    pub fn parse(file: &[u8]) -> Result<Vec<Self>, NotUsable> {
        let found: Vec<X509Crl> = if is_pem(file) {
            let text = std::str::from_utf8(file).map_err(|_| NotUsable::List)?;
            text.split_inclusive(END_OF_LIST)
                .filter(|part| part.contains(END_OF_LIST))
                .map(|part| X509Crl::from_pem(part.as_bytes()))
                .collect::<Result<_, _>>()
                .map_err(|_| NotUsable::List)?
        } else {
            vec![X509Crl::from_der(file).map_err(|_| NotUsable::List)?]
        };
        if found.is_empty() {
            return Err(NotUsable::List);
        }
        for list in &found {
            let der = list.to_der().map_err(|_| NotUsable::List)?;
            if PARTIAL.iter().any(|oid| contains(&der, oid)) {
                return Err(NotUsable::PartialList);
            }
        }
        Ok(found.into_iter().map(Arc::new).map(Self).collect())
    }

    /// The list itself.
    pub fn list(&self) -> &X509Crl {
        &self.0
    }

    /// Whether this is an issuer's own list: by name, by permission, by signature.
    pub fn is_of(&self, issuer: &X509Ref) -> bool {
        let same_name =
            self.0.issuer_name().try_cmp(issuer.subject_name()).ok() == Some(Ordering::Equal);
        let may_sign = issuer
            .key_usage()
            .is_none_or(|usage| usage.contains(X509KeyUsage::CRL_SIGN));
        same_name
            && may_sign
            && issuer
                .public_key()
                .and_then(|key| self.0.verify(&key))
                .unwrap_or(false)
    }
}

impl fmt::Debug for RevocationList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RevocationList(until {:?})", self.0.next_update())
    }
}

pub(super) fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

fn is_pem(file: &[u8]) -> bool {
    contains(file, b"-----BEGIN ")
}

const END_OF_LIST: &str = "-----END X509 CRL-----";
/// Delta CRL Indicator and Issuing Distribution Point (RFC 5280 sections 5.2.4 and 5.2.5), as DER
/// writes their object identifiers.
const PARTIAL: [&[u8]; 2] = [
    &[0x06, 0x03, 0x55, 0x1d, 0x1b],
    &[0x06, 0x03, 0x55, 0x1d, 0x1c],
];
