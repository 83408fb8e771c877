//! Cargo's own tools, each in a pinned version, built on first use and kept with what cargo builds.

use std::path::PathBuf;

use crate::shell::{self, Failure};

/// The program of the crate `name`, which carries its name.
///
/// A new version may judge differently, and that is a change of its own: so it is pinned.
pub(crate) fn installed(name: &str, version: &str) -> Result<PathBuf, Failure> {
    let home = shell::target().join("tools").join(format!("{name}-{version}"));
    let program = home.join("bin").join(name);
    if !program.is_file() {
        // Unoptimised: it builds in a fraction of the time.
        let args = ["install", name, "--locked", "--version", version, "--profile", "dev"];
        shell::run(shell::cargo(args).arg("--root").arg(&home).env_remove("CARGO_TARGET_DIR"))?;
    }
    Ok(program)
}
