//! The matrix parameters of 送信案件一覧: `;id={SendNumber}` or `;date={yyyyMMdd}-{yyyyMMdd}`, raw in the last segment
//! of the path.

use time::{Date, Month};

/// What a list of packages is asked by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// One package, by its 送信番号 of 18 digits.
    Number(String),
    /// The packages sent on these days, both included.
    Period {
        /// The first day.
        from: Date,
        /// The last day; never before the first.
        to: Date,
    },
}

/// Not exactly one of the two parameters in its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the parameters of the path are not in order")]
pub struct NotWanted;

/// Reads what follows `apply` in the path: the parameters with their leading `;`, or without it when the route has
/// taken it away. The text is read as it stands: software sends it raw, and neither form has a character to encode.
pub fn parse(parameters: &str) -> Result<Wanted, NotWanted> {
    let parameters = parameters.strip_prefix(';').unwrap_or(parameters);
    let (key, value) = parameters.split_once('=').ok_or(NotWanted)?;
    match key {
        "id" if value.len() == SEND_NUMBER && is_digits(value) => {
            Ok(Wanted::Number(value.to_owned()))
        }
        "date" => {
            let (from, to) = value.split_once('-').ok_or(NotWanted)?;
            let (from, to) = (day(from)?, day(to)?);
            if from > to {
                return Err(NotWanted);
            }
            Ok(Wanted::Period { from, to })
        }
        _ => Err(NotWanted),
    }
}

/// A day in the form `yyyyMMdd`.
pub fn day(text: &str) -> Result<Date, NotWanted> {
    if text.len() != 8 || !is_digits(text) {
        return Err(NotWanted);
    }
    let number = |range: std::ops::Range<usize>| text.get(range).and_then(|it| it.parse().ok());
    let year: i32 = text
        .get(..4)
        .and_then(|it| it.parse().ok())
        .ok_or(NotWanted)?;
    let month: u8 = number(4..6).ok_or(NotWanted)?;
    let day: u8 = number(6..8).ok_or(NotWanted)?;
    let month = Month::try_from(month).map_err(|_| NotWanted)?;
    Date::from_calendar_date(year, month, day).map_err(|_| NotWanted)
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|it| it.is_ascii_digit())
}

const SEND_NUMBER: usize = 18;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_recorded_forms_are_read() {
        assert_eq!(
            parse(";id=201503090951504109"),
            Ok(Wanted::Number("201503090951504109".to_owned()))
        );
        let (from, to) = (day("20150301").unwrap(), day("20150310").unwrap());
        assert_eq!(
            parse("date=20150301-20150310"),
            Ok(Wanted::Period { from, to })
        );
        assert_eq!(
            parse(";date=20240229-20240229").unwrap(),
            Wanted::Period {
                from: day("20240229").unwrap(),
                to: day("20240229").unwrap()
            }
        );
    }

    #[test]
    fn anything_else_is_refused() {
        for wrong in [
            "",
            ";",
            ";;id=201503090951504109",
            ";id=",
            ";id=20150309095150410",
            ";id=2015030909515041099",
            ";id=20150309095150410x",
            ";id=２０１５０３",
            ";ID=201503090951504109",
            ";id=201503090951504109;id=201503090951504109",
            ";id=201503090951504109;date=20150301-20150310",
            ";date=20150301",
            ";date=20150310-20150301",
            ";date=20150229-20150301",
            ";date=20151301-20151302",
            ";date=20150301-20150310-20150311",
            ";date=+2150301-20150310",
            "%3Bid=201503090951504109",
        ] {
            assert_eq!(parse(wrong), Err(NotWanted), "{wrong}");
        }
    }
}
