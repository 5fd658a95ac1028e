//! What the platform keeps besides, of which e-Gov needs little; and small stand-ins.

use std::collections::BTreeSet;

use async_trait::async_trait;
use renkei_core::account::{AccountId, CustomerId};
use renkei_core::attempt::{AttemptKey, AttemptLimit, Claim};
use renkei_core::commit::SignKind;
use renkei_core::fault::Fault;
use renkei_core::instant::Timestamp;
use renkei_core::link::Link;
use renkei_core::payment::{Fee as Owed, FeeKey};
use renkei_core::port::{HeldLink, Random, Records};
use renkei_core::secret::Password;
use renkei_core::tenant::TenantId;
use renkei_egov::number::{SoftwareId, UserId};
use renkei_egov::port::{PasswordHashes, RateLimit};
use renkei_oauth::client::ClientId;

use super::Memory;

fn elsewhere<T>() -> Result<T, Fault> {
    Err(Fault::new("not of these tests"))
}

#[async_trait]
impl Records for Memory {
    async fn claim_attempt(
        &self,
        key: &AttemptKey,
        limit: AttemptLimit,
        _: Timestamp,
    ) -> Result<Claim, Fault> {
        let mut state = self.0.lock().unwrap();
        let count = state.attempts.entry(key.as_str().to_owned()).or_default();
        if *count >= limit.attempts {
            return Ok(Claim::Locked);
        }
        *count += 1;
        Ok(Claim::Granted {
            left: limit.attempts - *count,
        })
    }

    async fn attempts(
        &self,
        _: &AttemptKey,
        _: AttemptLimit,
        _: Timestamp,
    ) -> Result<(u32, bool), Fault> {
        elsewhere()
    }

    async fn keep_challenge(
        &self,
        _: &AttemptKey,
        _: &str,
        _: Option<&str>,
        _: Timestamp,
    ) -> Result<String, Fault> {
        elsewhere()
    }

    async fn registered_pins(
        &self,
        _: &TenantId,
        _: &CustomerId,
    ) -> Result<BTreeSet<AccountId>, Fault> {
        elsewhere()
    }

    async fn find_renewable_link(
        &self,
        _: &TenantId,
        _: &ClientId,
        _: &CustomerId,
    ) -> Result<Option<Link>, Fault> {
        elsewhere()
    }

    async fn links_of(&self, _: &TenantId, _: &CustomerId) -> Result<Vec<HeldLink>, Fault> {
        elsewhere()
    }

    async fn is_familiar(
        &self,
        _: &TenantId,
        _: &CustomerId,
        _: SignKind,
        _: &str,
    ) -> Result<bool, Fault> {
        elsewhere()
    }

    async fn find_fee(&self, key: &FeeKey) -> Result<Option<Owed>, Fault> {
        self.read(|state| state.fees.get(key).cloned())
    }
}

/// A hash that is none, for tests.
pub(crate) struct PlainHashes;

#[async_trait]
impl PasswordHashes for PlainHashes {
    async fn hash(&self, password: &Password, _: &dyn Random) -> Result<String, Fault> {
        Ok(format!("hash of {}", password.expose()))
    }

    async fn verify(&self, password: &Password, hash: Option<&str>) -> Result<bool, Fault> {
        let own = format!("hash of {}", password.expose());
        Ok(hash == Some(own.as_str()))
    }
}

/// Lets everybody in, but for one software.
pub(crate) struct Patience;

impl RateLimit for Patience {
    fn permits(&self, software: &SoftwareId, _: Option<&UserId>, _: Timestamp) -> bool {
        software.as_str() != "HASTY"
    }
}
