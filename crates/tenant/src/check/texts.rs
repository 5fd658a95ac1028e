//! A bank's words: every one a step needs, none that nobody shows, and placeholders that are filled.

use std::collections::BTreeSet;

use renkei_core::step::kinds::{self, Kind};
use renkei_core::text::Language;

use crate::diagnostic::{Diagnostic, SourceFile, distance, nearest};
use crate::file::TenantFile;
use crate::load::Text;
use crate::tree::{Content, Node, Position};
use crate::words::{TextEntry, Words};

/// What is checked together.
pub(crate) struct TextCheck<'a> {
    pub(crate) source: &'a SourceFile,
    pub(crate) node: &'a Node,
    pub(crate) file: &'a TenantFile,
    pub(crate) texts: &'a [Text],
    pub(crate) words: &'a dyn Words,
}

impl TextCheck<'_> {
    /// Everything.
    pub(crate) fn run(&self, found: &mut Vec<Diagnostic>) {
        self.steps(found);
        self.scopes(found);
        for text in self.texts {
            self.unused(text, found);
            self.placeholders(text, found);
        }
        self.both_languages(found);
    }

    /// Every text that a step needs of the bank, in both languages; told at the first step that needs it.
    fn steps(&self, found: &mut Vec<Diagnostic>) {
        let mut seen = BTreeSet::new();
        for (plan, kinds) in self.file.plans() {
            let items = self.node.get(plan).map_or(&[][..], Node::items);
            for (index, (kind, step)) in kinds.iter().zip(items).enumerate() {
                let at = match &step.content {
                    Content::Map(entries) => entries.first().map_or(step.at, |entry| entry.at),
                    Content::Scalar(_) | Content::Sequence(_) => step.at,
                };
                let path = format!("{plan}[{index}].{}", kind.name());
                let own = kind.clone().into_step().texts();
                for key in self.words.needed(kind.name()).iter().chain(&own) {
                    if seen.insert(key.clone()) {
                        self.needs(key, at, &path, found);
                    }
                }
            }
        }
    }

    /// The consent names every service.
    fn scopes(&self, found: &mut Vec<Diagnostic>) {
        let items = self.node.get("scopes").map_or(&[][..], Node::items);
        for (index, (scope, item)) in self.file.scopes.iter().zip(items).enumerate() {
            let key = format!("scope-{scope}");
            self.needs(&key, item.at, &format!("scopes[{index}]"), found);
        }
    }

    fn needs(&self, key: &str, at: Position, path: &str, found: &mut Vec<Diagnostic>) {
        for text in self.texts {
            if text.find(key).is_none() && !self.words.has_own(text.language, key) {
                let tag = text.language.tag();
                let what = format!("the text `{key}` is missing in `texts/{tag}.ftl`");
                let hint = format!("add a line `{key} = …` to texts/{tag}.ftl");
                found.push(Diagnostic::at(self.source, at, path, what).hint(hint));
            }
        }
    }

    /// Texts that no page asks for: mostly slips of the finger.
    fn unused(&self, text: &Text, found: &mut Vec<Diagnostic>) {
        let walked: Vec<&str> = self.file.steps().map(Kind::name).collect();
        let referenced: BTreeSet<&str> = text
            .entries
            .iter()
            .flat_map(|entry| entry.texts.iter().map(String::as_str))
            .collect();
        for entry in &text.entries {
            let key = entry.key.as_str();
            if referenced.contains(key) {
                continue;
            }
            let known = self.words.known().iter().map(String::as_str);
            let is_own = self.words.placeholders(key).is_some();
            let near = if is_own { None } else { nearest(key, known) };
            // A page that puts keys together may ask for this one; not when it is a slip of the
            // finger in one that is missing.
            let is_slip =
                near.is_some_and(|near| text.find(near).is_none() && distance(key, near) <= SLIP);
            let is_known = is_own || (self.words.is_asked_for(key) && !is_slip);
            if !is_known {
                let hint = match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "remove it, or see docs/ja/tenant-reference.md for the keys".to_owned(),
                };
                found.push(told(text, entry, "no page asks for this text", hint).into_warning());
            } else if let Some(kind) = self.kind_left_out(key, &walked) {
                let what = format!("the journey has no step `{kind}`, so nobody sees this text");
                let hint = format!("add `- {kind}: …` to the journey, or remove the text");
                found.push(told(text, entry, what, hint).into_warning());
            }
        }
    }

    /// The kind a key belongs to, when no step is of that kind and no other step's page asks for it.
    fn kind_left_out(&self, key: &str, walked: &[&str]) -> Option<&'static str> {
        let (prefix, _) = key.split_once('-')?;
        let kind = kinds::NAMES.iter().find(|kind| **kind == prefix)?;
        let is_shown = walked
            .iter()
            .any(|walked| self.words.needed(walked).iter().any(|needed| needed == key));
        (!walked.contains(kind) && !is_shown).then_some(*kind)
    }

    /// A placeholder nobody fills would break the page.
    fn placeholders(&self, text: &Text, found: &mut Vec<Diagnostic>) {
        for entry in &text.entries {
            let Some(offered) = self.words.placeholders(&entry.key) else {
                continue;
            };
            for name in entry.placeholders.difference(offered) {
                let what = format!("nothing fills `{{ ${name} }}` in this text");
                let known: Vec<String> = offered.iter().map(|known| format!("${known}")).collect();
                let hint = match nearest(name, offered.iter().map(String::as_str)) {
                    Some(near) => format!("did you mean `{{ ${near} }}`?"),
                    None if known.is_empty() => "this text has no placeholders".to_owned(),
                    None => format!("known here: {}", known.join(", ")),
                };
                found.push(told(text, entry, what, hint));
            }
        }
    }

    /// The two languages say the same: the same keys, with the same placeholders.
    fn both_languages(&self, found: &mut Vec<Diagnostic>) {
        for one in self.texts {
            for other in self.texts.iter().filter(|o| o.language != one.language) {
                let tag = other.language.tag();
                for entry in &one.entries {
                    let Some(twin) = other.find(&entry.key) else {
                        if self.words.has_own(other.language, &entry.key) {
                            let what = format!("texts/{tag}.ftl does not have this text");
                            let hint = format!(
                                "add `{}` there too, or pages in that language show the platform's words",
                                entry.key
                            );
                            found.push(told(one, entry, what, hint).into_warning());
                        }
                        continue;
                    };
                    if one.language == Language::Japanese && entry.placeholders != twin.placeholders
                    {
                        let (ja, en) = (listed(entry), listed(twin));
                        let what = format!("uses {ja}, and {en} in texts/{tag}.ftl");
                        let hint = "use the same placeholders in both languages";
                        found.push(told(one, entry, what, hint));
                    }
                }
            }
        }
    }
}

fn told(
    text: &Text,
    entry: &TextEntry,
    what: impl Into<String>,
    hint: impl Into<String>,
) -> Diagnostic {
    let at = Position {
        line: entry.line,
        column: 1,
    };
    Diagnostic::at(&text.file, at, &entry.key, what).hint(hint)
}

fn listed(entry: &TextEntry) -> String {
    if entry.placeholders.is_empty() {
        return "no placeholder".to_owned();
    }
    let names: Vec<String> = entry.placeholders.iter().map(|p| format!("${p}")).collect();
    names.join(", ")
}

/// So few letters differ by a slip of the finger.
const SLIP: usize = 2;
