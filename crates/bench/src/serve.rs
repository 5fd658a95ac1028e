//! `renkei-bench serve`: the production server with the bench connector, one worker, and four routes
//! more: two floors, one hash, and the count of writes.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use actix_web::middleware::from_fn;
use actix_web::web::{self, Data, PayloadConfig};
use actix_web::{App as Actix, HttpResponse, HttpServer};
use anyhow::Context;
use async_trait::async_trait;
use renkei::world::{OsRandom, SystemClock};
use renkei::{compose, keys};
use renkei_bank::{HashCost, Hasher};
use renkei_core::commit::{Change, Commit};
use renkei_core::port::{Letter, Notifier, Retention, Store, Undelivered};
use renkei_core::secret::Password;
use renkei_oauth::client::ClientId;
use renkei_server::{
    App, Ports, Settings, egov_routes, host_guard, refusals, routes, spawn_chores, spawn_egov,
    spawn_outbox,
};
use renkei_store::{DatabaseUrl, SqlStore};
use tracing_subscriber::EnvFilter;

use crate::bank::BenchBank;
use crate::counted::Counted;
use crate::egov::half::{self, Half};
use crate::party::{self, PASSWORD};
use crate::{Durability, Serve};

/// What the routes of the benchmark reach.
struct Bench {
    store: Counted,
    bank: BenchBank,
    client: ClientId,
}

/// Serves until it is told to stop.
pub(crate) fn run(asked: &Serve) -> anyhow::Result<()> {
    tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new("info"))
        .with_writer(std::io::stderr)
        .json()
        .init();
    actix_web::rt::System::new().block_on(serving(asked))
}

async fn serving(asked: &Serve) -> anyhow::Result<()> {
    let url: DatabaseUrl = asked.database.parse()?;
    let durability = match asked.durability {
        Durability::Full => renkei_store::Durability::Full,
        Durability::Normal => renkei_store::Durability::Normal,
    };
    let store = Counted::new(SqlStore::open(&url, durability)?);
    let record = party::client()?;
    let client = record.client.id.clone();
    let registered = Commit {
        changes: vec![Change::ClientSaved(Box::new(record))],
        events: Vec::new(),
    };
    store.commit(registered).await?;
    let at_once = std::thread::available_parallelism().map_or(1, usize::from);
    let hasher = Hasher::new(HashCost::default(), at_once)?;
    let hash = hasher.hash(&Password::new(PASSWORD), &OsRandom).await?;
    let bank = BenchBank {
        hasher,
        hash: hash.into(),
    };
    let egov = asked.egov.as_deref();
    let egov = egov.map(|folder| Half::new(folder, store.store.clone(), &bank.hasher));
    let egov = egov.transpose()?;
    let mut app = app(asked, &store, &bank)?;
    if let Some(half) = &egov {
        half.register().await?;
        app = app.with_egov(half.egov()?);
    }
    let app = Data::new(app);
    app.keep_own_plans().await?;
    let mut chores = vec![
        spawn_outbox(app.clone()),
        spawn_chores(app.clone(), Retention::default()),
    ];
    chores.extend(spawn_egov(&app));
    let egov = egov.map(Data::new);
    let bench = Data::new(Bench {
        store,
        bank,
        client,
    });
    let shared = app.clone();
    let server = HttpServer::new(move || {
        Actix::new()
            .app_data(shared.clone())
            .app_data(bench.clone())
            .app_data(PayloadConfig::new(96 * 1024))
            .wrap(refusals())
            .wrap(from_fn(host_guard))
            .route("/bench/ok", web::get().to(ok))
            .route("/bench/read", web::get().to(read))
            .route("/bench/hash", web::get().to(hashed))
            .route("/bench/writes", web::get().to(writes))
            .configure(|config| {
                if let Some(half) = &egov {
                    config.app_data(half.clone()).configure(half::routes);
                    egov_routes(config);
                }
                routes(config);
            })
    });
    let server = server.workers(1).bind(("127.0.0.1", asked.port));
    let server = server.with_context(|| format!("cannot listen on port {}", asked.port))?;
    tracing::info!("ready");
    server.run().await?;
    chores.iter().for_each(tokio::task::JoinHandle::abort);
    Ok(())
}

fn app(asked: &Serve, store: &Counted, bank: &BenchBank) -> anyhow::Result<App> {
    keys::init(&asked.keys, &OsRandom)?;
    let ports = Ports {
        store: Arc::new(store.clone()),
        banks: Arc::new(bank.clone()),
        notifier: Arc::new(NoPost),
        clock: Arc::new(SystemClock),
        random: Arc::new(OsRandom),
        keyring: Arc::new(keys::keyring(&asked.keys)?),
    };
    let settings = Settings {
        base_url: format!("http://127.0.0.1:{}", asked.port),
        trusted_proxies: Vec::new(),
        preview: false,
        allowed_hosts: Vec::new(),
        hosts: std::collections::BTreeMap::new(),
    };
    let own = || Path::new(env!("CARGO_MANIFEST_DIR")).join("tenant");
    let tenants = asked.tenants.clone().unwrap_or_else(own);
    let live = compose::live(&tenants)?;
    Ok(App::new(settings, ports, keys::jwks(&asked.keys)?, live))
}

/// The floor of HTTP.
async fn ok() -> HttpResponse {
    HttpResponse::Ok().body("ok")
}

/// The floor of one indexed read.
async fn read(bench: Data<Bench>) -> HttpResponse {
    match bench.store.find_client(&bench.client).await {
        Ok(Some(_)) => HttpResponse::Ok().body("ok"),
        Ok(None) | Err(_) => HttpResponse::InternalServerError().finish(),
    }
}

/// One password hash.
async fn hashed(bench: Data<Bench>) -> HttpResponse {
    let hash = Some(&*bench.bank.hash);
    match bench
        .bank
        .hasher
        .verify(&Password::new(PASSWORD), hash)
        .await
    {
        Ok(true) => HttpResponse::Ok().body("ok"),
        Ok(false) | Err(_) => HttpResponse::InternalServerError().finish(),
    }
}

/// How many durable writes were waited for.
async fn writes(bench: Data<Bench>) -> HttpResponse {
    let count = bench.store.writes.load(Ordering::Relaxed);
    HttpResponse::Ok().body(count.to_string())
}

/// Carries no mail; the outbox does its work all the same.
struct NoPost;

#[async_trait]
impl Notifier for NoPost {
    async fn send(&self, _: &Letter) -> Result<(), Undelivered> {
        Ok(())
    }
}
