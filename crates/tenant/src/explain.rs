//! A plan explained: which step comes for whom, and why. For a customer, a client and a risk that are
//! given, as far as the files tell; what only the bank knows at that moment stays open.

pub mod mermaid;
pub mod svg;
pub mod text;

use std::collections::BTreeSet;

use renkei_core::account::CustomerId;
use renkei_core::fact::{ClientFact, Facts, Identified};
use renkei_core::instant::Timestamp;
use renkei_core::payment::Bill;
use renkei_core::risk::{Assessment, Rules, Signal, Verdict};
use renkei_core::step::kinds::Kind;
use renkei_core::step::{Applies, Role, When};
use renkei_core::tenant::ClientTerms;
use renkei_oauth::client::ClientId;
use serde_json::Value;

use crate::load::LoadedTenant;

/// For whom the plan is explained; whatever is not given stays open.
#[derive(Clone, Debug, Default)]
pub struct Case {
    /// A demo customer's login ID.
    pub customer: Option<String>,
    /// A client's id.
    pub client: Option<ClientId>,
    /// What is unusual.
    pub signals: Option<BTreeSet<Signal>>,
    /// A risk score, instead of the signals' own.
    pub score: Option<u32>,
    /// Whether the plan of the customer's own page is meant, not the one that links an app.
    pub links: bool,
    /// Whether the plan of a payment is meant.
    pub payment: bool,
}

/// A plan explained.
#[derive(Clone, Debug)]
pub struct Explained {
    /// The bank's name.
    pub bank: String,
    /// For whom: a line for each thing that was given.
    pub case: Vec<String>,
    /// The steps, in order.
    pub steps: Vec<ExplainedStep>,
}

/// One step explained.
#[derive(Clone, Debug)]
pub struct ExplainedStep {
    /// Its place, from 1.
    pub number: usize,
    /// Its word in addresses.
    pub name: String,
    /// Whether it shows a page.
    pub has_page: bool,
    /// What it brings to the plan.
    pub role: &'static str,
    /// Its condition as the tenant wrote it; empty when it has none.
    pub when: String,
    /// Whether it comes.
    pub comes: Comes,
    /// Why, or why not.
    pub why: String,
}

/// Whether a step comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comes {
    /// It is walked.
    Yes,
    /// It cannot be known from the files.
    Open,
    /// It is left out.
    No,
    /// The journey has ended before it.
    Never,
}

impl Comes {
    /// A sign and a word for it.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Yes => ("●", "applies"),
            Self::Open => ("◐", "open"),
            Self::No => ("○", "left out"),
            Self::Never => ("×", "not reached"),
        }
    }
}

/// What cannot be explained.
#[derive(Debug, thiserror::Error)]
pub enum NotExplained {
    /// The demo bank does not have the customer.
    #[error("the demo bank has no customer `{0}`; it has {1}")]
    Customer(String, String),
    /// The bank has not let the client in.
    #[error("the bank has not let in `{0}`; it has let in {1}")]
    Client(String, String),
    /// The bank takes no payments.
    #[error("the bank has no plan `payment`")]
    Payment,
    /// There is no risk step that a risk could be given to.
    #[error("the journey has no `risk` step, so that no risk is scored")]
    Risk,
}

/// Explains the plan of a bank for a case.
pub fn explain(loaded: &LoadedTenant, case: &Case) -> Result<Explained, NotExplained> {
    let mut facts = Facts::default();
    let mut given = Vec::new();
    let plan = if case.payment {
        given.push("a payment".to_owned());
        let plan = loaded.tenant.plans.payment.as_ref();
        facts.bill = Some(Box::new(Bill::sample(Timestamp::from_millis(0))));
        plan.ok_or(NotExplained::Payment)?
    } else if case.links {
        given.push("the customer's own page".to_owned());
        &loaded.tenant.plans.links
    } else {
        &loaded.tenant.plans.link
    };
    facts.client = match &case.client {
        _ if case.links || case.payment => None,
        Some(id) => {
            given.push(format!("client {id}"));
            Some(client(loaded, id)?)
        }
        None => anyone(loaded),
    };
    let identified = case.customer.as_ref().map(|id| customer(loaded, id));
    let identified = identified.transpose()?;
    if let Some(who) = &identified {
        given.push(format!("customer {} ({})", who.customer.as_str(), who.name));
    }
    let assessment = assessment(loaded, case)?;
    if let Some(risk) = &assessment {
        given.push(format!("risk {}", told(risk)));
    }
    let mut is_over = None;
    let mut steps = Vec::new();
    for (index, stop) in plan.stops().iter().enumerate() {
        let step = &stop.step;
        let kind = step.kind();
        let (comes, why) = match &is_over {
            Some(reason) => (Comes::Never, String::from(*reason)),
            None if case.client.is_none() && !step.when().client.is_empty() => {
                (Comes::Open, open(kind, step.when()))
            }
            None => match step.applies(&facts) {
                Applies::Certainly => (Comes::Yes, certain(step.when(), &facts)),
                Applies::Open => (Comes::Open, open(kind, step.when())),
                Applies::No(reason) => (Comes::No, reason.to_owned()),
            },
        };
        let mut why = why;
        if comes == Comes::Yes {
            if identifies(step.role()) && facts.identified.is_none() {
                facts.identified.clone_from(&identified);
            }
            if kind == "risk" {
                facts.risk.clone_from(&assessment);
                if let Some(risk) = &assessment {
                    why = format!("{why}; {}", told(risk));
                    if risk.verdict == Verdict::Deny {
                        is_over = Some("the risk step refuses");
                    }
                }
            }
        }
        steps.push(ExplainedStep {
            number: index + 1,
            name: stop.name.clone(),
            has_page: step.has_page(),
            role: role(step.role()),
            when: condition(step.when()),
            comes,
            why,
        });
    }
    Ok(Explained {
        bank: loaded.file.name.ja.clone(),
        case: given,
        steps,
    })
}

fn client(loaded: &LoadedTenant, id: &ClientId) -> Result<ClientFact, NotExplained> {
    let clients = &loaded.tenant.clients;
    let terms: &ClientTerms = clients.get(id).ok_or_else(|| {
        let known: Vec<String> = clients.keys().map(ToString::to_string).collect();
        NotExplained::Client(id.to_string(), known.join(", "))
    })?;
    Ok(ClientFact {
        id: id.clone(),
        terms: terms.clone(),
        requested: loaded.tenant.scopes.clone(),
    })
}

/// A client without terms of its own, that asks for everything.
fn anyone(loaded: &LoadedTenant) -> Option<ClientFact> {
    Some(ClientFact {
        id: ClientId::parse("any").ok()?,
        terms: ClientTerms::default(),
        requested: loaded.tenant.scopes.clone(),
    })
}

fn customer(loaded: &LoadedTenant, login_id: &str) -> Result<Identified, NotExplained> {
    let customers = loaded.demo.iter().flat_map(|demo| &demo.customers);
    let found = customers.clone().find(|one| one.login_id == login_id);
    let found = found.ok_or_else(|| {
        let known: Vec<&str> = customers.take(5).map(|one| one.login_id.as_str()).collect();
        NotExplained::Customer(login_id.to_owned(), known.join(", "))
    })?;
    Ok(Identified {
        customer: CustomerId::new(&found.login_id),
        name: found.name.clone(),
        credential_version: String::new(),
        mail: None,
        class: None,
        at: Timestamp::from_millis(0),
        failures_before: 0,
    })
}

/// The verdict of the journey's own rules.
fn assessment(loaded: &LoadedTenant, case: &Case) -> Result<Option<Assessment>, NotExplained> {
    if case.signals.is_none() && case.score.is_none() {
        return Ok(None);
    }
    let risk = loaded.file.steps().find_map(|kind| match kind {
        Kind::Risk(risk) => Some(risk),
        _ => None,
    });
    let risk = risk.ok_or(NotExplained::Risk)?;
    let rules = Rules {
        weights: risk.weights.clone(),
        ask_at: risk.ask_at,
        refuse_at: risk.refuse_at,
    };
    let mut assessment = rules.judge(&case.signals.clone().unwrap_or_default());
    if let Some(score) = case.score {
        assessment.score = score;
        assessment.verdict = match score {
            score if score >= rules.refuse_at => Verdict::Deny,
            score if score >= rules.ask_at => Verdict::Ask,
            _ => Verdict::Skip,
        };
    }
    Ok(Some(assessment))
}

fn told(risk: &Assessment) -> String {
    let signals: Vec<String> = risk.signals.iter().map(word).collect();
    let of = if signals.is_empty() {
        String::new()
    } else {
        format!(" ({})", signals.join(", "))
    };
    format!("score {}{of}, verdict {}", risk.score, word(&risk.verdict))
}

fn identifies(role: Role) -> bool {
    role == Role::IdentifiesAndProves
}

fn certain(when: &When, facts: &Facts) -> String {
    let condition = condition(when);
    if condition.is_empty() {
        return "always".to_owned();
    }
    match &facts.risk {
        Some(risk) if when.rests_on_risk() => format!("{condition} holds: {}", told(risk)),
        _ => format!("{condition} holds"),
    }
}

fn open(kind: &str, when: &When) -> String {
    let condition = condition(when);
    if condition.is_empty() {
        format!("`{kind}` decides when the customer arrives, by what the bank says")
    } else {
        format!("depends on {condition}")
    }
}

/// A condition as YAML's flow style has it, with what is set only.
fn condition(when: &When) -> String {
    let value = serde_json::to_value(when).unwrap_or_default();
    let parts: Vec<String> = value
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(_, value)| !value.is_null())
        .map(|(key, value)| format!("{key}: {}", plain(value)))
        .collect();
    if parts.is_empty() {
        String::new()
    } else {
        format!("when {}", parts.join(", "))
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(plain).collect();
            items.join(" or ")
        }
        other => other.to_string(),
    }
}

fn word(value: &impl serde::Serialize) -> String {
    plain(&serde_json::to_value(value).unwrap_or_default())
}

const fn role(role: Role) -> &'static str {
    match role {
        Role::Consents => "consents",
        Role::Pays => "confirms the payment",
        Role::IdentifiesAndProves => "identifies and proves",
        Role::Prepares => "prepares",
        Role::Proves => "proves",
        Role::Serves => "serves",
    }
}
