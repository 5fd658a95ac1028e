//! Reads: a small pool of connections, each read a closure.
//!
//! PostgreSQL answers from elsewhere, so its reads wait on a thread that may. SQLite answers from this
//! process within some ten microseconds and, with a write-ahead log, waits for no writer: handing
//! such a read to another thread costs several times the read, so it runs where it is asked
//! (docs/adr/0011-sqlite-reads-in-place.md).

use std::time::Duration;

use diesel::r2d2::{Pool, PooledConnection};
use renkei_core::fault::Fault;

use crate::connection::{AnyConnection, Connector, DatabaseUrl};

/// The pool.
#[derive(Clone)]
pub(crate) struct Reader {
    pool: Pool<Connector>,
    in_place: bool,
}

impl Reader {
    pub(crate) fn new(connector: Connector) -> Self {
        let in_place = matches!(connector.url, DatabaseUrl::Sqlite(_));
        let pool = Pool::builder()
            .max_size(10)
            .min_idle(Some(1))
            .connection_timeout(PATIENCE)
            .test_on_check_out(!in_place)
            .build_unchecked(connector);
        Self { pool, in_place }
    }

    /// Reads with `read`.
    pub(crate) async fn read<T, F>(&self, read: F) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: FnOnce(&mut AnyConnection) -> Result<T, Fault> + Send + 'static,
    {
        if self.in_place {
            return with_connection(&self.pool, read);
        }
        let pool = self.pool.clone();
        tokio::task::spawn_blocking(move || with_connection(&pool, read))
            .await
            .map_err(|e| Fault::new("a read did not finish").caused_by(e))?
    }
}

fn with_connection<T>(
    pool: &Pool<Connector>,
    read: impl FnOnce(&mut AnyConnection) -> Result<T, Fault>,
) -> Result<T, Fault> {
    let mut pooled: PooledConnection<Connector> = pool
        .get()
        .map_err(|e| Fault::passing("no database connection is free").caused_by(e))?;
    let connection: &mut AnyConnection = &mut pooled;
    read(connection)
}

/// So long a read waits for a connection before it is refused.
const PATIENCE: Duration = Duration::from_secs(3);
