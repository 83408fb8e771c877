//! `cargo xtask proof`: the tables of `docs/proof.md`, from what the ablation tests have shown.

mod table;

use std::{fs, io, path::PathBuf};

use self::table::Row;
use crate::{
    shell::{self, Failure},
    test,
};

/// Run the ablation tests, and write what they have shown into docs/proof.md.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Write nothing; fail if docs/proof.md says something else
    #[arg(long)]
    check: bool,

    /// Install PostgreSQL through the system's package manager if it is missing
    #[arg(long)]
    install: bool,
}

const PAGE: &str = "docs/proof.md";
const BEGIN: &str = "<!-- What follows is written by `cargo xtask proof`. -->\n";
const END: &str = "<!-- What `cargo xtask proof` writes ends here. -->\n";

/// Runs the tests; fails if one of them does.
pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    forget()?;
    let cargo = ["--package", "ablations"].map(String::from).to_vec();
    test::run(&test::Args { install: args.install, cargo, ..test::Args::default() })?;
    if args.check {
        return check();
    }
    fs::write(path(), shown_on(&page()?)?).map_err(|error| unwritable(&error))
}

/// Forgets what earlier runs have shown, so that no test speaks that is gone.
pub(crate) fn forget() -> Result<(), Failure> {
    match fs::remove_dir_all(rows_directory()) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(unwritable(&error)),
        _ => Ok(()),
    }
}

/// Fails unless the page says what the tests have shown.
pub(crate) fn check() -> Result<(), Failure> {
    let page = page()?;
    if shown_on(&page)? == page {
        return Ok(());
    }
    Err(Failure::new(format!("{PAGE} is not what the tests have shown: run `cargo xtask proof`")))
}

/// `page` with the tables of this run in the place of those that it has.
fn shown_on(page: &str) -> Result<String, Failure> {
    let marks = || Failure::new(format!("{PAGE} has lost the marks around its tables"));
    let (before, rest) = page.split_once(BEGIN).ok_or_else(marks)?;
    let (_, after) = rest.split_once(END).ok_or_else(marks)?;
    let tables = table::of(&rows()?);
    Ok(format!("{before}{BEGIN}\n{tables}\n{END}{after}"))
}

fn rows() -> Result<Vec<Row>, Failure> {
    let none = || Failure::new("no ablation has been shown: run `cargo xtask proof`");
    let entries = fs::read_dir(rows_directory()).map_err(|_| none())?;
    let row = |entry: fs::DirEntry| {
        let unreadable = |error: &dyn std::fmt::Display| {
            Failure::new(format!("cannot read {}: {error}", entry.path().display()))
        };
        let text = fs::read_to_string(entry.path()).map_err(|error| unreadable(&error))?;
        serde_json::from_str(&text).map_err(|error| unreadable(&error))
    };
    entries.flatten().map(row).collect()
}

/// Where the tests leave what they have shown.
fn rows_directory() -> PathBuf {
    shell::target().join("proof")
}

fn path() -> PathBuf {
    shell::root().join(PAGE)
}

fn page() -> Result<String, Failure> {
    fs::read_to_string(path()).map_err(|error| Failure::new(format!("cannot read {PAGE}: {error}")))
}

fn unwritable(error: &io::Error) -> Failure {
    Failure::new(format!("cannot write: {error}"))
}
