//! The `Store` and `Ledger` ports and the `Store` port of e-Gov on SQLite and PostgreSQL: one binary, one set of migrations, one
//! set of queries. The only crate that knows SQL.
//!
//! **Invariants.** All writes of one decision happen in one transaction, on one writer thread, which
//! gathers what waits for it into one durable commit; each decision keeps a savepoint of its own, so
//! one that loses its guard undoes itself and nothing else. Reads run beside it on a small pool. No
//! transaction meets an `.await`.

mod connection;
mod egov;
mod ledger;
mod migration;
mod reader;
mod retention;
mod rows;
mod schema;
mod steady;
mod store;
mod write;
mod writer;

pub use connection::{DatabaseUrl, Durability, NotADatabaseUrl};
pub use store::SqlStore;
