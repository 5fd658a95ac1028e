//! The two languages of the app, its texts, and how dates are written in each.

use std::borrow::Cow;
use std::collections::BTreeMap;

use anyhow::Context;
use rust_embed::RustEmbed;
use serde::Serialize;
use time::macros::format_description;
use time::{Date, OffsetDateTime, Weekday};

use crate::clock;

/// Japanese unless the visitor switches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) enum Language {
    /// `en`
    #[serde(rename = "en")]
    English,
    /// `ja`
    #[default]
    #[serde(rename = "ja")]
    Japanese,
}

impl Language {
    pub(crate) fn parse(tag: &str) -> Option<Self> {
        match tag {
            "en" => Some(Self::English),
            "ja" => Some(Self::Japanese),
            _ => None,
        }
    }

    /// As in the `lang` attribute, the cookie and `ui_locales`.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Japanese => "ja",
        }
    }

    /// `2026年11月21日(土)` or `Sat, 21 Nov 2026`.
    pub(crate) fn date(self, date: Date) -> String {
        match self {
            Self::Japanese => {
                let (year, month, day) = (date.year(), u8::from(date.month()), date.day());
                format!(
                    "{year}年{month}月{day}日({})",
                    weekday_in_japanese(date.weekday())
                )
            }
            Self::English => {
                let form = format_description!(
                    "[weekday repr:short], [day padding:none] [month repr:short] [year]"
                );
                date.format(form).unwrap_or_default()
            }
        }
    }

    /// For the columns of a table: `2026/11/21(土)` or `21 Nov 2026`.
    pub(crate) fn short_date(self, date: Date) -> String {
        let form = match self {
            Self::Japanese => format_description!("[year]/[month]/[day]"),
            Self::English => format_description!("[day padding:none] [month repr:short] [year]"),
        };
        let written = date.format(form).unwrap_or_default();
        match self {
            Self::Japanese => format!("{written}({})", weekday_in_japanese(date.weekday())),
            Self::English => written,
        }
    }

    /// A moment on the Japanese clock, to the minute.
    pub(crate) fn moment(self, at: OffsetDateTime) -> String {
        let at = clock::in_japan(at);
        let time = at
            .format(format_description!("[hour]:[minute]"))
            .unwrap_or_default();
        match self {
            Self::Japanese => format!("{} {time}", self.date(at.date())),
            Self::English => format!("{}, {time} JST", self.date(at.date())),
        }
    }
}

fn weekday_in_japanese(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "月",
        Weekday::Tuesday => "火",
        Weekday::Wednesday => "水",
        Weekday::Thursday => "木",
        Weekday::Friday => "金",
        Weekday::Saturday => "土",
        Weekday::Sunday => "日",
    }
}

/// Every sentence the app says, in both languages.
pub(crate) struct Texts {
    english: BTreeMap<String, String>,
    japanese: BTreeMap<String, String>,
}

impl Texts {
    /// Reads the files of `locales/`.
    pub(crate) fn load() -> anyhow::Result<Self> {
        Ok(Self {
            english: read("en.json")?,
            japanese: read("ja.json")?,
        })
    }

    /// The text of a key, with `{name}` filled in. `None` when there is no such key.
    pub(crate) fn find(
        &self,
        language: Language,
        key: &str,
        values: &[(String, String)],
    ) -> Option<String> {
        let texts = match language {
            Language::English => &self.english,
            Language::Japanese => &self.japanese,
        };
        let mut text = texts
            .get(singular(key, values).as_ref())
            .or_else(|| texts.get(key))?
            .clone();
        for (name, value) in values {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        Some(text)
    }
}

/// `days` with `count` 1 may have a text of its own, `days.one`.
fn singular<'key>(key: &'key str, values: &[(String, String)]) -> Cow<'key, str> {
    if values
        .iter()
        .any(|(name, value)| name == "count" && value == "1")
    {
        Cow::Owned(format!("{key}.one"))
    } else {
        Cow::Borrowed(key)
    }
}

#[derive(RustEmbed)]
#[folder = "locales"]
struct Locales;

fn read(name: &str) -> anyhow::Result<BTreeMap<String, String>> {
    let file = Locales::get(name).with_context(|| format!("locales/{name} is missing"))?;
    serde_json::from_slice(&file.data).with_context(|| format!("locales/{name} is not readable"))
}

#[cfg(test)]
mod tests {
    use time::macros::{date, datetime};

    use super::*;

    #[test]
    fn dates_carry_year_and_weekday() {
        let saturday = date!(2026 - 11 - 21);
        assert_eq!(Language::Japanese.date(saturday), "2026年11月21日(土)");
        assert_eq!(Language::English.date(saturday), "Sat, 21 Nov 2026");
        assert_eq!(Language::Japanese.short_date(saturday), "2026/11/21(土)");
        assert_eq!(Language::English.short_date(saturday), "21 Nov 2026");
    }

    #[test]
    fn moments_are_told_on_the_japanese_clock() {
        let evening = datetime!(2026-11-20 15:30 UTC);
        assert_eq!(
            Language::Japanese.moment(evening),
            "2026年11月21日(土) 00:30"
        );
        assert_eq!(
            Language::English.moment(evening),
            "Sat, 21 Nov 2026, 00:30 JST"
        );
    }

    #[test]
    fn both_languages_say_the_same_things() {
        let texts = Texts::load().unwrap();
        let known = |key: &String| key.strip_suffix(".one").unwrap_or(key).to_owned();
        let english: std::collections::BTreeSet<_> = texts.english.keys().map(known).collect();
        let japanese: std::collections::BTreeSet<_> = texts.japanese.keys().map(known).collect();
        assert_eq!(english, japanese);
    }

    #[test]
    fn placeholders_are_filled() {
        let texts = Texts::load().unwrap();
        let count = |n: &str| [("count".to_owned(), n.to_owned())];
        let days = |n: &str| {
            texts
                .find(Language::English, "days-left", &count(n))
                .unwrap()
        };
        assert_eq!(days("1"), "1 day left");
        assert_eq!(days("12"), "12 days left");
        assert_eq!(texts.find(Language::English, "no-such-key", &[]), None);
    }
}
