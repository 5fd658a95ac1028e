//! The closed vocabulary of what has been proven or decided on a journey. Steps talk to each other
//! through facts and through nothing else.

use std::collections::{BTreeMap, BTreeSet};

use renkei_oauth::client::ClientId;
use renkei_oauth::scope::Scopes;
use serde::{Deserialize, Serialize};

use crate::account::{Account, AccountId, CustomerId};
use crate::certificate::PresentedCertificate;
use crate::id::LinkId;
use crate::instant::Timestamp;
use crate::payment::Bill;
use crate::port::Identifiers;
use crate::risk::Assessment;
use crate::seal::Sealed;
use crate::tenant::ClientTerms;
use crate::text::Language;

/// Everything known so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// Who asks, and on which terms; none on a journey without a client.
    pub client: Option<ClientFact>,
    /// Where the browser stands, for the risk verdict.
    pub browser: BrowserFact,
    /// The way of proving themselves that the customer chose, by the tenant's name for it.
    pub method: Option<String>,
    /// The notices the customer agreed to, in order.
    pub agreed: Vec<Agreed>,
    /// The certificate the customer presented.
    pub certificate: Option<PresentedCertificate>,
    /// The identifiers the customer logged in with, as the bank's pages name them.
    pub identifiers: Identifiers,
    /// Who the customer is, once a step has identified them.
    pub identified: Option<Identified>,
    /// What they have proven it with.
    pub proofs: BTreeSet<Proof>,
    /// The risk verdict, once scored.
    pub risk: Option<Assessment>,
    /// Whether the consent would renew a living link; none while that is not known.
    pub renewal: Option<bool>,
    /// The services the customer chose; none while the request's own scopes stand.
    pub chosen: Option<Scopes>,
    /// How inquiry-PIN registration went, once it was decided whether it is needed.
    pub pins: Option<PinRegistration>,
    /// The accounts the link shall cover, once a step has settled them.
    pub accounts: Option<Vec<Account>>,
    /// How many days the customer lets the link live, where the bank lets them choose.
    pub days: Option<u32>,
    /// The customer's consent.
    pub consented: Option<Consented>,
    /// What is to be paid, on a journey that pays.
    pub bill: Option<Box<Bill>>,
    /// The customer's confirmation of the payment.
    pub confirmed: Option<Box<Confirmed>>,
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientFact {
    /// The client.
    pub id: ClientId,
    /// The tenant's terms for it.
    pub terms: ClientTerms,
    /// What it asked for.
    pub requested: Scopes,
}

/// What the browser shows of itself, as digests: never an address or a cookie's value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BrowserFact {
    /// Digest of the long-lived device cookie that came with the latest request, if one came.
    pub device: Option<String>,
    /// Digest of the network's prefix.
    pub network: String,
}

/// The customer, as the bank identified them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identified {
    /// The bank's key.
    pub customer: CustomerId,
    /// The name to show the customer, so that a wrong one is noticed before consent.
    pub name: String,
    /// Changes whenever a credential of the customer changes (password, certificate).
    pub credential_version: String,
    /// Where the bank may write to.
    pub mail: Option<String>,
    /// The bank's word for how this customer proves themselves.
    #[serde(default)]
    pub class: Option<String>,
    /// When.
    pub at: Timestamp,
    /// Wrong attempts at the password before this one, within the tenant's window.
    pub failures_before: u32,
}

/// A kind of proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// 電子証明書
    Certificate,
    /// 乱数表
    MatrixCard,
    /// ワンタイムパスワード
    OneTimePassword,
    /// An approval on another device or by telephone
    OutOfBand,
    /// A passkey (Web Authentication)
    Passkey,
    /// ログインパスワード
    Password,
    /// 追加認証
    SecurityQuestion,
    /// 確認用パスワード, 取引実行パスワード
    TransactionPassword,
    /// Digits of the 利用者番号
    UserNumber,
}

/// A notice as it was agreed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreed {
    /// The step that showed it.
    pub step: String,
    /// The name of its text; none when the page had none but its own words.
    #[serde(default)]
    pub terms: Option<String>,
    /// Its version, as the tenant numbers it.
    pub version: String,
    /// SHA-256 of the text in the language it was shown in, lower-case hexadecimal.
    #[serde(default)]
    pub digest: Option<String>,
    /// That language.
    #[serde(default)]
    pub language: Language,
    /// When.
    pub at: Timestamp,
}

/// How inquiry-PIN registration went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PinRegistration {
    /// Every account was registered before; page and result are left out.
    NotNeeded,
    /// The customer was at the page.
    Visited {
        /// PINs the bank found right, sealed, effective with the consent only.
        staged: BTreeMap<AccountId, Sealed>,
        /// Accounts whose registration the bank is still deciding on (申請中).
        pending: BTreeSet<AccountId>,
    },
}

/// The consent as given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consented {
    /// When.
    pub at: Timestamp,
    /// Until when the link shall live, as the page said; none when it said that there is no end.
    pub until: Option<Timestamp>,
    /// After how many days without use it ends, as the page said.
    #[serde(default)]
    pub idle_days: Option<u32>,
    /// The links that end with it, as the page said.
    #[serde(default)]
    pub supersedes: BTreeSet<LinkId>,
    /// The services consented to.
    pub scopes: Scopes,
    /// The accounts consented to.
    pub accounts: Vec<Account>,
}

/// The payment as confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmed {
    /// When.
    pub at: Timestamp,
    /// The account, as the page named it.
    pub account: Account,
}

/// Purpose under which staged PINs are sealed.
pub const STAGED_PIN: &str = "journey.staged_pin";
