//! What staff type, read kindly: full-width digits, commas, slashes in dates.

use time::{Date, Month};

/// The digits of a number, half-width, without the signs people put between them.
pub(super) fn digits(typed: &str) -> String {
    folded(typed)
        .chars()
        .filter(|c| !matches!(c, ' ' | '\u{3000}' | '-' | ','))
        .collect()
}

/// An amount in yen.
pub(super) fn yen(typed: &str) -> Option<i64> {
    let plain = digits(typed);
    let plain = plain.trim_start_matches(['¥', '￥']);
    let plain = plain.trim_end_matches('円');
    if plain.is_empty() || plain.len() > 11 || !plain.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    plain.parse().ok().filter(|yen| *yen > 0)
}

/// A day: `2027-02-19`, also with slashes and without leading noughts.
pub(super) fn day(typed: &str) -> Option<Date> {
    let plain = folded(typed).trim().replace('/', "-");
    let mut parts = plain.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if year.len() != 4 || parts.next().is_some() {
        return None;
    }
    let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
    Date::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok()
}

/// A text of several lines, without what no document can carry.
pub(super) fn text(typed: &str) -> String {
    let lines = typed.replace("\r\n", "\n").replace('\r', "\n");
    let kept = lines.chars().filter(|c| *c == '\n' || is_plain(*c));
    let kept: String = kept.collect();
    kept.trim_matches('\n').trim_end().to_owned()
}

/// A text of one line.
pub(super) fn line(typed: &str) -> String {
    let kept: String = typed
        .chars()
        .map(|c| {
            if matches!(c, '\n' | '\r' | '\t') {
                ' '
            } else {
                c
            }
        })
        .filter(|c| is_plain(*c))
        .collect();
    kept.trim().to_owned()
}

/// A character that XML 1.0 can carry (section 2.2), and that is no control.
fn is_plain(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// An amount with its commas.
pub(super) fn with_commas(yen: i64) -> String {
    let digits = yen.to_string();
    let mut written = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            written.push(',');
        }
        written.push(digit);
    }
    written
}

fn folded(typed: &str) -> String {
    typed
        .chars()
        .map(|c| match c {
            '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10).unwrap_or(c),
            '，' => ',',
            '／' => '/',
            '－' | '−' | 'ー' => '-',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for typed in ["12000", "12,000", "１２，０００円", " 12 000 ", "¥12,000"] {
            assert_eq!(yen(typed), Some(12_000), "{typed}");
        }
        for typed in ["", "0", "-", "12.5", "一万", "999999999999", "1e3"] {
            assert_eq!(yen(typed), None, "{typed}");
        }
        assert_eq!(with_commas(1_234_567), "1,234,567");
        assert_eq!(with_commas(999), "999");
    }

    #[test]
    fn days_are_days() {
        let wanted = Date::from_calendar_date(2027, Month::February, 9).unwrap();
        for typed in ["2027-02-09", "2027/2/9", "２０２７－０２－０９"] {
            assert_eq!(day(typed), Some(wanted), "{typed}");
        }
        for typed in ["", "2027-02-30", "27-02-09", "2027-02-09-01", "2027-2"] {
            assert_eq!(day(typed), None, "{typed}");
        }
    }

    #[test]
    fn texts_lose_what_xml_cannot_carry() {
        assert_eq!(text("a\r\nb\u{1}\u{7}\n\n"), "a\nb");
        assert_eq!(line(" a\tb\n"), "a b");
    }
}
