//! What is wrong with a tenant's files, for whoever wrote them: file, line, column, path, what was
//! expected, and a hint.

use std::fmt;
use std::path::Path;

use serde::Serialize;

use crate::tree::Position;

/// How much it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The bank is not loaded.
    Error,
    /// The bank is loaded; somebody should look at it.
    Warning,
}

/// One mistake.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// The file, as given to the loader: `tenants/hidashin/tenant.yaml`.
    pub file: String,
    /// Where in it, from 1.
    pub line: usize,
    /// Where in the line, from 1.
    pub column: usize,
    /// Where in the document: `journey[2].login.min`; empty for the document as a whole.
    pub path: String,
    /// What is wrong: lower case, no full stop.
    #[serde(rename = "message")]
    pub what: String,
    /// What to do, when we know.
    pub hint: Option<String>,
    /// The line itself, for the caret.
    pub source: String,
}

impl Diagnostic {
    /// A mistake at a place of a file.
    pub(crate) fn at(
        file: &SourceFile,
        position: Position,
        path: &str,
        what: impl Into<String>,
    ) -> Self {
        Self {
            severity: Severity::Error,
            file: file.name.clone(),
            line: position.line,
            column: position.column,
            path: path.to_owned(),
            what: what.into(),
            hint: None,
            source: file.line(position.line),
        }
    }

    /// A mistake of a folder or a file as a whole.
    pub(crate) fn of_path(path: &Path, what: impl Into<String>) -> Self {
        let file = SourceFile {
            name: path.display().to_string(),
            text: String::new(),
        };
        Self::at(&file, Position { line: 1, column: 1 }, "", what)
    }

    /// Makes it one that does not keep the bank from being loaded.
    #[must_use]
    pub(crate) fn into_warning(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }

    /// Where it is.
    pub(crate) fn position(&self) -> Position {
        Position {
            line: self.line,
            column: self.column,
        }
    }

    /// Adds what to do.
    #[must_use]
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.severity == Severity::Warning {
            f.write_str("warning: ")?;
        }
        write!(f, "{}:{}:{}: ", self.file, self.line, self.column)?;
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        writeln!(f, "{}", self.what)?;
        if !self.source.is_empty() {
            let margin = self.line.to_string();
            let before = self.source.chars().take(self.column.saturating_sub(1));
            let caret = " ".repeat(before.map(width).sum());
            writeln!(f, "  {margin} | {}", self.source)?;
            writeln!(f, "  {} | {caret}^", " ".repeat(margin.len()))?;
        }
        match &self.hint {
            Some(hint) => writeln!(f, "\nhint: {hint}"),
            None => Ok(()),
        }
    }
}

/// How many columns of a terminal a text takes.
pub(crate) fn columns(text: &str) -> usize {
    text.chars().map(width).sum()
}

/// How many columns of a terminal a character takes: Japanese takes two.
fn width(c: char) -> usize {
    let wide = matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}');
    if wide { 2 } else { 1 }
}

/// A file and its text.
#[derive(Clone, Debug)]
pub(crate) struct SourceFile {
    pub(crate) name: String,
    pub(crate) text: String,
}

impl SourceFile {
    fn line(&self, number: usize) -> String {
        let line = number
            .checked_sub(1)
            .and_then(|index| self.text.lines().nth(index));
        line.unwrap_or_default().trim_end().to_owned()
    }
}

/// The known name nearest to an unknown one, when it is near.
pub(crate) fn nearest<'a>(unknown: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let length = unknown.chars().count();
    known
        .filter_map(|name| {
            let own_length = name.chars().count();
            let most = own_length.max(3) / 3;
            // No nearer than their lengths are.
            if own_length.abs_diff(length) > most {
                return None;
            }
            let distance = distance(unknown, name);
            (distance <= most).then_some((distance, name))
        })
        .min()
        .map(|(_, name)| name)
}

/// Levenshtein's distance, by rows.
pub(crate) fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut next = vec![i + 1];
        for ((y, above_left), above) in b.iter().zip(&row).zip(row.iter().skip(1)) {
            let left = next.last().copied().unwrap_or(0);
            next.push(
                (above_left + usize::from(x != *y))
                    .min(above + 1)
                    .min(left + 1),
            );
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caret_stands_under_japanese() {
        let file = SourceFile {
            name: "ja.ftl".to_owned(),
            text: "a = 銀行 x".to_owned(),
        };
        let at = Position { line: 1, column: 8 };
        let told = Diagnostic::at(&file, at, "", "wrong").to_string();
        assert!(
            told.ends_with("  1 | a = 銀行 x\n    |          ^\n"),
            "{told}"
        );
    }

    #[test]
    fn a_slip_of_the_finger_is_recognised() {
        let known = || ["bank_code", "journey", "limits"].into_iter();
        assert_eq!(nearest("jurney", known()), Some("journey"));
        assert_eq!(nearest("colour", known()), None);
    }
}
