//! Texts: the platform's, and each tenant's on top. A text is looked for in the tenant's words in
//! the page's language, then in the platform's, then in both in Japanese.

use std::collections::btree_map::Entry::{Occupied, Vacant};
use std::collections::{BTreeMap, BTreeSet, HashMap};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use unic_langid::LanguageIdentifier;

use crate::error::PagesError;
use crate::terms;
use crate::text::TextArg;

/// All texts that are loaded.
#[derive(Default)]
pub(crate) struct Words {
    base: Tongues,
    tenants: HashMap<String, Tongues>,
    terms: HashMap<(String, String, String), String>,
}

/// The texts of one source, by language.
#[derive(Default)]
struct Tongues(BTreeMap<String, FluentBundle<FluentResource>>);

/// The language of every manual, and what is left when a translation lacks a text.
const LAST_RESORT: &str = "ja";

impl Words {
    pub(crate) fn add_base(
        &mut self,
        lang: &str,
        file: &str,
        source: &str,
    ) -> Result<(), PagesError> {
        self.base.add(lang, file, source)
    }

    pub(crate) fn add_tenant(
        &mut self,
        tenant: &str,
        texts: &BTreeMap<String, String>,
    ) -> Result<(), PagesError> {
        let own = self.tenants.entry(tenant.to_owned()).or_default();
        for (lang, source) in texts {
            own.add(lang, &format!("tenants/{tenant}/texts/{lang}.ftl"), source)?;
        }
        Ok(())
    }

    /// Adds the texts that a bank's customers agree to, by name and language.
    pub(crate) fn add_terms(
        &mut self,
        tenant: &str,
        texts: &BTreeMap<String, BTreeMap<String, String>>,
    ) -> Result<(), PagesError> {
        for (name, languages) in texts {
            for (lang, markdown) in languages {
                let html = terms::html(markdown).map_err(|(line, problem)| PagesError::Text {
                    file: format!("tenants/{tenant}/terms/{name}.{lang}.md"),
                    line,
                    column: 1,
                    problem,
                })?;
                let place = (tenant.to_owned(), name.clone(), lang.clone());
                self.terms.insert(place, html);
            }
        }
        Ok(())
    }

    /// A text that customers agree to, as HTML in the page's language.
    pub(crate) fn terms(&self, tenant: &str, lang: &str, name: &str) -> Option<&str> {
        let place = (tenant.to_owned(), name.to_owned(), lang.to_owned());
        self.terms.get(&place).map(String::as_str)
    }

    /// Whether a page in this language would find the text without borrowing from Japanese.
    pub(crate) fn has(&self, tenant: Option<&str>, lang: &str, key: &str) -> bool {
        self.sources(tenant)
            .any(|tongues| tongues.find(lang, key).is_some())
    }

    /// The text; missing and unfilled ones are errors.
    pub(crate) fn text(
        &self,
        tenant: Option<&str>,
        lang: &str,
        key: &str,
        args: &FluentArgs<'_>,
    ) -> Result<String, PagesError> {
        let named = || {
            (
                key.to_owned(),
                tenant.unwrap_or("-").to_owned(),
                lang.to_owned(),
            )
        };
        let bundle = [lang, LAST_RESORT].into_iter().find_map(|lang| {
            self.sources(tenant)
                .find_map(|tongues| tongues.find(lang, key))
        });
        let Some((bundle, pattern)) =
            bundle.and_then(|bundle| Some((bundle, bundle.get_message(key)?.value()?)))
        else {
            let (key, tenant, lang) = named();
            return Err(PagesError::MissingText { key, tenant, lang });
        };
        let mut problems = Vec::new();
        let text = bundle
            .format_pattern(pattern, Some(args), &mut problems)
            .into_owned();
        if let Some(first) = problems.first() {
            let (key, tenant, lang) = named();
            return Err(PagesError::Placeholder {
                key,
                tenant,
                lang,
                problem: first.to_string(),
            });
        }
        Ok(text)
    }

    fn sources(&self, tenant: Option<&str>) -> impl Iterator<Item = &Tongues> {
        tenant
            .and_then(|tenant| self.tenants.get(tenant))
            .into_iter()
            .chain([&self.base])
    }
}

impl Tongues {
    fn add(&mut self, lang: &str, file: &str, source: &str) -> Result<(), PagesError> {
        let tag: LanguageIdentifier = lang.parse().map_err(|_| PagesError::Language {
            file: file.to_owned(),
            tag: lang.to_owned(),
        })?;
        let resource = FluentResource::try_new(source.to_owned()).map_err(|(_, problems)| {
            let first = problems.first();
            let (line, column) = place(source, first.map_or(0, |problem| problem.pos.start));
            let problem = first.map_or_else(String::new, ToString::to_string);
            PagesError::Text {
                file: file.to_owned(),
                line,
                column,
                problem,
            }
        })?;
        let contents = |problem: String| PagesError::Contents {
            file: file.to_owned(),
            problem,
        };
        let bundle = match self.0.entry(lang.to_owned()) {
            Occupied(begun) => begun.into_mut(),
            Vacant(place) => {
                let mut bundle = FluentBundle::new_concurrent(vec![tag]);
                bundle.set_use_isolating(false);
                bundle.add_builtins().map_err(|e| contents(e.to_string()))?;
                place.insert(bundle)
            }
        };
        bundle.add_resource(resource).map_err(|problems| {
            contents(
                problems
                    .iter()
                    .map(ToString::to_string)
                    .collect::<Vec<_>>()
                    .join("; "),
            )
        })?;
        Ok(())
    }

    fn find(&self, lang: &str, key: &str) -> Option<&FluentBundle<FluentResource>> {
        self.0.get(lang).filter(|bundle| bundle.has_message(key))
    }
}

/// Arguments as Fluent takes them.
pub(crate) fn fluent_args<'a>(
    args: impl IntoIterator<Item = (&'a str, &'a TextArg)>,
) -> FluentArgs<'a> {
    args.into_iter()
        .map(|(name, value)| match value {
            TextArg::Number(number) => (name, FluentValue::from(*number)),
            TextArg::Text(text) => (name, FluentValue::from(text.as_str())),
        })
        .collect()
}

/// A text as its file has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextEntry {
    /// Its key.
    pub key: String,
    /// The line of its key, from 1.
    pub line: usize,
    /// Its words as they are written, placeholders and all.
    pub words: String,
    /// What its placeholders are called.
    pub placeholders: BTreeSet<String>,
    /// The other texts it is made of, by key.
    pub texts: BTreeSet<String>,
}

/// The texts in a Fluent source.
///
/// # Errors
/// The line (from 1) of the first thing that is no text, and what is wrong with it.
pub fn text_entries(source: &str) -> Result<Vec<TextEntry>, (usize, String)> {
    let resource = fluent_syntax::parser::parse(source).map_err(|(_, problems)| {
        let first = problems.first();
        let (line, _) = place(source, first.map_or(0, |problem| problem.pos.start));
        (line, first.map_or_else(String::new, ToString::to_string))
    })?;
    let lines = lines_of_keys(source);
    let entry = |entry: &Entry<&str>| match entry {
        Entry::Message(message) => {
            let mut found = TextEntry {
                key: message.id.name.to_owned(),
                line: lines.get(message.id.name).map_or(1, |(line, _)| *line),
                words: lines
                    .get(message.id.name)
                    .map(|(_, words)| words.clone())
                    .unwrap_or_default(),
                placeholders: BTreeSet::new(),
                texts: BTreeSet::new(),
            };
            let attributes = message.attributes.iter().map(|own| &own.value);
            for pattern in message.value.iter().chain(attributes) {
                found.read(pattern);
            }
            Some(found)
        }
        _ => None,
    };
    Ok(resource.body.iter().filter_map(entry).collect())
}

impl TextEntry {
    fn read(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                self.read_expression(expression);
            }
        }
    }

    fn read_expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.read_inline(inline),
            Expression::Select { selector, variants } => {
                self.read_inline(selector);
                for variant in variants {
                    self.read(&variant.value);
                }
            }
        }
    }

    fn read_inline(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::VariableReference { id } => {
                self.placeholders.insert(id.name.to_owned());
            }
            InlineExpression::MessageReference { id, .. } => {
                self.texts.insert(id.name.to_owned());
            }
            InlineExpression::FunctionReference { arguments, .. } => {
                for argument in &arguments.positional {
                    self.read_inline(argument);
                }
            }
            InlineExpression::Placeable { expression } => self.read_expression(expression),
            _ => {}
        }
    }
}

/// The line of every key and what is written there: a message begins a line, what belongs to it is
/// indented.
fn lines_of_keys(source: &str) -> HashMap<&str, (usize, String)> {
    let mut found: HashMap<&str, (usize, String)> = HashMap::new();
    let mut current = None;
    for (number, line) in (1..).zip(source.lines()) {
        if line.starts_with(|c: char| c.is_ascii_alphabetic()) {
            current = line.split_once('=').map(|(key, words)| {
                found.insert(key.trim(), (number, words.trim().to_owned()));
                key.trim()
            });
        } else if line.starts_with([' ', '}']) {
            if let Some((_, words)) = current.and_then(|key| found.get_mut(key)) {
                if !words.is_empty() {
                    words.push('\n');
                }
                words.push_str(line.trim());
            }
        } else if !line.is_empty() {
            current = None;
        }
    }
    found
}

/// Line and column, from 1, of a byte in a source.
fn place(source: &str, byte: usize) -> (usize, usize) {
    let before = source.get(..byte).unwrap_or(source);
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_found_wherever_they_stand() {
        let source = "# a remark\none = { $app }\ntwo = { $left ->\n    [one] { $bank }\n   *[other] { one } { NUMBER($left) }\n }\n";
        let found = text_entries(source).unwrap();
        let [one, two] = found.as_slice() else {
            panic!("{found:?}");
        };
        assert_eq!((one.line, two.line), (2, 3));
        let names: Vec<_> = two.placeholders.iter().map(String::as_str).collect();
        assert_eq!(names, ["bank", "left"]);
        assert!(two.texts.contains("one"));
    }

    #[test]
    fn what_is_no_text_is_told_with_its_line() {
        let (line, _) = text_entries("one = yes\n\ntwo = { $open\n").unwrap_err();
        assert!(line >= 3);
    }
}
