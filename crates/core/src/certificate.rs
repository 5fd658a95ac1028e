//! Client certificates: what a bank trusts, whether a presented one is in order, and what it says
//! about its holder. Judged here and not in the TLS handshake, so that a customer with a bad one meets
//! a page that explains it and not a browser's error.
//!
//! Path validation is OpenSSL's (RFC 5280 section 6); revocation lists are consulted here, so that a
//! list's age is the tenant's decision ([`StaleList`]) and every trouble has a name.

mod authority;
mod subject;
#[cfg(test)]
mod tests;
mod verify;

use std::collections::BTreeMap;
use std::fmt;

use openssl::x509::X509;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use self::authority::{Authority, NotUsable, RevocationList, TrustAnchors};
pub use self::subject::{SubjectFields, is_identifier};
pub use self::verify::{Sight, Verified, says_authority, verify};
use crate::instant::Timestamp;

/// A certificate that was presented and found in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PresentedCertificate {
    /// SHA-256 of the certificate, lower-case hexadecimal.
    pub fingerprint: String,
    /// Its serial number, lower-case hexadecimal.
    pub serial: String,
    /// The subject's common name; empty when it has none.
    pub common_name: String,
    /// The subject's organizational units, in order.
    pub organizational_units: Vec<String>,
    /// The subject's organization.
    #[serde(default)]
    pub organization: Option<String>,
    /// The subject's own `serialNumber` attribute.
    #[serde(default)]
    pub subject_serial: Option<String>,
    /// What the tenant reads from the subject: `contract_number`, `user_id`.
    #[serde(default)]
    pub identifiers: BTreeMap<String, String>,
    /// The issuer's common name.
    pub issuer: String,
    /// The last instant of its validity.
    pub not_after: Timestamp,
}

/// What is wrong with a presented certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CertificateTrouble {
    /// Its validity is over.
    Expired,
    /// Whether it was revoked cannot be told: the list is out of date or the responder is silent.
    ListOutOfDate,
    /// None was presented.
    Missing,
    /// In order, but nobody's at this bank.
    NoHolder,
    /// Its validity has not begun.
    NotYetValid,
    /// The authority has revoked it.
    Revoked,
    /// Not issued by an authority this bank trusts.
    UnknownIssuer,
    /// What was presented is not a certificate.
    Unreadable,
    /// Not a certificate for identifying a person to a server.
    WrongUsage,
}

impl CertificateTrouble {
    /// Every one.
    pub const ALL: [Self; 9] = [
        Self::Expired,
        Self::ListOutOfDate,
        Self::Missing,
        Self::NoHolder,
        Self::NotYetValid,
        Self::Revoked,
        Self::UnknownIssuer,
        Self::Unreadable,
        Self::WrongUsage,
    ];

    /// Its word in texts and in the audit record.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Expired => "expired",
            Self::ListOutOfDate => "list-out-of-date",
            Self::Missing => "missing",
            Self::NoHolder => "no-holder",
            Self::NotYetValid => "not-yet-valid",
            Self::Revoked => "revoked",
            Self::UnknownIssuer => "unknown-issuer",
            Self::Unreadable => "unreadable",
            Self::WrongUsage => "wrong-usage",
        }
    }
}

/// What to do when a revocation list is older than it says it may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StaleList {
    /// Go by the list all the same: what it names is revoked, the rest is not.
    Accept,
    /// Take no certificate until there is a newer list.
    #[default]
    Refuse,
}

/// A certificate as it came, with the chain that came with it; nothing is judged yet.
#[derive(Clone)]
pub struct Presentation {
    pub(crate) leaf: X509,
    pub(crate) chain: Vec<X509>,
}

impl Presentation {
    /// What a TLS connection brought.
    pub fn new(leaf: X509, chain: Vec<X509>) -> Self {
        Self { leaf, chain }
    }

    /// What a proxy's header brought.
    ///
    /// # Errors
    /// [`CertificateTrouble::Unreadable`] when any of it is not a certificate, or there is too much.
    pub fn from_der(leaf: &[u8], chain: &[Vec<u8>]) -> Result<Self, CertificateTrouble> {
        let read = |der: &[u8]| {
            let sound = der.len() <= LARGEST_CERTIFICATE;
            let parsed = sound.then(|| X509::from_der(der).ok()).flatten();
            parsed.ok_or(CertificateTrouble::Unreadable)
        };
        if chain.len() > LONGEST_CHAIN {
            return Err(CertificateTrouble::Unreadable);
        }
        Ok(Self {
            leaf: read(leaf)?,
            chain: chain
                .iter()
                .map(|der| read(der))
                .collect::<Result<_, _>>()?,
        })
    }
}

impl fmt::Debug for Presentation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Presentation({} above)", self.chain.len())
    }
}

const LARGEST_CERTIFICATE: usize = 16 * 1024;
/// More than any bank's chain has.
pub(crate) const LONGEST_CHAIN: usize = 8;
