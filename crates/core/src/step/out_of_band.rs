//! 別経路での承認: the customer approves outside the browser, on a device the bank knows (`push`, with
//! a number that must match) or by a call from the registered telephone (`call`). Asks for nothing to
//! be typed; proves that whoever is at the browser has the device or the telephone too.
//!
//! The request is made once on arrival; the page waits for the answer and moves on by itself.

use std::time::Duration;

use async_trait::async_trait;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    Arrival, Context, Entry, Kept, Note, Outcome, Role, Sample, SampleWorld, Step, Submission,
    When, identified,
};
use crate::attempt::{AttemptKey, Claim};
use crate::fact::{Facts, Identified, Proof};
use crate::fault::Fault;
use crate::form::FormData;
use crate::instant::Timestamp;
use crate::port::{Approval, ApprovalManner, ApprovalRequest};
use crate::refusal::Refusal;
use crate::seal::Keyring;
use crate::text::{Message, Problem};

/// An approval outside the browser.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OutOfBand {
    /// When the step is walked.
    #[serde(default)]
    pub when: When,
    /// The screen's number as the manual prints it; shown, never used as a key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub screen_id: Option<String>,
    /// How the customer approves.
    pub manner: Manner,
    /// An approval can be given for so many seconds, 30 to 600; then it can be asked for anew.
    #[serde(default = "two_minutes")]
    #[schemars(range(min = 30, max = 600))]
    pub life_seconds: u32,
}

/// How the customer approves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Manner {
    /// They call the bank from the registered telephone.
    Call {
        /// The number to call, as it is printed.
        number: String,
    },
    /// They answer a push on the device the bank knows, and pick or type there the two digits that
    /// the page shows.
    Push,
}

/// What the step remembers.
#[derive(Debug, Serialize, Deserialize)]
pub struct Memory {
    /// Names the requests of this arrival.
    arrival: String,
    /// How many were made.
    asked: u32,
    /// How many more may be made.
    left: u32,
    number: Option<String>,
    phone: Option<String>,
    until: Timestamp,
    lapsed: bool,
    /// The customer has switched off that the page asks again by itself.
    still: bool,
}

/// The page.
#[derive(Debug, Serialize)]
pub struct View {
    screen_id: Option<String>,
    manner: &'static str,
    /// The two digits, on a push.
    number: Option<String>,
    /// The number to call.
    call: Option<String>,
    /// The registered telephone, masked.
    phone: Option<String>,
    lapsed: bool,
    left: u32,
    minutes: u32,
    /// After so many seconds the page asks again by itself.
    refresh_seconds: Option<u32>,
}

#[async_trait]
impl Step for OutOfBand {
    const KIND: &'static str = "out_of_band";
    const ROLE: Role = Role::Proves;
    const ARRIVAL_ACTS: bool = true;
    const POLLS: bool = true;
    type Memory = Memory;
    type View = View;

    fn when(&self) -> &When {
        &self.when
    }

    fn samples(&self, world: &SampleWorld) -> Vec<Sample<Memory>> {
        let memory = |lapsed, still| Memory {
            arrival: String::new(),
            asked: 1,
            left: 4,
            number: Some("42".to_owned()),
            phone: Some("***-****-5678".to_owned()),
            until: world.now.plus(Duration::from_mins(2)),
            lapsed,
            still,
        };
        vec![
            Sample::new("first", world, memory(false, false)),
            Sample::new("still", world, memory(false, true)),
            Sample::new("lapsed", world, memory(true, false)),
            Sample::new("wrong", world, memory(false, false))
                .told(Message::new("error-approval-waiting")),
        ]
    }

    async fn enter(&self, cx: &Context<'_>) -> Result<Arrival<Memory>, Fault> {
        Ok(match self.ask(cx, cx.arrival.clone(), 1).await? {
            Ok(memory) => {
                let mut arrival = Arrival::from(Entry::Ask(memory));
                arrival.notes.push(self.asked(1));
                arrival
            }
            Err(refusal) => Entry::Refused(refusal).into(),
        })
    }

    fn present(&self, _: &Facts, memory: &Memory, _: &[Problem], _: &Kept) -> View {
        let (manner, call) = match &self.manner {
            Manner::Call { number } => ("call", Some(number.clone())),
            Manner::Push => ("push", None),
        };
        View {
            screen_id: self.screen_id.clone(),
            manner,
            number: memory.number.clone(),
            call,
            phone: memory.phone.clone(),
            lapsed: memory.lapsed,
            left: memory.left,
            minutes: self.life_seconds.div_ceil(60),
            refresh_seconds: (!memory.lapsed && !memory.still).then_some(EVERY_SECONDS),
        }
    }

    async fn submit(
        &self,
        cx: &Context<'_>,
        mut memory: Memory,
        form: &FormData,
    ) -> Result<Submission<Memory>, Fault> {
        if let Some(found) = self.look(cx, &memory).await? {
            return Ok(found);
        }
        memory.lapsed |= cx.now >= memory.until;
        match form.one(ACTION) {
            Some("ask") if memory.lapsed => {
                let (still, next) = (memory.still, memory.asked + 1);
                let memory = match self.ask(cx, memory.arrival, next).await? {
                    Ok(memory) => memory,
                    Err(refusal) => return Ok(Outcome::Refused(refusal).into()),
                };
                let mut submission = Submission::from(again(Memory { still, ..memory }, None));
                submission.notes.push(self.asked(next));
                Ok(submission)
            }
            Some("still") => Ok(again(
                Memory {
                    still: true,
                    ..memory
                },
                None,
            )
            .into()),
            Some("live") => Ok(again(
                Memory {
                    still: false,
                    ..memory
                },
                None,
            )
            .into()),
            Some(_) | None if memory.lapsed => Ok(again(memory, None).into()),
            Some(_) | None => Ok(again(memory, Some("error-approval-waiting")).into()),
        }
    }

    async fn poll(
        &self,
        cx: &Context<'_>,
        memory: Memory,
    ) -> Result<Option<Submission<Memory>>, Fault> {
        if let Some(found) = self.look(cx, &memory).await? {
            return Ok(Some(found));
        }
        let is_over = !memory.lapsed && cx.now >= memory.until;
        Ok(is_over.then(|| {
            let lapsed = true;
            again(Memory { lapsed, ..memory }, None).into()
        }))
    }
}

impl OutOfBand {
    /// Asks for an approval: one attempt, given back when it is given.
    async fn ask(
        &self,
        cx: &Context<'_>,
        arrival: String,
        asked: u32,
    ) -> Result<Result<Memory, Refusal>, Fault> {
        let who = identified(cx)?;
        let attempts = attempts(cx, who);
        let limit = cx.tenant.limits.approval;
        let claim = cx.records.claim_attempt(&attempts, limit, cx.now).await?;
        let Claim::Granted { left } = claim else {
            return Ok(Err(Refusal::TooManyAttempts));
        };
        let key = request_key(&arrival, asked);
        // From the key and not from chance: after a crash the page must show what the device was sent.
        let number = match self.manner {
            Manner::Push => Some(two_digits(cx.keyring, &key)?),
            Manner::Call { .. } => None,
        };
        let until = cx
            .now
            .plus(Duration::from_secs(u64::from(self.life_seconds)));
        let manner = match number.clone() {
            Some(number) => ApprovalManner::Push { number },
            None => ApprovalManner::Call,
        };
        let request = ApprovalRequest { manner, until };
        cx.bank
            .request_approval(&who.customer, &key, &request)
            .await?;
        let standing = cx.bank.standing(&who.customer).await?;
        Ok(Ok(Memory {
            arrival,
            asked,
            left,
            number,
            phone: standing.and_then(|standing| standing.phone),
            until,
            lapsed: false,
            still: false,
        }))
    }

    /// What an answer that has come leads to; none while none has.
    async fn look(
        &self,
        cx: &Context<'_>,
        memory: &Memory,
    ) -> Result<Option<Submission<Memory>>, Fault> {
        let who = identified(cx)?;
        let key = request_key(&memory.arrival, memory.asked);
        let (outcome, name, cleared) = match cx.bank.approval(&who.customer, &key).await? {
            Approval::Waiting => return Ok(None),
            Approval::Refused => (
                Outcome::Refused(Refusal::RefusedElsewhere),
                "approval.refused",
                Vec::new(),
            ),
            Approval::Given => {
                let mut facts = cx.facts.clone();
                facts.proofs.insert(Proof::OutOfBand);
                let passed = Outcome::Passed(Box::new(facts));
                (passed, "approval.given", vec![attempts(cx, who)])
            }
        };
        let mut submission = Submission::from(outcome);
        submission.notes.push(Note {
            name,
            detail: json!({ "asked": memory.asked }),
        });
        submission.cleared = cleared;
        Ok(Some(submission))
    }

    fn asked(&self, asked: u32) -> Note {
        let manner = match self.manner {
            Manner::Call { .. } => "call",
            Manner::Push => "push",
        };
        Note {
            name: "approval.asked",
            detail: json!({ "manner": manner, "asked": asked }),
        }
    }
}

fn attempts(cx: &Context<'_>, who: &Identified) -> AttemptKey {
    AttemptKey::approval(&cx.tenant.id, &who.customer)
}

fn request_key(arrival: &str, asked: u32) -> String {
    format!("{arrival}/{asked}")
}

/// Two digits without a leading zero, the same for the same key.
fn two_digits(keyring: &Keyring, key: &str) -> Result<String, Fault> {
    let digest = keyring.digest("out_of_band.number", &[key.as_bytes()])?;
    let sum = digest.iter().fold(0_u32, |sum, byte| {
        sum.wrapping_mul(256).wrapping_add(u32::from(*byte))
    });
    Ok((10 + sum % 90).to_string())
}

fn again(memory: Memory, problem: Option<&str>) -> Outcome<Memory> {
    let problem = problem.map(|key| Problem::of_page(Message::new(key)));
    Outcome::Again {
        memory,
        problems: problem.into_iter().collect(),
        kept: Vec::new(),
    }
}

const ACTION: &str = "action";
/// How often the page asks by itself.
const EVERY_SECONDS: u32 = 3;

const fn two_minutes() -> u32 {
    120
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::step::trial::{Trial, form, key};

    fn push() -> OutOfBand {
        serde_json::from_value(json!({ "manner": "push" })).unwrap()
    }

    #[tokio::test]
    async fn the_page_waits_until_the_approval_is_given() {
        let (mut trial, step) = (Trial::new(), push());
        trial.arrival = "jrn/out_of_band/3".to_owned();
        let memory = trial.ask(&step).await;
        let number = memory.number.clone().unwrap();
        assert_eq!(number.len(), 2);
        let asked = trial.bank.asked();
        let (asked_with, request) = asked.first().unwrap();
        assert_eq!(asked_with, "jrn/out_of_band/3/1");
        assert_eq!(request.manner, ApprovalManner::Push { number });
        assert!(trial.poll(&step, &memory).await.is_none());
        trial.bank.answer(Approval::Given);
        let found = trial.poll(&step, &memory).await.unwrap();
        let Outcome::Passed(facts) = found.outcome else {
            panic!("not passed");
        };
        assert!(facts.proofs.contains(&Proof::OutOfBand));
        assert_eq!(found.cleared.len(), 1);
    }

    #[tokio::test]
    async fn the_same_arrival_asks_with_the_same_key_and_number() {
        let (mut trial, step) = (Trial::new(), push());
        trial.arrival = "jrn/out_of_band/3".to_owned();
        let first = trial.ask(&step).await;
        let after_a_crash = trial.ask(&step).await;
        assert_eq!(first.number, after_a_crash.number);
        let asked = trial.bank.asked();
        assert_eq!(asked.first().unwrap().0, asked.last().unwrap().0);
    }

    #[tokio::test]
    async fn a_refusal_on_the_other_device_ends_the_journey() {
        let (trial, step) = (Trial::new(), push());
        let memory = trial.ask(&step).await;
        trial.bank.answer(Approval::Refused);
        let found = trial.poll(&step, &memory).await.unwrap();
        assert!(matches!(
            found.outcome,
            Outcome::Refused(Refusal::RefusedElsewhere)
        ));
        assert!(found.cleared.is_empty());
    }

    #[tokio::test]
    async fn after_its_time_it_can_be_asked_anew_and_not_for_ever() {
        let (mut trial, step) = (Trial::new(), push());
        let mut memory = trial.ask(&step).await;
        let early = trial.submit(&step, memory, &form(&[(ACTION, "ask")])).await;
        let Outcome::Again {
            memory: waiting,
            problems,
            ..
        } = early.outcome
        else {
            panic!("not the page again");
        };
        assert_eq!(key(&problems), "error-approval-waiting");
        memory = waiting;
        for asked in 2..=5 {
            trial.wait(Duration::from_mins(2));
            let lapsed = trial.poll(&step, &memory).await.unwrap();
            let Outcome::Again { memory: lapsed, .. } = lapsed.outcome else {
                panic!("not lapsed");
            };
            let view = step.present(&Facts::default(), &lapsed, &[], &Kept::new());
            assert!(view.lapsed && view.refresh_seconds.is_none());
            let anew = trial.submit(&step, lapsed, &form(&[(ACTION, "ask")])).await;
            let Outcome::Again { memory: anew, .. } = anew.outcome else {
                panic!("not asked anew: {asked}");
            };
            assert_eq!((anew.asked, anew.left), (asked, 5 - asked));
            memory = anew;
        }
        trial.wait(Duration::from_mins(2));
        let last = trial.submit(&step, memory, &form(&[(ACTION, "ask")])).await;
        assert!(matches!(
            last.outcome,
            Outcome::Refused(Refusal::TooManyAttempts)
        ));
    }

    #[tokio::test]
    async fn the_page_can_be_told_to_stand_still() {
        let (trial, step) = (Trial::new(), push());
        let memory = trial.ask(&step).await;
        let view = step.present(&Facts::default(), &memory, &[], &Kept::new());
        assert_eq!(view.refresh_seconds, Some(3));
        let still = trial
            .submit(&step, memory, &form(&[(ACTION, "still")]))
            .await;
        let Outcome::Again { memory, .. } = still.outcome else {
            panic!("not the page again");
        };
        let view = step.present(&Facts::default(), &memory, &[], &Kept::new());
        assert_eq!(view.refresh_seconds, None);
    }
}
