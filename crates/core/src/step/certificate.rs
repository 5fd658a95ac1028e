//! 認証用の証明書の選択: the page before the browser's own window. Sends the customer to the address
//! that asks for a certificate; adds the proof and says whose it is, so that the login after it need
//! not ask.
//!
//! Source: Mizuho manual 1.4. The window itself belongs to the browser.

use async_trait::async_trait;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Arrival, Brought, Context, Entry, Errand, Kept, Outcome, Role, Sample, SampleWorld, Step,
    Submission, When,
};
use crate::fact::{Facts, Proof};
use crate::fault::Fault;
use crate::form::FormData;
use crate::text::{Message, Problem};

/// A client certificate, asked for before the login.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Certificate {
    /// When the step is walked.
    pub when: When,
    /// The screen's number as the manual prints it; shown, never used as a key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub screen_id: Option<String>,
}

/// Nothing is remembered: what an errand brings is a fact.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Memory {}

/// The page.
#[derive(Debug, Serialize)]
pub struct View {
    screen_id: Option<String>,
}

#[async_trait]
impl Step for Certificate {
    const KIND: &'static str = "certificate";
    const ROLE: Role = Role::Prepares;
    type Memory = Memory;
    type View = View;

    fn when(&self) -> &When {
        &self.when
    }

    async fn enter(&self, _: &Context<'_>) -> Result<Arrival<Memory>, Fault> {
        Ok(Entry::Ask(Memory {}).into())
    }

    fn present(&self, _: &Facts, _: &Memory, _: &[Problem], _: &Kept) -> View {
        View {
            screen_id: self.screen_id.clone(),
        }
    }

    async fn submit(
        &self,
        _: &Context<'_>,
        memory: Memory,
        _: &FormData,
    ) -> Result<Submission<Memory>, Fault> {
        Ok(Outcome::Away {
            memory,
            errand: Errand::Certificate,
        }
        .into())
    }

    async fn returned(
        &self,
        cx: &Context<'_>,
        memory: Memory,
        brought: Brought,
    ) -> Result<Submission<Memory>, Fault> {
        let Brought::Certificate(certificate) = brought;
        if cx.bank.find_holder(&certificate).await?.is_none() {
            let message = Message::new("error-certificate-of-nobody");
            return Ok(Outcome::Again {
                memory,
                problems: vec![Problem::of_page(message)],
                kept: Vec::new(),
            }
            .into());
        }
        let mut facts = cx.facts.clone();
        facts.certificate = Some(certificate);
        facts.proofs.insert(Proof::Certificate);
        Ok(Outcome::Passed(Box::new(facts)).into())
    }

    fn samples(&self, world: &SampleWorld) -> Vec<Sample<Memory>> {
        let nobody = Message::new("error-certificate-of-nobody");
        vec![
            Sample::new("first", world, Memory {}),
            Sample::new("wrong", world, Memory {}).told(nobody),
        ]
    }
}
