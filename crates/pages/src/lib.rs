//! STUB of the API that crates/server compiles against (by the lead, 07:59). To be replaced by the real
//! crate; keep these names if you can, they are what the server uses.

use std::collections::BTreeMap;

use serde::Serialize;

/// A text's placeholder value.
#[derive(Clone, Debug)]
pub enum TextArg {
    /// Number.
    Number(i64),
    /// Text.
    Text(String),
}
impl From<String> for TextArg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
impl From<i64> for TextArg {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}
/// A problem.
#[derive(Clone, Debug)]
pub struct Problem {
    /// Field.
    pub field: Option<String>,
    /// Key.
    pub key: String,
    /// Args.
    pub args: Vec<(String, TextArg)>,
}
/// One bank's words and look.
pub struct TenantWords {
    /// Its id.
    pub id: String,
    /// Language tag to Fluent source.
    pub texts: BTreeMap<String, String>,
    /// Theme tokens, light.
    pub tokens: BTreeMap<String, String>,
    /// Theme tokens, dark.
    pub dark: BTreeMap<String, String>,
}
/// Error.
#[derive(Debug, thiserror::Error)]
#[error("pages")]
pub struct PagesError;
/// Frame.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "stub")]
pub struct Frame {
    pub lang: String,
    pub tenant: TenantView,
    pub client: Option<ClientView>,
    pub scopes: Vec<String>,
    pub step: StepView,
    pub form: FormView,
    pub cancel: CancelView,
    pub language_urls: LanguageUrls,
    pub expires_in_minutes: u64,
}
/// x
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "stub")]
pub struct StepView {
    pub number: u32,
    pub total: Option<u32>,
}
/// x
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "stub")]
pub struct FormView {
    pub action: String,
    pub version: u64,
    pub csrf: String,
}
/// x
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "stub")]
pub struct CancelView {
    pub action: String,
    pub csrf: String,
}
/// x
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "stub")]
pub struct LanguageUrls {
    pub ja: String,
    pub en: String,
}
/// x
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "stub")]
pub struct TenantView {
    pub id: String,
    pub name: String,
    pub product: String,
    pub seal: String,
    pub site: String,
    pub domain: String,
    pub demonstration: bool,
    pub help_desk: Option<HelpDeskView>,
}
/// x
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "stub")]
pub struct HelpDeskView {
    pub name: String,
    pub phone: String,
    pub hours: String,
    pub note: Option<String>,
}
/// x
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "stub")]
pub struct ClientView {
    pub service: String,
    pub company: String,
    pub address: String,
    pub authority: String,
    pub damages: String,
    pub contact: String,
}
/// The way back.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "stub")]
pub enum BackView {
    /// A POST form that tells the app `access_denied`.
    Form { app: String, action: String, csrf: String },
    /// A plain link to the app's site.
    Link { url: String },
}
/// x
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "stub")]
pub struct ChoiceView {
    pub name: String,
    pub code: String,
    pub url: String,
}
/// x
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "stub")]
pub struct EndingFrame {
    pub lang: String,
    pub tenant: Option<TenantView>,
    pub language_urls: Option<LanguageUrls>,
}
/// Pages on which a journey is over.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "stub")]
pub enum Ending {
    Cancelled { back: Option<BackView> },
    Chooser { banks: Vec<ChoiceView> },
    Fault { incident: String, retry: bool, back: Option<BackView> },
    Finished { back: Option<BackView> },
    Lapsed { back: Option<BackView> },
    NotFound,
    OtherBrowser { cookie: String, back: Option<BackView> },
    Protocol { error_code: String, description: String },
    Refused { key: String, incident: String, back: Option<BackView> },
    UnknownBank,
    UnknownJourney,
    UnreadableForm { resume: String, back: Option<BackView> },
}
/// An asset.
#[expect(missing_docs, reason = "stub")]
pub struct Asset {
    pub bytes: Vec<u8>,
    pub content_type: String,
    pub etag: String,
}
/// Pages.
pub struct Pages;
#[expect(missing_docs, clippy::missing_errors_doc, reason = "stub")]
impl Pages {
    pub fn new(_tenants: Vec<TenantWords>) -> Result<Self, PagesError> {
        Ok(Self)
    }
    pub fn step(&self, _tenant: &str, _lang: &str, _kind: &str, _frame: &Frame, _view: &serde_json::Value, _problems: &[Problem]) -> Result<String, PagesError> {
        Err(PagesError)
    }
    pub fn ending(&self, _tenant: Option<&str>, _frame: &EndingFrame, _page: &Ending) -> Result<String, PagesError> {
        Err(PagesError)
    }
    pub fn text(&self, _tenant: Option<&str>, _lang: &str, _key: &str, _args: &[(&str, TextArg)]) -> Option<String> {
        None
    }
    pub fn has_text(&self, _tenant: Option<&str>, _lang: &str, _key: &str) -> bool {
        false
    }
    pub fn asset(&self, _name: &str) -> Option<Asset> {
        None
    }
    pub fn required_texts(_kind: &str) -> Vec<String> {
        Vec::new()
    }
}
/// Keys of a Fluent source.
pub fn text_keys(_source: &str) -> Result<Vec<String>, (usize, String)> {
    Ok(Vec::new())
}
