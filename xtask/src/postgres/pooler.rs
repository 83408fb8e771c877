//! Finds PgBouncer, which the tests put before the server.

use std::path::PathBuf;

use super::install::{self, Package};
use crate::shell::{self, Failure};

const OVERRIDE: &str = "GUERDON_PGBOUNCER";
const PROGRAM: &str = "pgbouncer";

/// Where packages put it, though `PATH` may not say so.
const PACKAGED: [&str; 4] = [
    "/usr/sbin",
    "/usr/local/sbin",
    "/opt/homebrew/opt/pgbouncer/bin",
    "/usr/local/opt/pgbouncer/bin",
];

/// The program of PgBouncer.
///
/// `GUERDON_PGBOUNCER` names it outright; else it is looked for in `PATH` and where packages put it.
/// If it is missing and `install` is set, the system's package manager is asked for it.
pub(crate) fn locate(install: bool) -> Result<PathBuf, Failure> {
    if let Some(named) = std::env::var_os(OVERRIDE).map(PathBuf::from) {
        let nowhere = || Failure::unprepared(format!("{OVERRIDE}={} is no file", named.display()));
        return if named.is_file() { Ok(named) } else { Err(nowhere()) };
    }
    if let Some(found) = search() {
        return Ok(found);
    }
    if !install {
        return Err(Failure::unprepared(Package::Pooler.advice()));
    }
    install::install(Package::Pooler)?;
    search().ok_or_else(|| {
        Failure::unprepared(format!(
            "PgBouncer was installed but is nowhere: set {OVERRIDE} to the program"
        ))
    })
}

fn search() -> Option<PathBuf> {
    let mut directories = shell::path_directories();
    directories.extend(PACKAGED.map(PathBuf::from));
    directories.into_iter().map(|it| it.join(PROGRAM)).find(|it| it.is_file())
}
