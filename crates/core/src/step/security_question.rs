//! 追加認証: the customer's own security question. Asks for the answer; adds a proof.
//!
//! Source: Hidashin manual 手順2 (BL0802), shown only when the risk says so.

use async_trait::async_trait;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Arrival, Context, Entry, Kept, Outcome, Role, Sample, SampleWorld, Step, Submission, When, gate,
};
use crate::fact::{Facts, Proof};
use crate::fault::Fault;
use crate::form::FormData;
use crate::port::{Challenge, Factor, FactorAnswer};
use crate::secret::Answer;
use crate::text::{Message, Problem};

/// A question the customer once registered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SecurityQuestion {
    /// When the step is walked.
    #[serde(default)]
    pub when: When,
    /// The screen's number as the manual prints it; shown, never used as a key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub screen_id: Option<String>,
    /// The longest answer in characters, 1 to 100, counted as it is compared: full-width and
    /// half-width spellings are the same.
    #[serde(default = "sixteen")]
    #[schemars(range(min = 1, max = 100))]
    pub max_chars: usize,
}

/// What the step remembers.
#[derive(Debug, Serialize, Deserialize)]
pub struct Memory {
    question: String,
    tries_left: Option<u32>,
}

/// The page.
#[derive(Debug, Serialize)]
pub struct View {
    screen_id: Option<String>,
    question: String,
    max_chars: usize,
    tries_left: Option<u32>,
}

#[async_trait]
impl Step for SecurityQuestion {
    const KIND: &'static str = "security_question";
    const ROLE: Role = Role::Proves;
    type Memory = Memory;
    type View = View;

    fn when(&self) -> &When {
        &self.when
    }

    async fn enter(&self, cx: &Context<'_>) -> Result<Arrival<Memory>, Fault> {
        Ok(match gate::arrive(cx, Factor::SecurityQuestion).await? {
            Ok(Challenge::Question(question)) => Entry::Ask(Memory {
                question,
                tries_left: None,
            }),
            Ok(_) => return Err(Fault::new("the bank asks no question for a question")),
            Err(refusal) => Entry::Refused(refusal),
        }
        .into())
    }

    fn present(&self, _: &Facts, memory: &Memory, _: &[Problem], _: &Kept) -> View {
        View {
            screen_id: self.screen_id.clone(),
            question: memory.question.clone(),
            max_chars: self.max_chars,
            tries_left: memory.tries_left,
        }
    }

    async fn submit(
        &self,
        cx: &Context<'_>,
        memory: Memory,
        form: &FormData,
    ) -> Result<Submission<Memory>, Fault> {
        let answer = Answer::new(form.one(ANSWER).unwrap_or_default());
        let unfit = if answer.folded().expose().is_empty() {
            Some(Message::new("error-answer-missing"))
        } else if answer.folded().char_count() > self.max_chars {
            let max = i64::try_from(self.max_chars).unwrap_or(i64::MAX);
            Some(Message::new("error-answer-too-long").with("max", max))
        } else {
            None
        };
        if let Some(message) = unfit {
            return Ok(again(memory, message).into());
        }
        let answer = FactorAnswer::Question(answer);
        let again = |left| {
            let message = Message::new("error-answer-wrong").with("left", i64::from(left));
            let tries_left = Some(left);
            again(
                Memory {
                    tries_left,
                    ..memory
                },
                message,
            )
        };
        gate::answer(cx, &answer, Proof::SecurityQuestion, again).await
    }

    fn samples(&self, world: &SampleWorld) -> Vec<Sample<Memory>> {
        let memory = |tries_left| Memory {
            question: "好きな食べ物は？".to_owned(),
            tries_left,
        };
        let max = i64::try_from(self.max_chars).unwrap_or(i64::MAX);
        vec![
            Sample::new("first", world, memory(None)),
            Sample::new("wrong", world, memory(Some(3)))
                .told_at(ANSWER, Message::new("error-answer-wrong").with("left", 3)),
            Sample::new("too-long", world, memory(None)).told_at(
                ANSWER,
                Message::new("error-answer-too-long").with("max", max),
            ),
        ]
    }
}

fn again(memory: Memory, message: Message) -> Outcome<Memory> {
    Outcome::Again {
        memory,
        problems: vec![Problem::at(ANSWER, message)],
        kept: Vec::new(),
    }
}

const ANSWER: &str = "answer";

const fn sixteen() -> usize {
    16
}
