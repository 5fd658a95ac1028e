//! `renkei tenant`

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, bail};
use clap::Subcommand;
use renkei_tenant::{demo_schema, tenant_schema, theme_schema};

use super::say;
use crate::compose::{live, without_passkeys};
use crate::settings::Settings;

#[derive(Subcommand)]
pub(crate) enum Tenant {
    /// Check every bank's folder; every mistake is told at once.
    Check {
        /// The folder of folders; that of the settings when not given.
        folder: Option<PathBuf>,
    },
    /// Let the running server load the banks anew; with a mistake the old ones keep serving.
    Reload,
    /// Write the JSON schemas that editors check and complete by.
    Schema {
        /// Where to; the folder of the settings when not given.
        folder: Option<PathBuf>,
    },
}

pub(crate) fn run(tenant: Tenant, settings: &Settings) -> anyhow::Result<()> {
    match tenant {
        Tenant::Check { folder } => {
            let folder = folder.as_ref().unwrap_or(&settings.tenants_dir);
            let loaded = live(folder)?;
            let names: Vec<_> = loaded
                .tenants
                .iter()
                .map(|t| t.tenant.id.to_string())
                .collect();
            for warning in loaded.tenants.iter().flat_map(|t| &t.warnings) {
                eprintln!("warning: {warning}");
            }
            say(&format!("in order: {}", names.join(", ")));
            for id in without_passkeys(&loaded.tenants) {
                say(&format!(
                    "note: `{id}` asks for passkeys, which are not built into this program"
                ));
            }
            Ok(())
        }
        Tenant::Reload => {
            // The same check as the server's, so that a mistake is told here and not only in its log.
            live(&settings.tenants_dir)?;
            let path = &settings.pid_file;
            let id = fs::read_to_string(path)
                .with_context(|| format!("no server has noted itself in {}", path.display()))?;
            let done = Command::new("kill").args(["-HUP", id.trim()]).status()?;
            if !done.success() {
                bail!("process {id} could not be reached");
            }
            say("the server was told to load the banks anew");
            Ok(())
        }
        Tenant::Schema { folder } => {
            let folder = folder.as_ref().unwrap_or(&settings.tenants_dir);
            for (name, schema) in [
                ("tenant", tenant_schema()),
                ("demo", demo_schema()),
                ("theme", theme_schema()),
            ] {
                let path = folder.join(format!("{name}.schema.json"));
                fs::write(&path, serde_json::to_string_pretty(&schema)? + "\n")
                    .with_context(|| format!("cannot write {}", path.display()))?;
            }
            Ok(())
        }
    }
}
