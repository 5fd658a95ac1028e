//! Steps that nobody can reach: conditions that can never hold in this journey.

use std::collections::BTreeSet;

use renkei_core::risk::Verdict;
use renkei_core::step::When;
use renkei_core::step::kinds::Kind;
use serde_json::Value;

use crate::diagnostic::{Diagnostic, SourceFile, nearest};
use crate::file::TenantFile;
use crate::tree::Node;

/// Every condition that cannot hold, where it stands.
pub(crate) fn steps(
    source: &SourceFile,
    node: &Node,
    file: &TenantFile,
    found: &mut Vec<Diagnostic>,
) {
    for (plan, kinds) in file.plans() {
        let items = node.get(plan).map_or(&[][..], Node::items);
        for (index, (kind, item)) in kinds.iter().zip(items).enumerate() {
            let step = kind.clone().into_step();
            let mut tell = |key: &str, what: String, hint: String| {
                let at = item.position_of(&[step.kind(), "when", key]);
                let path = format!("{plan}[{index}].{}.when.{key}", step.kind());
                let what = format!("this step can never be reached: {what}");
                found.push(Diagnostic::at(source, at, &path, what).hint(hint));
            };
            risk(kinds, step.when(), &mut tell);
            clients(file, kind, step.when(), &mut tell);
            method(kinds, step.when(), &mut tell);
        }
    }
}

/// The risk step refuses from `refuse_at` on, and no score is above the sum of the weights.
fn risk(plan: &[Kind], when: &When, tell: &mut impl FnMut(&str, String, String)) {
    let risk = plan.iter().find_map(|kind| match kind {
        Kind::Risk(risk) => Some(risk),
        _ => None,
    });
    // Without a risk step the plan itself is refused.
    let Some(risk) = risk else { return };
    let weights = serde_json::to_value(&risk.weights).unwrap_or_default();
    let most: u64 = weights
        .as_object()
        .into_iter()
        .flatten()
        .filter_map(|(_, weight)| weight.as_u64())
        .sum();
    if let Some(least) = when.risk_at_least {
        if least >= risk.refuse_at {
            let what = format!("from {} on the risk step refuses", risk.refuse_at);
            tell("risk_at_least", what, "choose a lower score".to_owned());
        } else if u64::from(least) > most {
            let what = format!("all weights together are {most}");
            tell("risk_at_least", what, format!("choose {most} or less"));
        }
    }
    match when.risk {
        Some(Verdict::Deny) => {
            let what = "at the verdict `deny` the risk step refuses".to_owned();
            tell("risk", what, "use `ask`".to_owned());
        }
        Some(Verdict::Ask) if u64::from(risk.ask_at) > most => {
            let what = format!(
                "all weights together are {most}, `ask_at` is {}",
                risk.ask_at
            );
            tell("risk", what, "lower `ask_at` or raise a weight".to_owned());
        }
        Some(Verdict::Ask | Verdict::Skip) | None => {}
    }
}

fn clients(
    file: &TenantFile,
    kind: &Kind,
    when: &When,
    tell: &mut impl FnMut(&str, String, String),
) {
    let known = || file.clients.keys().map(String::as_str);
    let is_let_in = |id: &&String| file.clients.contains_key(*id);
    if !when.client.is_empty() && !when.client.iter().any(|id| file.clients.contains_key(id)) {
        let wanted = when.client.join(", ");
        let hint = when.client.first().and_then(|id| nearest(id, known()));
        let hint = match hint {
            Some(near) => format!("did you mean `{near}`?"),
            None => "add the client under `clients`, or remove the step".to_owned(),
        };
        tell(
            "client",
            format!("`clients` lets in none of {wanted}"),
            hint,
        );
    } else if matches!(kind, Kind::ServiceSelection(_))
        && !when.client.is_empty()
        && when.client.iter().filter(is_let_in).all(|id| {
            let terms = file.clients.get(id);
            terms.is_some_and(|terms| terms.skip_service_selection)
        })
    {
        let what = "these clients leave out the choice of services".to_owned();
        let hint = "remove `skip_service_selection`, or the step".to_owned();
        tell("client", what, hint);
    }
}

/// A method that no step offers.
fn method(plan: &[Kind], when: &When, tell: &mut impl FnMut(&str, String, String)) {
    let Some(wanted) = when.method.as_deref() else {
        return;
    };
    let offered: BTreeSet<String> = plan.iter().flat_map(methods).collect();
    if !offered.contains(wanted) {
        let hint = match nearest(wanted, offered.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None if offered.is_empty() => "add `methods` to a step before it".to_owned(),
            None => format!(
                "offered are: {}",
                offered.iter().cloned().collect::<Vec<_>>().join(", ")
            ),
        };
        tell(
            "method",
            format!("no step offers the method `{wanted}`"),
            hint,
        );
    }
}

/// The methods a step lets the customer choose from: its setting `methods`, as words or as maps.
fn methods(kind: &Kind) -> Vec<String> {
    let kind = serde_json::to_value(kind).unwrap_or_default();
    let settings = kind.as_object().and_then(|map| map.values().next());
    let offered = settings.and_then(|settings| settings.get("methods"));
    let name = |one: &Value| match one {
        Value::String(name) => Some(name.clone()),
        Value::Object(map) => ["name", "method", "id"]
            .iter()
            .find_map(|key| map.get(*key)?.as_str().map(str::to_owned))
            .or_else(|| map.keys().next().cloned()),
        _ => None,
    };
    match offered {
        Some(Value::Array(all)) => all.iter().filter_map(name).collect(),
        Some(Value::Object(map)) => map.keys().cloned().collect(),
        _ => Vec::new(),
    }
}
