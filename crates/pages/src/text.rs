//! Texts as callers name them: a key and what fills its placeholders.

use serde::Serialize;

/// What fills a text's placeholder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum TextArg {
    /// A number, so that plurals follow the language.
    Number(i64),
    /// Words.
    Text(String),
}

impl From<i64> for TextArg {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<&str> for TextArg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for TextArg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// Something the customer should mend: the key of what to tell, and the control it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The control's id (`login_id`, `pin.<account id>`); none when it concerns the page.
    pub field: Option<String>,
    /// The text's key.
    pub key: String,
    /// What fills the text's placeholders.
    pub args: Vec<(String, TextArg)>,
}

impl Problem {
    /// A problem of one control.
    pub fn at(field: impl Into<String>, key: impl Into<String>) -> Self {
        Self {
            field: Some(field.into()),
            key: key.into(),
            args: Vec::new(),
        }
    }

    /// A problem of the page as a whole.
    pub fn of_page(key: impl Into<String>) -> Self {
        Self {
            field: None,
            key: key.into(),
            args: Vec::new(),
        }
    }

    /// Fills one placeholder.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<TextArg>) -> Self {
        self.args.push((name.to_owned(), value.into()));
        self
    }
}
