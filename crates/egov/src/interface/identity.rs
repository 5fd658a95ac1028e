//! 3.1, 3.2 and 3.19 to 3.21: signed requests.

use renkei_core::commit::CommitError;
use renkei_core::fault::Fault;
use renkei_core::instant::Timestamp;
use renkei_core::seal::sha256_hex;
use serde_json::json;

use super::{Caller, Interface, TRIES, overtaken};
use crate::certificate::{Certificate, CertificateError};
use crate::commit::{Change, Commit, event};
use crate::number::{SoftwareId, UserId};
use crate::operation::Operation;
use crate::signature::{self, Profile, SignatureError, Signed};
use crate::user::{AccessKey, ApiUser, BoundCertificate, PlainAccessKey, SignedRequest, UserFound};
use crate::wire::identity::{self as wire, Request};
use crate::wire::{Reply, Trouble};
use crate::words;

/// Whether an old and a new certificate are one holder's (3.20). By the subject's name, for every
/// authority but two; theirs have rules of their own, which can stand here later.
pub trait SameHolder: Send + Sync {
    /// Whether they are.
    fn is_same(&self, old: &Certificate, new: &Certificate) -> bool;
}

/// The rule for all other authorities: the subjects' distinguished names agree.
#[derive(Clone, Copy, Debug)]
pub struct SubjectsAgree;

impl SameHolder for SubjectsAgree {
    fn is_same(&self, old: &Certificate, new: &Certificate) -> bool {
        new.has_subject_of(old)
    }
}

/// What a signed request comes to: what changes, and the answer once it has.
struct Decision {
    changes: Vec<Change>,
    reply: Reply,
}

/// A signed request that was read.
struct Asked<'a> {
    operation: Operation,
    software: &'a SoftwareId,
    user: UserId,
    signer: &'a Certificate,
    /// The certificate it names.
    named: Option<Certificate>,
    /// SHA-256 of the document.
    document: String,
    now: Timestamp,
}

/// Why nobody is believed to have signed.
enum Unsigned {
    Certificate(CertificateError),
    Signature(SignatureError),
}

impl Interface<'_> {
    /// Any of the five.
    pub async fn identity(
        &self,
        caller: &Caller,
        operation: Operation,
        body: &[u8],
        now: Timestamp,
    ) -> Result<Reply, Fault> {
        let signed = match self.signed(body, now) {
            Ok(signed) => signed,
            Err(error) => return self.unsigned(caller, operation, error, now).await,
        };
        let malformed = |user: &str| Ok(wire::refused(operation, user, Trouble::MALFORMED));
        let Ok(request) = Request::parse(operation, &signed.data) else {
            return malformed("");
        };
        let Ok(user) = UserId::parse(&request.user) else {
            return malformed(&request.user);
        };
        let named = request.certificate.as_deref().map(Certificate::from_base64);
        let Ok(named) = named.transpose() else {
            return malformed(&request.user);
        };
        let asked = Asked {
            operation,
            software: &caller.software,
            user,
            signer: &signed.signer,
            named,
            document: sha256_hex(body),
            now,
        };
        for _ in 0..TRIES {
            let found = self.store.find_user(&asked.user).await?;
            let decided = self.decide(&asked, found.as_ref()).map_err(unreadable)?;
            let decision = match decided {
                Ok(decision) => decision,
                Err(trouble) => return self.refuse(&asked, trouble).await,
            };
            match self.store.commit(asked.commit(decision.changes)).await {
                Ok(_) => return Ok(decision.reply),
                Err(CommitError::Lost) => {}
                Err(CommitError::Fault(fault)) => return Err(fault),
            }
        }
        Err(overtaken())
    }

    fn signed(&self, body: &[u8], now: Timestamp) -> Result<Signed, Unsigned> {
        signature::verify(Profile::Api, body, self.limits.body)
            .map_err(Unsigned::Signature)?
            .judge(self.anchors, now)
            .map_err(Unsigned::Certificate)
    }

    async fn unsigned(
        &self,
        caller: &Caller,
        operation: Operation,
        error: Unsigned,
        now: Timestamp,
    ) -> Result<Reply, Fault> {
        let binds = matches!(
            operation,
            Operation::Register | Operation::CertificateUpdate
        );
        let (trouble, because) = match error {
            Unsigned::Signature(SignatureError::Xml(error)) => {
                (Trouble::MALFORMED, error.to_string())
            }
            Unsigned::Signature(error) => (Trouble::LOGIN, error.to_string()),
            Unsigned::Certificate(error) if binds => (
                Trouble::business(words::CERTIFICATE_REFUSED),
                error.word().to_owned(),
            ),
            Unsigned::Certificate(error) => (Trouble::LOGIN, error.word().to_owned()),
        };
        let detail = json!({
            "operation": operation.as_str(), "software": caller.software, "because": because,
        });
        self.tell(vec![event(now, "egov.identity.refused", detail)])
            .await?;
        Ok(wire::refused(operation, "", trouble))
    }

    async fn refuse(&self, asked: &Asked<'_>, trouble: Trouble) -> Result<Reply, Fault> {
        let detail = json!({
            "operation": asked.operation.as_str(), "user": asked.user,
            "software": asked.software, "because": trouble.word.text,
        });
        self.tell(vec![event(asked.now, "egov.identity.refused", detail)])
            .await?;
        Ok(wire::refused(asked.operation, asked.user.as_str(), trouble))
    }

    fn decide(
        &self,
        asked: &Asked<'_>,
        found: Option<&UserFound>,
    ) -> Result<Result<Decision, Trouble>, CertificateError> {
        let business = |word| Ok(Err(Trouble::business(word)));
        if asked.operation == Operation::Register {
            return match found {
                None => asked.register().map(Ok),
                Some(found) if found.bound(asked.signer).is_some() => {
                    business(words::ALREADY_REGISTERED)
                }
                Some(_) => business(words::USER_TAKEN),
            };
        }
        let Some(found) = found else {
            return Ok(Err(Trouble::LOGIN));
        };
        if asked.operation == Operation::CertificateUpdate {
            return self.update(asked, found);
        }
        if found.bound(asked.signer).is_none() {
            return Ok(Err(Trouble::LOGIN));
        }
        match (asked.operation, asked.named.as_ref()) {
            (Operation::Login, _) => Ok(Ok(asked.log_in(self, found))),
            (Operation::CertificateAppend, Some(new)) => {
                if found.bound(new).is_some() {
                    return business(words::CERTIFICATE_KNOWN);
                }
                if self.anchors.judge(new, &[], asked.now).is_err() {
                    return business(words::CERTIFICATE_REFUSED);
                }
                let changes = vec![asked.bind(new)?];
                Ok(Ok(asked.changed(found, changes)))
            }
            (Operation::CertificateDelete, Some(old)) => {
                if found.bound(old).is_none() {
                    return business(words::CERTIFICATE_UNKNOWN);
                }
                if found.certificates.len() == 1 {
                    return business(words::CERTIFICATE_LAST);
                }
                Ok(Ok(asked.changed(found, asked.unbind(old))))
            }
            _ => Ok(Err(Trouble::MALFORMED)),
        }
    }

    /// The old certificate is bound and over, the new one signed, and both are one holder's.
    fn update(
        &self,
        asked: &Asked<'_>,
        found: &UserFound,
    ) -> Result<Result<Decision, Trouble>, CertificateError> {
        let business = |word| Ok(Err(Trouble::business(word)));
        let Some(old) = asked.named.as_ref() else {
            return Ok(Err(Trouble::MALFORMED));
        };
        if found.bound(old).is_none() {
            return business(words::CERTIFICATE_UNKNOWN);
        }
        if found.bound(asked.signer).is_some() {
            return business(words::CERTIFICATE_KNOWN);
        }
        let is_over = old.is_expired(asked.now) || self.anchors.is_revoked(old);
        if !is_over || !self.same_holder.is_same(old, asked.signer) {
            return business(words::CERTIFICATE_NOT_REPLACEABLE);
        }
        let mut changes = asked.unbind(old);
        changes.push(asked.bind(asked.signer)?);
        Ok(Ok(asked.changed(found, changes)))
    }
}

impl Asked<'_> {
    fn register(&self) -> Result<Decision, CertificateError> {
        let user = ApiUser {
            id: self.user.clone(),
            version: 1,
            registered_at: self.now,
        };
        Ok(Decision {
            changes: vec![Change::UserSaved(user), self.bind(self.signer)?],
            reply: wire::registered(self.user.as_str()),
        })
    }

    fn log_in(&self, interface: &Interface<'_>, found: &UserFound) -> Decision {
        let key = PlainAccessKey::new(interface.random);
        let issued = AccessKey {
            digest: key.digest(),
            user: self.user.clone(),
            software: self.software.clone(),
            certificate: digest_of(self.signer),
            issued_at: self.now,
            expires_at: self.now.plus(interface.key_lives_for),
            revoked_at: None,
        };
        Decision {
            changes: vec![Change::AccessKeyIssued(issued)],
            reply: wire::logged_in(self.user.as_str(), key.expose(), found.last_signed_at),
        }
    }

    fn changed(&self, found: &UserFound, mut changes: Vec<Change>) -> Decision {
        // Guarded, so that two deletions cannot leave a user without a certificate.
        let mut user = found.user.clone();
        user.version += 1;
        changes.insert(0, Change::UserSaved(user));
        let last = found.last_signed_at;
        Decision {
            changes,
            reply: wire::changed(self.operation, self.user.as_str(), last),
        }
    }

    fn bind(&self, certificate: &Certificate) -> Result<Change, CertificateError> {
        let bound = BoundCertificate::new(&self.user, certificate, self.now)?;
        Ok(Change::CertificateBound(Box::new(bound)))
    }

    fn unbind(&self, certificate: &Certificate) -> Vec<Change> {
        let certificate = digest_of(certificate);
        vec![
            Change::CertificateUnbound {
                user: self.user.clone(),
                certificate: certificate.clone(),
            },
            Change::AccessKeysRevoked {
                user: self.user.clone(),
                certificate,
                at: self.now,
            },
        ]
    }

    fn commit(&self, mut changes: Vec<Change>) -> Commit {
        let certificate = digest_of(self.signer);
        let detail = json!({
            "user": self.user, "software": self.software, "certificate": certificate,
            "named": self.named.as_ref().map(digest_of), "document": self.document,
        });
        changes.push(Change::SignedRequestRecorded(SignedRequest {
            user: self.user.clone(),
            software: self.software.clone(),
            at: self.now,
            operation: self.operation,
            certificate,
            document: self.document.clone(),
        }));
        let name = format!("egov.identity.{}", self.operation.as_str());
        Commit {
            changes,
            events: vec![event(self.now, &name, detail)],
        }
    }
}

/// As [`crate::certificate::CertificateIdentity::key`] writes it.
fn digest_of(certificate: &Certificate) -> String {
    sha256_hex(certificate.der())
}

fn unreadable(error: CertificateError) -> Fault {
    Fault::new("a certificate in order cannot be described").caused_by(error)
}
