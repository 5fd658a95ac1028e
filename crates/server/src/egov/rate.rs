//! How often somebody may ask: so many requests a minute for a software, and for each of its users.
//! Counted in this process alone.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use renkei_core::instant::Timestamp;
use renkei_egov::number::{SoftwareId, UserId};
use renkei_egov::port::RateLimit;

/// Requests a minute; 0 means any number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// Of a software.
    pub software: u32,
    /// Of a user, by whatever software.
    pub user: u32,
}

/// Counts by the minute.
pub struct Rates {
    allowance: Allowance,
    counted: Mutex<Counted>,
}

#[derive(Default)]
struct Counted {
    minute: i64,
    softwares: HashMap<SoftwareId, u32>,
    users: HashMap<UserId, u32>,
}

impl Rates {
    /// Nothing counted yet.
    pub fn new(allowance: Allowance) -> Self {
        Self {
            allowance,
            counted: Mutex::default(),
        }
    }
}

impl RateLimit for Rates {
    fn permits(&self, software: &SoftwareId, user: Option<&UserId>, now: Timestamp) -> bool {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        let minute = now.seconds().div_euclid(60);
        if counted.minute != minute {
            *counted = Counted {
                minute,
                ..Counted::default()
            };
        }
        let of_software = counted.softwares.entry(software.clone()).or_default();
        let mut permits = step(of_software, self.allowance.software);
        if let Some(user) = user {
            permits &= step(
                counted.users.entry(user.clone()).or_default(),
                self.allowance.user,
            );
        }
        permits
    }
}

fn step(count: &mut u32, allowed: u32) -> bool {
    *count = count.saturating_add(1);
    allowed == 0 || *count <= allowed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_has_so_many_requests_for_each() {
        let rates = Rates::new(Allowance {
            software: 3,
            user: 2,
        });
        let one = SoftwareId::parse("ONE").unwrap();
        let other = SoftwareId::parse("OTHER").unwrap();
        let user = UserId::parse("u").unwrap();
        let at = Timestamp::from_millis(60_000);
        assert!(rates.permits(&one, Some(&user), at));
        assert!(rates.permits(&other, Some(&user), at));
        assert!(!rates.permits(&one, Some(&user), at), "the user's third");
        assert!(rates.permits(&one, None, at), "the software's third");
        assert!(!rates.permits(&one, None, at), "and its fourth");
        let next = Timestamp::from_millis(120_000);
        assert!(rates.permits(&one, Some(&user), next));
    }

    #[test]
    fn nothing_is_counted_where_nothing_is_set() {
        let rates = Rates::new(Allowance {
            software: 0,
            user: 0,
        });
        let one = SoftwareId::parse("ONE").unwrap();
        assert!((0..1000).all(|_| rates.permits(&one, None, Timestamp::from_millis(0))));
    }
}
