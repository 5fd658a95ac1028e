//! The format of a typed field, as tenant data.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which characters a field takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Charset {
    /// 半角英数字
    #[default]
    HalfWidthAlphanumeric,
    /// 半角数字
    HalfWidthDigits,
}

/// The format of one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Which characters it takes.
    #[serde(default)]
    pub charset: Charset,
    /// Shortest length in characters, 1 to 128.
    #[schemars(range(min = 1, max = 128))]
    pub min: usize,
    /// Greatest length in characters, 1 to 128, not below `min`.
    #[schemars(range(min = 1, max = 128))]
    pub max: usize,
    /// Whether letters only, or digits only, are refused.
    #[serde(default)]
    pub letters_and_digits: bool,
    /// Whether zeros are put before a shorter number until it has `max` digits.
    #[serde(default)]
    pub pad: bool,
    /// Whether a software keyboard is offered.
    #[serde(default)]
    pub software_keyboard: bool,
}

impl Field {
    /// Whether a typed value has this format.
    pub fn admits(&self, value: &str) -> bool {
        let letters = value.chars().any(|c| c.is_ascii_alphabetic());
        let digits = value.chars().any(|c| c.is_ascii_digit());
        let alphabet = value.chars().all(|c| match self.charset {
            Charset::HalfWidthAlphanumeric => c.is_ascii_alphanumeric(),
            Charset::HalfWidthDigits => c.is_ascii_digit(),
        });
        (self.min..=self.max).contains(&value.chars().count())
            && alphabet
            && (!self.letters_and_digits || (letters && digits))
    }

    /// The typed value with the zeros that bring it to its length, where the format pads.
    pub fn padded(&self, typed: String) -> String {
        if self.pad && !typed.is_empty() && typed.bytes().all(|b| b.is_ascii_digit()) {
            format!("{typed:0>width$}", width = self.max)
        } else {
            typed
        }
    }

    /// What the page tells and limits, for a control of this id.
    pub fn view(&self, id: &str, secret: bool, value: &str) -> FieldView {
        FieldView {
            id: id.to_owned(),
            input: if secret { Input::Secret } else { Input::Typed },
            value: value.to_owned(),
            min: self.min,
            max: self.max,
            charset: self.charset,
            both: self.letters_and_digits,
            autocomplete: if secret {
                "current-password"
            } else {
                "username"
            },
            software_keyboard: self.software_keyboard,
        }
    }
}

/// How a field is filled in.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
enum Input {
    /// It is shown and cannot be changed.
    Fixed,
    /// It is typed and hidden.
    Secret,
    /// It is typed and shown.
    Typed,
}

/// A field as its template sees it.
#[derive(Debug, Serialize)]
pub struct FieldView {
    id: String,
    input: Input,
    value: String,
    min: usize,
    max: usize,
    charset: Charset,
    both: bool,
    autocomplete: &'static str,
    software_keyboard: bool,
}

impl FieldView {
    /// The field as one that is shown and cannot be changed.
    #[must_use]
    pub fn fixed(mut self) -> Self {
        self.input = Input::Fixed;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_only_and_digits_only_are_refused_where_both_are_wanted() {
        let field = Field {
            charset: Charset::HalfWidthAlphanumeric,
            min: 6,
            max: 12,
            letters_and_digits: true,
            pad: false,
            software_keyboard: false,
        };
        assert!(field.admits("hida01"));
        for value in [
            "",
            "hida1",
            "abcdef",
            "123456",
            "hida0000000001",
            "ｈida01",
            "hida 01",
        ] {
            assert!(!field.admits(value), "{value}");
        }
    }
}
