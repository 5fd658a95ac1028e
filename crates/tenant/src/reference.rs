//! The reference page of the tenant files, written from the schemas: every key with its type, default,
//! range, meaning and an example. The words come from the doc comments of the types.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use crate::schema::{demo_schema, resolved, tenant_schema, theme_schema};

/// The whole page, as Markdown. `tokens` are those of `theme.yaml`: name, the platform's value, and that
/// in the dark (none: not a colour).
pub fn reference_page(tokens: &[(&str, &str, Option<&str>)]) -> String {
    let mut page = Page {
        text: BEGINNING.to_owned(),
    };
    for (file, schema) in [
        ("tenant.yaml", tenant_schema()),
        ("theme.yaml", theme_schema()),
        ("demo.yaml", demo_schema()),
    ] {
        page.file(file, &schema);
        if file == "theme.yaml" {
            page.tokens(tokens);
        }
    }
    page.text
}

struct Page {
    text: String,
}

impl Page {
    fn file(&mut self, name: &str, root: &Value) {
        self.heading(2, &format!("`{name}`"), root);
        self.keys(root, root);
        for name in definitions(root) {
            let Some(schema) = root.pointer(&format!("/definitions/{name}")) else {
                continue;
            };
            self.heading(3, &format!("`{name}`"), schema);
            self.keys(schema, root);
            self.choices(schema, root);
        }
    }

    /// A row for each token of the look.
    fn tokens(&mut self, tokens: &[(&str, &str, Option<&str>)]) {
        self.text.push_str(TOKENS);
        for (name, neutral, dark) in tokens {
            let in_the_dark = dark.map(|dark| format!("`dark_{name}`（`{dark}`）"));
            self.row(&[
                format!("`{name}`"),
                format!("`{neutral}`"),
                in_the_dark.unwrap_or_else(|| "—".to_owned()),
            ]);
        }
    }

    fn heading(&mut self, level: usize, title: &str, schema: &Value) {
        let marks = "#".repeat(level);
        let _ = write!(self.text, "\n{marks} {title}\n\n");
        if let Some(text) = schema.get("description").and_then(Value::as_str) {
            let _ = write!(self.text, "{text}\n\n");
        }
    }

    /// A row for each key of a map.
    fn keys(&mut self, schema: &Value, root: &Value) {
        let Some(properties) = schema.get("properties").and_then(Value::as_object) else {
            return;
        };
        let required: Vec<&str> = strings(schema.get("required"));
        self.text
            .push_str("| キー | 型 | 既定値 | 範囲 | 説明 | 例 |\n|---|---|---|---|---|---|\n");
        for (key, own) in properties {
            let fallback = match (own.get("default"), required.contains(&key.as_str())) {
                (Some(default), _) if !default.is_object() => format!("`{default}`"),
                (Some(_), _) => "（省略可）".to_owned(),
                (None, true) => "**必須**".to_owned(),
                (None, false) => "—".to_owned(),
            };
            let example = own.get("examples").and_then(|all| all.get(0));
            let example = example.map_or_else(String::new, |value| format!("`{value}`"));
            let row = [
                format!("`{key}`"),
                type_of(own, root),
                fallback,
                range(resolved(own, root)),
                describe(own, root),
                example,
            ];
            self.row(&row);
        }
    }

    /// A row for each choice of an enum.
    fn choices(&mut self, schema: &Value, root: &Value) {
        let words = strings(schema.get("enum"));
        let choices = choices(schema);
        if words.is_empty() && choices.is_empty() {
            return;
        }
        self.text.push_str("| 値 | 型 | 説明 |\n|---|---|---|\n");
        for word in words {
            self.row(&[format!("`{word}`"), String::new(), String::new()]);
        }
        for choice in choices {
            if let Some(properties) = choice.get("properties").and_then(Value::as_object) {
                for (key, own) in properties {
                    let text = describe(own, root);
                    let text = if text.is_empty() {
                        describe(choice, root)
                    } else {
                        text
                    };
                    self.row(&[format!("`{key}:`"), type_of(own, root), text]);
                }
            }
            let named = choice.get("const").and_then(Value::as_str);
            for word in named.into_iter().chain(strings(choice.get("enum"))) {
                self.row(&[format!("`{word}`"), String::new(), describe(choice, root)]);
            }
        }
    }

    fn row(&mut self, cells: &[String]) {
        let cells: Vec<String> = cells
            .iter()
            .map(|cell| cell.replace('|', "\\|").replace('\n', " "))
            .collect();
        let _ = writeln!(self.text, "| {} |", cells.join(" | "));
    }
}

/// The definitions of a schema, each after the one that speaks of it first.
fn definitions(root: &Value) -> Vec<String> {
    let mut order: Vec<String> = Vec::new();
    let mut open = vec![root];
    while let Some(schema) = open.pop() {
        for name in references(schema) {
            if !order.contains(&name) {
                if let Some(found) = root.pointer(&format!("/definitions/{name}")) {
                    open.push(found);
                }
                order.push(name);
            }
        }
    }
    order
}

/// What a schema refers to, definitions aside.
fn references(schema: &Value) -> Vec<String> {
    let mut found = Vec::new();
    match schema {
        Value::Object(map) => {
            for (key, below) in map {
                match (key.as_str(), below) {
                    ("definitions", _) => {}
                    ("$ref", Value::String(path)) => {
                        found.extend(path.rsplit('/').next().map(str::to_owned));
                    }
                    _ => found.extend(references(below)),
                }
            }
        }
        Value::Array(items) => found.extend(items.iter().flat_map(references)),
        _ => {}
    }
    found
}

fn type_of(schema: &Value, root: &Value) -> String {
    if let Some(name) = references_itself(schema) {
        return format!("[`{name}`](#{})", name.to_lowercase());
    }
    let own = resolved(schema, root);
    if let Some(choices) = own.get("anyOf").and_then(Value::as_array) {
        let kinds: Vec<String> = choices
            .iter()
            .filter(|choice| choice.get("type") != Some(&Value::String("null".to_owned())))
            .map(|choice| type_of(choice, root))
            .collect();
        return kinds.join(" / ");
    }
    let word = |name: &str| match name {
        "array" => match own.get("items") {
            Some(each) => format!("{} のリスト", type_of(each, root)),
            None => "リスト".to_owned(),
        },
        "boolean" => "true / false".to_owned(),
        "integer" => "整数".to_owned(),
        "number" => "数".to_owned(),
        "object" => match own
            .get("additionalProperties")
            .filter(|each| each.is_object())
        {
            Some(each) => format!("名前 → {}", type_of(each, root)),
            None => "マップ".to_owned(),
        },
        "string" => "文字列".to_owned(),
        other => other.to_owned(),
    };
    match own.get("type") {
        Some(Value::String(name)) => word(name),
        Some(Value::Array(names)) => names
            .iter()
            .filter_map(Value::as_str)
            .filter(|name| *name != "null")
            .map(word)
            .collect::<Vec<_>>()
            .join(" / "),
        _ => String::new(),
    }
}

/// The definition a schema stands for, directly or by an `allOf` of one.
fn references_itself(schema: &Value) -> Option<&str> {
    let direct = schema.get("$ref");
    let wrapped = || schema.get("allOf")?.get(0)?.get("$ref");
    direct.or_else(wrapped)?.as_str()?.rsplit('/').next()
}

fn range(schema: &Value) -> String {
    let limit = |name: &str| schema.get(name).map(ToString::to_string);
    match (limit("minimum"), limit("maximum")) {
        (Some(least), Some(most)) => format!("{least}〜{most}"),
        (Some(least), None) => format!("{least} 以上"),
        (None, Some(most)) => format!("{most} 以下"),
        (None, None) => strings(schema.get("enum"))
            .iter()
            .map(|word| format!("`{word}`"))
            .collect::<Vec<_>>()
            .join(", "),
    }
}

fn describe(schema: &Value, root: &Value) -> String {
    let own = schema.get("description");
    let of_type = || resolved(schema, root).get("description");
    let text = own.or_else(of_type).and_then(Value::as_str);
    text.unwrap_or_default().to_owned()
}

fn choices(schema: &Value) -> &[Value] {
    let any = schema.get("oneOf").or_else(|| schema.get("anyOf"));
    any.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn strings(list: Option<&Value>) -> Vec<&str> {
    let items = list.and_then(Value::as_array).into_iter().flatten();
    items.filter_map(Value::as_str).collect()
}

/// Gives every key of a schema an example, so that an editor has something to show: the type's own, or
/// one that fits.
pub(crate) fn add_examples(root: &mut Value) {
    let whole = root.clone();
    let definitions = root.get_mut("definitions").and_then(Value::as_object_mut);
    for (_, schema) in definitions.into_iter().flatten() {
        add_to(schema, &whole);
    }
    add_to(root, &whole);
}

fn add_to(schema: &mut Value, root: &Value) {
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        for own in properties.values_mut() {
            let example = example(own, root, 0);
            let written = example.to_string();
            let is_telling = written.len() <= LONGEST_EXAMPLE
                && !written.contains("null")
                && !written.contains(NOTHING);
            if let Value::Object(map) = own
                && !map.contains_key("examples")
                && is_telling
            {
                map.insert("examples".to_owned(), Value::Array(vec![example]));
            }
        }
    }
    for choices in ["oneOf", "anyOf"] {
        let choices = schema.get_mut(choices).and_then(Value::as_array_mut);
        for choice in choices.into_iter().flatten() {
            add_to(choice, root);
        }
    }
}

fn example(schema: &Value, root: &Value, depth: usize) -> Value {
    let given = |schema: &Value| {
        let first = schema.get("examples").and_then(|all| all.get(0));
        let default = schema.get("default").filter(|value| !value.is_null());
        let word = schema.get("const").or_else(|| schema.get("enum")?.get(0));
        first.or(default).or(word).cloned()
    };
    let own = resolved(schema, root);
    if let Some(value) = given(schema).or_else(|| given(own)) {
        return value;
    }
    if depth > DEEPEST {
        return Value::Null;
    }
    if let Some(first) = choices(own).first() {
        return example(first, root, depth + 1);
    }
    let kind = match own.get("type") {
        Some(Value::Array(kinds)) => kinds.first(),
        kind => kind,
    };
    match kind.and_then(Value::as_str) {
        Some("array") => {
            let each = own.get("items").map(|each| example(each, root, depth + 1));
            Value::Array(each.into_iter().filter(|each| !each.is_null()).collect())
        }
        Some("boolean") => Value::Bool(true),
        Some("integer" | "number") => own.get("minimum").cloned().unwrap_or_else(|| 1.into()),
        Some("object") => {
            let properties = own.get("properties").and_then(Value::as_object);
            let required = strings(own.get("required"));
            let needed = properties.into_iter().flatten();
            let needed = needed.filter(|(key, _)| required.contains(&key.as_str()));
            let filled = needed.map(|(key, own)| (key.clone(), example(own, root, depth + 1)));
            Value::Object(filled.collect::<Map<_, _>>())
        }
        Some("string") => Value::String(NOTHING.to_owned()),
        _ => Value::Null,
    }
}

/// Stands where no example can be made up; what holds it is not shown.
const NOTHING: &str = "…";
const DEEPEST: usize = 4;
const LONGEST_EXAMPLE: usize = 90;
const TOKENS: &str = "
### トークン

書かないものは、基盤の値になります。色は `#rrggbb` で書きます。

| トークン | 既定値 | 暗い画面での値（既定値） |
|---|---|---|
";
const BEGINNING: &str = "# テナントファイルの参照\n\n\
    <!-- `renkei tenant schema` が書くページです。手で直さず、型の説明（doc comment）を直してください。 -->\n\n\
    一つの金融機関のフォルダーに書ける、すべてのキーです。説明は、プログラムの型に書かれたものをそのまま載せています。書き方は\
    [金融機関向け 導入ガイド](introduction.md)にあります。\n";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_of_a_bank_is_on_the_page() {
        let page = reference_page(&[("brand", "#2f4b6e", Some("#9dbbe0"))]);
        for key in [
            "`bank_code`",
            "`link_days`",
            "`security_question:`",
            "`inquiry_pin`",
            "1〜3650",
            "`max_chars`",
        ] {
            assert!(page.contains(key), "{key} in\n{page}");
        }
    }

    #[test]
    fn examples_fit_their_schema() {
        let mut schema = tenant_schema();
        add_examples(&mut schema);
        let days = schema.pointer("/definitions/LifeSpans/properties/link_days/examples/0");
        assert_eq!(days, Some(&Value::from(90)));
    }
}
