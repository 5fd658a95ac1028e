//! The `Store` port. Reads are small finders; all writes of one decision go through one
//! [`Store::commit`]. Storage contracts are written here, where the implementer reads.

use std::collections::BTreeSet;
use std::time::Duration;

use async_trait::async_trait;
use renkei_oauth::client::ClientId;
use renkei_oauth::secret::{CodeDigest, TokenDigest};

use crate::account::{AccountId, CustomerId};
use crate::attempt::{AttemptKey, AttemptLimit, Claim};
use crate::audit::Record;
use crate::client::{ClientCard, ClientRecord};
use crate::commit::{AccessToken, Code, Commit, CommitError, Family, RefreshToken, SignKind};
use crate::consent::Consent;
use crate::fault::Fault;
use crate::id::{JourneyId, LinkId, PaymentId};
use crate::instant::Timestamp;
use crate::journey::Journey;
use crate::link::Link;
use crate::mail::Mail;
use crate::payment::{BillRecord, Fee, FeeKey, Payment};
use crate::tenant::TenantId;
use crate::visit::Visit;

/// What a step may look up while it decides.
#[async_trait]
pub trait Records: Send + Sync {
    /// Claims one attempt at a secret, durably, before the secret is looked at: one guarded write,
    /// so that of any number of parallel claims no more than the limit are granted.
    async fn claim_attempt(
        &self,
        key: &AttemptKey,
        limit: AttemptLimit,
        now: Timestamp,
    ) -> Result<Claim, Fault>;

    /// How many attempts at a secret are counted now, and whether it is locked.
    async fn attempts(
        &self,
        key: &AttemptKey,
        limit: AttemptLimit,
        now: Timestamp,
    ) -> Result<(u32, bool), Fault>;

    /// What a customer is asked at a factor, the same until it is answered right: what is kept; or
    /// `proposed`, kept from now on, when nothing is, or what is kept is `unfit`. So nobody is asked
    /// something else by beginning anew. [`Change::AttemptsCleared`] forgets it.
    ///
    /// [`Change::AttemptsCleared`]: crate::commit::Change::AttemptsCleared
    async fn keep_challenge(
        &self,
        key: &AttemptKey,
        proposed: &str,
        unfit: Option<&str>,
        now: Timestamp,
    ) -> Result<String, Fault>;

    /// The accounts of a customer whose inquiry PIN is registered.
    async fn registered_pins(
        &self,
        tenant: &TenantId,
        customer: &CustomerId,
    ) -> Result<BTreeSet<AccountId>, Fault>;

    /// The link of this customer with this client that a consent would renew, live or not.
    async fn find_renewable_link(
        &self,
        tenant: &TenantId,
        client: &ClientId,
        customer: &CustomerId,
    ) -> Result<Option<Link>, Fault>;

    /// Every link of this customer, live or not, the newest first, each with what is told of its
    /// client.
    async fn links_of(
        &self,
        tenant: &TenantId,
        customer: &CustomerId,
    ) -> Result<Vec<HeldLink>, Fault>;

    /// A fee; none when there is none of these numbers.
    async fn find_fee(&self, key: &FeeKey) -> Result<Option<Fee>, Fault>;

    /// Whether the customer is known by this device or network.
    async fn is_familiar(
        &self,
        tenant: &TenantId,
        customer: &CustomerId,
        kind: SignKind,
        digest: &str,
    ) -> Result<bool, Fault>;
}

/// Everything that is kept.
#[async_trait]
pub trait Store: Records {
    /// Makes all of it true, or none. Durable when this returns.
    ///
    /// # Errors
    /// [`CommitError::Lost`] when a guard did not hold.
    async fn commit(&self, commit: Commit) -> Result<(), CommitError>;

    /// A journey, by its id.
    async fn find_journey(&self, id: JourneyId) -> Result<Option<Journey>, Fault>;

    /// The steps of a plan that was kept, as JSON.
    async fn find_plan(&self, digest: &str) -> Result<Option<String>, Fault>;

    /// A client, disabled or not.
    async fn find_client(&self, id: &ClientId) -> Result<Option<ClientRecord>, Fault>;

    /// Every client, by id.
    async fn clients(&self) -> Result<Vec<ClientRecord>, Fault>;

    /// A code, used or not (a used one must still be found, so that a replay can revoke what it had
    /// issued), with the client who presents it and the link it opens.
    async fn find_code(&self, digest: &CodeDigest) -> Result<Option<CodeFound>, Fault>;

    /// An access token with all it rests on, lapsed or not.
    async fn find_access(&self, digest: &TokenDigest) -> Result<Option<AccessGrant>, Fault>;

    /// A refresh token with all it rests on, used or not.
    async fn find_refresh(&self, digest: &TokenDigest) -> Result<Option<RefreshGrant>, Fault>;

    /// A link.
    async fn find_link(&self, id: LinkId) -> Result<Option<Link>, Fault>;

    /// The consents of a link, the newest first.
    async fn consents_of(&self, link: LinkId) -> Result<Vec<Consent>, Fault>;

    /// A bill, by its nonce.
    async fn find_bill(&self, nonce: &str) -> Result<Option<BillRecord>, Fault>;

    /// A payment.
    async fn find_payment(&self, id: PaymentId) -> Result<Option<Payment>, Fault>;

    /// The payments of a customer, the newest first, at most `limit`.
    async fn payments_of(
        &self,
        tenant: &TenantId,
        customer: &CustomerId,
        limit: i64,
    ) -> Result<Vec<Payment>, Fault>;

    /// Payments about which the bank is to be asked by now, the longest waiting first.
    async fn due_payments(&self, now: Timestamp, limit: i64) -> Result<Vec<Payment>, Fault>;

    /// Payments whose end is not known, the oldest first.
    async fn open_payments(&self) -> Result<Vec<Payment>, Fault>;

    /// A visit, over or not, by the digest of its handle.
    async fn find_visit(&self, digest: &str) -> Result<Option<Visit>, Fault>;

    /// Audit records from `after` (exclusive), in order, at most `limit`.
    async fn audit(&self, after: i64, limit: i64) -> Result<Vec<Record>, Fault>;

    /// The end of the audit chain: place and digest of its last record, as kept beside the chain.
    async fn audit_head(&self) -> Result<(i64, String), Fault>;

    /// Registered inquiry PINs that no consent was given with. There are none, or something is very
    /// wrong.
    async fn pins_without_consent(&self) -> Result<i64, Fault>;

    /// Mails that are due, oldest first.
    async fn due_mail(&self, now: Timestamp, limit: i64) -> Result<Vec<Mail>, Fault>;

    /// Removes, in one small batch, what has outlived its retention.
    async fn clean(&self, now: Timestamp, retention: &Retention) -> Result<Cleaned, Fault>;

    /// Whether the store answers.
    async fn ping(&self) -> Result<(), Fault>;
}

/// A link and what is told of its client.
#[derive(Clone, Debug)]
pub struct HeldLink {
    /// The link.
    pub link: Link,
    /// The client's facts.
    pub card: ClientCard,
}

/// A code and the link it opens.
#[derive(Clone, Debug)]
pub struct CodeFound {
    /// The code.
    pub code: Code,
    /// Its link.
    pub link: Link,
    /// Whether its family, if it was redeemed, is revoked.
    pub family_revoked: bool,
}

/// An access token and all it rests on.
#[derive(Clone, Debug)]
pub struct AccessGrant {
    /// The token.
    pub token: AccessToken,
    /// Its family.
    pub family: Family,
    /// The link.
    pub link: Link,
    /// Whether its client is disabled.
    pub client_disabled: bool,
}

/// A refresh token and all it rests on.
#[derive(Clone, Debug)]
pub struct RefreshGrant {
    /// The token.
    pub token: RefreshToken,
    /// Its family.
    pub family: Family,
    /// The link.
    pub link: Link,
}

/// How long finished things are kept before they are cleaned away. Consents, links, registered PINs
/// and the audit record are never cleaned by schedule.
#[derive(Clone, Copy, Debug)]
pub struct Retention {
    /// Journeys, after they have lapsed or ended, and bills, after they have lapsed.
    pub journeys: Duration,
    /// Codes, access tokens and access keys, after they have lapsed.
    pub tokens: Duration,
    /// Families and their refresh tokens, after they were revoked.
    pub families: Duration,
    /// Mails, after they were sent.
    pub mail: Duration,
    /// Counted attempts, after the last one.
    pub attempts: Duration,
    /// What customers were asked and have not answered, after it was first asked.
    pub challenges: Duration,
    /// Devices and networks, after they were last seen.
    pub familiar_signs: Duration,
    /// Visits and sessions of staff, after they have lapsed.
    pub visits: Duration,
    /// Signed requests of the users of e-Gov's interface, after they came.
    pub signed_requests: Duration,
    /// Rows removed from one table in one batch.
    pub batch: i64,
}

impl Default for Retention {
    fn default() -> Self {
        const DAY: Duration = Duration::from_hours(24);
        Self {
            journeys: DAY,
            tokens: DAY,
            families: 30 * DAY,
            mail: 7 * DAY,
            attempts: 30 * DAY,
            challenges: 400 * DAY,
            familiar_signs: 400 * DAY,
            visits: DAY,
            signed_requests: 400 * DAY,
            batch: 500,
        }
    }
}

/// What one batch of cleaning removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// Rows removed.
    pub rows: usize,
    /// Whether some table had more than one batch to remove.
    pub more: bool,
}
