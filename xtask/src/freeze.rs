//! `cargo xtask freeze`: the files that make the guarantee change only with an audit.

mod audit;
mod manifest;
mod races;
mod sources;

use std::path::{Path, PathBuf};

use self::{audit::Audit, manifest::Manifest};
use crate::shell::{self, Failure};

/// Hold the hardened core to its audits.
///
/// docs/hardened-core.toml lists every file of the core with its hash and the audit that accepted it.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Debug, clap::Subcommand)]
enum Chore {
    /// Fail when a file of the core is not as its audit accepted it
    Check,
    /// Take the core as it is now, on the word of an audit that names every changed file and says of
    /// every race why it still cannot happen
    Accept {
        /// The audit, such as docs/audits/0002-corrections.md
        #[arg(long, value_name = "FILE")]
        audit: PathBuf,
    },
}

/// Where the list is.
const MANIFEST: &str = "docs/hardened-core.toml";

/// Checks or accepts.
pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    match &args.chore {
        Chore::Check => check(shell::root()),
        Chore::Accept { audit } => accept(shell::root(), audit),
    }
}

/// Fails with everything in the core that no audit has accepted.
pub(crate) fn check(root: &Path) -> Result<(), Failure> {
    let manifest = Manifest::read(&root.join(MANIFEST))?;
    let now = manifest.hashes_now(root)?;
    let mut problems: Vec<_> =
        manifest.changes(&now).into_iter().map(|it| it.to_string()).collect();
    problems.extend(manifest.unaudited(root));
    if problems.is_empty() {
        println!("{} files of the core are as their audits accepted them", now.len());
    }
    Failure::unless_empty(
        "the hardened core has changed: write an audit in docs/audits and run \
         `cargo xtask freeze accept --audit FILE`",
        &problems,
    )
}

fn accept(root: &Path, audit: &Path) -> Result<(), Failure> {
    let mut manifest = Manifest::read(&root.join(MANIFEST))?;
    let audit = Audit::read(root, audit)?;
    if manifest.is_used(&audit) {
        let used = format!("{} has carried its change: write the next audit", audit.path());
        return Err(Failure::new(used));
    }
    let now = manifest.hashes_now(root)?;
    let changes = manifest.changes(&now);
    let paths: Vec<_> = changes.iter().map(|it| it.path().to_owned()).collect();
    let problems = audit.shortcomings(&paths, &sources::Words::of(root)?);
    let headline = format!("{} does not carry this change", audit.path());
    Failure::unless_empty(&headline, &problems)?;
    manifest.accept(&changes, &now, &audit);
    manifest.write(&root.join(MANIFEST))?;
    println!("{} changed files accepted on the word of {}", changes.len(), audit.path());
    Ok(())
}

#[cfg(test)]
mod tests;
