//! The guarded way in, and walking over what was parsed.

use std::iter::Peekable;
use std::vec::IntoIter;

use roxmltree::{Document, Error, Node, ParsingOptions};

use super::{XmlError, bounds};
use crate::limits::XML_NODES;

/// The bytes of a document as text: bounded, UTF-8 in fact and by its own declaration, without a byte order mark.
pub fn decode(bytes: &[u8], most: usize) -> Result<&str, XmlError> {
    if bytes.len() > most {
        return Err(XmlError::TooLarge);
    }
    let text = str::from_utf8(bytes).map_err(|_| XmlError::NotUtf8)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match declared_encoding(text) {
        Some(encoding) if !encoding.eq_ignore_ascii_case("UTF-8") => Err(XmlError::NotUtf8),
        Some(_) | None => Ok(text),
    }
}

/// Parses what [`decode`] gave.
pub fn parse(text: &str) -> Result<Document<'_>, XmlError> {
    bounds::check(text)?;
    let options = ParsingOptions {
        allow_dtd: false,
        nodes_limit: XML_NODES,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(text, options).map_err(|error| match error {
        Error::DtdDetected => XmlError::Doctype,
        Error::NodesLimitReached => XmlError::TooMany,
        _ => XmlError::Malformed,
    })?;
    if document.descendants().all(is_well_named) {
        Ok(document)
    } else {
        Err(XmlError::Malformed)
    }
}

/// Whether a processing instruction has a name as XML 1.0 §2.6 wants it: one that white space or the end follows, and
/// not `xml`, which only the declaration has. The parser asks for neither.
fn is_well_named(node: Node<'_, '_>) -> bool {
    let Some(instruction) = node.pi() else {
        return true;
    };
    let range = node.range();
    let is_declaration = range.start == 0;
    let written = node.document().input_text().get(range);
    let after = written.and_then(|it| it.strip_prefix("<?")?.strip_prefix(instruction.target));
    let ends = after.is_some_and(|it| it.starts_with(WHITE_SPACE) || it == "?>");
    ends && (is_declaration || !instruction.target.eq_ignore_ascii_case("xml"))
}

fn declared_encoding(text: &str) -> Option<&str> {
    let declaration = text.strip_prefix("<?xml")?.split_once("?>")?.0;
    let value = declaration.split_once("encoding")?.1;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next()?;
    value.strip_prefix(quote)?.split_once(quote).map(|it| it.0)
}

/// Refuses whatever lets two readers see two documents: comments and processing instructions in an element, attributes
/// of the namespace `xml` in it or on one above it.
pub fn fence(element: Node<'_, '_>) -> Result<(), XmlError> {
    for node in element.descendants().chain(element.ancestors()) {
        let of_xml = |name: Option<&str>| name == Some(roxmltree::NS_XML_URI);
        if node.attributes().any(|it| of_xml(it.namespace())) {
            return Err(XmlError::XmlAttribute);
        }
    }
    for node in element.descendants() {
        if node.is_comment() {
            return Err(XmlError::Comment);
        }
        if node.is_pi() {
            return Err(XmlError::Instruction);
        }
    }
    Ok(())
}

/// The elements directly below.
pub fn elements<'a, 'i>(node: Node<'a, 'i>) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(Node::is_element)
}

/// All characters of an element that holds nothing but characters.
pub fn text(element: Node<'_, '_>) -> Result<String, XmlError> {
    let mut all = String::new();
    for child in element.children() {
        if !child.is_text() {
            return Err(XmlError::Shape);
        }
        all.push_str(child.text().unwrap_or_default());
    }
    Ok(all)
}

/// The children of an element, taken in the order the grammar wants them; nothing may be left over.
pub struct Children<'a, 'i> {
    rest: Peekable<IntoIter<Node<'a, 'i>>>,
}

impl<'a, 'i> Children<'a, 'i> {
    /// Begins with the first child. Only elements and white space may stand there.
    pub fn of(element: Node<'a, 'i>) -> Result<Self, XmlError> {
        let mut found = Vec::new();
        for child in element.children() {
            if child.is_element() {
                found.push(child);
            } else if !child.is_text() || !is_blank(child.text().unwrap_or_default()) {
                return Err(XmlError::Shape);
            }
        }
        Ok(Self {
            rest: found.into_iter().peekable(),
        })
    }

    /// The next child, which has this name and no namespace.
    pub fn one(&mut self, name: &str) -> Result<Node<'a, 'i>, XmlError> {
        self.optional(name).ok_or(XmlError::Shape)
    }

    /// The next child if it has this name and no namespace.
    pub fn optional(&mut self, name: &str) -> Option<Node<'a, 'i>> {
        self.rest.next_if(|node| is_plain(*node, name))
    }

    /// All children of this name that come next.
    pub fn many(&mut self, name: &str) -> Vec<Node<'a, 'i>> {
        std::iter::from_fn(|| self.optional(name)).collect()
    }

    /// The characters of the next child, which has this name.
    pub fn text(&mut self, name: &str) -> Result<String, XmlError> {
        text(self.one(name)?)
    }

    /// Passes over whatever is left.
    pub fn ignore_rest(self) {}

    /// Nothing is left.
    pub fn end(mut self) -> Result<(), XmlError> {
        match self.rest.next() {
            Some(_) => Err(XmlError::Shape),
            None => Ok(()),
        }
    }
}

/// Whether an element has this name and no namespace.
pub(crate) fn is_plain(node: Node<'_, '_>, name: &str) -> bool {
    node.tag_name().name() == name && node.tag_name().namespace().is_none_or(str::is_empty)
}

/// Whether it is nothing but white space.
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars().all(|it| WHITE_SPACE.contains(&it))
}

/// White space as XML means it.
const WHITE_SPACE: [char; 4] = [' ', '\t', '\r', '\n'];
