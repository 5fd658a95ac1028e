//! Writing documents: the order stands visibly in the caller's code, a missing value is an empty element.

/// A document under construction.
#[derive(Debug, Default)]
pub struct Writer {
    written: String,
}

impl Writer {
    /// A document, beginning with its declaration.
    pub fn document() -> Self {
        Self {
            written: String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"),
        }
    }

    /// A part of a document.
    pub fn fragment() -> Self {
        Self::default()
    }

    /// An element with what `inside` writes.
    pub fn element(&mut self, name: &str, inside: impl FnOnce(&mut Self)) {
        self.element_with(name, &[], inside);
    }

    /// An element with attributes.
    pub fn element_with(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        inside: impl FnOnce(&mut Self),
    ) {
        self.open(name, attributes);
        self.written.push('>');
        let before = self.written.len();
        inside(self);
        if self.written.len() == before {
            self.written.pop();
            self.written.push_str("/>");
        } else {
            self.written.push_str("</");
            self.written.push_str(name);
            self.written.push('>');
        }
    }

    /// An element with a value; an empty element without one.
    pub fn leaf(&mut self, name: &str, value: &str) {
        self.element(name, |it| it.text(value));
    }

    /// Characters.
    pub fn text(&mut self, value: &str) {
        for character in value.chars() {
            self.push(character, false);
        }
    }

    /// A processing instruction; both parts are our own words.
    pub fn instruction(&mut self, target: &'static str, data: &str) {
        self.written.push_str("<?");
        self.written.push_str(target);
        self.written.push(' ');
        self.written.push_str(&data.replace("?>", ""));
        self.written.push_str("?>\n");
    }

    /// A part that was written before.
    pub fn part(&mut self, part: &Self) {
        self.written.push_str(&part.written);
    }

    /// What was written.
    pub fn finish(self) -> String {
        self.written
    }

    fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.written.push('<');
        self.written.push_str(name);
        for (name, value) in attributes {
            self.written.push(' ');
            self.written.push_str(name);
            self.written.push_str("=\"");
            for character in value.chars() {
                self.push(character, true);
            }
            self.written.push('"');
        }
    }

    fn push(&mut self, character: char, in_attribute: bool) {
        match character {
            '&' => self.written.push_str("&amp;"),
            '<' => self.written.push_str("&lt;"),
            '>' => self.written.push_str("&gt;"),
            '"' => self.written.push_str("&quot;"),
            '\r' => self.written.push_str("&#xD;"),
            '\n' if in_attribute => self.written.push_str("&#xA;"),
            '\t' if in_attribute => self.written.push_str("&#x9;"),
            '\n' | '\t' => self.written.push(character),
            // No XML document can hold these.
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => self.written.push('\u{fffd}'),
            _ => self.written.push(character),
        }
    }
}
