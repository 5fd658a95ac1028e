//! The listener that asks for a certificate: one port, a server certificate for each bank's host by
//! SNI. It takes every certificate and none at all; judging is done on the page ([`super`]), so that
//! nobody meets a TLS alert. Nothing is resumed: a resumed session would carry one bank's customer to
//! another bank's host without asking (compare CVE-2025-23419).

use std::any::Any;
use std::collections::BTreeMap;
use std::sync::Arc;

use actix_tls::accept::openssl::TlsStream;
use actix_web::dev::Extensions;
use actix_web::rt::net::TcpStream;
use arc_swap::ArcSwap;
use openssl::error::ErrorStack;
use openssl::pkey::PKey;
use openssl::ssl::{
    NameType, SniError, SslAcceptor, SslAcceptorBuilder, SslAlert, SslContext, SslContextBuilder,
    SslMethod, SslOptions, SslRef, SslSessionCacheMode, SslVerifyMode,
};
use openssl::x509::X509;
use renkei_core::certificate::{Presentation, TrustAnchors};

/// What one host of the listener needs.
pub struct TlsHost {
    /// Its name.
    pub name: String,
    /// Its certificate and what is above it, PEM.
    pub chain: Vec<u8>,
    /// Its key, PEM.
    pub key: Vec<u8>,
    /// Whose certificates a browser shall offer.
    pub anchors: TrustAnchors,
}

/// The listener's hosts, exchanged as a whole when the banks are.
pub struct TlsHosts(ArcSwap<BTreeMap<String, SslContext>>);

impl TlsHosts {
    /// Makes them.
    pub fn new(hosts: &[TlsHost]) -> Result<Self, ErrorStack> {
        Ok(Self(ArcSwap::from_pointee(contexts(hosts)?)))
    }

    /// Puts others in their place; connections that stand keep theirs.
    pub fn replace(&self, hosts: &[TlsHost]) -> Result<(), ErrorStack> {
        self.0.store(Arc::new(contexts(hosts)?));
        Ok(())
    }

    /// What an address is bound with.
    pub fn acceptor(self: &Arc<Self>) -> Result<SslAcceptorBuilder, ErrorStack> {
        let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
        without_memory(&mut builder)?;
        let hosts = Arc::clone(self);
        builder.set_servername_callback(move |ssl, alert| {
            let name = ssl
                .servername(NameType::HOST_NAME)
                .map(str::to_ascii_lowercase);
            let context = name.and_then(|name| hosts.0.load().get(&name).cloned());
            let Some(context) = context else {
                *alert = SslAlert::UNRECOGNIZED_NAME;
                return Err(SniError::ALERT_FATAL);
            };
            ssl.set_ssl_context(&context)
                .map_err(|_| SniError::ALERT_FATAL)?;
            // The context that was put in brings certificates along, but not whom it asks.
            ssl.set_verify_callback(SslVerifyMode::PEER, |_, _| true);
            Ok(())
        });
        Ok(builder)
    }
}

fn contexts(hosts: &[TlsHost]) -> Result<BTreeMap<String, SslContext>, ErrorStack> {
    hosts
        .iter()
        .map(|host| Ok((host.name.clone(), context(host)?)))
        .collect()
}

fn context(host: &TlsHost) -> Result<SslContext, ErrorStack> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
    let mut chain = X509::stack_from_pem(&host.chain)?.into_iter();
    if let Some(own) = chain.next() {
        builder.set_certificate(&own)?;
    }
    for above in chain {
        builder.add_extra_chain_cert(above)?;
    }
    let key = PKey::private_key_from_pem(&host.key)?;
    builder.set_private_key(&key)?;
    builder.check_private_key()?;
    for anchor in host.anchors.certificates() {
        builder.add_client_ca(anchor)?;
    }
    without_memory(&mut builder)?;
    Ok(builder.build().into_context())
}

fn without_memory(builder: &mut SslContextBuilder) -> Result<(), ErrorStack> {
    builder.set_options(SslOptions::NO_TICKET | SslOptions::NO_RENEGOTIATION);
    builder.set_session_cache_mode(SslSessionCacheMode::OFF);
    builder.set_session_id_context(b"renkei")?;
    builder.set_num_tickets(0)
}

/// What a connection brought, as the handler finds it.
pub(crate) struct Peer {
    /// The host it was opened for.
    pub(crate) host: String,
    /// What was presented.
    pub(crate) presented: Option<Presentation>,
}

impl Peer {
    fn of(ssl: &SslRef) -> Self {
        let name = ssl.servername(NameType::HOST_NAME).unwrap_or_default();
        // On a server's side the chain comes without the certificate itself.
        let chain = ssl.peer_cert_chain().into_iter().flatten();
        let chain = chain.map(ToOwned::to_owned).collect();
        Self {
            host: name.to_ascii_lowercase(),
            presented: ssl
                .peer_certificate()
                .map(|leaf| Presentation::new(leaf, chain)),
        }
    }
}

/// Keeps what a connection brought; for `HttpServer::on_connect`.
pub fn on_connect(connection: &dyn Any, kept: &mut Extensions) {
    if let Some(stream) = connection.downcast_ref::<TlsStream<TcpStream>>() {
        kept.insert(Peer::of(stream.ssl()));
    }
}
