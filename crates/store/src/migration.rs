//! Brings the tables up to date at start. Two servers that start at once do it one after the other.

use diesel::connection::SimpleConnection;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use renkei_core::fault::Fault;

use crate::connection::AnyConnection;

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("../../migrations");

/// Runs what has not run yet.
pub(crate) fn migrate(connection: &mut AnyConnection) -> Result<(), Fault> {
    let failed = |e: Box<dyn std::error::Error + Send + Sync>| {
        Fault::new("the database could not be brought up to date").caused_by(e)
    };
    match connection {
        AnyConnection::Postgres(c) => {
            // A session lock of our own name keeps a second server waiting until this one is done.
            c.batch_execute(&format!("SELECT pg_advisory_lock({LOCK})"))
                .map_err(|e| failed(e.into()))?;
            let done = c.run_pending_migrations(MIGRATIONS).map(|_| ());
            c.batch_execute(&format!("SELECT pg_advisory_unlock({LOCK})"))
                .map_err(|e| failed(e.into()))?;
            done.map_err(failed)
        }
        AnyConnection::Sqlite(c) => {
            c.batch_execute("BEGIN EXCLUSIVE; COMMIT;")
                .map_err(|e| failed(e.into()))?;
            c.run_pending_migrations(MIGRATIONS)
                .map(|_| ())
                .map_err(failed)
        }
    }
}

const LOCK: i64 = 0x0072_656e_6b65_6900;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connection::{Connector, Durability};

    #[test]
    fn migrations_go_up_down_and_up_again() {
        let path = std::env::temp_dir().join(format!("renkei-migrate-{}.db", std::process::id()));
        let url = format!("sqlite://{}", path.display()).parse().unwrap();
        let connector = Connector {
            url,
            durability: Durability::Normal,
        };
        let mut connection = connector.open().unwrap();
        migrate(&mut connection).unwrap();
        let AnyConnection::Sqlite(sqlite) = &mut connection else {
            panic!("a SQLite URL opens SQLite")
        };
        sqlite.revert_all_migrations(MIGRATIONS).unwrap();
        migrate(&mut connection).unwrap();
        migrate(&mut connection).unwrap();
        drop(connection);
        std::fs::remove_file(path).unwrap();
    }
}
