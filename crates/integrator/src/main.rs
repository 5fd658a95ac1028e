//! Starts the sample accounting app.

use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use renkei_integrator::Settings;
use tracing_subscriber::EnvFilter;

/// かけはし会計, a sample accounting app that connects to banks through Renkei
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Settings in TOML or JSON
    #[arg(long, value_name = "FILE")]
    settings: Option<PathBuf>,
    /// What `renkei demo info --json` printed: platform, banks and client of the demo
    #[arg(long, value_name = "FILE")]
    demo_info: Option<PathBuf>,
}

#[actix_web::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("renkei-integrator: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let filter = EnvFilter::try_from_default_env();
    let filter = filter.unwrap_or_else(|_| EnvFilter::new("info,actix_server=warn"));
    tracing_subscriber::fmt()
        .with_ansi(io::stderr().is_terminal())
        .with_writer(io::stderr)
        .with_env_filter(filter)
        .init();
    let settings = Settings::load(
        arguments.settings.as_deref(),
        arguments.demo_info.as_deref(),
    )?;
    let listeners = renkei_integrator::listeners(&settings)?;
    let server = renkei_integrator::server(&settings, listeners)?;
    tracing::info!(app_url = %settings.app_url, base_url = %settings.base_url, "ready");
    Ok(server.await?)
}
