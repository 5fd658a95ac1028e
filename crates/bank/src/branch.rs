//! Branch names, from the zengin data (`data/`, with its licence): the demo bank's branches are those
//! the real bank has.

/// A branch's name as a passbook prints it; none when the bank has no such branch.
pub(crate) fn branch_name(bank_code: &str, branch_code: &str) -> Option<String> {
    BRANCHES.lines().skip(1).find_map(|line| {
        let mut cells = line.split(',');
        let (bank, _, branch, name) = (cells.next()?, cells.next()?, cells.next()?, cells.next()?);
        (bank == bank_code && branch == branch_code).then(|| in_full(name))
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
    }
}
