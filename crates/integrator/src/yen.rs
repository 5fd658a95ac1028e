//! Amounts of yen, as the platform sends them (strings of digits) and as people read them.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::language::Language;

/// Whole yen; negative for an overdrawn account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Yen(i64);

impl Yen {
    /// An optional `-` and 1 to 15 digits. No sign in front of a positive amount, no separators, no
    /// fraction.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let fits = (1..=15).contains(&digits.len());
        if !fits || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        text.parse().ok().map(Self)
    }

    /// The number itself, wide enough for sums and scaling.
    pub(crate) fn value(self) -> i128 {
        i128::from(self.0)
    }

    /// From a number that was computed; beyond the range it stays at the range's end.
    pub(crate) fn saturating(value: i128) -> Self {
        let end = if value < 0 { i64::MIN } else { i64::MAX };
        Self(i64::try_from(value).unwrap_or(end))
    }

    /// Adds up.
    pub(crate) fn total(amounts: impl Iterator<Item = Self>) -> Self {
        Self::saturating(amounts.map(Self::value).sum())
    }

    /// `12,345円` or `¥12,345`, with a true minus sign.
    pub(crate) fn written(self, language: Language) -> String {
        let minus = if self.0 < 0 { "−" } else { "" };
        let grouped = grouped(self.0.unsigned_abs());
        match language {
            Language::Japanese => format!("{minus}{grouped}円"),
            Language::English => format!("{minus}¥{grouped}"),
        }
    }
}

fn grouped(amount: u64) -> String {
    let digits = amount.to_string();
    let mut grouped = String::with_capacity(digits.len() * 4 / 3 + 1);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

impl Serialize for Yen {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Yen {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| de::Error::custom("not an amount of yen"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_whole_numbers_are_amounts() {
        for (text, amount) in [("0", 0), ("12345", 12_345), ("-500", -500), ("007", 7)] {
            assert_eq!(Yen::parse(text), Some(Yen(amount)), "{text}");
        }
        for text in [
            "",
            "-",
            "+5",
            "1,000",
            "1.5",
            " 1",
            "１",
            "9999999999999999",
            "--1",
        ] {
            assert_eq!(Yen::parse(text), None, "{text}");
        }
    }

    #[test]
    fn thousands_are_grouped() {
        let written = [
            (0, "0円", "¥0"),
            (999, "999円", "¥999"),
            (1_000, "1,000円", "¥1,000"),
            (12_345, "12,345円", "¥12,345"),
            (-1_234_567, "−1,234,567円", "−¥1,234,567"),
        ];
        for (amount, japanese, english) in written {
            assert_eq!(Yen(amount).written(Language::Japanese), japanese);
            assert_eq!(Yen(amount).written(Language::English), english);
        }
    }

    #[test]
    fn sums_do_not_wrap_around() {
        let most = Yen(i64::MAX);
        assert_eq!(Yen::total([most, most].into_iter()), most);
        assert_eq!(Yen::total([Yen(3), Yen(-5)].into_iter()), Yen(-2));
    }
}
