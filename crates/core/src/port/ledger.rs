//! The `Ledger` port: the real tables of the embedded demo bank. Only `bank::demo` reads it; a bank
//! that has a system of its own does not.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use time::Date;

use super::{Debit, DebitOrder, Decline, Identifiers};
use crate::account::{Account, AccountId, CustomerId, Period, Transaction};
use crate::fault::Fault;
use crate::instant::Timestamp;
use crate::seal::Sealed;
use crate::tenant::TenantId;

/// The demo bank's books.
#[async_trait]
pub trait Ledger: Send + Sync {
    /// The customer with this login ID (compared in lower case).
    async fn find_customer_by_login(
        &self,
        tenant: &TenantId,
        login_id: &str,
    ) -> Result<Option<LedgerCustomer>, Fault>;

    /// The customer.
    async fn find_customer(
        &self,
        tenant: &TenantId,
        customer: &CustomerId,
    ) -> Result<Option<LedgerCustomer>, Fault>;

    /// All customers of a bank, by login ID.
    async fn customers(&self, tenant: &TenantId) -> Result<Vec<LedgerCustomer>, Fault>;

    /// A customer's accounts, in the bank's order.
    async fn accounts(
        &self,
        tenant: &TenantId,
        customer: &CustomerId,
    ) -> Result<Vec<LedgerAccount>, Fault>;

    /// Lines of a statement in ascending order, after `after`, at most `limit`.
    async fn lines(
        &self,
        account: &AccountId,
        period: Period,
        after: Option<i64>,
        limit: usize,
    ) -> Result<Vec<Transaction>, Fault>;

    /// The latest line of an account.
    async fn latest_line(&self, account: &AccountId) -> Result<Option<Transaction>, Fault>;

    /// Notes that the one-time password of a time step was used. False when it or a later one was
    /// used before, however many ask at once.
    async fn use_time_step(
        &self,
        tenant: &TenantId,
        customer: &CustomerId,
        step: i64,
    ) -> Result<bool, Fault>;

    /// Writes a customer, or writes it anew.
    async fn save_customer(&self, customer: LedgerCustomer) -> Result<(), Fault>;

    /// Writes accounts, or writes them anew.
    async fn save_accounts(&self, accounts: Vec<LedgerAccount>) -> Result<(), Fault>;

    /// Debits an account, once for each key of a bank: balance and statement line change together, and
    /// the answer is kept. A balance that is short is declined.
    async fn debit(&self, debit: LedgerDebit) -> Result<Debit, Fault>;

    /// What was answered to an order; none when no order of this key came.
    async fn find_debit(&self, tenant: &TenantId, key: &str) -> Result<Option<Debit>, Fault>;

    /// Adds statement lines; a line that is there already stays as it is.
    async fn add_lines(&self, lines: Vec<LedgerLine>) -> Result<(), Fault>;
}

/// A customer in the books.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LedgerCustomer {
    /// The bank.
    pub tenant: TenantId,
    /// The bank's key.
    pub id: CustomerId,
    /// ログインID; where the bank has other identifiers, they joined.
    pub login_id: String,
    /// The identifiers by control id.
    #[serde(default)]
    pub identifiers: Identifiers,
    /// The holder's name.
    pub name: String,
    /// Mail address.
    pub mail: Option<String>,
    /// Argon2id of the password (PHC string format).
    pub password_hash: String,
    /// The password itself, sealed: the demo prints it.
    pub password: Sealed,
    /// The registered question.
    pub question: Option<String>,
    /// Its answer, sealed.
    pub answer: Option<Sealed>,
    /// Grows with every change of a credential.
    pub credential_version: i64,
    /// The registered telephone, its last digits only.
    #[serde(default)]
    pub phone: Option<String>,
    /// 認証方式.
    #[serde(default)]
    pub class: Option<String>,
    /// What stands in the customer's way.
    #[serde(default)]
    pub hurdles: std::collections::BTreeSet<super::Hurdle>,
    /// The serial number of the certificate in use, lower-case hexadecimal.
    #[serde(default)]
    pub certificate: Option<String>,
    /// 利用者番号, sealed.
    #[serde(default)]
    pub user_number: Option<Sealed>,
    /// The secret of the customer's token (RFC 6238), base32, sealed.
    #[serde(default)]
    pub otp_secret: Option<Sealed>,
    /// The last time step whose one-time password was used.
    #[serde(default)]
    pub otp_used_step: i64,
    /// 確認用パスワード, 取引実行パスワード, sealed.
    #[serde(default)]
    pub transaction_password: Option<Sealed>,
    /// The serial number of the 乱数表 and the seed of its cells, sealed.
    #[serde(default)]
    pub matrix_card: Option<Sealed>,
    /// Short messages lately sent to the registered telephone, the newest last.
    #[serde(default)]
    pub messages: Vec<LedgerMessage>,
    /// The customer's passkeys: public keys, nothing secret.
    #[serde(default)]
    pub passkeys: Vec<String>,
    /// Approvals asked for lately, the newest last.
    #[serde(default)]
    pub approvals: Vec<LedgerApproval>,
    /// 利用権限 by scope name.
    #[serde(default)]
    pub privileges: std::collections::BTreeMap<String, super::Privilege>,
    /// What goes wrong when an account is debited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub debit_lever: Option<DebitLever>,
    /// 入会済 and 申請済 services by scope name.
    pub services: std::collections::BTreeMap<String, super::ServiceStanding>,
}

/// An order to debit an account of the books.
#[derive(Clone, Debug)]
pub struct LedgerDebit {
    /// The bank.
    pub tenant: TenantId,
    /// The order.
    pub order: DebitOrder,
    /// When.
    pub at: Timestamp,
    /// Why it is declined whatever the balance.
    pub declined: Option<Decline>,
}

/// What goes wrong when the demo bank debits an account, until it is set otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DebitLever {
    /// Orders are declined.
    Declined(Decline),
    /// No answer to anything; orders are carried out.
    Silent,
    /// Orders are carried out, and their answers are lost.
    TimeoutAfter,
    /// Orders are lost.
    TimeoutBefore,
    /// The next order is lost.
    TimeoutBeforeOnce,
}

/// A short message that the demo bank has sent.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LedgerMessage {
    /// What it was sent for.
    pub key: String,
    /// Its words, sealed.
    pub words: Sealed,
}

/// An approval that was asked of a customer outside the browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerApproval {
    /// What it was asked with.
    pub key: String,
    /// What was asked.
    pub request: super::ApprovalRequest,
    /// How it stands.
    pub standing: super::Approval,
}

/// An account in the books.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LedgerAccount {
    /// The bank.
    pub tenant: TenantId,
    /// The holder.
    pub customer: CustomerId,
    /// Its place in the bank's order.
    pub position: i64,
    /// The account.
    pub account: Account,
    /// The inquiry PIN on file, sealed.
    pub pin: Sealed,
    /// Whether the bank answers 申請中 to a right PIN.
    pub pending: bool,
    /// The day of the first statement line.
    pub opened_on: Date,
}

/// A statement line in the books.
#[derive(Clone, Debug)]
pub struct LedgerLine {
    /// The account.
    pub account: AccountId,
    /// The line.
    pub line: Transaction,
}
