//! The `Bank` port: `demo`, an embedded bank with real tables, argon2id and sealed secrets.
//!
//! **Refuses to know**: SQL (its books are a [`renkei_core::port::Ledger`]), HTTP, journeys.

pub mod approval;
mod branch;
mod card;
mod debit;
pub mod demo;
mod factor;
mod password;
mod seed;
mod statement;

pub use branch::first_branches;
pub use card::Card;
pub use password::{HashCost, Hasher};
pub use renkei_core::totp::code_at;
pub use seed::{Factors, Seeder};
