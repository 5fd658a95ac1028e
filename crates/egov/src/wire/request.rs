//! Reading requests: `DataRoot/ApplData[@Id="ApplData"]` and its values. The order of children is not
//! enforced; what is unknown, doubled or missing is refused.

use std::collections::BTreeMap;

use crate::xml::{self, Node, XmlError};

/// A body that does not have its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the body does not have its form")]
pub struct Malformed;

impl From<XmlError> for Malformed {
    fn from(_: XmlError) -> Self {
        Self
    }
}

/// Reads an unsigned body.
pub(super) fn unsigned<T>(
    body: &[u8],
    most: usize,
    read: impl FnOnce(&mut Fields<'_, '_>) -> Result<T, Malformed>,
) -> Result<T, Malformed> {
    let text = xml::decode(body, most)?;
    let document = xml::parse(text)?;
    let root = document.root_element();
    xml::fence(root)?;
    if !is_plain(root, "DataRoot") {
        return Err(Malformed);
    }
    let mut outer = Fields::of(root)?;
    let data = outer.node("ApplData")?;
    outer.end()?;
    whole(data, read)
}

/// Reads the canonical text of a signed `ApplData`.
pub(super) fn signed<T>(
    data: &str,
    read: impl FnOnce(&mut Fields<'_, '_>) -> Result<T, Malformed>,
) -> Result<T, Malformed> {
    let document = xml::parse(data)?;
    let root = document.root_element();
    xml::fence(root)?;
    whole(root, read)
}

fn whole<T>(
    data: Node<'_, '_>,
    read: impl FnOnce(&mut Fields<'_, '_>) -> Result<T, Malformed>,
) -> Result<T, Malformed> {
    if !is_plain(data, "ApplData") || data.attribute("Id") != Some("ApplData") {
        return Err(Malformed);
    }
    let mut fields = Fields::of(data)?;
    let read = read(&mut fields)?;
    fields.end()?;
    Ok(read)
}

/// The children of an element by their names.
pub(super) struct Fields<'a, 'i> {
    rest: BTreeMap<String, Node<'a, 'i>>,
}

impl<'a, 'i> Fields<'a, 'i> {
    fn of(element: Node<'a, 'i>) -> Result<Self, Malformed> {
        let mut rest = BTreeMap::new();
        for child in element.children() {
            if child.is_element() {
                if child
                    .tag_name()
                    .namespace()
                    .is_some_and(|uri| !uri.is_empty())
                {
                    return Err(Malformed);
                }
                let name = child.tag_name().name().to_owned();
                if rest.insert(name, child).is_some() {
                    return Err(Malformed);
                }
            } else if child
                .text()
                .is_some_and(|text| !text.trim_ascii().is_empty())
            {
                return Err(Malformed);
            }
        }
        Ok(Self { rest })
    }

    fn node(&mut self, name: &str) -> Result<Node<'a, 'i>, Malformed> {
        self.rest.remove(name).ok_or(Malformed)
    }

    /// The characters of a child, without white space around them.
    pub(super) fn text(&mut self, name: &str) -> Result<String, Malformed> {
        Ok(xml::text(self.node(name)?)?.trim_ascii().to_owned())
    }

    /// The children of a child.
    pub(super) fn group<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&mut Self) -> Result<T, Malformed>,
    ) -> Result<T, Malformed> {
        let mut inner = Self::of(self.node(name)?)?;
        let read = read(&mut inner)?;
        inner.end()?;
        Ok(read)
    }

    fn end(self) -> Result<(), Malformed> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(Malformed)
        }
    }
}

fn is_plain(node: Node<'_, '_>, name: &str) -> bool {
    node.tag_name().name() == name && node.tag_name().namespace().is_none_or(str::is_empty)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> Result<(String, String), Malformed> {
        unsigned(body.as_bytes(), 10_000, |fields| {
            Ok((fields.text("ArriveID")?, fields.text("NoticeSubID")?))
        })
    }

    fn of(inside: &str) -> String {
        format!(
            "<?xml version=\"1.0\"?>\n<DataRoot>\n<ApplData Id=\"ApplData\">{inside}</ApplData></DataRoot>"
        )
    }

    #[test]
    fn the_order_of_children_is_free() {
        let values = Ok(("1".to_owned(), "2".to_owned()));
        assert_eq!(
            read(&of("<ArriveID>1</ArriveID> <NoticeSubID>2</NoticeSubID>")),
            values
        );
        assert_eq!(
            read(&of("<NoticeSubID>2</NoticeSubID><ArriveID>1</ArriveID>")),
            values
        );
    }

    #[test]
    fn what_is_missing_doubled_unknown_or_elsewhere_is_refused() {
        for inside in [
            "<ArriveID>1</ArriveID>",
            "<ArriveID>1</ArriveID><ArriveID>1</ArriveID><NoticeSubID>2</NoticeSubID>",
            "<ArriveID>1</ArriveID><NoticeSubID>2</NoticeSubID><More/>",
            "<ArriveID>1</ArriveID><NoticeSubID>2</NoticeSubID>words",
            "<ArriveID><a>1</a></ArriveID><NoticeSubID>2</NoticeSubID>",
            "<ArriveID>1<!--x--></ArriveID><NoticeSubID>2</NoticeSubID>",
            "<ArriveID xmlns=\"urn:x\">1</ArriveID><NoticeSubID>2</NoticeSubID>",
        ] {
            assert_eq!(read(&of(inside)), Err(Malformed), "{inside}");
        }
        let id = of("<ArriveID>1</ArriveID><NoticeSubID>2</NoticeSubID>");
        assert_eq!(read(&id.replace("Id=", "ID=")), Err(Malformed));
        assert_eq!(read(&format!("<!DOCTYPE x>{id}")), Err(Malformed));
    }
}
