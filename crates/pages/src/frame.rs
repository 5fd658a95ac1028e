//! What stands around every step: whose page, who asks, where the customer is, how to leave.

use std::fmt;

use serde::Serialize;

/// Everything a step's page shows beside the step itself.
#[derive(Clone, Debug, Serialize)]
pub struct Frame {
    /// The language, `ja` or `en`.
    pub lang: String,
    /// The bank.
    pub tenant: TenantFace,
    /// The app that asks; none in a journey the customer began at the bank.
    pub client: Option<ClientFace>,
    /// Who is paid; none on a journey that pays nothing.
    pub payee: Option<String>,
    /// The ids of the scopes asked for.
    pub scopes: Vec<String>,
    /// Where the customer is.
    pub step: Progress,
    /// The step's own form.
    pub form: StepForm,
    /// The way back.
    pub cancel: CancelForm,
    /// This page in each language.
    pub language_urls: LanguageUrls,
    /// This page.
    pub page_url: String,
    /// After how many idle minutes the journey ends.
    pub expires_in_minutes: u32,
}

/// A bank as its customers see it.
#[derive(Clone, Debug, Serialize)]
pub struct TenantFace {
    /// The tenant's id.
    pub id: String,
    /// Its name in the page's language.
    pub name: String,
    /// The name of its internet banking; may be empty.
    pub product: String,
    /// One character for the seal. Ours: no bank's artwork is used.
    pub seal: String,
    /// Its public web site.
    pub site: String,
    /// The domain this page is served from.
    pub domain: String,
    /// Whether this is a demonstration and not the bank's site.
    pub demonstration: bool,
    /// Who helps.
    pub help_desk: Option<HelpDesk>,
}

/// Who helps, in the page's language.
#[derive(Clone, Debug, Serialize)]
pub struct HelpDesk {
    /// What it is called.
    pub name: String,
    /// Its telephone number as printed.
    pub phone: String,
    /// When it answers.
    pub hours: String,
    /// Anything else to know.
    pub note: Option<String>,
}

/// An app and the company behind it, with the four facts of 銀行法第52条の61の8.
#[derive(Clone, Debug, Serialize)]
pub struct ClientFace {
    /// The app's name in sentences.
    pub name: String,
    /// The app's name where a manual prints `API連携先サービス(株式会社)`.
    pub service: String,
    /// 商号・名称または氏名.
    pub company: String,
    /// 住所.
    pub address: String,
    /// 権限に関する事項.
    pub authority: String,
    /// 損害賠償に関する事項.
    pub damages: String,
    /// 苦情・相談の連絡先.
    pub contact: String,
    /// The word for the app on the way back.
    pub back: String,
}

/// Where the customer is.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Progress {
    /// Pages walked, this one included.
    pub number: u32,
    /// How many there are; none while a condition is open.
    pub total: Option<u32>,
}

/// Where a step's form goes and what it carries.
#[derive(Clone, Serialize)]
pub struct StepForm {
    /// The address to post to.
    pub action: String,
    /// The journey's version, against double submits.
    pub version: u64,
    /// The token against forged posts.
    pub csrf: String,
}

impl fmt::Debug for StepForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StepForm")
            .field("action", &self.action)
            .field("version", &self.version)
            .finish_non_exhaustive()
    }
}

/// Where the way back goes.
#[derive(Clone, Debug, Serialize)]
pub struct CancelForm {
    /// The address to post to.
    pub action: String,
}

/// One page in each language.
#[derive(Clone, Debug, Serialize)]
pub struct LanguageUrls {
    /// 日本語.
    pub ja: String,
    /// English.
    pub en: String,
}
