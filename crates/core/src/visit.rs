//! A visit: the short session in which a customer, proved by the bank's own steps, looks at the links
//! and stops them. It is no journey, and nothing opens it but its own handle.

use std::time::Duration;

use crate::account::CustomerId;
use crate::instant::Timestamp;
use crate::tenant::TenantId;

/// One visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// Digest of the handle in the browser.
    pub digest: String,
    /// The bank.
    pub tenant: TenantId,
    /// The customer.
    pub customer: CustomerId,
    /// The name to show the customer.
    pub name: String,
    /// The customer's credentials when they were proven; a change ends the visit.
    pub credential_version: String,
    /// When it began.
    pub begun_at: Timestamp,
    /// When it is over, unless the customer goes on.
    pub lapses_at: Timestamp,
}

impl Visit {
    /// When a visit is over that is used now and then left alone.
    pub fn lapse(begun_at: Timestamp, now: Timestamp) -> Timestamp {
        now.plus(IDLE).min(begun_at.plus(TOTAL))
    }

    /// Whether it is over.
    pub fn is_over(&self, now: Timestamp) -> bool {
        now >= self.lapses_at
    }

    /// When it is over from now on, if that is worth writing: at most once a minute.
    pub fn extended(&self, now: Timestamp) -> Option<Timestamp> {
        let lapses_at = Self::lapse(self.begun_at, now);
        (lapses_at.since(self.lapses_at) >= WORTH_WRITING).then_some(lapses_at)
    }
}

/// A visit nobody uses ends after this time.
pub const IDLE: Duration = Duration::from_mins(10);
/// A visit ends after this time in any case.
pub const TOTAL: Duration = Duration::from_mins(30);
const WORTH_WRITING: Duration = Duration::from_mins(1);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_visit_rests_ten_minutes_and_takes_thirty() {
        let start = Timestamp::from_millis(0);
        let after = |minutes| start.plus(Duration::from_mins(minutes));
        let mut visit = Visit {
            digest: String::new(),
            tenant: TenantId::parse("hidashin").unwrap(),
            customer: CustomerId::new("c"),
            name: String::new(),
            credential_version: String::new(),
            begun_at: start,
            lapses_at: Visit::lapse(start, start),
        };
        assert!(!visit.is_over(after(9)) && visit.is_over(after(10)));
        assert_eq!(visit.extended(start), None, "nothing to write");
        assert_eq!(visit.extended(after(5)), Some(after(15)));
        visit.lapses_at = after(29);
        assert_eq!(visit.extended(after(28)), Some(after(30)));
    }
}
