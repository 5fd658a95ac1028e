//! `renkei egov key`

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Subcommand;
use renkei_egov::number::MinistryId;

use super::super::say;
use crate::keys;
use crate::ministry;
use crate::settings::Settings;
use crate::world::OsRandom;

#[derive(Subcommand)]
pub(crate) enum Key {
    /// Keep a ministry's key, sealed by the keyring; takes effect at the next start or hang-up signal
    /// of the server. The file it came from can then be destroyed.
    Add {
        /// 受付行政機関ID.
        #[arg(long)]
        ministry: String,
        /// The private key, as PEM.
        #[arg(long)]
        key: PathBuf,
        /// Its certificate, as PEM.
        #[arg(long)]
        certificate: PathBuf,
        /// The certificate of the authority that issued it, as PEM.
        #[arg(long)]
        authority: PathBuf,
    },
    /// List the ministries that have a key.
    List,
}

pub(crate) fn run(key: Key, settings: &Settings) -> anyhow::Result<()> {
    let keyring = keys::keyring(&settings.keys_dir)?;
    let folder = &settings.egov.folder;
    match key {
        Key::Add {
            ministry,
            key,
            certificate,
            authority,
        } => {
            let ministry = MinistryId::parse(&ministry)?;
            let chain = [read(&certificate)?, read(&authority)?].concat();
            let key = read(&key)?;
            ministry::keep_key(folder, &ministry, &key, &chain, &keyring, &OsRandom)?;
            say(&format!(
                "{ministry} signs with this key from the next start on"
            ));
            Ok(())
        }
        Key::List => {
            for (ministry, key) in ministry::keys(folder, &keyring)? {
                for certificate in key.certificates().iter().take(1) {
                    let known = certificate.identity()?;
                    let until = known.not_after.japan_date();
                    say(&format!("{ministry}  {until}  {}", known.subject));
                }
            }
            Ok(())
        }
    }
}

fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}
