//! The one gate in front of every secret: password, question, inquiry PIN, and whatever comes.
//!
//! An attempt is claimed before the secret is looked at, by one guarded write, so that any number of
//! parallel guesses checks no more than the limit. A right answer starts the count again.

use std::time::Duration;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::account::{AccountId, CustomerId};
use crate::port::{Factor, Identifiers};
use crate::seal::sha256_hex;
use crate::tenant::TenantId;

/// What is counted together: one secret of one person, whether or not that person exists.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AttemptKey(String);

impl AttemptKey {
    /// Attempts at the password of these identifiers. They are folded (trimmed, lower case) and
    /// digested, so that unknown ones count, and lock, like known ones.
    pub fn password(tenant: &TenantId, who: &Identifiers) -> Self {
        let typed: Vec<&str> = who.values().map(|typed| typed.trim()).collect();
        let folded = typed.join("\u{1f}").to_lowercase();
        Self(format!(
            "{tenant}/password/{}",
            sha256_hex(folded.as_bytes())
        ))
    }

    /// Attempts at a factor of a customer.
    pub fn factor(tenant: &TenantId, factor: Factor, customer: &CustomerId) -> Self {
        Self(format!("{tenant}/{}/{}", factor.word(), customer.as_str()))
    }

    /// Approvals asked of a customer outside the browser and not given: so that whoever has a password
    /// cannot weary its owner with them.
    pub fn approval(tenant: &TenantId, customer: &CustomerId) -> Self {
        Self(format!("{tenant}/approval/{}", customer.as_str()))
    }

    /// One-time passwords sent to a customer and not used: so that whoever has a password cannot fill
    /// its owner's telephone or mailbox with them.
    pub fn sending(tenant: &TenantId, customer: &CustomerId) -> Self {
        Self(format!("{tenant}/sending/{}", customer.as_str()))
    }

    /// Attempts at the inquiry PIN of one account.
    pub fn inquiry_pin(tenant: &TenantId, customer: &CustomerId, account: &AccountId) -> Self {
        Self(format!(
            "{tenant}/inquiry_pin/{}/{account}",
            customer.as_str()
        ))
    }

    /// Attempts at the password and the code of a member of staff, by the folded login; digested, so
    /// that unknown logins count, and lock, like known ones.
    pub fn staff(login: &str) -> Self {
        Self(format!("staff/{}", sha256_hex(login.as_bytes())))
    }

    /// The stored form.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// How many wrong attempts a tenant takes, and what follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AttemptLimit {
    /// Wrong attempts until the lock, 1 to 20.
    #[schemars(range(min = 1, max = 20))]
    pub attempts: u32,
    /// Attempts further apart than this many minutes are not counted together, 1 to 43200 (30 days).
    #[schemars(range(min = 1, max = 43200))]
    pub within_minutes: u32,
    /// Who ends the lock.
    pub unlock: Unlock,
}

impl Default for AttemptLimit {
    /// Five attempts within the hour, then half an hour of rest.
    fn default() -> Self {
        Self {
            attempts: 5,
            within_minutes: 60,
            unlock: Unlock::AfterMinutes(30),
        }
    }
}

impl AttemptLimit {
    /// The span within which attempts count together.
    pub fn window(&self) -> Duration {
        Duration::from_secs(u64::from(self.within_minutes) * 60)
    }

    /// How long the lock lasts; none when only the bank ends it.
    pub fn locked_for(&self) -> Option<Duration> {
        match self.unlock {
            Unlock::AfterMinutes(minutes) => Some(Duration::from_secs(u64::from(minutes) * 60)),
            Unlock::ByBank => None,
        }
    }
}

/// Who ends a lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unlock {
    /// Time, in minutes after the last counted attempt.
    AfterMinutes(#[schemars(range(min = 1, max = 43200))] u32),
    /// The bank's staff.
    ByBank,
}

/// The gate's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// The secret may be looked at once; if it is wrong, `left` attempts remain.
    Granted {
        /// Attempts that remain after this one.
        left: u32,
    },
    /// The secret must not be looked at.
    Locked,
}
