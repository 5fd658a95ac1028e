//! The benchmark: a server of its own with a bank that verifies at once, a load generator that walks
//! whole journeys, and the table of `docs/benchmark.md`. Never shipped.

mod all;
mod bank;
mod counted;
mod drive;
mod http;
mod party;
mod report;
mod serve;
mod table;
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
    }
}
