//! Depth, attributes and namespaces counted before parsing. The parser bounds nodes only: a hundred thousand attributes
//! on one element, or a namespace declared at each of ten thousand depths, would cost it quadratic time and space.
//! What is counted here only ever refuses; nothing is read from it.

use super::XmlError;
use crate::limits::{XML_ATTRIBUTES, XML_DEPTH, XML_NAMESPACES, XML_NODES};

pub(super) fn check(text: &str) -> Result<(), XmlError> {
    let mut rest = text;
    let mut seen = Seen::default();
    while let Some((_, after)) = rest.split_once('<') {
        seen.node()?;
        rest = if let Some(comment) = after.strip_prefix("!--") {
            past(comment, "-->")?
        } else if let Some(characters) = after.strip_prefix("![CDATA[") {
            past(characters, "]]>")?
        } else if after.starts_with('!') {
            return Err(XmlError::Doctype);
        } else if let Some(instruction) = after.strip_prefix('?') {
            past(instruction, "?>")?
        } else if let Some(end) = after.strip_prefix('/') {
            seen.depth = seen.depth.saturating_sub(1);
            past(end, ">")?
        } else {
            seen.start_tag(after)?
        };
    }
    Ok(())
}

#[derive(Default)]
struct Seen {
    depth: usize,
    namespaces: usize,
    nodes: u32,
}

impl Seen {
    fn node(&mut self) -> Result<(), XmlError> {
        self.nodes = self.nodes.saturating_add(1);
        // An element has two tags.
        if self.nodes > XML_NODES.saturating_mul(2) {
            return Err(XmlError::TooMany);
        }
        Ok(())
    }

    /// Walks over a start tag, quoted values as wholes, and returns what follows it.
    fn start_tag<'t>(&mut self, tag: &'t str) -> Result<&'t str, XmlError> {
        let mut attributes = 0_usize;
        let mut rest = tag;
        loop {
            let at = rest.find(['"', '\'', '>']).ok_or(XmlError::Malformed)?;
            let (before, from) = rest.split_at_checked(at).ok_or(XmlError::Malformed)?;
            if let Some(after) = from.strip_prefix('>') {
                let depth = self.depth.saturating_add(1);
                if depth > XML_DEPTH {
                    return Err(XmlError::TooDeep);
                }
                if !before.ends_with('/') {
                    self.depth = depth;
                }
                return Ok(after);
            }
            attributes = attributes.saturating_add(1);
            if before.contains("xmlns") {
                self.namespaces = self.namespaces.saturating_add(1);
            }
            if attributes > XML_ATTRIBUTES || self.namespaces > XML_NAMESPACES {
                return Err(XmlError::TooMany);
            }
            let quote = if from.starts_with('"') { "\"" } else { "'" };
            rest = past(from.strip_prefix(quote).unwrap_or(from), quote)?;
        }
    }
}

fn past<'t>(text: &'t str, end: &str) -> Result<&'t str, XmlError> {
    text.split_once(end)
        .map(|(_, after)| after)
        .ok_or(XmlError::Malformed)
}
