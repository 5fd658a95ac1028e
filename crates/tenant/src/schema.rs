//! The schema of the tenant files, from the doc comments of the types; editors complete and check by
//! it, and so do we, with positions and all mistakes at once.

use std::sync::OnceLock;

use schemars::{JsonSchema, generate::SchemaSettings};
use serde_json::{Map, Value};

use crate::diagnostic::{Diagnostic, SourceFile, nearest};
use crate::file::TenantFile;
use crate::reference::add_examples;
use crate::tree::{Content, Entry, Node, Position};

/// The JSON schema of `tenant.yaml`.
pub fn tenant_schema() -> Value {
    schema_of::<TenantFile>()
}

/// The JSON schema of `demo.yaml`.
pub fn demo_schema() -> Value {
    schema_of::<renkei_core::demo::DemoData>()
}

/// The JSON schema of `theme.yaml`.
pub fn theme_schema() -> Value {
    schema_of::<crate::theme::Theme>()
}

/// The same, made once: checking a thousand banks asks for them a thousand times.
pub(crate) fn tenant() -> &'static Value {
    static SCHEMA: OnceLock<Value> = OnceLock::new();
    SCHEMA.get_or_init(tenant_schema)
}

pub(crate) fn demo() -> &'static Value {
    static SCHEMA: OnceLock<Value> = OnceLock::new();
    SCHEMA.get_or_init(demo_schema)
}

pub(crate) fn theme() -> &'static Value {
    static SCHEMA: OnceLock<Value> = OnceLock::new();
    SCHEMA.get_or_init(theme_schema)
}

pub(crate) fn schema_of<T: JsonSchema>() -> Value {
    let mut schema = SchemaSettings::draft07()
        .into_generator()
        .into_root_schema_for::<T>()
        .to_value();
    add_examples(&mut schema);
    schema
}

/// Everything in which a document departs from its schema.
pub(crate) fn check(file: &SourceFile, node: &Node, schema: &Value) -> Vec<Diagnostic> {
    let mut checker = Checker {
        file,
        root: schema,
        found: Vec::new(),
    };
    checker.node(node, schema, "");
    checker.found
}

struct Checker<'a> {
    file: &'a SourceFile,
    root: &'a Value,
    found: Vec<Diagnostic>,
}

impl<'a> Checker<'a> {
    fn node(&mut self, node: &Node, schema: &'a Value, path: &str) {
        let schema = self.resolved(schema);
        if let Some(choices) = alternatives(schema) {
            return self.one_of(node, choices, path);
        }
        match &node.content {
            Content::Map(entries) if allows(schema, "object") => {
                self.map(node, entries, schema, path);
            }
            Content::Sequence(items) if allows(schema, "array") => {
                if let Some(each) = schema.get("items") {
                    for (index, item) in items.iter().enumerate() {
                        self.node(item, each, &format!("{path}[{index}]"));
                    }
                }
            }
            Content::Scalar(value) if allows(schema, json_type(value)) => {
                self.scalar(node.at, value, schema, path);
            }
            Content::Map(_) | Content::Sequence(_) | Content::Scalar(_) => {
                let wanted = wanted(schema);
                self.tell(
                    node.at,
                    path,
                    format!("must be {wanted}, is {}", described(node)),
                );
            }
        }
    }

    fn map(&mut self, node: &Node, entries: &[Entry], schema: &'a Value, path: &str) {
        let known = schema.get("properties").and_then(Value::as_object);
        let others = schema.get("additionalProperties");
        for entry in entries {
            let below = joined(path, &entry.key);
            if let Some(own) = property(schema, &entry.key) {
                self.node(&entry.value, own, &below);
            } else if let Some(each) = others.filter(|others| others.is_object()) {
                self.node(&entry.value, each, &below);
            } else if others == Some(&Value::Bool(false)) {
                self.unknown(
                    entry,
                    known.into_iter().flat_map(Map::keys).map(String::as_str),
                    path,
                );
            }
        }
        let required = schema
            .get("required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        for name in required.filter_map(Value::as_str) {
            if !entries.iter().any(|e| e.key == name) {
                self.tell(node.at, path, format!("`{name}` is missing"));
            }
        }
    }

    fn unknown(&mut self, entry: &Entry, known: impl Iterator<Item = &'a str>, path: &str) {
        let known: Vec<&str> = known.collect();
        let hint = match nearest(&entry.key, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known here: {}", known.join(", ")),
        };
        let diagnostic = Diagnostic::at(
            self.file,
            entry.at,
            path,
            format!("unknown key `{}`", entry.key),
        );
        self.found.push(diagnostic.hint(hint));
    }

    /// An externally tagged enum: a word, or a map of one key.
    fn one_of(&mut self, node: &Node, choices: &'a [Value], path: &str) {
        if let Content::Map(entries) = &node.content
            && let [entry] = entries.as_slice()
        {
            for choice in choices {
                let choice = self.resolved(choice);
                if let Some(own) = property(choice, &entry.key) {
                    return self.node(&entry.value, own, &joined(path, &entry.key));
                }
            }
            let known: Vec<&str> = choices.iter().flat_map(names).collect();
            return self.unknown(entry, known.into_iter(), path);
        }
        let fitting = choices
            .iter()
            .map(|choice| self.resolved(choice))
            .find(|choice| {
                let mut probe = Checker {
                    file: self.file,
                    root: self.root,
                    found: Vec::new(),
                };
                probe.node(node, choice, path);
                probe.found.is_empty()
            });
        if fitting.is_none() {
            let known: Vec<&str> = choices.iter().flat_map(names).collect();
            let what = format!(
                "must be one of {}, is {}",
                known.join(", "),
                described(node)
            );
            self.tell(node.at, path, what);
        }
    }

    fn scalar(&mut self, at: Position, value: &Value, schema: &Value, path: &str) {
        if let Some(words) = schema.get("enum").and_then(Value::as_array)
            && !words.contains(value)
        {
            let known: Vec<&str> = words.iter().filter_map(Value::as_str).collect();
            let what = format!("must be one of {}, is {value}", known.join(", "));
            let near = value
                .as_str()
                .and_then(|word| nearest(word, known.iter().copied()));
            let diagnostic = Diagnostic::at(self.file, at, path, what);
            self.found.push(match near {
                Some(near) => diagnostic.hint(format!("did you mean `{near}`?")),
                None => diagnostic,
            });
        }
        if let Some(own) = schema.get("const")
            && own != value
        {
            self.tell(at, path, format!("must be {own}, is {value}"));
        }
        let (least, most) = (limit(schema, "minimum"), limit(schema, "maximum"));
        if let Some(number) = value.as_f64()
            && (least.is_some_and(|least| number < least) || most.is_some_and(|most| number > most))
        {
            let range = match (least, most) {
                (Some(least), Some(most)) => format!("{least} to {most}"),
                (Some(least), None) => format!("{least} or more"),
                (None, Some(most)) => format!("{most} or less"),
                (None, None) => String::new(),
            };
            let diagnostic =
                Diagnostic::at(self.file, at, path, format!("must be {range}, is {value}"));
            self.found.push(match schema.get("default") {
                Some(default) => {
                    diagnostic.hint(format!("remove the key to use the default, {default}"))
                }
                None => diagnostic.hint(format!("choose a number from {range}")),
            });
        }
    }

    fn tell(&mut self, at: Position, path: &str, what: String) {
        self.found.push(Diagnostic::at(self.file, at, path, what));
    }

    fn resolved(&self, schema: &'a Value) -> &'a Value {
        resolved(schema, self.root)
    }
}

/// Follows `$ref` and the `allOf` of one that schemars writes around it.
pub(crate) fn resolved<'a>(schema: &'a Value, root: &'a Value) -> &'a Value {
    let wrapped = || schema.get("allOf")?.get(0)?.get("$ref");
    let target = schema.get("$ref").or_else(wrapped).and_then(Value::as_str);
    match target.and_then(|text| text.strip_prefix('#')) {
        Some(pointer) => root
            .pointer(pointer)
            .map_or(schema, |found| resolved(found, root)),
        None => schema,
    }
}

fn property<'a>(schema: &'a Value, key: &str) -> Option<&'a Value> {
    schema.get("properties")?.get(key)
}

fn alternatives(schema: &Value) -> Option<&[Value]> {
    let any = schema.get("oneOf").or_else(|| schema.get("anyOf"))?;
    any.as_array().map(Vec::as_slice)
}

/// The words by which a choice of an enum is known.
fn names(choice: &Value) -> Vec<&str> {
    let words = choice
        .get("enum")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    let constant = choice.get("const").into_iter();
    let keys = choice
        .get("properties")
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(Map::keys);
    words
        .chain(constant)
        .filter_map(Value::as_str)
        .chain(keys.map(String::as_str))
        .collect()
}

fn allows(schema: &Value, wanted: &str) -> bool {
    let fits = |name: &str| name == wanted || (name == "number" && wanted == "integer");
    match schema.get("type") {
        Some(Value::String(name)) => fits(name),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).any(fits),
        _ => true,
    }
}

fn json_type(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

fn wanted(schema: &Value) -> String {
    let word = |name: &str| match name {
        "object" => "a map".to_owned(),
        "array" => "a list".to_owned(),
        "integer" => "a whole number".to_owned(),
        "string" => "text".to_owned(),
        "boolean" => "true or false".to_owned(),
        "null" => "nothing".to_owned(),
        other => other.to_owned(),
    };
    match schema.get("type") {
        Some(Value::String(name)) => word(name),
        Some(Value::Array(names)) => names
            .iter()
            .filter_map(Value::as_str)
            .map(word)
            .collect::<Vec<_>>()
            .join(" or "),
        _ => "something else".to_owned(),
    }
}

fn described(node: &Node) -> String {
    match &node.content {
        Content::Map(_) => "a map".to_owned(),
        Content::Sequence(_) => "a list".to_owned(),
        Content::Scalar(Value::Null) => "empty".to_owned(),
        Content::Scalar(value) => value.to_string(),
    }
}

fn joined(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}

fn limit(schema: &Value, name: &str) -> Option<f64> {
    schema.get(name).and_then(Value::as_f64)
}
