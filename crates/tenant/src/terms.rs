//! The texts that customers read and agree to: `terms/<name>.<language>.md` in the bank's folder, one
//! for each name that a notice step gives.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use renkei_core::seal::sha256_hex;
use renkei_core::step::kinds::Kind;
use renkei_core::tenant::Terms;
use renkei_core::text::Language;

use crate::diagnostic::{Diagnostic, SourceFile};
use crate::file::TenantFile;
use crate::load::read;
use crate::tree::{Node, Position};
use crate::words::Words;

/// One text in one language.
pub(crate) struct TermsText {
    name: String,
    language: Language,
    markdown: String,
}

/// Every text that the bank's notices name.
pub(crate) fn load(
    folder: &Path,
    source: &SourceFile,
    node: &Node,
    file: &TenantFile,
    words: &dyn Words,
    found: &mut Vec<Diagnostic>,
) -> Vec<TermsText> {
    let mut names = BTreeSet::new();
    for (plan, kinds) in file.plans() {
        for (index, kind) in kinds.iter().enumerate() {
            let Kind::Notice(notice) = kind else {
                continue;
            };
            let Some(name) = &notice.terms else {
                continue;
            };
            let step = node.get(plan).and_then(|steps| steps.items().get(index));
            let mut tell = |key: &str, what: &str, hint: &str| {
                let at = step.map_or(node.at, |step| step.position_of(&["notice", key]));
                let path = format!("{plan}[{index}].notice.{key}");
                found.push(Diagnostic::at(source, at, &path, what).hint(hint));
            };
            if !is_name(name) {
                let hint = "lower-case letters, digits, `-` and `_`: `terms/<name>.ja.md`";
                tell("terms", "is not the name of a text", hint);
                continue;
            }
            if notice.version.is_empty() {
                let hint = "every consent keeps the version of the text it rests on";
                tell("terms", "has no `version`", hint);
            }
            names.insert(name.clone());
        }
    }
    let mut texts = Vec::new();
    for name in names {
        for language in Language::ALL {
            let path = format!("terms/{name}.{}.md", language.tag());
            let Some(file) = read(folder, &path, found) else {
                continue;
            };
            if let Some((line, what)) = words.terms_problem(&file.text) {
                let at = Position { line, column: 1 };
                found.push(Diagnostic::at(&file, at, "", what));
            }
            texts.push(TermsText {
                name: name.clone(),
                language,
                markdown: file.text,
            });
        }
    }
    texts
}

/// What the domain keeps of them.
pub(crate) fn digests(texts: &[TermsText]) -> BTreeMap<String, Terms> {
    let mut all: BTreeMap<String, Terms> = BTreeMap::new();
    for text in texts {
        let digest = sha256_hex(text.markdown.as_bytes());
        let terms = all.entry(text.name.clone()).or_default();
        terms.digests.insert(text.language, digest);
    }
    all
}

/// What the pages show of them.
pub(crate) fn by_name(texts: Vec<TermsText>) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut all: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for text in texts {
        let languages = all.entry(text.name).or_default();
        languages.insert(text.language.tag().to_owned(), text.markdown);
    }
    all
}

/// A name never leads out of the folder.
fn is_name(name: &str) -> bool {
    let alphabet = |b: u8| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_');
    !name.is_empty() && name.len() <= 64 && name.bytes().all(alphabet)
}
