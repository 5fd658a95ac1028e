//! The days a statement covers.

use serde::Serialize;
use time::macros::format_description;
use time::{Date, Duration};

/// Both days belong to it; the first is never after the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Period {
    first: Date,
    last: Date,
}

/// Why what was typed is no period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum PeriodError {
    /// A date that is none.
    NotADate,
    /// It ends before it begins.
    Reversed,
}

impl Period {
    /// The last 31 days, today included.
    pub(crate) fn latest(today: Date) -> Self {
        let first = today.checked_sub(Duration::days(30)).unwrap_or(today);
        Self { first, last: today }
    }

    /// From what a date field sends (`YYYY-MM-DD`); a field left empty falls back to the latest 31 days.
    pub(crate) fn parse(from: &str, to: &str, today: Date) -> Result<Self, PeriodError> {
        let last = typed(to)?.unwrap_or(today);
        let first = typed(from)?.unwrap_or_else(|| Self::latest(last).first);
        if first > last {
            return Err(PeriodError::Reversed);
        }
        Ok(Self { first, last })
    }

    /// `None` when it would end before it begins.
    pub(crate) fn between(first: Date, last: Date) -> Option<Self> {
        (first <= last).then_some(Self { first, last })
    }

    pub(crate) fn first(self) -> Date {
        self.first
    }

    pub(crate) fn last(self) -> Date {
        self.last
    }
}

/// The date as forms and the platform write it.
pub(crate) fn iso(date: Date) -> String {
    date.format(format_description!("[year]-[month]-[day]"))
        .unwrap_or_default()
}

fn typed(text: &str) -> Result<Option<Date>, PeriodError> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    Date::parse(text, format_description!("[year]-[month]-[day]"))
        .map(Some)
        .map_err(|_| PeriodError::NotADate)
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    const TODAY: Date = date!(2026 - 03 - 15);

    #[test]
    fn nothing_typed_means_31_days_up_to_today() {
        let period = Period::parse("", " ", TODAY).unwrap();
        assert_eq!(period, Period::latest(TODAY));
        assert_eq!((period.last() - period.first()).whole_days(), 30);
        assert_eq!(iso(period.first()), "2026-02-13");
    }

    #[test]
    fn one_end_alone_is_enough() {
        let until = Period::parse("", "2026-01-31", TODAY).unwrap();
        assert_eq!(
            (until.first(), until.last()),
            (date!(2026 - 01 - 01), date!(2026 - 01 - 31))
        );
        let since = Period::parse("2026-03-15", "", TODAY).unwrap();
        assert_eq!((since.first(), since.last()), (TODAY, TODAY));
    }

    #[test]
    fn what_is_no_period_is_refused() {
        let rows = [
            ("2026-03-02", "2026-03-01", PeriodError::Reversed),
            ("2026-02-30", "", PeriodError::NotADate),
            ("2026/03/01", "", PeriodError::NotADate),
            ("", "tomorrow", PeriodError::NotADate),
        ];
        for (from, to, error) in rows {
            assert_eq!(Period::parse(from, to, TODAY), Err(error), "{from}..{to}");
        }
    }
}
