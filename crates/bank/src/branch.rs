//! Branch names, from the zengin data (`data/`, with its licence): the demo bank's branches are those
//! the real bank has.

/// A branch's name as a passbook prints it; none when the bank has no such branch. A bank that the data
/// does not know is an invented one, and has every branch.
pub(crate) fn branch_name(bank_code: &str, branch_code: &str) -> Option<String> {
    let mut branches = branches(bank_code).peekable();
    if branches.peek().is_none() {
        return Some(format!("第{branch_code}支店"));
    }
    let found = branches.find(|(code, _)| *code == branch_code);
    found.map(|(_, name)| in_full(name))
}

/// The first branches of a bank, by code: for the demo customers of a new bank.
pub fn first_branches(bank_code: &str, count: usize) -> Vec<String> {
    branches(bank_code)
        .take(count)
        .map(|(code, _)| code.to_owned())
        .collect()
}

/// The branches of a bank: code and name.
fn branches(bank_code: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    BRANCHES.lines().skip(1).filter_map(move |line| {
        let mut cells = line.split(',');
        let (bank, _, branch, name) = (cells.next()?, cells.next()?, cells.next()?, cells.next()?);
        (bank == bank_code).then_some((branch, name))
    })
}

/// The banks of the data, by code and name in full: the data writes 信組 for 信用組合.
pub fn known_banks() -> Vec<(String, String)> {
    let mut banks: Vec<(String, String)> = Vec::new();
    for line in BRANCHES.lines().skip(1) {
        let mut cells = line.split(',');
        if let (Some(code), Some(name)) = (cells.next(), cells.next())
            && banks.last().is_none_or(|(last, _)| last != code)
        {
            banks.push((code.to_owned(), full_name(name)));
        }
    }
    banks
}

fn full_name(name: &str) -> String {
    let short = [
        ("信組", "信用組合"),
        ("信金", "信用金庫"),
        ("農協", "農業協同組合"),
    ];
    let found = short
        .iter()
        .find_map(|(end, full)| Some(format!("{}{full}", name.strip_suffix(end)?)));
    found.unwrap_or_else(|| {
        if name.ends_with(['行', '庫', '合', '会']) {
            name.to_owned()
        } else {
            format!("{name}銀行")
        }
    })
}

/// The data leaves 支店 out; head offices and departments have none.
fn in_full(name: &str) -> String {
    let is_complete = ["部", "店", "所", "室"]
        .iter()
        .any(|end| name.ends_with(end));
    if is_complete {
        name.to_owned()
    } else {
        format!("{name}支店")
    }
}

const BRANCHES: &str = include_str!("../data/zengin-branches.csv");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn branches_are_those_of_the_bank() {
        assert_eq!(branch_name("2476", "001").as_deref(), Some("本店営業部"));
        assert_eq!(branch_name("2476", "002").as_deref(), Some("古川支店"));
        assert_eq!(branch_name("2476", "999"), None);
        assert_eq!(branch_name("9999", "001").as_deref(), Some("第001支店"));
    }

    #[test]
    fn banks_have_their_names_in_full() {
        let banks = known_banks();
        for (code, name) in [("0001", "みずほ銀行"), ("2476", "飛騨信用組合")] {
            assert!(
                banks.contains(&(code.to_owned(), name.to_owned())),
                "{banks:?}"
            );
        }
    }
}
