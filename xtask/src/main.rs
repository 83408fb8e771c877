//! `cargo xtask`: the chores of this workspace. This file only dispatches; one module does one chore.

mod bench;
mod ci;
mod contracts;
mod demo;
mod freeze;
mod layers;
mod migrate;
mod mutants;
mod postgres;
mod proof;
mod schedule;
mod shell;
mod test;
mod tools;
mod tune;

use std::process::ExitCode;

use clap::Parser;

/// The chores of this workspace.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
enum Chore {
    Test(test::Args),
    Postgres(postgres::Args),
    Migrate(migrate::Args),
    Demo(demo::Args),
    Layers(layers::Args),
    Contracts(contracts::Args),
    Proof(proof::Args),
    Bench(bench::Args),
    Tune(tune::Args),
    Freeze(freeze::Args),
    Mutants(mutants::Args),
    Schedule(schedule::Args),
    Ci(ci::Args),
}

fn main() -> ExitCode {
    let outcome = match Chore::parse() {
        Chore::Test(args) => test::run(&args),
        Chore::Postgres(args) => postgres::run(&args),
        Chore::Migrate(args) => migrate::run(&args),
        Chore::Demo(args) => demo::run(&args),
        Chore::Layers(args) => layers::run(&args),
        Chore::Contracts(args) => contracts::run(&args),
        Chore::Proof(args) => proof::run(&args),
        Chore::Bench(args) => bench::run(&args),
        Chore::Tune(args) => tune::run(&args),
        Chore::Freeze(args) => freeze::run(&args),
        Chore::Mutants(args) => mutants::run(&args),
        Chore::Schedule(args) => schedule::run(&args),
        Chore::Ci(args) => ci::run(&args),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}
