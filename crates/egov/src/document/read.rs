//! Reading a document, whoever wrote it. Both orders of its parts occur, so each is looked for by name, once.

use roxmltree::Node;

use super::{Addressee, Author, Document, DocumentKind};
use crate::xml::{self, XmlError, elements, is_plain};

/// Reads a document of at most `most` bytes, signed or not. Nothing is verified here.
pub fn read(bytes: &[u8], most: usize) -> Result<Document, XmlError> {
    let parsed = xml::parse(xml::decode(bytes, most)?)?;
    let root = parsed.root_element();
    xml::fence(root)?;
    if !is_plain(root, "DOC") {
        return Err(XmlError::Shape);
    }
    let front = one(root, "FRONT")?;
    let body = one(root, "BODY")?;
    let kind = match value(front, "SECRECY")?.as_str() {
        "AMEND" => DocumentKind::Amend,
        "COMMENT" => DocumentKind::Comment,
        _ => DocumentKind::Official,
    };
    let to = one(body, "TO")?;
    let author = one(body, "AUTHOR")?;
    Ok(Document {
        kind,
        number: value(body, "DOCNO")?,
        date: value(body, "DATE")?,
        to: Addressee {
            affiliation: value(to, "AFF")?,
            name: value(to, "NAME")?,
            honorific: value(to, "HONORIFC")?,
        },
        author: Author {
            affiliation: value(author, "AFF")?,
            name: value(author, "NAME")?,
        },
        title: value(body, "TITLE")?,
        introduction: paragraphs(one(body, "MAINTXT")?)?,
        text: paragraphs(one(one(body, "MAINTXT2")?, "MT2TEXT")?)?,
        reference: paragraphs(one(body, "REFERENC")?)?,
    })
}

/// The only child of this name.
fn one<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Result<Node<'a, 'i>, XmlError> {
    let mut found = elements(node).filter(|it| is_plain(*it, name));
    match (found.next(), found.next()) {
        (Some(only), None) => Ok(only),
        _ => Err(XmlError::Shape),
    }
}

fn value(node: Node<'_, '_>, name: &str) -> Result<String, XmlError> {
    xml::text(one(node, name)?)
}

/// The paragraphs that say something.
fn paragraphs(node: Node<'_, '_>) -> Result<Vec<String>, XmlError> {
    let mut found = Vec::new();
    for paragraph in elements(node).filter(|it| is_plain(*it, "P")) {
        let text = xml::text(paragraph)?;
        if !text.is_empty() {
            found.push(text);
        }
    }
    Ok(found)
}
