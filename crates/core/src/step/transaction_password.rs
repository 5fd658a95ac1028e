//! 確認用パスワード, 取引実行パスワード: a second password, other than that of the login. Asks for it;
//! adds a proof.
//!
//! A customer with several passwords must be told which one is wanted and which are not (Mizuho
//! manual 1.2 to 1.4 prints such a hint): the page has a text for it.

use async_trait::async_trait;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::field::{Field, FieldView};
use super::{
    Arrival, Context, Entry, Kept, Outcome, Role, Sample, SampleWorld, Step, Submission, When, gate,
};
use crate::fact::{Facts, Proof};
use crate::fault::Fault;
use crate::form::FormData;
use crate::port::{Challenge, Factor, FactorAnswer};
use crate::secret::Password;
use crate::text::{Message, Problem};

/// A second password.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TransactionPassword {
    /// When the step is walked.
    #[serde(default)]
    pub when: When,
    /// The screen's number as the manual prints it; shown, never used as a key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub screen_id: Option<String>,
    /// Its format.
    pub format: Field,
}

/// What the step remembers.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Memory {
    tries_left: Option<u32>,
}

/// The page.
#[derive(Debug, Serialize)]
pub struct View {
    screen_id: Option<String>,
    field: FieldView,
    tries_left: Option<u32>,
}

#[async_trait]
impl Step for TransactionPassword {
    const KIND: &'static str = "transaction_password";
    const ROLE: Role = Role::Proves;
    type Memory = Memory;
    type View = View;

    fn when(&self) -> &When {
        &self.when
    }

    async fn enter(&self, cx: &Context<'_>) -> Result<Arrival<Memory>, Fault> {
        Ok(match gate::arrive(cx, Factor::TransactionPassword).await? {
            Ok(Challenge::TransactionPassword) => Entry::Ask(Memory::default()),
            Ok(_) => return Err(Fault::new("the bank asks no second password")),
            Err(refusal) => Entry::Refused(refusal),
        }
        .into())
    }

    fn present(&self, _: &Facts, memory: &Memory, _: &[Problem], _: &Kept) -> View {
        View {
            screen_id: self.screen_id.clone(),
            field: self.format.view(CONTROL, true, ""),
            tries_left: memory.tries_left,
        }
    }

    async fn submit(
        &self,
        cx: &Context<'_>,
        memory: Memory,
        form: &FormData,
    ) -> Result<Submission<Memory>, Fault> {
        let typed = Password::new(form.one(CONTROL).unwrap_or_default());
        if let Some(message) = self.unfit(&typed) {
            return Ok(again(memory, message).into());
        }
        let answer = FactorAnswer::TransactionPassword(typed);
        let again = |left| {
            let message =
                Message::new("error-transaction_password-wrong").with("left", i64::from(left));
            let tries_left = Some(left);
            again(Memory { tries_left }, message)
        };
        gate::answer(cx, &answer, Proof::TransactionPassword, again).await
    }

    fn samples(&self, world: &SampleWorld) -> Vec<Sample<Memory>> {
        let memory = |tries_left| Memory { tries_left };
        let wrong = Message::new("error-transaction_password-wrong").with("left", 3);
        let missing = Message::new("error-transaction_password-missing");
        vec![
            Sample::new("first", world, memory(None)),
            Sample::new("wrong", world, memory(Some(3))).told_at(CONTROL, wrong),
            Sample::new("missing", world, memory(None)).told_at(CONTROL, missing),
        ]
    }
}

impl TransactionPassword {
    /// Why what was typed cannot be the password, as everybody can see.
    fn unfit(&self, typed: &Password) -> Option<Message> {
        if typed.expose().is_empty() {
            Some(Message::new("error-transaction_password-missing"))
        } else if self.format.admits(typed.expose()) {
            None
        } else {
            Some(Message::new("error-transaction_password-format"))
        }
    }
}

fn again(memory: Memory, message: Message) -> Outcome<Memory> {
    Outcome::Again {
        memory,
        problems: vec![Problem::at(CONTROL, message)],
        kept: Vec::new(),
    }
}

const CONTROL: &str = "transaction_password";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_the_password_costs_no_attempt() {
        let step: TransactionPassword =
            serde_json::from_str(r#"{"format":{"min":6,"max":8,"letters_and_digits":true}}"#)
                .unwrap();
        let unfit = |typed: &str| step.unfit(&Password::new(typed)).map(|message| message.key);
        assert_eq!(unfit("hana77"), None);
        assert_eq!(
            unfit(""),
            Some("error-transaction_password-missing".to_owned())
        );
        for typed in ["hana7", "hanahana", "hana00007", "ｈana77"] {
            assert_eq!(
                unfit(typed),
                Some("error-transaction_password-format".to_owned()),
                "{typed}"
            );
        }
    }
}
