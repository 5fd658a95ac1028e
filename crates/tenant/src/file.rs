//! `tenant.yaml` as it is written. The doc comments are the reference.

use std::collections::BTreeMap;

use renkei_core::step::kinds::Kind;
use renkei_core::tenant::{ClientTerms, LifeSpans, Limits};
use renkei_core::text::Bilingual;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::certificates::CertificatesFile;

/// A bank: identity, connector, limits, services, clients, and its journey.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TenantFile {
    /// 金融機関コード, four digits in quotes.
    pub bank_code: String,
    /// The bank's name.
    pub name: Bilingual,
    /// The internet-banking product the customer knows.
    pub product: Bilingual,
    /// One character that stands for the bank in its seal.
    pub seal: String,
    /// The bank's own web site.
    pub site: String,
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
    /// How many wrong attempts the bank takes.
    pub limits: Limits,
    /// The services the bank offers: `accounts`, `balances`, `transactions`; `transfer_requests`,
    /// `payroll_requests` and `transfer_status`.
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
}

/// Whom a customer can call.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HelpDesk {
    /// Its name.
    pub name: Bilingual,
    /// Its telephone number.
    pub phone: String,
    /// When it answers.
    pub hours: Bilingual,
    /// What else a caller should know.
    #[serde(default)]
    pub note: Option<Bilingual>,
}

/// How a bank's customers and accounts are reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Connector {
    /// The embedded demo bank, begun from `demo.yaml`.
    Demo,
}
