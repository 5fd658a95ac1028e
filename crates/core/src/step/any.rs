//! Steps of every kind behind one face, with memory and view as JSON: what a plan is made of.

use std::fmt::Debug;

use async_trait::async_trait;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{
    Applies, Arrival, Brought, Context, Entry, Kept, Outcome, Role, Sample, SampleView,
    SampleWorld, Step, Submission, When,
};
use crate::fact::Facts;
use crate::fault::Fault;
use crate::form::FormData;
use crate::seal::Keyring;
use crate::text::Problem;

/// A step of any kind, with memory and view as JSON: what a plan is made of.
#[async_trait]
pub trait AnyStep: Debug + Send + Sync {
    /// See [`Step::KIND`].
    fn kind(&self) -> &'static str;
    /// See [`Step::ROLE`].
    fn role(&self) -> Role;
    /// See [`Step::ARRIVAL_ACTS`].
    fn arrival_acts(&self) -> bool;
    /// See [`Step::POLLS`].
    fn polls(&self) -> bool;
    /// See [`Step::HAS_PAGE`].
    fn has_page(&self) -> bool;
    /// See [`Step::MAY_REPEAT`].
    fn may_repeat(&self) -> bool;
    /// See [`Step::when`].
    fn when(&self) -> &When;
    /// See [`Step::methods`].
    fn methods(&self) -> Vec<String>;
    /// See [`Step::texts`].
    fn texts(&self) -> Vec<String>;
    /// The tenant's `when` and the kind's own [`Step::applies`] together.
    fn applies(&self, facts: &Facts) -> Applies;
    /// See [`Step::enter`].
    async fn enter(&self, cx: &Context<'_>) -> Result<Arrival<Value>, Fault>;
    /// See [`Step::revealed`].
    fn revealed(&self, keyring: &Keyring, memory: &Value) -> Result<Value, Fault>;
    /// See [`Step::present`].
    fn present(
        &self,
        facts: &Facts,
        memory: &Value,
        problems: &[Problem],
        kept: &Kept,
    ) -> Result<Value, Fault>;
    /// See [`Step::submit`].
    async fn submit(
        &self,
        cx: &Context<'_>,
        memory: &Value,
        form: &FormData,
    ) -> Result<Submission<Value>, Fault>;
    /// See [`Step::returned`].
    async fn returned(
        &self,
        cx: &Context<'_>,
        memory: &Value,
        brought: Brought,
    ) -> Result<Submission<Value>, Fault>;
    /// See [`Step::poll`].
    async fn poll(
        &self,
        cx: &Context<'_>,
        memory: &Value,
    ) -> Result<Option<Submission<Value>>, Fault>;
    /// See [`Step::samples`]: each as its page is given it.
    fn samples(&self, world: &SampleWorld) -> Result<Vec<SampleView>, Fault>;
}

#[async_trait]
impl<S: Step> AnyStep for S {
    fn kind(&self) -> &'static str {
        S::KIND
    }

    fn role(&self) -> Role {
        S::ROLE
    }

    fn arrival_acts(&self) -> bool {
        S::ARRIVAL_ACTS
    }

    fn polls(&self) -> bool {
        S::POLLS
    }

    fn has_page(&self) -> bool {
        S::HAS_PAGE
    }

    fn may_repeat(&self) -> bool {
        S::MAY_REPEAT
    }

    fn when(&self) -> &When {
        Step::when(self)
    }

    fn methods(&self) -> Vec<String> {
        Step::methods(self)
    }

    fn texts(&self) -> Vec<String> {
        Step::texts(self)
    }

    fn applies(&self, facts: &Facts) -> Applies {
        match Step::when(self).holds(facts) {
            Applies::Certainly => Step::applies(self, facts),
            open_or_no @ (Applies::Open | Applies::No(_)) => open_or_no,
        }
    }

    async fn enter(&self, cx: &Context<'_>) -> Result<Arrival<Value>, Fault> {
        let Arrival {
            entry,
            notes,
            codes,
        } = Step::enter(self, cx).await?;
        let entry = match entry {
            Entry::Ask(memory) => Entry::Ask(to_json(&memory)?),
            Entry::Passed(facts) => Entry::Passed(facts),
            Entry::Refused(refusal) => Entry::Refused(refusal),
        };
        Ok(Arrival {
            entry,
            notes,
            codes,
        })
    }

    fn revealed(&self, keyring: &Keyring, memory: &Value) -> Result<Value, Fault> {
        to_json(&Step::revealed(self, keyring, from_json(memory)?)?)
    }

    fn present(
        &self,
        facts: &Facts,
        memory: &Value,
        problems: &[Problem],
        kept: &Kept,
    ) -> Result<Value, Fault> {
        to_json(&Step::present(
            self,
            facts,
            &from_json(memory)?,
            problems,
            kept,
        ))
    }

    async fn submit(
        &self,
        cx: &Context<'_>,
        memory: &Value,
        form: &FormData,
    ) -> Result<Submission<Value>, Fault> {
        to_value(Step::submit(self, cx, from_json(memory)?, form).await?)
    }

    async fn returned(
        &self,
        cx: &Context<'_>,
        memory: &Value,
        brought: Brought,
    ) -> Result<Submission<Value>, Fault> {
        to_value(Step::returned(self, cx, from_json(memory)?, brought).await?)
    }

    async fn poll(
        &self,
        cx: &Context<'_>,
        memory: &Value,
    ) -> Result<Option<Submission<Value>>, Fault> {
        let found = Step::poll(self, cx, from_json(memory)?).await?;
        found.map(to_value).transpose()
    }

    fn samples(&self, world: &SampleWorld) -> Result<Vec<SampleView>, Fault> {
        let shown = |sample: Sample<S::Memory>| {
            let SampleView {
                state,
                view,
                problems,
            } = sample.shown(self);
            Ok(SampleView {
                state,
                view: to_json(&view)?,
                problems,
            })
        };
        Step::samples(self, world).into_iter().map(shown).collect()
    }
}

/// A submission with its memory as JSON.
fn to_value<M: Serialize>(submission: Submission<M>) -> Result<Submission<Value>, Fault> {
    let Submission {
        outcome,
        notes,
        cleared,
        mails,
        codes,
    } = submission;
    let outcome = match outcome {
        Outcome::Again {
            memory,
            problems,
            kept,
        } => Outcome::Again {
            memory: to_json(&memory)?,
            problems,
            kept,
        },
        Outcome::Away { memory, errand } => Outcome::Away {
            memory: to_json(&memory)?,
            errand,
        },
        Outcome::GoTo(kind, facts) => Outcome::GoTo(kind, facts),
        Outcome::Passed(facts) => Outcome::Passed(facts),
        Outcome::Refused(refusal) => Outcome::Refused(refusal),
    };
    Ok(Submission {
        outcome,
        notes,
        cleared,
        mails,
        codes,
    })
}

fn to_json(value: &impl Serialize) -> Result<Value, Fault> {
    serde_json::to_value(value)
        .map_err(|e| Fault::new("a step is not expressible as JSON").caused_by(e))
}

fn from_json<M: DeserializeOwned>(memory: &Value) -> Result<M, Fault> {
    M::deserialize(memory)
        .map_err(|e| Fault::new("a step's memory does not fit its kind").caused_by(e))
}
