//! Which texts a template needs, read from its source, so that no list can drift.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use crate::engine::Templates;
use crate::words::{TextEntry, text_entries};

/// The keys a step kind's page uses, with those of everything it extends and includes. A key that
/// is put together (`t(key="scope-" ~ scope)`) stands for every base text with that beginning.
pub(crate) fn required_texts(kind: &str) -> Vec<String> {
    let mut files = vec![format!("{kind}.html")];
    let mut seen = BTreeSet::new();
    let mut keys = BTreeSet::new();
    while let Some(file) = files.pop() {
        let Some(source) = Templates::source(&file).filter(|_| seen.insert(file)) else {
            continue;
        };
        files.extend(literals(&source, "{% include "));
        files.extend(literals(&source, "{% extends "));
        for (key, is_whole) in keys_of(&source) {
            if is_whole {
                keys.insert(key);
            } else {
                keys.extend(
                    base_keys()
                        .iter()
                        .filter(|known| known.starts_with(&key))
                        .cloned(),
                );
            }
        }
    }
    keys.into_iter().collect()
}

/// The quoted words after each occurrence of a marker.
fn literals(source: &str, marker: &str) -> Vec<String> {
    source
        .split(marker)
        .skip(1)
        .filter_map(|rest| rest.strip_prefix('"')?.split_once('"'))
        .map(|(word, _)| word.to_owned())
        .collect()
}

/// The keys of a template's texts, and whether each is the whole key or its beginning.
fn keys_of(source: &str) -> Vec<(String, bool)> {
    source
        .split("t(key=\"")
        .skip(1)
        .filter_map(|rest| rest.split_once('"'))
        .map(|(key, after)| (key.to_owned(), !after.trim_start().starts_with('~')))
        .collect()
}

/// The platform's texts in one language, read once.
pub(crate) fn base_texts(lang: &str) -> Vec<TextEntry> {
    Templates::base_texts(lang)
        .filter_map(|(_, source)| text_entries(&source).ok())
        .flatten()
        .collect()
}

/// The keys of the platform's Japanese texts.
fn base_keys() -> &'static [String] {
    static KEYS: OnceLock<Vec<String>> = OnceLock::new();
    KEYS.get_or_init(|| base_texts("ja").into_iter().map(|text| text.key).collect())
}

/// What the platform can fill in a text of this key: what its own text uses, and what templates give
/// beside it. None when no text of the platform has the key.
pub(crate) fn offered(key: &str) -> Option<&'static BTreeSet<String>> {
    static OFFERED: OnceLock<BTreeMap<String, BTreeSet<String>>> = OnceLock::new();
    let offered = OFFERED.get_or_init(|| {
        let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for text in ["ja", "en"].into_iter().flat_map(base_texts) {
            all.entry(text.key).or_default().extend(text.placeholders);
        }
        for file in Templates::iter() {
            for (key, given) in given_to(&Templates::source(&file).unwrap_or_default()) {
                if let Some(known) = all.get_mut(&key) {
                    known.extend(given);
                }
            }
        }
        all
    });
    offered.get(key)
}

/// The arguments that a template gives to each text: `t(key="x", app=client.name)` gives `app`.
fn given_to(source: &str) -> Vec<(String, Vec<String>)> {
    let calls = source.split("t(key=\"").skip(1);
    calls
        .filter_map(|rest| rest.split_once('"'))
        .map(|(key, after)| {
            let mut depth = 1_usize;
            let inside = after.chars().take_while(|c| {
                match c {
                    '(' => depth += 1,
                    ')' => depth = depth.saturating_sub(1),
                    _ => {}
                }
                depth > 0
            });
            let inside: String = inside.collect();
            let names = inside.split(',').filter_map(|argument| {
                let (name, _) = argument.split_once('=')?;
                Some(name.trim().to_owned())
            });
            (key.to_owned(), names.collect())
        })
        .collect()
}

/// Whether any page asks for a text of this key, or for one that begins so.
pub(crate) fn is_asked_for(key: &str) -> bool {
    static ASKED: OnceLock<Vec<(String, bool)>> = OnceLock::new();
    let asked = ASKED.get_or_init(|| {
        Templates::iter()
            .filter_map(|file| Templates::source(&file))
            .flat_map(|source| keys_of(&source))
            .collect()
    });
    asked.iter().any(|(known, is_whole)| {
        known == key || (!is_whole && !known.is_empty() && key.starts_with(known))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_needs_its_own_texts_and_those_around_it() {
        let keys = required_texts("inquiry_pin");
        for key in [
            "inquiry_pin-title",
            "inquiry_pin-state-staged",
            "account-type-time",
            "skip",
        ] {
            assert!(keys.iter().any(|known| known == key), "{key} in {keys:?}");
        }
        assert!(!keys.iter().any(|key| key.starts_with("consent-")));
    }

    #[test]
    fn a_call_gives_its_arguments_and_not_those_inside_them() {
        let source = r#"{{ t(key="one", day=day(date=view.d), app=a) }} {{ t(key="two") }}"#;
        let given = given_to(source);
        assert_eq!(given[0].1, ["day", "app"]);
        assert!(given[1].1.is_empty());
    }

    #[test]
    fn an_unknown_kind_needs_nothing() {
        assert!(required_texts("no_such_kind").is_empty());
    }
}
