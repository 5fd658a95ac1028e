//! Connections of either engine, chosen by the scheme of the database URL and never guessed.

use std::fmt;
use std::str::FromStr;

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::r2d2::ManageConnection;
use diesel::sqlite::SqliteConnection;
use renkei_core::fault::Fault;

/// A connection to either engine.
#[derive(diesel::MultiConnection)]
pub(crate) enum AnyConnection {
    Postgres(PgConnection),
    Sqlite(SqliteConnection),
}

/// Where the data is: `sqlite://path/to/file.db` or `postgres://…`.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// A PostgreSQL server, by the whole URL (libpq reads it).
    Postgres(String),
    /// A file, by its path.
    Sqlite(String),
}

/// Text that names no database we know.
#[derive(Debug, thiserror::Error)]
#[error("a database URL begins with `sqlite://` (and a path) or `postgres://`")]
pub struct NotADatabaseUrl;

impl FromStr for DatabaseUrl {
    type Err = NotADatabaseUrl;

    fn from_str(text: &str) -> Result<Self, NotADatabaseUrl> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(text.to_owned()));
        }
        match text.strip_prefix("sqlite://") {
            Some(path) if !path.is_empty() && path != ":memory:" => {
                Ok(Self::Sqlite(path.to_owned()))
            }
            Some(_) | None => Err(NotADatabaseUrl),
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // A PostgreSQL URL may hold a password.
            Self::Postgres(_) => f.write_str("postgres://…"),
            Self::Sqlite(path) => write!(f, "sqlite://{path}"),
        }
    }
}

/// What SQLite does before it says that a commit happened (PostgreSQL has its own settings).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Durability {
    /// Waits for the disk: survives a power failure. The default of `serve`.
    #[default]
    Full,
    /// May lose the latest commits when the power fails; never corrupts.
    Normal,
}

/// Opens connections; also the pool's manager.
#[derive(Clone, Debug)]
pub(crate) struct Connector {
    pub(crate) url: DatabaseUrl,
    pub(crate) durability: Durability,
}

impl Connector {
    pub(crate) fn open(&self) -> Result<AnyConnection, Fault> {
        match &self.url {
            DatabaseUrl::Postgres(url) => PgConnection::establish(url)
                .map(AnyConnection::Postgres)
                .map_err(|e| Fault::passing("the database does not answer").caused_by(e)),
            DatabaseUrl::Sqlite(path) => {
                let unusable = |e: diesel::result::Error| {
                    Fault::passing("the database file cannot be used").caused_by(e)
                };
                let mut connection = SqliteConnection::establish(path).map_err(|e| {
                    Fault::passing("the database file cannot be opened").caused_by(e)
                })?;
                let level = match self.durability {
                    Durability::Full => "FULL",
                    Durability::Normal => "NORMAL",
                };
                // busy_timeout first: setting the journal mode may itself have to wait.
                connection
                    .batch_execute(&format!(
                        "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; \
                         PRAGMA synchronous = {level}; PRAGMA foreign_keys = ON; \
                         PRAGMA cache_size = -4096; PRAGMA temp_store = MEMORY;"
                    ))
                    .map_err(unusable)?;
                Ok(AnyConnection::Sqlite(connection))
            }
        }
    }
}

impl ManageConnection for Connector {
    type Connection = AnyConnection;
    type Error = Fault;

    fn connect(&self) -> Result<AnyConnection, Fault> {
        self.open()
    }

    fn is_valid(&self, connection: &mut AnyConnection) -> Result<(), Fault> {
        connection
            .batch_execute("SELECT 1")
            .map_err(|e| Fault::passing("the database does not answer").caused_by(e))
    }

    fn has_broken(&self, connection: &mut AnyConnection) -> bool {
        match connection {
            AnyConnection::Postgres(c) => {
                <PgConnection as Connection>::TransactionManager::is_broken_transaction_manager(c)
            }
            AnyConnection::Sqlite(c) => {
                <SqliteConnection as Connection>::TransactionManager::is_broken_transaction_manager(
                    c,
                )
            }
        }
    }
}

impl AnyConnection {
    /// Begins a transaction that may write. On SQLite it takes the write lock at once: a deferred
    /// one that reads first cannot wait for it later.
    pub(crate) fn begin(&mut self) -> QueryResult<()> {
        match self {
            Self::Postgres(c) => AnsiTransactionManager::begin_transaction(c),
            Self::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE"),
        }
    }

    /// Begins a savepoint inside the transaction.
    pub(crate) fn savepoint(&mut self) -> QueryResult<()> {
        match self {
            Self::Postgres(c) => AnsiTransactionManager::begin_transaction(c),
            Self::Sqlite(c) => AnsiTransactionManager::begin_transaction(c),
        }
    }

    /// Ends the innermost savepoint or transaction, keeping it.
    pub(crate) fn keep(&mut self) -> QueryResult<()> {
        match self {
            Self::Postgres(c) => AnsiTransactionManager::commit_transaction(c),
            Self::Sqlite(c) => AnsiTransactionManager::commit_transaction(c),
        }
    }

    /// Ends the innermost savepoint or transaction, undoing it.
    pub(crate) fn undo(&mut self) -> QueryResult<()> {
        match self {
            Self::Postgres(c) => AnsiTransactionManager::rollback_transaction(c),
            Self::Sqlite(c) => AnsiTransactionManager::rollback_transaction(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_database_is_refused_and_not_guessed() {
        for url in [
            "",
            "postgress://x",
            "var/renkei.db",
            "sqlite://",
            "sqlite://:memory:",
            "mysql://x",
        ] {
            assert!(url.parse::<DatabaseUrl>().is_err(), "{url}");
        }
    }

    #[test]
    fn a_password_in_a_url_is_not_printed() {
        let url: DatabaseUrl = "postgres://renkei:hunter2@db/renkei".parse().unwrap();
        assert_eq!(format!("{url:?}"), "postgres://…");
    }
}
