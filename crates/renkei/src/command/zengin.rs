//! `renkei zengin`: the public names of banks and branches.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Subcommand;

use super::say;
use crate::compose::tenants;
use crate::settings::Settings;

#[derive(Subcommand)]
pub(crate) enum Zengin {
    /// Write the tables of names anew from the unpacked npm package `zengin-code`; the next build
    /// carries them.
    Refresh {
        /// The folder with `package.json`, `LICENSE.txt` and `lib/`: what `npm pack zengin-code`
        /// fetches, unpacked.
        #[arg(long)]
        from: PathBuf,
        /// Where the tables are.
        #[arg(long, default_value = "data/zengin")]
        to: PathBuf,
        /// A bank whose branches are kept too, beside those of the banks in `tenants_dir` and those
        /// kept already; may be repeated.
        #[arg(long = "bank")]
        banks: Vec<String>,
    },
}

pub(crate) fn run(zengin: Zengin, settings: &Settings) -> anyhow::Result<()> {
    let Zengin::Refresh { from, to, banks } = zengin;
    let asked: BTreeSet<String> = banks.into_iter().collect();
    let known = renkei_zengin::banks().map(|bank| bank.code.to_owned());
    let mut wanted: BTreeSet<String> = known
        .filter(|code| renkei_zengin::has_branches_of(code))
        .collect();
    let served = tenants(&settings.tenants_dir)?;
    wanted.extend(served.iter().map(|loaded| loaded.tenant.bank_code.clone()));
    wanted.extend(asked.iter().cloned());
    let tables = renkei_zengin::tables(
        &read(&from.join("package.json"))?,
        &read(&from.join("lib/zengin-data.js"))?,
        &wanted,
    )
    .with_context(|| format!("{} is not usable", from.display()))?;
    // A made-up bank of a demonstration is no mistake; one that was asked for is.
    if let Some(code) = tables.unknown.iter().find(|code| asked.contains(*code)) {
        bail!("bank {code} is not in the data");
    }
    write(&to.join("banks.tsv"), &tables.banks)?;
    write(&to.join("branches.tsv"), &tables.branches)?;
    write(&to.join("LICENSE"), &read(&from.join("LICENSE.txt"))?)?;
    // Two lines of each table are its heading.
    let rows = |table: &str| table.lines().count().saturating_sub(2);
    say(&format!(
        "{} banks, {} branches; build anew to carry them",
        rows(&tables.banks),
        rows(&tables.branches),
    ));
    Ok(())
}

fn read(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}
