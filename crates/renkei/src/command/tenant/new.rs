//! `renkei tenant new`

use std::fs;
use std::io::{IsTerminal, Write as _, stderr, stdin};

use anyhow::{Context, bail, ensure};
use clap::Args;
use renkei_core::tenant::TenantId;
use renkei_tenant::Scaffold;

use super::super::{Verdict, say};
use super::check::{self, Format};
use super::schema;
use crate::settings::Settings;

/// What is asked of `renkei tenant new`. What is not given is asked for, where there is a terminal.
#[derive(Args)]
pub(crate) struct New {
    /// The bank's name in addresses, and of its folder: lower-case letters, digits, hyphens.
    id: String,
    /// 金融機関名.
    #[arg(long)]
    name_ja: Option<String>,
    /// The bank's name in English.
    #[arg(long)]
    name_en: Option<String>,
    /// 金融機関コード, four digits.
    #[arg(long)]
    bank_code: Option<String>,
    /// The name of its internet banking in Japanese.
    #[arg(long)]
    product_ja: Option<String>,
    /// The name of its internet banking in English.
    #[arg(long)]
    product_en: Option<String>,
    /// Its web site, beginning with https://.
    #[arg(long)]
    site: Option<String>,
}

pub(crate) fn run(asked: New, settings: &Settings) -> anyhow::Result<Verdict> {
    let id = TenantId::parse(&asked.id)?;
    let folder = settings.tenants_dir.join(id.as_str());
    // An empty folder too is somebody's.
    ensure!(
        fs::symlink_metadata(&folder).is_err(),
        "{} is there already; nothing was written",
        folder.display()
    );
    let mut missing = Vec::new();
    let mut ask = |given: Option<String>, flag: &'static str, question: &str| match given {
        Some(value) => Ok(value),
        None if stdin().is_terminal() => answer(question),
        None => {
            missing.push(flag);
            Ok(String::new())
        }
    };
    let name_ja = ask(asked.name_ja, "--name-ja", "金融機関名（日本語）")?;
    let name_en = ask(asked.name_en, "--name-en", "金融機関名（英語）")?;
    let bank_code = ask(
        asked.bank_code,
        "--bank-code",
        "金融機関コード（四桁の数字）",
    )?;
    if !missing.is_empty() {
        let missing = missing.join(", ");
        bail!("{missing} not given, and there is no terminal to ask at");
    }
    let is_code = bank_code.len() == 4 && bank_code.bytes().all(|b| b.is_ascii_digit());
    ensure!(
        is_code,
        "`{bank_code}` is no bank code: it has four digits, as 0001"
    );
    let mut branches = renkei_bank::first_branches(&bank_code, 2).into_iter();
    let mut branch = |otherwise: &str| branches.next().unwrap_or_else(|| otherwise.to_owned());
    let scaffold = Scaffold {
        id,
        branches: [branch("001"), branch("002")],
        bank_code,
        name_ja,
        name_en,
        product_ja: asked.product_ja,
        product_en: asked.product_en,
        site: asked.site,
    };
    write(&scaffold, settings)?;
    say(&format!("written: {}", folder.display()));
    let verdict = check::run(&folder, Format::Text)?;
    if verdict == Verdict::Fine {
        let id = &scaffold.id;
        say(&format!(
            "next: edit {}, then\n  renkei tenant check\n  renkei tenant preview {id}\n  \
             renkei tenant explain {id}\n  renkei demo seed",
            folder.join("tenant.yaml").display()
        ));
    }
    Ok(verdict)
}

/// Writes into a hidden folder and gives it its name at the end, so that nobody loads half a bank.
fn write(scaffold: &Scaffold, settings: &Settings) -> anyhow::Result<()> {
    let root = &settings.tenants_dir;
    let draft = root.join(format!(".new-{}-{}", scaffold.id, std::process::id()));
    for (path, text) in scaffold.files() {
        let file = draft.join(path);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)
                .with_context(|| format!("cannot write into {}", root.display()))?;
        }
        fs::write(&file, text)?;
    }
    if !root.join("tenant.schema.json").is_file() {
        schema::write_schemas(root)?;
    }
    let folder = root.join(scaffold.id.as_str());
    fs::rename(&draft, &folder).with_context(|| format!("cannot make {}", folder.display()))
}

fn answer(question: &str) -> anyhow::Result<String> {
    loop {
        let mut err = stderr();
        write!(err, "{question}: ")?;
        err.flush()?;
        let mut line = String::new();
        ensure!(stdin().read_line(&mut line)? > 0, "the input ended");
        let line = line.trim();
        if !line.is_empty() {
            return Ok(line.to_owned());
        }
    }
}
