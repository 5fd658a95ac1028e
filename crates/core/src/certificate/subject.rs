//! What a certificate's subject says about its holder, by the tenant's reading. Mizuho prints
//! `2000000000 kanri001 20220506` in the common name: contract number, user ID, and a date that
//! identifies nobody.

use std::collections::BTreeMap;

use openssl::nid::Nid;
use openssl::x509::{X509NameRef, X509Ref};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::CertificateTrouble;

/// Which field of the subject carries which identifier. One name takes the whole field; several take
/// its parts, which white space separates; `_` takes a part that identifies nobody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SubjectFields {
    /// CN.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub common_name: Vec<String>,
    /// O.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub organization: Vec<String>,
    /// OU: the first name is that of the first, and so on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub organizational_units: Vec<String>,
    /// serialNumber.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub serial_number: Vec<String>,
}

impl SubjectFields {
    /// The names of each field, with the field's own.
    pub fn fields(&self) -> [(&'static str, &[String]); 4] {
        [
            ("common_name", &self.common_name),
            ("organization", &self.organization),
            ("organizational_units", &self.organizational_units),
            ("serial_number", &self.serial_number),
        ]
    }

    /// The identifiers of a subject.
    ///
    /// # Errors
    /// [`CertificateTrouble::NoHolder`] when the subject is not written as the tenant reads it.
    pub(super) fn read(
        &self,
        subject: &Subject,
    ) -> Result<BTreeMap<String, String>, CertificateTrouble> {
        let mut found = BTreeMap::new();
        let units: Vec<&str> = subject
            .organizational_units
            .iter()
            .map(String::as_str)
            .collect();
        take(
            &mut found,
            &self.common_name,
            &parts(&self.common_name, Some(&subject.common_name)),
        )?;
        let organization = parts(&self.organization, subject.organization.as_deref());
        take(&mut found, &self.organization, &organization)?;
        take(&mut found, &self.organizational_units, &units)?;
        let serial = parts(&self.serial_number, subject.serial.as_deref());
        take(&mut found, &self.serial_number, &serial)?;
        Ok(found)
    }
}

/// Whether a tenant may call an identifier so, or leave a part out by it.
pub fn is_identifier(name: &str) -> bool {
    let alphabet = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    name == NOBODY
        || (name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.len() <= 40
            && name.bytes().all(alphabet))
}

fn parts<'a>(names: &[String], value: Option<&'a str>) -> Vec<&'a str> {
    match value {
        Some(whole) if names.len() == 1 => vec![whole.trim()],
        Some(several) => several.split_whitespace().collect(),
        None => Vec::new(),
    }
}

fn take(
    found: &mut BTreeMap<String, String>,
    names: &[String],
    values: &[&str],
) -> Result<(), CertificateTrouble> {
    if names.is_empty() {
        return Ok(());
    }
    if names.len() != values.len() || values.iter().any(|value| value.is_empty()) {
        return Err(CertificateTrouble::NoHolder);
    }
    let kept = names.iter().zip(values).filter(|(name, _)| *name != NOBODY);
    found.extend(kept.map(|(name, value)| (name.clone(), (*value).to_owned())));
    Ok(())
}

/// A subject's attributes as text.
pub(super) struct Subject {
    pub(super) common_name: String,
    pub(super) organization: Option<String>,
    pub(super) organizational_units: Vec<String>,
    pub(super) serial: Option<String>,
}

impl Subject {
    pub(super) fn of(certificate: &X509Ref) -> Self {
        let name = certificate.subject_name();
        Self {
            common_name: common_name(name),
            organization: texts(name, Nid::ORGANIZATIONNAME).next(),
            organizational_units: texts(name, Nid::ORGANIZATIONALUNITNAME).collect(),
            serial: texts(name, Nid::SERIALNUMBER).next(),
        }
    }
}

/// The common name; empty when there is none.
pub(super) fn common_name(name: &X509NameRef) -> String {
    texts(name, Nid::COMMONNAME).next().unwrap_or_default()
}

fn texts(name: &X509NameRef, field: Nid) -> impl Iterator<Item = String> + '_ {
    name.entries_by_nid(field)
        .filter_map(|entry| entry.data().to_string().ok())
}

const NOBODY: &str = "_";
