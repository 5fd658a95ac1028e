//! What the platform's own pages say about texts, for whoever checks a bank's.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use renkei_core::step::kinds;
use renkei_core::text::Language;
use renkei_pages::theme::{self, ThemeProblem};
use renkei_pages::{Pages, text_entries};
use renkei_tenant::{KnownBank, TextEntry, Words};

/// What the loader of banks asks of the platform's own texts; found once.
pub struct PlatformWords {
    needed: HashMap<&'static str, Vec<String>>,
    known: Vec<String>,
    own: BTreeMap<Language, BTreeSet<String>>,
    banks: Vec<KnownBank>,
}

impl PlatformWords {
    /// Reads the platform's own texts.
    pub fn new() -> Self {
        let keys = |language: Language| {
            let texts = Pages::base_texts(language.tag()).into_iter();
            texts.map(|text| text.key)
        };
        Self {
            needed: kinds::NAMES
                .iter()
                .map(|kind| (*kind, Pages::required_texts(kind)))
                .collect(),
            known: keys(Language::Japanese).collect(),
            own: Language::ALL
                .into_iter()
                .map(|language| (language, keys(language).collect()))
                .collect(),
            banks: renkei_zengin::banks()
                .map(|bank| KnownBank {
                    code: bank.code.to_owned(),
                    name: in_full(bank.name),
                })
                .collect(),
        }
    }
}

impl Default for PlatformWords {
    fn default() -> Self {
        Self::new()
    }
}

impl Words for PlatformWords {
    fn needed(&self, kind: &str) -> &[String] {
        self.needed.get(kind).map_or(&[], Vec::as_slice)
    }

    fn entries(&self, source: &str) -> Result<Vec<TextEntry>, (usize, String)> {
        let entry = |entry: renkei_pages::TextEntry| TextEntry {
            key: entry.key,
            line: entry.line,
            words: entry.words,
            placeholders: entry.placeholders,
            texts: entry.texts,
        };
        Ok(text_entries(source)?.into_iter().map(entry).collect())
    }

    fn theme_problems(&self, tokens: &BTreeMap<String, String>) -> Vec<(String, String)> {
        theme::problems(tokens).into_iter().map(told).collect()
    }

    fn terms_problem(&self, markdown: &str) -> Option<(usize, String)> {
        renkei_pages::terms::html(markdown).err()
    }

    /// The title and the button of a page are the bank's own words; for the rest the platform's may
    /// stand.
    fn has_own(&self, language: Language, key: &str) -> bool {
        let is_the_banks = key.split_once('-').is_some_and(|(kind, part)| {
            matches!(part, "title" | "continue") && kinds::with_page().contains(&kind)
        });
        let own = self.own.get(&language);
        !is_the_banks && own.is_some_and(|own| own.contains(key))
    }

    fn known(&self) -> &[String] {
        &self.known
    }

    fn is_asked_for(&self, key: &str) -> bool {
        Pages::is_asked_for(key)
    }

    fn placeholders(&self, key: &str) -> Option<&BTreeSet<String>> {
        Pages::placeholders(key)
    }

    fn known_banks(&self) -> &[KnownBank] {
        &self.banks
    }
}

/// A bank's name in full: the data writes 信組 for 信用組合, and leaves 銀行 out.
fn in_full(name: &str) -> String {
    let short = [
        ("信組", "信用組合"),
        ("信金", "信用金庫"),
        ("農協", "農業協同組合"),
        ("労金", "労働金庫"),
    ];
    let full = short
        .iter()
        .find_map(|(end, full)| Some(format!("{}{full}", name.strip_suffix(end)?)));
    full.unwrap_or_else(|| {
        if name.ends_with(['行', '庫', '合', '会']) {
            name.to_owned()
        } else {
            format!("{name}銀行")
        }
    })
}

fn told(problem: ThemeProblem) -> (String, String) {
    match problem {
        ThemeProblem::Contrast {
            front,
            behind,
            is,
            needs,
        } => (
            front,
            format!("contrast with `{behind}` is {is:.2}, must be {needs} or more (WCAG AA)"),
        ),
        ThemeProblem::Unknown(token) => {
            let known: Vec<_> = theme::TOKENS.iter().map(|(name, ..)| *name).collect();
            (
                token,
                format!("unknown token; known are {}", known.join(", ")),
            )
        }
        ThemeProblem::Value(token) => (
            token,
            "must be a colour as `#rrggbb`, or plain CSS without brackets".to_owned(),
        ),
    }
}
