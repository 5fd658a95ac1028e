//! When a bank's service is open, by Japan's clock: spans of each weekday, days on which it stays
//! closed, and maintenance. It is asked before a journey begins and never during one.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;
use std::time::Duration;

use time::{Date, Weekday};

use crate::instant::Timestamp;
use crate::text::Bilingual;

/// The hours of a bank; of none, by default: it is always open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hours {
    /// The spans that begin on each weekday, in minutes; none when every day is open all day.
    pub week: Option<BTreeMap<Day, Vec<Span>>>,
    /// Days on which it stays closed from midnight to midnight.
    pub closed_dates: BTreeSet<Date>,
    /// Maintenance that was announced.
    pub maintenance: Vec<Maintenance>,
}

/// A weekday that can be a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(u8);

/// From when to when, in minutes from the midnight with which its day begins; the end may lie in the
/// day after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    from: u16,
    to: u16,
}

/// Text that is no span.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "must be two times such as \"08:00-23:00\"; the second may lie after midnight, \"22:00-02:00\""
)]
pub struct NotASpan;

/// Work on the bank's system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Maintenance {
    /// When it begins.
    pub from: Timestamp,
    /// When it is over.
    pub to: Timestamp,
    /// What the customer is told of it.
    pub reason: Bilingual,
}

/// What the hours say of an instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServiceState<'a> {
    /// Customers may begin.
    Open,
    /// They may not.
    Closed {
        /// When they may again; none when that is further away than anybody plans.
        reopens_at: Option<Timestamp>,
        /// What is told of it, under maintenance.
        reason: Option<&'a Bilingual>,
    },
}

impl Day {
    /// The weekday of a name as files write it: `mon` to `sun`.
    pub fn of_name(name: &str) -> Option<Self> {
        let at = DAYS.iter().position(|day| *day == name)?;
        u8::try_from(at).ok().map(Self)
    }

    fn of(date: Date) -> Self {
        Self(date.weekday().number_days_from_monday())
    }
}

impl From<Weekday> for Day {
    fn from(day: Weekday) -> Self {
        Self(day.number_days_from_monday())
    }
}

impl Span {
    fn has(self, minute: u16) -> bool {
        (self.from..self.to).contains(&minute)
    }
}

impl FromStr for Span {
    type Err = NotASpan;

    /// `08:00-23:00`; also with the dashes of printed matter. An end at or before the beginning is in
    /// the next day, and `24:00` is its midnight.
    fn from_str(text: &str) -> Result<Self, NotASpan> {
        let mut halves = text.split(['-', '–', '〜', '～']);
        let (Some(from), Some(to), None) = (halves.next(), halves.next(), halves.next()) else {
            return Err(NotASpan);
        };
        let (from, to) = (minutes(from)?, minutes(to)?);
        if from >= DAY {
            return Err(NotASpan);
        }
        let to = if to <= from { to + DAY } else { to };
        Ok(Self { from, to })
    }
}

/// `HH:MM`, up to `24:00`.
fn minutes(text: &str) -> Result<u16, NotASpan> {
    let (hour, minute) = text.trim().split_once(':').ok_or(NotASpan)?;
    let number = |text: &str, digits: usize| {
        let is_number =
            (1..=digits).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| text.parse::<u16>().ok()).flatten()
    };
    let (hour, minute) = number(hour, 2).zip(number(minute, 2)).ok_or(NotASpan)?;
    let at = hour * 60 + minute;
    if minute < 60 && at <= DAY {
        Ok(at)
    } else {
        Err(NotASpan)
    }
}

impl Hours {
    /// Whether the service is open at an instant, and if not, when it will be.
    pub fn at(&self, now: Timestamp) -> ServiceState<'_> {
        if self.is_open(now) {
            return ServiceState::Open;
        }
        let works = self
            .maintenance
            .iter()
            .find(|m| m.from <= now && now < m.to);
        ServiceState::Closed {
            reopens_at: self.next_opening(now),
            reason: works.map(|works| &works.reason),
        }
    }

    fn is_open(&self, now: Timestamp) -> bool {
        if self.maintenance.iter().any(|m| m.from <= now && now < m.to) {
            return false;
        }
        let (today, time) = (now.japan_date(), now.japan_time());
        if self.closed_dates.contains(&today) {
            return false;
        }
        let minute = u16::from(time.hour()) * 60 + u16::from(time.minute());
        self.has(today, minute)
            || today
                .previous_day()
                .is_some_and(|yesterday| self.has(yesterday, minute + DAY))
    }

    /// Whether a span that begins on this day has the minute. A day that stays closed begins none.
    fn has(&self, day: Date, minute: u16) -> bool {
        if self.closed_dates.contains(&day) {
            return false;
        }
        match &self.week {
            None => minute < DAY,
            Some(week) => {
                let spans = week.get(&Day::of(day)).into_iter().flatten();
                spans.into_iter().any(|span| span.has(minute))
            }
        }
    }

    /// The first instant after `now` at which it is open: it can only be one at which something
    /// begins or ends.
    fn next_opening(&self, now: Timestamp) -> Option<Timestamp> {
        let mut day = now.japan_date();
        let ends = || self.maintenance.iter().map(|m| m.to);
        for _ in 0..FURTHEST_DAYS {
            let midnight = Timestamp::of_japan_midnight(day);
            let next = day.next_day()?;
            let spans = self.week.iter().filter_map(|week| week.get(&Day::of(day)));
            let beginnings = spans
                .flatten()
                .map(|span| midnight.plus(in_minutes(span.from)));
            let of_today =
                ends().filter(|end| (midnight..Timestamp::of_japan_midnight(next)).contains(end));
            let mut moments: Vec<Timestamp> = std::iter::once(midnight)
                .chain(beginnings)
                .chain(of_today)
                .filter(|at| *at > now)
                .collect();
            moments.sort_unstable();
            if let Some(at) = moments.into_iter().find(|at| self.is_open(*at)) {
                return Some(at);
            }
            day = next;
        }
        None
    }
}

fn in_minutes(minutes: u16) -> Duration {
    Duration::from_secs(u64::from(minutes) * 60)
}

/// The weekdays' names in files.
pub const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
/// Minutes of a day.
const DAY: u16 = 24 * 60;
/// Nobody plans further.
const FURTHEST_DAYS: usize = 400;

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    /// An instant by Japan's clock.
    fn at(day: Date, hour: u64, minute: u64) -> Timestamp {
        Timestamp::of_japan_midnight(day).plus(Duration::from_secs((hour * 60 + minute) * 60))
    }

    fn hours(week: &[(&str, &[&str])]) -> Hours {
        let spans = |texts: &[&str]| texts.iter().map(|text| text.parse().unwrap()).collect();
        let day = |(name, texts): &(&str, &[&str])| (Day::of_name(name).unwrap(), spans(texts));
        Hours {
            week: Some(week.iter().map(day).collect()),
            ..Hours::default()
        }
    }

    fn reopens(hours: &Hours, now: Timestamp) -> Option<Timestamp> {
        match hours.at(now) {
            ServiceState::Open => panic!("open"),
            ServiceState::Closed { reopens_at, .. } => reopens_at,
        }
    }

    // 2026-11-20 is a Friday.
    const FRIDAY: Date = date!(2026 - 11 - 20);
    const SATURDAY: Date = date!(2026 - 11 - 21);
    const SUNDAY: Date = date!(2026 - 11 - 22);
    const MONDAY: Date = date!(2026 - 11 - 23);

    #[test]
    fn without_hours_it_is_always_open() {
        for hour in 0..24 {
            assert_eq!(
                Hours::default().at(at(SUNDAY, hour, 59)),
                ServiceState::Open
            );
        }
    }

    #[test]
    fn each_weekday_has_its_own_spans_to_the_minute() {
        let hours = hours(&[
            ("fri", &["08:00-12:00", "13:00-23:00"]),
            ("mon", &["9:00〜17:00"]),
        ]);
        assert_eq!(reopens(&hours, at(FRIDAY, 7, 59)), Some(at(FRIDAY, 8, 0)));
        assert_eq!(hours.at(at(FRIDAY, 8, 0)), ServiceState::Open);
        assert_eq!(hours.at(at(FRIDAY, 11, 59)), ServiceState::Open);
        assert_eq!(reopens(&hours, at(FRIDAY, 12, 0)), Some(at(FRIDAY, 13, 0)));
        assert_eq!(reopens(&hours, at(FRIDAY, 23, 0)), Some(at(MONDAY, 9, 0)));
        assert_eq!(reopens(&hours, at(SATURDAY, 10, 0)), Some(at(MONDAY, 9, 0)));
    }

    #[test]
    fn a_span_may_pass_midnight() {
        let hours = hours(&[
            ("fri", &["22:00-02:00"]),
            ("sat", &["00:00-24:00"]),
            ("sun", &[]),
        ]);
        assert_eq!(hours.at(at(FRIDAY, 23, 59)), ServiceState::Open);
        assert_eq!(hours.at(at(SATURDAY, 1, 59)), ServiceState::Open);
        assert_eq!(hours.at(at(SATURDAY, 23, 59)), ServiceState::Open);
        assert_eq!(
            reopens(&hours, at(SUNDAY, 0, 0)),
            Some(at(date!(2026 - 11 - 27), 22, 0))
        );
        let nightly = self::hours(&[("fri", &["22:00-02:00"])]);
        assert_eq!(nightly.at(at(SATURDAY, 1, 59)), ServiceState::Open);
        assert_eq!(
            reopens(&nightly, at(SATURDAY, 2, 0)),
            Some(at(date!(2026 - 11 - 27), 22, 0))
        );
    }

    #[test]
    fn a_closed_date_is_closed_from_midnight_to_midnight() {
        let mut hours = hours(&[("fri", &["22:00-03:00"]), ("sat", &["08:00-02:00"])]);
        hours.closed_dates.insert(SATURDAY);
        assert_eq!(hours.at(at(FRIDAY, 23, 0)), ServiceState::Open);
        assert_ne!(
            hours.at(at(SATURDAY, 1, 0)),
            ServiceState::Open,
            "the night before ends"
        );
        assert_ne!(hours.at(at(SATURDAY, 9, 0)), ServiceState::Open);
        assert_ne!(
            hours.at(at(SUNDAY, 1, 0)),
            ServiceState::Open,
            "and its own night does not begin"
        );
        let mut always = Hours::default();
        always.closed_dates.extend([SATURDAY, SUNDAY]);
        assert_eq!(reopens(&always, at(SATURDAY, 0, 0)), Some(at(MONDAY, 0, 0)));
    }

    #[test]
    fn maintenance_closes_whatever_the_week_says_and_gives_its_reason() {
        let reason = Bilingual {
            ja: "定期メンテナンス".to_owned(),
            en: "Maintenance".to_owned(),
        };
        let hours = Hours {
            maintenance: vec![
                Maintenance {
                    from: at(FRIDAY, 21, 0),
                    to: at(SATURDAY, 6, 0),
                    reason: reason.clone(),
                },
                Maintenance {
                    from: at(SATURDAY, 6, 0),
                    to: at(SATURDAY, 7, 30),
                    reason,
                },
            ],
            ..Hours::default()
        };
        assert_eq!(hours.at(at(FRIDAY, 20, 59)), ServiceState::Open);
        let ServiceState::Closed { reopens_at, reason } = hours.at(at(FRIDAY, 21, 0)) else {
            panic!("open");
        };
        assert_eq!(
            reopens_at,
            Some(at(SATURDAY, 7, 30)),
            "one work follows the other"
        );
        assert_eq!(reason.unwrap().ja, "定期メンテナンス");
        assert_eq!(hours.at(at(SATURDAY, 7, 30)), ServiceState::Open);
    }

    #[test]
    fn a_bank_that_never_opens_promises_nothing() {
        assert_eq!(reopens(&hours(&[]), at(FRIDAY, 12, 0)), None);
    }

    #[test]
    fn a_span_is_two_times() {
        for text in [
            "",
            "8",
            "8:00",
            "08:00-",
            "08:00-25:00",
            "08:60-09:00",
            "24:00-25:00",
            "a-b",
            "8:00-9:00-10:00",
            "-8:00",
        ] {
            assert_eq!(text.parse::<Span>(), Err(NotASpan), "{text}");
        }
        assert_eq!(
            "00:00-00:00".parse(),
            Ok(Span { from: 0, to: DAY }),
            "all day"
        );
        assert_eq!(Day::of_name("monday"), None);
    }
}
