//! The suite of `renkei-testkit` on both engines.

use diesel::connection::SimpleConnection;
use diesel::{Connection, QueryableByName, RunQueryDsl, SqliteConnection, sql_types};
use renkei_store::{DatabaseUrl, Durability, SqlStore};
use renkei_testkit::{egov, store};

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = sql_types::BigInt)]
    count: i64,
}

#[tokio::test]
async fn sqlite_conforms() {
    let path = std::env::temp_dir().join(format!("renkei-store-{}.db", std::process::id()));
    let url = format!("sqlite://{}", path.display()).parse().unwrap();
    let store = SqlStore::open(&url, Durability::Full).unwrap();
    suites(&store).await;
    let mut file = SqliteConnection::establish(&path.display().to_string()).unwrap();
    // The store may be busy with the file.
    file.batch_execute("PRAGMA busy_timeout = 60000").unwrap();
    let refused = "SELECT count(*) AS count FROM package WHERE arrived = 0";
    let kept = "SELECT count(*) AS count FROM package_archive JOIN package USING (send_number) \
         WHERE arrived = 0";
    let mut count = |sql| {
        let counted = diesel::sql_query(sql).get_result::<Count>(&mut file);
        counted.unwrap().count
    };
    assert!(count(refused) > 0, "the suite refuses a package");
    assert_eq!(count(kept), 0, "of which no archive is kept");
    for end in ["", "-wal", "-shm"] {
        drop(std::fs::remove_file(format!("{}{end}", path.display())));
    }
}

#[tokio::test]
#[expect(
    clippy::disallowed_methods,
    reason = "how ./test tells where PostgreSQL is"
)]
async fn postgresql_conforms() {
    let Ok(server) = std::env::var("RENKEI_TEST_POSTGRES") else {
        return;
    };
    let name = format!("renkei_store_{}", std::process::id());
    let created = std::process::Command::new("psql")
        .args([
            &format!("{server}/postgres"),
            "-qc",
            &format!("CREATE DATABASE {name}"),
        ])
        .status()
        .unwrap();
    assert!(created.success());
    let url: DatabaseUrl = format!("{server}/{name}").parse().unwrap();
    suites(&SqlStore::open(&url, Durability::Full).unwrap()).await;
}

async fn suites(sql: &SqlStore) {
    store::suite(sql).await;
    egov::suite(sql, sql).await;
}
