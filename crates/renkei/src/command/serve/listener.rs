//! The second address, on which customers are asked for a certificate.

use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::web::{Data, PayloadConfig};
use actix_web::{App as Actix, HttpServer};
use anyhow::Context;
use renkei_server::{App, TlsHosts, certificate_routes, on_connect, refusals};

use crate::compose::tls_hosts;
use crate::settings::{CertificateSettings, CertificateSource};

/// The listener's hosts; none when there is no listener.
pub(super) fn hosts(
    app: &App,
    settings: &CertificateSettings,
) -> anyhow::Result<Option<Arc<TlsHosts>>> {
    let live = app.live();
    let asking = live.tenants.iter().filter(|t| t.certificates.is_some());
    let asking = asking.count();
    if !settings.is_on() && asking > 0 {
        tracing::warn!(
            banks = asking,
            "banks that ask for certificates cannot: `certificate.listen` is not set"
        );
    }
    if settings.source == CertificateSource::ProxyHeader || settings.listen.is_empty() {
        return Ok(None);
    }
    let hosts = TlsHosts::new(&tls_hosts(&live, settings)?)
        .context("the listener's certificates are not usable")?;
    Ok(Some(Arc::new(hosts)))
}

/// Opens it. It ends with the server beside it.
pub(super) fn listen(
    app: Data<App>,
    hosts: &Arc<TlsHosts>,
    settings: &CertificateSettings,
) -> anyhow::Result<ServerHandle> {
    let mut server = HttpServer::new(move || {
        Actix::new()
            .app_data(app.clone())
            .app_data(PayloadConfig::new(LARGEST_BODY))
            .wrap(refusals())
            .configure(certificate_routes)
    })
    .workers(WORKERS)
    .on_connect(on_connect)
    .disable_signals()
    .shutdown_timeout(5)
    .max_connection_rate(MOST_HANDSHAKES)
    .tls_handshake_timeout(CHOOSING_TAKES);
    for address in &settings.listen {
        server = server
            .bind_openssl(address, hosts.acceptor()?)
            .with_context(|| format!("cannot listen on {address}"))?;
        tracing::info!(%address, "asking for certificates");
    }
    let server = server.run();
    let handle = server.handle();
    actix_web::rt::spawn(server);
    Ok(handle)
}

/// Few customers are here at a time.
const WORKERS: usize = 2;
/// Nothing is posted here.
const LARGEST_BODY: usize = 1024;
/// Some browsers hold the handshake while the customer looks for the right certificate.
const CHOOSING_TAKES: Duration = Duration::from_mins(2);
/// Handshakes under way at a time, for each worker: those who choose, and room beside them.
const MOST_HANDSHAKES: usize = 1024;
