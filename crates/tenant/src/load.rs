//! Reads a tenant's folder. Every mistake of every file is told at once.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use renkei_core::demo::DemoData;
use renkei_core::tenant::{Plans, Tenant, TenantId};
use renkei_core::text::Language;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::certificates::{self, Certificates};
use crate::check;
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::file::{Connector, TenantFile};
use crate::schema;
use crate::terms::{self, TermsText};
use crate::theme::Theme;
use crate::tree::{Node, Position};

/// Answers for a bank's words, whose format the loader does not know. Implemented over the pages.
pub trait Words {
    /// The keys of the texts that a kind of step needs of the bank itself.
    fn needed(&self, kind: &str) -> Vec<String>;

    /// The texts of one language, as `key -> ()`, or the line (from 1) and what is wrong with it.
    fn keys(&self, source: &str) -> Result<Vec<String>, (usize, String)>;

    /// What is wrong with a bank's design tokens: the token and what is wrong with it.
    fn theme_problems(&self, tokens: &BTreeMap<String, String>) -> Vec<(String, String)>;

    /// What is wrong with a text that customers agree to, as its line (from 1) and what it is.
    fn terms_problem(&self, markdown: &str) -> Option<(usize, String)>;

    /// Whether the platform has a text of its own for this key, that may stand for the bank's.
    fn has_own(&self, language: Language, key: &str) -> bool;
}

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
}

/// Loads one folder.
pub(crate) fn load(folder: &Path, words: &dyn Words) -> Result<LoadedTenant, Vec<Diagnostic>> {
    let mut found = Vec::new();
    let id = check::id(folder, &mut found);
    let tenant =
        document::<TenantFile>(folder, "tenant.yaml", &schema::tenant_schema(), &mut found);
    let theme = theme(folder, words, &mut found);
    let texts = texts(folder, words, &mut found);
    let demo_needed = tenant
        .as_ref()
        .is_some_and(|(_, _, file)| file.connector == Connector::Demo);
    let demo = demo_needed
        .then(|| document::<DemoData>(folder, "demo.yaml", &schema::demo_schema(), &mut found))
        .flatten()
        .map(|(_, _, demo)| demo);
    let parts = tenant.map(|(source, node, file)| {
        let plans = check::plans(&source, &node, &file, &mut found);
        check::values(&source, &node, &file, &mut found);
        check::texts(&source, &node, &file, &texts, words, &mut found);
        let demonstration = file.demonstration;
        let certificates = file
            .certificates
            .as_ref()
            .map(|own| certificates::load(folder, &source, &node, own, demonstration, &mut found));
        let terms = terms::load(folder, &source, &node, &file, words, &mut found);
        (file, plans, certificates, terms)
    });
    match (id, parts, theme) {
        (Some(id), Some((file, Some(plans), certificates, terms)), Some(theme))
            if found.is_empty() =>
        {
            let tenant = Arc::new(tenant_of(id, &file, plans, &terms));
            let texts = texts
                .into_iter()
                .map(|text| (text.language.tag().to_owned(), text.source))
                .collect();
            Ok(LoadedTenant {
                tenant,
                file,
                theme,
                texts,
                terms: terms::by_name(terms),
                demo,
                certificates,
            })
        }
        _ => Err(found),
    }
}

/// The words of one language.
pub(crate) struct Text {
    pub(crate) language: Language,
    pub(crate) source: String,
    pub(crate) keys: Vec<String>,
}

fn texts(folder: &Path, words: &dyn Words, found: &mut Vec<Diagnostic>) -> Vec<Text> {
    let mut texts = Vec::new();
    for language in Language::ALL {
        let name = format!("texts/{}.ftl", language.tag());
        let Some(file) = read(folder, &name, found) else {
            continue;
        };
        match words.keys(&file.text) {
            Ok(keys) => texts.push(Text {
                language,
                source: file.text,
                keys,
            }),
            Err((line, what)) => {
                let at = Position { line, column: 1 };
                found.push(Diagnostic::at(&file, at, "", what));
            }
        }
    }
    texts
}

fn theme(folder: &Path, words: &dyn Words, found: &mut Vec<Diagnostic>) -> Option<Theme> {
    let (source, node, theme) =
        document::<Theme>(folder, "theme.yaml", &schema::theme_schema(), found)?;
    for (token, what) in words.theme_problems(&theme.tokens) {
        let at = node.position_of(&[&token]);
        found.push(Diagnostic::at(&source, at, &token, what));
    }
    Some(theme)
}

/// Reads a YAML file, checks it against its schema, and takes its value.
fn document<T: DeserializeOwned>(
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
            let empty = SourceFile {
                name: shown,
                text: String::new(),
            };
            let at = Position { line: 1, column: 1 };
            found.push(Diagnostic::at(
                &empty,
                at,
                "",
                format!("cannot be read: {e}"),
            ));
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
