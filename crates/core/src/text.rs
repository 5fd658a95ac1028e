//! Words for people, by key: the texts themselves live with the pages and the tenants.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a text's placeholder is filled with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Arg {
    /// A number, so that plurals and digits follow the language.
    Number(i64),
    /// Words.
    Text(String),
}

impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// A sentence in every language: its key and what fills its placeholders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// The text's key, `error-login-wrong`.
    pub key: String,
    /// What fills the placeholders, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<String, Arg>,
}

impl Message {
    /// A sentence without placeholders.
    pub fn new(key: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            args: BTreeMap::new(),
        }
    }

    /// Fills one placeholder.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Arg>) -> Self {
        self.args.insert(name.to_owned(), value.into());
        self
    }
}

/// Something the customer should mend before going on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The control it belongs to (its id is a contract, `login_id`); none when it concerns the page.
    pub field: Option<String>,
    /// What to tell.
    pub message: Message,
}

impl Problem {
    /// A problem of one control.
    pub fn at(field: impl Into<String>, message: Message) -> Self {
        Self {
            field: Some(field.into()),
            message,
        }
    }

    /// A problem of the page as a whole.
    pub fn of_page(message: Message) -> Self {
        Self {
            field: None,
            message,
        }
    }
}

/// The same words in the two languages of the platform.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    /// Japanese.
    #[schemars(example = &"連携信用組合")]
    pub ja: String,
    /// English.
    #[schemars(example = &"Renkei Credit Union")]
    pub en: String,
}

impl Bilingual {
    /// The words in one language.
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Japanese => &self.ja,
            Language::English => &self.en,
        }
    }
}

/// A language the pages speak.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Language {
    /// 日本語, the language of every manual and the default.
    #[default]
    #[serde(rename = "ja")]
    Japanese,
    /// English.
    #[serde(rename = "en")]
    English,
}

impl Language {
    /// Both, the default first.
    pub const ALL: [Self; 2] = [Self::Japanese, Self::English];

    /// Its BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Japanese => "ja",
            Self::English => "en",
        }
    }

    /// The language a tag means (`en-GB` is English); none for one we do not speak.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|language| language.tag().eq_ignore_ascii_case(primary))
    }
}
