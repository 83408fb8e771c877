//! What a reward costs, in ratios to a floor in the same run. `cargo xtask bench` runs it beside a
//! private PostgreSQL server that flushes every commit to disk.
//!
//! ```text
//! args.rs                     what is asked for
//! ground.rs, payer.rs         databases with players in them, by hand and through Guerdon
//! floor.rs, field.rs          hand-written SQL, and the tournaments that it knows by heart
//! turns.rs, contents.rs       both by turns, and whether both have written the same
//! program.rs                  the `guerdon` command
//! traffic.rs, tap.rs          what goes over the wire
//! cases/                      what is measured: one file for each case
//! report.rs                   everything that was measured
//! sections/, chart/, page.rs  what is shown of it: in the terminal, in charts, in docs/performance.md
//! ```

mod args;
mod cases;
mod chart;
mod contents;
mod field;
mod figures;
mod floor;
mod ground;
mod machine;
mod page;
mod payer;
mod program;
mod report;
mod sections;
mod stopwatch;
mod tap;
mod traffic;
mod turns;
mod words;

use std::process::ExitCode;

use clap::Parser;

use crate::args::Args;

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
    let report = cases::measure(&args::server()?, args).await?;
    report.print(args.json)?;
    if args.write { page::write(report) } else { Ok(()) }
}
