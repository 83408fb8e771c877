//! What a reward costs, in ratios to a floor in the same run. `cargo xtask bench` runs it beside a
//! private PostgreSQL server that flushes every commit to disk.

mod args;
mod cases;
mod contents;
mod field;
mod figures;
mod floor;
mod ground;
mod report;
mod stopwatch;
mod turns;

use std::process::ExitCode;

use clap::Parser;

use crate::{args::Args, ground::Ground, report::Report};

/// Why a measurement came to nothing.
type Failure = Box<dyn std::error::Error + Send + Sync>;

#[tokio::main]
async fn main() -> ExitCode {
    match run(&Args::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

async fn run(args: &Args) -> Result<(), Failure> {
    let players = cases::players_max(args);
    let ground = Ground::prepare(&args::server()?, players, args.settings()).await?;
    let report = cases::measure(&ground, args).await?;
    contents::verify(&ground).await?;
    report.print(args.json)
}
