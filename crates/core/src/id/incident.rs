//! The number of an incident: short enough to be read out on the telephone, and the same in the log.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::port::Random;

/// Something of ours that broke, or a refusal worth a telephone call: what the customer reads out.
///
/// Twelve digits in groups of four. It names a line of the log and opens nothing, so that it need not
/// be hard to guess; digits are heard alike in every language.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct IncidentId(u64);

/// Text that is not the number of an incident.
#[derive(Debug, thiserror::Error)]
#[error("not twelve digits in groups of four")]
pub struct NotAnIncident;

impl IncidentId {
    /// A new one.
    pub fn new(random: &dyn Random) -> Self {
        let mut bytes = [0; 8];
        random.fill(&mut bytes);
        Self(u64::from_be_bytes(bytes) % (GROUP * GROUP * GROUP))
    }
}

impl fmt::Display for IncidentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, second, third) = (
            self.0 / (GROUP * GROUP),
            self.0 / GROUP % GROUP,
            self.0 % GROUP,
        );
        write!(f, "{first:04}-{second:04}-{third:04}")
    }
}

impl fmt::Debug for IncidentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for IncidentId {
    type Err = NotAnIncident;

    fn from_str(text: &str) -> Result<Self, NotAnIncident> {
        let groups: Vec<&str> = text.split('-').collect();
        let is_group = |group: &&str| group.len() == 4 && group.bytes().all(|b| b.is_ascii_digit());
        if groups.len() != 3 || !groups.iter().all(is_group) {
            return Err(NotAnIncident);
        }
        groups.concat().parse().map(Self).map_err(|_| NotAnIncident)
    }
}

impl From<IncidentId> for String {
    fn from(id: IncidentId) -> Self {
        id.to_string()
    }
}

impl TryFrom<String> for IncidentId {
    type Error = NotAnIncident;

    fn try_from(text: String) -> Result<Self, NotAnIncident> {
        text.parse()
    }
}

/// One more than the largest group.
const GROUP: u64 = 10_000;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::port::fixed::SeededRandom;

    #[test]
    fn it_is_read_out_in_groups_and_found_again() {
        assert_eq!(IncidentId(42_0001).to_string(), "0000-0042-0001");
        let id = IncidentId::new(&SeededRandom::new(7));
        assert_eq!(id.to_string().parse::<IncidentId>().unwrap(), id);
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            "1234-5678",
            "1234-5678-90a1",
            "123456789012",
            "1234-5678-9012-",
        ] {
            assert!(text.parse::<IncidentId>().is_err(), "{text}");
        }
    }
}
