//! Reads: a small pool of connections, each read a closure on a thread that may wait.

use std::time::Duration;

use diesel::r2d2::{Pool, PooledConnection};
use renkei_core::fault::Fault;

use crate::connection::{AnyConnection, Connector, DatabaseUrl};

/// The pool.
#[derive(Clone)]
pub(crate) struct Reader(Pool<Connector>);

impl Reader {
    pub(crate) fn new(connector: Connector) -> Self {
        // Four serve SQLite best; PostgreSQL answers from elsewhere, so more can wait for it.
        let size = match connector.url {
            DatabaseUrl::Postgres(_) => 10,
            DatabaseUrl::Sqlite(_) => 4,
        };
        Self(
            Pool::builder()
                .max_size(size)
                .min_idle(Some(1))
                .connection_timeout(PATIENCE)
                .test_on_check_out(matches!(connector.url, DatabaseUrl::Postgres(_)))
                .build_unchecked(connector),
        )
    }

    /// Reads with `read`, off the thread that serves requests.
    pub(crate) async fn read<T, F>(&self, read: F) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: FnOnce(&mut AnyConnection) -> Result<T, Fault> + Send + 'static,
    {
        let pool = self.0.clone();
        tokio::task::spawn_blocking(move || {
            let mut pooled: PooledConnection<Connector> = pool
                .get()
                .map_err(|e| Fault::passing("no database connection is free").caused_by(e))?;
            let connection: &mut AnyConnection = &mut pooled;
            read(connection)
        })
        .await
        .map_err(|e| Fault::new("a read did not finish").caused_by(e))?
    }
}

/// So long a read waits for a connection before it is refused.
const PATIENCE: Duration = Duration::from_secs(3);
