//! The `Bank` port: how a tenant's customers, accounts and inquiry PINs are reached.
//!
//! The bank verifies; Renkei keeps no password of a real customer. Every method may be called again
//! with the same arguments without harm. What not every bank has (certificates, tokens, approvals)
//! has an answer by default that says so.

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use renkei_oauth::scope::Scope;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::PasskeyRequest;
use super::debit::{Debit, DebitOrder, DebitStatus};
use super::factor::{Challenge, Factor, FactorAnswer, Registration};
use crate::account::{Account, AccountId, Balance, CustomerId, Period, Transaction};
use crate::certificate::PresentedCertificate;
use crate::fault::Fault;
use crate::instant::Timestamp;
use crate::risk::RiskEngine;
use crate::secret::{Password, Pin};

/// What says who a customer is, by the id of its control: `login_id`; or `contract_number` and
/// `user_id`; or `branch_code` and `account_number`.
pub type Identifiers = BTreeMap<String, String>;

/// A bank's own system.
#[async_trait]
pub trait Bank: Send + Sync {
    /// Verifies a customer's identifiers and their password (or the PIN of a cash card, where the
    /// tenant logs in with one). Unknown identifiers and a wrong password cost the same and answer
    /// the same.
    async fn verify_login(
        &self,
        who: &Identifiers,
        password: &Password,
    ) -> Result<LoginVerdict, Fault>;

    /// Spends what [`Bank::verify_login`] costs, and looks at nothing: for an ID that is locked.
    async fn spend_verification(&self, password: &Password) -> Result<(), Fault>;

    /// The mail address the bank has for whoever has these identifiers.
    async fn find_mail(&self, who: &Identifiers) -> Result<Option<String>, Fault>;

    /// Whose certificate this is, as the bank knows today; none when it is nobody's any more.
    async fn find_holder(
        &self,
        _certificate: &PresentedCertificate,
    ) -> Result<Option<Holder>, Fault> {
        Ok(None)
    }

    /// What to ask a customer for this factor; none when they have none.
    async fn challenge(
        &self,
        _customer: &CustomerId,
        _factor: Factor,
    ) -> Result<Option<Challenge>, Fault> {
        Ok(None)
    }

    /// Verifies the answer to a challenge; how two spellings are compared is the bank's business. A
    /// one-time password is right once.
    async fn verify(&self, _customer: &CustomerId, _answer: &FactorAnswer) -> Result<bool, Fault> {
        Ok(false)
    }

    /// Asks the customer's browser for a new passkey; none where the bank keeps none.
    async fn new_passkey(&self, _customer: &CustomerId) -> Result<Option<PasskeyRequest>, Fault> {
        Ok(None)
    }

    /// Registers a factor the customer did not have. False when the token's code is not one that its
    /// secret makes now, or the passkey does not verify: then nothing is registered.
    async fn register(
        &self,
        _customer: &CustomerId,
        _registration: &Registration,
    ) -> Result<bool, Fault> {
        Err(Fault::new("this bank registers nothing"))
    }

    /// Sends a short message to the customer's registered telephone, once for each `key`.
    async fn send_text(
        &self,
        _customer: &CustomerId,
        _key: &str,
        _words: &str,
    ) -> Result<(), Fault> {
        Err(Fault::new("this bank sends no short messages"))
    }

    /// Asks the customer for an approval outside the browser, once for each `key`. After
    /// [`ApprovalRequest::until`] the bank takes none for it.
    async fn request_approval(
        &self,
        _customer: &CustomerId,
        _key: &str,
        _request: &ApprovalRequest,
    ) -> Result<(), Fault> {
        Err(Fault::new("this bank asks for no approvals"))
    }

    /// How the approval asked for with `key` stands.
    async fn approval(&self, _customer: &CustomerId, _key: &str) -> Result<Approval, Fault> {
        Ok(Approval::Waiting)
    }

    /// Takes a hurdle away that the customer may take away themselves: stops the other session,
    /// keeps a password for once more.
    async fn clear_hurdle(&self, _customer: &CustomerId, _hurdle: Hurdle) -> Result<(), Fault> {
        Ok(())
    }

    /// The customer's standing (入会済/申請済) with each of the bank's services.
    async fn services(
        &self,
        customer: &CustomerId,
    ) -> Result<BTreeMap<Scope, ServiceStanding>, Fault>;

    /// 利用権限: what the bank's administrator lets this customer do, by service; a service that is
    /// not named needs no privilege.
    async fn privileges(
        &self,
        _customer: &CustomerId,
    ) -> Result<BTreeMap<Scope, Privilege>, Fault> {
        Ok(BTreeMap::new())
    }

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

    /// The accounts that fees can be paid from, in the bank's order; none where the bank pays none.
    async fn payable_accounts(&self, _customer: &CustomerId) -> Result<Vec<Account>, Fault> {
        Ok(Vec::new())
    }

    /// Debits an account, once for each key: the same key is answered the same however often, and
    /// however much at once, it comes. A fault counts as [`Debit::Unknown`].
    async fn debit(&self, _customer: &CustomerId, _order: &DebitOrder) -> Result<Debit, Fault> {
        Err(Fault::new("this bank debits no accounts"))
    }

    /// How the order of this key stands.
    async fn debit_status(&self, _customer: &CustomerId, _key: &str) -> Result<DebitStatus, Fault> {
        Err(Fault::new("this bank debits no accounts"))
    }

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
        /// How the customer stands.
        standing: Standing,
    },
    /// No such customer, or not their password.
    Wrong,
}

/// Who holds a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The bank's key.
    pub customer: CustomerId,
    /// Their identifiers.
    pub who: Identifiers,
}

/// How a customer stands with the bank.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Changes with every change of a credential.
    pub credential_version: String,
    /// Where the bank may write to.
    pub mail: Option<String>,
    /// The registered telephone as it may be shown, all but its last digits masked.
    pub phone: Option<String>,
    /// 認証方式: the bank's word for how this customer proves themselves (`fixed_password`,
    /// `one_time_password`, `certificate`), where it has such words.
    pub class: Option<String>,
    /// What stands in the customer's way.
    pub hurdles: BTreeSet<Hurdle>,
}

/// What stands in a customer's way at the bank.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Hurdle {
    /// The certificate has expired, as the bank's books say.
    CertificateExpired,
    /// 初期設定 is not finished.
    InitialSetup,
    /// The mail address bounces.
    MailInvalid,
    /// OTP利用開始登録 is not done.
    OneTimePasswordUnregistered,
    /// ログインパスワード has expired.
    PasswordExpired,
    /// The administrator has not permitted linking apps.
    PermissionMissing,
    /// The customer is logged in elsewhere.
    SessionElsewhere,
}

impl Hurdle {
    /// Its word in texts, `password-expired`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::CertificateExpired => "certificate-expired",
            Self::InitialSetup => "initial-setup",
            Self::MailInvalid => "mail-invalid",
            Self::OneTimePasswordUnregistered => "one-time-password-unregistered",
            Self::PasswordExpired => "password-expired",
            Self::PermissionMissing => "permission-missing",
            Self::SessionElsewhere => "session-elsewhere",
        }
    }
}

/// An approval asked for outside the browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApprovalRequest {
    /// How it is given.
    pub manner: ApprovalManner,
    /// Until when.
    pub until: Timestamp,
}

/// How an approval is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApprovalManner {
    /// The customer calls the bank from the registered telephone.
    Call,
    /// A push to the customer's own device, who picks or types this number there.
    Push {
        /// The number that the page shows.
        number: String,
    },
}

/// How an approval stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Approval {
    /// Given.
    Given,
    /// Refused by the customer on the other device.
    Refused,
    /// Neither yet.
    Waiting,
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

/// 利用権限: what the bank's administrator lets a customer do with one service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Privilege {
    /// 権限あり(特権承認者権限): may approve, and therefore may not create requests by API.
    Approver,
    /// 権限あり.
    Granted,
    /// 権限なし.
    #[serde(rename = "none")]
    Missing,
}

impl Privilege {
    /// Whether it lets the customer's apps use a service. Whoever approves requests must not make
    /// them as well.
    pub fn permits(self, scope: &Scope) -> bool {
        match self {
            Self::Granted => true,
            Self::Approver => !MADE_BY_OTHERS.contains(&scope.as_str()),
            Self::Missing => false,
        }
    }
}

/// The services that 特権承認者権限 shuts out: 依頼データ作成.
const MADE_BY_OTHERS: [&str; 2] = ["payroll_requests", "transfer_requests"];

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

/// A page of statement lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TransactionPage {
    /// The lines.
    pub lines: Vec<Transaction>,
    /// Whether more follow within the period.
    pub has_more: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_approver_makes_no_requests_and_reads_all_the_same() {
        let scope = |word| Scope::parse(word).unwrap();
        for (privilege, word, permitted) in [
            (Privilege::Granted, "transfer_requests", true),
            (Privilege::Approver, "transfer_requests", false),
            (Privilege::Approver, "payroll_requests", false),
            (Privilege::Approver, "transfer_status", true),
            (Privilege::Approver, "transactions", true),
            (Privilege::Missing, "balances", false),
        ] {
            assert_eq!(
                privilege.permits(&scope(word)),
                permitted,
                "{privilege:?} {word}"
            );
        }
    }
}
