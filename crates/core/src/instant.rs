//! Instants, and the Japanese calendar day they fall on. Nothing here reads a clock.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use time::format_description::well_known::Rfc3339;
use time::{Date, OffsetDateTime, Time, UtcOffset};

/// Milliseconds since 1970-01-01T00:00:00Z, by the platform's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The instant that many milliseconds after the epoch.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds after the epoch.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Whole seconds after the epoch, as OAuth's `exp` and `iat` want them.
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// The instant `span` later; the far future when it does not fit.
    #[must_use]
    pub fn plus(self, span: Duration) -> Self {
        Self(
            self.0
                .saturating_add(i64::try_from(span.as_millis()).unwrap_or(i64::MAX)),
        )
    }

    /// The instant `span` earlier.
    #[must_use]
    pub fn minus(self, span: Duration) -> Self {
        Self(
            self.0
                .saturating_sub(i64::try_from(span.as_millis()).unwrap_or(i64::MAX)),
        )
    }

    /// How much later this instant is than `earlier`; nothing when it is not.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// `2027-02-19T15:30:00+09:00`: seconds, Japanese offset.
    pub fn rfc3339(self) -> String {
        let at = self.in_japan();
        at.replace_millisecond(0)
            .unwrap_or(at)
            .format(&Rfc3339)
            .unwrap_or_default()
    }

    /// The calendar day in Japan.
    pub fn japan_date(self) -> Date {
        self.in_japan().date()
    }

    /// The time of day in Japan.
    pub fn japan_time(self) -> Time {
        self.in_japan().time()
    }

    /// The time of day in Japan, to the minute: `16:05`.
    pub fn japan_clock(self) -> String {
        let time = self.japan_time();
        format!("{:02}:{:02}", time.hour(), time.minute())
    }

    /// The instant with which a calendar day begins in Japan.
    pub fn of_japan_midnight(day: Date) -> Self {
        let at = day.midnight().assume_offset(JAPAN).unix_timestamp();
        Self(at.saturating_mul(1000))
    }

    fn in_japan(self) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp(self.seconds())
            .unwrap_or(OffsetDateTime::UNIX_EPOCH)
            .to_offset(JAPAN)
    }
}

/// Japan has one offset and no summer time.
const JAPAN: UtcOffset = time::macros::offset!(+9);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_is_the_day_in_japan() {
        let at = Timestamp::from_millis(1_700_000_000_000); // 2023-11-14T22:13:20Z
        assert_eq!(at.rfc3339(), "2023-11-15T07:13:20+09:00");
        let day = time::macros::date!(2023 - 11 - 15);
        assert_eq!(at.japan_date(), day);
        let midnight = Timestamp::of_japan_midnight(day);
        assert_eq!(midnight.rfc3339(), "2023-11-15T00:00:00+09:00");
    }
}
