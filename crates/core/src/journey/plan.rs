//! The plan: a tenant's ordered steps. A plan that exists is legal.

use std::fmt;
use std::sync::Arc;

use crate::fact::Facts;
use crate::fault::Fault;
use crate::seal::sha256_hex;
use crate::step::kinds::Kind;
use crate::step::{AnyStep, Applies, Role};

/// The ordered steps of a journey.
pub struct Plan {
    stops: Vec<Stop>,
    digest: String,
    body: String,
}

/// One step in its place.
#[derive(Clone, Debug)]
pub struct Stop {
    /// Its word in addresses: its kind, with a number when the kind occurs more than once.
    pub name: String,
    /// The step.
    pub step: Arc<dyn AnyStep>,
}

/// A rule the plan breaks, and at which step (counted from 0; none for the plan as a whole).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanError {
    /// The step.
    pub step: Option<usize>,
    /// What is wrong, lower case, no full stop.
    pub what: String,
}

impl Plan {
    /// The plan of these steps.
    ///
    /// # Errors
    /// Every rule that is broken, at once.
    pub fn of(kinds: Vec<Kind>) -> Result<Self, Vec<PlanError>> {
        let body = serde_json::to_string(&kinds).unwrap_or_default();
        Self::of_steps(kinds.into_iter().map(Kind::into_step).collect(), body)
    }

    /// The plan of a body that was kept ([`Plan::body`]).
    ///
    /// # Errors
    /// A fault when the body is no plan of this version of Renkei.
    pub fn of_body(body: &str) -> Result<Self, Fault> {
        let kinds: Vec<Kind> = serde_json::from_str(body)
            .map_err(|e| Fault::new("a kept plan is not readable").caused_by(e))?;
        Self::of(kinds).map_err(|_| Fault::new("a kept plan is not legal any more"))
    }

    /// The plan of steps that need not be of the listed kinds (tests bring their own).
    pub fn of_steps(steps: Vec<Arc<dyn AnyStep>>, body: String) -> Result<Self, Vec<PlanError>> {
        let errors = broken_rules(&steps);
        if !errors.is_empty() {
            return Err(errors);
        }
        let mut placed: Vec<Stop> = Vec::with_capacity(steps.len());
        for step in steps {
            let before = placed
                .iter()
                .filter(|stop| stop.step.kind() == step.kind())
                .count();
            let name = match before {
                0 => step.kind().to_owned(),
                n => format!("{}-{}", step.kind(), n + 1),
            };
            placed.push(Stop { name, step });
        }
        Ok(Self {
            stops: placed,
            digest: sha256_hex(body.as_bytes()),
            body,
        })
    }

    /// Identifies the plan.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// The steps as JSON, to be kept.
    pub fn body(&self) -> &str {
        &self.body
    }

    /// One stop.
    pub fn stop(&self, index: usize) -> Result<&Stop, Fault> {
        self.stops
            .get(index)
            .ok_or_else(|| Fault::new("a journey is at a stop its plan does not have"))
    }

    /// All stops, in order.
    pub fn stops(&self) -> &[Stop] {
        &self.stops
    }

    /// The stop of this name.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.stops.iter().position(|stop| stop.name == name)
    }

    /// The nearest stop of a kind before or after `from`.
    pub fn nearest_of_kind(&self, kind: &str, from: usize) -> Option<usize> {
        let of_kind = |(_, stop): &(usize, &Stop)| stop.step.kind() == kind;
        self.stops
            .iter()
            .enumerate()
            .filter(of_kind)
            .map(|(i, _)| i)
            .min_by_key(|i| i.abs_diff(from))
    }

    /// How many pages are certain to come after `stop`; none while a condition is open.
    pub fn pages_after(&self, stop: usize, facts: &Facts) -> Option<usize> {
        let mut pages = 0;
        for later in self.stops.iter().skip(stop + 1) {
            match later.step.applies(facts) {
                Applies::Certainly if later.step.has_page() => pages += 1,
                Applies::Open => return None,
                Applies::Certainly | Applies::No(_) => {}
            }
        }
        Some(pages)
    }
}

impl fmt::Debug for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.stops.iter().map(|stop| &stop.name))
            .finish()
    }
}

/// The rules that do not depend on any kind in particular.
fn broken_rules(steps: &[Arc<dyn AnyStep>]) -> Vec<PlanError> {
    let mut errors = Vec::new();
    let mut broken = |step, what: &str| {
        errors.push(PlanError {
            step,
            what: what.to_owned(),
        });
    };
    if steps.last().map(|step| step.role()) != Some(Role::Consents) {
        broken(None, "the last step must be `consent`");
    }
    if !steps
        .iter()
        .any(|step| step.role() == Role::IdentifiesAndProves)
    {
        broken(
            None,
            "no step identifies the customer and proves it (`login`)",
        );
    }
    let mut identified = false;
    let mut kinds_before: Vec<&str> = Vec::new();
    for (index, step) in steps.iter().enumerate() {
        match step.role() {
            Role::IdentifiesAndProves if identified => {
                broken(
                    Some(index),
                    "the customer is identified by an earlier step already",
                );
            }
            Role::IdentifiesAndProves => {
                if *step.when() != crate::step::When::default() {
                    broken(
                        Some(index),
                        "the step that identifies the customer takes no `when`",
                    );
                }
                identified = true;
            }
            Role::Consents if index + 1 != steps.len() => {
                broken(Some(index), "nothing can follow `consent`");
            }
            Role::Consents | Role::Proves | Role::Serves if !identified => {
                broken(
                    Some(index),
                    "this step needs a customer who is identified by an earlier step",
                );
            }
            Role::Consents | Role::Proves | Role::Serves => {}
        }
        if step.when().rests_on_risk() && !kinds_before.contains(&"risk") {
            broken(
                Some(index),
                "its `when` rests on the risk, but no `risk` step stands before it",
            );
        }
        if step.role() == Role::Consents && *step.when() != crate::step::When::default() {
            broken(Some(index), "`consent` takes no `when`");
        }
        if step.kind() == "inquiry_pin_result" && !kinds_before.contains(&"inquiry_pin") {
            broken(Some(index), "no `inquiry_pin` step stands before it");
        }
        if kinds_before.contains(&step.kind()) {
            broken(Some(index), "this kind occurs twice");
        }
        kinds_before.push(step.kind());
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors(json: &str) -> Vec<(Option<usize>, String)> {
        let kinds: Vec<Kind> = serde_json::from_str(json).unwrap();
        Plan::of(kinds)
            .err()
            .unwrap_or_default()
            .into_iter()
            .map(|e| (e.step, e.what))
            .collect()
    }

    const LOGIN: &str =
        r#"{"login":{"login_id":{"min":6,"max":12},"password":{"min":6,"max":12}}}"#;

    #[test]
    fn a_login_and_a_consent_are_a_plan() {
        assert!(errors(&format!("[{LOGIN},{{\"consent\":{{}}}}]")).is_empty());
    }

    #[test]
    fn every_broken_rule_is_told_at_once() {
        let told =
            errors(r#"[{"security_question":{"when":{"risk":"ask"}}},{"inquiry_pin_result":{}}]"#);
        assert_eq!(told.len(), 6, "{told:?}");
    }

    #[test]
    fn a_plan_survives_being_kept() {
        let kinds: Vec<Kind> =
            serde_json::from_str(&format!("[{LOGIN},{{\"consent\":{{}}}}]")).unwrap();
        let plan = Plan::of(kinds).unwrap();
        assert_eq!(Plan::of_body(plan.body()).unwrap().digest(), plan.digest());
    }
}
