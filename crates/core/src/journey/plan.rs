//! The plan: a tenant's ordered steps. A plan that exists is legal.

use std::fmt;
use std::sync::Arc;

use crate::fact::Facts;
use crate::fault::Fault;
use crate::seal::sha256_hex;
use crate::step::kinds::Kind;
use crate::step::{AnyStep, Applies, Role, When};

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
        let steps: Vec<_> = kinds.into_iter().map(Kind::into_step).collect();
        let mut errors = broken_rules(&steps);
        if steps.last().map(|step| step.role()) != Some(Role::Consents) {
            errors.insert(0, PlanError::of_all("the last step must be `consent`"));
        }
        Self::checked(steps, body, errors)
    }

    /// The plan of a journey without a client, that ends when the customer is proved.
    ///
    /// # Errors
    /// Every rule that is broken, at once.
    pub fn of_links(kinds: Vec<Kind>) -> Result<Self, Vec<PlanError>> {
        let body = serde_json::to_string(&kinds).unwrap_or_default();
        let steps: Vec<_> = kinds.into_iter().map(Kind::into_step).collect();
        let mut errors = broken_rules(&steps);
        for (index, step) in steps.iter().enumerate() {
            if !proves(&**step) {
                errors.push(PlanError {
                    step: Some(index),
                    what: "this step has no place where no app is linked".to_owned(),
                });
            }
        }
        Self::checked(steps, body, errors)
    }

    /// The plan of a journey that pays a fee and ends when the customer has confirmed it.
    ///
    /// # Errors
    /// Every rule that is broken, at once.
    pub fn of_payment(kinds: Vec<Kind>) -> Result<Self, Vec<PlanError>> {
        let body = serde_json::to_string(&kinds).unwrap_or_default();
        let steps: Vec<_> = kinds.into_iter().map(Kind::into_step).collect();
        let mut errors = broken_rules(&steps);
        for (index, step) in steps.iter().enumerate() {
            if OF_LINKING.contains(&step.kind()) {
                errors.push(PlanError {
                    step: Some(index),
                    what: "this step has no place where a fee is paid".to_owned(),
                });
            }
        }
        let chooses = |step: &Arc<dyn AnyStep>| step.kind() == "account_selection";
        if !steps.iter().any(chooses) {
            errors.insert(
                0,
                PlanError::of_all("no step chooses the account (`account_selection`)"),
            );
        }
        if steps.last().map(|step| step.role()) != Some(Role::Pays) {
            errors.insert(
                0,
                PlanError::of_all("the last step must be `payment_confirmation`"),
            );
        }
        Self::checked(steps, body, errors)
    }

    /// The steps of a linking plan that prove who the customer is: the plan of the customer's own
    /// page, where the tenant writes none.
    pub fn proving(kinds: &[Kind]) -> Vec<Kind> {
        let of_proof = |kind: &&Kind| proves(&*(*kind).clone().into_step());
        kinds.iter().filter(of_proof).cloned().collect()
    }

    /// The plan of a body that was kept ([`Plan::body`]).
    ///
    /// # Errors
    /// A fault when the body is no plan of this version of Renkei.
    pub fn of_body(body: &str) -> Result<Self, Fault> {
        let kinds: Vec<Kind> = serde_json::from_str(body)
            .map_err(|e| Fault::new("a kept plan is not readable").caused_by(e))?;
        // It was legal when it was kept.
        let steps = kinds.into_iter().map(Kind::into_step).collect();
        Self::checked(steps, body.to_owned(), Vec::new())
            .map_err(|_| Fault::new("a kept plan is not legal any more"))
    }

    /// The plan of steps that need not be of the listed kinds (tests bring their own).
    pub fn of_steps(steps: Vec<Arc<dyn AnyStep>>, body: String) -> Result<Self, Vec<PlanError>> {
        let errors = broken_rules(&steps);
        Self::checked(steps, body, errors)
    }

    fn checked(
        steps: Vec<Arc<dyn AnyStep>>,
        body: String,
        errors: Vec<PlanError>,
    ) -> Result<Self, Vec<PlanError>> {
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

    /// Whether some step asks whether a living link is renewed.
    pub fn asks_renewal(&self) -> bool {
        let asks = |stop: &Stop| stop.step.when().renewal.is_some();
        self.stops.iter().any(asks)
    }

    /// All stops, in order.
    pub fn stops(&self) -> &[Stop] {
        &self.stops
    }

    /// The stop of this name.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.stops.iter().position(|stop| stop.name == name)
    }

    /// The nearest stop of a kind before or after `from` that is not left out as far as `facts` tell.
    pub fn nearest_of_kind(&self, kind: &str, from: usize, facts: &Facts) -> Option<usize> {
        let of_kind = |(_, stop): &(usize, &Stop)| {
            stop.step.kind() == kind && !matches!(stop.step.applies(facts), Applies::No(_))
        };
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

impl PlanError {
    /// What is wrong with the plan as a whole.
    fn of_all(what: &str) -> Self {
        Self {
            step: None,
            what: what.to_owned(),
        }
    }
}

/// Whether a step belongs to proving who the customer is.
fn proves(step: &dyn AnyStep) -> bool {
    match step.role() {
        Role::IdentifiesAndProves | Role::Prepares | Role::Proves => true,
        Role::Serves => matches!(step.kind(), "precondition" | "risk"),
        Role::Consents | Role::Pays => false,
    }
}

/// What belongs to linking an app, and to nothing else.
const OF_LINKING: [&str; 5] = [
    "consent",
    "inquiry_pin",
    "inquiry_pin_result",
    "permission_gate",
    "service_selection",
];

/// The rules that do not depend on any kind in particular.
fn broken_rules(steps: &[Arc<dyn AnyStep>]) -> Vec<PlanError> {
    let mut errors = Vec::new();
    let mut broken = |step, what: &str| {
        errors.push(PlanError {
            step,
            what: what.to_owned(),
        });
    };
    let identifying = steps
        .iter()
        .filter(|step| step.role() == Role::IdentifiesAndProves);
    let ways = identifying.clone().count();
    if ways == 0 {
        broken(
            None,
            "no step identifies the customer and proves it (`login`)",
        );
    }
    let mut identified = false;
    let mut before: Vec<&dyn AnyStep> = Vec::new();
    for (index, step) in steps.iter().enumerate() {
        let when = step.when();
        match step.role() {
            Role::IdentifiesAndProves => {
                if ways == 1 && *when != When::default() {
                    broken(
                        Some(index),
                        "the only step that identifies the customer takes no `when`",
                    );
                }
                if ways > 1 && when.method.is_none() {
                    broken(
                        Some(index),
                        "one of several steps that identify the customer needs `when: { method: … }`",
                    );
                }
                identified = true;
            }
            Role::Consents | Role::Pays if index + 1 != steps.len() => {
                let what = format!("nothing can follow `{}`", step.kind());
                broken(Some(index), &what);
            }
            Role::Consents | Role::Pays | Role::Proves | Role::Serves if !identified => {
                broken(
                    Some(index),
                    "this step needs a customer who is identified by an earlier step",
                );
            }
            Role::Consents | Role::Pays | Role::Prepares | Role::Proves | Role::Serves => {}
        }
        for what in broken_conditions(when, &before, identified) {
            broken(Some(index), what);
        }
        let stands_before = |kind: &str| before.iter().any(|step| step.kind() == kind);
        if matches!(step.role(), Role::Consents | Role::Pays) && *when != When::default() {
            broken(Some(index), &format!("`{}` takes no `when`", step.kind()));
        }
        if step.role() == Role::Pays && !stands_before("account_selection") {
            broken(Some(index), "no `account_selection` step stands before it");
        }
        if step.kind() == "inquiry_pin_result" && !stands_before("inquiry_pin") {
            broken(Some(index), "no `inquiry_pin` step stands before it");
        }
        let is_told_apart = when.method.is_some() || !when.class.is_empty() || step.may_repeat();
        if stands_before(step.kind()) && !is_told_apart {
            broken(Some(index), "this kind occurs twice");
        }
        before.push(&**step);
    }
    errors
}

/// The conditions of a step that nothing before it can fulfil.
fn broken_conditions(
    when: &When,
    before: &[&dyn AnyStep],
    identified: bool,
) -> impl Iterator<Item = &'static str> {
    let scored = before.iter().any(|step| step.kind() == "risk");
    let offers = |method: &String| before.iter().any(|step| step.methods().contains(method));
    let rests_on_customer = when.renewal.is_some() || !when.class.is_empty();
    [
        (
            when.rests_on_risk() && !scored,
            "its `when` rests on the risk, but no `risk` step stands before it",
        ),
        (
            rests_on_customer && !identified,
            "its `when` rests on who the customer is, but no step before it identifies them",
        ),
        (
            when.method.as_ref().is_some_and(|method| !offers(method)),
            "its `when` names a method that no step before it offers",
        ),
    ]
    .into_iter()
    .filter_map(|(broken, what)| broken.then_some(what))
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

    const LOGIN: &str = r#"{"login":{"identifiers":[{"id":"login_id","format":{"min":6,"max":12}}],"password":{"min":6,"max":12}}}"#;

    #[test]
    fn a_login_and_a_consent_are_a_plan() {
        assert!(errors(&format!("[{LOGIN},{{\"consent\":{{}}}}]")).is_empty());
    }

    fn payment_errors(json: &str) -> Vec<(Option<usize>, String)> {
        let kinds: Vec<Kind> = serde_json::from_str(json).unwrap();
        let errors = Plan::of_payment(kinds).err().unwrap_or_default();
        errors.into_iter().map(|e| (e.step, e.what)).collect()
    }

    #[test]
    fn a_payment_identifies_chooses_an_account_and_ends_in_its_confirmation() {
        let (choice, end) = (
            "{\"account_selection\":{}}",
            "{\"payment_confirmation\":{}}",
        );
        assert!(payment_errors(&format!("[{LOGIN},{choice},{end}]")).is_empty());
        let told = payment_errors(&format!("[{choice},{end}]"));
        assert!(
            told.iter().any(|(_, what)| what.contains("(`login`)")),
            "{told:?}"
        );
        let told = payment_errors(&format!("[{LOGIN},{choice}]"));
        assert!(
            told.iter()
                .any(|(_, what)| what.contains("must be `payment_confirmation`"))
        );
        let told = payment_errors(&format!("[{LOGIN},{end},{choice}]"));
        assert!(
            told.iter()
                .any(|(at, what)| *at == Some(1) && what.contains("nothing can follow"))
        );
        for kind in OF_LINKING {
            let told = payment_errors(&format!(
                "[{LOGIN},{{\"{kind}\":{}}},{choice},{end}]",
                settings(kind)
            ));
            let of_kind = |(at, what): &(Option<usize>, String)| {
                *at == Some(1) && what.contains("where a fee is paid")
            };
            assert!(told.iter().any(of_kind), "{kind}: {told:?}");
        }
        assert!(
            !errors(&format!("[{LOGIN},{choice},{end}]")).is_empty(),
            "no plan that links"
        );
    }

    fn settings(kind: &str) -> &'static str {
        match kind {
            "inquiry_pin" => "{\"pin_length\":4}",
            _ => "{}",
        }
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
