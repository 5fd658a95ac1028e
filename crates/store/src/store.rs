//! [`SqlStore`]: the ports, each method one read or one write.

use std::collections::BTreeSet;
use std::path::Path;

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

use crate::connection::{Connector, DatabaseUrl, Durability};
use crate::migration::migrate;
use crate::reader::Reader;
use crate::rows::{
    attempt, audit, challenge, client, fee, journey, link, mail, payment, pin, sign, token, visit,
};
use crate::writer::Writer;
use crate::{retention, write};

/// Everything that is kept, on SQLite or PostgreSQL.
#[derive(Clone)]
pub struct SqlStore {
    pub(crate) reader: Reader,
    pub(crate) writer: Writer,
}

impl SqlStore {
    /// Opens the database, makes the file and its folder when there are none, and brings the tables
    /// up to date.
    pub fn open(url: &DatabaseUrl, durability: Durability) -> Result<Self, Fault> {
        if let DatabaseUrl::Sqlite(path) = url
            && let Some(folder) = Path::new(path).parent()
        {
            std::fs::create_dir_all(folder)
                .map_err(|e| Fault::new("the database's folder cannot be made").caused_by(e))?;
        }
        let connector = Connector {
            url: url.clone(),
            durability,
        };
        let mut first = connector.open()?;
        migrate(&mut first)?;
        Ok(Self {
            reader: Reader::new(connector.clone()),
            writer: Writer::start(connector, first)?,
        })
    }

    /// Writes again when a first insert met another server's (the row is there by then).
    async fn claim(
        &self,
        key: AttemptKey,
        limit: AttemptLimit,
        now: Timestamp,
    ) -> Result<Claim, CommitError> {
        self.writer
            .write(move |c| attempt::claim(c, &key, limit, now))
            .await
    }
}

#[async_trait]
impl Records for SqlStore {
    async fn claim_attempt(
        &self,
        key: &AttemptKey,
        limit: AttemptLimit,
        now: Timestamp,
    ) -> Result<Claim, Fault> {
        let claimed = match self.claim(key.clone(), limit, now).await {
            Err(CommitError::Lost) => self.claim(key.clone(), limit, now).await,
            first => first,
        };
        claimed.map_err(|e| match e {
            CommitError::Fault(fault) => fault,
            CommitError::Lost => Fault::passing("an attempt could not be counted"),
        })
    }

    async fn attempts(
        &self,
        key: &AttemptKey,
        limit: AttemptLimit,
        now: Timestamp,
    ) -> Result<(u32, bool), Fault> {
        let key = key.clone();
        self.reader
            .read(move |c| attempt::count(c, &key, limit, now))
            .await
    }

    async fn keep_challenge(
        &self,
        key: &AttemptKey,
        proposed: &str,
        unfit: Option<&str>,
        now: Timestamp,
    ) -> Result<String, Fault> {
        let seen = key.clone();
        let kept = self.reader.read(move |c| challenge::find(c, &seen)).await?;
        if let Some(kept) = kept.filter(|kept| Some(kept.as_str()) != unfit) {
            return Ok(kept);
        }
        let keep = || {
            let (key, proposed) = (key.clone(), proposed.to_owned());
            let unfit = unfit.map(str::to_owned);
            self.writer
                .write(move |c| challenge::keep(c, &key, &proposed, unfit.as_deref(), now))
        };
        // Once more when a first insert met another server's: the row is there by then.
        let kept = match keep().await {
            Err(CommitError::Lost) => keep().await,
            first => first,
        };
        kept.map_err(|e| match e {
            CommitError::Fault(fault) => fault,
            CommitError::Lost => Fault::passing("a challenge could not be kept"),
        })
    }

    async fn registered_pins(
        &self,
        tenant: &TenantId,
        customer: &CustomerId,
    ) -> Result<BTreeSet<AccountId>, Fault> {
        let (tenant, customer) = (tenant.clone(), customer.clone());
        self.reader
            .read(move |c| pin::registered(c, &tenant, &customer))
            .await
    }

    async fn find_renewable_link(
        &self,
        tenant: &TenantId,
        client: &ClientId,
        customer: &CustomerId,
    ) -> Result<Option<Link>, Fault> {
        let (tenant, client, customer) = (tenant.clone(), client.clone(), customer.clone());
        self.reader
            .read(move |c| link::find_renewable(c, &tenant, &client, &customer))
            .await
    }

    async fn links_of(
        &self,
        tenant: &TenantId,
        customer: &CustomerId,
    ) -> Result<Vec<HeldLink>, Fault> {
        let (tenant, customer) = (tenant.clone(), customer.clone());
        self.reader
            .read(move |c| link::of_customer(c, &tenant, &customer))
            .await
    }

    async fn find_fee(&self, key: &FeeKey) -> Result<Option<Fee>, Fault> {
        let key = key.clone();
        self.reader.read(move |c| fee::find(c, &key)).await
    }

    async fn is_familiar(
        &self,
        tenant: &TenantId,
        customer: &CustomerId,
        kind: SignKind,
        digest: &str,
    ) -> Result<bool, Fault> {
        let (tenant, customer, digest) = (tenant.clone(), customer.clone(), digest.to_owned());
        self.reader
            .read(move |c| sign::is_familiar(c, &tenant, &customer, kind, &digest))
            .await
    }
}

#[async_trait]
impl Store for SqlStore {
    async fn commit(&self, commit: Commit) -> Result<(), CommitError> {
        self.writer.write(move |c| write::write(c, &commit)).await
    }

    async fn find_journey(&self, id: JourneyId) -> Result<Option<Journey>, Fault> {
        self.reader.read(move |c| journey::find(c, id)).await
    }

    async fn find_plan(&self, digest: &str) -> Result<Option<String>, Fault> {
        let digest = digest.to_owned();
        self.reader
            .read(move |c| journey::find_plan(c, &digest))
            .await
    }

    async fn find_client(&self, id: &ClientId) -> Result<Option<ClientRecord>, Fault> {
        let id = id.clone();
        self.reader.read(move |c| client::find(c, &id)).await
    }

    async fn clients(&self) -> Result<Vec<ClientRecord>, Fault> {
        self.reader.read(client::all).await
    }

    async fn find_code(&self, digest: &CodeDigest) -> Result<Option<CodeFound>, Fault> {
        let digest = digest.clone();
        self.reader
            .read(move |c| token::find_code(c, &digest))
            .await
    }

    async fn find_access(&self, digest: &TokenDigest) -> Result<Option<AccessGrant>, Fault> {
        let digest = digest.clone();
        self.reader
            .read(move |c| token::find_access(c, &digest))
            .await
    }

    async fn find_refresh(&self, digest: &TokenDigest) -> Result<Option<RefreshGrant>, Fault> {
        let digest = digest.clone();
        self.reader
            .read(move |c| token::find_refresh(c, &digest))
            .await
    }

    async fn find_link(&self, id: LinkId) -> Result<Option<Link>, Fault> {
        self.reader.read(move |c| link::find(c, id)).await
    }

    async fn consents_of(&self, link: LinkId) -> Result<Vec<Consent>, Fault> {
        self.reader.read(move |c| link::consents(c, link)).await
    }

    async fn find_bill(&self, nonce: &str) -> Result<Option<BillRecord>, Fault> {
        let nonce = nonce.to_owned();
        self.reader
            .read(move |c| payment::find_bill(c, &nonce))
            .await
    }

    async fn find_payment(&self, id: PaymentId) -> Result<Option<Payment>, Fault> {
        self.reader.read(move |c| payment::find(c, id)).await
    }

    async fn payments_of(
        &self,
        tenant: &TenantId,
        customer: &CustomerId,
        limit: i64,
    ) -> Result<Vec<Payment>, Fault> {
        let (tenant, customer) = (tenant.clone(), customer.clone());
        self.reader
            .read(move |c| payment::of_customer(c, &tenant, &customer, limit))
            .await
    }

    async fn due_payments(&self, now: Timestamp, limit: i64) -> Result<Vec<Payment>, Fault> {
        self.reader.read(move |c| payment::due(c, now, limit)).await
    }

    async fn open_payments(&self) -> Result<Vec<Payment>, Fault> {
        self.reader.read(payment::open_ones).await
    }

    async fn find_visit(&self, digest: &str) -> Result<Option<Visit>, Fault> {
        let digest = digest.to_owned();
        self.reader.read(move |c| visit::find(c, &digest)).await
    }

    async fn audit(&self, after: i64, limit: i64) -> Result<Vec<Record>, Fault> {
        self.reader
            .read(move |c| audit::after(c, after, limit))
            .await
    }

    async fn audit_head(&self) -> Result<(i64, String), Fault> {
        self.reader.read(audit::head).await
    }

    async fn pins_without_consent(&self) -> Result<i64, Fault> {
        self.reader.read(pin::without_consent).await
    }

    async fn due_mail(&self, now: Timestamp, limit: i64) -> Result<Vec<Mail>, Fault> {
        self.reader.read(move |c| mail::due(c, now, limit)).await
    }

    async fn clean(&self, now: Timestamp, retention: &Retention) -> Result<Cleaned, Fault> {
        let retention = *retention;
        let cleaned = self
            .writer
            .write(move |c| retention::clean(c, now, &retention))
            .await;
        cleaned.map_err(|e| Fault::passing("cleaning failed").caused_by(e))
    }

    async fn ping(&self) -> Result<(), Fault> {
        self.reader.read(|c| audit::head(c).map(|_| ())).await
    }
}
