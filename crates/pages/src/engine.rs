//! The template engine and what templates may call: `t`, `day`, `terms`, `qr` and the filters `groups`
//! and `tongue`.

use std::collections::BTreeMap;
use std::sync::Arc;

use fluent_bundle::{FluentArgs, FluentValue};
use rust_embed::RustEmbed;
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use crate::error::PagesError;
use crate::words::{Words, fluent_args};
use crate::{code, day};

/// What the binary carries: templates, styles, script.
#[derive(RustEmbed)]
#[folder = "../../templates"]
pub(crate) struct Templates;

#[derive(RustEmbed)]
#[folder = "../../locales"]
#[include = "*/*.ftl"]
struct Locales;

impl Templates {
    /// A file as text.
    pub(crate) fn source(file: &str) -> Option<String> {
        String::from_utf8(Self::get(file)?.data.into_owned()).ok()
    }

    /// The platform's texts in one language: each file's name and source.
    pub(crate) fn base_texts(lang: &str) -> impl Iterator<Item = (String, String)> {
        Locales::iter().filter_map(move |file| {
            (file.split_once('/')?.0 == lang).then_some(())?;
            let source = String::from_utf8(Locales::get(&file)?.data.into_owned()).ok()?;
            Some((format!("locales/{file}"), source))
        })
    }
}

/// An engine with the base templates, and a tenant's own in front of them.
pub(crate) fn build(
    words: &Arc<Words>,
    tenant: Option<(&str, &BTreeMap<String, String>)>,
) -> Result<Tera, PagesError> {
    let mut tera = Tera::new();
    let mut prefixes = vec![BASE.to_owned()];
    let mut sources: Vec<(String, String)> = Templates::iter()
        .filter(|file| file.ends_with(".html"))
        .filter_map(|file| Some((format!("{BASE}{file}"), Templates::source(&file)?)))
        .collect();
    if let Some((id, templates)) = tenant {
        let own = format!("tenants/{id}/templates/");
        sources.extend(
            templates
                .iter()
                .map(|(file, source)| (format!("{own}{file}"), source.clone())),
        );
        prefixes.insert(0, own);
    }
    tera.set_fallback_prefixes(prefixes).map_err(template)?;
    tera.register_filter("groups", groups);
    tera.register_filter("tongue", tongue);
    let texts = Arc::clone(words);
    tera.register_function("t", move |args: Kwargs, state: &State<'_>| {
        t(&texts, &args, state)
    });
    let texts = Arc::clone(words);
    tera.register_function("day", move |args: Kwargs, state: &State<'_>| {
        written_day(&texts, &args, state)
    });
    let texts = Arc::clone(words);
    tera.register_function("terms", move |args: Kwargs, state: &State<'_>| {
        agreed(&texts, &args, state)
    });
    tera.register_function("qr", |args: Kwargs, _: &State<'_>| {
        code::picture(args.must_get::<&str>("text")?).map_err(Error::message)
    });
    tera.add_raw_templates(sources).map_err(template)?;
    Ok(tera)
}

/// An engine's complaint, with file, line and column.
#[expect(clippy::needless_pass_by_value, reason = "for `map_err`")]
pub(crate) fn template(error: Error) -> PagesError {
    let mut report = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(error) = cause {
        report.push_str(": ");
        report.push_str(&error.to_string());
        cause = error.source();
    }
    PagesError::Template(report)
}

/// `t(key="…", name=value, …)`: a text in the page's language and the tenant's words. With
/// `default="…"` a text that nobody has is that.
fn t(words: &Words, args: &Kwargs, state: &State<'_>) -> TeraResult<String> {
    let key = args.must_get::<&str>("key")?;
    // On a receipt stands what the page of the consent said.
    if let Some(text) = said(key, state)? {
        return Ok(text);
    }
    let mut filled = FluentArgs::new();
    for (name, value) in args.iter() {
        let Some(name) = name
            .as_str()
            .filter(|name| !matches!(*name, "key" | "default"))
        else {
            continue;
        };
        let value = match (value.as_str(), value.as_i64()) {
            (Some(text), _) => FluentValue::from(text),
            (None, Some(number)) => FluentValue::from(number),
            (None, None) => {
                return Err(Error::message(format!(
                    "`{name}` is neither words nor a number"
                )));
            }
        };
        filled.set(name.to_owned(), value);
    }
    if let Some(default) = args.get::<&str>("default")?
        && !words.has(tenant(state)?.as_deref(), &language(state)?, key)
    {
        return Ok(default.to_owned());
    }
    find(words, key, &filled, state)
}

/// The words of a text that stand before those the bank has now.
fn said(key: &str, state: &State<'_>) -> TeraResult<Option<String>> {
    let said = state.get::<Value>("said")?;
    let words = said.as_ref().and_then(Value::as_map);
    let text = words.and_then(|words| words.iter().find(|(own, _)| own.to_string() == key));
    Ok(text.and_then(|(_, text)| text.as_str()).map(str::to_owned))
}

/// `terms(name="…")`: a text that customers agree to, as HTML.
fn agreed(words: &Words, args: &Kwargs, state: &State<'_>) -> TeraResult<String> {
    let name = args.must_get::<&str>("name")?;
    let (tenant, lang) = (tenant(state)?.unwrap_or_default(), language(state)?);
    let html = words.terms(&tenant, &lang, name);
    html.map(str::to_owned)
        .ok_or_else(|| Error::message(format!("no terms `{name}` of `{tenant}` in `{lang}`")))
}

/// `day(date="2027-02-19")`: a day with year and weekday.
fn written_day(words: &Words, args: &Kwargs, state: &State<'_>) -> TeraResult<String> {
    let date = args.must_get::<&str>("date")?;
    let parts = day::args(date).ok_or_else(|| Error::message(format!("`{date}` is not a day")))?;
    find(
        words,
        "date",
        &fluent_args(parts.iter().map(|(name, part)| (*name, part))),
        state,
    )
}

fn find(words: &Words, key: &str, args: &FluentArgs<'_>, state: &State<'_>) -> TeraResult<String> {
    words
        .text(tenant(state)?.as_deref(), &language(state)?, key, args)
        .map_err(|e| Error::message(e.to_string()))
}

fn language(state: &State<'_>) -> TeraResult<String> {
    let lang = state.get::<String>("lang")?;
    lang.ok_or_else(|| Error::message("no `lang`"))
}

fn tenant(state: &State<'_>) -> TeraResult<Option<String>> {
    let tenant = state.get::<String>("words_of")?;
    Ok(tenant.filter(|tenant| !tenant.is_empty()))
}

/// The language of one line of a bank's words, where a Japanese page prints English beside the
/// Japanese: `en` for a line of ASCII letters.
fn tongue(line: &str, _: Kwargs, _: &State<'_>) -> Value {
    let letters = line.chars().any(|c| c.is_ascii_lowercase());
    let english = letters && line.is_ascii();
    Value::from_serializable(if english { "en" } else { "" })
}

/// A title in parts that must not break inside: `API連携認証`, `（追加認証）`, `（利用登録）`.
fn groups(title: &str, _: Kwargs, _: &State<'_>) -> Value {
    let mut parts: Vec<String> = vec![String::new()];
    for c in title.chars() {
        if matches!(c, '（' | '(') {
            parts.push(String::new());
        }
        if let Some(part) = parts.last_mut() {
            part.push(c);
        }
    }
    let parts: Vec<&str> = parts
        .iter()
        .map(|part| part.trim())
        .filter(|p| !p.is_empty())
        .collect();
    Value::from_serializable(&parts)
}

/// Where the base templates lie, seen from the root of the workspace, so that errors name the file.
const BASE: &str = "templates/";
