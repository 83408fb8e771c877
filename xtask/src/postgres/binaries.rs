//! Finds the PostgreSQL server programs, wherever the system keeps them.

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use super::install::{self, Package};
use crate::shell::{self, Failure};

const OVERRIDE: &str = "GUERDON_PG_BIN";
const PROGRAMS: [&str; 3] = ["initdb", "pg_ctl", "postgres"];

/// Parent, prefix of the entry and rest of the path of where packages put the programs.
const PACKAGED: [(&str, &str, &str); 5] = [
    ("/usr/lib/postgresql", "", "bin"),
    ("/opt/homebrew/opt", "postgresql", "bin"),
    ("/usr/local/opt", "postgresql", "bin"),
    ("/usr", "pgsql-", "bin"),
    ("/usr/libexec", "postgresql", ""),
];

/// The directory of the server programs.
///
/// `GUERDON_PG_BIN` names it outright; else it is looked for in `PATH`, where `pg_config` points and
/// where packages put it, the newest version first. If there is none and `install` is set, the
/// system's package manager is asked for it.
pub(crate) fn locate(install: bool) -> Result<PathBuf, Failure> {
    if let Some(named) = std::env::var_os(OVERRIDE) {
        return checked(named.into());
    }
    if let Some(found) = search() {
        return Ok(found);
    }
    if !install {
        return Err(Failure::unprepared(Package::Server.advice()));
    }
    install::install(Package::Server)?;
    search().ok_or_else(|| {
        Failure::unprepared(format!(
            "PostgreSQL was installed but its server programs are nowhere: set {OVERRIDE} to their directory"
        ))
    })
}

fn checked(directory: PathBuf) -> Result<PathBuf, Failure> {
    if is_complete(&directory) {
        return Ok(directory);
    }
    let shown = directory.display();
    Err(Failure::unprepared(format!("{OVERRIDE}={shown} lacks one of {}", PROGRAMS.join(", "))))
}

fn search() -> Option<PathBuf> {
    let mut candidates = shell::path_directories();
    candidates.extend(pg_config());
    candidates.extend(PACKAGED.iter().flat_map(packaged));
    candidates.into_iter().find(|directory| is_complete(directory))
}

fn is_complete(directory: &Path) -> bool {
    PROGRAMS.iter().all(|program| directory.join(program).is_file())
}

fn pg_config() -> Option<PathBuf> {
    let output = Command::new("pg_config").arg("--bindir").stderr(Stdio::null()).output().ok()?;
    let directory = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| directory.trim().into())
}

fn packaged((parent, prefix, rest): &(&str, &str, &str)) -> Vec<PathBuf> {
    let entries = fs::read_dir(parent).into_iter().flatten().flatten();
    let mut versions: Vec<_> = entries
        .map(|entry| entry.path())
        .filter(|path| name(path).is_some_and(|name| name.starts_with(prefix)))
        .collect();
    versions.sort_by_key(|path| std::cmp::Reverse(version(name(path).unwrap_or_default())));
    versions.into_iter().map(|path| path.join(rest)).collect()
}

fn name(path: &Path) -> Option<&str> {
    path.file_name().and_then(OsStr::to_str)
}

/// The numbers of a name such as `pgsql-9.6` or `postgresql@17`, for comparison.
fn version(name: &str) -> Vec<u32> {
    name.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_as_numbers_not_as_text() {
        assert!(version("17") > version("9.6"));
        assert!(version("postgresql@16") > version("postgresql@15"));
        assert!(version("postgresql@14") > version("postgresql"));
    }
}
