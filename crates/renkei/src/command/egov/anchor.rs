//! `renkei egov anchor`

use std::fs;
use std::path::PathBuf;

use anyhow::Context;
use clap::Subcommand;
use serde_json::json;

use super::super::say;
use crate::ministry::{Trusted, certificates, files, put};
use crate::settings::Settings;

#[derive(Subcommand)]
pub(crate) enum Anchor {
    /// Trust an authority's certificate, or one certificate alone; takes effect at the next start or
    /// hang-up signal of the server.
    Add {
        /// The certificate, as PEM.
        file: PathBuf,
        /// Whose signatures it stands behind.
        #[arg(long = "for", default_value = "applicants")]
        trusted: Trusted,
        /// A revocation list of the authority.
        #[arg(long)]
        list: Option<PathBuf>,
    },
    /// List what is trusted.
    List {
        /// For machines: one JSON object a line.
        #[arg(long)]
        json: bool,
    },
}

pub(crate) fn run(anchor: Anchor, settings: &Settings) -> anyhow::Result<()> {
    let root = &settings.egov.folder;
    match anchor {
        Anchor::Add {
            file,
            trusted,
            list,
        } => {
            let folder = trusted.folder(root);
            for certificate in certificates(&file)? {
                let known = certificate.identity()?;
                let pem = openssl::x509::X509::from_der(certificate.der())?.to_pem()?;
                let name: String = known.key().chars().take(NAME).collect();
                put(&folder, &format!("{name}.pem"), &pem)?;
                say(&format!(
                    "trusted for {}: {}",
                    trusted.word(),
                    known.subject
                ));
            }
            if let Some(path) = list {
                let bytes =
                    fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
                renkei_core::certificate::RevocationList::parse(&bytes)
                    .with_context(|| format!("{} is no revocation list", path.display()))?;
                let name = path.file_stem().and_then(|name| name.to_str());
                put(&folder, &format!("{}.crl", name.unwrap_or("list")), &bytes)?;
            }
            Ok(())
        }
        Anchor::List { json } => {
            for trusted in Trusted::ALL {
                for path in files(&trusted.folder(root), "pem")? {
                    for certificate in certificates(&path)? {
                        let known = certificate.identity()?;
                        say(&if json {
                            json!({
                                "for": trusted.word(), "subject": known.subject,
                                "issuer": known.issuer, "serial": known.serial,
                                "sha256": known.key(),
                                "authority": certificate.is_authority(),
                                "until": known.not_after.japan_date().to_string(),
                                "file": path,
                            })
                            .to_string()
                        } else {
                            format!(
                                "{:<11} {}  {}",
                                trusted.word(),
                                known.not_after.japan_date(),
                                known.subject
                            )
                        });
                    }
                }
            }
            Ok(())
        }
    }
}

/// So many digits of its digest tell a file from another.
const NAME: usize = 16;
