//! The bench connector: knows everybody, verifies at once, has one account.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use renkei_bank::Hasher;
use renkei_core::account::{Account, AccountId, AccountType, Balance, CustomerId, Period};
use renkei_core::fault::Fault;
use renkei_core::port::{
    Bank, Identifiers, LoginVerdict, PinVerdict, ServiceStanding, Standing, TransactionPage,
};
use renkei_core::secret::{Password, Pin};
use renkei_oauth::scope::Scope;
use renkei_server::BankDirectory;
use renkei_tenant::LoadedTenant;

use crate::party::HASHED;

/// The bank of the benchmark.
#[derive(Clone)]
pub(crate) struct BenchBank {
    /// Evaluates the password of a customer whose login ID asks for it.
    pub(crate) hasher: Hasher,
    /// The hash of the only password.
    pub(crate) hash: Arc<str>,
}

impl BankDirectory for BenchBank {
    fn bank(&self, _: &LoadedTenant) -> Arc<dyn Bank> {
        Arc::new(self.clone())
    }
}

#[async_trait]
impl Bank for BenchBank {
    async fn verify_login(
        &self,
        who: &Identifiers,
        password: &Password,
    ) -> Result<LoginVerdict, Fault> {
        let login_id = who.get("login_id").map_or("", String::as_str);
        if login_id.starts_with(HASHED) && !self.hasher.verify(password, Some(&self.hash)).await? {
            return Ok(LoginVerdict::Wrong);
        }
        Ok(LoginVerdict::Right {
            customer: CustomerId::new(login_id),
            name: "株式会社 ベンチ".to_owned(),
            standing: standing(),
        })
    }

    async fn spend_verification(&self, _: &Password) -> Result<(), Fault> {
        Ok(())
    }

    async fn find_mail(&self, _: &Identifiers) -> Result<Option<String>, Fault> {
        Ok(Some(mail()))
    }

    async fn services(&self, _: &CustomerId) -> Result<BTreeMap<Scope, ServiceStanding>, Fault> {
        let joined = |word| {
            let scope = Scope::parse(word).map_err(|_| Fault::new("not a scope"))?;
            Ok((scope, ServiceStanding::Joined))
        };
        ["balances", "transactions"]
            .into_iter()
            .map(joined)
            .collect()
    }

    async fn accounts(&self, customer: &CustomerId) -> Result<Vec<Account>, Fault> {
        Ok(vec![Account {
            id: AccountId::new(customer.as_str()),
            branch_code: "001".to_owned(),
            branch_name: "本店営業部".to_owned(),
            kind: AccountType::Ordinary,
            number: "1000001".to_owned(),
            memo: None,
            holder: "株式会社 ベンチ".to_owned(),
            holder_kana: "ｶ)ﾍﾞﾝﾁ".to_owned(),
            primary: true,
        }])
    }

    async fn verify_inquiry_pin(
        &self,
        _: &CustomerId,
        _: &AccountId,
        _: &Pin,
    ) -> Result<PinVerdict, Fault> {
        Ok(PinVerdict::Right)
    }

    async fn standing(&self, _: &CustomerId) -> Result<Option<Standing>, Fault> {
        Ok(Some(standing()))
    }

    async fn balance(&self, _: &CustomerId, _: &AccountId) -> Result<Option<Balance>, Fault> {
        Ok(Some(Balance {
            balance_yen: 1_000_000,
            withdrawable_yen: 1_000_000,
        }))
    }

    async fn transactions(
        &self,
        _: &CustomerId,
        _: &AccountId,
        _: Period,
        _: Option<i64>,
        _: usize,
    ) -> Result<Option<TransactionPage>, Fault> {
        Ok(Some(TransactionPage::default()))
    }
}

/// Every customer gets mail: a journey writes it into the outbox, as in production.
fn mail() -> String {
    "bench@example.jp".to_owned()
}

fn standing() -> Standing {
    Standing {
        credential_version: "1".to_owned(),
        mail: Some(mail()),
        ..Standing::default()
    }
}
