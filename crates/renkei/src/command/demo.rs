//! `renkei demo`: the embedded demo banks, and what to try them with.

mod approve;
mod bill;
mod card;
mod certificates;
mod egov;
mod info;
mod set;
mod token;

use clap::Subcommand;
use renkei_core::client::{ClientCard, ClientRecord};
use renkei_core::port::Store;
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
    /// Charge a demo fee, or take one that waits, and issue a bill for it: what e-Gov sends a browser to
    /// a bank with.
    Bill(bill::Bill),
    /// Play the customer's other device, or the telephone: approve what a page waits for.
    Approve(approve::Approve),
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
    /// Play the camera token: read what a page's two-dimensional code says.
    Token {
        /// What the code says: `contract_number,user_id,nonce`.
        code: String,
    },
    /// Print the short messages that were lately sent to a customer.
    Messages {
        /// The bank.
        tenant: String,
        /// The customer.
        login_id: String,
    },
    /// Change something at a demo bank: `password=…`, `certificate=revoked|renewed`,
    /// `otp=unregistered|registered`, `privilege=<scope>:none|granted|approver`, `hurdle=+<word>`,
    /// `hurdle=-<word>`, `debit=<what goes wrong>|fine` or `unlock`.
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
        Demo::Bill(asked) => {
            say(&bill::run(&parts, &asked).await?);
            Ok(())
        }
        Demo::Approve(approve) => approve::run(&parts, approve).await,
        Demo::Certificates => {
            say(&certificates::run(&parts).await?);
            Ok(())
        }
        Demo::Card { tenant, login_id } => {
            say(&card::table(&parts, &tenant, &login_id).await?);
            Ok(())
        }
        Demo::Token { code } => {
            say(&token::read(&parts, &code).await?);
            Ok(())
        }
        Demo::Messages { tenant, login_id } => {
            let customer = set::customer(&parts, &tenant, &login_id).await?;
            for message in parts.seeder().messages(&customer)? {
                say(&message);
            }
            Ok(())
        }
        Demo::Set {
            tenant,
            login_id,
            change,
        } => set::run(&parts, &tenant, &login_id, &change).await,
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
    egov::seed(parts).await
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
            "accounts balances transactions transfer_requests payroll_requests transfer_status",
        ),
        (
            "kakehashi-pocket",
            ClientProfile::PlainPublic,
            card("かけはしポケット"),
            vec![
                "http://127.0.0.1/callback".to_owned(),
                "com.example.kakehashi:/callback".to_owned(),
            ],
            READING,
        ),
        (
            "kakehashi-gateway",
            ClientProfile::ResourceServer,
            ClientCard::default(),
            vec![],
            READING,
        ),
    ];
    all.into_iter()
        .map(|(id, profile, card, uris, scopes)| {
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
                    scopes: Scopes::parse(scopes)?,
                    disabled: false,
                },
                card,
            })
        })
        .collect()
}

/// The secret of a demo client: the same at every call, another at every deployment.
fn demo_secret(parts: &Parts, id: &ClientId) -> anyhow::Result<PlainSecret> {
    let id = id.as_str().as_bytes();
    let digest = parts.keyring.digest("demo.client_secret", &[id])?;
    Ok(PlainSecret::from_random(&digest))
}

/// What most apps ask for.
const READING: &str = "accounts balances transactions";
