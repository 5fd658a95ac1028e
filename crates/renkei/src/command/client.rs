//! `renkei client`

use anyhow::{Context, bail};
use clap::{Args, Subcommand, ValueEnum};
use renkei_core::audit::Event;
use renkei_core::client::{ClientCard, ClientRecord};
use renkei_core::commit::{Change, Commit};
use renkei_core::port::{Store, random_256};
use renkei_oauth::client::{self, ClientId, ClientProfile, PlainSecret};
use renkei_oauth::redirect::RedirectUri;
use renkei_oauth::scope::Scopes;
use serde_json::json;

use super::say;
use crate::compose::Parts;

#[derive(Subcommand)]
pub(crate) enum Client {
    /// Register a client. A secret is generated, printed once, and kept as a digest only.
    Add(New),
    /// List clients.
    List,
    /// Stop a client: no new journeys, no tokens.
    Disable {
        /// Its id.
        id: String,
    },
    /// Give a client a new secret; the one before works until the next rotation.
    RotateSecret {
        /// Its id.
        id: String,
    },
}

#[derive(Args)]
pub(crate) struct New {
    /// Its id.
    id: String,
    /// How it proves who it is, and what it may do.
    #[arg(long)]
    profile: Profile,
    /// Where answers may go; once for each address.
    #[arg(long = "redirect-uri")]
    redirect_uris: Vec<String>,
    /// What it may ask for.
    #[arg(long, default_value = "accounts balances transactions")]
    scope: String,
    /// The app's name, as its users know it.
    #[arg(long, default_value = "")]
    service: String,
    /// The company.
    #[arg(long, default_value = "")]
    company: String,
    /// The company's address.
    #[arg(long, default_value = "")]
    address: String,
    /// 権限に関する事項.
    #[arg(long, default_value = "")]
    authority: String,
    /// 損害賠償に関する事項.
    #[arg(long, default_value = "")]
    damages: String,
    /// 苦情・相談の連絡先.
    #[arg(long, default_value = "")]
    contact: String,
}

#[derive(Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
enum Profile {
    PlainConfidential,
    PlainPublic,
    ResourceServer,
}

pub(crate) async fn run(command: Client, parts: Parts) -> anyhow::Result<()> {
    match command {
        Client::Add(new) => add(&parts, new).await,
        Client::List => list(&parts).await,
        Client::Disable { id } => {
            let mut record = find(&parts, &id).await?;
            record.client.disabled = true;
            save(&parts, record, "client.disabled").await
        }
        Client::RotateSecret { id } => {
            let mut record = find(&parts, &id).await?;
            if record.client.secret_digests.is_empty() {
                bail!("`{id}` has no secret");
            }
            let secret = PlainSecret::from_random(&random_256(&*parts.random));
            record.client.secret_digests.insert(0, secret.digest());
            record.client.secret_digests.truncate(2);
            save(&parts, record, "client.secret_rotated").await?;
            say(secret.expose());
            Ok(())
        }
    }
}

async fn add(parts: &Parts, new: New) -> anyhow::Result<()> {
    let id = ClientId::parse(&new.id).context("not a client id")?;
    if parts.store.find_client(&id).await?.is_some() {
        bail!("`{id}` is registered already");
    }
    let profile = match new.profile {
        Profile::PlainConfidential => ClientProfile::PlainConfidential,
        Profile::PlainPublic => ClientProfile::PlainPublic,
        Profile::ResourceServer => ClientProfile::ResourceServer,
    };
    let uris: Result<Vec<_>, _> = new
        .redirect_uris
        .iter()
        .map(|text| RedirectUri::parse(text))
        .collect();
    let secret = PlainSecret::from_random(&random_256(&*parts.random));
    let has_secret = profile.rules().kind == client::ClientKind::Confidential;
    let record = ClientRecord {
        client: client::Client {
            id,
            profile,
            secret_digests: if has_secret {
                vec![secret.digest()]
            } else {
                Vec::new()
            },
            redirect_uris: uris.context("a redirect URI cannot be registered")?,
            scopes: Scopes::parse(&new.scope)
                .context("not a scope")?
                .with_accounts(),
            disabled: false,
        },
        card: ClientCard {
            service: new.service,
            company: new.company,
            address: new.address,
            authority: new.authority,
            damages: new.damages,
            contact: new.contact,
        },
    };
    if record.client.profile.rules().may_authorize() {
        let missing = record.card.missing_facts();
        if !missing.is_empty() {
            bail!(
                "the law wants customers told: {} missing\n\nhint: give --{}",
                missing.join(", "),
                missing.join(" --")
            );
        }
    }
    save(parts, record, "client.added").await?;
    if has_secret {
        say(secret.expose());
    }
    Ok(())
}

async fn list(parts: &Parts) -> anyhow::Result<()> {
    for record in parts.store.clients().await? {
        let client = record.client;
        let state = if client.disabled {
            "disabled"
        } else {
            "enabled"
        };
        say(&format!(
            "{}\t{}\t{state}\t{}",
            client.id,
            client.profile.as_str(),
            record.card.service
        ));
    }
    Ok(())
}

async fn find(parts: &Parts, id: &str) -> anyhow::Result<ClientRecord> {
    let id = ClientId::parse(id).context("not a client id")?;
    let found = parts.store.find_client(&id).await?;
    found.with_context(|| format!("`{id}` is not registered"))
}

/// Writes a client, with what was done to it in the audit record.
pub(crate) async fn save(parts: &Parts, record: ClientRecord, event: &str) -> anyhow::Result<()> {
    let detail = json!({ "client": record.client.id, "profile": record.client.profile.as_str() });
    let event = Event {
        at: parts.clock.now(),
        tenant: None,
        journey: None,
        name: event.to_owned(),
        detail,
    };
    let changes = vec![Change::ClientSaved(Box::new(record))];
    parts
        .store
        .commit(Commit {
            changes,
            events: vec![event],
        })
        .await?;
    Ok(())
}
