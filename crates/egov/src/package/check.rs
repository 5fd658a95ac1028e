//! The check of one application, in a fixed order: folder, shape, signature and signer, forms, attachments, procedure.
//! What makes the next step meaningless ends it; otherwise all findings are told at once.

use renkei_core::instant::Timestamp;

use super::{Finding, Folder, Kind, MANIFEST, Manifest};
use crate::certificate::{Anchors, Certificate};
use crate::limits::Limits;
use crate::signature::{FileReference, Profile, Signed, is_bare_name, verify};
use crate::xml::{self, Children, XmlError};

/// What the applicant asks by sending it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operation {
    /// 一括申請
    Apply,
    /// 補正（補正申請）
    Correction,
    /// 取下げ
    Withdrawal,
}

impl Operation {
    const fn takes(self, kind: Kind) -> bool {
        matches!(
            (self, kind),
            (Self::Apply, Kind::New)
                | (Self::Correction, Kind::Resubmission)
                | (Self::Withdrawal, Kind::Withdrawal | Kind::WithdrawalRequest)
        )
    }
}

/// What is known of a procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcedureRule {
    /// 受付行政機関ID
    pub ministry: String,
    /// The forms it takes.
    pub forms: Vec<FormRule>,
    /// 添付書類名称 of what must be attached.
    pub required_attachments: Vec<String>,
    /// Whether a 提出先 must be named.
    pub needs_destination: bool,
    /// 提出先識別子 of those that can be named; empty when any can.
    pub destinations: Vec<String>,
}

/// A form of a procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormRule {
    /// 申請書様式ID
    pub id: String,
    /// 申請書様式バージョン
    pub version: String,
}

/// The procedures there are.
pub trait Procedures {
    /// What is known of the one with this 手続ID.
    fn find(&self, procedure: &str) -> Option<ProcedureRule>;
}

/// An application in order.
#[derive(Debug, Clone)]
pub struct Accepted {
    /// What it says.
    pub manifest: Manifest,
    /// Who signed it.
    pub signer: Certificate,
    /// Files of listed attachments, which no signature covers.
    pub unsigned: Vec<String>,
}

/// Checks one folder at the instant it was sent.
pub fn check(
    folder: &Folder,
    operation: Operation,
    procedures: &dyn Procedures,
    anchors: &Anchors,
    sent: Timestamp,
    limits: &Limits,
) -> Result<Accepted, Vec<Finding>> {
    let signed = signed(folder, anchors, sent, limits).map_err(|it| vec![it])?;
    let manifest = Manifest::parse(&signed.data).map_err(|_| vec![Finding::ManifestShape])?;
    let mut findings = Vec::new();
    if !is_folder_of(&folder.name, &manifest.procedure) {
        findings.push(Finding::FolderName);
    }
    forms(folder, &manifest, &signed.files, limits, &mut findings);
    attachments(folder, &manifest, &mut findings);
    procedure(&manifest, operation, procedures, &mut findings);
    if !findings.is_empty() {
        return Err(findings);
    }
    let listed = manifest.attachments.iter().map(|it| it.file.clone());
    Ok(Accepted {
        unsigned: listed.filter(|it| !it.is_empty()).collect(),
        manifest,
        signer: signed.signer,
    })
}

fn signed(
    folder: &Folder,
    anchors: &Anchors,
    sent: Timestamp,
    limits: &Limits,
) -> Result<Signed, Finding> {
    if folder.files.keys().any(|it| is_separate(it)) {
        return Err(Finding::SignedSeparately);
    }
    let document = folder.files.get(MANIFEST).ok_or(Finding::NoManifest)?;
    outer_shape(document, limits).map_err(|_| Finding::ManifestShape)?;
    let unjudged = verify(Profile::Package, document, limits.document)?;
    unjudged.judge(anchors, sent).map_err(Finding::Certificate)
}

/// `kousei{yyyyMMddHHmmssSSS}.xml`
fn is_separate(file: &str) -> bool {
    file.strip_prefix("kousei")
        .and_then(|it| it.strip_suffix(".xml"))
        .is_some_and(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()))
}

/// What stands around the signed part. Nothing is read from it; a missing signature is the signature's business.
fn outer_shape(document: &[u8], limits: &Limits) -> Result<(), XmlError> {
    let parsed = xml::parse(xml::decode(document, limits.document)?)?;
    let mut parts = Children::of(parsed.root_element())?;
    for part in ["様式ID", "様式バージョン", "STYLESHEET"] {
        parts.text(part)?;
    }
    parts.one("構成情報")?;
    parts.optional("署名情報");
    parts.end()
}

/// `{手続ID}` or `{手続ID}({n})`.
fn is_folder_of(folder: &str, procedure: &str) -> bool {
    let Some(rest) = folder.strip_prefix(procedure) else {
        return false;
    };
    let number = rest.strip_prefix('(').and_then(|it| it.strip_suffix(')'));
    rest.is_empty()
        || number.is_some_and(|it| {
            (1..=4).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_digit())
        })
}

fn forms(
    folder: &Folder,
    manifest: &Manifest,
    signed: &[FileReference],
    limits: &Limits,
    findings: &mut Vec<Finding>,
) {
    let mut seen = Vec::new();
    for form in &manifest.forms {
        let name = form.file.clone();
        if !is_bare_name(&name) || name == MANIFEST || seen.contains(&&form.file) {
            findings.push(Finding::FileName(name));
            continue;
        }
        seen.push(&form.file);
        let Some(bytes) = folder.files.get(&name) else {
            findings.push(Finding::FormMissing(name));
            continue;
        };
        match signed.iter().find(|it| it.name == name) {
            None => findings.push(Finding::FormNotSigned(name)),
            Some(reference) if !reference.fits(bytes) => {
                findings.push(Finding::FormChanged(name));
            }
            Some(_) if is_form(bytes, &form.id, &form.version, limits).is_err() => {
                findings.push(Finding::FormShape(name));
            }
            Some(_) => {}
        }
    }
    for reference in signed {
        if !seen.contains(&&reference.name) {
            findings.push(Finding::StrangeReference(reference.name.clone()));
        }
    }
}

/// A form says itself which one it is; what follows is the procedure's own matter.
fn is_form(bytes: &[u8], id: &str, version: &str, limits: &Limits) -> Result<(), XmlError> {
    let parsed = xml::parse(xml::decode(bytes, limits.document)?)?;
    let root = parsed.root_element();
    if !xml::is_plain(root, "DataRoot") {
        return Err(XmlError::Shape);
    }
    let mut parts = Children::of(root)?;
    if parts.text("様式ID")? != id || parts.text("様式バージョン")? != version {
        return Err(XmlError::Shape);
    }
    parts.ignore_rest();
    Ok(())
}

fn attachments(folder: &Folder, manifest: &Manifest, findings: &mut Vec<Finding>) {
    for attachment in &manifest.attachments {
        // Listed by name only: handed in another way.
        if attachment.file.is_empty() {
            continue;
        }
        let name = attachment.file.clone();
        if name.contains(['/', '\\']) || name == MANIFEST {
            findings.push(Finding::FileName(name));
        } else if !folder.files.contains_key(&name) {
            findings.push(Finding::AttachmentMissing(name));
        }
    }
}

fn procedure(
    manifest: &Manifest,
    operation: Operation,
    procedures: &dyn Procedures,
    findings: &mut Vec<Finding>,
) {
    let Some(rule) = procedures.find(&manifest.procedure) else {
        findings.push(Finding::UnknownProcedure(manifest.procedure.clone()));
        return;
    };
    if rule.ministry != manifest.ministry {
        findings.push(Finding::WrongMinistry(manifest.ministry.clone()));
    }
    for form in &manifest.forms {
        let is_registered = |it: &FormRule| it.id == form.id && it.version == form.version;
        if !rule.forms.iter().any(is_registered) {
            findings.push(Finding::UnknownForm {
                id: form.id.clone(),
                version: form.version.clone(),
            });
        }
    }
    for title in &rule.required_attachments {
        if !manifest.attachments.iter().any(|it| it.title == *title) {
            findings.push(Finding::AttachmentRequired(title.clone()));
        }
    }
    let destination = &manifest.destination.id;
    if destination.is_empty() {
        if rule.needs_destination {
            findings.push(Finding::NoDestination);
        }
    } else if !rule.destinations.is_empty() && !rule.destinations.contains(destination) {
        findings.push(Finding::UnknownDestination(destination.clone()));
    }
    if !operation.takes(manifest.kind) {
        findings.push(Finding::WrongKind);
    }
    if (operation == Operation::Apply) != manifest.first_number.is_empty() {
        findings.push(Finding::FirstNumber);
    }
}
