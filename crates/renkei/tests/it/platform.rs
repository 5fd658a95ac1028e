//! The platform as a process: its own folder, port and database, begun from one that was seeded once.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use renkei_store::{Durability, SqlStore};
use serde_json::Value;

mod trouble;

/// Where a platform keeps its data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    /// The engines there are on this machine.
    pub(crate) fn all() -> Vec<Self> {
        match postgres() {
            Some(_) => vec![Self::Sqlite, Self::Postgres],
            None => vec![Self::Sqlite],
        }
    }
}

/// A platform with one process, or two on the same database.
pub(crate) struct Platform {
    folder: PathBuf,
    port: u16,
    database_url: String,
    process: Option<Child>,
    /// Settings beside the usual ones.
    more: Vec<(String, String)>,
    pub(crate) info: Value,
}

impl Platform {
    /// Starts one with more settings, after its folder was changed.
    pub(crate) fn start_with_settings(
        settings: &[(&str, &str)],
        change: impl FnOnce(&Self),
    ) -> Self {
        let mut platform = Self::prepare(Engine::Sqlite);
        let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        platform.more = settings.iter().map(own).collect();
        change(&platform);
        platform.run();
        platform
    }

    /// Starts one.
    pub(crate) fn start(engine: Engine) -> Self {
        let mut platform = Self::prepare(engine);
        platform.run();
        platform
    }

    /// Starts one with a bank of the tests' own beside those that are shipped.
    pub(crate) fn start_with_bank(engine: Engine, bank: &str) -> Self {
        let mut platform = Self::prepare(engine);
        let own = Path::new(OWN_TENANTS).join(bank);
        copy(&own, &platform.folder.join("tenants").join(bank));
        platform.command(&["demo", "seed"]);
        platform.run();
        platform
    }

    /// Starts one whose folder was changed before: its banks in `tenants/`, its settings in
    /// `renkei.toml`.
    pub(crate) fn start_with(engine: Engine, change: impl FnOnce(&Path)) -> Self {
        let mut platform = Self::prepare(engine);
        change(&platform.folder);
        platform.run();
        platform
    }

    /// Starts one with the e-Gov half on, the procedures of the tests, and more of its settings.
    pub(crate) fn start_with_egov(engine: Engine, more: &str) -> Self {
        let mut platform = Self::prepare(engine);
        let file = format!(
            "[egov]\non = true\nsandbox = true\nfolder = \"egov\"\nprocedures_dir = \"{PROCEDURES}\"\n{more}\n"
        );
        fs::write(platform.folder.join("renkei.toml"), file).unwrap();
        platform.command(&["demo", "seed"]);
        let info = platform.command(&["demo", "info", "--json"]);
        platform.info = serde_json::from_str(&info).unwrap();
        platform.run();
        platform
    }

    /// Prepares one that does not run yet.
    pub(crate) fn prepare(engine: Engine) -> Self {
        let seeded = seeded(engine);
        let folder = new_folder();
        copy(&seeded.folder.join("keys"), &folder.join("keys"));
        copy(Path::new(TENANTS), &folder.join("tenants"));
        let database_url = match engine {
            Engine::Sqlite => {
                fs::copy(seeded.folder.join("renkei.db"), folder.join("renkei.db")).unwrap();
                // What a process had not folded into the file when it ended.
                let log = seeded.folder.join("renkei.db-wal");
                if log.exists() {
                    fs::copy(log, folder.join("renkei.db-wal")).unwrap();
                }
                format!("sqlite://{}", folder.join("renkei.db").display())
            }
            Engine::Postgres => new_database(Some("renkei_seeded")),
        };
        let mut platform = Self {
            folder,
            port: free_port(),
            database_url,
            process: None,
            more: Vec::new(),
            info: Value::Null,
        };
        platform.info =
            serde_json::from_str(&platform.command(&["demo", "info", "--json"])).unwrap();
        platform
    }

    /// A second process on the same database and keys, at an address of its own that it does not
    /// tell anybody: as behind a load balancer.
    pub(crate) fn twin(&self) -> Twin {
        let port = free_port();
        let process = serve(
            &self.folder,
            port,
            &self.base_url(),
            &self.database_url,
            &[],
        );
        Twin { port, process }
    }

    /// Starts the process that was stopped.
    pub(crate) fn run(&mut self) {
        self.process = Some(serve(
            &self.folder,
            self.port,
            &self.base_url(),
            &self.database_url,
            &self.more,
        ));
    }

    /// `kill -9`.
    pub(crate) fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().unwrap();
            process.wait().unwrap();
        }
    }

    pub(crate) fn base_url(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// The same port under another host name.
    pub(crate) fn at_host(&self, host: &str) -> String {
        format!("http://{host}:{}", self.port)
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Runs a command of the binary beside the server; its stdout.
    pub(crate) fn command(&self, args: &[&str]) -> String {
        let (ok, stdout, stderr) = self.try_command(args);
        assert!(ok, "renkei {args:?}: {stderr}");
        stdout
    }

    /// Runs a command that may fail: whether it did not, stdout, stderr.
    pub(crate) fn try_command(&self, args: &[&str]) -> (bool, String, String) {
        let output = renkei(&self.folder, &self.base_url(), &self.database_url)
            .args(args)
            .output()
            .unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (
            output.status.success(),
            text(&output.stdout),
            text(&output.stderr),
        )
    }

    /// Changes a bank's file and starts the process anew.
    pub(crate) fn rewrite_tenant(&mut self, tenant: &str, change: impl FnOnce(String) -> String) {
        let file = self.folder.join(format!("tenants/{tenant}/tenant.yaml"));
        let old = fs::read_to_string(&file).unwrap();
        let new = change(old.clone());
        assert_ne!(old, new, "the file is as it was");
        fs::write(&file, new).unwrap();
        self.kill();
        self.run();
    }

    /// The database, for looking and for moving what only time moves.
    pub(crate) fn store(&self) -> SqlStore {
        SqlStore::open(&self.database_url.parse().unwrap(), Durability::Normal).unwrap()
    }

    /// What the process has logged so far.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.folder.join("server.log")).unwrap_or_default()
    }

    /// Tells the process to load the banks anew.
    pub(crate) fn hang_up(&self) {
        let id = self.process.as_ref().unwrap().id().to_string();
        assert!(
            Command::new("kill")
                .args(["-HUP", &id])
                .status()
                .unwrap()
                .success()
        );
    }

    /// A demo customer, by login ID.
    pub(crate) fn customer(&self, login_id: &str) -> Value {
        let customers = self.info["customers"].as_array().unwrap();
        customers
            .iter()
            .find(|c| c["login_id"] == login_id)
            .unwrap()
            .clone()
    }

    /// A demo client, by profile.
    pub(crate) fn client(&self, profile: &str) -> Value {
        let clients = self.info["clients"].as_array().unwrap();
        clients
            .iter()
            .find(|c| c["profile"] == profile)
            .unwrap()
            .clone()
    }

    /// Every byte of the log and of the database file, for looking for what must not be there.
    pub(crate) fn traces(&self) -> String {
        let mut all = String::new();
        for name in ["server.log", "renkei.db", "renkei.db-wal"] {
            if let Ok(bytes) = fs::read(self.folder.join(name)) {
                all.push_str(&String::from_utf8_lossy(&bytes));
            }
        }
        all
    }
}

impl Drop for Platform {
    fn drop(&mut self) {
        self.kill();
        if !std::thread::panicking() {
            // A folder that stays is no reason to fail.
            drop(fs::remove_dir_all(&self.folder));
        }
    }
}

/// A second process.
pub(crate) struct Twin {
    port: u16,
    process: Child,
}

impl Twin {
    pub(crate) fn address(&self) -> String {
        format!("http://localhost:{}", self.port)
    }
}

impl Drop for Twin {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

fn renkei(folder: &Path, base_url: &str, database_url: &str) -> Command {
    settings(Command::new(BINARY), folder, base_url, database_url)
}

fn settings(mut command: Command, folder: &Path, base_url: &str, database_url: &str) -> Command {
    command
        .current_dir(folder)
        .env("RENKEI__BASE_URL", base_url)
        .env("RENKEI__DATABASE_URL", database_url)
        .env("RENKEI__TENANTS_DIR", "tenants")
        .env("RENKEI__KEYS_DIR", "keys")
        .env("RENKEI__PID_FILE", "renkei.pid")
        .env("RENKEI__MAIL__FOLDER", "mail")
        .env("RENKEI__WORKERS", "2");
    command
}

fn serve(
    folder: &Path,
    port: u16,
    base_url: &str,
    database_url: &str,
    more: &[(String, String)],
) -> Child {
    let log = fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(folder.join("server.log"))
        .unwrap();
    // A write beyond the largest file that is allowed shall fail as on a full disk, not kill.
    let mut shell = Command::new("sh");
    shell.args(["-c", "trap '' XFSZ; exec \"$0\" serve", BINARY]);
    let mut process = settings(shell, folder, base_url, database_url)
        .env("RENKEI__LISTEN", format!("127.0.0.1:{port}"))
        .envs(more.iter().map(|(name, value)| (name, value)))
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The log goes into a file by way of us, so that its line "ready" can be waited for.
    let mut lines = BufReader::new(process.stderr.take().unwrap()).lines();
    let mut log = log;
    loop {
        let line = lines
            .next()
            .expect("the server ended before it was ready")
            .unwrap();
        std::io::Write::write_all(&mut log, format!("{line}\n").as_bytes()).unwrap();
        if line.contains("\"ready\"") {
            break;
        }
    }
    std::thread::spawn(move || {
        for line in lines.map_while(Result::ok) {
            drop(std::io::Write::write_all(
                &mut log,
                format!("{line}\n").as_bytes(),
            ));
        }
    });
    process
}

struct Seeded {
    folder: PathBuf,
}

/// Seeds once for each engine; everything else begins from a copy.
fn seeded(engine: Engine) -> &'static Seeded {
    static SQLITE: OnceLock<Seeded> = OnceLock::new();
    static POSTGRES: OnceLock<Seeded> = OnceLock::new();
    let cell = match engine {
        Engine::Sqlite => &SQLITE,
        Engine::Postgres => &POSTGRES,
    };
    cell.get_or_init(|| {
        let folder = new_folder();
        copy(Path::new(TENANTS), &folder.join("tenants"));
        let database_url = match engine {
            Engine::Sqlite => format!("sqlite://{}", folder.join("renkei.db").display()),
            Engine::Postgres => {
                sql("DROP DATABASE IF EXISTS renkei_seeded");
                sql("CREATE DATABASE renkei_seeded");
                format!("{}/renkei_seeded", postgres().unwrap())
            }
        };
        for args in [["keys", "init"], ["demo", "seed"]] {
            let done = renkei(&folder, "http://localhost:1", &database_url)
                .args(args)
                .output()
                .unwrap();
            assert!(
                done.status.success(),
                "{args:?}: {}",
                String::from_utf8_lossy(&done.stderr)
            );
        }
        Seeded { folder }
    })
}

/// The server that `./test` has started, without a database at its end.
#[expect(
    clippy::disallowed_methods,
    reason = "how ./test tells where PostgreSQL is"
)]
fn postgres() -> Option<String> {
    std::env::var("RENKEI_TEST_POSTGRES")
        .ok()
        .filter(|url| !url.is_empty())
}

fn new_database(template: Option<&str>) -> String {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let name = format!("renkei_{}_{number}", std::process::id());
    let template = template
        .map(|t| format!(" TEMPLATE {t}"))
        .unwrap_or_default();
    sql(&format!("CREATE DATABASE {name}{template}"));
    format!("{}/{name}", postgres().unwrap())
}

fn hang_up_on_all(database: &str) {
    sql(&format!(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'"
    ));
}

fn sql(statement: &str) {
    let url = format!("{}/postgres", postgres().unwrap());
    let done = Command::new("psql")
        .args([&url, "-qc", statement])
        .output()
        .unwrap();
    assert!(
        done.status.success(),
        "{statement}: {}",
        String::from_utf8_lossy(&done.stderr)
    );
}

fn new_folder() -> PathBuf {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("renkei-it-{}-{number}", std::process::id()));
    // A process id comes round again: what an earlier run left is not ours.
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

pub(crate) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}

const BINARY: &str = env!("CARGO_BIN_EXE_renkei");
const TENANTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tenants");
const PROCEDURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/procedures");
const OWN_TENANTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tenants");
