//! `renkei egov software`

use std::collections::BTreeSet;

use anyhow::{Context, anyhow};
use clap::Subcommand;
use renkei_core::audit::Event;
use renkei_egov::commit::{Change, Commit};
use renkei_egov::number::SoftwareId;
use renkei_egov::operation::Operation;
use renkei_egov::user::Software as Registered;
use serde_json::json;

use super::super::say;
use crate::compose::Parts;

#[derive(Subcommand)]
pub(crate) enum Software {
    /// Register a software, or change one.
    Add {
        /// SoftwareID: 1 to 64 printable ASCII characters, freely chosen.
        id: String,
        /// Its name, for people.
        #[arg(long)]
        name: String,
        /// What it may do, by word (`login`) or number (`3.2`); everything when it is left out.
        #[arg(long = "operation")]
        operations: Vec<String>,
    },
    /// List software.
    List {
        /// For machines: one JSON object a line.
        #[arg(long)]
        json: bool,
    },
    /// Let a software do nothing any more.
    Revoke {
        /// SoftwareID.
        id: String,
    },
}

pub(crate) async fn run(software: Software, parts: &Parts) -> anyhow::Result<()> {
    match software {
        Software::Add {
            id,
            name,
            operations,
        } => {
            let id = SoftwareId::parse(&id)?;
            let before = parts.egov().find_software(&id).await?;
            let now = parts.clock.now();
            let registered_at = before.map_or(now, |before| before.registered_at);
            let registered = Registered {
                id,
                name,
                operations: allowed(&operations)?,
                registered_at,
                revoked_at: None,
            };
            save(parts, registered, "egov.software.saved").await
        }
        Software::List { json } => list(parts, json).await,
        Software::Revoke { id } => {
            let id = SoftwareId::parse(&id)?;
            let found = parts.egov().find_software(&id).await?;
            let mut registered = found.with_context(|| format!("there is no software `{id}`"))?;
            registered.revoked_at = Some(parts.clock.now());
            save(parts, registered, "egov.software.revoked").await
        }
    }
}

/// Writes a software, and what is told of it.
pub(crate) async fn save(parts: &Parts, software: Registered, name: &str) -> anyhow::Result<()> {
    let event = Event {
        at: parts.clock.now(),
        tenant: None,
        journey: None,
        name: name.to_owned(),
        detail: json!({ "software": software.id, "operations": software.operations }),
    };
    let commit = Commit {
        changes: vec![Change::SoftwareSaved(Box::new(software))],
        events: vec![event],
    };
    parts.egov().commit(commit).await?;
    Ok(())
}

fn allowed(words: &[String]) -> anyhow::Result<BTreeSet<Operation>> {
    if words.is_empty() {
        return Ok(Operation::ALL.iter().copied().collect());
    }
    let of_number = |word: &str| {
        let mut all = Operation::ALL.iter().copied();
        all.find(|one| one.number() == word)
    };
    words
        .iter()
        .map(|word| {
            let found = Operation::parse(word).or_else(|| of_number(word));
            found.ok_or_else(|| anyhow!("`{word}` is no operation\n\nhint: {}", every_word()))
        })
        .collect()
}

fn every_word() -> String {
    let words: Vec<&str> = Operation::ALL.iter().map(|one| one.as_str()).collect();
    words.join(", ")
}

async fn list(parts: &Parts, as_json: bool) -> anyhow::Result<()> {
    for one in parts.egov().softwares().await? {
        let words: Vec<&str> = one.operations.iter().map(|it| it.as_str()).collect();
        let revoked = one.revoked_at.map(|at| at.japan_date().to_string());
        say(&if as_json {
            json!({
                "software_id": one.id, "name": one.name, "operations": words,
                "registered": one.registered_at.japan_date().to_string(), "revoked": revoked,
            })
            .to_string()
        } else {
            let state = revoked.map_or_else(
                || format!("{} operations", words.len()),
                |day| format!("revoked {day}"),
            );
            format!("{:<24} {state:<20} {}", one.id.as_str(), one.name)
        });
    }
    Ok(())
}
