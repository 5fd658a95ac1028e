//! `renkei`: see `renkei --help`.

use std::process::ExitCode;

use clap::Parser;
use renkei::command::{CommandLine, run};

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match run(CommandLine::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("renkei: {error:#}");
            ExitCode::FAILURE
        }
    }
}
