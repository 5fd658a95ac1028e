//! `renkei egov`

mod anchor;
mod key;
mod payments;
mod procedure;
pub(crate) mod software;

use clap::Subcommand;

use super::Verdict;
use crate::compose::Parts;
use crate::settings::Settings;

#[derive(Subcommand)]
pub(crate) enum Egov {
    /// Whose certificates count.
    #[command(subcommand)]
    Anchor(anchor::Anchor),
    /// The keys that ministries sign official documents with.
    #[command(subcommand)]
    Key(key::Key),
    /// List payments whose end is not known.
    Payments(payments::Payments),
    /// The procedures' files.
    #[command(subcommand)]
    Procedure(procedure::Procedure),
    /// Software that may use the interface.
    #[command(subcommand)]
    Software(software::Software),
}

pub(crate) fn run(egov: Egov, settings: Settings) -> anyhow::Result<Verdict> {
    let done = match egov {
        Egov::Anchor(anchor) => anchor::run(anchor, &settings),
        Egov::Key(key) => key::run(key, &settings),
        Egov::Payments(asked) => {
            super::wait(async { payments::run(&asked, &Parts::open(settings)?).await })
        }
        Egov::Procedure(procedure) => return procedure::run(procedure, &settings),
        Egov::Software(software) => {
            super::wait(async { software::run(software, &Parts::open(settings)?).await })
        }
    };
    done.map(|()| Verdict::Fine)
}
