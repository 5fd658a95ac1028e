//! `renkei tenant`: what a bank's own people use to write, check and look at its folder.

mod check;
mod diff;
mod explain;
mod new;
mod preview;
mod schema;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};
use clap::Subcommand;
use renkei_core::tenant::TenantId;
use renkei_tenant::{LoadedTenant, TenantSet};

use super::{Verdict, say};
use crate::compose::{live, tenants};
use crate::settings::Settings;

#[derive(Subcommand)]
pub(crate) enum Tenant {
    /// Check every bank's folder; every mistake is told at once.
    Check {
        /// The folder of folders, or one bank's folder; that of the settings when not given.
        folder: Option<PathBuf>,
        /// `json` is for editors.
        #[arg(long, value_enum, default_value_t)]
        format: check::Format,
    },
    /// Show what differs for customers between two banks' folders, or two versions of one.
    Diff {
        /// A folder, or the id of a bank.
        before: PathBuf,
        /// The other.
        after: PathBuf,
    },
    /// Draw the plan, and say which step applies to whom and why.
    Explain(explain::Explain),
    /// Write the folder of a new bank, commented, that passes `check`.
    New(new::New),
    /// Write a gallery of every screen in every state.
    Preview(preview::Preview),
    /// Let the running server load the banks anew; with a mistake the old ones keep serving.
    Reload,
    /// Write the JSON schemas that editors check and complete by, and the reference page.
    Schema {
        /// Where to; the folder of the settings, and `docs/ja`, when not given.
        folder: Option<PathBuf>,
    },
}

pub(crate) fn run(tenant: Tenant, settings: &Settings) -> anyhow::Result<Verdict> {
    match tenant {
        Tenant::Check { folder, format } => {
            return check::run(folder.as_ref().unwrap_or(&settings.tenants_dir), format);
        }
        Tenant::Diff { before, after } => return diff::run(&before, &after, settings),
        Tenant::Explain(asked) => explain::run(&asked, settings)?,
        Tenant::New(asked) => return new::run(asked, settings),
        Tenant::Preview(asked) => preview::run(&asked, settings)?,
        Tenant::Reload => reload(settings)?,
        Tenant::Schema { folder } => schema::run(folder.as_deref(), settings)?,
    }
    Ok(Verdict::Fine)
}

fn reload(settings: &Settings) -> anyhow::Result<()> {
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

/// The banks, with one of them: by its id, or by the path of its folder.
fn with_bank(wanted: &Path, settings: &Settings) -> anyhow::Result<(TenantSet, TenantId)> {
    let folder = if wanted.join("tenant.yaml").is_file() {
        wanted.to_owned()
    } else {
        settings.tenants_dir.join(wanted)
    };
    if !folder.join("tenant.yaml").is_file() {
        bail!(
            "`{}` is no bank: there is no {}",
            wanted.display(),
            folder.join("tenant.yaml").display()
        );
    }
    let set = tenants(&folder)?;
    let id = set.iter().next().map(|loaded| loaded.tenant.id.clone());
    Ok((set, id.context("the folder holds no bank")?))
}

fn bank<'a>(set: &'a TenantSet, id: &TenantId) -> anyhow::Result<&'a LoadedTenant> {
    Ok(set.find(id).context("the folder holds no bank")?)
}
