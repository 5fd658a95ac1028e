//! The benchmark: a server of its own with a bank that verifies at once, a load generator that walks
//! whole journeys, and the table of `docs/benchmark.md`. Never shipped.

mod all;
mod bank;
mod counted;
mod drive;
mod egov;
mod http;
mod party;
mod report;
mod serve;
mod table;
mod tenants;
mod walk;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Measures Renkei.
#[derive(Parser)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Everything: a server on core 0, the load on core 1, one table on stdout.
    All(All),
    /// The server alone, with one worker. Pin it: `taskset -c 0 renkei-bench serve …`.
    Serve(Serve),
    /// The load alone, as JSON on stdout. Pin it: `taskset -c 1 renkei-bench drive …`.
    Drive(Drive),
    /// The e-Gov half: packages to their arrival, lists of many applications, signatures.
    Egov(Egov),
    /// The load of `egov` alone, as JSON on stdout.
    EgovDrive(EgovDrive),
    /// What a thousand banks cost against one: load time, memory, a journey's p95.
    Tenants(Tenants),
}

#[derive(Args)]
struct Tenants {
    /// How many banks are generated.
    #[arg(long, default_value_t = 1000)]
    count: usize,
    /// Interleaved pairs of servers, of which the median counts.
    #[arg(long, default_value_t = 5)]
    pairs: usize,
    /// Seconds of one run.
    #[arg(long, default_value_t = 4)]
    seconds: u64,
    /// Where folders, databases and logs go: a folder on a real disk.
    #[arg(long, default_value = "target/bench")]
    dir: PathBuf,
    /// The port to listen on.
    #[arg(long, default_value_t = 18081)]
    port: u16,
    /// Load this folder, tell what it cost, and end: what the others are made of.
    #[arg(long)]
    load: Option<PathBuf>,
}

#[derive(Args)]
struct Egov {
    /// Also measure this PostgreSQL server; pin it to core 0 yourself, and give an empty database.
    #[arg(long)]
    postgres: Option<String>,
    /// 5,000 applications and short runs: for smoke tests.
    #[arg(long)]
    quick: bool,
    /// Where databases, keys and logs go: a folder on a real disk.
    #[arg(long, default_value = "target/bench")]
    dir: PathBuf,
    /// The port to listen on.
    #[arg(long, default_value_t = 18082)]
    port: u16,
}

#[derive(Args)]
struct EgovDrive {
    /// The port the server listens on.
    #[arg(long)]
    port: u16,
    /// The server's process, whose memory is read.
    #[arg(long)]
    pid: u32,
    /// The folder that `serve --egov` made.
    #[arg(long)]
    folder: PathBuf,
    /// Short runs.
    #[arg(long)]
    quick: bool,
}

#[derive(Args)]
struct All {
    /// Also measure this PostgreSQL server; pin it to core 0 yourself, and give an empty database.
    #[arg(long)]
    postgres: Option<String>,
    /// One run of two seconds each: for smoke tests.
    #[arg(long)]
    quick: bool,
    /// Where databases, keys and logs go: a folder on a real disk.
    #[arg(long, default_value = "target/bench")]
    dir: PathBuf,
    /// The port to listen on.
    #[arg(long, default_value_t = 18080)]
    port: u16,
}

#[derive(Args)]
struct Serve {
    /// `sqlite://path` or `postgres://…`.
    #[arg(long)]
    database: String,
    /// SQLite's durability.
    #[arg(long, value_enum, default_value_t = Durability::Full)]
    durability: Durability,
    /// Where the keys are, or are made.
    #[arg(long, default_value = "target/bench/keys")]
    keys: PathBuf,
    /// The port to listen on.
    #[arg(long, default_value_t = 18080)]
    port: u16,
    /// The banks' folders; the bench's own bank when not given.
    #[arg(long)]
    tenants: Option<PathBuf>,
    /// Serve the e-Gov half too; its certificates are made in this folder.
    #[arg(long)]
    egov: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Durability {
    Full,
    Normal,
}

#[derive(Args)]
struct Drive {
    /// The port the server listens on.
    #[arg(long, default_value_t = 18080)]
    port: u16,
    /// The server's process, whose memory is read.
    #[arg(long)]
    pid: u32,
    /// Runs, of which the median counts.
    #[arg(long, default_value_t = 3)]
    runs: usize,
    /// Seconds of one run.
    #[arg(long, default_value_t = 8)]
    seconds: u64,
    /// Seconds before each run that do not count.
    #[arg(long, default_value_t = 1)]
    warm_up: u64,
    /// Walk journeys only, and nothing after them: for profiles.
    #[arg(long)]
    journeys_only: bool,
}

fn main() -> anyhow::Result<()> {
    match CommandLine::parse().command {
        Command::All(asked) => all::run(&asked),
        Command::Serve(asked) => serve::run(&asked),
        Command::Drive(asked) => drive::run(&asked),
        Command::Egov(asked) => egov::run(&asked),
        Command::EgovDrive(asked) => egov::drive::run(&asked),
        Command::Tenants(asked) => tenants::run(&asked),
    }
}
