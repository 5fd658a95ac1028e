//! パスキー: the customer's own device confirms, with its screen lock, that they have it. Asks for the
//! answer of the device; adds a proof that nobody can be talked into giving away.
//!
//! Source: Web Authentication Level 3. Works at banks whose `Bank` keeps passkeys.

use async_trait::async_trait;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Arrival, Context, Entry, Kept, Outcome, Role, Sample, SampleWorld, Step, Submission, When,
    gate, identified,
};
use crate::attempt::Claim;
use crate::fact::{Facts, Proof};
use crate::fault::Fault;
use crate::form::FormData;
use crate::port::{Challenge, Factor, FactorAnswer, PasskeyRequest};
use crate::text::{Message, Problem};

/// A passkey of the customer's.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Passkey {
    /// When the step is walked.
    pub when: When,
    /// The screen's number as the manual prints it; shown, never used as a key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub screen_id: Option<String>,
}

/// What the step remembers.
#[derive(Debug, Serialize, Deserialize)]
pub struct Memory {
    request: PasskeyRequest,
    tries_left: Option<u32>,
}

/// The page.
#[derive(Debug, Serialize)]
pub struct View {
    screen_id: Option<String>,
    /// For the browser.
    options: String,
    tries_left: Option<u32>,
}

#[async_trait]
impl Step for Passkey {
    const KIND: &'static str = "passkey";
    const ROLE: Role = Role::Proves;
    type Memory = Memory;
    type View = View;

    fn when(&self) -> &When {
        &self.when
    }

    fn samples(&self, world: &SampleWorld) -> Vec<Sample<Memory>> {
        let memory = |tries_left| Memory {
            request: PasskeyRequest {
                options: r#"{"publicKey":{"challenge":"AAAA"}}"#.to_owned(),
                state: String::new(),
            },
            tries_left,
        };
        vec![
            Sample::new("first", world, memory(None)),
            Sample::new("wrong", world, memory(Some(3)))
                .told(Message::new("error-passkey-wrong").with("left", 3)),
        ]
    }

    async fn enter(&self, cx: &Context<'_>) -> Result<Arrival<Memory>, Fault> {
        Ok(match gate::arrive(cx, Factor::Passkey).await? {
            Ok(Challenge::Passkey(request)) => Entry::Ask(Memory {
                request,
                tries_left: None,
            }),
            Ok(_) => return Err(Fault::new("the bank asks no passkey for a passkey")),
            Err(refusal) => Entry::Refused(refusal),
        }
        .into())
    }

    fn present(&self, _: &Facts, memory: &Memory, _: &[Problem], _: &Kept) -> View {
        View {
            screen_id: self.screen_id.clone(),
            options: memory.request.options.clone(),
            tries_left: memory.tries_left,
        }
    }

    async fn submit(
        &self,
        cx: &Context<'_>,
        memory: Memory,
        form: &FormData,
    ) -> Result<Submission<Memory>, Fault> {
        let typed = form.one(ANSWER).unwrap_or_default();
        if typed.is_empty() {
            return Ok(again(memory, Message::new("error-passkey-missing")).into());
        }
        let claim = gate::claim(cx, Factor::Passkey).await?;
        let answer = FactorAnswer::Passkey {
            state: memory.request.state.clone(),
            answer: typed.to_owned(),
        };
        let customer = &identified(cx)?.customer;
        let right = match claim {
            Claim::Locked => false,
            Claim::Granted { .. } => cx.bank.verify(customer, &answer).await?,
        };
        // A question is good for one answer.
        let mut next = memory.request;
        if !right
            && let Some(Challenge::Passkey(request)) =
                cx.bank.challenge(customer, Factor::Passkey).await?
        {
            next = request;
        }
        gate::settle(cx, Factor::Passkey, claim, right, Proof::Passkey, |left| {
            let memory = Memory {
                request: next,
                tries_left: Some(left),
            };
            let wrong = Message::new("error-passkey-wrong").with("left", i64::from(left));
            again(memory, wrong)
        })
    }
}

fn again(memory: Memory, message: Message) -> Outcome<Memory> {
    Outcome::Again {
        memory,
        problems: vec![Problem::of_page(message)],
        kept: Vec::new(),
    }
}

const ANSWER: &str = "passkey_answer";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::refusal::Refusal;
    use crate::step::trial::{Trial, form, key};

    #[tokio::test]
    async fn a_wrong_answer_is_counted_and_asked_anew_with_another_question() {
        let (trial, step) = (Trial::new(), Passkey::default());
        let nobody = trial.enter(&step).await;
        assert!(matches!(
            nobody,
            Entry::Refused(Refusal::NoFactor(Factor::Passkey))
        ));
        trial.bank.give(Factor::Passkey);
        let memory = trial.ask(&step).await;
        let first = memory.request.clone();
        let empty = trial.submit(&step, memory, &form(&[])).await;
        let Outcome::Again {
            memory, problems, ..
        } = empty.outcome
        else {
            panic!("not asked again");
        };
        assert_eq!(key(&problems), "error-passkey-missing");
        assert_eq!(memory.request, first, "nothing was answered");
        let wrong = trial
            .submit(&step, memory, &form(&[(ANSWER, "wrong")]))
            .await;
        let Outcome::Again { memory, .. } = wrong.outcome else {
            panic!("not asked again");
        };
        assert_ne!(memory.request, first);
        assert_eq!(memory.tries_left, Some(4));
        let answer = format!("right for {}", memory.request.state);
        let right = trial
            .submit(&step, memory, &form(&[(ANSWER, &answer)]))
            .await;
        let Outcome::Passed(facts) = right.outcome else {
            panic!("not passed");
        };
        assert!(facts.proofs.contains(&Proof::Passkey));
    }
}
