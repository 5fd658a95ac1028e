//! What must be in order at the bank before an app can be linked. Shows no page; refuses with words
//! and a way out for each thing that stands in the way.
//!
//! Source: Mizuho manual 1, 「！注意」.

use std::collections::BTreeMap;

use async_trait::async_trait;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    Arrival, Context, Entry, Kept, Note, Outcome, Role, Step, Submission, When, identified,
};
use crate::fact::Facts;
use crate::fault::Fault;
use crate::form::FormData;
use crate::port::Hurdle;
use crate::refusal::Refusal;
use crate::text::Problem;

/// Conditions at the bank.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Precondition {
    /// When the step is walked.
    pub when: When,
    /// What may not stand in the customer's way, in the order in which it is told.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub refuse: Vec<Hurdle>,
    /// Which classes of customers may have chosen a method: `certificate: [certificate]`. A method
    /// that is not named suits everybody.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub classes: BTreeMap<String, Vec<String>>,
}

/// The step shows nothing, so it remembers nothing.
#[derive(Debug, Serialize, Deserialize)]
pub struct Memory {}

#[async_trait]
impl Step for Precondition {
    const KIND: &'static str = "precondition";
    const ROLE: Role = Role::Serves;
    const HAS_PAGE: bool = false;
    type Memory = Memory;
    type View = ();

    fn when(&self) -> &When {
        &self.when
    }

    async fn enter(&self, cx: &Context<'_>) -> Result<Arrival<Memory>, Fault> {
        let who = identified(cx)?;
        if !self.suits(cx.facts.method.as_deref(), who.class.as_deref()) {
            return Ok(refused(Refusal::OtherMethod, json!({ "class": who.class })));
        }
        let standing = cx.bank.standing(&who.customer).await?;
        let standing = standing
            .ok_or_else(|| Fault::new("the bank does not know a customer it identified"))?;
        let hurdle = self
            .refuse
            .iter()
            .find(|hurdle| standing.hurdles.contains(hurdle));
        Ok(match hurdle {
            Some(hurdle) => refused(Refusal::Hurdle(*hurdle), json!({ "hurdle": hurdle })),
            None => Entry::Passed(Box::new(cx.facts.clone())).into(),
        })
    }

    fn present(&self, _: &Facts, _: &Memory, _: &[Problem], _: &Kept) {}

    async fn submit(
        &self,
        cx: &Context<'_>,
        _: Memory,
        _: &FormData,
    ) -> Result<Submission<Memory>, Fault> {
        Ok(Outcome::Passed(Box::new(cx.facts.clone())).into())
    }
}

impl Precondition {
    /// Whether a customer of this class may have chosen this method.
    fn suits(&self, method: Option<&str>, class: Option<&str>) -> bool {
        let permitted = method.and_then(|method| self.classes.get(method));
        permitted.is_none_or(|permitted| permitted.iter().any(|one| Some(one.as_str()) == class))
    }
}

fn refused(refusal: Refusal, detail: serde_json::Value) -> Arrival<Memory> {
    let mut arrival = Arrival::from(Entry::Refused(refusal));
    arrival.notes.push(Note {
        name: "precondition.missing",
        detail,
    });
    arrival
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::step::trial::Trial;

    #[test]
    fn a_method_suits_the_classes_that_are_named_for_it_and_no_other() {
        let step: Precondition = serde_json::from_value(json!({
            "refuse": ["initial_setup"], "classes": { "certificate": ["certificate"] },
        }))
        .unwrap();
        assert!(step.suits(Some("certificate"), Some("certificate")));
        assert!(!step.suits(Some("certificate"), Some("fixed_password")));
        assert!(!step.suits(Some("certificate"), None));
        assert!(step.suits(Some("password"), Some("fixed_password")));
        assert!(step.suits(None, None));
    }

    #[tokio::test]
    async fn the_first_hurdle_in_the_banks_order_is_told_and_others_do_not_matter() {
        let step: Precondition = serde_json::from_value(json!({
            "refuse": ["initial_setup", "password_expired"],
        }))
        .unwrap();
        let trial = Trial::new();
        trial.bank.put(Hurdle::MailInvalid);
        assert!(matches!(trial.enter(&step).await, Entry::Passed(_)));
        trial.bank.put(Hurdle::PasswordExpired);
        trial.bank.put(Hurdle::InitialSetup);
        let refused = trial.enter(&step).await;
        let first = Refusal::Hurdle(Hurdle::InitialSetup);
        assert!(matches!(refused, Entry::Refused(refusal) if refusal == first));
    }
}
