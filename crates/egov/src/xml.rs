//! Reading and writing XML, narrowly: UTF-8 only, no document type, no entities of the sender's, bounded in every
//! direction before the parser sees the first byte. One parser (roxmltree) for everything that is read.

mod bounds;
mod read;
mod write;

pub use self::read::{Children, decode, elements, fence, parse, text};
pub(crate) use self::read::{is_blank, is_plain};
pub use self::write::Writer;
/// A parsed document and a place in it.
pub use roxmltree::{Document, Node};

/// Why a document is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum XmlError {
    /// More bytes than allowed.
    #[error("the document is too large")]
    TooLarge,
    /// Not UTF-8, or it says that it is not.
    #[error("the document is not UTF-8")]
    NotUtf8,
    /// A document type declaration, even an empty one.
    #[error("the document has a document type declaration")]
    Doctype,
    /// Elements nested too deeply.
    #[error("the document is nested too deeply")]
    TooDeep,
    /// Too many nodes, attributes or namespaces.
    #[error("the document has too many parts")]
    TooMany,
    /// Not well-formed.
    #[error("the document is not well-formed")]
    Malformed,
    /// A comment where canonicalization would drop it silently.
    #[error("a comment stands in a fenced part")]
    Comment,
    /// A processing instruction in a fenced part.
    #[error("a processing instruction stands in a fenced part")]
    Instruction,
    /// `xml:lang`, `xml:space`, `xml:id` …: inherited differently by the versions of canonicalization.
    #[error("an attribute of the namespace xml stands in a fenced part")]
    XmlAttribute,
    /// A child that does not belong there, is missing, or stands there twice.
    #[error("an element is missing, unknown, doubled or out of order")]
    Shape,
}
