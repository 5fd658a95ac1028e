//! `tenant.yaml` as it is written. The doc comments are the reference.

use std::collections::BTreeMap;

use renkei_core::step::kinds::Kind;
use renkei_core::tenant::{ClientTerms, LifeSpans, Limits};
use renkei_core::text::Bilingual;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
    /// How the customer returns to the app after the consent.
    #[serde(default, rename = "return")]
    pub returning: Returning,
    /// The services the bank offers: `accounts`, `balances`, `transactions`.
    pub scopes: Vec<String>,
    /// The clients the bank has let in, by client id.
    #[serde(default)]
    pub clients: BTreeMap<String, ClientTerms>,
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

/// How the customer returns to the app after the consent: at once, or from a page of the bank.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Returning {
    /// Whether a page says first that the link is made, with a button that leads back: for apps on
    /// phones, which some browsers open only at the customer's own touch.
    pub page: bool,
    /// After so many seconds the page leads back by itself too, 3 to 30; by the button alone when this
    /// is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 3, max = 30))]
    pub after_seconds: Option<u32>,
}

/// How a bank's customers and accounts are reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Connector {
    /// The embedded demo bank, begun from `demo.yaml`.
    Demo,
}
