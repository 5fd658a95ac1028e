//! `renkei egov procedure`

use std::path::PathBuf;

use clap::Subcommand;

use super::super::{Verdict, say};
use crate::ministry::procedures;
use crate::settings::Settings;

#[derive(Subcommand)]
pub(crate) enum Procedure {
    /// Tell everything that is wrong with the procedures' files.
    Check {
        /// The folder; that of the settings when it is left out.
        folder: Option<PathBuf>,
    },
}

pub(crate) fn run(procedure: Procedure, settings: &Settings) -> anyhow::Result<Verdict> {
    let Procedure::Check { folder } = procedure;
    let folder = folder.unwrap_or_else(|| settings.egov.procedures_dir.clone());
    match procedures(&folder, settings.egov.sandbox) {
        Ok(all) => {
            say(&format!("in order: {} procedures", all.iter().count()));
            Ok(Verdict::Fine)
        }
        Err(error) => {
            eprintln!("{error:#}");
            Ok(Verdict::Found)
        }
    }
}
