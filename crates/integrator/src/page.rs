//! Views to HTML: the template engine with the app's texts and its ways of writing amounts and dates.

use anyhow::Context as _;
use rust_embed::RustEmbed;
use serde::Serialize;
use tera::{Context, Error, Kwargs, State, Tera};
use time::macros::format_description;
use time::{Date, OffsetDateTime};

use crate::language::{Language, Texts};
use crate::yen::Yen;

/// What a template is given.
pub(crate) trait View: Serialize {
    /// The file in `templates/`.
    const TEMPLATE: &'static str;
}

/// What stands around every view.
#[derive(Serialize)]
pub(crate) struct Frame {
    pub(crate) lang: Language,
    pub(crate) form_token: String,
    pub(crate) notice: Option<&'static str>,
    pub(crate) languages: Vec<Switch>,
}

/// A way to another language.
#[derive(Serialize)]
pub(crate) struct Switch {
    pub(crate) tag: &'static str,
    pub(crate) name: &'static str,
    pub(crate) href: String,
    pub(crate) is_current: bool,
}

/// All templates.
pub(crate) struct Pages(Tera);

impl Pages {
    /// Parses every template; a mistake in one of them keeps the app from starting.
    pub(crate) fn load() -> anyhow::Result<Self> {
        let mut tera = Tera::new();
        let texts = Texts::load()?;
        tera.register_function("t", move |kwargs: Kwargs, state: &State| {
            text(&texts, &kwargs, state)
        });
        tera.register_filter("yen", |amount: &str, _: Kwargs, state: &State| {
            let amount = Yen::parse(amount).ok_or_else(|| Error::message("not an amount"))?;
            Ok::<_, Error>(amount.written(language(state)))
        });
        tera.register_filter("date", |day: &str, _: Kwargs, state: &State| {
            Ok::<_, Error>(language(state).date(parsed(day)?))
        });
        tera.register_filter("short_date", |day: &str, _: Kwargs, state: &State| {
            Ok::<_, Error>(language(state).short_date(parsed(day)?))
        });
        tera.register_filter("moment", |at: &str, _: Kwargs, state: &State| {
            Ok::<_, Error>(language(state).moment(instant(at)?))
        });
        tera.register_filter("day_of", |at: &str, _: Kwargs, state: &State| {
            Ok::<_, Error>(language(state).date(crate::clock::day_in_japan(instant(at)?)))
        });
        let mut sources = Vec::new();
        for name in Templates::iter() {
            let file = Templates::get(&name).with_context(|| format!("{name} is missing"))?;
            sources.push((name.to_string(), String::from_utf8(file.data.into_owned())?));
        }
        tera.add_raw_templates(sources)
            .context("the templates are not usable")?;
        Ok(Self(tera))
    }

    /// The page.
    pub(crate) fn render<V: View>(&self, frame: &Frame, view: &V) -> anyhow::Result<String> {
        let mut context = Context::from_serialize(view)?;
        context.extend(Context::from_serialize(frame)?);
        self.0
            .render(V::TEMPLATE, &context)
            .with_context(|| format!("cannot render {}", V::TEMPLATE))
    }
}

#[derive(RustEmbed)]
#[folder = "templates"]
struct Templates;

/// `t(key="…", name=value)`; `or` is said when there is no such key, else it is an error.
fn text(texts: &Texts, kwargs: &Kwargs, state: &State) -> Result<String, Error> {
    let key = kwargs.must_get::<&str>("key")?;
    let values: Vec<_> = kwargs
        .iter()
        .map(|(name, value)| (name.to_string(), value.to_string()))
        .collect();
    let fallback = kwargs.get::<String>("or")?;
    texts
        .find(language(state), key, &values)
        .or(fallback)
        .ok_or_else(|| Error::message(format!("no text `{key}`")))
}

fn language(state: &State) -> Language {
    let tag = state.get::<String>("lang").ok().flatten();
    tag.and_then(|tag| Language::parse(&tag))
        .unwrap_or_default()
}

fn parsed(day: &str) -> Result<Date, Error> {
    Date::parse(day, format_description!("[year]-[month]-[day]")).map_err(Error::message)
}

fn instant(at: &str) -> Result<OffsetDateTime, Error> {
    let form = &time::format_description::well_known::Rfc3339;
    OffsetDateTime::parse(at, form).map_err(Error::message)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every `t(key="…")` written out in a template exists; a key that is put together is listed by the
    /// page that uses it.
    #[test]
    fn every_text_that_a_template_names_exists() {
        let texts = Texts::load().unwrap();
        for name in Templates::iter() {
            let file = Templates::get(&name).unwrap();
            let source = String::from_utf8(file.data.into_owned()).unwrap();
            for piece in source.split("t(key=\"").skip(1) {
                let (key, rest) = piece.split_once('"').unwrap();
                if rest.trim_start().starts_with('~') {
                    continue;
                }
                for language in [Language::English, Language::Japanese] {
                    assert!(texts.find(language, key, &[]).is_some(), "{name}: {key}");
                }
            }
        }
    }

    #[test]
    fn every_trouble_and_notice_has_its_words() {
        use crate::session::Notice;
        use crate::trouble::Trouble;

        let texts = Texts::load().unwrap();
        let troubles = Trouble::ALL.iter().flat_map(|trouble| {
            ["title", "what", "next"].map(|part| format!("trouble-{}-{part}", trouble.name()))
        });
        let notices = [
            Notice::Linked,
            Notice::NotUnlinked,
            Notice::Refreshed,
            Notice::Renewed,
            Notice::Unlinked,
        ];
        for key in troubles.chain(
            notices
                .iter()
                .map(|notice| format!("notice-{}", notice.name())),
        ) {
            for language in [Language::English, Language::Japanese] {
                assert!(texts.find(language, &key, &[]).is_some(), "{key}");
            }
        }
    }

    #[test]
    fn what_comes_from_outside_is_escaped() {
        #[derive(Serialize)]
        struct Probe {
            name: &'static str,
        }
        impl View for Probe {
            const TEMPLATE: &'static str = "probe.html";
        }
        let mut pages = Pages::load().unwrap();
        pages
            .0
            .add_raw_template("probe.html", "<p>{{ name }}</p>")
            .unwrap();
        let frame = Frame {
            lang: Language::Japanese,
            form_token: String::new(),
            notice: None,
            languages: Vec::new(),
        };
        let html = pages.render(&frame, &Probe { name: "<script>" }).unwrap();
        assert_eq!(html, "<p>&lt;script&gt;</p>");
    }
}
