//! 管理者の許可: a customer whom the administrator has not permitted to link apps is told who can
//! permit it, and may go on as soon as that is done. Asks for nothing; proves nothing.
//!
//! Source: `japan.md` section 6, "role gate".

use async_trait::async_trait;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Applies, Arrival, Context, Kept, Role, Sample, SampleWorld, Step, Submission, When, hurdle,
};
use crate::fact::Facts;
use crate::fault::Fault;
use crate::form::FormData;
use crate::port::Hurdle;
use crate::text::{Message, Problem};

/// A page for customers who need their administrator's permission first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PermissionGate {
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
impl Step for PermissionGate {
    const KIND: &'static str = "permission_gate";
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
            Sample::new("wrong", world, Memory {}).told(Message::new("error-permission-missing")),
        ]
    }

    async fn enter(&self, cx: &Context<'_>) -> Result<Arrival<Memory>, Fault> {
        if hurdle::stands(cx, Hurdle::PermissionMissing).await? {
            return Ok(hurdle::met(Memory {}, Hurdle::PermissionMissing));
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
        _: &FormData,
    ) -> Result<Submission<Memory>, Fault> {
        if hurdle::stands(cx, Hurdle::PermissionMissing).await? {
            return Ok(hurdle::again(memory, "error-permission-missing"));
        }
        Ok(hurdle::passed(cx, "hurdle.gone", Hurdle::PermissionMissing))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::step::Entry;
    use crate::step::Outcome;
    use crate::step::trial::{Trial, form, key};

    #[tokio::test]
    async fn it_opens_as_soon_as_the_administrator_has_permitted() {
        let (trial, step) = (Trial::new(), PermissionGate::default());
        assert!(matches!(trial.enter(&step).await, Entry::Passed(_)));
        trial.bank.put(Hurdle::PermissionMissing);
        let memory = trial.ask(&step).await;
        let still = trial.submit(&step, memory, &form(&[])).await;
        let Outcome::Again {
            memory, problems, ..
        } = still.outcome
        else {
            panic!("let through without permission");
        };
        assert_eq!(key(&problems), "error-permission-missing");
        trial.bank.take(Hurdle::PermissionMissing);
        let gone = trial.submit(&step, memory, &form(&[])).await;
        assert!(matches!(gone.outcome, Outcome::Passed(_)));
    }
}
