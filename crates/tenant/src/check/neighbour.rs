//! A bank's screens name no other bank: words copied from a neighbour's folder are noticed.

use std::collections::HashMap;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, SourceFile};
use crate::load::LoadedTenant;
use crate::tree::{Content, Node, Position};
use crate::words::KnownBank;

/// What a bank's customers may read: its words and its YAML.
#[derive(Debug, Default)]
pub(crate) struct Readable {
    pub(crate) lines: Vec<SourceFile>,
    pub(crate) yaml: Option<(SourceFile, Node)>,
}

/// The names of all banks, by their first two characters, so that a text is read once.
pub(crate) struct Names {
    by_beginning: HashMap<[char; 2], Vec<Name>>,
}

struct Name {
    letters: Vec<char>,
    code: String,
    whose: String,
}

impl Names {
    /// The names of the banks of a set, and of those that are known beside it.
    pub(crate) fn of(tenants: &[Arc<LoadedTenant>], known: &[KnownBank]) -> Self {
        let mut names = Self {
            by_beginning: HashMap::new(),
        };
        for loaded in tenants {
            let (code, id) = (&loaded.tenant.bank_code, &loaded.tenant.id);
            let file = &loaded.file;
            for text in [&file.name, &file.product] {
                for words in [&text.ja, &text.en] {
                    names.add(words, code, format!("the bank `{id}`"));
                }
            }
        }
        for bank in known {
            names.add(&bank.name, &bank.code, format!("bank {}", bank.code));
        }
        names
    }

    fn add(&mut self, words: &str, code: &str, whose: String) {
        let letters: Vec<char> = words.chars().collect();
        let [first, second, ..] = letters.as_slice() else {
            return;
        };
        if is_telling(words) {
            let bucket = self.by_beginning.entry([*first, *second]).or_default();
            bucket.push(Name {
                letters,
                code: code.to_owned(),
                whose,
            });
        }
    }

    /// Every place where a bank's files name another bank.
    pub(crate) fn foreign(&self, loaded: &LoadedTenant, readable: &Readable) -> Vec<Diagnostic> {
        let file = &loaded.file;
        let own = [
            &file.name.ja,
            &file.name.en,
            &file.product.ja,
            &file.product.en,
        ];
        let own: Vec<Vec<char>> = own.map(|words| words.chars().collect()).into();
        let reader = Reader {
            names: self,
            own,
            code: &loaded.tenant.bank_code,
        };
        let mut found = Vec::new();
        for source in &readable.lines {
            for (number, line) in (1..).zip(source.text.lines()) {
                if !line.starts_with('#') {
                    let at = Position {
                        line: number,
                        column: 1,
                    };
                    reader.read(source, line, at, "", &mut found);
                }
            }
        }
        if let Some((source, node)) = &readable.yaml {
            reader.walk(source, node, "", &mut found);
        }
        found
    }
}

struct Reader<'a> {
    names: &'a Names,
    own: Vec<Vec<char>>,
    code: &'a str,
}

impl Reader<'_> {
    fn walk(&self, source: &SourceFile, node: &Node, path: &str, found: &mut Vec<Diagnostic>) {
        match &node.content {
            Content::Map(entries) => {
                for entry in entries {
                    let below = match path {
                        "" => entry.key.clone(),
                        path => format!("{path}.{}", entry.key),
                    };
                    self.walk(source, &entry.value, &below, found);
                }
            }
            Content::Sequence(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.walk(source, item, &format!("{path}[{index}]"), found);
                }
            }
            Content::Scalar(value) => {
                if let Some(words) = value.as_str() {
                    self.read(source, words, node.at, path, found);
                }
            }
        }
    }

    /// Reads words that begin at a place.
    fn read(
        &self,
        source: &SourceFile,
        words: &str,
        at: Position,
        path: &str,
        found: &mut Vec<Diagnostic>,
    ) {
        let letters: Vec<char> = words.chars().collect();
        let mut rest = letters.as_slice();
        while let [first, second, ..] = rest {
            let own = self.own.iter().filter(|own| rest.starts_with(own));
            if let Some(own) = own
                .max_by_key(|own| own.len())
                .filter(|own| !own.is_empty())
            {
                rest = rest.get(own.len()..).unwrap_or_default();
                continue;
            }
            let named = self.names.by_beginning.get(&[*first, *second]);
            let named = named.into_iter().flatten().find(|name| {
                name.code != self.code && rest.starts_with(&name.letters) && {
                    let after = rest.get(name.letters.len());
                    !(first.is_ascii() && after.is_some_and(char::is_ascii_alphanumeric))
                }
            });
            if let Some(name) = named {
                let at = Position {
                    line: at.line,
                    column: at.column + letters.len() - rest.len(),
                };
                let words: String = name.letters.iter().collect();
                let what = format!("names another bank: `{words}` is {}", name.whose);
                let hint = "a bank's screens name no other bank; use its own name or reword";
                found.push(Diagnostic::at(source, at, path, what).hint(hint));
                rest = rest.get(name.letters.len()..).unwrap_or_default();
            } else {
                rest = rest.get(1..).unwrap_or_default();
            }
        }
    }
}

/// Whether a name names anybody: what is left without the words every bank uses.
fn is_telling(name: &str) -> bool {
    let mut left = name.to_lowercase();
    for word in GENERIC {
        left = left.replace(word, "");
    }
    let letters = left.chars().filter(|c| c.is_alphanumeric()).count();
    let is_latin = name.is_ascii();
    letters >= 2 && name.chars().count() >= if is_latin { 5 } else { 4 }
}

/// Longer words before the shorter ones they contain.
const GENERIC: [&str; 14] = [
    "インターネットバンキング",
    "ダイレクト",
    "サービス",
    "法人",
    "個人",
    "信用組合",
    "信用金庫",
    "銀行",
    "internet banking",
    "online banking",
    "corporate",
    "personal",
    "direct",
    "bank",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_every_bank_uses_name_nobody() {
        for name in [
            "インターネットバンキング",
            "Internet Banking",
            "法人ダイレクト",
        ] {
            assert!(!is_telling(name), "{name}");
        }
        for name in [
            "ひだしん法人インターネットバンキング",
            "Hana Bank",
            "みずほ銀行",
        ] {
            assert!(is_telling(name), "{name}");
        }
    }
}
