//! The platform from outside: the real binary, a real database, browsers and apps as values.
//!
//! SQLite always; PostgreSQL where `RENKEI_TEST_POSTGRES` names a server that `./test` has started.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that meets the unexpected fails there and then"
)]

mod api;
mod app;
mod bill;
mod browser;
mod certificate;
mod chooser;
mod clock;
mod crash;
mod desk;
mod egov;
mod egov_payment;
mod egov_software;
mod egov_toolbox;
mod engine;
mod fault;
mod foreign;
mod guard;
mod hana;
mod hash;
mod host;
mod hours;
mod journey;
mod life;
mod links;
mod mail;
mod mizuho;
mod musashino;
mod ocsp;
mod openapi;
mod payment;
mod payment_crash;
mod platform;
mod protocol;
mod race;
mod reload;
mod sorachi;
mod staff;
mod tls;
mod toolbox;
