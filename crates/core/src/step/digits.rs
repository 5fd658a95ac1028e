//! 利用者番号認証: some digits of a number the bank gave the customer. Asks for the digits at positions
//! drawn at random; adds a proof.
//!
//! Source: Hana manual 手順2. The positions stay the same until they are answered right
//! ([`super::challenge`]); the number itself is neither shown nor kept.

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::challenge::Lot;
use super::{
    Arrival, Context, Entry, Kept, Outcome, Role, Sample, SampleWorld, Step, Submission, When, gate,
};
use crate::fact::{Facts, Proof};
use crate::fault::Fault;
use crate::form::FormData;
use crate::port::{Challenge, Factor, FactorAnswer};
use crate::secret::Password;
use crate::text::{Message, Problem};

/// Some digits of the customer's number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Digits {
    /// When the step is walked.
    #[serde(default)]
    pub when: When,
    /// The screen's number as the manual prints it; shown, never used as a key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub screen_id: Option<String>,
    /// How many digits are asked, 1 to 6; they stand in one row, also on a phone.
    #[serde(default = "four")]
    #[schemars(range(min = 1, max = 6))]
    pub ask: usize,
}

/// What the step remembers.
#[derive(Debug, Serialize, Deserialize)]
pub struct Memory {
    length: u8,
    asked: BTreeSet<u8>,
    tries_left: Option<u32>,
}

/// The page.
#[derive(Debug, Serialize)]
pub struct View {
    screen_id: Option<String>,
    /// How many digits the number has.
    length: u8,
    /// The positions asked, from 1, in order.
    asked: Vec<u8>,
    tries_left: Option<u32>,
}

#[async_trait]
impl Step for Digits {
    const KIND: &'static str = "digits";
    const ROLE: Role = Role::Proves;
    type Memory = Memory;
    type View = View;

    fn when(&self) -> &When {
        &self.when
    }

    async fn enter(&self, cx: &Context<'_>) -> Result<Arrival<Memory>, Fault> {
        let length = match gate::arrive(cx, Factor::UserNumber).await? {
            Ok(Challenge::UserNumber { length }) => length,
            Ok(_) => return Err(Fault::new("the bank asks no digits of a number")),
            Err(refusal) => return Ok(Entry::Refused(refusal).into()),
        };
        let lot = Lot {
            of: "",
            parts: u16::from(length),
            ask: self.ask,
        };
        let asked = lot.asked(cx, Factor::UserNumber).await?;
        Ok(Entry::Ask(Memory {
            length,
            asked: asked
                .into_iter()
                .filter_map(|p| u8::try_from(p).ok())
                .collect(),
            tries_left: None,
        })
        .into())
    }

    fn present(&self, _: &Facts, memory: &Memory, _: &[Problem], _: &Kept) -> View {
        View {
            screen_id: self.screen_id.clone(),
            length: memory.length,
            asked: memory.asked.iter().copied().collect(),
            tries_left: memory.tries_left,
        }
    }

    async fn submit(
        &self,
        cx: &Context<'_>,
        memory: Memory,
        form: &FormData,
    ) -> Result<Submission<Memory>, Fault> {
        let (mut typed, mut problems) = (BTreeMap::new(), Vec::new());
        for position in &memory.asked {
            match digit(form, *position) {
                Ok(digit) => {
                    typed.insert(*position, digit);
                }
                Err(problem) => problems.push(problem),
            }
        }
        if !problems.is_empty() {
            return Ok(again(memory, problems).into());
        }
        let answer = FactorAnswer::UserNumber(typed);
        let again = |left| {
            let first = memory.asked.first().copied().unwrap_or_default();
            let message = Message::new("error-digits-wrong").with("left", i64::from(left));
            let tries_left = Some(left);
            again(
                Memory {
                    tries_left,
                    ..memory
                },
                vec![Problem::at(control(first), message)],
            )
        };
        gate::answer(cx, &answer, Proof::UserNumber, again).await
    }

    fn samples(&self, world: &SampleWorld) -> Vec<Sample<Memory>> {
        let asked: BTreeSet<u8> = [2, 5, 7, 10, 1, 8].into_iter().take(self.ask).collect();
        let memory = |tries_left| Memory {
            length: 10,
            asked: asked.clone(),
            tries_left,
        };
        let of = |key: &str, position: u8| Message::new(key).with("position", i64::from(position));
        let (first, last) = (
            asked.first().copied().unwrap_or_default(),
            asked.last().copied().unwrap_or_default(),
        );
        let mut missing = Sample::new("missing", world, memory(None))
            .told_at(control(first), of("error-digit-missing", first));
        if last != first {
            missing = missing.told_at(control(last), of("error-digit-format", last));
        }
        let wrong = Message::new("error-digits-wrong").with("left", 3);
        vec![
            Sample::new("first", world, memory(None)),
            Sample::new("wrong", world, memory(Some(3))).told_at(control(first), wrong),
            missing,
        ]
    }
}

/// One digit as it was typed, full-width or half-width.
fn digit(form: &FormData, position: u8) -> Result<Password, Problem> {
    let control = control(position);
    let typed = Password::new(
        form.one(&control)
            .unwrap_or_default()
            .trim()
            .nfkc()
            .collect::<String>(),
    );
    let problem = |key: &str| {
        let message = Message::new(key).with("position", i64::from(position));
        Problem::at(&control, message)
    };
    match typed.expose().as_bytes() {
        [] => Err(problem("error-digit-missing")),
        [one] if one.is_ascii_digit() => Ok(typed),
        _ => Err(problem("error-digit-format")),
    }
}

fn again(memory: Memory, problems: Vec<Problem>) -> Outcome<Memory> {
    Outcome::Again {
        memory,
        problems,
        kept: Vec::new(),
    }
}

fn control(position: u8) -> String {
    format!("digit-{position}")
}

const fn four() -> usize {
    4
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(value: &str) -> Result<String, String> {
        let form = FormData::new([("digit-3".to_owned(), value.to_owned())]);
        digit(&form, 3)
            .map(|digit| digit.expose().to_owned())
            .map_err(|problem| format!("{} {}", problem.field.unwrap(), problem.message.key))
    }

    #[test]
    fn full_width_digits_are_digits() {
        assert_eq!(typed("7"), Ok("7".to_owned()));
        assert_eq!(typed("７"), Ok("7".to_owned()));
        assert_eq!(typed(" ７ "), Ok("7".to_owned()));
    }

    #[test]
    fn what_is_not_one_digit_is_told_at_its_field() {
        assert_eq!(typed(""), Err("digit-3 error-digit-missing".to_owned()));
        for value in ["a", "12", "一", "-"] {
            assert_eq!(
                typed(value),
                Err("digit-3 error-digit-format".to_owned()),
                "{value}"
            );
        }
    }
}
