//! `renkei demo`: the embedded demo banks, and what to try them with.

mod certificates;
mod info;

use anyhow::{Context, bail};
use clap::Subcommand;
use renkei_core::account::CustomerId;
use renkei_core::attempt::AttemptKey;
use renkei_core::client::{ClientCard, ClientRecord};
use renkei_core::commit::{Change, Commit};
use renkei_core::port::{Factor, LedgerCustomer, Store};
use renkei_core::seal::keyed_digest;
use renkei_core::secret::Password;
use renkei_core::step::kinds::Kind;
use renkei_core::tenant::TenantId;
use renkei_oauth::client::{Client, ClientId, ClientKind, ClientProfile, PlainSecret};
use renkei_oauth::redirect::RedirectUri;
use renkei_oauth::scope::Scopes;

use super::{client, say};
use crate::compose::{Parts, tenants};

#[derive(Subcommand)]
pub(crate) enum Demo {
    /// Begin the demo banks and their clients; what is there stays, statements are carried on.
    Seed,
    /// Print addresses, clients and customers with their secrets.
    Info {
        /// For machines.
        #[arg(long)]
        json: bool,
    },
    /// Make the demo authority, the listener's certificates and the customers' `.p12`; what is there
    /// and still good stays.
    Certificates,
    /// Print a customer's 乱数表.
    Card {
        /// The bank.
        tenant: String,
        /// The customer.
        login_id: String,
    },
    /// Change something at a demo bank: `password=…`, `certificate=revoked`, `certificate=renewed` or
    /// `unlock`.
    Set {
        /// The bank.
        tenant: String,
        /// The customer.
        login_id: String,
        /// What to change.
        change: String,
    },
}

pub(crate) async fn run(demo: Demo, parts: Parts) -> anyhow::Result<()> {
    match demo {
        Demo::Seed => seed(&parts).await,
        Demo::Info { json } => {
            let info = info::gather(&parts).await?;
            say(&if json {
                serde_json::to_string_pretty(&info)?
            } else {
                info::table(&info)
            });
            Ok(())
        }
        Demo::Card { tenant, login_id } => {
            say(&card(&parts, &tenant, &login_id).await?);
            Ok(())
        }
        Demo::Certificates => {
            say(&certificates::run(&parts).await?);
            Ok(())
        }
        Demo::Set {
            tenant,
            login_id,
            change,
        } => set(&parts, &tenant, &login_id, &change).await,
    }
}

async fn seed(parts: &Parts) -> anyhow::Result<()> {
    let today = parts.clock.now().japan_date();
    for loaded in tenants(&parts.settings.tenants_dir)?.iter() {
        if let Some(data) = &loaded.demo {
            let tenant = &loaded.tenant;
            parts
                .seeder()
                .seed(&tenant.id, &tenant.bank_code, data, today)
                .await?;
        }
    }
    for record in demo_clients(parts)? {
        if parts.store.find_client(&record.client.id).await?.is_none() {
            client::save(parts, record, "client.added").await?;
        }
    }
    Ok(())
}

/// One client of each profile. Their secrets come from the keyring, so that `demo info` can print
/// them although only digests are kept.
fn demo_clients(parts: &Parts) -> anyhow::Result<Vec<ClientRecord>> {
    let app = &parts.settings.app_url;
    let loopback = app.replace("localhost", "127.0.0.1");
    let card = |service: &str| {
        ClientCard {
        service: service.to_owned(),
        company: "株式会社かけはし（架空）".to_owned(),
        address: "東京都千代田区架空町1-2-3".to_owned(),
        authority: "電子決済等代行業者 関東財務局長（電代）第000号（架空）。お客さまの口座情報を取得し、会計帳簿の作成に用います。振込などの指図は行いません。".to_owned(),
        damages: "当社の責めに帰すべき事由によりお客さまに損害が生じたときは、利用規約に定めるところにより当社が賠償します。".to_owned(),
        contact: "かけはし お客さま相談窓口 0000-00-0001（平日 9:30〜17:30）".to_owned(),
    }
    };
    let all = [
        (
            "kakehashi-kaikei",
            ClientProfile::PlainConfidential,
            card("かけはし会計"),
            vec![format!("{app}/callback"), format!("{loopback}/callback")],
        ),
        (
            "kakehashi-pocket",
            ClientProfile::PlainPublic,
            card("かけはしポケット"),
            vec![
                "http://127.0.0.1/callback".to_owned(),
                "com.example.kakehashi:/callback".to_owned(),
            ],
        ),
        (
            "kakehashi-gateway",
            ClientProfile::ResourceServer,
            ClientCard::default(),
            vec![],
        ),
    ];
    all.into_iter()
        .map(|(id, profile, card, uris)| {
            let id = ClientId::parse(id)?;
            let secret = demo_secret(parts, &id)?;
            let is_confidential = profile.rules().kind == ClientKind::Confidential;
            let uris: Result<Vec<_>, _> = uris.iter().map(|uri| RedirectUri::parse(uri)).collect();
            Ok(ClientRecord {
                client: Client {
                    id,
                    profile,
                    secret_digests: if is_confidential {
                        vec![secret.digest()]
                    } else {
                        Vec::new()
                    },
                    redirect_uris: uris?,
                    scopes: Scopes::parse("accounts balances transactions")?,
                    disabled: false,
                },
                card,
            })
        })
        .collect()
}

/// The secret of a demo client: the same at every call, another at every deployment.
fn demo_secret(parts: &Parts, id: &ClientId) -> anyhow::Result<PlainSecret> {
    let key = parts.keyring.derived_key("demo.client_secret")?;
    Ok(PlainSecret::from_random(&keyed_digest(
        &key,
        &[id.as_str().as_bytes()],
    )?))
}

async fn customer(
    parts: &Parts,
    tenant: &TenantId,
    login_id: &str,
) -> anyhow::Result<LedgerCustomer> {
    let found = parts
        .ledger()
        .find_customer(tenant, &CustomerId::new(login_id))
        .await?;
    found.with_context(|| format!("the demo bank `{tenant}` has no customer `{login_id}`"))
}

/// The card as the bank's page names its cells.
async fn card(parts: &Parts, tenant: &str, login_id: &str) -> anyhow::Result<String> {
    let tenant = TenantId::parse(tenant)?;
    let customer = customer(parts, &tenant, login_id).await?;
    let card = parts.seeder().card(&customer)?;
    let card = card.with_context(|| format!("`{login_id}` has no card"))?;
    let set = tenants(&parts.settings.tenants_dir)?;
    let loaded = set.find(&tenant).context("there is no such bank")?;
    let own = loaded.file.journey.iter().find_map(|kind| match kind {
        Kind::MatrixCard(step) => Some(step.clone()),
        _ => None,
    });
    let step = own.unwrap_or_default();
    info::card_table(&card, &step.columns, &step.rows)
}

async fn set(parts: &Parts, tenant: &str, login_id: &str, change: &str) -> anyhow::Result<()> {
    let tenant = TenantId::parse(tenant)?;
    let customer = customer(parts, &tenant, login_id).await?;
    match change.split_once('=') {
        Some(("password", password)) if !password.is_empty() => {
            parts
                .seeder()
                .change_password(customer, &Password::new(password))
                .await?;
            Ok(())
        }
        Some(("certificate", how)) => certificates::change(parts, &tenant, login_id, how).await,
        None if change == "unlock" => unlock(parts, &tenant, &customer).await,
        Some(_) | None => {
            bail!(
                "cannot set `{change}`\n\nhint: known are `password=…`, `certificate=revoked`, `certificate=renewed` and `unlock`"
            )
        }
    }
}

async fn unlock(parts: &Parts, tenant: &TenantId, customer: &LedgerCustomer) -> anyhow::Result<()> {
    let mut keys = vec![AttemptKey::password(tenant, &customer.identifiers)];
    keys.extend(Factor::ALL.map(|factor| AttemptKey::factor(tenant, factor, &customer.id)));
    for kept in parts.ledger().accounts(tenant, &customer.id).await? {
        keys.push(AttemptKey::inquiry_pin(
            tenant,
            &customer.id,
            &kept.account.id,
        ));
    }
    let changes = keys.into_iter().map(Change::AttemptsCleared).collect();
    parts
        .store
        .commit(Commit {
            changes,
            events: Vec::new(),
        })
        .await?;
    Ok(())
}
