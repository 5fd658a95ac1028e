//! `renkei`: see `renkei --help`.

use std::process::ExitCode;

use clap::Parser;
use renkei::command::{CommandLine, Verdict, run};

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match run(CommandLine::parse()) {
        Ok(Verdict::Fine) => ExitCode::SUCCESS,
        Ok(Verdict::Found) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("renkei: {error:#}");
            ExitCode::FAILURE
        }
    }
}
