//! Days as people read them: with year and weekday.

use time::{Date, Weekday, macros::format_description};

use crate::text::TextArg;

/// What fills the text `date`: year, month, day and weekday (`mon` …); none when it is not a day.
pub(crate) fn args(day: &str) -> Option<[(&'static str, TextArg); 4]> {
    let date = Date::parse(day, format_description!("[year]-[month]-[day]")).ok()?;
    let weekday = match date.weekday() {
        Weekday::Monday => "mon",
        Weekday::Tuesday => "tue",
        Weekday::Wednesday => "wed",
        Weekday::Thursday => "thu",
        Weekday::Friday => "fri",
        Weekday::Saturday => "sat",
        Weekday::Sunday => "sun",
    };
    Some([
        ("year", i64::from(date.year()).into()),
        ("month", i64::from(u8::from(date.month())).into()),
        ("day", i64::from(date.day()).into()),
        ("weekday", weekday.into()),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_has_its_weekday() {
        let parts = args("2027-02-19").unwrap();
        assert_eq!(parts[3].1, "fri".into());
        assert!(args("2027-02-30").is_none());
    }
}
