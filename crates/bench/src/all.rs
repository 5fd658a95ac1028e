//! `renkei-bench all`: one server after the other on core 0, the load on core 1.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use serde::de::DeserializeOwned;

use crate::http::Connection;
use crate::table::{self, Column};
use crate::{All, report};

/// Measures everything and prints the table.
pub(crate) fn run(asked: &All) -> anyhow::Result<()> {
    let run = asked.dir.join(format!("run-{}", std::process::id()));
    fs::create_dir_all(&run)?;
    let sqlite = |name: &str| format!("sqlite://{}", run.join(name).display());
    let mut servers = vec![
        ("SQLite FULL", sqlite("full.db"), "full"),
        ("SQLite NORMAL", sqlite("normal.db"), "normal"),
    ];
    if let Some(url) = &asked.postgres {
        eprintln!("PostgreSQL should run on core 0, as: taskset -c 0 postgres …");
        servers.push(("PostgreSQL", url.clone(), "full"));
    }
    let mut columns = Vec::new();
    for (name, database, durability) in servers {
        eprintln!("{name}");
        columns.push(column(asked, &run, name, &database, durability)?);
    }
    fs::remove_dir_all(&run)?;
    say(&table::markdown(&columns));
    Ok(())
}

fn column(
    asked: &All,
    run: &Path,
    name: &str,
    database: &str,
    durability: &str,
) -> anyhow::Result<Column> {
    let serve = ["--database", database, "--durability", durability];
    let begun = Instant::now();
    let server = Server::start(run, asked.port, name, &serve.map(str::to_owned))?;
    let ready_ms = begun.elapsed().as_secs_f64() * 1000.0;
    let quick: &[&str] = if asked.quick {
        &["--runs", "1", "--seconds", "2"]
    } else {
        &[]
    };
    Ok(Column {
        name: name.to_owned(),
        ready_ms,
        report: server.drive("drive", asked.port, quick)?,
    })
}

/// A folder of banks to measure with.
pub(crate) struct Bank {
    pub(crate) name: String,
    pub(crate) tenants: PathBuf,
}

/// The journeys of one server with these banks, on a new database.
pub(crate) fn one_server(
    run: &Path,
    port: u16,
    bank: &Bank,
    seconds: u64,
) -> anyhow::Result<report::Report> {
    let database = format!(
        "sqlite://{}",
        run.join(format!("{}.db", bank.name)).display()
    );
    let tenants = bank.tenants.display().to_string();
    let serve = [
        "--database".to_owned(),
        database,
        "--tenants".to_owned(),
        tenants,
    ];
    let server = Server::start(run, port, &bank.name, &serve)?;
    let seconds = seconds.to_string();
    server.drive(
        "drive",
        port,
        &["--journeys-only", "--runs", "1", "--seconds", &seconds],
    )
}

/// This program again, on one core. `taskset` becomes it, so the process id stays.
fn on_core(core: &str) -> anyhow::Result<Command> {
    let mut command = Command::new("taskset");
    command.args(["-c", core]).arg(std::env::current_exe()?);
    Ok(command)
}

/// A server, ended when it is dropped.
pub(crate) struct Server {
    child: Child,
    log: PathBuf,
}

impl Server {
    pub(crate) fn start(
        run: &Path,
        port: u16,
        name: &str,
        serve: &[String],
    ) -> anyhow::Result<Self> {
        ensure!(Connection::open(port).is_err(), "port {port} is taken");
        let log = run.join(format!("{}.log", name.replace(' ', "-")));
        let child = on_core("0")?
            .arg("serve")
            .args(serve)
            .args(["--port", &port.to_string()])
            .arg("--keys")
            .arg(run.join("keys"))
            .stdout(Stdio::null())
            .stderr(File::create(&log)?)
            .spawn()
            .context("cannot start `taskset`")?;
        let mut server = Self { child, log };
        server.wait(port)?;
        Ok(server)
    }

    /// Runs a load generator of this program against it; what that one reports.
    pub(crate) fn drive<R: DeserializeOwned>(
        &self,
        load: &str,
        port: u16,
        how: &[&str],
    ) -> anyhow::Result<R> {
        let output = on_core("1")?
            .args([load, "--port", &port.to_string()])
            .args(["--pid", &self.child.id().to_string()])
            .args(how)
            .stderr(Stdio::inherit())
            .output()?;
        ensure!(
            output.status.success(),
            "the load generator failed; the server's log is {}",
            self.log.display()
        );
        Ok(serde_json::from_slice(&output.stdout)?)
    }

    #[expect(clippy::disallowed_methods, reason = "waits for another process")]
    fn wait(&mut self, port: u16) -> anyhow::Result<()> {
        let until = Instant::now() + Duration::from_secs(30);
        while Instant::now() < until {
            let ready = Connection::open(port).and_then(|mut http| http.get("/health/ready", ""));
            if ready.is_ok_and(|answer| answer.status < 300) {
                return Ok(());
            }
            if self.child.try_wait()?.is_some() {
                break;
            }
            thread::sleep(Duration::from_millis(1));
        }
        let log = fs::read_to_string(&self.log).unwrap_or_default();
        bail!("the server did not become ready\n{log}")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

#[expect(clippy::print_stdout, reason = "the table is this command's output")]
pub(crate) fn say(text: &str) {
    println!("{text}");
}
