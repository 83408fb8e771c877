//! `cargo xtask test`: every test of the workspace, with the PostgreSQL server that some of them need.

use std::process::Command;

use postgres_keeper::POOLER_VARIABLE;

use crate::{
    postgres::{Durability, Server, binaries, pooler},
    proof,
    shell::{self, Failure, Stopwatch},
};

/// Run all tests of the workspace, on SQLite and on a private PostgreSQL server.
///
/// The server lives in a temporary directory, listens on 127.0.0.1 only and is gone afterwards.
/// No test is ever skipped for want of a database, or of the pooler that some put before it. After all tests, `docs/proof.md` must say what
/// they have shown.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct Args {
    /// Install PostgreSQL and PgBouncer through the system's package manager if they are missing
    #[arg(long)]
    pub(crate) install: bool,

    /// Run the long variants, too: every order, every crash, larger fields; takes hours
    #[arg(long)]
    pub(crate) exhaustive: bool,

    /// Arguments for `cargo test`; a `--package` among them replaces `--workspace`
    #[arg(last = true, value_name = "CARGO TEST ARGS")]
    pub(crate) cargo: Vec<String>,
}

/// Runs the tests; fails with the exit code of `cargo test`.
pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    let watch = Stopwatch::start();
    let whole = args.cargo.is_empty();
    if whole {
        proof::forget()?;
    }
    let directory = binaries::locate(args.install)?;
    let pooler = pooler::locate(args.install)?;
    let server = Server::start(&directory, Durability::Disposable)?;

    let tested = server.during(cargo_test(args).env(POOLER_VARIABLE, pooler));

    let verdict = if tested.is_ok() { "all tests passed" } else { "tests FAILED" };
    if tested.is_err() {
        server.keep_log();
    }
    drop(server);
    eprintln!("xtask test: {verdict} in {:.1?}", watch.elapsed());
    tested?;
    if whole { proof::check() } else { Ok(()) }
}

/// Tells the tests to run their long variants.
const EXHAUSTIVE_VARIABLE: &str = "GUERDON_EXHAUSTIVE";

fn cargo_test(args: &Args) -> Command {
    let extra = &args.cargo;
    // Cargo lets `--workspace` win over `--package` without a word.
    let scope = if names_packages(extra) { None } else { Some("--workspace") };
    let mut command = shell::cargo(["test"]);
    command.args(scope).args(extra);
    if args.exhaustive {
        command.env(EXHAUSTIVE_VARIABLE, "1");
    }
    command
}

fn names_packages(cargo: &[String]) -> bool {
    cargo
        .iter()
        .take_while(|arg| *arg != "--")
        .any(|arg| arg.starts_with("--package") || arg.starts_with("-p"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(command: &Command) -> Vec<&str> {
        command.get_args().filter_map(|arg| arg.to_str()).collect()
    }

    fn args(cargo: &[&str]) -> Args {
        let cargo = cargo.iter().map(ToString::to_string).collect();
        Args { cargo, ..Args::default() }
    }

    #[test]
    fn the_whole_workspace_is_tested_unless_packages_are_named() {
        let filtered = cargo_test(&args(&["locking", "--", "-p"]));
        let narrowed = cargo_test(&args(&["-p", "ports"]));

        assert_eq!(words(&filtered), ["test", "--workspace", "locking", "--", "-p"]);
        assert_eq!(words(&narrowed), ["test", "-p", "ports"]);
    }

    #[test]
    fn only_an_exhaustive_run_tells_the_tests_to_be_exhaustive() {
        let told = |exhaustive| {
            let command = cargo_test(&Args { exhaustive, ..Args::default() });
            command.get_envs().any(|(name, value)| {
                name == EXHAUSTIVE_VARIABLE && value.is_some_and(|it| it == "1")
            })
        };

        assert!(told(true));
        assert!(!told(false));
    }
}
