//! `renkei egov`

mod payments;

use clap::Subcommand;

use crate::compose::Parts;

#[derive(Subcommand)]
pub(crate) enum Egov {
    /// List payments whose end is not known.
    Payments(payments::Payments),
}

pub(crate) async fn run(egov: Egov, parts: Parts) -> anyhow::Result<()> {
    match egov {
        Egov::Payments(asked) => payments::run(&asked, &parts).await,
    }
}
