//! Who speaks to the interface: a software, a user, the certificates bound to the user, and the access
//! key that a login gives.

use std::collections::BTreeSet;
use std::fmt;
use std::time::Duration;

use renkei_core::instant::Timestamp;
use renkei_core::port::Random;
use renkei_core::seal::sha256_hex;
use zeroize::Zeroizing;

use crate::base64;
use crate::certificate::{Certificate, CertificateError, CertificateIdentity};
use crate::number::{SoftwareId, UserId};
use crate::operation::Operation;

/// A software of the platform's registry. Its id is no secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Software {
    /// `SoftwareID`.
    pub id: SoftwareId,
    /// Its name, for people.
    pub name: String,
    /// What it may do; an operation outside is blocked.
    pub operations: BTreeSet<Operation>,
    /// When it was registered.
    pub registered_at: Timestamp,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
}

impl Software {
    /// Whether it may use an operation.
    pub fn permits(&self, operation: Operation) -> bool {
        self.revoked_at.is_none() && self.operations.contains(&operation)
    }
}

/// A user (利用者). One for the whole platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiUser {
    /// 利用者ID.
    pub id: UserId,
    /// Counts the changes of the user's certificates, from 1.
    pub version: i64,
    /// When it was registered.
    pub registered_at: Timestamp,
}

/// A certificate bound to a user (証明書識別情報).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoundCertificate {
    /// The user.
    pub user: UserId,
    /// What is known of it; [`CertificateIdentity::key`] names it.
    pub identity: CertificateIdentity,
    /// The certificate, DER in Base64.
    pub der: String,
    /// Since when.
    pub bound_at: Timestamp,
}

impl BoundCertificate {
    /// Binds a certificate.
    pub fn new(
        user: &UserId,
        certificate: &Certificate,
        now: Timestamp,
    ) -> Result<Self, CertificateError> {
        Ok(Self {
            user: user.clone(),
            identity: certificate.identity()?,
            der: certificate.base64(),
            bound_at: now,
        })
    }

    /// The certificate itself.
    pub fn certificate(&self) -> Result<Certificate, CertificateError> {
        Certificate::from_base64(&self.der)
    }
}

/// A user with everything a decision about identity rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserFound {
    /// The user.
    pub user: ApiUser,
    /// The certificates bound now.
    pub certificates: Vec<BoundCertificate>,
    /// When the user's last signed request other than a registration came; see [`SignedRequest`].
    pub last_signed_at: Option<Timestamp>,
}

impl UserFound {
    /// The bound certificate that is this one, compared by its DER.
    pub fn bound(&self, certificate: &Certificate) -> Option<&BoundCertificate> {
        let digest = certificate.digest();
        self.certificates
            .iter()
            .find(|bound| bound.identity.digest == digest)
    }
}

/// An access key on its way out. Never kept.
pub struct PlainAccessKey(Zeroizing<String>);

impl PlainAccessKey {
    /// 192 random bytes in Base64: 256 characters, as recorded.
    pub fn new(random: &dyn Random) -> Self {
        let mut bytes = Zeroizing::new([0; 192]);
        random.fill(bytes.as_mut());
        Self(Zeroizing::new(base64::encode(bytes.as_ref())))
    }

    /// The key itself, for the answer.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What is kept of it.
    pub fn digest(&self) -> AccessKeyDigest {
        AccessKeyDigest::of(&self.0)
    }
}

impl fmt::Debug for PlainAccessKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PlainAccessKey(…)")
    }
}

/// SHA-256 of an access key as presented. Looking it up compares digests, so that nothing is learnt
/// from how long it takes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccessKeyDigest(String);

impl AccessKeyDigest {
    /// Of what was presented.
    pub fn of(presented: &str) -> Self {
        Self(sha256_hex(presented.as_bytes()))
    }

    /// Lower-case hexadecimal, as stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As it was stored.
    pub fn from_stored(text: String) -> Self {
        Self(text)
    }
}

/// An access key as kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessKey {
    /// Its digest.
    pub digest: AccessKeyDigest,
    /// Who logged in.
    pub user: UserId,
    /// With which software; the key works with no other.
    pub software: SoftwareId,
    /// By which certificate; the key ends with it.
    pub certificate: String,
    /// When.
    pub issued_at: Timestamp,
    /// When it lapses.
    pub expires_at: Timestamp,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
}

impl AccessKey {
    /// Whether it opens anything for this software now.
    pub fn opens(&self, software: &SoftwareId, now: Timestamp) -> bool {
        self.software == *software && self.revoked_at.is_none() && now < self.expires_at
    }
}

/// How long an access key lives when nothing else is set.
pub const KEY_LIVES_FOR: Duration = Duration::from_hours(1);

/// A successful signed request: evidence, and the source of `LastAuthenticationDate`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedRequest {
    /// The user.
    pub user: UserId,
    /// The software.
    pub software: SoftwareId,
    /// When.
    pub at: Timestamp,
    /// What was asked.
    pub operation: Operation,
    /// SHA-256 of the signer's certificate.
    pub certificate: String,
    /// SHA-256 of the document.
    pub document: String,
}

#[cfg(test)]
mod tests {
    use renkei_core::port::fixed::SeededRandom;

    use super::*;

    #[test]
    fn a_key_is_256_characters_and_does_not_print_itself() {
        let key = PlainAccessKey::new(&SeededRandom::new(1));
        assert_eq!(key.expose().len(), 256);
        assert!(!format!("{key:?}").contains(key.expose()));
        assert_eq!(key.digest(), AccessKeyDigest::of(key.expose()));
    }

    #[test]
    fn a_key_works_with_its_software_only_and_while_it_lives() {
        let software = SoftwareId::parse("SW1").unwrap();
        let at = Timestamp::from_millis(1_000);
        let key = AccessKey {
            digest: AccessKeyDigest::of("x"),
            user: UserId::parse("u").unwrap(),
            software: software.clone(),
            certificate: String::new(),
            issued_at: at,
            expires_at: at.plus(KEY_LIVES_FOR),
            revoked_at: None,
        };
        assert!(key.opens(&software, at));
        assert!(!key.opens(&SoftwareId::parse("SW2").unwrap(), at));
        assert!(!key.opens(&software, at.plus(KEY_LIVES_FOR)));
        let revoked = AccessKey {
            revoked_at: Some(at),
            ..key
        };
        assert!(!revoked.opens(&software, at));
    }
}
