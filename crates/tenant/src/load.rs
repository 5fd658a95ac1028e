//! Reads a tenant's folder. Every mistake of every file is told at once.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;
use std::sync::Arc;

use renkei_core::demo::DemoData;
use renkei_core::hours::Hours;
use renkei_core::tenant::{Plans, Tenant, TenantId};
use renkei_core::text::Language;
use renkei_zengin::Finder;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::certificates::{self, Certificates};
use crate::check;
use crate::check::neighbour::Readable;
use crate::check::texts::TextCheck;
use crate::diagnostic::{Diagnostic, Severity, SourceFile};
use crate::file::{Connector, TenantFile};
use crate::hours::hours;
use crate::schema;
use crate::terms::{self, TermsText};
use crate::theme::Theme;
use crate::tree::{Node, Position};
use crate::words::{TextEntry, Words};

/// A bank that is in order.
#[derive(Debug)]
pub struct LoadedTenant {
    /// What the domain needs of it.
    pub tenant: Arc<Tenant>,
    /// What its file says.
    pub file: TenantFile,
    /// Its look.
    pub theme: Theme,
    /// Its words, by language tag.
    pub texts: BTreeMap<String, String>,
    /// The texts its notices show, by name and language tag, in Markdown.
    pub terms: BTreeMap<String, BTreeMap<String, String>>,
    /// The beginnings of its demo bank.
    pub demo: Option<DemoData>,
    /// How its customers' certificates are judged, where they have them.
    pub certificates: Option<Certificates>,
    /// When customers may begin.
    pub hours: Hours,
    /// What it is found by where customers choose their bank.
    pub finder: Finder,
}

/// What came of a folder.
#[derive(Debug, Default)]
pub(crate) struct Examined {
    /// The bank; none when something is wrong with it.
    pub(crate) loaded: Option<LoadedTenant>,
    /// What was found, warnings included.
    pub(crate) found: Vec<Diagnostic>,
    /// What its customers may read.
    pub(crate) readable: Readable,
}

/// Loads one folder.
pub(crate) fn load(folder: &Path, words: &dyn Words) -> Examined {
    let mut found = Vec::new();
    let id = check::id(folder, &mut found);
    let tenant = document::<TenantFile>(folder, "tenant.yaml", schema::tenant(), &mut found);
    let theme = theme(folder, words, &mut found);
    let texts = texts(folder, words, &mut found);
    let demo_needed = tenant
        .as_ref()
        .is_some_and(|(_, _, file)| file.connector == Connector::Demo);
    let demo = demo_needed
        .then(|| document::<DemoData>(folder, "demo.yaml", schema::demo(), &mut found))
        .flatten()
        .map(|(_, _, demo)| demo);
    let mut readable = Readable {
        lines: terms(folder),
        yaml: None,
    };
    let parts = tenant.map(|(source, node, file)| {
        let plans = check::plans(&source, &node, &file, &mut found);
        check::values(&source, &node, &file, &mut found);
        check::reach::steps(&source, &node, &file, &mut found);
        let texts = TextCheck {
            source: &source,
            node: &node,
            file: &file,
            texts: &texts,
            words,
        };
        texts.run(&mut found);
        let hours = hours(&source, &node, &file.hours, &mut found);
        let named = check::known_bank(&source, &node, &file);
        found.extend(named.into_iter().map(Diagnostic::into_warning));
        let demonstration = file.demonstration;
        let certificates = file
            .certificates
            .as_ref()
            .map(|own| certificates::load(folder, &source, &node, own, demonstration, &mut found));
        let terms = terms::load(folder, &source, &node, &file, words, &mut found);
        readable.yaml = Some((source, node));
        (file, plans, certificates, hours, terms)
    });
    readable
        .lines
        .extend(texts.iter().map(|text| text.file.clone()));
    let is_in_order = found.iter().all(|one| one.severity == Severity::Warning);
    let loaded = match (id, parts, theme) {
        (Some(id), Some((file, Some(plans), certificates, hours, terms)), Some(theme))
            if is_in_order =>
        {
            let tenant = Arc::new(tenant_of(id, &file, plans, &terms));
            let texts = texts
                .into_iter()
                .map(|text| (text.language.tag().to_owned(), text.file.text))
                .collect();
            Some(LoadedTenant {
                tenant,
                finder: finder(&file),
                hours,
                file,
                theme,
                texts,
                terms: terms::by_name(terms),
                demo,
                certificates,
            })
        }
        _ => None,
    };
    Examined {
        loaded,
        found,
        readable,
    }
}

/// The bank's own names in both languages, and those the zengin data has for its code.
fn finder(file: &TenantFile) -> Finder {
    let own = [&file.name, &file.product];
    let own: Vec<&str> = own
        .iter()
        .flat_map(|text| [text.ja.as_str(), &text.en])
        .collect();
    Finder::new(&file.bank_code, &own, renkei_zengin::bank(&file.bank_code))
}

/// The words of one language.
pub(crate) struct Text {
    pub(crate) language: Language,
    pub(crate) file: SourceFile,
    pub(crate) entries: Vec<TextEntry>,
    places: HashMap<String, usize>,
}

impl Text {
    /// The text of a key.
    pub(crate) fn find(&self, key: &str) -> Option<&TextEntry> {
        self.entries.get(*self.places.get(key)?)
    }
}

fn texts(folder: &Path, words: &dyn Words, found: &mut Vec<Diagnostic>) -> Vec<Text> {
    let mut texts = Vec::new();
    for language in Language::ALL {
        let name = format!("texts/{}.ftl", language.tag());
        let Some(file) = read(folder, &name, found) else {
            continue;
        };
        match words.entries(&file.text) {
            Ok(entries) => texts.push(Text {
                language,
                file,
                places: (0..)
                    .zip(&entries)
                    .map(|(place, entry)| (entry.key.clone(), place))
                    .collect(),
                entries,
            }),
            Err((line, what)) => {
                let at = Position { line, column: 1 };
                found.push(Diagnostic::at(&file, at, "", what));
            }
        }
    }
    texts
}

/// Notices and terms, which are words like any other.
fn terms(folder: &Path) -> Vec<SourceFile> {
    let Ok(entries) = fs::read_dir(folder.join("terms")) else {
        return Vec::new();
    };
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    paths
        .filter_map(|path| {
            Some(SourceFile {
                text: fs::read_to_string(&path).ok()?,
                name: path.display().to_string(),
            })
        })
        .collect()
}

fn theme(folder: &Path, words: &dyn Words, found: &mut Vec<Diagnostic>) -> Option<Theme> {
    let (source, node, theme) = document::<Theme>(folder, "theme.yaml", schema::theme(), found)?;
    for (token, what) in words.theme_problems(&theme.tokens) {
        let at = node.position_of(&[&token]);
        let hint = "choose another value, or remove the line to keep the platform's";
        found.push(Diagnostic::at(&source, at, &token, what).hint(hint));
    }
    Some(theme)
}

/// Reads a YAML file, checks it against its schema, and takes its value.
pub(crate) fn document<T: DeserializeOwned>(
    folder: &Path,
    name: &str,
    schema: &Value,
    found: &mut Vec<Diagnostic>,
) -> Option<(SourceFile, Node, T)> {
    let file = read(folder, name, found)?;
    let node = Node::parse(&file)
        .map_err(|wrong| found.push(*wrong))
        .ok()?;
    let wrong = schema::check(&file, &node, schema);
    if !wrong.is_empty() {
        let places: Vec<Position> = wrong.iter().map(Diagnostic::position).collect();
        found.extend(wrong);
        // What can still be checked is checked: without its unknown keys the document is good enough
        // to look for missing texts in.
        let value = T::deserialize(node.to_json_without(&places)).ok()?;
        return Some((file, node, value));
    }
    match T::deserialize(node.to_json()) {
        Ok(value) => Some((file, node, value)),
        Err(e) => {
            found.push(Diagnostic::at(&file, node.at, "", e.to_string()));
            None
        }
    }
}

pub(crate) fn read(folder: &Path, name: &str, found: &mut Vec<Diagnostic>) -> Option<SourceFile> {
    let path = folder.join(name);
    let shown = path.display().to_string();
    match fs::read_to_string(&path) {
        Ok(text) => Some(SourceFile { name: shown, text }),
        Err(e) => {
            let wrong = Diagnostic::of_path(&path, format!("cannot be read: {e}"));
            found.push(wrong.hint(format!("every bank has a `{name}`")));
            None
        }
    }
}

fn tenant_of(id: TenantId, file: &TenantFile, plans: Plans, terms: &[TermsText]) -> Tenant {
    use renkei_oauth::client::ClientId;
    use renkei_oauth::scope::Scopes;
    let clients = file.clients.iter();
    Tenant {
        id,
        bank_code: file.bank_code.clone(),
        name: file.name.clone(),
        life: file.life.clone(),
        link_policy: file.link_policy,
        limits: file.limits.clone(),
        // Both were parsed by `check::values` before this is reached.
        scopes: Scopes::parse(&file.scopes.join(" ")).unwrap_or_default(),
        clients: clients
            .filter_map(|(id, terms)| Some((ClientId::parse(id).ok()?, terms.clone())))
            .collect(),
        terms: terms::digests(terms),
        plans,
    }
}
