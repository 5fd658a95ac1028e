//! What the loader asks about a bank's words, whose format and use it does not know.

use std::collections::{BTreeMap, BTreeSet};

use renkei_core::text::Language;

/// A text as its file has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextEntry {
    /// Its key.
    pub key: String,
    /// The line of its key, from 1.
    pub line: usize,
    /// Its words as they are written.
    pub words: String,
    /// What its placeholders are called.
    pub placeholders: BTreeSet<String>,
    /// The other texts it is made of, by key.
    pub texts: BTreeSet<String>,
}

/// A bank that exists, whether or not it is on the platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownBank {
    /// 金融機関コード.
    pub code: String,
    /// Its name, in full.
    pub name: String,
}

/// Answers for a bank's words. Implemented over the pages.
pub trait Words: Sync {
    /// The keys of the texts that a kind of step needs of the bank itself.
    fn needed(&self, kind: &str) -> &[String];

    /// The texts of one file, or the line (from 1) and what is wrong with it.
    fn entries(&self, source: &str) -> Result<Vec<TextEntry>, (usize, String)>;

    /// What is wrong with a bank's design tokens: the token and what is wrong with it.
    fn theme_problems(&self, tokens: &BTreeMap<String, String>) -> Vec<(String, String)>;

    /// What is wrong with a text that customers agree to, as its line (from 1) and what it is.
    fn terms_problem(&self, markdown: &str) -> Option<(usize, String)>;

    /// Whether the platform has a text of its own for this key, that may stand for the bank's.
    fn has_own(&self, language: Language, key: &str) -> bool;

    /// The keys of all texts of the platform.
    fn known(&self) -> &[String];

    /// Whether any page asks for a text of this key.
    fn is_asked_for(&self, key: &str) -> bool;

    /// What the platform can fill in a text of this key; none when it has no such text.
    fn placeholders(&self, key: &str) -> Option<&BTreeSet<String>>;

    /// Banks that no other bank's screen may name.
    fn known_banks(&self) -> &[KnownBank] {
        &[]
    }
}
