//! The `guerdon` command.

use std::process::Command;

use crate::Failure;

/// The command with its arguments, on a database. `cargo xtask bench` builds it beside ourselves.
pub(crate) fn guerdon(database: &str, args: &[&str]) -> Result<Command, Failure> {
    let beside_us = std::env::current_exe()?.with_file_name("guerdon");
    if !beside_us.is_file() {
        return Err(format!("{} is missing: run `cargo xtask bench`", beside_us.display()).into());
    }
    let mut command = Command::new(beside_us);
    command.args(args).args(["--quiet", "--database-url", database]);
    Ok(command)
}
