//! Fixtures, and suites that every implementation of a port must pass. For tests only.
#![expect(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a suite that meets the unexpected fails there and then"
)]

pub mod egov;
mod links;
pub mod payment;
pub mod sample;
pub mod store;
