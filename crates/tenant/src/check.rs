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
    if let Some(host) = &file.host
        && !is_host(host)
    {
        tell(
            &["host"],
            "must be a host name in lower case, without scheme and port",
            "for example auth.bank.example",
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
                "known: accounts, balances, transactions",
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
        step_values(source, node, index, kind, found);
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
        let name = kind.clone().into_step().kind();
        let Some(step) = journey.items().get(index) else {
            continue;
        };
        let at = match &step.content {
            Content::Map(entries) => entries.first().map_or(step.at, |entry| entry.at),
            Content::Scalar(_) | Content::Sequence(_) => step.at,
        };
        for key in words.needed(name) {
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

const KNOWN_SCOPES: [&str; 3] = ["accounts", "balances", "transactions"];
