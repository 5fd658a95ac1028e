//! The check of archives against this deployment's procedures and trust: [`package`], [`archive`] and
//! [`verification`] behind the port [`Checker`].
//!
//! [`package`]: crate::package
//! [`archive`]: crate::archive
//! [`verification`]: crate::verification

use std::sync::Arc;

use async_trait::async_trait;
use renkei_core::fault::Fault;
use renkei_core::instant::Timestamp;

use crate::archive::{self, ArchiveError};
use crate::certificate::Anchors;
use crate::life::{Submission, SubmittedFile};
use crate::limits::Limits;
use crate::number::ProcedureId;
use crate::package::{
    self, Folder, FormRule, Kind, NotAPackage, Operation, ProcedureRule, Reported,
};
use crate::port::{Accepted, Checked, Checker, Purpose, Unacceptable};
use crate::procedure::{Procedures, WithdrawalKind};
use crate::verification::{self, Verification};

/// Checks where it is called. An archive at its bounds takes a while: call it beside the threads that
/// answer.
#[derive(Clone)]
pub struct Examination {
    /// The procedures.
    pub procedures: Arc<Procedures>,
    /// Whose signatures under a 構成管理 count.
    pub applicants: Arc<Anchors>,
    /// Whose signatures under an official document count.
    pub ministries: Arc<Anchors>,
    /// Bounds.
    pub limits: Limits,
}

impl Examination {
    /// How many applications an archive holds.
    pub fn applications(&self, archive: &[u8]) -> Result<u32, Unacceptable> {
        let folders = self.folders(archive)?;
        Ok(u32::try_from(folders.len()).unwrap_or(u32::MAX))
    }

    /// The full check of every application in an archive.
    pub fn check(&self, archive: &[u8], purpose: Purpose, sent: Timestamp) -> Checked {
        // It was acknowledged once, under other bounds.
        let Ok(folders) = self.folders(archive) else {
            return Checked {
                refused: 1,
                ..Checked::default()
            };
        };
        let rules = Rules {
            procedures: &self.procedures,
            purpose,
        };
        let operation = match purpose {
            Purpose::Application => Operation::Apply,
            Purpose::Correction => Operation::Correction,
            Purpose::Withdrawal => Operation::Withdrawal,
        };
        let mut checked = Checked::default();
        let mut reported = Vec::new();
        for folder in &folders {
            let anchors = &self.applicants;
            let found = package::check(folder, operation, &rules, anchors, sent, &self.limits);
            match found.map(|found| accepted(folder, &found)) {
                Ok(Some(accepted)) => checked.accepted.push(accepted),
                Ok(None) => checked.refused += 1,
                Err(findings) => {
                    checked.refused += 1;
                    let all = findings.iter();
                    reported.extend(all.map(|one| Reported::new(&folder.name, one)));
                }
            }
        }
        if !reported.is_empty() {
            checked.report = package::report(&reported);
        }
        checked
    }

    /// What the signature of a document in an archive is worth.
    pub fn verify(&self, archive: &[u8], document: &str, now: Timestamp) -> Option<Verification> {
        let (anchors, limits) = (&self.ministries, &self.limits);
        verification::verify_document(archive, document, anchors, now, limits).ok()
    }

    fn folders(&self, archive: &[u8]) -> Result<Vec<Folder>, Unacceptable> {
        let files = archive::read(archive, &self.limits).map_err(|error| match error {
            ArchiveError::TooLarge | ArchiveError::TooMany | ArchiveError::Ratio => {
                Unacceptable::TooLarge
            }
            ArchiveError::Broken
            | ArchiveError::Unsupported
            | ArchiveError::Encrypted
            | ArchiveError::NotAFile
            | ArchiveError::Name
            | ArchiveError::Duplicate => Unacceptable::Unreadable,
        })?;
        package::folders(files, &self.limits).map_err(|error| match error {
            NotAPackage::Empty => Unacceptable::Empty,
            NotAPackage::TooMany => Unacceptable::TooLarge,
            NotAPackage::Nested => Unacceptable::Unreadable,
        })
    }
}

#[async_trait]
impl Checker for Examination {
    async fn applications(&self, archive: Vec<u8>) -> Result<Result<u32, Unacceptable>, Fault> {
        Ok(Self::applications(self, &archive))
    }

    async fn check(
        &self,
        archive: Vec<u8>,
        purpose: Purpose,
        now: Timestamp,
    ) -> Result<Checked, Fault> {
        Ok(Self::check(self, &archive, purpose, now))
    }

    async fn verify(
        &self,
        archive: Vec<u8>,
        document: String,
        now: Timestamp,
    ) -> Result<Option<Verification>, Fault> {
        Ok(Self::verify(self, &archive, &document, now))
    }
}

/// The registered procedures; for a withdrawal the two by which one is asked.
struct Rules<'a> {
    procedures: &'a Procedures,
    purpose: Purpose,
}

impl package::Procedures for Rules<'_> {
    fn find(&self, procedure: &str) -> Option<ProcedureRule> {
        if self.purpose == Purpose::Withdrawal {
            let (_, form) = WITHDRAWALS.iter().find(|(id, _)| *id == procedure)?;
            return Some(ProcedureRule {
                ministry: WITHDRAWALS_GO_TO.to_owned(),
                forms: vec![FormRule {
                    id: (*form).to_owned(),
                    version: "0001".to_owned(),
                }],
                required_attachments: Vec::new(),
                needs_destination: false,
                destinations: Vec::new(),
            });
        }
        let found = self.procedures.find(&ProcedureId::parse(procedure).ok()?)?;
        let required = found.attachments.iter().filter(|one| one.required);
        Some(ProcedureRule {
            ministry: found.ministry.id.to_string(),
            forms: found
                .forms
                .iter()
                .map(|form| FormRule {
                    id: form.id.to_string(),
                    version: form.version.clone(),
                })
                .collect(),
            required_attachments: required.map(|one| one.name.clone()).collect(),
            needs_destination: found.destination_required,
            destinations: found
                .destinations
                .iter()
                .map(|one| one.id.clone())
                .collect(),
        })
    }
}

fn accepted(folder: &Folder, found: &package::Accepted) -> Option<Accepted> {
    let manifest = &found.manifest;
    let signer = found.signer.identity().ok()?;
    let file = |name: &String, file: &String| SubmittedFile {
        name: name.clone(),
        file: file.clone(),
    };
    let person = &manifest.applicant;
    Some(Accepted {
        procedure: ProcedureId::parse(&manifest.procedure).ok()?,
        first_receipt: manifest.first_number.clone(),
        withdrawal: match manifest.kind {
            Kind::Withdrawal => WithdrawalKind::Application,
            Kind::WithdrawalRequest => WithdrawalKind::Request,
            _ => WithdrawalKind::None,
        },
        submission: Submission {
            folder: folder.name.clone(),
            procedure_name: manifest.procedure_name.clone(),
            applicant: person.applicant.name.clone(),
            corporation: person.applicant.corporation.clone(),
            department: person.applicant.department.clone(),
            mail: person.address.mail.clone(),
            desk_name: manifest.destination.name.clone(),
            desk_id: manifest.destination.id.clone(),
            forms: manifest
                .forms
                .iter()
                .map(|one| file(&one.title, &one.file))
                .collect(),
            attachments: manifest
                .attachments
                .iter()
                .map(|one| file(&one.title, &one.file))
                .collect(),
            signer: signer.key(),
            signer_name: signer.subject,
        },
    })
}

/// 手続ID and form of a request to give an application back (recorded, and by a client).
const WITHDRAWALS: [(&str, &str); 2] = [
    ("9990000000000008", "999000000000000008"),
    ("9990000000000003", "999000000000000003"),
];
/// 受付行政機関ID of those.
const WITHDRAWALS_GO_TO: &str = "100999";
