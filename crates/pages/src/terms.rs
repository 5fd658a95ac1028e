//! The texts that customers agree to: a small part of Markdown (`CommonMark`) to HTML. What is not in
//! that part is an error, so that nothing a bank writes can become markup of another kind.

use std::fmt::Write as _;

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};

/// Headings, paragraphs, lists, emphasis and links to https addresses, as HTML. Headings begin with
/// `h2`, below the page's own.
///
/// # Errors
/// The line (from 1) and what is wrong with it.
pub fn html(markdown: &str) -> Result<String, (usize, String)> {
    let mut html = String::new();
    for (event, range) in Parser::new(markdown).into_offset_iter() {
        let written = match &event {
            Event::Start(tag) => opened(tag),
            Event::End(tag) => closed(*tag),
            Event::Text(text) => Ok(escaped(text)),
            Event::SoftBreak => Ok("\n".to_owned()),
            Event::HardBreak => Ok("<br>".to_owned()),
            _ => Err(OUTSIDE),
        };
        match written {
            Ok(piece) => html.push_str(&piece),
            Err(what) => {
                let before = markdown.get(..range.start).unwrap_or_default();
                let line = before.matches('\n').count() + 1;
                return Err((line, what.to_owned()));
            }
        }
    }
    Ok(html)
}

fn opened(tag: &Tag<'_>) -> Result<String, &'static str> {
    Ok(match tag {
        Tag::Paragraph => "<p>".to_owned(),
        Tag::Heading { level, .. } => format!("<{}>", heading(*level)?),
        Tag::List(None) => "<ul>".to_owned(),
        Tag::List(Some(1)) => "<ol>".to_owned(),
        Tag::List(Some(first)) => format!("<ol start=\"{first}\">"),
        Tag::Item => "<li>".to_owned(),
        Tag::Emphasis => "<em>".to_owned(),
        Tag::Strong => "<strong>".to_owned(),
        Tag::Link { dest_url, .. } if dest_url.starts_with("https://") => {
            let url = escaped(dest_url);
            format!("<a href=\"{url}\" rel=\"noopener noreferrer\">")
        }
        Tag::Link { .. } => return Err("a link must lead to an https address"),
        _ => return Err(OUTSIDE),
    })
}

fn closed(tag: TagEnd) -> Result<String, &'static str> {
    let name = match tag {
        TagEnd::Paragraph => "p",
        TagEnd::Heading(level) => heading(level)?,
        TagEnd::List(true) => "ol",
        TagEnd::List(false) => "ul",
        TagEnd::Item => "li",
        TagEnd::Emphasis => "em",
        TagEnd::Strong => "strong",
        TagEnd::Link => "a",
        _ => return Err(OUTSIDE),
    };
    Ok(format!("</{name}>\n"))
}

fn heading(level: HeadingLevel) -> Result<&'static str, &'static str> {
    match level {
        HeadingLevel::H1 => Ok("h2"),
        HeadingLevel::H2 => Ok("h3"),
        HeadingLevel::H3 => Ok("h4"),
        _ => Err("headings have one to three `#`"),
    }
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        // Writing into a string does not fail.
        let _written = match c {
            '&' | '<' | '>' | '"' | '\'' => write!(safe, "&#{};", u32::from(c)),
            c => write!(safe, "{c}"),
        };
    }
    safe
}

const OUTSIDE: &str =
    "only headings, paragraphs, lists, emphasis and links may stand in a text for customers";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_banks_write_becomes_plain_html() {
        let text = "# 留意事項\n\n1. 提供サービス\n   - **残高** & 明細\n\n[規定](https://bank.example/a?b=1&c=2)\n";
        let html = html(text).unwrap();
        for part in [
            "<h2>留意事項</h2>",
            "<ol><li>",
            "<strong>残高</strong>",
            "&#38; 明細",
            "<a href=\"https://bank.example/a?b=1&#38;c=2\" rel=\"noopener noreferrer\">規定</a>",
        ] {
            assert!(html.replace('\n', "").contains(part), "{part} in {html}");
        }
    }

    #[test]
    fn nothing_else_gets_through_and_the_line_is_told() {
        for (text, line) in [
            ("good\n\n<script>alert(1)</script>", 3),
            ("a <b onclick=x>bold</b>", 1),
            ("one\n\n![picture](https://a.example/x.png)", 3),
            ("[link](javascript:alert(1))", 1),
            ("[link](http://a.example)", 1),
            ("```\ncode\n```", 1),
            ("> quoted", 1),
            ("#### too deep", 1),
            ("`code`", 1),
            ("---", 1),
        ] {
            assert_eq!(html(text).expect_err(text).0, line, "{text}");
        }
    }

    #[test]
    fn markup_in_the_text_is_text() {
        assert_eq!(
            html("1 < 2 \\<script\\>").unwrap().trim(),
            "<p>1 &#60; 2 &#60;script&#62;</p>"
        );
    }
}
