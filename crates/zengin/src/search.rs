//! How a bank is found: by name, kana, romaji or code, in whatever writing.

use crate::fold;
use crate::table::Bank;

/// Everything a bank is found by.
#[derive(Clone, Debug, Default)]
pub struct Finder {
    code: String,
    reading: Option<String>,
    texts: Vec<String>,
    romaji: Vec<String>,
}

/// What somebody typed.
#[derive(Clone, Debug, Default)]
pub struct Query(Vec<Word>);

#[derive(Clone, Debug)]
struct Word {
    text: String,
    romaji: String,
    is_code: bool,
}

impl Query {
    /// Reads what was typed: every word of it must be found.
    pub fn new(typed: &str) -> Self {
        let word = |word: &str| {
            let text = fold::text(word);
            let is_code = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
            Word {
                romaji: fold::romaji(word),
                is_code,
                text,
            }
        };
        let words = typed.split_whitespace().map(word);
        Self(words.filter(|word| !word.text.is_empty()).collect())
    }

    /// Whether nothing was typed that could be looked for.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Finder {
    /// What the bank of a code is found by: its own names, and those the data has for it.
    pub fn new(code: &str, own_names: &[&str], known: Option<Bank>) -> Self {
        let mut texts: Vec<String> = own_names.iter().map(|name| fold::text(name)).collect();
        let mut romaji = Vec::new();
        if let Some(bank) = known {
            texts.push(fold::text(bank.name));
            texts.push(fold::text(bank.kana));
            romaji.push(fold::romaji(bank.romaji));
            if let Some(full) = bank.in_full() {
                texts.push(fold::text(&full.name));
                texts.push(fold::text(&full.kana));
                romaji.push(fold::romaji(&full.romaji));
            }
        }
        Self {
            code: code.to_owned(),
            reading: known.map(|bank| fold::text(bank.kana)),
            texts,
            romaji,
        }
    }

    /// Where the bank stands among others: by its reading, else by its name.
    pub fn order(&self) -> &str {
        let reading = self.reading.as_deref();
        reading
            .or(self.texts.first().map(String::as_str))
            .unwrap_or(&self.code)
    }

    /// Whether the bank is what was looked for; anything is, when nothing was typed.
    pub fn is_found_by(&self, query: &Query) -> bool {
        query.0.iter().all(|word| self.has(word))
    }

    fn has(&self, word: &Word) -> bool {
        if word.is_code && self.code.starts_with(&word.text) {
            return true;
        }
        let in_texts = self.texts.iter().any(|text| text.contains(&word.text));
        in_texts
            || (!word.romaji.is_empty()
                && self.romaji.iter().any(|text| text.contains(&word.romaji)))
    }
}

/// A bank's name with its kind written out.
struct Full {
    name: String,
    kana: String,
    romaji: String,
}

impl Bank {
    /// Whether a bank of this name is the one the data means: the same writing, short or in full.
    pub fn is_called(&self, name: &str) -> bool {
        let name = fold::text(name);
        let full = self.in_full().map(|full| fold::text(&full.name));
        name == fold::text(self.name) || full.is_some_and(|full| full == name)
    }

    fn in_full(&self) -> Option<Full> {
        if self.code < FIRST_AFTER_BANKS || self.code == YUCHO {
            return Some(Full {
                name: format!("{}銀行", self.name),
                kana: format!("{}ギンコウ", self.kana),
                romaji: format!("{}ginkou", self.romaji),
            });
        }
        KINDS.iter().find_map(|[short, full]| {
            Some(Full {
                name: format!("{}{}", self.name.strip_suffix(short.name)?, full.name),
                kana: format!("{}{}", self.kana.strip_suffix(short.kana)?, full.kana),
                romaji: format!("{}{}", self.romaji.strip_suffix(short.romaji)?, full.romaji),
            })
        })
    }
}

/// One kind of institution in each writing.
struct Kind {
    name: &'static str,
    kana: &'static str,
    romaji: &'static str,
}

const fn kind(name: &'static str, kana: &'static str, romaji: &'static str) -> Kind {
    Kind { name, kana, romaji }
}

/// How the data shortens each kind, and the kind in full.
const KINDS: [[Kind; 2]; 3] = [
    [
        kind("信組", "シンクミ", "shinkumi"),
        kind("信用組合", "シンヨウクミアイ", "shinyoukumiai"),
    ],
    [
        kind("信金", "シンキン", "shinkin"),
        kind("信用金庫", "シンヨウキンコ", "shinyoukinko"),
    ],
    [
        kind("労金", "ロウキン", "roukin"),
        kind("労働金庫", "ロウドウキンコ", "roudoukinko"),
    ],
];
/// Codes below this one are banks', whose names the data gives without 銀行.
const FIRST_AFTER_BANKS: &str = "1000";
const YUCHO: &str = "9900";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table;

    fn finds(code: &str, typed: &str) -> bool {
        Finder::new(code, &[], table::bank(code)).is_found_by(&Query::new(typed))
    }

    #[test]
    fn a_bank_is_found_in_each_writing() {
        for typed in [
            "飛騨",
            "飛驒信用組合",
            "飛騨信組",
            "ヒダ",
            "ひだ",
            "ﾋﾀﾞｼﾝ",
            "ひだしんようくみあい",
            "hida",
            "HIDASHIN",
            "hidasin",
            "ｈｉｄａ",
            "hida shinyoukumiai",
            "2476",
            "２４７６",
            "24",
            "",
        ] {
            assert!(finds("2476", typed), "{typed}");
        }
        for typed in ["みずほ銀行", "mizuho ginko", "みずほぎんこう", "0001"] {
            assert!(finds("0001", typed), "{typed}");
        }
        for typed in [
            "そらちしょうこう",
            "空知商工",
            "sorachi shoko",
            "soratisyoukou",
        ] {
            assert!(finds("2019", typed), "{typed}");
        }
        assert!(finds("1001", "Hokkaido"));
    }

    #[test]
    fn another_bank_is_not_found() {
        for typed in [
            "みずほ",
            "sorachi",
            "2477",
            "476",
            "飛騨 みずほ",
            "飛騨銀行",
        ] {
            assert!(!finds("2476", typed), "{typed}");
        }
        assert!(Query::new(" 　").is_empty());
    }

    #[test]
    fn its_own_names_find_a_bank_that_the_data_does_not_have() {
        let own = Finder::new("9990", &["試験信用組合", "Trial Credit Union"], None);
        for typed in ["試験", "trial", "9990"] {
            assert!(own.is_found_by(&Query::new(typed)), "{typed}");
        }
    }

    #[test]
    fn a_name_is_compared_with_the_short_and_the_full_one() {
        let called = |code, name| table::bank(code).unwrap().is_called(name);
        assert!(called("2476", "飛驒信用組合") && called("2476", "飛騨信組"));
        assert!(called("0001", "みずほ銀行") && called("2277", "ハナ信用組合"));
        assert!(!called("2476", "空知商工信用組合"));
    }
}
