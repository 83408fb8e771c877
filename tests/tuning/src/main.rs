//! What settings of PostgreSQL, a pooler and the size of the pool do to the time that rewards take.
//! `cargo xtask tune` runs it; `docs/operations.md` has what it said.

mod candidates;
mod figures;
mod pools;
mod report;
mod settings;
mod site;
mod stopwatch;

use std::process::ExitCode;

use clap::Parser;

/// Why a measurement came to nothing.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Measure what settings do, by turns: each candidate beside the usual settings in every round.
#[derive(Debug, Parser)]
#[command(name = "tuning")]
struct Args {
    /// Participants of a tournament
    #[arg(long, default_value_t = 10_000)]
    participants: u32,

    /// Rounds that count; one more warms up
    #[arg(long, default_value_t = 7)]
    rounds: u32,

    /// Measure only candidates whose name contains this
    #[arg(long, default_value = "")]
    only: String,

    /// Leave the sizes of the pool out
    #[arg(long)]
    no_pools: bool,
}

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
    let measured = settings::measure(args).await?;
    report::settings(args, &measured);
    if !args.no_pools {
        report::pools(&pools::measure(args).await?);
    }
    Ok(())
}
