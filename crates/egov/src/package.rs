//! A package of applications: one folder for each, a 構成管理 in every folder, and the check that decides which of them
//! arrive. One bad application refuses itself, never its neighbours.

mod check;
mod finding;
mod manifest;
mod report;

use std::collections::BTreeMap;

pub use self::check::{Accepted, FormRule, Operation, ProcedureRule, Procedures, check};
pub use self::finding::Finding;
pub use self::manifest::{
    Address, Applicant, Attachment, Destination, Fee, Form, Inquiry, Kind, Manifest, Person,
};
pub use self::report::{Reported, report};
use crate::archive::File;
use crate::limits::Limits;

/// The name of the 構成管理 in each folder.
pub const MANIFEST: &str = "kousei.xml";

/// Why an archive is not a package at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAPackage {
    /// No folder has a 構成管理.
    #[error("no folder of the archive has a kousei.xml")]
    Empty,
    /// More applications than allowed.
    #[error("the archive has too many applications")]
    TooMany,
    /// Folders in folders.
    #[error("the archive has folders below folders")]
    Nested,
}

/// One application as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// Its name: `{手続ID}` or `{手続ID}({n})`.
    pub name: String,
    /// Its files by name.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// Sorts the files of an archive into applications, in the order of their names. A file outside of any folder belongs to none.
pub fn folders(files: Vec<File>, limits: &Limits) -> Result<Vec<Folder>, NotAPackage> {
    let mut found: BTreeMap<String, BTreeMap<String, Vec<u8>>> = BTreeMap::new();
    for file in files {
        let Some((folder, name)) = file.name.split_once('/') else {
            continue;
        };
        if name.contains('/') {
            return Err(NotAPackage::Nested);
        }
        let files = found.entry(folder.to_owned()).or_default();
        files.insert(name.to_owned(), file.bytes);
    }
    if found.len() > limits.applications {
        return Err(NotAPackage::TooMany);
    }
    if !found.values().any(|files| files.contains_key(MANIFEST)) {
        return Err(NotAPackage::Empty);
    }
    Ok(found
        .into_iter()
        .map(|(name, files)| Folder { name, files })
        .collect())
}
