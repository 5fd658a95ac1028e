//! The set of all banks, swapped as a whole: a folder with a mistake keeps the old set serving.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fmt, fs, thread};

use renkei_core::tenant::TenantId;

use crate::check::neighbour::{Names, Readable};
use crate::diagnostic::{Diagnostic, Severity};
use crate::load::{Examined, LoadedTenant, load};
use crate::words::Words;

/// All banks of one loading.
#[derive(Debug, Default)]
pub struct TenantSet(BTreeMap<TenantId, Arc<LoadedTenant>>);

/// What came of looking at all folders.
#[derive(Debug, Default)]
pub struct Checked {
    /// The banks that are in order.
    pub tenants: TenantSet,
    /// Everything that was found, folder by folder.
    pub diagnostics: Vec<Diagnostic>,
}

impl Checked {
    /// How many errors and how many warnings there are.
    pub fn counts(&self) -> (usize, usize) {
        let errors = self.diagnostics.iter();
        let errors = errors.filter(|one| one.severity == Severity::Error).count();
        (errors, self.diagnostics.len() - errors)
    }

    /// `2 errors, 1 warning`.
    pub fn count_line(&self) -> String {
        let (errors, warnings) = self.counts();
        let counted = |count, what| match count {
            1 => format!("1 {what}"),
            count => format!("{count} {what}s"),
        };
        match (errors, warnings) {
            (errors, 0) => counted(errors, "error"),
            (0, warnings) => counted(warnings, "warning"),
            (errors, warnings) => {
                format!(
                    "{}, {}",
                    counted(errors, "error"),
                    counted(warnings, "warning")
                )
            }
        }
    }
}

impl fmt::Display for Checked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for diagnostic in &self.diagnostics {
            writeln!(f, "{diagnostic}")?;
        }
        f.write_str(&self.count_line())
    }
}

/// Why a set was not loaded.
#[derive(Debug)]
pub struct Refused(pub Checked);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Refused {}

impl TenantSet {
    /// Loads every folder below `root` that has a `tenant.yaml`.
    ///
    /// # Errors
    /// Every mistake of every folder.
    pub fn load(root: &Path, words: &dyn Words) -> Result<Self, Refused> {
        let checked = Self::check(root, words);
        match checked.counts() {
            (0, _) => Ok(checked.tenants),
            _ => Err(Refused(checked)),
        }
    }

    /// Looks at every folder below `root` that has a `tenant.yaml`, or at `root` itself when it is
    /// such a folder.
    pub fn check(root: &Path, words: &dyn Words) -> Checked {
        let folders = match folders(root) {
            Ok(folders) => folders,
            Err(what) => {
                return Checked {
                    tenants: Self::default(),
                    diagnostics: vec![Diagnostic::of_path(root, what)],
                };
            }
        };
        let mut diagnostics = Vec::new();
        let mut tenants: Vec<(Arc<LoadedTenant>, Readable, PathBuf)> = Vec::new();
        for (folder, examined) in examine(&folders, words) {
            diagnostics.extend(examined.found);
            if let Some(loaded) = examined.loaded {
                tenants.push((Arc::new(loaded), examined.readable, folder));
            }
        }
        diagnostics.extend(shared(&tenants));
        let all: Vec<_> = tenants
            .iter()
            .map(|(loaded, ..)| Arc::clone(loaded))
            .collect();
        let names = Names::of(&all, words.known_banks());
        for (loaded, readable, _) in &tenants {
            diagnostics.extend(names.foreign(loaded, readable));
        }
        let by_id = all
            .into_iter()
            .map(|loaded| (loaded.tenant.id.clone(), loaded));
        Checked {
            tenants: Self(by_id.collect()),
            diagnostics,
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

/// Looks at the folders, several at once, and tells in their order.
fn examine(folders: &[PathBuf], words: &dyn Words) -> Vec<(PathBuf, Examined)> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let share = folders.len().div_ceil(cores).max(1);
    thread::scope(|scope| {
        let look = |share: &'_ [PathBuf]| {
            let one = |folder: &PathBuf| (folder.clone(), load(folder, words));
            share.iter().map(one).collect::<Vec<_>>()
        };
        let threads: Vec<_> = folders
            .chunks(share)
            .map(|share| (share, scope.spawn(move || look(share))))
            .collect();
        let done = threads.into_iter().flat_map(|(share, thread)| {
            // A thread that broke has told so itself; its folders are looked at again here.
            thread.join().unwrap_or_else(|_| look(share))
        });
        done.collect()
    })
}

/// What no two banks may share.
#[derive(Clone, Copy)]
enum Shared {
    BankCode,
    FinancialName,
    Host,
}

/// Two banks of one code, or of one host, could not be told apart at the shared address.
fn shared(tenants: &[(Arc<LoadedTenant>, Readable, PathBuf)]) -> Vec<Diagnostic> {
    let mut codes: BTreeMap<&str, &TenantId> = BTreeMap::new();
    let mut hosts: BTreeMap<&str, &TenantId> = BTreeMap::new();
    let mut financial: BTreeMap<&str, &TenantId> = BTreeMap::new();
    let mut found = Vec::new();
    for (loaded, _, folder) in tenants {
        let tenant = &loaded.tenant;
        let names = hosts_of(loaded).map(|host| (Shared::Host, host));
        let code = (Shared::BankCode, tenant.bank_code.as_str());
        // Only a bank that takes payments stands in the list.
        let listed = tenant.plans.payment.as_ref();
        let financial_name = listed.map(|_| (Shared::FinancialName, loaded.file.financial_name()));
        for (what, value) in names.chain([code]).chain(financial_name) {
            let (taken, word) = match what {
                Shared::BankCode => (&mut codes, "bank code"),
                Shared::FinancialName => (&mut financial, "name in e-Gov's list"),
                Shared::Host => (&mut hosts, "host"),
            };
            match taken.entry(value) {
                Entry::Vacant(free) => drop(free.insert(&tenant.id)),
                Entry::Occupied(taken) => {
                    let what = format!("the {word} {value} is that of `{}` too", taken.get());
                    let hint = format!("every bank has its own {word}");
                    let file = folder.join("tenant.yaml");
                    found.push(Diagnostic::of_path(&file, what).hint(hint));
                }
            }
        }
    }
    found
}

/// The host names of a bank: that of its pages, and that on which it asks for certificates.
fn hosts_of(loaded: &LoadedTenant) -> impl Iterator<Item = &str> {
    let certificates = loaded.certificates.as_ref();
    let asking = certificates.map(|certificates| certificates.host.as_str());
    loaded.file.host.as_deref().into_iter().chain(asking)
}

fn folders(root: &Path) -> Result<Vec<PathBuf>, String> {
    if root.join("tenant.yaml").is_file() {
        return Ok(vec![root.to_owned()]);
    }
    let entries = fs::read_dir(root).map_err(|e| format!("cannot be read: {e}"))?;
    let mut folders: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| !is_hidden(path) && path.join("tenant.yaml").is_file())
        .collect();
    folders.sort();
    if folders.is_empty() {
        return Err("holds no folder with a `tenant.yaml`".to_owned());
    }
    Ok(folders)
}

/// Folders that are just being written are hidden.
fn is_hidden(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    name.is_none_or(|name| name.starts_with('.'))
}
