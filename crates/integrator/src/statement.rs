//! A page of entries as it is shown: rows, totals of the page, and the course of the balance.

use std::collections::BTreeMap;

use serde::Serialize;
use time::Date;

use crate::chart::Chart;
use crate::period::{Period, iso};
use crate::platform::{Direction, Statement, Transaction};
use crate::yen::Yen;

/// What the account's page shows below the period.
#[derive(Serialize)]
pub(crate) struct Entries {
    rows: Vec<Row>,
    deposits: Yen,
    withdrawals: Yen,
    chart: Option<Chart>,
    /// It is one page of several.
    is_part: bool,
}

#[derive(Serialize)]
struct Row {
    date: String,
    /// Only when it differs from the date.
    value_date: Option<String>,
    remarks: Option<String>,
    deposit: Option<Yen>,
    withdrawal: Option<Yen>,
    balance: Option<Yen>,
}

impl Entries {
    /// `is_first` is false for the pages after the first.
    pub(crate) fn of(page: &Statement, period: Period, is_first: bool) -> Self {
        let entries = page.transactions.as_slice();
        let is_part = page.has_next || !is_first;
        let sum = |direction| {
            let matching = entries
                .iter()
                .filter(move |entry| entry.direction == direction);
            Yen::total(matching.map(|entry| entry.amount))
        };
        Self {
            rows: entries.iter().map(Row::of).collect(),
            deposits: sum(Direction::Deposit),
            withdrawals: sum(Direction::Withdrawal),
            chart: chart(
                entries,
                if is_part {
                    covered(entries)
                } else {
                    Some(period)
                },
            ),
            is_part,
        }
    }
}

impl Row {
    fn of(entry: &Transaction) -> Self {
        let only = |direction| (entry.direction == direction).then_some(entry.amount);
        let value_date = entry.value_date.filter(|date| *date != entry.date);
        Self {
            date: iso(entry.date),
            value_date: value_date.map(iso),
            remarks: entry.remarks.clone(),
            deposit: only(Direction::Deposit),
            withdrawal: only(Direction::Withdrawal),
            balance: entry.balance,
        }
    }
}

fn chart(entries: &[Transaction], period: Option<Period>) -> Option<Chart> {
    let period = period?;
    let opening = entries
        .first()
        .and_then(balance_before)
        .map(|before| (period.first(), before));
    let after = entries
        .iter()
        .filter_map(|entry| Some((entry.date, entry.balance?)));
    // What a day ends with counts, not what it passes through.
    let by_day: BTreeMap<Date, Yen> = opening.into_iter().chain(after).collect();
    Chart::of(&by_day, period)
}

fn balance_before(entry: &Transaction) -> Option<Yen> {
    let after = entry.balance?.value();
    Some(Yen::saturating(match entry.direction {
        Direction::Deposit => after - entry.amount.value(),
        Direction::Withdrawal => after + entry.amount.value(),
    }))
}

fn covered(entries: &[Transaction]) -> Option<Period> {
    Period::between(entries.first()?.date, entries.last()?.date)
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    fn page(has_next: bool) -> Statement {
        serde_json::from_value(serde_json::json!({
            "has_next": has_next, "next_item_key": null,
            "transactions": [
                {"transaction_date": "2026-11-02", "value_date": "2026-11-02", "transaction_type": "1",
                 "amount": "1000", "balance": "1500", "remarks": "フリコミ"},
                {"transaction_date": "2026-11-05", "value_date": "2026-11-04", "transaction_type": "2",
                 "amount": "300", "balance": "1200"},
            ]
        }))
        .unwrap()
    }

    fn november() -> Period {
        Period::between(date!(2026 - 11 - 01), date!(2026 - 11 - 30)).unwrap()
    }

    #[test]
    fn deposits_and_withdrawals_stand_apart() {
        let entries = Entries::of(&page(false), november(), true);
        let yen = |amount: &str| Yen::parse(amount).unwrap();
        assert_eq!(
            (entries.deposits, entries.withdrawals),
            (yen("1000"), yen("300"))
        );
        let [first, second] = entries.rows.as_slice() else {
            panic!("two rows")
        };
        assert_eq!((first.deposit, first.withdrawal), (Some(yen("1000")), None));
        assert_eq!(
            (second.deposit, second.withdrawal),
            (None, Some(yen("300")))
        );
        assert_eq!(
            (first.value_date.as_deref(), second.value_date.as_deref()),
            (None, Some("2026-11-04"))
        );
    }

    #[test]
    fn a_part_is_called_one_and_drawn_over_its_own_days() {
        assert!(!Entries::of(&page(false), november(), true).is_part);
        assert!(Entries::of(&page(true), november(), true).is_part);
        assert!(Entries::of(&page(false), november(), false).is_part);
        let drawn = |entries: Entries| serde_json::to_string(&entries.chart).unwrap();
        assert!(drawn(Entries::of(&page(false), november(), true)).contains("2026-11-30"));
        assert!(drawn(Entries::of(&page(true), november(), true)).contains("2026-11-05"));
    }

    #[test]
    fn the_balance_before_the_first_entry_is_known() {
        let statement = page(false);
        let [first, second] = statement.transactions.as_slice() else {
            panic!("two entries")
        };
        assert_eq!(balance_before(first), Yen::parse("500"));
        assert_eq!(balance_before(second), Yen::parse("1500"));
    }
}
