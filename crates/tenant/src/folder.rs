//! A folder of documents of one shape that are no bank's: read with positions and checked against the
//! schema of their type, like a tenant's. What they mean, whoever asks for them knows.

use std::fs;
use std::path::Path;

use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use crate::diagnostic::{Diagnostic, Severity};
use crate::{load, schema};

/// Every `*.yaml` of a folder, by the name of the file; or everything that is wrong with them.
pub fn load_documents<T: DeserializeOwned + JsonSchema>(
    folder: &Path,
) -> Result<Vec<(String, T)>, Vec<Diagnostic>> {
    let entries = fs::read_dir(folder)
        .map_err(|e| vec![Diagnostic::of_path(folder, format!("cannot be read: {e}"))])?;
    let mut names: Vec<String> = entries
        .filter_map(Result::ok)
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| Path::new(name).extension().is_some_and(|end| end == "yaml"))
        .collect();
    names.sort_unstable();
    let schema = schema::schema_of::<T>();
    let mut found = Vec::new();
    let mut documents = Vec::new();
    for name in names {
        if let Some((_, _, value)) = load::document::<T>(folder, &name, &schema, &mut found) {
            documents.push((name, value));
        }
    }
    if found.iter().all(|one| one.severity == Severity::Warning) {
        Ok(documents)
    } else {
        Err(found)
    }
}
