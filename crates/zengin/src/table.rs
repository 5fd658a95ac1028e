//! The tables as they lie in the binary.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A bank, as the data names it: shortened (`飛騨信組`, `みずほ`), and its kana without small letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bank {
    /// 金融機関コード, four digits.
    pub code: &'static str,
    /// Its short name.
    pub name: &'static str,
    /// The same in katakana.
    pub kana: &'static str,
    /// The same in hiragana.
    pub hiragana: &'static str,
    /// The same in romaji.
    pub romaji: &'static str,
}

/// A branch, as the data names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Branch {
    /// 店番, three digits.
    pub code: &'static str,
    /// Its name, mostly without 支店.
    pub name: &'static str,
    /// The same in katakana.
    pub kana: &'static str,
    /// The same in hiragana.
    pub hiragana: &'static str,
    /// The same in romaji.
    pub romaji: &'static str,
}

impl Branch {
    /// The name as a passbook prints it. The data leaves 支店 out; head offices and departments have
    /// none.
    pub fn in_full(&self) -> String {
        let is_complete = ["部", "店", "所", "室"]
            .iter()
            .any(|end| self.name.ends_with(end));
        if is_complete {
            self.name.to_owned()
        } else {
            format!("{}支店", self.name)
        }
    }
}

/// The bank of a code.
pub fn bank(code: &str) -> Option<Bank> {
    TABLE_OF_BANKS.get(code).copied()
}

/// All banks, by code.
pub fn banks() -> impl Iterator<Item = Bank> {
    TABLE_OF_BANKS.values().copied()
}

/// A branch of a bank.
pub fn branch(bank: &str, code: &str) -> Option<Branch> {
    TABLE_OF_BRANCHES.get(bank)?.get(code).copied()
}

/// Whether the branches of a bank are in the data that is kept.
pub fn has_branches_of(bank: &str) -> bool {
    TABLE_OF_BRANCHES.contains_key(bank)
}

/// The release of the data, as its first line names it.
pub fn release() -> &'static str {
    let first = BANKS.lines().next().unwrap_or_default();
    first.trim_start_matches('#').trim()
}

/// The lines of a table without its heading.
fn rows(table: &'static str) -> impl Iterator<Item = std::str::Split<'static, char>> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split('\t'))
}

static TABLE_OF_BANKS: LazyLock<BTreeMap<&'static str, Bank>> = LazyLock::new(|| {
    let read = |mut cells: std::str::Split<'static, char>| {
        Some(Bank {
            code: cells.next()?,
            name: cells.next()?,
            kana: cells.next()?,
            hiragana: cells.next()?,
            romaji: cells.next()?,
        })
    };
    let all = rows(BANKS).filter_map(read);
    all.map(|bank| (bank.code, bank)).collect()
});

static TABLE_OF_BRANCHES: LazyLock<BTreeMap<&'static str, BTreeMap<&'static str, Branch>>> =
    LazyLock::new(|| {
        let read = |mut cells: std::str::Split<'static, char>| {
            let bank = cells.next()?;
            let branch = Branch {
                code: cells.next()?,
                name: cells.next()?,
                kana: cells.next()?,
                hiragana: cells.next()?,
                romaji: cells.next()?,
            };
            Some((bank, branch))
        };
        let mut table: BTreeMap<_, BTreeMap<_, _>> = BTreeMap::new();
        for (bank, branch) in rows(BRANCHES).filter_map(read) {
            table.entry(bank).or_default().insert(branch.code, branch);
        }
        table
    });

const BANKS: &str = include_str!("../../../data/zengin/banks.tsv");
const BRANCHES: &str = include_str!("../../../data/zengin/branches.tsv");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bank_is_there_with_every_writing() {
        assert!(banks().count() > 1000);
        for bank in banks() {
            let code = bank.code;
            assert!(
                code.len() == 4 && code.bytes().all(|b| b.is_ascii_digit()),
                "{code}"
            );
            let writings = [bank.name, bank.kana, bank.hiragana, bank.romaji];
            assert!(writings.iter().all(|text| !text.is_empty()), "{code}");
        }
        let unions = banks().filter(|b| b.name.ends_with("信組")).count();
        assert!(unions > 100, "{unions}");
        assert!(release().starts_with("zengin-code "), "{}", release());
    }

    #[test]
    fn branches_are_those_of_the_bank() {
        let name = |code| branch("2476", code).map(|branch| branch.in_full());
        assert_eq!(name("001").as_deref(), Some("本店営業部"));
        assert_eq!(name("002").as_deref(), Some("古川支店"));
        assert_eq!(name("999"), None);
        assert!(has_branches_of("2476") && !has_branches_of("9999"));
    }
}
