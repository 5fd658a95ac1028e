//! The set of all banks, swapped as a whole: a folder with a mistake keeps the old set serving.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use renkei_core::tenant::TenantId;

use crate::diagnostic::Diagnostic;
use crate::load::{LoadedTenant, Words, load};

/// All banks of one loading.
#[derive(Debug, Default)]
pub struct TenantSet(BTreeMap<TenantId, Arc<LoadedTenant>>);

/// Why a set was not loaded.
#[derive(Debug)]
pub struct Refused {
    /// Every mistake of every folder.
    pub diagnostics: Vec<Diagnostic>,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for diagnostic in &self.diagnostics {
            writeln!(f, "{diagnostic}")?;
        }
        let count = self.diagnostics.len();
        write!(f, "{count} {}", if count == 1 { "error" } else { "errors" })
    }
}

impl std::error::Error for Refused {}

impl TenantSet {
    /// Loads every folder below `root` that has a `tenant.yaml`.
    ///
    /// # Errors
    /// Every mistake of every folder.
    pub fn load(root: &Path, words: &dyn Words) -> Result<Self, Refused> {
        let mut diagnostics = Vec::new();
        let mut tenants: BTreeMap<TenantId, Arc<LoadedTenant>> = BTreeMap::new();
        for folder in folders(root).map_err(|what| unreadable(root, &what))? {
            match load(&folder, words) {
                Ok(loaded) => {
                    let code = &loaded.tenant.bank_code;
                    if let Some(other) = tenants
                        .values()
                        .find(|other| other.tenant.bank_code == *code)
                    {
                        let what =
                            format!("the bank code {code} is that of `{}` too", other.tenant.id);
                        diagnostics.extend(unreadable(&folder, &what).diagnostics);
                    }
                    if let Some((host, other)) = shared_host(&loaded, &tenants) {
                        let what = format!("the host {host} is that of `{other}` too");
                        diagnostics.extend(unreadable(&folder, &what).diagnostics);
                    }
                    tenants.insert(loaded.tenant.id.clone(), Arc::new(loaded));
                }
                Err(found) => diagnostics.extend(found),
            }
        }
        if diagnostics.is_empty() {
            Ok(Self(tenants))
        } else {
            Err(Refused { diagnostics })
        }
    }

    /// The bank of this id.
    pub fn find(&self, id: &TenantId) -> Option<&Arc<LoadedTenant>> {
        self.0.get(id)
    }

    /// The bank of this 金融機関コード.
    pub fn find_by_code(&self, bank_code: &str) -> Option<&Arc<LoadedTenant>> {
        self.0
            .values()
            .find(|loaded| loaded.tenant.bank_code == bank_code)
    }

    /// All banks, by id.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<LoadedTenant>> {
        self.0.values()
    }
}

/// The host names of a bank: that of its pages, and that on which it asks for certificates.
fn hosts(loaded: &LoadedTenant) -> impl Iterator<Item = &str> {
    let certificates = loaded.certificates.as_ref();
    let asking = certificates.map(|certificates| certificates.host.as_str());
    loaded.file.host.as_deref().into_iter().chain(asking)
}

/// A host name that another bank has too, and that bank.
fn shared_host<'a>(
    loaded: &'a LoadedTenant,
    others: &'a BTreeMap<TenantId, Arc<LoadedTenant>>,
) -> Option<(&'a str, &'a TenantId)> {
    hosts(loaded).find_map(|host| {
        let mut others = others.iter();
        let (id, _) = others.find(|(_, other)| hosts(other).any(|own| own == host))?;
        Some((host, id))
    })
}

fn folders(root: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(root).map_err(|e| format!("cannot be read: {e}"))?;
    let mut folders: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.join("tenant.yaml").is_file())
        .collect();
    folders.sort();
    if folders.is_empty() {
        return Err("holds no folder with a `tenant.yaml`".to_owned());
    }
    Ok(folders)
}

fn unreadable(path: &Path, what: &str) -> Refused {
    let diagnostic = Diagnostic {
        file: path.display().to_string(),
        line: 1,
        column: 1,
        path: String::new(),
        what: what.to_owned(),
        hint: None,
        source: String::new(),
    };
    Refused {
        diagnostics: vec![diagnostic],
    }
}
