//! What differs for customers between two banks, or two versions of one.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use renkei_core::journey::plan::Plan;
use renkei_core::step::kinds::Kind;
use renkei_core::text::Language;
use serde_json::Value;

use crate::load::LoadedTenant;
use crate::words::Words;

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What it is about: `steps`, `settings`, `texts (ja)`, `theme`, `clients`.
    pub part: &'static str,
    /// Where: a step, a key, a token.
    pub place: String,
    /// How.
    pub change: Change,
}

/// How two things differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is new.
    Added(String),
    /// It was one thing and is another.
    Changed(String, String),
    /// It stands elsewhere: its place before and after, from 1.
    Moved(usize, usize),
    /// It is gone.
    Removed(String),
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = &self.place;
        match &self.change {
            Change::Added(what) => write!(f, "+ {place}{}", after(what)),
            Change::Changed(before, now) => write!(f, "~ {place}\n    - {before}\n    + {now}"),
            Change::Moved(before, now) => write!(f, "> {place}: step {before} is now step {now}"),
            Change::Removed(what) => write!(f, "- {place}{}", after(what)),
        }
    }
}

fn after(what: &str) -> String {
    if what.is_empty() {
        String::new()
    } else {
        format!(": {what}")
    }
}

/// Everything that differs, in the order steps, settings, clients, texts, theme.
pub fn diff(before: &LoadedTenant, now: &LoadedTenant, words: &dyn Words) -> Vec<Difference> {
    let plans = |loaded: &LoadedTenant| {
        let (plans, file) = (&loaded.tenant.plans, &loaded.file);
        [
            named_steps(&plans.link, &file.journey),
            named_steps(&plans.links, &file.links),
            plans
                .payment
                .as_ref()
                .map(|plan| named_steps(plan, &file.payment))
                .unwrap_or_default(),
        ]
    };
    let mut found = Vec::new();
    for (part, (old, new)) in [
        "steps",
        "steps of the customer's own page",
        "steps of a payment",
    ]
    .into_iter()
    .zip(plans(before).into_iter().zip(plans(now)))
    {
        found.extend(steps(part, &old, &new));
    }
    let (old, new) = (settings(before), settings(now));
    let is_client = |key: &str| key.starts_with("clients.");
    found.extend(maps("settings", &old, &new, |key| !is_client(key)));
    found.extend(maps("clients", &old, &new, is_client));
    for (language, part) in [
        (Language::Japanese, "texts (ja)"),
        (Language::English, "texts (en)"),
    ] {
        let (old, new) = (texts(before, language, words), texts(now, language, words));
        found.extend(maps(part, &old, &new, |_| true));
    }
    found.extend(maps(
        "theme",
        &before.theme.tokens,
        &now.theme.tokens,
        |_| true,
    ));
    found
}

/// Steps that came, went or moved, and what is set differently in those that stayed.
fn steps(part: &'static str, old: &[(String, Value)], new: &[(String, Value)]) -> Vec<Difference> {
    let names = |steps: &[(String, Value)]| -> Vec<String> {
        steps.iter().map(|(name, _)| name.clone()).collect()
    };
    let (old_names, new_names) = (names(old), names(new));
    let mut found = Vec::new();
    let mut tell = |place: &str, change| {
        found.push(Difference {
            part,
            place: place.to_owned(),
            change,
        });
    };
    for (index, name) in old_names.iter().enumerate() {
        if !new_names.contains(name) {
            tell(name, Change::Removed(format!("was step {}", index + 1)));
        }
    }
    for (index, name) in new_names.iter().enumerate() {
        if !old_names.contains(name) {
            tell(name, Change::Added(format!("step {}", index + 1)));
        }
    }
    let stayed_before = old_names.iter().filter(|name| new_names.contains(name));
    let stayed_now = new_names.iter().filter(|name| old_names.contains(name));
    for moved in moved(
        &stayed_before.collect::<Vec<_>>(),
        &stayed_now.collect::<Vec<_>>(),
    ) {
        let place = |names: &[String]| names.iter().position(|name| name == moved).unwrap_or(0) + 1;
        tell(moved, Change::Moved(place(&old_names), place(&new_names)));
    }
    for (name, settings) in new {
        let Some((_, were)) = old.iter().find(|(old, _)| old == name) else {
            continue;
        };
        let (were, are) = (flat(were, name), flat(settings, name));
        found.extend(maps(part, &were, &are, |_| true));
    }
    found
}

/// The fewest that must be taken away so that both orders agree on the rest.
fn moved<'a>(before: &[&'a String], now: &[&'a String]) -> Vec<&'a String> {
    // The longest common run, by rows: plans are short.
    let mut best: Vec<Vec<&String>> = vec![Vec::new(); now.len() + 1];
    for one in before {
        let mut next: Vec<Vec<&String>> = vec![Vec::new()];
        for (index, other) in now.iter().enumerate() {
            let mut kept = if one == other {
                let mut longer = best.get(index).cloned().unwrap_or_default();
                longer.push(other);
                longer
            } else {
                best.get(index + 1).cloned().unwrap_or_default()
            };
            if let Some(left) = next.last().filter(|left| left.len() > kept.len()) {
                kept.clone_from(left);
            }
            next.push(kept);
        }
        best = next;
    }
    let kept = best.pop().unwrap_or_default();
    let is_moved = |name: &&&String| !kept.contains(*name);
    now.iter().filter(is_moved).copied().collect()
}

/// The steps as they are written, by their names; none where the tenant leaves them to the platform.
fn named_steps(plan: &Plan, kinds: &[Kind]) -> Vec<(String, Value)> {
    plan.stops()
        .iter()
        .zip(kinds)
        .map(|(stop, kind)| {
            let value = serde_json::to_value(kind).unwrap_or_default();
            let settings = value.as_object().and_then(|map| map.values().next());
            (stop.name.clone(), settings.cloned().unwrap_or_default())
        })
        .collect()
}

/// Every setting but the steps, by path.
fn settings(loaded: &LoadedTenant) -> BTreeMap<String, String> {
    let mut value = serde_json::to_value(&loaded.file).unwrap_or_default();
    if let Some(map) = value.as_object_mut() {
        map.remove("journey");
        map.remove("links");
        map.remove("payment");
        let scopes = map.get_mut("scopes").and_then(Value::as_array_mut);
        // Their order does not matter.
        if let Some(scopes) = scopes {
            scopes.sort_by_key(ToString::to_string);
        }
    }
    flat(&value, "")
}

fn flat(value: &Value, path: &str) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    match value {
        Value::Object(map) if !map.is_empty() => {
            for (key, below) in map {
                let path = match path {
                    "" => key.clone(),
                    path => format!("{path}.{key}"),
                };
                all.extend(flat(below, &path));
            }
        }
        Value::Null => {}
        Value::String(text) => drop(all.insert(path.to_owned(), text.clone())),
        other => drop(all.insert(path.to_owned(), other.to_string())),
    }
    all
}

fn texts(loaded: &LoadedTenant, language: Language, words: &dyn Words) -> BTreeMap<String, String> {
    let source = loaded.texts.get(language.tag());
    let entries = source.and_then(|source| words.entries(source).ok());
    let entries = entries.into_iter().flatten();
    entries
        .map(|entry| (entry.key, entry.words.replace('\n', "⏎")))
        .collect()
}

fn maps(
    part: &'static str,
    before: &BTreeMap<String, String>,
    now: &BTreeMap<String, String>,
    is_meant: impl Fn(&str) -> bool,
) -> Vec<Difference> {
    let keys: BTreeSet<&String> = before.keys().chain(now.keys()).collect();
    let difference = |key: &&String| {
        let change = match (before.get(*key), now.get(*key)) {
            (Some(old), Some(new)) if old != new => Change::Changed(old.clone(), new.clone()),
            (Some(old), None) => Change::Removed(old.clone()),
            (None, Some(new)) => Change::Added(new.clone()),
            _ => return None,
        };
        Some(Difference {
            part,
            place: (*key).clone(),
            change,
        })
    };
    let meant = keys.iter().filter(|key| is_meant(key));
    meant.filter_map(difference).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fewest_steps_are_told_to_have_moved() {
        let names = ["a", "b", "c", "d"].map(str::to_owned);
        let [a, b, c, d] = &names;
        assert_eq!(moved(&[a, b, c, d], &[b, c, a, d]), [a]);
        assert!(moved(&[a, b], &[a, b]).is_empty());
    }

    #[test]
    fn a_path_leads_to_every_value() {
        let value = serde_json::json!({"a": {"b": 1}, "c": null, "d": []});
        let all: Vec<_> = flat(&value, "x").into_iter().collect();
        let wanted = [("x.a.b", "1"), ("x.d", "[]")];
        assert_eq!(all, wanted.map(|(k, v)| (k.to_owned(), v.to_owned())));
    }
}
