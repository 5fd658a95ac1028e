//! `renkei tenant check`

use std::path::Path;

use clap::ValueEnum;
use renkei_tenant::TenantSet;
use serde_json::json;

use super::super::{Verdict, say};
use crate::compose::{pages_of, without_passkeys};
use crate::words::PlatformWords;

/// How mistakes are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    #[default]
    Text,
    /// For editors.
    Json,
}

pub(crate) fn run(folder: &Path, format: Format) -> anyhow::Result<Verdict> {
    let checked = TenantSet::check(folder, &PlatformWords::new());
    let (errors, warnings) = checked.counts();
    let names: Vec<String> = checked
        .tenants
        .iter()
        .map(|loaded| loaded.tenant.id.to_string())
        .collect();
    match format {
        Format::Json => say(&serde_json::to_string_pretty(&json!({
            "tenants": names, "errors": errors, "warnings": warnings,
            "diagnostics": checked.diagnostics,
        }))?),
        Format::Text => {
            if !checked.diagnostics.is_empty() {
                eprintln!("{checked}");
            }
            if errors == 0 {
                say(&format!("in order: {}", names.join(", ")));
            }
            for id in without_passkeys(&checked.tenants) {
                eprintln!("note: `{id}` asks for passkeys, which are not built into this program");
            }
        }
    }
    if errors > 0 {
        return Ok(Verdict::Found);
    }
    // Words that load can still break a page's making; that is ours to tell, not the bank's to mend.
    pages_of(checked.tenants)?;
    Ok(Verdict::Fine)
}
