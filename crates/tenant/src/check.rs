//! What the schema cannot say: the plan's rules, formats, steps nobody reaches, and that every text a
//! step needs is there.

pub(crate) mod neighbour;
pub(crate) mod reach;
pub(crate) mod texts;

use std::path::Path;
use std::sync::Arc;

use renkei_core::journey::plan::{Plan, PlanError};
use renkei_core::step::kinds::Kind;
use renkei_core::step::{CertificateUse, Field, Registrable};
use renkei_core::tenant::{Plans, TenantId};
use renkei_oauth::client::ClientId;

use crate::diagnostic::{Diagnostic, SourceFile, nearest};
use crate::file::{InstitutionKind, TenantFile};
use crate::tree::Node;

/// The folder's name as a tenant id.
pub(crate) fn id(folder: &Path, found: &mut Vec<Diagnostic>) -> Option<TenantId> {
    let name = folder
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default();
    let tell = |e: renkei_core::tenant::NotATenantId| {
        found.push(Diagnostic::of_path(folder, e.to_string()).hint("rename the folder"));
    };
    TenantId::parse(name).map_err(tell).ok()
}

/// The journeys as legal plans.
pub(crate) fn plans(
    source: &SourceFile,
    node: &Node,
    file: &TenantFile,
    found: &mut Vec<Diagnostic>,
) -> Option<Plans> {
    let mut plan = |name: &str, plan: Result<Plan, Vec<PlanError>>| match plan {
        Ok(plan) => Some(Arc::new(plan)),
        Err(errors) => {
            let steps = node.get(name);
            for error in errors {
                let step = error
                    .step
                    .and_then(|index| steps.and_then(|steps| steps.items().get(index)));
                let at = step.or(steps).map_or(node.at, |node| node.at);
                let path = error
                    .step
                    .map_or(name.to_owned(), |index| format!("{name}[{index}]"));
                found.push(Diagnostic::at(source, at, &path, error.what));
            }
            None
        }
    };
    let link = plan("journey", Plan::of(file.journey.clone()));
    // Where the tenant writes no plan of its own for it, a mistake in `journey` is told once.
    let links = if file.links.is_empty() {
        let proving = Plan::of_links(Plan::proving(&file.journey));
        proving.ok().map(Arc::new)
    } else {
        plan("links", Plan::of_links(file.links.clone()))
    };
    let payment = if file.payment.is_empty() {
        None
    } else {
        Some(plan("payment", Plan::of_payment(file.payment.clone()))?)
    };
    Some(Plans {
        link: link?,
        links: links?,
        payment,
    })
}

/// Formats, and values that must agree with one another.
pub(crate) fn values(
    source: &SourceFile,
    node: &Node,
    file: &TenantFile,
    found: &mut Vec<Diagnostic>,
) {
    let mut tell = |path: &[&str], what: &str, hint: &str| {
        let at = node.position_of(path);
        found.push(Diagnostic::at(source, at, &path.join("."), what).hint(hint));
    };
    if file.bank_code.len() != 4 || !file.bank_code.bytes().all(|b| b.is_ascii_digit()) {
        tell(
            &["bank_code"],
            "must be four digits in quotes",
            "for example \"0001\"",
        );
    }
    if file.seal.chars().count() != 1 {
        tell(
            &["seal"],
            "must be one character",
            "usually the first of the bank's name",
        );
    }
    if !file.site.starts_with("https://") {
        tell(
            &["site"],
            "must begin with https://",
            "customers compare it with what they know",
        );
    }
    if let Some(host) = &file.host
        && !is_host(host)
    {
        tell(
            &["host"],
            "must be a host name in lower case, without scheme and port",
            "for example auth.bank.example",
        );
    }
    if file.scopes.is_empty() {
        let hint = format!("known: {}", KNOWN_SCOPES.join(", "));
        tell(&["scopes"], "names no service", &hint);
    }
    for id in file.clients.keys() {
        if ClientId::parse(id).is_err() {
            tell(
                &["clients", id],
                "is not a client id",
                "ids are given by `renkei client add`",
            );
        }
    }
    if file.life.journey_idle_minutes > file.life.journey_total_minutes {
        let what = "is longer than `journey_total_minutes`";
        tell(
            &["life", "journey_idle_minutes"],
            what,
            "a journey cannot rest longer than it may take",
        );
    }
    bank_list(file, &mut tell);
    scopes(source, node, file, found);
    for (plan, kinds) in file.plans() {
        for (index, kind) in kinds.iter().enumerate() {
            step_values(source, node, file, (plan, index), kind, found);
        }
    }
}

/// What e-Gov's list of banks needs to know of a bank that takes payments.
fn bank_list(file: &TenantFile, tell: &mut dyn FnMut(&[&str], &str, &str)) {
    if file.payment.is_empty() {
        return;
    }
    if file.kind.is_none() {
        let hint = "add `kind:`, one of credit_union, bank, shinkin, labour, norinchukin";
        tell(&["payment"], "says not what kind of institution pays", hint);
    }
    if file.kind == Some(InstitutionKind::Bank) && file.financial_kana().is_empty() {
        let hint = "the list is ordered by it; the zengin data does not know this bank";
        tell(&["bank_list", "kana"], "is missing", hint);
    }
    if !(1..=256).contains(&file.financial_name().chars().count()) {
        tell(
            &["bank_list", "name"],
            "must have 1 to 256 characters",
            "it stands for the bank in e-Gov's list",
        );
    }
}

fn scopes(source: &SourceFile, node: &Node, file: &TenantFile, found: &mut Vec<Diagnostic>) {
    let items = node.get("scopes").map_or(&[][..], Node::items);
    for (index, (scope, item)) in file.scopes.iter().zip(items).enumerate() {
        if !KNOWN_SCOPES.contains(&scope.as_str()) {
            let hint = match nearest(scope, KNOWN_SCOPES.into_iter()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known: {}", KNOWN_SCOPES.join(", ")),
            };
            let what = format!("`{scope}` is not a service");
            let path = format!("scopes[{index}]");
            found.push(Diagnostic::at(source, item.at, &path, what).hint(hint));
        }
    }
}

/// A name of at least two labels (RFC 1123 section 2.1), as browsers send it.
fn is_host(text: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    let is_name = text.ends_with(|c: char| c.is_ascii_lowercase());
    text.len() <= 253 && text.contains('.') && text.split('.').all(is_label) && is_name
}

/// What the zengin data says of the bank. No mistake: a bank may be newer than the data, or made up.
pub(crate) fn known_bank(source: &SourceFile, node: &Node, file: &TenantFile) -> Vec<Diagnostic> {
    let code = &file.bank_code;
    let tell = |key: &str, what: String, hint: &str| {
        vec![Diagnostic::at(source, node.position_of(&[key]), key, what).hint(hint)]
    };
    let Some(known) = renkei_zengin::bank(code) else {
        let what = format!(
            "{code} is not in the zengin data ({})",
            renkei_zengin::release()
        );
        let hint = "customers then find the bank by its own names only";
        return tell("bank_code", what, hint);
    };
    if known.is_called(&file.name.ja) {
        return Vec::new();
    }
    let what = format!("the zengin data calls {code} {}", known.name);
    tell("name", what, "compare the code and the name")
}

fn step_values(
    source: &SourceFile,
    node: &Node,
    file: &TenantFile,
    (plan, index): (&str, usize),
    kind: &Kind,
    found: &mut Vec<Diagnostic>,
) {
    let step = node
        .get(plan)
        .and_then(|journey| journey.items().get(index));
    let mut tell = |path: &[&str], what: &str| {
        let at = step.map_or(node.at, |step| step.position_of(path));
        let path = format!("{plan}[{index}].{}", path.join("."));
        found.push(Diagnostic::at(source, at, &path, what));
    };
    match kind {
        Kind::Login(login) => {
            let identifiers = login.identifiers.iter().map(|one| &one.format);
            let wrong = |field: &Field| field.min > field.max;
            if wrong(&login.password) {
                tell(&["login", "password", "min"], "is greater than `max`");
            }
            if identifiers.into_iter().any(wrong) {
                tell(&["login", "identifiers"], "`min` is greater than `max`");
            }
            if login.identifiers.is_empty() && login.certificate != CertificateUse::Required {
                tell(&["login"], "nothing says who the customer is");
            }
            let takes_certificates = file.certificates.is_some();
            if login.certificate != CertificateUse::None && !takes_certificates {
                tell(&["login", "certificate"], NO_CERTIFICATES);
            }
            let https = |url: &String| url.starts_with("https://");
            if !login.links.iter().all(|link| https(&link.url)) {
                tell(&["login", "links"], "an address must begin with https://");
            }
            if !login.terms.iter().all(https) {
                tell(&["login", "terms"], "must begin with https://");
            }
        }
        Kind::Certificate(_) if file.certificates.is_none() => {
            tell(&["certificate"], NO_CERTIFICATES);
        }
        Kind::Consent(consent) => {
            let offered = &consent.durations;
            if offered.iter().any(|days| !(1..=3650).contains(days)) {
                tell(&["consent", "durations"], "each must be 1 to 3650 days");
            }
            let beforehand = consent.default_duration;
            if beforehand.is_some_and(|days| !offered.contains(&days)) {
                tell(
                    &["consent", "default_duration"],
                    "is none of the `durations`",
                );
            }
        }
        Kind::InquiryPin(pins) if !pins.is_usable() => {
            tell(
                &["inquiry_pin", "columns"],
                "must have `account`, `pin`, and either `selected` and `state` or `selected_state`, each once",
            );
        }
        Kind::MatrixCard(card) if card.rows.is_empty() || card.columns.is_empty() => {
            tell(&["matrix_card"], "`rows` and `columns` must name the cells");
        }
        other => further_step_values(other, &mut tell),
    }
}

/// The same for kinds whose values stand for themselves.
fn further_step_values(kind: &Kind, tell: &mut dyn FnMut(&[&str], &str)) {
    match kind {
        Kind::AccountSelection(choice) if choice.max.is_some_and(|max| max < choice.min) => {
            tell(&["account_selection", "max"], "is below `min`");
        }
        Kind::Interstitial(page) if !page.mend_at.starts_with("https://") => {
            tell(&["interstitial", "mend_at"], "must begin with https://");
        }
        Kind::Registration(registration) => match &registration.factor {
            Registrable::Question { questions, .. } if questions.is_empty() => {
                tell(&["registration", "factor"], "`questions` is empty");
            }
            Registrable::Question {
                min_chars,
                max_chars,
                ..
            } if min_chars > max_chars => {
                tell(
                    &["registration", "factor"],
                    "`min_chars` is greater than `max_chars`",
                );
            }
            Registrable::Passkey | Registrable::Question { .. } | Registrable::Token => {}
        },
        Kind::Risk(risk) if risk.ask_at >= risk.refuse_at => {
            tell(&["risk", "refuse_at"], "must be above `ask_at`");
        }
        _ => {}
    }
}

const NO_CERTIFICATES: &str = "asks for a certificate, but there is no section `certificates`";
const KNOWN_SCOPES: [&str; 6] = [
    "accounts",
    "balances",
    "payroll_requests",
    "transactions",
    "transfer_requests",
    "transfer_status",
];
