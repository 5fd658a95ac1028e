//! `renkei demo approve`: the customer's other device, and the telephone.

use anyhow::Context;
use clap::Args;
use renkei_bank::approval::{Answer, answer};
use renkei_core::account::CustomerId;
use renkei_core::tenant::TenantId;

use crate::command::say;
use crate::compose::Parts;

/// What the customer does there.
#[derive(Args)]
pub(crate) struct Approve {
    /// The bank.
    tenant: String,
    /// The customer.
    login_id: String,
    /// The two digits that the page shows, for a push.
    #[arg(long)]
    number: Option<String>,
    /// Refuse instead.
    #[arg(long, conflicts_with = "number")]
    refuse: bool,
}

pub(crate) async fn run(parts: &Parts, approve: Approve) -> anyhow::Result<()> {
    let Approve {
        tenant,
        login_id,
        number,
        refuse,
    } = approve;
    let (tenant, ledger) = (TenantId::parse(&tenant)?, parts.ledger());
    let mut customer = ledger
        .find_customer(&tenant, &CustomerId::new(&login_id))
        .await?
        .with_context(|| format!("the demo bank `{tenant}` has no customer `{login_id}`"))?;
    let (given, told) = if refuse {
        (Answer::Refuse, "refused")
    } else {
        (Answer::Approve { number }, "approved")
    };
    answer(&mut customer, &given, parts.clock.now())?;
    ledger.save_customer(customer).await?;
    say(told);
    Ok(())
}
