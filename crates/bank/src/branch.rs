//! The demo bank's branches are those the real bank has, as far as the zengin data is kept for it.

use renkei_zengin::{branch, has_branches_of};

/// A branch's name as a passbook prints it; none when the bank has no such branch. A bank whose
/// branches nobody knows, a made-up one above all, has every branch, named by its number.
pub(crate) fn branch_name(bank_code: &str, branch_code: &str) -> Option<String> {
    match branch(bank_code, branch_code) {
        Some(known) => Some(known.in_full()),
        None if has_branches_of(bank_code) => None,
        None => Some(format!("{branch_code}支店")),
    }
}

/// The first branches of a bank, by code: for the demo customers of a new bank.
pub fn first_branches(bank_code: &str, count: usize) -> Vec<String> {
    (1..=999)
        .map(|number| format!("{number:03}"))
        .filter(|code| branch(bank_code, code).is_some())
        .take(count)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn branches_are_those_of_the_bank() {
        assert_eq!(branch_name("2476", "001").as_deref(), Some("本店営業部"));
        assert_eq!(branch_name("2476", "002").as_deref(), Some("古川支店"));
        assert_eq!(branch_name("2476", "999"), None);
        assert_eq!(branch_name("9990", "012").as_deref(), Some("012支店"));
        let own = first_branches("2476", 2);
        assert_eq!(own.len(), 2);
        assert!(branch_name("2476", &own[0]).is_some());
    }
}
