//! Canonical XML 1.0, inclusive, without comments (<https://www.w3.org/TR/2001/REC-xml-c14n-20010315>), of one element.
//!
//! Inclusive means that a namespace in scope belongs to the element even when it was declared above: the exclusive kind
//! would break software that declares a prefix on the root.

use std::collections::BTreeMap;

use roxmltree::{Attribute, Node};

/// What cannot be canonicalized: a name whose prefix is not found in the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the element cannot be canonicalized")]
pub struct NotCanonical;

/// The canonical bytes of an element and all it holds.
pub fn canonical(element: Node<'_, '_>) -> Result<String, NotCanonical> {
    let mut out = String::new();
    let source = element.document().input_text();
    let mut writer = Canonicalizer {
        source,
        out: &mut out,
    };
    writer.element(element, None)?;
    Ok(out)
}

/// Prefix to namespace; the empty prefix is the default namespace.
type Scope<'i> = BTreeMap<&'i str, &'i str>;

struct Canonicalizer<'i, 'o> {
    source: &'i str,
    out: &'o mut String,
}

impl<'i> Canonicalizer<'i, '_> {
    fn element<'a>(
        &mut self,
        element: Node<'a, 'i>,
        above: Option<&Scope<'a>>,
    ) -> Result<(), NotCanonical> {
        let name = name_at(self.source, element.range().start.saturating_add(1))?;
        self.out.push('<');
        self.out.push_str(name);
        let scope = scope(element);
        self.namespaces(&scope, above);
        self.attributes(element, above.is_none())?;
        self.out.push('>');
        for child in element.children() {
            if child.is_element() {
                self.element(child, Some(&scope))?;
            } else if child.is_text() {
                self.text(child.text().unwrap_or_default());
            } else if let Some(instruction) = child.pi() {
                self.out.push_str("<?");
                self.out.push_str(instruction.target);
                if let Some(value) = instruction.value {
                    self.out.push(' ');
                    self.out.push_str(value);
                }
                self.out.push_str("?>");
            }
        }
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
        Ok(())
    }

    /// Declarations that the element above has not rendered yet, by prefix.
    fn namespaces(&mut self, scope: &Scope<'_>, above: Option<&Scope<'_>>) {
        let rendered = |prefix: &str| {
            let uri = above.and_then(|above| above.get(prefix)).copied();
            uri.or_else(|| prefix.is_empty().then_some(""))
        };
        // Nothing in scope where something was: only the default namespace can be taken back.
        let undeclared = !scope.contains_key("") && rendered("").is_some_and(|it| !it.is_empty());
        if undeclared {
            self.out.push_str(" xmlns=\"\"");
        }
        for (prefix, uri) in scope {
            if rendered(prefix) == Some(*uri) {
                continue;
            }
            self.out.push_str(" xmlns");
            if !prefix.is_empty() {
                self.out.push(':');
                self.out.push_str(prefix);
            }
            self.value(uri);
        }
    }

    /// Attributes by namespace, then by local name. The outermost element inherits those of the namespace `xml`.
    fn attributes(&mut self, element: Node<'_, 'i>, outermost: bool) -> Result<(), NotCanonical> {
        let mut found: BTreeMap<(&str, &str), Attribute<'_, 'i>> = BTreeMap::new();
        for attribute in element.attributes() {
            found.insert(key(&attribute), attribute);
        }
        if outermost {
            for above in element.ancestors().skip(1) {
                let inherited = above
                    .attributes()
                    .filter(|it| it.namespace() == Some(roxmltree::NS_XML_URI));
                for attribute in inherited {
                    found.entry(key(&attribute)).or_insert(attribute);
                }
            }
        }
        for attribute in found.values() {
            self.out.push(' ');
            let name = name_at(self.source, attribute.range().start)?;
            self.out.push_str(name);
            self.value(attribute.value());
        }
        Ok(())
    }

    fn value(&mut self, value: &str) {
        self.out.push_str("=\"");
        for character in value.chars() {
            match character {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '"' => self.out.push_str("&quot;"),
                '\t' => self.out.push_str("&#x9;"),
                '\n' => self.out.push_str("&#xA;"),
                '\r' => self.out.push_str("&#xD;"),
                _ => self.out.push(character),
            }
        }
        self.out.push('"');
    }

    fn text(&mut self, text: &str) {
        for character in text.chars() {
            match character {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '\r' => self.out.push_str("&#xD;"),
                _ => self.out.push(character),
            }
        }
    }
}

fn key<'a>(attribute: &Attribute<'a, '_>) -> (&'a str, &'a str) {
    (attribute.namespace().unwrap_or(""), attribute.name())
}

/// What is in scope at an element, without the built-in prefix and without an empty default namespace.
fn scope<'a>(element: Node<'a, '_>) -> Scope<'a> {
    let mut scope = Scope::new();
    for namespace in element.namespaces() {
        let prefix = namespace.name().unwrap_or("");
        if prefix != "xml" && !namespace.uri().is_empty() {
            scope.insert(prefix, namespace.uri());
        }
    }
    scope
}

/// The name that stands at a place of the source, with its prefix: the tree keeps none.
fn name_at(source: &str, start: usize) -> Result<&str, NotCanonical> {
    let rest = source.get(start..).ok_or(NotCanonical)?;
    let end = rest
        .find(|it: char| it.is_ascii_whitespace() || matches!(it, '/' | '>' | '='))
        .ok_or(NotCanonical)?;
    match rest.get(..end) {
        Some(name) if !name.is_empty() => Ok(name),
        _ => Err(NotCanonical),
    }
}
