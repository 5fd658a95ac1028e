//! The numbers and names of the interface: typed, parsed strictly, written as the wire wants them.

use std::fmt;

use renkei_core::instant::Timestamp;
use renkei_core::port::Random;
use serde::{Deserialize, Serialize};

/// Text that is not of the kind that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not {0}")]
pub struct NotOfTheKind(&'static str);

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident: $what:literal, $fits:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Parses it.
            pub fn parse(text: &str) -> Result<Self, NotOfTheKind> {
                let fits: fn(&str) -> bool = $fits;
                if fits(text) { Ok(Self(text.to_owned())) } else { Err(NotOfTheKind($what)) }
            }

            /// As it is written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = NotOfTheKind;

            fn try_from(text: String) -> Result<Self, NotOfTheKind> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "description": $what })
            }
        }
    )*};
}

texts! {
    /// 到達番号: `900`, the year, a counter of nine digits. A correction and a withdrawal take one each.
    ArriveId: "an ArriveID of 16 digits", |text| is_digits(text, 16);
    /// 申請書様式ID.
    FormId: "a form id of 18 letters and digits", |text| is_alphanumeric(text, 18);
    /// 受付行政機関ID.
    MinistryId: "a ministry id of 6 digits", |text| is_digits(text, 6);
    /// 手続ID.
    ProcedureId: "a procedure id of 16 letters and digits", |text| is_alphanumeric(text, 16);
    /// 送信番号: the second of sending and a counter of four digits.
    SendNumber: "a SendNumber of 18 digits", |text| is_digits(text, 18);
    /// The software that speaks to us. Freely chosen, so that an existing client keeps its own.
    SoftwareId: "a SoftwareID of 1 to 64 printable ASCII characters",
        |text| (1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
    /// 利用者ID.
    UserId: "a UserID of 1 to 32 of the characters A-Z a-z 0-9 . _ -",
        |text| (1..=32).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte));
    /// The name under which a member of staff logs in.
    StaffLogin: "a login of 1 to 32 of the characters a-z 0-9 . _ -",
        |text| (1..=32).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._-".contains(&byte));
}

impl ArriveId {
    /// The one that the counter's next value makes, in the year of arrival in Japan.
    pub fn counted(at: Timestamp, counter: u64) -> Self {
        Self(format!(
            "900{:04}{:09}",
            at.japan_date().year(),
            counter % 1_000_000_000
        ))
    }
}

impl SendNumber {
    /// The one that the counter's next value makes, at the second of sending in Japan.
    pub fn counted(at: Timestamp, counter: u64) -> Self {
        Self(format!("{}{:04}", second(at), counter % 10_000))
    }
}

/// 納付番号: sixteen digits that tell nothing.
pub fn pay_number(random: &dyn Random) -> String {
    digits::<16>(random)
}

/// 確認番号.
pub fn confirm_number(random: &dyn Random) -> String {
    digits::<6>(random)
}

fn digits<const N: usize>(random: &dyn Random) -> String {
    let mut bytes = [0; 8];
    random.fill(&mut bytes);
    let number = u64::from_be_bytes(bytes) % 10_u64.pow(u32::try_from(N).unwrap_or(1));
    format!("{number:0N$}")
}

/// `yyyyMMddHHmmss` in Japan.
pub fn second(at: Timestamp) -> String {
    let time = at.japan_time();
    format!(
        "{}{:02}{:02}{:02}",
        day(at.japan_date()),
        time.hour(),
        time.minute(),
        time.second()
    )
}

/// [`second`] of what may not have happened yet.
pub fn second_or_empty(at: Option<Timestamp>) -> String {
    at.map(second).unwrap_or_default()
}

/// `yyyyMMdd`.
pub fn day(date: time::Date) -> String {
    format!(
        "{:04}{:02}{:02}",
        date.year(),
        u8::from(date.month()),
        date.day()
    )
}

fn is_digits(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_alphanumeric(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2015-04-28T11:45:00+09:00.
    const AT: Timestamp = Timestamp::from_millis(1_430_189_100_000);

    #[test]
    fn numbers_look_as_recorded() {
        let number = SendNumber::counted(AT, 5643);
        assert_eq!(number.as_str(), "201504281145005643");
        assert_eq!(SendNumber::counted(AT, 15_643), number);
        assert_eq!(ArriveId::counted(AT, 243_941).as_str(), "9002015000243941");
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        assert!(ArriveId::parse("900201500024394").is_err());
        assert!(UserId::parse("").is_err());
        assert!(UserId::parse("利用者").is_err());
        assert!(SoftwareId::parse("has blank").is_err());
        assert!(SoftwareId::parse("(2015)x/y").is_ok());
        assert!(StaffLogin::parse("Upper").is_err());
    }
}
