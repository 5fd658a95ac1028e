//! 二重ログインの確認: a customer who is logged in elsewhere decides whether that session is stopped
//! and this one goes on. Asks for that decision; proves nothing.
//!
//! Source: `japan.md` section 6, "session conflict (continue/stop)".

use async_trait::async_trait;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Applies, Arrival, Context, Kept, Outcome, Role, Sample, SampleWorld, Step, Submission, When,
    hurdle,
};
use crate::fact::Facts;
use crate::fault::Fault;
use crate::form::FormData;
use crate::port::Hurdle;
use crate::refusal::Refusal;
use crate::text::{Message, Problem};

/// A decision about a session elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SessionConflict {
    /// When the step is walked.
    pub when: When,
    /// The screen's number as the manual prints it; shown, never used as a key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub screen_id: Option<String>,
}

/// What the step remembers.
#[derive(Debug, Serialize, Deserialize)]
pub struct Memory {}

/// The page.
#[derive(Debug, Serialize)]
pub struct View {
    screen_id: Option<String>,
}

#[async_trait]
impl Step for SessionConflict {
    const KIND: &'static str = "session_conflict";
    const ROLE: Role = Role::Serves;
    type Memory = Memory;
    type View = View;

    fn when(&self) -> &When {
        &self.when
    }

    fn applies(&self, _: &Facts) -> Applies {
        Applies::Open
    }

    fn samples(&self, world: &SampleWorld) -> Vec<Sample<Memory>> {
        vec![
            Sample::new("first", world, Memory {}),
            Sample::new("wrong", world, Memory {}).told(Message::new("error-session-undecided")),
        ]
    }

    async fn enter(&self, cx: &Context<'_>) -> Result<Arrival<Memory>, Fault> {
        if hurdle::stands(cx, Hurdle::SessionElsewhere).await? {
            return Ok(hurdle::met(Memory {}, Hurdle::SessionElsewhere));
        }
        Ok(hurdle::none(cx))
    }

    fn present(&self, _: &Facts, _: &Memory, _: &[Problem], _: &Kept) -> View {
        View {
            screen_id: self.screen_id.clone(),
        }
    }

    async fn submit(
        &self,
        cx: &Context<'_>,
        memory: Memory,
        form: &FormData,
    ) -> Result<Submission<Memory>, Fault> {
        match form.one(ACTION) {
            Some("continue") => hurdle::cleared(cx, Hurdle::SessionElsewhere).await,
            Some("stop") => Ok(Outcome::Refused(Refusal::Hurdle(Hurdle::SessionElsewhere)).into()),
            Some(_) | None => Ok(hurdle::again(memory, "error-session-undecided")),
        }
    }
}

const ACTION: &str = "action";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::step::Entry;
    use crate::step::trial::{Trial, form};

    #[tokio::test]
    async fn going_on_stops_the_other_session() {
        let (trial, step) = (Trial::new(), SessionConflict::default());
        assert!(matches!(trial.enter(&step).await, Entry::Passed(_)));
        trial.bank.put(Hurdle::SessionElsewhere);
        let memory = trial.ask(&step).await;
        let undecided = trial.submit(&step, memory, &form(&[])).await;
        let Outcome::Again { memory, .. } = undecided.outcome else {
            panic!("decided without a decision");
        };
        let gone = trial
            .submit(&step, memory, &form(&[(ACTION, "continue")]))
            .await;
        assert!(matches!(gone.outcome, Outcome::Passed(_)));
        assert_eq!(
            gone.notes.first().map(|note| note.name),
            Some("hurdle.cleared")
        );
        assert!(matches!(trial.enter(&step).await, Entry::Passed(_)));
    }

    #[tokio::test]
    async fn stopping_leaves_the_other_session_alone() {
        let (trial, step) = (Trial::new(), SessionConflict::default());
        trial.bank.put(Hurdle::SessionElsewhere);
        let memory = trial.ask(&step).await;
        let stopped = trial
            .submit(&step, memory, &form(&[(ACTION, "stop")]))
            .await;
        assert!(matches!(stopped.outcome, Outcome::Refused(_)));
        assert!(matches!(trial.enter(&step).await, Entry::Ask(_)));
    }
}
