//! A step: one stop of a bank's journey. Its kind is code, its settings and words are the tenant's.
//!
//! **Invariants.** A step never sees a request, a response, a template or a connection. `enter` runs
//! once, on arrival, and may reach the bank; `present` is pure, so that refresh and Back are
//! harmless; `submit` takes what was posted and returns one outcome. Steps talk to each other
//! through [`Facts`] and through nothing else; memory is private to a step.

pub mod kinds;

mod account_selection;
mod any;
mod certificate;
mod challenge;
mod consent;
mod digits;
mod field;
mod gate;
mod hurdle;
mod inquiry_pin;
mod inquiry_pin_result;
mod interstitial;
mod linked;
mod login;
mod matrix_card;
mod notice;
mod one_time_password;
mod out_of_band;
mod passkey;
mod payment_confirmation;
mod permission_gate;
mod precondition;
mod registration;
mod risk;
mod sample;
mod security_question;
mod service_selection;
mod session_conflict;
mod transaction_password;
#[cfg(test)]
mod trial;
mod when;

use std::fmt::Debug;

use async_trait::async_trait;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use self::any::AnyStep;
pub use self::field::{Charset, Field};
pub use self::login::CertificateUse;
pub use self::notice::Notice;
pub use self::registration::Registrable;
pub use self::sample::{Sample, SampleView, SampleWorld};
pub use self::when::When;
use crate::attempt::AttemptKey;
use crate::certificate::PresentedCertificate;
use crate::fact::Facts;
use crate::fault::Fault;
use crate::form::FormData;
use crate::instant::Timestamp;
use crate::mail::{CodeMail, Occasion};
use crate::port::{Bank, Random, Records};
use crate::refusal::Refusal;
use crate::seal::Keyring;
use crate::tenant::Tenant;
use crate::text::{Language, Problem};

/// What a step may see of the world.
pub struct Context<'a> {
    /// Now.
    pub now: Timestamp,
    /// Randomness fit for secrets.
    pub random: &'a dyn Random,
    /// Seals what must not lie open in the journey.
    pub keyring: &'a Keyring,
    /// The bank whose journey this is.
    pub tenant: &'a Tenant,
    /// What is known so far.
    pub facts: &'a Facts,
    /// The bank's own system.
    pub bank: &'a dyn Bank,
    /// What Renkei itself remembers.
    pub records: &'a dyn Records,
    /// The language of the page.
    pub language: Language,
    /// Names this arrival: the same after a crash, so that an effect can be made once.
    pub arrival: String,
}

/// What a kind brings to the plan as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Ends the journey with the customer's consent.
    Consents,
    /// Says who the customer is and proves it.
    IdentifiesAndProves,
    /// Ends the journey with the customer's confirmation of a payment.
    Pays,
    /// Needs to know nothing about the customer: a notice, a choice, a certificate.
    Prepares,
    /// Adds a proof about a customer who is identified already.
    Proves,
    /// Needs an identified customer, proves nothing.
    Serves,
}

/// Whether a step is to be walked, as far as the facts tell now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applies {
    /// It will be.
    Certainly,
    /// It cannot be known yet.
    Open,
    /// It will not; the reason goes into the audit record.
    No(&'static str),
}

/// What arriving at a step leads to.
#[derive(Debug)]
pub enum Entry<M> {
    /// A page for the customer.
    Ask(M),
    /// Nothing to ask; the journey goes on with these facts.
    Passed(Box<Facts>),
    /// The journey cannot go on.
    Refused(Refusal),
}

/// Something to be done elsewhere and brought back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Errand {
    /// Present a client certificate, on the address that asks for one.
    Certificate,
}

/// What an errand brought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Brought {
    /// A certificate that is in order.
    Certificate(PresentedCertificate),
}

/// What a posted form leads to.
#[derive(Debug)]
pub enum Outcome<M> {
    /// On an errand; the page stays where the journey is until something is brought.
    Away {
        /// The step's memory from now on.
        memory: M,
        /// What is to be done.
        errand: Errand,
    },
    /// The same page again, with what is to be mended.
    Again {
        /// The step's memory from now on.
        memory: M,
        /// What is to be mended.
        problems: Vec<Problem>,
        /// What was typed and may be shown again, by control; never a secret.
        kept: Vec<(String, String)>,
    },
    /// On to an earlier or later step of this kind.
    GoTo(&'static str, Box<Facts>),
    /// On to the next step.
    Passed(Box<Facts>),
    /// The journey cannot go on.
    Refused(Refusal),
}

/// Something for the audit record. Never a secret.
#[derive(Debug)]
pub struct Note {
    /// What happened, `risk.assessed`.
    pub name: &'static str,
    /// The particulars, an object.
    pub detail: Value,
}

/// An entry with what is to be written beside it.
#[derive(Debug)]
pub struct Arrival<M> {
    /// The entry.
    pub entry: Entry<M>,
    /// For the audit record.
    pub notes: Vec<Note>,
    /// One-time passwords to be mailed.
    pub codes: Vec<CodeMail>,
}

impl<M> From<Entry<M>> for Arrival<M> {
    fn from(entry: Entry<M>) -> Self {
        Self {
            entry,
            notes: Vec::new(),
            codes: Vec::new(),
        }
    }
}

/// An outcome with what is to be written beside it.
#[derive(Debug)]
pub struct Submission<M> {
    /// The outcome.
    pub outcome: Outcome<M>,
    /// For the audit record.
    pub notes: Vec<Note>,
    /// Secrets that were right: their attempts are counted from nothing again.
    pub cleared: Vec<AttemptKey>,
    /// Mails to a customer's address.
    pub mails: Vec<(Occasion, String)>,
    /// One-time passwords to be mailed.
    pub codes: Vec<CodeMail>,
}

impl<M> From<Outcome<M>> for Submission<M> {
    fn from(outcome: Outcome<M>) -> Self {
        Self {
            outcome,
            notes: Vec::new(),
            cleared: Vec::new(),
            mails: Vec::new(),
            codes: Vec::new(),
        }
    }
}

/// A kind of step; a value of the type is the step itself, with the tenant's settings.
#[async_trait]
pub trait Step: Debug + Send + Sync + 'static {
    /// YAML tag, template name, prefix of the texts, docs page, and the word in addresses.
    const KIND: &'static str;
    /// What it brings to the plan.
    const ROLE: Role;
    /// Whether arriving does something in the world (sends, asks an engine that counts): then the
    /// arrival is claimed in a commit of its own before it.
    const ARRIVAL_ACTS: bool = false;
    /// Whether its page waits for something that happens elsewhere, and asks for it again by itself.
    const POLLS: bool = false;
    /// Whether the step can show a page at all.
    const HAS_PAGE: bool = true;
    /// Whether it may stand in a plan more than once without a condition that tells the places apart.
    const MAY_REPEAT: bool = false;

    /// What the step remembers between requests; secrets in it are sealed.
    type Memory: Serialize + DeserializeOwned + Send + Sync;
    /// What its template is given.
    type View: Serialize;

    /// When the tenant wants it.
    fn when(&self) -> &When;

    /// The ways of proving themselves that it lets the customer choose from.
    fn methods(&self) -> Vec<String> {
        Vec::new()
    }

    /// The keys of the texts that its settings ask of the bank, besides those that every step of its
    /// kind needs.
    fn texts(&self) -> Vec<String> {
        Vec::new()
    }

    /// Whether it is to be walked, as far as the kind itself can tell; pure. The tenant's `when` is
    /// asked before.
    fn applies(&self, _facts: &Facts) -> Applies {
        Applies::Certainly
    }

    /// Arrives.
    async fn enter(&self, cx: &Context<'_>) -> Result<Arrival<Self::Memory>, Fault>;

    /// The memory for the page alone, with what the customer must see opened. What this gives is never
    /// kept.
    fn revealed(&self, _keyring: &Keyring, memory: Self::Memory) -> Result<Self::Memory, Fault> {
        Ok(memory)
    }

    /// What the page shows; pure.
    fn present(
        &self,
        facts: &Facts,
        memory: &Self::Memory,
        problems: &[Problem],
        kept: &Kept,
    ) -> Self::View;

    /// Takes what the customer posted.
    async fn submit(
        &self,
        cx: &Context<'_>,
        memory: Self::Memory,
        form: &FormData,
    ) -> Result<Submission<Self::Memory>, Fault>;

    /// Takes what an errand brought.
    async fn returned(
        &self,
        _cx: &Context<'_>,
        _memory: Self::Memory,
        _brought: Brought,
    ) -> Result<Submission<Self::Memory>, Fault> {
        Err(Fault::new("this step sends nobody on errands"))
    }

    /// Looks whether what the page waits for has happened; none when not. Asked only of a step that
    /// [`Step::POLLS`].
    async fn poll(
        &self,
        _cx: &Context<'_>,
        _memory: Self::Memory,
    ) -> Result<Option<Submission<Self::Memory>>, Fault> {
        Ok(None)
    }

    /// The states of its page, for the preview and the page tests, `first` before the others; none
    /// for a kind that has not brought them yet.
    fn samples(&self, _world: &SampleWorld) -> Vec<Sample<Self::Memory>> {
        Vec::new()
    }
}

/// What was typed and may be shown again, by control.
pub type Kept = std::collections::BTreeMap<String, String>;

/// The customer of the journey, for a step that comes after identification.
fn identified<'a>(cx: &Context<'a>) -> Result<&'a crate::fact::Identified, Fault> {
    cx.facts.identified.as_ref().ok_or_else(|| {
        Fault::new("a step that needs an identified customer stands before the login")
    })
}
