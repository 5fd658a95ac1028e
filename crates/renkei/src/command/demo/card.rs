//! `renkei demo card`: the customer's 乱数表, as the bank's page names its cells.

use anyhow::Context;
use renkei_bank::Card;
use renkei_core::step::kinds::Kind;
use renkei_core::tenant::TenantId;

use super::set;
use crate::compose::{Parts, tenants};

/// The card as a table with tabs, its serial number first.
pub(super) async fn table(parts: &Parts, tenant: &str, login_id: &str) -> anyhow::Result<String> {
    let customer = set::customer(parts, tenant, login_id).await?;
    let card = parts.seeder().card(&customer)?;
    let card = card.with_context(|| format!("`{login_id}` has no card"))?;
    let set = tenants(&parts.settings.tenants_dir)?;
    let loaded = set.find(&TenantId::parse(tenant)?);
    let journey = &loaded.context("there is no such bank")?.file.journey;
    let named = journey.iter().find_map(|kind| match kind {
        Kind::MatrixCard(step) => Some(step.clone()),
        _ => None,
    });
    let names = named.unwrap_or_default();
    let columns = names.columns.iter().take(usize::from(Card::COLUMNS));
    let heads: Vec<&str> = columns.map(String::as_str).collect();
    let mut lines = vec![card.serial.clone(), format!("\t{}", heads.join("\t"))];
    for (row, name) in (1..=Card::ROWS).zip(&names.rows) {
        let mut line = vec![name.clone()];
        for column in 1..=Card::COLUMNS {
            line.extend(card.cell(row, column)?);
        }
        lines.push(line.join("\t"));
    }
    Ok(lines.join("\n"))
}
