//! The plan as boxes of characters, for a terminal.

use std::fmt::Write as _;

use super::{Comes, Explained, ExplainedStep};
use crate::diagnostic::columns;

/// The picture.
pub fn picture(explained: &Explained) -> String {
    let mut text = format!("{}\n", explained.bank);
    for line in &explained.case {
        let _ = writeln!(text, "  {line}");
    }
    text.push('\n');
    let inside = explained.steps.iter().flat_map(lines);
    let width = inside.map(|line| columns(&line)).max().unwrap_or(0);
    for (index, step) in explained.steps.iter().enumerate() {
        if index > 0 {
            let _ = writeln!(text, "{}│", " ".repeat(4));
        }
        let (corner, rule) = match step.comes {
            Comes::Yes => (["┏", "┓", "┗", "┛", "┃"], "━"),
            Comes::Open => (["┌", "┐", "└", "┘", "│"], "─"),
            Comes::No | Comes::Never => (["┌", "┐", "└", "┘", "┊"], "┈"),
        };
        let [top_left, top_right, low_left, low_right, side] = corner;
        let rule = rule.repeat(width + 2);
        let _ = writeln!(text, "{top_left}{rule}{top_right}");
        for line in lines(step) {
            let gap = " ".repeat(width - columns(&line));
            let _ = writeln!(text, "{side} {line}{gap} {side}");
        }
        let _ = writeln!(text, "{low_left}{rule}{low_right}");
    }
    text
}

/// What stands in a step's box.
fn lines(step: &ExplainedStep) -> Vec<String> {
    let (sign, word) = step.comes.words();
    let page = if step.has_page { "" } else { ", no page" };
    vec![
        format!(
            "{sign} {}. {}  ({}{page})",
            step.number, step.name, step.role
        ),
        format!("    {word}: {}", step.why),
    ]
}
