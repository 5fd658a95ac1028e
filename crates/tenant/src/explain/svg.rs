//! The plan as an SVG drawing, for documents and slides.

use std::fmt::Write as _;

use super::{Comes, Explained};

/// The drawing.
pub fn drawing(explained: &Explained) -> String {
    let head = 40 + 20 * explained.case.len();
    let height = head + explained.steps.len() * (BOX + GAP) + 10;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" \
         viewBox=\"0 0 {WIDTH} {height}\" font-family=\"Noto Sans JP, sans-serif\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n\
         <text x=\"20\" y=\"28\" font-size=\"18\" font-weight=\"bold\">{}</text>\n",
        escaped(&explained.bank)
    );
    for (index, line) in explained.case.iter().enumerate() {
        let y = 50 + 20 * index;
        let _ = writeln!(
            svg,
            "<text x=\"20\" y=\"{y}\" font-size=\"13\">{}</text>",
            escaped(line)
        );
    }
    for (index, step) in explained.steps.iter().enumerate() {
        let y = head + index * (BOX + GAP);
        let (stroke, dash, ink) = match step.comes {
            Comes::Yes => ("#1f5b46", "", "#1a211e"),
            Comes::Open => ("#b3832c", "", "#1a211e"),
            Comes::No | Comes::Never => ("#7b8882", " stroke-dasharray=\"5 4\"", "#5a635f"),
        };
        if index > 0 {
            let from = y - GAP;
            let _ = writeln!(
                svg,
                "<line x1=\"40\" y1=\"{from}\" x2=\"40\" y2=\"{y}\" stroke=\"#7b8882\"/>"
            );
        }
        let inner = WIDTH - 40;
        let _ = writeln!(
            svg,
            "<rect x=\"20\" y=\"{y}\" width=\"{inner}\" height=\"{BOX}\" rx=\"8\" fill=\"#f8faf9\" \
             stroke=\"{stroke}\" stroke-width=\"2\"{dash}/>"
        );
        let (sign, word) = step.comes.words();
        let page = if step.has_page { "" } else { ", no page" };
        let title = format!(
            "{sign} {}. {}  ({}{page})",
            step.number, step.name, step.role
        );
        for (offset, size, weight, line) in [
            (24, 15, "bold", title),
            (46, 13, "normal", format!("{word}: {}", step.why)),
        ] {
            let _ = writeln!(
                svg,
                "<text x=\"36\" y=\"{}\" font-size=\"{size}\" font-weight=\"{weight}\" fill=\"{ink}\">{}</text>",
                y + offset,
                escaped(&line)
            );
        }
    }
    svg.push_str("</svg>\n");
    svg
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

const WIDTH: usize = 900;
const BOX: usize = 60;
const GAP: usize = 22;
