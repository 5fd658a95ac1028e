//! Plausible statements: what a small company or shop does with its accounts on a given day. The
//! same account and day give the same lines every time, from a fixed seed.

use renkei_core::account::{AccountType, Direction};
use renkei_core::port::fixed::SeededRandom;
use time::{Date, Month, Weekday};

/// One movement before it has its place and balance.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Movement {
    pub(crate) direction: Direction,
    pub(crate) amount_yen: i64,
    pub(crate) remarks: Option<&'static str>,
}

/// The movements of an account on one day. `balance_yen` keeps the account from being overdrawn.
pub(crate) fn movements(
    seed: u64,
    account: &str,
    kind: AccountType,
    day: Date,
    balance_yen: i64,
) -> Vec<Movement> {
    let random = SeededRandom::new(mixed(seed, account, day));
    let mut list = Vec::new();
    match kind {
        AccountType::Ordinary => business_day(&random, day, 1, &mut list),
        AccountType::Current => business_day(&random, day, 4, &mut list),
        AccountType::Savings => saving(day, &mut list),
        AccountType::Time => {}
    }
    let mut left = balance_yen;
    list.retain(|movement| match movement.direction {
        Direction::Deposit => {
            left += movement.amount_yen;
            true
        }
        Direction::Withdrawal if movement.amount_yen <= left => {
            left -= movement.amount_yen;
            true
        }
        Direction::Withdrawal => false,
    });
    list
}

/// What an account holds before its first line.
pub(crate) fn opening_yen(seed: u64, account: &str, kind: AccountType) -> i64 {
    let random = SeededRandom::new(mixed(seed, account, Date::MIN));
    match kind {
        AccountType::Ordinary => amount(&random, 800_000, 4_000_000, 1_000),
        AccountType::Current => amount(&random, 2_000_000, 9_000_000, 10_000),
        AccountType::Savings => amount(&random, 300_000, 3_000_000, 1_000),
        AccountType::Time => amount(&random, 1_000_000, 10_000_000, 100_000),
    }
}

/// A working day of a company whose sums are `scale` times those of a small shop.
fn business_day(random: &SeededRandom, day: Date, scale: i64, list: &mut Vec<Movement>) {
    if matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) || is_new_year(day) {
        return;
    }
    let mut add = |direction, amount_yen: i64, remarks| {
        list.push(Movement {
            direction,
            amount_yen: amount_yen * scale,
            remarks,
        });
    };
    if one_in(random, 3) {
        let from = pick(random, &CUSTOMERS);
        add(Direction::Deposit, amount(random, 38_000, 420_000, 1), from);
    }
    if one_in(random, 4) {
        add(
            Direction::Withdrawal,
            amount(random, 3_000, 90_000, 1),
            pick(random, &SUPPLIERS),
        );
    }
    if one_in(random, 9) {
        add(
            Direction::Withdrawal,
            amount(random, 10_000, 100_000, 1_000),
            Some("ATM出金"),
        );
    }
    if one_in(random, 40) {
        add(
            Direction::Deposit,
            amount(random, 5_000, 60_000, 1_000),
            None,
        );
    }
    match day.day() {
        10 => add(
            Direction::Withdrawal,
            amount(random, 48_000, 96_000, 100),
            Some("口座振替 国税"),
        ),
        20 => add(
            Direction::Withdrawal,
            amount(random, 11_000, 39_000, 1),
            Some("口座振替 電気料金"),
        ),
        25 => add(
            Direction::Withdrawal,
            amount(random, 240_000, 520_000, 1_000),
            Some("給与振込"),
        ),
        27 => add(
            Direction::Withdrawal,
            amount(random, 88_000, 132_000, 1_000),
            Some("テナント賃料"),
        ),
        28 => add(Direction::Withdrawal, 660, Some("振込手数料")),
        _ => {}
    }
}

fn saving(day: Date, list: &mut Vec<Movement>) {
    if day.day() == 26 {
        let remarks = Some("自動積立");
        list.push(Movement {
            direction: Direction::Deposit,
            amount_yen: 50_000,
            remarks,
        });
    }
    if day.day() == 15 && matches!(day.month(), Month::February | Month::August) {
        list.push(Movement {
            direction: Direction::Deposit,
            amount_yen: 124,
            remarks: Some("利息"),
        });
    }
}

fn is_new_year(day: Date) -> bool {
    (day.month() == Month::January && day.day() <= 3)
        || (day.month() == Month::December && day.day() == 31)
}

fn one_in(random: &SeededRandom, n: u64) -> bool {
    random.next().is_multiple_of(n)
}

fn amount(random: &SeededRandom, from: i64, to: i64, step: i64) -> i64 {
    let steps = u64::try_from((to - from) / step + 1).unwrap_or(1);
    from + i64::try_from(random.next() % steps).unwrap_or(0) * step
}

fn pick(random: &SeededRandom, from: &[&'static str]) -> Option<&'static str> {
    let index = random.next() % u64::try_from(from.len()).unwrap_or(1);
    usize::try_from(index)
        .ok()
        .and_then(|index| from.get(index).copied())
}

/// FNV-1a over the account's name, with seed and day.
fn mixed(seed: u64, account: &str, day: Date) -> u64 {
    let day = u64::from_le_bytes(i64::from(day.to_julian_day()).to_le_bytes());
    account
        .bytes()
        .fold(seed ^ day.rotate_left(32), |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
}

/// Invented companies.
const CUSTOMERS: [&str; 8] = [
    "振込 カ）ミヤガワモツコウ",
    "振込 ユ）マスダソウケン",
    "振込 カ）タカネリンギヨウ",
    "振込 ノウジクミアイ ナワテ",
    "振込 カ）クニフデンソウ",
    "振込 ゴウ）シンメイドウ",
    "振込 カ）ヤツサンカンコウ",
    "振込 イツパンシヤダン サンマチ",
];
const SUPPLIERS: [&str; 6] = [
    "振込 カ）ヒダコウサイ",
    "振込 カ）ノリクラシヨウカイ",
    "口座振替 通信料金",
    "口座振替 リース料",
    "振込 カ）アサヒチヨウインサツ",
    "口座振替 損害保険料",
];

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn the_same_day_gives_the_same_lines() {
        let lines = || {
            movements(
                1,
                "acc",
                AccountType::Current,
                date!(2026 - 08 - 25),
                9_000_000,
            )
        };
        assert_eq!(lines(), lines());
        assert!(!lines().is_empty(), "the 25th is pay day");
    }

    #[test]
    fn no_account_is_overdrawn() {
        let lines = movements(1, "acc", AccountType::Ordinary, date!(2026 - 08 - 25), 0);
        let sum: i64 = lines
            .iter()
            .map(|line| match line.direction {
                Direction::Deposit => line.amount_yen,
                Direction::Withdrawal => -line.amount_yen,
            })
            .sum();
        assert!(sum >= 0);
    }

    #[test]
    fn nothing_moves_at_new_year() {
        let lines = movements(
            1,
            "acc",
            AccountType::Current,
            date!(2026 - 01 - 01),
            9_000_000,
        );
        assert!(lines.is_empty());
    }
}
