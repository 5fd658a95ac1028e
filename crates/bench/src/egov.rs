//! `renkei-bench egov`: packages from their POST to their arrival, lists of many applications, and
//! signatures; one server after the other on core 0, the load on core 1.

pub(crate) mod drive;
pub(crate) mod half;
mod software;
mod tally;

use std::fs;

use serde::{Deserialize, Serialize};

use crate::Egov;
use crate::all::{Server, say};
use crate::report::Spread;
use crate::table::spread;

/// Measures and prints the table.
pub(crate) fn run(asked: &Egov) -> anyhow::Result<()> {
    let run = asked.dir.join(format!("egov-{}", std::process::id()));
    fs::create_dir_all(&run)?;
    let sqlite = format!("sqlite://{}", run.join("full.db").display());
    let mut servers = vec![("SQLite FULL", sqlite)];
    if let Some(url) = &asked.postgres {
        eprintln!("PostgreSQL should run on core 0, as: taskset -c 0 postgres …");
        servers.push(("PostgreSQL", url.clone()));
    }
    let folder = run.join("egov").display().to_string();
    let mut columns = Vec::new();
    for (name, database) in servers {
        eprintln!("{name}");
        let serve = ["--database", &database, "--egov", &folder].map(str::to_owned);
        let server = Server::start(&run, asked.port, name, &serve)?;
        let mut how = vec!["--folder", &folder];
        how.extend(asked.quick.then_some("--quick"));
        columns.push((name, server.drive("egov-drive", asked.port, &how)?));
    }
    fs::remove_dir_all(&run)?;
    say(&table(&columns));
    Ok(())
}

/// Everything that one server showed.
#[derive(Serialize, Deserialize)]
pub(crate) struct Report {
    stored: usize,
    /// 3.4 by number: eight connections, then one.
    packages: [Reads; 2],
    /// 3.5: eight connections, then one.
    applications: [Reads; 2],
    /// At the target's pace.
    paced: Sending,
    /// As fast as they arrive.
    closed: Sending,
    /// As fast as they are acknowledged: more than can be checked.
    flooded: Sending,
    verifications_per_second: f64,
    memory_mb: f64,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Reads {
    per_second: f64,
    spread: Spread,
}

/// Packages sent for a while.
#[derive(Serialize, Deserialize)]
pub(crate) struct Sending {
    seconds: f64,
    sent_per_second: f64,
    arrived_per_second: f64,
    /// What one connection waits for: its answer, or 到達.
    answer: Spread,
    /// POST to 到達.
    arrival: Spread,
    /// Packages not yet checked, each second.
    backlog: Vec<u64>,
    processor_ms: f64,
}

impl Sending {
    /// Whether the second half of the samples lies above the first by more than a quarter and the eight
    /// packages that the connections have under way.
    fn grows(&self) -> bool {
        let (first, second) = self.backlog.split_at(self.backlog.len() / 2);
        let mean = |part: &[u64]| {
            let count = u64::try_from(part.len()).unwrap_or_default().max(1);
            part.iter().sum::<u64>() / count
        };
        let (first, second) = (mean(first), mean(second));
        second > first + first / 4 + 8
    }

    fn backlog(&self) -> String {
        let most = self.backlog.iter().max().copied().unwrap_or_default();
        let end = self.backlog.last().copied().unwrap_or_default();
        let grows = if self.grows() { "grows" } else { "steady" };
        format!("{end} / {most} / {grows}")
    }
}

type Of<T> = fn(&Report) -> &T;

fn table(columns: &[(&str, Report)]) -> String {
    let mut text = String::from("| |");
    let names = columns.iter().map(|(name, _)| format!(" {name} |"));
    text.extend(names);
    text.push_str("\n|---|");
    text.push_str(&"---:|".repeat(columns.len()));
    let mut row = |name: &str, cell: &dyn Fn(&Report) -> String| {
        let cells = columns.iter().map(|(_, report)| cell(report));
        text.extend(["\n| ", name, " |"]);
        text.extend(cells.map(|cell| format!(" {cell} |")));
    };
    row(
        "**packages/s from POST to 到達, 8 connections** (target ≥ 100)",
        &|r| format!("**{:.0}**", r.closed.arrived_per_second),
    );
    let sendings: [(&str, Of<Sending>); 3] = [
        ("closed loop to 到達", |r| &r.closed),
        ("100/s offered", |r| &r.paced),
        ("closed loop to the acknowledgement (overload)", |r| {
            &r.flooded
        }),
    ];
    for (how, of) in sendings {
        row(&format!("… {how}: for so many s"), &|r| {
            format!("{:.0}", of(r).seconds)
        });
        row(&format!("… {how}: acknowledged/s, arrived/s"), &|r| {
            let sending = of(r);
            let (sent, arrived) = (sending.sent_per_second, sending.arrived_per_second);
            format!("{sent:.0}, {arrived:.0}")
        });
        row(
            &format!("… {how}: backlog at the end / maximum / does it grow"),
            &|r| of(r).backlog(),
        );
        row(
            &format!("… {how}: a connection waits, p50 / p95 / p99 ms"),
            &|r| spread(&of(r).answer),
        );
        row(
            &format!("… {how}: POST to 到達, p50 / p95 / p99 ms"),
            &|r| spread(&of(r).arrival),
        );
        row(
            &format!("… {how}: server's processor time per arrival, ms"),
            &|r| format!("{:.2}", of(r).processor_ms),
        );
    }
    row(
        "applications of the one user stored, 200 in a package",
        &|r| r.stored.to_string(),
    );
    let lists: [(&str, Of<[Reads; 2]>); 2] = [
        ("3.4 by number", |r| &r.packages),
        ("3.5", |r| &r.applications),
    ];
    for (what, of) in lists {
        for (index, how) in ["8 connections", "1 connection"].into_iter().enumerate() {
            let name = format!("{what}, {how}: p50 / p95 / p99 ms (target p95 ≤ 50)");
            row(&name, &|r| {
                of(r).get(index).map_or_else(String::new, |reads| {
                    format!("{} at {:.0}/s", spread(&reads.spread), reads.per_second)
                })
            });
        }
    }
    row(
        "signature verifications/s, one thread (target ≥ 2,000)",
        &|r| format!("{:.0}", r.verifications_per_second),
    );
    row("memory after, MB", &|r| format!("{:.0}", r.memory_mb));
    text
}
