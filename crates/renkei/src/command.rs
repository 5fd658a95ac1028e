//! The command line. Data goes to stdout, everything else to stderr.

mod audit;
mod client;
mod demo;
mod egov;
mod serve;
mod staff;
mod tenant;
mod zengin;

use std::io::{Write as _, stdout};
use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::compose::Parts;
use crate::keys;
use crate::settings::Settings;
use crate::world::OsRandom;

/// Renkei, the consent platform on which banks let their customers connect apps.
#[derive(Parser)]
#[command(version, about)]
pub struct CommandLine {
    /// A settings file; `renkei.toml` is read when it is there.
    #[arg(long, global = true)]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve customers and clients.
    Serve,
    /// The embedded demo banks.
    #[command(subcommand)]
    Demo(demo::Demo),
    /// Registered clients.
    #[command(subcommand)]
    Client(Box<client::Client>),
    /// The banks' folders.
    #[command(subcommand)]
    Tenant(tenant::Tenant),
    /// The public names of banks and branches.
    #[command(subcommand)]
    Zengin(zengin::Zengin),
    /// The keyring and the signing key.
    #[command(subcommand)]
    Keys(Keys),
    /// The audit record.
    #[command(subcommand)]
    Audit(audit::Audit),
    /// e-Gov: software, trust, keys, procedures, payments of fees.
    #[command(subcommand)]
    Egov(egov::Egov),
    /// Accounts of the ministries' staff.
    #[command(subcommand)]
    Staff(staff::Staff),
}

#[derive(Subcommand)]
enum Keys {
    /// Make the keys that are not there.
    Init,
    /// Add a key and seal under it from the next start on.
    Rotate,
}

/// How a command that ran ended, for whoever reads its exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// There is nothing to object to.
    Fine,
    /// It found what it was to look for: mistakes, differences.
    Found,
}

/// Runs a command.
pub fn run(line: CommandLine) -> anyhow::Result<Verdict> {
    let settings = Settings::load(line.config.as_deref())?;
    let done = match line.command {
        Command::Serve => serve::serve(settings),
        Command::Demo(demo) => wait(demo::run(demo, Parts::open(settings)?)),
        Command::Client(client) => wait(client::run(*client, Parts::open(settings)?)),
        Command::Tenant(tenant) => return tenant::run(tenant, &settings),
        Command::Zengin(zengin) => zengin::run(zengin, &settings),
        Command::Keys(Keys::Init) => keys::init(&settings.keys_dir, &OsRandom),
        Command::Keys(Keys::Rotate) => {
            let name = keys::rotate(&settings.keys_dir, &OsRandom)?;
            say(&format!("sealing under {name} from the next start on"));
            Ok(())
        }
        Command::Egov(egov) => return egov::run(egov, settings),
        Command::Staff(staff) => wait(async { staff::run(staff, &Parts::open(settings)?).await }),
        Command::Audit(audit) => wait(audit::run(audit, Parts::open(settings)?)),
    };
    done.map(|()| Verdict::Fine)
}

/// Runs what waits, for commands that do nothing beside it.
fn wait(work: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<()> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?
        .block_on(work)
}

/// Prints data to stdout.
fn say(text: &str) {
    // Whoever reads may have read enough (`| head`); that is no fault of the command.
    drop(writeln!(stdout(), "{text}"));
}
