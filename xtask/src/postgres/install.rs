//! Installs PostgreSQL and PgBouncer through the package manager that the system has.

use std::process::Command;

use super::account;
use crate::shell::{self, Failure};

/// What the tests need of the system.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Package {
    /// The server programs of PostgreSQL.
    Server,
    /// PgBouncer.
    Pooler,
}

/// A package manager.
struct Manager {
    program: &'static str,
    /// What is asked of it first.
    before: &'static [&'static str],
    /// The arguments that install packages, which come behind them.
    install: &'static [&'static str],
    /// What it calls the server.
    server: &'static str,
}

const MANAGERS: [Manager; 5] = [
    Manager {
        program: "apt-get",
        before: &["update"],
        install: &["install", "--yes", "--no-install-recommends"],
        server: "postgresql",
    },
    Manager {
        program: "dnf",
        before: &[],
        install: &["install", "--assumeyes"],
        server: "postgresql-server",
    },
    Manager { program: "apk", before: &[], install: &["add"], server: "postgresql" },
    Manager {
        program: "pacman",
        before: &[],
        install: &["-S", "--needed", "--noconfirm"],
        server: "postgresql",
    },
    Manager { program: "brew", before: &[], install: &["install"], server: "postgresql" },
];

/// Installs a package.
pub(crate) fn install(package: Package) -> Result<(), Failure> {
    let manager = manager().ok_or_else(|| Failure::unprepared(package.advice()))?;
    if !manager.before.is_empty() {
        shell::run(&mut command(manager.program, manager.before)?)?;
    }
    let mut install = command(manager.program, manager.install)?;
    shell::run(install.arg(package.name(&manager)))
}

impl Package {
    fn name(self, manager: &Manager) -> &'static str {
        match self {
            Self::Server => manager.server,
            Self::Pooler => "pgbouncer",
        }
    }

    /// What to do where it is missing, to the letter.
    pub(crate) fn advice(self) -> String {
        let (missing, elsewhere) = match self {
            Self::Server => (
                "the tests need the PostgreSQL server programs (initdb, pg_ctl, postgres)",
                "If they are installed, set GUERDON_PG_BIN to their directory.",
            ),
            Self::Pooler => (
                "the tests need PgBouncer",
                "If it is installed, set GUERDON_PGBOUNCER to the program.",
            ),
        };
        let Some(Manager { program, .. }) = manager() else {
            let programs = MANAGERS.map(|it| it.program).join(", ");
            return format!(
                "{missing}, and none of the package managers {programs} is here.\n  {elsewhere}"
            );
        };
        format!(
            "{missing}.\n  Run: cargo xtask test --install    (installs with {program})\n  {elsewhere}"
        )
    }
}

fn manager() -> Option<Manager> {
    MANAGERS.into_iter().find(|it| shell::on_path(it.program))
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
