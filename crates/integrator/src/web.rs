//! The app on HTTP: routes, headers, and what every handler shares.

mod account;
mod asset;
mod callback;
mod home;
mod link;
mod show;
mod visit;

use std::net::TcpListener;

use actix_web::body::MessageBody;
use actix_web::dev::{Server, ServiceRequest, ServiceResponse};
use actix_web::http::{Method, header};
use actix_web::middleware::{DefaultHeaders, Next, from_fn};
use actix_web::web::{Data, FormConfig, ServiceConfig, get, post, resource};
use actix_web::{App as ActixApp, HttpResponse, HttpServer};
use anyhow::Context;
use url::Url;

use crate::ledger::Ledger;
use crate::page::Pages;
use crate::platform::Platform;
use crate::reading::Reading;
use crate::session::Sessions;
use crate::settings::{Bank, Settings};

/// What every request may use.
struct App {
    reading: Reading,
    sessions: Sessions,
    pages: Pages,
    banks: Vec<Bank>,
    own_url: Url,
    is_secure: bool,
}

/// Binds the addresses of the settings. Only the first must succeed: not every machine has IPv6.
pub fn listeners(settings: &Settings) -> anyhow::Result<Vec<TcpListener>> {
    let mut bound = Vec::new();
    for address in settings.addresses()? {
        match TcpListener::bind(address) {
            Ok(listener) => bound.push(listener),
            Err(error) if bound.is_empty() => {
                return Err(error).with_context(|| format!("cannot listen on {address}"));
            }
            Err(error) => tracing::warn!(%address, %error, "not listening there"),
        }
    }
    Ok(bound)
}

/// The app on those listeners; it runs once awaited.
pub fn server(settings: &Settings, listeners: Vec<TcpListener>) -> anyhow::Result<Server> {
    let platform = Platform::new(settings)?;
    let ledger = Ledger::open(&settings.state_dir)?;
    let app = Data::new(App {
        reading: Reading::new(platform, ledger),
        sessions: Sessions::default(),
        pages: Pages::load()?,
        banks: settings.banks.clone(),
        own_url: settings.app_url.clone(),
        is_secure: settings.is_secure(),
    });
    let policy = content_security_policy(&settings.base_url)?;
    let mut server = HttpServer::new(move || {
        ActixApp::new()
            .app_data(app.clone())
            .app_data(FormConfig::default().limit(4_096))
            .wrap(from_fn(at_its_own_address))
            .wrap(headers(&policy))
            .configure(routes)
    })
    .workers(2);
    for listener in listeners {
        server = server.listen(listener)?;
    }
    Ok(server.run())
}

fn routes(config: &mut ServiceConfig) {
    config
        .service(resource("/").route(get().to(home::show)))
        .service(resource("/links").route(post().to(home::begin)))
        .service(resource("/callback").route(get().to(callback::arrive)))
        .service(resource("/links/{link}").route(get().to(link::show)))
        .service(resource("/links/{link}/refresh").route(post().to(link::refresh)))
        .service(
            resource("/links/{link}/unlink")
                .route(get().to(link::confirm))
                .route(post().to(link::unlink)),
        )
        .service(resource("/links/{link}/accounts/{account}").route(get().to(account::show)))
        .service(resource("/trouble/{name}").route(get().to(visit::trouble)))
        .service(resource("/assets/{name}").route(get().to(asset::show)))
        .service(resource("/health").route(get().to(health)))
        .default_service(get().to(visit::not_found));
}

async fn health() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .body("ok\n")
}

/// Browsers follow redirects of a form only to origins in `form-action`: ours goes to the platform.
fn content_security_policy(base_url: &str) -> anyhow::Result<String> {
    let platform = Url::parse(base_url)?.origin().ascii_serialization();
    Ok(format!(
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self' {platform}; \
         base-uri 'none'; frame-ancestors 'none'"
    ))
}

fn headers(policy: &str) -> DefaultHeaders {
    DefaultHeaders::new()
        .add((header::CONTENT_SECURITY_POLICY, policy))
        .add((header::CACHE_CONTROL, "no-store"))
        .add((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .add((header::REFERRER_POLICY, "same-origin"))
        .add(("cross-origin-opener-policy", "same-origin"))
}

/// The app has one address: cookies given at another (`127.0.0.1` for `localhost`) would be missing at the
/// callback, and a foreign name that points here is not answered.
async fn at_its_own_address(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let own = request
        .app_data::<Data<App>>()
        .map(|app| app.own_url.clone());
    let asked = request
        .headers()
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    match own {
        Some(own) if asked != Some(own.authority()) && request.path() != "/health" => {
            let answer = elsewhere(request.method(), own, request.uri());
            Ok(request.into_response(answer).map_into_right_body())
        }
        _ => Ok(next.call(request).await?.map_into_left_body()),
    }
}

fn elsewhere(method: &Method, mut own: Url, asked: &actix_web::http::Uri) -> HttpResponse {
    if method != Method::GET {
        return HttpResponse::MisdirectedRequest().finish();
    }
    own.set_path(asked.path());
    own.set_query(asked.query());
    HttpResponse::TemporaryRedirect()
        .insert_header((header::LOCATION, own.as_str()))
        .finish()
}
