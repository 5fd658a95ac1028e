//! Whom we believe: authorities, single certificates that were pinned, and the lists of what was revoked.

use std::cmp::Ordering;
use std::fmt;

use openssl::asn1::Asn1Time;
use openssl::stack::Stack;
use openssl::x509::store::{X509Store, X509StoreBuilder};
use openssl::x509::verify::{X509VerifyFlags, X509VerifyParam};
use openssl::x509::{CrlStatus, X509, X509Ref, X509StoreContext};
use renkei_core::certificate::{NotUsable, RevocationList};
use renkei_core::instant::Timestamp;

use super::{Certificate, CertificateError};

/// What signers are judged by. None configured means that nobody is trusted.
#[derive(Clone, Default)]
pub struct Anchors {
    trusted: Vec<Certificate>,
    lists: Vec<RevocationList>,
}

impl Anchors {
    /// Trusts an authority's certificate and what it issues, or, when it is not an authority's, this one certificate
    /// alone. Either passes the same tests as any other signer before it counts.
    pub fn add(&mut self, certificate: Certificate) {
        if !self.trusted.contains(&certificate) {
            self.trusted.push(certificate);
        }
    }

    /// Trusts this one certificate.
    #[must_use]
    pub fn pinned(certificate: Certificate) -> Self {
        Self {
            trusted: vec![certificate],
            lists: Vec::new(),
        }
    }

    /// Adds a file of revocation lists, PEM or DER. Once a list of an issuer is there, one must be current.
    pub fn add_lists(&mut self, file: &[u8]) -> Result<(), NotUsable> {
        self.lists.extend(RevocationList::parse(file)?);
        Ok(())
    }

    /// Whether nobody is trusted.
    pub fn is_empty(&self) -> bool {
        self.trusted.is_empty()
    }

    /// Whether a signer may sign at an instant: validity, algorithm, key, usage, path, revocation, in this order; the
    /// first trouble is the one that is told. `others` came with it and are believed only as far as a path goes
    /// through them to what we trust.
    pub fn judge(
        &self,
        signer: &Certificate,
        others: &[Certificate],
        at: Timestamp,
    ) -> Result<(), CertificateError> {
        signer.is_fit(at)?;
        let path = self.path(signer, others, at)??;
        for (below, above) in path.iter().zip(path.iter().skip(1)) {
            self.revocation(below, above, at)?;
        }
        Ok(())
    }

    /// Whether its issuer's list names it, whatever its age.
    pub fn is_revoked(&self, certificate: &Certificate) -> bool {
        self.trusted.iter().any(|issuer| {
            let lists = self.lists.iter().filter(|it| it.is_of(&issuer.x509));
            lists.into_iter().any(|it| {
                matches!(
                    it.list().get_by_cert(&certificate.x509),
                    CrlStatus::Revoked(_)
                )
            })
        })
    }

    fn path(
        &self,
        signer: &Certificate,
        others: &[Certificate],
        at: Timestamp,
    ) -> Result<Result<Vec<X509>, CertificateError>, CertificateError> {
        let store = self.store(at)?;
        let mut chain = Stack::new()?;
        for other in others {
            chain.push(other.x509.clone())?;
        }
        let judged = X509StoreContext::new()?.init(&store, &signer.x509, &chain, |context| {
            if context.verify_cert()? {
                let path = context.chain().into_iter().flatten();
                return Ok(Ok(path.map(ToOwned::to_owned).collect()));
            }
            Ok(Err(named(context.error().as_raw())))
        })?;
        Ok(judged)
    }

    fn store(&self, at: Timestamp) -> Result<X509Store, CertificateError> {
        let mut parameters = X509VerifyParam::new()?;
        parameters.set_time(at.seconds());
        // A pinned certificate ends the path, and so does an authority that another one has signed.
        parameters.set_flags(X509VerifyFlags::PARTIAL_CHAIN)?;
        let mut store = X509StoreBuilder::new()?;
        for trusted in &self.trusted {
            store.add_cert(trusted.x509.clone())?;
        }
        store.set_param(&parameters)?;
        Ok(store.build())
    }

    fn revocation(
        &self,
        below: &X509,
        above: &X509Ref,
        at: Timestamp,
    ) -> Result<(), CertificateError> {
        let newest = self
            .lists
            .iter()
            .filter(|it| it.is_of(above))
            .max_by(|a, b| {
                let order = a.list().last_update().partial_cmp(b.list().last_update());
                order.unwrap_or(Ordering::Equal)
            });
        let Some(newest) = newest else {
            return Ok(());
        };
        if matches!(newest.list().get_by_cert(below), CrlStatus::Revoked(_)) {
            return Err(CertificateError::Revoked);
        }
        let instant = Asn1Time::from_unix(at.seconds())?;
        let is_current = newest
            .list()
            .next_update()
            .is_none_or(|until| until > instant.as_ref());
        if is_current {
            Ok(())
        } else {
            Err(CertificateError::RevocationUnknown)
        }
    }
}

impl fmt::Debug for Anchors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (trusted, lists) = (self.trusted.len(), self.lists.len());
        write!(f, "Anchors({trusted} trusted, {lists} lists)")
    }
}

/// OpenSSL's verdict in our words. The signer's own validity was judged before, so a wrong time is one above it.
fn named(code: i32) -> CertificateError {
    match code {
        CERT_NOT_YET_VALID => CertificateError::NotYetValid,
        CERT_HAS_EXPIRED => CertificateError::Expired,
        _ => CertificateError::UntrustedIssuer,
    }
}

/// `X509_V_ERR_CERT_NOT_YET_VALID`
const CERT_NOT_YET_VALID: i32 = 9;
/// `X509_V_ERR_CERT_HAS_EXPIRED`
const CERT_HAS_EXPIRED: i32 = 10;
