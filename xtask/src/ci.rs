//! `cargo xtask ci`: everything that must hold before a change is merged.

mod deny;

use std::time::Duration;

use clap::ValueEnum;

use crate::{
    contracts, freeze, layers,
    shell::{self, Failure, Stopwatch},
    test,
};

/// Run the checks that every change must pass, and sum them up.
///
/// All checks run, even after one has failed.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The checks to run, in their fixed order; default: all
    #[arg(value_enum)]
    only: Vec<Check>,

    /// Leave these checks out
    #[arg(long, value_enum, value_delimiter = ',', value_name = "CHECK")]
    except: Vec<Check>,

    /// List the checks and run none
    #[arg(long)]
    list: bool,

    /// Install PostgreSQL and PgBouncer through the system's package manager if they are missing
    #[arg(long)]
    install: bool,
}

/// The checks, the quick ones first and the tests last: their results stay in sight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Check {
    /// The code is formatted
    Fmt,
    /// Dependencies only point inward
    Layers,
    /// Clauses, their table and their tests agree
    Contracts,
    /// The hardened core is as its audits accepted it
    Freeze,
    /// Dependencies have known licences, sources, single versions and no advisories
    Deny,
    /// No lint warns
    Clippy,
    /// The documentation builds without warnings
    Docs,
    /// All tests pass
    Test,
}

/// How one check went.
struct Report {
    check: Check,
    outcome: Result<Verdict, Failure>,
    elapsed: Duration,
}

/// A success, and whether it is a whole one.
enum Verdict {
    Passed,
    /// Something could not be looked at. It is not hidden, but no fault of the change.
    PassedExcept(&'static str),
}

/// Runs the checks; fails if one of them does.
pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    let checks: Vec<_> = Check::value_variants().iter().filter(|it| args.selects(**it)).collect();
    if args.list {
        for check in checks {
            println!("{:<10} {}", check.name(), check.help());
        }
        return Ok(());
    }
    let watch = Stopwatch::start();
    let reports: Vec<_> = checks.into_iter().map(|check| check.run(args.install)).collect();
    summarise(&reports, watch.elapsed());
    let failed: Vec<_> = reports.iter().filter(|report| report.outcome.is_err()).collect();
    let names: Vec<_> = failed.iter().map(|report| report.check.name()).collect();
    Failure::unless_empty("CI failed", &names)
}

impl Args {
    fn selects(&self, check: Check) -> bool {
        (self.only.is_empty() || self.only.contains(&check)) && !self.except.contains(&check)
    }
}

impl Check {
    fn run(self, install: bool) -> Report {
        eprintln!("\n── {} ──", self.name());
        let watch = Stopwatch::start();
        let outcome = self.verdict(install);
        let elapsed = watch.elapsed();
        if let Err(failure) = &outcome {
            eprintln!("{failure}");
        }
        eprintln!("── {} took {elapsed:.1?}", self.name());
        Report { check: self, outcome, elapsed }
    }

    fn verdict(self, install: bool) -> Result<Verdict, Failure> {
        match self {
            Self::Fmt => shell::run(&mut shell::cargo(["fmt", "--all", "--check"])),
            Self::Layers => layers::run(&layers::Args {}),
            Self::Contracts => contracts::run(&contracts::Args {}),
            Self::Freeze => freeze::check(shell::root()),
            Self::Deny => return deny::run(),
            Self::Clippy => clippy(),
            Self::Docs => docs(),
            Self::Test => test::run(&test::Args { install, ..test::Args::default() }),
        }
        .map(|()| Verdict::Passed)
    }

    fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }

    fn help(self) -> String {
        let value = self.to_possible_value();
        value.and_then(|value| value.get_help().map(ToString::to_string)).unwrap_or_default()
    }
}

fn clippy() -> Result<(), Failure> {
    let args = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
    shell::run(&mut shell::cargo(args))
}

fn docs() -> Result<(), Failure> {
    let mut command = shell::cargo(["doc", "--workspace", "--no-deps"]);
    shell::run(command.env("RUSTDOCFLAGS", "-D warnings"))
}

fn summarise(reports: &[Report], total: Duration) {
    eprintln!("\ncheck      verdict       time");
    for Report { check, outcome, elapsed } in reports {
        let (verdict, remark) = match outcome {
            Ok(Verdict::Passed) => ("passed", ""),
            Ok(Verdict::PassedExcept(gap)) => ("PASSED EXCEPT", *gap),
            Err(_) => ("FAILED", ""),
        };
        eprintln!("{:<10} {verdict:<13} {:>6.1} s  {remark}", check.name(), elapsed.as_secs_f64());
    }
    eprintln!("{:<24} {:>6.1} s", "all", total.as_secs_f64());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(only: &[Check], except: &[Check]) -> Args {
        Args { only: only.to_vec(), except: except.to_vec(), list: false, install: false }
    }

    #[test]
    fn all_checks_run_unless_told_otherwise() {
        let all = Check::value_variants();

        assert!(all.iter().all(|check| args(&[], &[]).selects(*check)));
        assert!(!args(&[], &[Check::Test]).selects(Check::Test));
        assert!(!args(&[Check::Fmt], &[]).selects(Check::Test));
        assert_eq!(all.last(), Some(&Check::Test));
    }
}
