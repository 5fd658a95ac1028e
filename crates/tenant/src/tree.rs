//! A YAML document with the position of every node. One parse serves the checks, which need
//! positions, and the typed value, which does not.

use serde_json::{Map, Number, Value};
use serde_saphyr::granit_parser::{Event, Parser, ScalarStyle, Span};

use crate::diagnostic::{Diagnostic, SourceFile};

/// A place in a file, both from 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Position {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

/// A node and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) at: Position,
    pub(crate) content: Content,
}

/// What a node is.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    Map(Vec<Entry>),
    Scalar(Value),
    Sequence(Vec<Node>),
}

/// A key with its value.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) at: Position,
    pub(crate) value: Node,
}

impl Node {
    /// Parses a file of one document.
    pub(crate) fn parse(file: &SourceFile) -> Result<Self, Box<Diagnostic>> {
        Reader {
            file,
            events: Parser::new_from_str(&file.text),
            depth: 0,
        }
        .document()
    }

    /// The value without positions.
    pub(crate) fn to_json(&self) -> Value {
        self.to_json_without(&[])
    }

    /// The value without the keys that stand at these places.
    pub(crate) fn to_json_without(&self, left_out: &[Position]) -> Value {
        match &self.content {
            Content::Map(entries) => Value::Object(
                entries
                    .iter()
                    .filter(|e| !left_out.contains(&e.at))
                    .map(|e| (e.key.clone(), e.value.to_json_without(left_out)))
                    .collect::<Map<_, _>>(),
            ),
            Content::Scalar(value) => value.clone(),
            Content::Sequence(items) => Value::Array(
                items
                    .iter()
                    .map(|item| item.to_json_without(left_out))
                    .collect(),
            ),
        }
    }

    /// The value under a key.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        match &self.content {
            Content::Map(entries) => entries.iter().find(|e| e.key == key).map(|e| &e.value),
            Content::Scalar(_) | Content::Sequence(_) => None,
        }
    }

    /// The items of a sequence; none of anything else.
    pub(crate) fn items(&self) -> &[Self] {
        match &self.content {
            Content::Sequence(items) => items,
            Content::Map(_) | Content::Scalar(_) => &[],
        }
    }

    /// Where the node under this path of keys stands, or the nearest node above it that exists.
    pub(crate) fn position_of(&self, path: &[&str]) -> Position {
        let mut node = self;
        for key in path {
            match node.get(key) {
                Some(below) => node = below,
                None => break,
            }
        }
        node.at
    }
}

struct Reader<'a> {
    file: &'a SourceFile,
    events: Parser<'a, serde_saphyr::granit_parser::StrInput<'a>>,
    depth: usize,
}

impl<'a> Reader<'a> {
    fn document(&mut self) -> Result<Node, Box<Diagnostic>> {
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamStart | Event::DocumentStart(..) => {}
                Event::StreamEnd | Event::DocumentEnd => {
                    return Err(self.wrong(&span, "the file is empty"));
                }
                event => return self.node(event, &span),
            }
        }
    }

    fn node(&mut self, event: Event<'a>, span: &Span) -> Result<Node, Box<Diagnostic>> {
        let at = position(span);
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.wrong(span, "nested too deeply"));
        }
        let content = match event {
            Event::Scalar(text, style, 0, None) => Content::Scalar(scalar(&text, style)),
            Event::SequenceStart(_, 0, None) => self.sequence()?,
            Event::MappingStart(_, 0, None) => self.map()?,
            _ => {
                let what = "anchors, aliases and tags are not used in tenant files";
                let wrong = Diagnostic::at(self.file, at, "", what).hint("write the value out");
                return Err(Box::new(wrong));
            }
        };
        self.depth -= 1;
        Ok(Node { at, content })
    }

    fn sequence(&mut self) -> Result<Content, Box<Diagnostic>> {
        let mut items = Vec::new();
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::SequenceEnd => return Ok(Content::Sequence(items)),
                event => items.push(self.node(event, &span)?),
            }
        }
    }

    fn map(&mut self) -> Result<Content, Box<Diagnostic>> {
        let mut entries: Vec<Entry> = Vec::new();
        loop {
            let (event, span) = self.next()?;
            let key = match event {
                Event::MappingEnd => return Ok(Content::Map(entries)),
                Event::Scalar(text, ..) => text.into_owned(),
                _ => return Err(self.wrong(&span, "a key must be a word")),
            };
            if entries.iter().any(|e| e.key == key) {
                return Err(self.wrong(&span, &format!("`{key}` is given twice")));
            }
            let (event, value_span) = self.next()?;
            let value = self.node(event, &value_span)?;
            entries.push(Entry {
                key,
                at: position(&span),
                value,
            });
        }
    }

    fn next(&mut self) -> Result<(Event<'a>, Span), Box<Diagnostic>> {
        loop {
            return match self.events.next_event() {
                Some(Ok((Event::Comment(..), _))) => continue,
                Some(Ok(next)) => Ok(next),
                Some(Err(e)) => {
                    let at = Position {
                        line: e.marker().line(),
                        column: e.marker().col() + 1,
                    };
                    let what = format!("not YAML: {}", e.info());
                    Err(Box::new(Diagnostic::at(self.file, at, "", what)))
                }
                None => {
                    let what = "the file ends too early";
                    Err(Box::new(Diagnostic::at(self.file, FIRST, "", what)))
                }
            };
        }
    }

    fn wrong(&self, span: &Span, what: &str) -> Box<Diagnostic> {
        Box::new(Diagnostic::at(self.file, position(span), "", what))
    }
}

fn position(span: &Span) -> Position {
    Position {
        line: span.start.line(),
        column: span.start.col() + 1,
    }
}

/// YAML 1.2's core schema: only a plain scalar can be anything but text.
fn scalar(text: &str, style: ScalarStyle) -> Value {
    if style != ScalarStyle::Plain {
        return Value::String(text.to_owned());
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => number(text).map_or_else(|| Value::String(text.to_owned()), Value::Number),
    }
}

fn number(text: &str) -> Option<Number> {
    // 0123 is a code with a leading zero, not a number.
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.") {
        return None;
    }
    if digits.bytes().all(|b| b.is_ascii_digit()) {
        return text.parse::<i64>().ok().map(Number::from);
    }
    let is_decimal = digits.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    is_decimal
        .then(|| text.parse().ok().and_then(Number::from_f64))
        .flatten()
}

const FIRST: Position = Position { line: 1, column: 1 };
const DEEPEST: usize = 32;
