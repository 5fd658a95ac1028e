//! Certificates: reading one strictly, its identity (証明書識別情報), whether it may sign at an instant, and how the
//! answer of 公文書署名検証 shows it. An embedded certificate is a claim; only [`Anchors::judge`] makes it more.

mod anchor;
mod display;

use std::fmt;

use openssl::asn1::{Asn1Time, Asn1TimeRef};
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::{Id, PKey, Public};
use openssl::x509::{X509, X509KeyUsage};
use renkei_core::certificate::says_authority;
use renkei_core::instant::Timestamp;
use renkei_core::seal::hex;

pub use self::anchor::Anchors;
pub use self::display::CertificateDisplay;
use crate::base64;
use crate::limits::RSA_BITS;

/// Why a certificate does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum CertificateError {
    /// Not one certificate in DER and nothing else.
    #[error("not a certificate")]
    Unreadable,
    /// Its validity has not begun.
    #[error("not yet valid")]
    NotYetValid,
    /// Its validity is over.
    #[error("expired")]
    Expired,
    /// Its issuer has revoked it.
    #[error("revoked")]
    Revoked,
    /// Lists of its issuer are kept, and none of them is current.
    #[error("whether it is revoked is not known")]
    RevocationUnknown,
    /// No path to a certificate we trust.
    #[error("issued by nobody we trust")]
    UntrustedIssuer,
    /// Not RSA, or too short.
    #[error("its key is too weak")]
    WeakKey,
    /// Not signed with SHA-256 and RSA.
    #[error("signed with an algorithm we do not take")]
    WrongAlgorithm,
    /// Not made for signatures, or an authority's.
    #[error("not made for signing documents")]
    WrongUsage,
}

impl CertificateError {
    /// Its word in the audit record.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::NotYetValid => "certificate-not-yet-valid",
            Self::Expired => "certificate-expired",
            Self::Revoked => "certificate-revoked",
            Self::RevocationUnknown => "revocation-unknown",
            Self::UntrustedIssuer => "untrusted-issuer",
            Self::WeakKey => "weak-key",
            Self::WrongAlgorithm => "wrong-algorithm",
            Self::WrongUsage => "wrong-usage",
        }
    }
}

impl From<ErrorStack> for CertificateError {
    /// OpenSSL could not even look at it.
    fn from(_: ErrorStack) -> Self {
        Self::Unreadable
    }
}

/// What is stored of a certificate (証明書識別情報). Two are the same exactly when `digest` is: names prove nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateIdentity {
    /// SHA-256 of the DER.
    pub digest: [u8; 32],
    /// Distinguished name of the issuer, as it is displayed.
    pub issuer: String,
    /// Serial number, upper-case hexadecimal.
    pub serial: String,
    /// Distinguished name of the subject, as it is displayed.
    pub subject: String,
    /// First instant of its validity.
    pub not_before: Timestamp,
    /// Last instant of its validity.
    pub not_after: Timestamp,
}

impl CertificateIdentity {
    /// The digest in lower-case hexadecimal, the key under which it is stored.
    pub fn key(&self) -> String {
        hex(&self.digest)
    }
}

/// One certificate as it came; nothing is judged yet.
#[derive(Clone)]
pub struct Certificate {
    x509: X509,
    der: Vec<u8>,
}

impl Certificate {
    /// Reads exactly one certificate in DER.
    pub fn from_der(der: &[u8]) -> Result<Self, CertificateError> {
        if der.len() > LARGEST {
            return Err(CertificateError::Unreadable);
        }
        let x509 = X509::from_der(der)?;
        // OpenSSL stops reading at the end of the certificate; what follows would change the digest and nothing else.
        let written = x509.to_der()?;
        if written != der {
            return Err(CertificateError::Unreadable);
        }
        Ok(Self { x509, der: written })
    }

    /// Reads the value of an `X509Certificate` element.
    pub fn from_base64(text: &str) -> Result<Self, CertificateError> {
        let der = base64::decode(text, LARGEST).map_err(|_| CertificateError::Unreadable)?;
        Self::from_der(&der)
    }

    /// Reads the first certificate of a PEM file.
    pub fn from_pem(pem: &[u8]) -> Result<Self, CertificateError> {
        Self::from_der(&X509::from_pem(pem)?.to_der()?)
    }

    /// The certificate in DER.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// The certificate as documents and storage carry it.
    pub fn base64(&self) -> String {
        base64::encode(&self.der)
    }

    /// What is stored of it.
    pub fn identity(&self) -> Result<CertificateIdentity, CertificateError> {
        Ok(CertificateIdentity {
            digest: self.digest(),
            issuer: display::distinguished_name(self.x509.issuer_name()),
            serial: hex(&self.x509.serial_number().to_bn()?.to_vec()).to_ascii_uppercase(),
            subject: display::distinguished_name(self.x509.subject_name()),
            not_before: instant(self.x509.not_before())?,
            not_after: instant(self.x509.not_after())?,
        })
    }

    /// SHA-256 of the DER.
    pub fn digest(&self) -> [u8; 32] {
        openssl::sha::sha256(&self.der)
    }

    /// How the answer of 公文書署名検証 shows it.
    pub fn display(&self) -> Result<CertificateDisplay, CertificateError> {
        CertificateDisplay::of(self)
    }

    /// Whether two certificates name the same subject, byte for byte of the encoded name.
    pub fn has_subject_of(&self, other: &Self) -> bool {
        match (
            self.x509.subject_name().to_der(),
            other.x509.subject_name().to_der(),
        ) {
            (Ok(own), Ok(others)) => own == others,
            _ => false,
        }
    }

    /// Whether its validity is over at an instant.
    pub fn is_expired(&self, at: Timestamp) -> bool {
        instant(self.x509.not_after()).is_ok_and(|end| end.seconds() < at.seconds())
    }

    /// Whether it is an authority's.
    pub fn is_authority(&self) -> bool {
        let usage = self.x509.key_usage();
        usage.is_some_and(|it| it.contains(X509KeyUsage::KEY_CERT_SIGN))
            || self.x509.pathlen().is_some()
            || says_authority(&self.x509)
    }

    /// Its key, when that is an RSA key.
    pub(crate) fn rsa(&self) -> Option<PKey<Public>> {
        let key = self.x509.public_key().ok()?;
        (key.id() == Id::RSA).then_some(key)
    }

    /// Whether it is valid at an instant and made for signing documents, whoever issued it.
    fn is_fit(&self, at: Timestamp) -> Result<(), CertificateError> {
        if at.seconds() < instant(self.x509.not_before())?.seconds() {
            return Err(CertificateError::NotYetValid);
        }
        if self.is_expired(at) {
            return Err(CertificateError::Expired);
        }
        let algorithm = self.x509.signature_algorithm().object().nid();
        if algorithm != Nid::SHA256WITHRSAENCRYPTION {
            return Err(CertificateError::WrongAlgorithm);
        }
        if self.rsa().is_none_or(|key| key.bits() < RSA_BITS) {
            return Err(CertificateError::WeakKey);
        }
        let usage = self.x509.key_usage();
        let signs = usage.is_some_and(|it| it.contains(X509KeyUsage::DIGITAL_SIGNATURE));
        if !signs || self.is_authority() {
            return Err(CertificateError::WrongUsage);
        }
        Ok(())
    }
}

impl PartialEq for Certificate {
    fn eq(&self, other: &Self) -> bool {
        self.der == other.der
    }
}

impl Eq for Certificate {}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let subject = display::distinguished_name(self.x509.subject_name());
        write!(f, "Certificate({subject})")
    }
}

/// A time of a certificate in ours.
fn instant(time: &Asn1TimeRef) -> Result<Timestamp, ErrorStack> {
    let since = Asn1Time::from_unix(0)?.diff(time)?;
    let seconds = i64::from(since.days) * 86_400 + i64::from(since.secs);
    Ok(Timestamp::from_millis(seconds.saturating_mul(1000)))
}

/// Larger than any certificate.
const LARGEST: usize = 16 * 1024;
/// The digest of everything in this protocol.
pub(crate) fn sha256() -> MessageDigest {
    MessageDigest::sha256()
}
