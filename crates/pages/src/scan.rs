//! Which texts a template needs, read from its source, so that no list can drift.

use std::collections::BTreeSet;

use crate::engine::Templates;

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
                        .into_iter()
                        .filter(|known| known.starts_with(&key)),
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

/// The keys of the platform's Japanese texts.
fn base_keys() -> Vec<String> {
    let sources: Vec<String> = Templates::base_texts("ja")
        .map(|(_, source)| source)
        .collect();
    sources
        .iter()
        .flat_map(|source| source.lines())
        .filter(|line| line.starts_with(|c: char| c.is_ascii_alphabetic()))
        .filter_map(|line| line.split_once('='))
        .map(|(key, _)| key.trim().to_owned())
        .collect()
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
    fn an_unknown_kind_needs_nothing() {
        assert!(required_texts("no_such_kind").is_empty());
    }
}
