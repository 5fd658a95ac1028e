//! The store with a counter before it: how many durable writes a journey waits for.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use async_trait::async_trait;
use renkei_core::account::{AccountId, CustomerId};
use renkei_core::attempt::{AttemptKey, AttemptLimit, Claim};
use renkei_core::audit::Record;
use renkei_core::client::ClientRecord;
use renkei_core::commit::{Commit, CommitError, SignKind};
use renkei_core::consent::Consent;
use renkei_core::fault::Fault;
use renkei_core::id::{JourneyId, LinkId, PaymentId};
use renkei_core::instant::Timestamp;
use renkei_core::journey::Journey;
use renkei_core::link::Link;
use renkei_core::mail::Mail;
use renkei_core::payment::{BillRecord, Fee, FeeKey, Payment};
use renkei_core::port::{
    AccessGrant, Cleaned, CodeFound, HeldLink, Records, RefreshGrant, Retention, Store,
};
use renkei_core::tenant::TenantId;
use renkei_core::visit::Visit;
use renkei_oauth::client::ClientId;
use renkei_oauth::secret::{CodeDigest, TokenDigest};
use renkei_store::SqlStore;

/// A store that counts.
#[derive(Clone)]
pub(crate) struct Counted {
    pub(crate) store: SqlStore,
    pub(crate) writes: Arc<AtomicU64>,
}

impl Counted {
    pub(crate) fn new(store: SqlStore) -> Self {
        Self {
            store,
            writes: Arc::default(),
        }
    }

    fn count(&self) {
        self.writes.fetch_add(1, Ordering::Relaxed);
    }
}

#[async_trait]
impl Records for Counted {
    async fn claim_attempt(
        &self,
        key: &AttemptKey,
        limit: AttemptLimit,
        now: Timestamp,
    ) -> Result<Claim, Fault> {
        self.count();
        self.store.claim_attempt(key, limit, now).await
    }

    async fn attempts(
        &self,
        key: &AttemptKey,
        limit: AttemptLimit,
        now: Timestamp,
    ) -> Result<(u32, bool), Fault> {
        self.store.attempts(key, limit, now).await
    }

    async fn keep_challenge(
        &self,
        key: &AttemptKey,
        proposed: &str,
        unfit: Option<&str>,
        now: Timestamp,
    ) -> Result<String, Fault> {
        self.count();
        self.store.keep_challenge(key, proposed, unfit, now).await
    }

    async fn registered_pins(
        &self,
        tenant: &TenantId,
        customer: &CustomerId,
    ) -> Result<BTreeSet<AccountId>, Fault> {
        self.store.registered_pins(tenant, customer).await
    }

    async fn find_renewable_link(
        &self,
        tenant: &TenantId,
        client: &ClientId,
        customer: &CustomerId,
    ) -> Result<Option<Link>, Fault> {
        self.store
            .find_renewable_link(tenant, client, customer)
            .await
    }

    async fn links_of(
        &self,
        tenant: &TenantId,
        customer: &CustomerId,
    ) -> Result<Vec<HeldLink>, Fault> {
        self.store.links_of(tenant, customer).await
    }

    async fn find_fee(&self, key: &FeeKey) -> Result<Option<Fee>, Fault> {
        self.store.find_fee(key).await
    }

    async fn is_familiar(
        &self,
        tenant: &TenantId,
        customer: &CustomerId,
        kind: SignKind,
        digest: &str,
    ) -> Result<bool, Fault> {
        self.store.is_familiar(tenant, customer, kind, digest).await
    }
}

#[async_trait]
impl Store for Counted {
    async fn commit(&self, commit: Commit) -> Result<(), CommitError> {
        self.count();
        self.store.commit(commit).await
    }

    async fn find_journey(&self, id: JourneyId) -> Result<Option<Journey>, Fault> {
        self.store.find_journey(id).await
    }

    async fn find_plan(&self, digest: &str) -> Result<Option<String>, Fault> {
        self.store.find_plan(digest).await
    }

    async fn find_client(&self, id: &ClientId) -> Result<Option<ClientRecord>, Fault> {
        self.store.find_client(id).await
    }

    async fn clients(&self) -> Result<Vec<ClientRecord>, Fault> {
        self.store.clients().await
    }

    async fn find_code(&self, digest: &CodeDigest) -> Result<Option<CodeFound>, Fault> {
        self.store.find_code(digest).await
    }

    async fn find_access(&self, digest: &TokenDigest) -> Result<Option<AccessGrant>, Fault> {
        self.store.find_access(digest).await
    }

    async fn find_refresh(&self, digest: &TokenDigest) -> Result<Option<RefreshGrant>, Fault> {
        self.store.find_refresh(digest).await
    }

    async fn find_link(&self, id: LinkId) -> Result<Option<Link>, Fault> {
        self.store.find_link(id).await
    }

    async fn consents_of(&self, link: LinkId) -> Result<Vec<Consent>, Fault> {
        self.store.consents_of(link).await
    }

    async fn find_bill(&self, nonce: &str) -> Result<Option<BillRecord>, Fault> {
        self.store.find_bill(nonce).await
    }

    async fn find_payment(&self, id: PaymentId) -> Result<Option<Payment>, Fault> {
        self.store.find_payment(id).await
    }

    async fn payments_of(
        &self,
        tenant: &TenantId,
        customer: &CustomerId,
        limit: i64,
    ) -> Result<Vec<Payment>, Fault> {
        self.store.payments_of(tenant, customer, limit).await
    }

    async fn due_payments(&self, now: Timestamp, limit: i64) -> Result<Vec<Payment>, Fault> {
        self.store.due_payments(now, limit).await
    }

    async fn open_payments(&self) -> Result<Vec<Payment>, Fault> {
        self.store.open_payments().await
    }

    async fn find_visit(&self, digest: &str) -> Result<Option<Visit>, Fault> {
        self.store.find_visit(digest).await
    }

    async fn audit(&self, after: i64, limit: i64) -> Result<Vec<Record>, Fault> {
        self.store.audit(after, limit).await
    }

    async fn audit_head(&self) -> Result<(i64, String), Fault> {
        self.store.audit_head().await
    }

    async fn pins_without_consent(&self) -> Result<i64, Fault> {
        self.store.pins_without_consent().await
    }

    async fn due_mail(&self, now: Timestamp, limit: i64) -> Result<Vec<Mail>, Fault> {
        self.store.due_mail(now, limit).await
    }

    async fn clean(&self, now: Timestamp, retention: &Retention) -> Result<Cleaned, Fault> {
        self.store.clean(now, retention).await
    }

    async fn ping(&self) -> Result<(), Fault> {
        self.store.ping().await
    }
}
