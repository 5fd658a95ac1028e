//! The demo bank: what a bank's own system would answer, from its books.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use renkei_core::account::{Account, AccountId, AccountType, Balance, CustomerId, Period};
use renkei_core::fault::Fault;
use renkei_core::port::{
    Bank, Ledger, LedgerAccount, LedgerCustomer, LoginVerdict, PinVerdict, Question,
    ServiceStanding, Standing, TransactionPage,
};
use renkei_core::seal::{Keyring, same};
use renkei_core::secret::{Answer, Password, Pin};
use renkei_core::tenant::TenantId;
use renkei_oauth::scope::Scope;

use crate::password::Hasher;

/// Purposes under which the demo bank seals what it must be able to print.
pub(crate) const PASSWORD: &str = "demo.password";
pub(crate) const ANSWER: &str = "demo.answer";
pub(crate) const PIN: &str = "demo.inquiry_pin";

/// One tenant's demo bank.
pub struct DemoBank {
    tenant: TenantId,
    ledger: Arc<dyn Ledger>,
    keyring: Arc<Keyring>,
    hasher: Hasher,
}

impl DemoBank {
    /// The demo bank of a tenant.
    pub fn new(
        tenant: TenantId,
        ledger: Arc<dyn Ledger>,
        keyring: Arc<Keyring>,
        hasher: Hasher,
    ) -> Self {
        Self {
            tenant,
            ledger,
            keyring,
            hasher,
        }
    }

    async fn customer(&self, id: &CustomerId) -> Result<Option<LedgerCustomer>, Fault> {
        self.ledger.find_customer(&self.tenant, id).await
    }

    async fn account(
        &self,
        customer: &CustomerId,
        account: &AccountId,
    ) -> Result<Option<LedgerAccount>, Fault> {
        let accounts = self.ledger.accounts(&self.tenant, customer).await?;
        Ok(accounts
            .into_iter()
            .find(|kept| kept.account.id == *account))
    }
}

#[async_trait]
impl Bank for DemoBank {
    async fn verify_login(
        &self,
        login_id: &str,
        password: &Password,
    ) -> Result<LoginVerdict, Fault> {
        let customer = self
            .ledger
            .find_customer_by_login(&self.tenant, login_id)
            .await?;
        let hash = customer
            .as_ref()
            .map(|customer| customer.password_hash.as_str());
        let right = self.hasher.verify(password, hash).await?;
        Ok(match customer {
            Some(customer) if right => LoginVerdict::Right {
                customer: customer.id,
                name: customer.name,
                credential_version: customer.credential_version.to_string(),
                mail: customer.mail,
            },
            Some(_) | None => LoginVerdict::Wrong,
        })
    }

    async fn spend_verification(&self, password: &Password) -> Result<(), Fault> {
        self.hasher.verify(password, None).await.map(|_| ())
    }

    async fn find_mail(&self, login_id: &str) -> Result<Option<String>, Fault> {
        let customer = self
            .ledger
            .find_customer_by_login(&self.tenant, login_id)
            .await?;
        Ok(customer.and_then(|customer| customer.mail))
    }

    async fn find_question(&self, customer: &CustomerId) -> Result<Option<Question>, Fault> {
        let question = self
            .customer(customer)
            .await?
            .and_then(|customer| customer.question);
        Ok(question.map(|text| Question { text }))
    }

    async fn verify_answer(&self, customer: &CustomerId, answer: &Answer) -> Result<bool, Fault> {
        let sealed = self
            .customer(customer)
            .await?
            .and_then(|customer| customer.answer);
        let Some(sealed) = sealed else {
            return Ok(false);
        };
        let kept = Answer::new(self.keyring.open(ANSWER, &sealed)?.as_str());
        Ok(same(kept.folded().expose(), answer.folded().expose()))
    }

    async fn services(
        &self,
        customer: &CustomerId,
    ) -> Result<BTreeMap<Scope, ServiceStanding>, Fault> {
        let services = self
            .customer(customer)
            .await?
            .map(|customer| customer.services);
        Ok(services
            .unwrap_or_default()
            .into_iter()
            .filter_map(|(name, standing)| Some((Scope::parse(&name).ok()?, standing)))
            .collect())
    }

    async fn accounts(&self, customer: &CustomerId) -> Result<Vec<Account>, Fault> {
        let accounts = self.ledger.accounts(&self.tenant, customer).await?;
        Ok(accounts.into_iter().map(|kept| kept.account).collect())
    }

    async fn verify_inquiry_pin(
        &self,
        customer: &CustomerId,
        account: &AccountId,
        pin: &Pin,
    ) -> Result<PinVerdict, Fault> {
        let Some(kept) = self.account(customer, account).await? else {
            return Ok(PinVerdict::Wrong);
        };
        let right = same(&self.keyring.open(PIN, &kept.pin)?, pin.expose());
        Ok(match (right, kept.pending) {
            (false, _) => PinVerdict::Wrong,
            (true, true) => PinVerdict::Pending,
            (true, false) => PinVerdict::Right,
        })
    }

    async fn standing(&self, customer: &CustomerId) -> Result<Option<Standing>, Fault> {
        Ok(self.customer(customer).await?.map(|customer| Standing {
            credential_version: customer.credential_version.to_string(),
            mail: customer.mail,
        }))
    }

    async fn balance(
        &self,
        customer: &CustomerId,
        account: &AccountId,
    ) -> Result<Option<Balance>, Fault> {
        let Some(kept) = self.account(customer, account).await? else {
            return Ok(None);
        };
        let balance_yen = self
            .ledger
            .latest_line(account)
            .await?
            .map_or(0, |line| line.balance_yen);
        let withdrawable_yen = match kept.account.kind {
            AccountType::Ordinary | AccountType::Current | AccountType::Savings => {
                balance_yen.max(0)
            }
            // A time deposit cannot be drawn before its day.
            AccountType::Time => 0,
        };
        Ok(Some(Balance {
            balance_yen,
            withdrawable_yen,
        }))
    }

    async fn transactions(
        &self,
        customer: &CustomerId,
        account: &AccountId,
        period: Period,
        after: Option<i64>,
        limit: usize,
    ) -> Result<Option<TransactionPage>, Fault> {
        if self.account(customer, account).await?.is_none() {
            return Ok(None);
        }
        let mut lines = self.ledger.lines(account, period, after, limit + 1).await?;
        let has_more = lines.len() > limit;
        lines.truncate(limit);
        Ok(Some(TransactionPage { lines, has_more }))
    }
}
