//! `renkei tenant explain`

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, ValueEnum};
use renkei_core::risk::Signal;
use renkei_oauth::client::ClientId;
use renkei_tenant::explain::{Case, explain, mermaid, svg, text};

use super::super::say;
use super::{bank, with_bank};
use crate::settings::Settings;

/// What is asked of `renkei tenant explain`. What is not given stays open.
#[derive(Args)]
pub(crate) struct Explain {
    /// The bank: its id, or the path of its folder.
    tenant: PathBuf,
    /// A customer of the demo bank, by login ID.
    #[arg(long)]
    customer: Option<String>,
    /// A client the bank has let in.
    #[arg(long)]
    client: Option<String>,
    /// What is unusual, with commas between: `new_device,recent_failures`; `none` for nothing.
    #[arg(long, conflicts_with = "score")]
    risk: Option<String>,
    /// A risk score.
    #[arg(long)]
    score: Option<u32>,
    /// The plan of the customer's own page, not the one that links an app.
    #[arg(long, conflicts_with = "client")]
    links: bool,
    /// The plan of a payment.
    #[arg(long, conflicts_with_all = ["client", "links"])]
    payment: bool,
    /// How the plan is drawn.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Draw it as SVG into this file.
    #[arg(long)]
    svg: Option<PathBuf>,
}

/// How the plan is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Boxes of characters.
    #[default]
    Text,
    /// SVG.
    Svg,
    /// A Mermaid flow chart.
    Mermaid,
}

pub(crate) fn run(asked: &Explain, settings: &Settings) -> anyhow::Result<()> {
    let (set, id) = with_bank(&asked.tenant, settings)?;
    let client = asked.client.as_deref().map(ClientId::parse).transpose();
    let case = Case {
        customer: asked.customer.clone(),
        client: client.context("`--client` is not a client id")?,
        signals: asked.risk.as_deref().map(signals).transpose()?,
        score: asked.score,
        links: asked.links,
        payment: asked.payment,
    };
    let explained = explain(bank(&set, &id)?, &case)?;
    if let Some(path) = &asked.svg {
        fs::write(path, svg::drawing(&explained))
            .with_context(|| format!("cannot write {}", path.display()))?;
        say(&format!("written: {}", path.display()));
        return Ok(());
    }
    let drawn = match asked.format {
        Format::Text => text::picture(&explained),
        Format::Svg => svg::drawing(&explained),
        Format::Mermaid => mermaid::chart(&explained),
    };
    say(drawn.trim_end());
    Ok(())
}

fn signals(words: &str) -> anyhow::Result<BTreeSet<Signal>> {
    let named = words.split(',').map(str::trim);
    named
        .filter(|word| !word.is_empty() && *word != "none")
        .map(|word| {
            serde_json::from_value(word.into()).with_context(|| {
                format!("`{word}` is not a signal\n\nhint: see the weights of the `risk` step")
            })
        })
        .collect()
}
