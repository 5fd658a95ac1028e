//! 追加認証: the customer's own security question. Asks for the answer; adds a proof.
//!
//! Source: Hidashin manual 手順2 (BL0802), shown only when the risk says so.

use async_trait::async_trait;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    Arrival, Context, Entry, Kept, Note, Outcome, Role, Sample, SampleWorld, Step, Submission,
    When, identified,
};
use crate::attempt::{AttemptKey, Claim};
use crate::fact::{Facts, Proof};
use crate::fault::Fault;
use crate::form::FormData;
use crate::mail::Occasion;
use crate::refusal::Refusal;
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
    /// The longest answer in characters, 1 to 100.
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
        let who = identified(cx)?;
        let key = AttemptKey::question(&cx.tenant.id, &who.customer);
        let (_, locked) = cx
            .records
            .attempts(&key, cx.tenant.limits.question, cx.now)
            .await?;
        if locked {
            return Ok(Entry::Refused(Refusal::TooManyAttempts).into());
        }
        Ok(match cx.bank.find_question(&who.customer).await? {
            Some(question) => Entry::Ask(Memory {
                question: question.text,
                tries_left: None,
            }),
            None => Entry::Refused(Refusal::NoQuestion),
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
        } else if answer.char_count() > self.max_chars {
            let max = i64::try_from(self.max_chars).unwrap_or(i64::MAX);
            Some(Message::new("error-answer-too-long").with("max", max))
        } else {
            None
        };
        if let Some(message) = unfit {
            return Ok(again(memory, message).into());
        }
        let who = identified(cx)?;
        let key = AttemptKey::question(&cx.tenant.id, &who.customer);
        match cx
            .records
            .claim_attempt(&key, cx.tenant.limits.question, cx.now)
            .await?
        {
            Claim::Locked => Ok(Outcome::Refused(Refusal::TooManyAttempts).into()),
            Claim::Granted { left } => {
                if cx.bank.verify_answer(&who.customer, &answer).await? {
                    let mut facts = cx.facts.clone();
                    facts.proofs.insert(Proof::SecurityQuestion);
                    let mut submission = Submission::from(Outcome::Passed(Box::new(facts)));
                    submission.cleared.push(key);
                    return Ok(submission);
                }
                Ok(wrong(memory, left, who.mail.clone()))
            }
        }
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

fn wrong(memory: Memory, left: u32, mail: Option<String>) -> Submission<Memory> {
    let note = Note {
        name: "question.wrong",
        detail: json!({ "attempts_left": left }),
    };
    let mut submission = if left == 0 {
        let mut refused = Submission::from(Outcome::Refused(Refusal::TooManyAttempts));
        refused.mails.extend(mail.map(|to| (Occasion::Locked, to)));
        refused
    } else {
        let message = Message::new("error-answer-wrong").with("left", i64::from(left));
        Submission::from(again(
            Memory {
                tries_left: Some(left),
                ..memory
            },
            message,
        ))
    };
    submission.notes.push(note);
    submission
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
