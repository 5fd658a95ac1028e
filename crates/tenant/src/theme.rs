//! `theme.yaml`: a bank's look as design tokens, checked for contrast (WCAG 2.2, 1.4.3 and 1.4.11)
//! before any customer sees it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::diagnostic::{Diagnostic, SourceFile};
use crate::tree::Node;

/// A bank's look, checked.
#[derive(Clone, Debug, Default)]
pub struct Theme {
    /// Token to value, as CSS takes them.
    pub tokens: BTreeMap<String, String>,
    /// The tokens that differ in the dark.
    pub dark: BTreeMap<String, String>,
}

/// What `theme.yaml` may say. A token that is left out keeps the platform's value.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct ThemeFile {
    /// Tokens for light surroundings.
    pub(crate) tokens: Tokens,
    /// Tokens that differ where the reader prefers the dark.
    pub(crate) dark: Tokens,
}

macro_rules! tokens {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// Design tokens. Colours as `#rrggbb`.
        #[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields, default)]
        pub(crate) struct Tokens {
            $($(#[$doc])* #[serde(skip_serializing_if = "Option::is_none")] pub(crate) $name: Option<String>,)*
        }

        impl Tokens {
            fn into_map(self) -> BTreeMap<String, String> {
                [$((stringify!($name), self.$name),)*]
                    .into_iter()
                    .filter_map(|(name, value)| Some((name.to_owned(), value?)))
                    .collect()
            }
        }
    };
}

tokens! {
    /// The bank's colour: the rule at the top, the seal, the one primary button.
    brand,
    /// Text on the bank's colour.
    brand_ink,
    /// What marks the present step and the focus.
    accent,
    /// Text.
    ink,
    /// Text of second rank.
    ink_soft,
    /// Lines between things.
    line,
    /// Behind text.
    paper,
    /// Behind everything.
    ground,
    /// Advice: its text.
    warn,
    /// Advice: its ground.
    warn_ground,
    /// Errors: their text.
    bad,
    /// Errors: their ground.
    bad_ground,
    /// Corner radius, as `10px`.
    radius,
    /// The typeface stack, after the reader's own Japanese face.
    typeface,
}

impl Theme {
    /// Checks and takes a theme.
    pub(crate) fn of(file: &SourceFile, node: &Node, read: ThemeFile) -> Result<Self, Vec<Diagnostic>> {
        let (tokens, dark) = (read.tokens.into_map(), read.dark.into_map());
        let mut found = Vec::new();
        for (group, map) in [("tokens", &tokens), ("dark", &dark)] {
            for (name, value) in map {
                if !is_plain(value) {
                    let at = node.position_of(&[group, name]);
                    let path = format!("{group}.{name}");
                    found.push(Diagnostic::at(file, at, &path, "holds a character CSS would not take"));
                }
            }
            for (front, behind, least) in PAIRS {
                let (Some(a), Some(b)) = (map.get(front), map.get(behind)) else { continue };
                let at = node.position_of(&[group, front]);
                let path = format!("{group}.{front}");
                match contrast(a, b) {
                    Some(ratio) if ratio < least => found.push(
                        Diagnostic::at(
                            file,
                            at,
                            &path,
                            format!("contrast with `{behind}` is {ratio:.2}, must be {least} or more"),
                        )
                        .hint("make one of the two darker or lighter (WCAG AA)"),
                    ),
                    Some(_) => {}
                    None => found.push(Diagnostic::at(file, at, &path, "must be a colour as `#rrggbb`")),
                }
            }
        }
        if found.is_empty() { Ok(Self { tokens, dark }) } else { Err(found) }
    }
}

/// Front, ground, and the least contrast between them.
const PAIRS: [(&str, &str, f64); 8] = [
    ("brand_ink", "brand", 4.5),
    ("brand", "paper", 4.5),
    ("ink", "paper", 4.5),
    ("ink", "ground", 4.5),
    ("ink_soft", "paper", 4.5),
    ("ink_soft", "ground", 4.5),
    ("warn", "warn_ground", 4.5),
    ("bad", "bad_ground", 4.5),
];

/// A token goes into a style sheet: nothing that could end a declaration or open another.
fn is_plain(value: &str) -> bool {
    value.chars().all(|c| c.is_alphanumeric() || "#.,%- \"'()".contains(c)) && !value.contains("url(")
}

/// WCAG's contrast ratio of two colours, 1 to 21; none for text that is no colour.
fn contrast(a: &str, b: &str) -> Option<f64> {
    let (a, b) = (luminance(a)?, luminance(b)?);
    Some((a.max(b) + 0.05) / (a.min(b) + 0.05))
}

fn luminance(colour: &str) -> Option<f64> {
    let hex = colour.strip_prefix('#').filter(|hex| hex.len() == 6 && hex.is_ascii())?;
    let channel = |from: usize| {
        let value = f64::from(u8::from_str_radix(hex.get(from..from + 2)?, 16).ok()?) / 255.0;
        Some(if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) })
    };
    Some(0.2126 * channel(0)? + 0.7152 * channel(2)? + 0.0722 * channel(4)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_wcag() {
        assert!((contrast("#000000", "#ffffff").unwrap() - 21.0).abs() < 0.01);
        assert!((contrast("#777777", "#ffffff").unwrap() - 4.48).abs() < 0.01);
        assert!(contrast("green", "#ffffff").is_none());
    }

    #[test]
    fn a_token_cannot_leave_its_declaration() {
        assert!(is_plain("#1f5f4a") && is_plain("\"Hiragino Sans\", sans-serif"));
        assert!(!is_plain("red;} body{") && !is_plain("url(x)"));
    }
}
