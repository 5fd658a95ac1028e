//! The `Bank` port: how a tenant's customers, accounts and inquiry PINs are reached.
//!
//! The bank verifies; Renkei keeps no password of a real customer. Every method may be called again
//! with the same arguments without harm.

use std::collections::BTreeMap;

use async_trait::async_trait;
use renkei_oauth::scope::Scope;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::account::{Account, AccountId, Balance, CustomerId, Period, Transaction};
use crate::fault::Fault;
use crate::risk::RiskEngine;
use crate::secret::{Answer, Password, Pin};

/// A bank's own system.
#[async_trait]
pub trait Bank: Send + Sync {
    /// Verifies ログインID and ログインパスワード. An unknown ID and a wrong password cost the same
    /// and answer the same.
    async fn verify_login(
        &self,
        login_id: &str,
        password: &Password,
    ) -> Result<LoginVerdict, Fault>;

    /// Spends what [`Bank::verify_login`] costs, and looks at nothing: for an ID that is locked.
    async fn spend_verification(&self, password: &Password) -> Result<(), Fault>;

    /// The mail address the bank has for whoever owns this login ID.
    async fn find_mail(&self, login_id: &str) -> Result<Option<String>, Fault>;

    /// The question the customer has registered.
    async fn find_question(&self, customer: &CustomerId) -> Result<Option<Question>, Fault>;

    /// Verifies the answer; how two spellings are compared is the bank's business.
    async fn verify_answer(&self, customer: &CustomerId, answer: &Answer) -> Result<bool, Fault>;

    /// The customer's standing (入会済/申請済) with each of the bank's services.
    async fn services(
        &self,
        customer: &CustomerId,
    ) -> Result<BTreeMap<Scope, ServiceStanding>, Fault>;

    /// 照会用口座: the accounts that may be inquired, in the bank's order.
    async fn accounts(&self, customer: &CustomerId) -> Result<Vec<Account>, Fault>;

    /// Verifies the inquiry PIN filed for one account.
    async fn verify_inquiry_pin(
        &self,
        customer: &CustomerId,
        account: &AccountId,
        pin: &Pin,
    ) -> Result<PinVerdict, Fault>;

    /// Whether the customer may still be served, and with which credentials; none when the customer
    /// is gone.
    async fn standing(&self, customer: &CustomerId) -> Result<Option<Standing>, Fault>;

    /// The balance of one account; none when the account is gone.
    async fn balance(
        &self,
        customer: &CustomerId,
        account: &AccountId,
    ) -> Result<Option<Balance>, Fault>;

    /// Up to `limit` statement lines of the period in ascending order, after the line of sequence
    /// `after`; none when the account is gone.
    async fn transactions(
        &self,
        customer: &CustomerId,
        account: &AccountId,
        period: Period,
        after: Option<i64>,
        limit: usize,
    ) -> Result<Option<TransactionPage>, Fault>;

    /// The bank's own risk engine, if it has one that shall answer instead of the tenant's rules.
    fn risk_engine(&self) -> Option<&dyn RiskEngine> {
        None
    }
}

/// The verdict on a login.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoginVerdict {
    /// The password is that of this customer.
    Right {
        /// The bank's key.
        customer: CustomerId,
        /// The name to show.
        name: String,
        /// Changes with every change of a credential.
        credential_version: String,
        /// Where the bank may write to.
        mail: Option<String>,
    },
    /// No such ID, or not its password.
    Wrong,
}

/// A security question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The words of the question.
    pub text: String,
}

/// 入会済/申請済: how the customer stands with one service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ServiceStanding {
    /// 申請済: may be chosen, works once the bank has confirmed.
    Applied,
    /// 入会済.
    Joined,
    /// Neither.
    #[serde(rename = "none")]
    Neither,
}

/// The verdict on an inquiry PIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PinVerdict {
    /// 申請中: the bank has taken it and decides later.
    Pending,
    /// It is the PIN on file.
    Right,
    /// It is not.
    Wrong,
}

/// A customer who may be served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Changes with every change of a credential.
    pub credential_version: String,
    /// Where the bank may write to.
    pub mail: Option<String>,
}

/// A page of statement lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TransactionPage {
    /// The lines.
    pub lines: Vec<Transaction>,
    /// Whether more follow within the period.
    pub has_more: bool,
}
