//! Installs PostgreSQL through the package manager that the system has.

use std::process::Command;

use super::account;
use crate::shell::{self, Failure};

/// A package manager: its program and the argument lists that install the server, in order.
type Manager = (&'static str, &'static [&'static [&'static str]]);

const MANAGERS: [Manager; 5] = [
    ("apt-get", &[&["update"], &["install", "--yes", "--no-install-recommends", "postgresql"]]),
    ("dnf", &[&["install", "--assumeyes", "postgresql-server"]]),
    ("apk", &[&["add", "postgresql"]]),
    ("pacman", &[&["-S", "--needed", "--noconfirm", "postgresql"]]),
    ("brew", &[&["install", "postgresql"]]),
];

/// Installs the server programs.
pub(crate) fn install() -> Result<(), Failure> {
    let (program, steps) = manager().ok_or_else(|| Failure::unprepared(advice()))?;
    steps.iter().try_for_each(|args| shell::run(&mut command(program, args)?))
}

/// What to do where the server programs are missing, to the letter.
pub(crate) fn advice() -> String {
    let missing = "the tests need the PostgreSQL server programs (initdb, pg_ctl, postgres)";
    let elsewhere = "If they are installed, set GUERDON_PG_BIN to their directory.";
    match manager() {
        Some((program, _)) => format!(
            "{missing}.\n  Run: cargo xtask test --install    (installs them with {program})\n  {elsewhere}"
        ),
        None => format!(
            "{missing}, and none of the package managers apt-get, dnf, apk, pacman, brew is here.\n  \
             Install PostgreSQL from https://www.postgresql.org/download/\n  {elsewhere}"
        ),
    }
}

fn manager() -> Option<Manager> {
    MANAGERS.into_iter().find(|(program, _)| shell::on_path(program))
}

fn command(program: &str, args: &[&str]) -> Result<Command, Failure> {
    // Homebrew refuses to be run by root; all others need to be.
    let elevate = program != "brew" && !account::is_root()? && shell::on_path("sudo");
    let mut command = Command::new(if elevate { "sudo" } else { program });
    if elevate {
        // Named here because sudo clears the environment.
        command.args(["DEBIAN_FRONTEND=noninteractive", program]);
    }
    command.args(args).env("DEBIAN_FRONTEND", "noninteractive");
    Ok(command)
}
