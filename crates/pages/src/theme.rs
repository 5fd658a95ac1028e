//! A bank's look as design tokens: `theme.yaml` → custom properties of the style sheet.
//!
//! A colour may have a second value for dark surroundings, `dark_<name>`. What a bank does not set
//! has the platform's neutral value, so that a theme of two lines is a theme.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Every token a theme may set: its name, its neutral value, and its neutral value in the dark
/// (none: not a colour).
pub const TOKENS: [(&str, &str, Option<&str>); 18] = [
    // the masthead's rule, the seal, the primary button; and what is written on them
    ("brand", "#2f4b6e", Some("#9dbbe0")),
    ("brand_ink", "#ffffff", Some("#10202f")),
    // the one warm spot: the present step
    ("accent", "#b07d2b", Some("#e0b565")),
    ("ink", "#1b2127", Some("#e9edf0")),
    ("ink_soft", "#4b555e", Some("#aeb8c0")),
    ("line", "#d6dce1", Some("#39424a")),
    // the border of controls
    ("field", "#7d8892", Some("#7f8b95")),
    ("paper", "#ffffff", Some("#1b2126")),
    ("ground", "#f3f5f7", Some("#12161a")),
    // a faint surface within paper: notes, the row under the pointer
    ("wash", "#f5f7f9", Some("#232a30")),
    ("warn", "#7d4500", Some("#f0c070")),
    ("warn_ground", "#fff5e2", Some("#33270f")),
    ("bad", "#a4262c", Some("#ff9d99")),
    ("bad_ground", "#fdf1f0", Some("#3a1a1a")),
    ("good", "#1c5c3f", Some("#8fd3af")),
    ("good_ground", "#edf6f0", Some("#15301f")),
    ("radius", "12px", None),
    ("typeface", TYPEFACE, None),
];

/// Which colour is read on which, and the contrast it needs (WCAG 2.2, AA).
pub const PAIRS: [(&str, &str, f64); 15] = [
    ("ink", "paper", 4.5),
    ("ink", "ground", 4.5),
    ("ink", "wash", 4.5),
    ("ink_soft", "paper", 4.5),
    ("ink_soft", "ground", 4.5),
    ("ink_soft", "wash", 4.5),
    ("brand_ink", "brand", 4.5),
    ("brand", "paper", 4.5),
    ("bad", "paper", 4.5),
    ("bad", "bad_ground", 4.5),
    ("warn", "warn_ground", 4.5),
    ("ink", "warn_ground", 4.5),
    ("good", "good_ground", 4.5),
    ("ink", "bad_ground", 4.5),
    ("field", "paper", 3.0),
];

/// Something wrong with a theme.
#[derive(Clone, Debug, PartialEq)]
pub enum ThemeProblem {
    /// Two colours that cannot be read on each other.
    Contrast {
        /// The token in front.
        front: String,
        /// The token behind.
        behind: String,
        /// The contrast they have.
        is: f64,
        /// The contrast they need.
        needs: f64,
    },
    /// A token nobody knows.
    Unknown(String),
    /// A value that is no colour (`#rrggbb`), or not safe in a style sheet.
    Value(String),
}

/// The style sheet of a theme. Unknown tokens and unsafe values are left out ([`problems`] tells).
pub fn css(tokens: &BTreeMap<String, String>) -> String {
    let mut light = String::new();
    let mut dark = String::new();
    for (name, neutral, neutral_dark) in TOKENS {
        let property = name.replace('_', "-");
        let _ = writeln!(light, "  --{property}: {};", value(tokens, name, neutral));
        if let Some(neutral_dark) = neutral_dark {
            let in_the_dark = value(tokens, &format!("dark_{name}"), neutral_dark);
            let _ = writeln!(dark, "    --{property}: {in_the_dark};");
        }
    }
    format!(
        ":root {{\n{light}}}\n@media (prefers-color-scheme: dark) {{\n  :root {{\n{dark}  }}\n}}\n"
    )
}

/// Everything wrong with a theme.
pub fn problems(tokens: &BTreeMap<String, String>) -> Vec<ThemeProblem> {
    let mut found = Vec::new();
    for (name, written) in tokens {
        let plain = name.strip_prefix("dark_").unwrap_or(name);
        match TOKENS
            .iter()
            .find(|(known, _, dark)| *known == plain && (plain == name || dark.is_some()))
        {
            None => found.push(ThemeProblem::Unknown(name.clone())),
            Some((_, _, dark)) => {
                let is_fit = if dark.is_some() {
                    luminance(written).is_some()
                } else {
                    is_safe(written)
                };
                if !is_fit {
                    found.push(ThemeProblem::Value(name.clone()));
                }
            }
        }
    }
    for prefix in ["", "dark_"] {
        for (front, behind, needs) in PAIRS {
            let of = |name: &str| {
                let neutral = TOKENS.iter().find(|(known, ..)| *known == name);
                let neutral = neutral.map_or("", |(_, light, dark)| {
                    if prefix.is_empty() {
                        light
                    } else {
                        dark.unwrap_or(light)
                    }
                });
                value(tokens, &format!("{prefix}{name}"), neutral).to_owned()
            };
            if let Some(is) = contrast(&of(front), &of(behind)).filter(|is| *is < needs) {
                let (front, behind) = (format!("{prefix}{front}"), format!("{prefix}{behind}"));
                found.push(ThemeProblem::Contrast {
                    front,
                    behind,
                    is,
                    needs,
                });
            }
        }
    }
    found
}

/// The contrast of two colours as WCAG defines it, 1 to 21; none when one is not `#rrggbb`.
pub fn contrast(one: &str, other: &str) -> Option<f64> {
    let (one, other) = (luminance(one)?, luminance(other)?);
    Some((one.max(other) + 0.05) / (one.min(other) + 0.05))
}

fn luminance(colour: &str) -> Option<f64> {
    let digits = colour
        .strip_prefix('#')
        .filter(|digits| digits.len() == 6)?;
    let channel = |from: usize| {
        let part = u8::from_str_radix(digits.get(from..from + 2)?, 16).ok()?;
        let part = f64::from(part) / 255.0;
        Some(if part <= 0.04045 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        })
    };
    Some(0.2126 * channel(0)? + 0.7152 * channel(2)? + 0.0722 * channel(4)?)
}

fn value<'a>(tokens: &'a BTreeMap<String, String>, name: &str, neutral: &'a str) -> &'a str {
    tokens
        .get(name)
        .map(String::as_str)
        .filter(|written| is_safe(written))
        .unwrap_or(neutral)
}

/// Whether a value can end neither its declaration nor the style sheet.
fn is_safe(written: &str) -> bool {
    !written.is_empty()
        && written
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '#' | ' ' | ',' | '.' | '"' | '-' | '%'))
        && written.matches('"').count().is_multiple_of(2)
}

/// The reader's own Japanese face, wherever the page is read.
const TYPEFACE: &str = "\"Hiragino Sans\", \"Hiragino Kaku Gothic ProN\", \"Yu Gothic Medium\", \
     \"Noto Sans JP\", \"Noto Sans CJK JP\", Meiryo, sans-serif";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_neutral_theme_can_be_read_in_light_and_dark() {
        assert_eq!(problems(&BTreeMap::new()), []);
    }

    #[test]
    fn contrast_is_that_of_the_standard() {
        assert_eq!(contrast("#000000", "#ffffff").map(f64::round), Some(21.0));
        assert_eq!(contrast("red", "#ffffff"), None);
    }

    #[test]
    fn a_value_cannot_leave_its_declaration() {
        let tokens = BTreeMap::from([("brand".to_owned(), "red;} body{display:none".to_owned())]);
        assert!(!css(&tokens).contains("display"));
        assert_eq!(problems(&tokens), [ThemeProblem::Value("brand".to_owned())]);
    }

    #[test]
    fn pale_ink_and_unknown_tokens_are_told() {
        let tokens = [("brand", "#ddeeff"), ("logo", "x.png")];
        let tokens = tokens
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into();
        let found = problems(&tokens);
        assert!(found.contains(&ThemeProblem::Unknown("logo".to_owned())));
        assert!(
            found
                .iter()
                .any(|p| matches!(p, ThemeProblem::Contrast { front, .. } if front == "brand_ink"))
        );
    }
}
