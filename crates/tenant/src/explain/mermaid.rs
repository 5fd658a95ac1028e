//! The plan as a Mermaid flow chart, for documents.

use std::fmt::Write as _;

use super::{Comes, Explained};

/// The chart.
pub fn chart(explained: &Explained) -> String {
    let mut text = String::from("flowchart TD\n");
    for step in &explained.steps {
        let (_, word) = step.comes.words();
        let why = step.why.replace('"', "'").replace('`', "");
        let label = format!("{}. {}<br/>{word}: {why}", step.number, step.name);
        let _ = writeln!(text, "  s{}[\"{label}\"]", step.number);
        let class = match step.comes {
            Comes::Yes => "yes",
            Comes::Open => "open",
            Comes::No | Comes::Never => "no",
        };
        let _ = writeln!(text, "  class s{} {class}", step.number);
    }
    for pair in explained.steps.windows(2) {
        if let [one, next] = pair {
            let arrow = if next.when.is_empty() {
                "-->".to_owned()
            } else {
                format!("-->|{}|", next.when)
            };
            let _ = writeln!(text, "  s{} {arrow} s{}", one.number, next.number);
        }
    }
    text.push_str("  classDef yes stroke-width:3px\n");
    text.push_str("  classDef no stroke-dasharray:4 4,color:#666\n");
    text
}
