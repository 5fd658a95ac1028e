//! What the schema cannot say: the plan's rules, formats, and that every text a step needs is there.

use std::path::Path;
use std::sync::Arc;

use renkei_core::journey::plan::{Plan, PlanError};
use renkei_core::step::kinds::Kind;
use renkei_core::step::{CertificateUse, Field};
use renkei_core::tenant::{Plans, TenantId};
use renkei_oauth::client::ClientId;
use renkei_oauth::scope::Scopes;

use crate::diagnostic::{Diagnostic, SourceFile};
use crate::file::TenantFile;
use crate::load::{Text, Words};
use crate::tree::{Content, Node, Position};

/// The folder's name as a tenant id.
pub(crate) fn id(folder: &Path, found: &mut Vec<Diagnostic>) -> Option<TenantId> {
    let name = folder
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default();
    let tell = |e: renkei_core::tenant::NotATenantId| {
        let file = SourceFile {
            name: folder.display().to_string(),
            text: String::new(),
        };
        let at = Position { line: 1, column: 1 };
        found.push(Diagnostic::at(&file, at, "", e.to_string()).hint("rename the folder"));
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
    Some(Plans {
        link: link?,
        links: links?,
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
    match Scopes::parse(&file.scopes.join(" ")) {
        Ok(scopes)
            if scopes
                .iter()
                .all(|scope| KNOWN_SCOPES.contains(&scope.as_str())) => {}
        Ok(_) | Err(_) => {
            tell(
                &["scopes"],
                "names an unknown service",
                &format!("known: {}", KNOWN_SCOPES.join(", ")),
            );
        }
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
    for (index, kind) in file.journey.iter().enumerate() {
        step_values(source, node, file, index, kind, found);
    }
}

fn step_values(
    source: &SourceFile,
    node: &Node,
    file: &TenantFile,
    index: usize,
    kind: &Kind,
    found: &mut Vec<Diagnostic>,
) {
    let step = node
        .get("journey")
        .and_then(|journey| journey.items().get(index));
    let mut tell = |path: &[&str], what: &str| {
        let at = step.map_or(node.at, |step| step.position_of(path));
        let path = format!("journey[{index}].{}", path.join("."));
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
        Kind::Risk(risk) if risk.ask_at >= risk.refuse_at => {
            tell(&["risk", "refuse_at"], "must be above `ask_at`");
        }
        _ => {}
    }
}

/// Every text that a step needs of the bank, in both languages.
pub(crate) fn texts(
    source: &SourceFile,
    node: &Node,
    file: &TenantFile,
    texts: &[Text],
    words: &dyn Words,
    found: &mut Vec<Diagnostic>,
) {
    let Some(journey) = node.get("journey") else {
        return;
    };
    for (index, kind) in file.journey.iter().enumerate() {
        let own = kind.clone().into_step();
        let name = own.kind();
        let Some(step) = journey.items().get(index) else {
            continue;
        };
        let at = match &step.content {
            Content::Map(entries) => entries.first().map_or(step.at, |entry| entry.at),
            Content::Scalar(_) | Content::Sequence(_) => step.at,
        };
        for key in words.needed(name).into_iter().chain(own.texts()) {
            for text in texts {
                if !text.keys.contains(&key) && !words.has_own(text.language, &key) {
                    let tag = text.language.tag();
                    let what = format!("the text `{key}` is missing in `texts/{tag}.ftl`");
                    let path = format!("journey[{index}].{name}");
                    let hint = format!("add a line `{key} = …` to texts/{tag}.ftl");
                    found.push(Diagnostic::at(source, at, &path, what).hint(hint));
                }
            }
        }
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
