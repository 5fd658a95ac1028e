//! `renkei audit`

use anyhow::bail;
use clap::Subcommand;
use renkei_core::audit::{GENESIS, digest};
use renkei_core::port::Store;

use super::say;
use crate::compose::Parts;

#[derive(Subcommand)]
pub(crate) enum Audit {
    /// Check the whole chain (every record in its place, unaltered, none missing), and that no inquiry
    /// PIN is registered without a consent.
    Verify,
    /// Print records as JSON lines.
    Show {
        /// Only of this journey.
        #[arg(long)]
        journey: Option<String>,
    },
}

pub(crate) async fn run(audit: Audit, parts: Parts) -> anyhow::Result<()> {
    match audit {
        Audit::Verify => verify(&parts).await,
        Audit::Show { journey } => show(&parts, journey.as_deref()).await,
    }
}

async fn verify(parts: &Parts) -> anyhow::Result<()> {
    let head = parts.store.audit_head().await?;
    let mut last = (0, GENESIS.to_owned());
    loop {
        let records = parts.store.audit(last.0, PAGE).await?;
        if records.is_empty() {
            break;
        }
        for record in records {
            let detail = serde_json::to_string(&record.event.detail)?;
            let own = digest(record.sequence, &last.1, &record.event, &detail);
            if record.sequence != last.0 + 1 || record.previous != last.1 || record.digest != own {
                bail!("the chain is broken at record {}", last.0 + 1);
            }
            last = (record.sequence, record.digest);
        }
    }
    // A server may have written on while we read; the end can only be later than the head we saw.
    if last.0 < head.0 || (last.0 == head.0 && last.1 != head.1) {
        bail!(
            "the chain ends at record {}, its end was noted at {}",
            last.0,
            head.0
        );
    }
    let orphans = parts.store.pins_without_consent().await?;
    if orphans > 0 {
        bail!("{orphans} inquiry PINs are registered without a consent");
    }
    say(&format!(
        "{} records, unbroken, ending in {}",
        last.0, last.1
    ));
    Ok(())
}

async fn show(parts: &Parts, journey: Option<&str>) -> anyhow::Result<()> {
    let mut after = 0;
    loop {
        let records = parts.store.audit(after, PAGE).await?;
        let Some(last) = records.last() else {
            return Ok(());
        };
        after = last.sequence;
        for record in records {
            let of = record.event.journey.map(|id| id.to_string());
            if journey.is_none() || of.as_deref() == journey {
                say(&serde_json::to_string(&record)?);
            }
        }
    }
}

const PAGE: i64 = 1000;
