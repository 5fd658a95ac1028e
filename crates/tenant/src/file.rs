//! `tenant.yaml` as it is written. The doc comments are the reference.

use std::collections::BTreeMap;

use renkei_core::link::Policy;
use renkei_core::step::kinds::Kind;
use renkei_core::tenant::{ClientTerms, LifeSpans, Limits};
use renkei_core::text::Bilingual;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::certificates::CertificatesFile;
use crate::hours::HoursFile;

/// A bank: identity, connector, limits, services, clients, and its journey.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TenantFile {
    /// 金融機関コード, four digits in quotes.
    #[schemars(example = &"0001")]
    pub bank_code: String,
    /// The bank's name.
    pub name: Bilingual,
    /// The internet-banking product the customer knows.
    pub product: Bilingual,
    /// One character that stands for the bank in its seal.
    #[schemars(example = &"連")]
    pub seal: String,
    /// The bank's own web site.
    #[schemars(example = &"https://www.example.jp")]
    pub site: String,
    /// A host name of the bank's own, under which its pages are served: `auth.bank.example`.
    #[serde(default)]
    pub host: Option<String>,
    /// Under which heading the bank stands where customers choose theirs.
    #[serde(default)]
    pub group: Group,
    /// When customers may begin. Absent: always.
    #[serde(default)]
    pub hours: HoursFile,
    /// Whether this is a demonstration and not the bank's site; every page then says so.
    #[serde(default)]
    pub demonstration: bool,
    /// Whom a customer can call.
    #[serde(default)]
    pub help_desk: Option<HelpDesk>,
    /// How the bank's customers and accounts are reached.
    pub connector: Connector,
    /// How long things last.
    #[serde(default)]
    pub life: LifeSpans,
    /// How many links a customer may have at the bank. `clients.<id>.link_policy` decides for one
    /// client.
    #[serde(default)]
    pub link_policy: Policy,
    /// How many wrong attempts the bank takes.
    pub limits: Limits,
    /// How the customer returns to the app after the consent.
    #[serde(default, rename = "return")]
    pub returning: Returning,
    /// The services the bank offers: `accounts`, `balances`, `transactions`; `transfer_requests`,
    /// `payroll_requests` and `transfer_status`.
    #[schemars(example = ["accounts", "balances", "transactions"])]
    pub scopes: Vec<String>,
    /// The clients the bank has let in, by client id.
    #[serde(default)]
    pub clients: BTreeMap<String, ClientTerms>,
    /// Client certificates, where the bank's customers have them.
    #[serde(default)]
    pub certificates: Option<CertificatesFile>,
    /// The steps of the journey that links an app, in order.
    pub journey: Vec<Kind>,
    /// The steps that prove a customer who wants to see or stop their links; when there are none, the
    /// steps of `journey` that prove who the customer is.
    #[serde(default)]
    pub links: Vec<Kind>,
    /// The steps of the journey that pays a fee (e-Gov 電子納付): they identify and prove the customer,
    /// choose the account (`account_selection`) and end in `payment_confirmation`. Without them the
    /// bank takes no payments.
    #[serde(default)]
    pub payment: Vec<Kind>,
    /// What kind of institution the bank is: the block in which it stands in e-Gov's list of banks.
    /// Needed with `payment`.
    #[serde(default)]
    pub kind: Option<InstitutionKind>,
    /// How the bank stands in e-Gov's list of banks.
    #[serde(default)]
    pub bank_list: BankListEntry,
}

impl TenantFile {
    /// The plans as they are written: key and steps.
    pub(crate) fn plans(&self) -> [(&'static str, &[Kind]); 3] {
        [
            ("journey", &self.journey),
            ("links", &self.links),
            ("payment", &self.payment),
        ]
    }

    /// Every step of every plan.
    pub(crate) fn steps(&self) -> impl Iterator<Item = &Kind> {
        let further = self.links.iter().chain(&self.payment);
        self.journey.iter().chain(further)
    }

    /// 金融機関名: the name that stands for the bank in e-Gov's list, unique among all banks.
    pub fn financial_name(&self) -> &str {
        self.bank_list.name.as_deref().unwrap_or(&self.name.ja)
    }

    /// Its name in hiragana: of the file, else as the zengin data has it.
    pub fn financial_kana(&self) -> String {
        let known = || renkei_zengin::bank(&self.bank_code).map(|bank| bank.hiragana.to_owned());
        self.bank_list
            .kana
            .clone()
            .or_else(known)
            .unwrap_or_default()
    }

    /// ネットバンク商品名.
    pub fn service_name(&self) -> &str {
        self.bank_list
            .service_name
            .as_deref()
            .unwrap_or(&self.product.ja)
    }
}

/// A kind of institution, as e-Gov's list of banks tells them apart.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum InstitutionKind {
    /// 銀行
    Bank,
    /// 信用金庫
    Shinkin,
    /// 信用組合
    CreditUnion,
    /// 農林中央金庫、農協、漁協
    Norinchukin,
    /// 労働金庫
    Labour,
}

/// How a bank stands in e-Gov's list of banks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct BankListEntry {
    /// 金融機関名, 1 to 256 characters; `name` in Japanese when it is left out. No two banks have the
    /// same.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 256))]
    pub name: Option<String>,
    /// The name in hiragana, under whose beginning a `bank` stands; of the zengin data when it is left
    /// out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1))]
    pub kana: Option<String>,
    /// ネットバンク商品名; `product` in Japanese when it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1))]
    pub service_name: Option<String>,
}

/// A heading where customers choose their bank, in the order in which they stand there.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// 信用組合
    CreditUnions,
    /// 信用金庫
    ShinkinBanks,
    /// 労働金庫
    LabourBanks,
    /// 銀行
    Banks,
    /// その他の金融機関
    #[default]
    Others,
}

impl Group {
    /// Its word in files and in keys of texts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CreditUnions => "credit_unions",
            Self::ShinkinBanks => "shinkin_banks",
            Self::LabourBanks => "labour_banks",
            Self::Banks => "banks",
            Self::Others => "others",
        }
    }
}

/// Whom a customer can call.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HelpDesk {
    /// Its name.
    pub name: Bilingual,
    /// Its telephone number.
    #[schemars(example = &"0000-00-0000")]
    pub phone: String,
    /// When it answers.
    pub hours: Bilingual,
    /// What else a caller should know.
    #[serde(default)]
    pub note: Option<Bilingual>,
}

/// How the customer returns to the app after the consent: at once, or from a page of the bank.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Returning {
    /// Whether a page says first that the link is made, with a button that leads back: for apps on
    /// phones, which some browsers open only at the customer's own touch.
    pub page: bool,
}

/// How a bank's customers and accounts are reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Connector {
    /// The embedded demo bank, begun from `demo.yaml`.
    Demo,
}
