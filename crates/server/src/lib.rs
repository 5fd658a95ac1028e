//! actix-web: extract, one call, reply. The only crate that knows HTTP.
//!
//! **Invariants.** It sees ports and tenants, never `store`, `bank` or `notify`. Every absolute URL
//! comes from settings, never from a request. Every page carries the same security headers, put on in
//! one place ([`reply`]). Errors become HTTP in one place ([`trouble`]).

mod api;
mod app;
mod asset;
mod authorize;
mod browser;
mod certificate;
mod chooser;
mod chores;
mod desk;
mod egov;
mod ending;
mod endpoint;
mod form;
mod frame;
mod health;
mod host;
mod introspect;
mod issuer;
mod journey;
mod links;
mod lock;
mod metadata;
mod outbox;
mod payment;
mod preview;
mod refusal;
mod reply;
mod revoke;
mod routes;
mod standing;
mod token;
mod trouble;
mod wording;

pub use app::{App, BankDirectory, Live, Ports, Settings};
pub use certificate::{
    CertificateGate, CertificateSource, DemoAnchors, TlsHost, TlsHosts, on_connect,
};
pub use chores::spawn as spawn_chores;
pub use egov::{
    Allowance, Egov, EgovSettings, Rates, Rules as EgovRules, routes as egov_routes,
    spawn as spawn_egov,
};
pub use host::host_guard;
pub use outbox::spawn as spawn_outbox;
pub use payment::spawn as spawn_payments;
pub use preview::Preview;
pub use refusal::refusals;
pub use routes::{
    CERTIFICATE_ENDPOINTS, ENDPOINTS, Endpoint, Verb, certificate_page, certificate_routes, routes,
};
