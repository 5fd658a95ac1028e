//! Every identifier of the domain, in one list: typed, printed with a prefix, parsed strictly.

mod incident;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::instant::Timestamp;
use crate::port::Random;

pub use incident::{IncidentId, NotAnIncident};

/// Text that is not an identifier of the kind that was asked for.
#[derive(Debug, thiserror::Error)]
#[error("not an identifier of the form {prefix}<32 lower-case hexadecimal digits>")]
pub struct NotAnId {
    prefix: &'static str,
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        ///
        /// Sorts by the millisecond of its making (UUID version 7, RFC 9562 section 5.7).
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(into = "String", try_from = "String")]
        pub struct $name(Uuid);

        impl $name {
            /// A new identifier, made of the present millisecond and 74 random bits.
            pub fn new(now: Timestamp, random: &dyn Random) -> Self {
                let mut bytes = [0; 10];
                random.fill(&mut bytes);
                let millis = u64::try_from(now.millis()).unwrap_or_default();
                Self(uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "{}"), self.0.simple())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                text.strip_prefix($prefix)
                    .filter(|hex| hex.len() == 32 && hex.bytes().all(is_lower_hex))
                    .and_then(|hex| Uuid::try_parse(hex).ok())
                    .map(Self)
                    .ok_or(NotAnId { prefix: $prefix })
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.to_string()
            }
        }

        impl TryFrom<String> for $name {
            type Error = NotAnId;

            fn try_from(text: String) -> Result<Self, NotAnId> {
                text.parse()
            }
        }
    )*};
}

ids! {
    /// One signed act by a customer that created, changed or renewed a link.
    ConsentId = "cns_";
    /// The tokens that descend from one authorization code.
    FamilyId = "fam_";
    /// One customer's walk from the redirect to the return.
    JourneyId = "jrn_";
    /// A standing permission; keeps its identifier through renewals.
    LinkId = "lnk_";
    /// A mail waiting to be sent.
    MailId = "mai_";
    /// One confirmed payment; the bank's idempotency key.
    PaymentId = "pay_";
}

fn is_lower_hex(byte: u8) -> bool {
    byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::port::fixed::SeededRandom;

    #[test]
    fn an_id_survives_print_and_parse() {
        let id = JourneyId::new(
            Timestamp::from_millis(1_700_000_000_000),
            &SeededRandom::new(7),
        );
        assert_eq!(id.to_string().parse::<JourneyId>().unwrap(), id);
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            "jrn_",
            "lnk_0192f0c1d2e37a4b8c9d0e1f2a3b4c5d",
            "jrn_0192F0C1D2E37A4B8C9D0E1F2A3B4C5D",
        ] {
            assert!(text.parse::<JourneyId>().is_err(), "{text}");
        }
    }
}
