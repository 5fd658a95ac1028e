//! Login: identifiers of the bank's choosing and a password, with or without a certificate. Asks for
//! all of them on one page; proves who the customer is.
//!
//! Sources: Hidashin manual 手順1-1 and 1-2, Sorachi 手順1, Hana 手順1, Mizuho 1.2 to 1.4. Unknown
//! identifiers and a wrong password, malformed and locked ones, cost the same, are counted the same
//! and read the same.

mod submit;

use async_trait::async_trait;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::field::{Field, FieldView};
use super::{
    Applies, Arrival, Brought, Context, Entry, Kept, Outcome, Role, Sample, SampleWorld, Step,
    Submission, When,
};
use crate::certificate::PresentedCertificate;
use crate::fact::Facts;
use crate::fault::Fault;
use crate::form::FormData;
use crate::port::Holder;
use crate::text::{Message, Problem};

/// Login with identifiers and a password.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Login {
    /// When the step is walked.
    #[serde(default)]
    pub when: When,
    /// The screen's number as the manual prints it; shown, never used as a key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub screen_id: Option<String>,
    /// What says who the customer is, in the order of the page. May be empty only when a certificate
    /// says it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identifiers: Vec<Identifier>,
    /// The format of the password.
    pub password: Field,
    /// Whether the page asks for a certificate first (電子証明書ログイン).
    #[serde(default)]
    pub certificate: CertificateUse,
    /// Whether the identifiers that a certificate brings are shown, read-only, above the password.
    #[serde(default)]
    pub shows_identifiers: bool,
    /// Whether the page has a notice of the bank (texts `login-notice-title` and `login-notice`).
    #[serde(default)]
    pub notice: bool,
    /// The address of the bank's terms; the page then has 免責事項 with a link to them (texts
    /// `login-terms-title` and `login-terms`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<String>,
    /// Links under the fields: for whoever has forgotten the password.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<PageLink>,
}

/// A link to a page of the bank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PageLink {
    /// The end of its text's key, `login-link-<text>`.
    pub text: String,
    /// Its address, https.
    pub url: String,
}

/// One thing that says who the customer is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Identifier {
    /// The id of its control and the end of its texts' keys: `login_id`, `contract_number`,
    /// `user_id`, `branch_code`, `account_number`, or a word of the bank's own.
    pub id: String,
    /// Its format.
    pub format: Field,
}

/// What a login page does about certificates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CertificateUse {
    /// Nothing. A certificate that an earlier step took still identifies.
    #[default]
    None,
    /// A customer may log in with one instead of the identifiers.
    Offered,
    /// Every customer must.
    Required,
}

/// What the step remembers: whose certificate it has seen.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Memory {
    pub(super) presented: Option<Presented>,
}

/// A certificate and the identifiers that go with it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Presented {
    pub(super) certificate: PresentedCertificate,
    pub(super) who: crate::port::Identifiers,
}

impl Presented {
    /// Whose it is, as the certificate says.
    fn holder(&self) -> String {
        let certificate = &self.certificate;
        let organization = certificate.organization.clone();
        organization.unwrap_or_else(|| certificate.common_name.clone())
    }
}

/// The page.
#[derive(Debug, Serialize)]
pub struct View {
    screen_id: Option<String>,
    fields: Vec<FieldView>,
    /// Whether the page shows 電子証明書ログイン.
    certificate: bool,
    /// Whether a certificate was taken, so that the password alone is left.
    presented: bool,
    /// Whose certificate was taken.
    holder: Option<String>,
    notice: bool,
    terms: Option<String>,
    links: Vec<PageLink>,
}

#[async_trait]
impl Step for Login {
    const KIND: &'static str = "login";
    const ROLE: Role = Role::IdentifiesAndProves;
    type Memory = Memory;
    type View = View;

    fn when(&self) -> &When {
        &self.when
    }

    fn applies(&self, facts: &Facts) -> Applies {
        if facts.identified.is_some() {
            return Applies::No("the customer is identified already");
        }
        Applies::Certainly
    }

    /// The words for identifiers and links of the bank's own.
    fn texts(&self) -> Vec<String> {
        let of_identifier = |Identifier { id, .. }: &Identifier| {
            [
                format!("login-label-{id}"),
                format!("error-{id}-missing"),
                format!("error-{id}-format"),
            ]
        };
        let links = self.links.iter();
        let identifiers = self.identifiers.iter().flat_map(of_identifier);
        identifiers
            .chain(links.map(|link| format!("login-link-{}", link.text)))
            .collect()
    }

    async fn enter(&self, cx: &Context<'_>) -> Result<Arrival<Memory>, Fault> {
        let memory = match &cx.facts.certificate {
            Some(certificate) => self.of_certificate(cx, certificate.clone()).await?,
            None => Some(Memory::default()),
        };
        Ok(Entry::Ask(memory.unwrap_or_default()).into())
    }

    fn present(&self, _: &Facts, memory: &Memory, _: &[Problem], kept: &Kept) -> View {
        let asks = memory.presented.is_none() && self.certificate != CertificateUse::None;
        let mut fields = Vec::new();
        match &memory.presented {
            Some(presented) if self.shows_identifiers => {
                for Identifier { id, format } in &self.identifiers {
                    let value = presented.who.get(id).map_or("", String::as_str);
                    fields.push(format.view(id, false, value).fixed());
                }
            }
            Some(_) => {}
            None => {
                for Identifier { id, format } in &self.identifiers {
                    let value = kept.get(id).map_or("", String::as_str);
                    fields.push(format.view(id, false, value));
                }
            }
        }
        if !(asks && self.certificate == CertificateUse::Required) {
            fields.push(self.password.view(PASSWORD, true, ""));
        }
        View {
            screen_id: self.screen_id.clone(),
            fields,
            certificate: asks,
            presented: memory.presented.is_some(),
            holder: memory.presented.as_ref().map(Presented::holder),
            notice: self.notice,
            terms: self.terms.clone(),
            links: self.links.clone(),
        }
    }

    async fn submit(
        &self,
        cx: &Context<'_>,
        memory: Memory,
        form: &FormData,
    ) -> Result<Submission<Memory>, Fault> {
        self.take(cx, memory, form).await
    }

    async fn returned(
        &self,
        cx: &Context<'_>,
        memory: Memory,
        brought: Brought,
    ) -> Result<Submission<Memory>, Fault> {
        let Brought::Certificate(certificate) = brought;
        Ok(match self.of_certificate(cx, certificate).await? {
            Some(memory) => again(memory, Vec::new()),
            None => again(
                memory,
                vec![Problem::of_page(Message::new(
                    "error-certificate-of-nobody",
                ))],
            ),
        }
        .into())
    }

    fn samples(&self, world: &SampleWorld) -> Vec<Sample<Memory>> {
        let ids = || self.identifiers.iter().map(|identifier| &identifier.id);
        let presented = || Memory {
            presented: Some(Presented {
                certificate: world.certificate(),
                who: ids()
                    .map(|id| (id.clone(), "sample01".to_owned()))
                    .collect(),
            }),
        };
        // Where a certificate is a must, a password is typed only after one.
        let typing = || match self.certificate {
            CertificateUse::Required => presented(),
            CertificateUse::None | CertificateUse::Offered => Memory::default(),
        };
        let mut wrong = Sample::new("wrong", world, typing())
            .told(Message::new("error-login-wrong-few-left").with("left", 2))
            .told_at(PASSWORD, Message::new(format!("error-{PASSWORD}-format")));
        let mut missing = Sample::new("missing", world, typing());
        if missing.memory.presented.is_none() {
            for id in ids() {
                wrong = wrong.keeping(id, "sample01");
                missing = missing.told_at(id, Message::new(format!("error-{id}-missing")));
            }
        }
        let missing = missing.told_at(PASSWORD, Message::new(format!("error-{PASSWORD}-missing")));
        let first = Sample::new("first", world, Memory::default());
        let mut all = vec![first, wrong, missing];
        if self.certificate != CertificateUse::None || self.shows_identifiers {
            all.push(Sample::new("presented", world, presented()));
        }
        all
    }
}

impl Login {
    /// The memory after a certificate was presented; none when it is nobody's.
    async fn of_certificate(
        &self,
        cx: &Context<'_>,
        certificate: PresentedCertificate,
    ) -> Result<Option<Memory>, Fault> {
        let holder = cx.bank.find_holder(&certificate).await?;
        Ok(holder.map(|Holder { who, .. }| Memory {
            presented: Some(Presented { certificate, who }),
        }))
    }
}

fn again(memory: Memory, problems: Vec<Problem>) -> Outcome<Memory> {
    Outcome::Again {
        memory,
        problems,
        kept: Vec::new(),
    }
}

/// The control of the password.
const PASSWORD: &str = "password";
