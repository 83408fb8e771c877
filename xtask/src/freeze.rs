//! `cargo xtask freeze`: the files that make the guarantee change only with an audit.

mod accepted;
mod audit;
mod changes;
mod manifest;
mod names;
mod races;
mod sealed;
mod sources;

use std::path::{Path, PathBuf};

use self::{
    accepted::Accepted, audit::Audit, manifest::Manifest, names::TestNames, sealed::Sealed,
};
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

/// Fails with everything in the core that no audit has accepted, and with every audit whose word
/// no longer counts.
pub(crate) fn check(root: &Path) -> Result<(), Failure> {
    let manifest = Manifest::read(&root.join(MANIFEST))?;
    let sealed = Sealed::read(root, manifest.seals());
    let accepted = sealed.files();
    let now = manifest.hashes_now(root)?;
    let changed = changes::since(&accepted, &now, root);
    let mut problems: Vec<_> = changed.iter().map(ToString::to_string).collect();
    problems.extend(sealed.broken().iter().cloned());
    problems.extend(manifest.disagreements(&accepted));
    problems.extend(sealed.lost_tests(&TestNames::of(root)?));
    if problems.is_empty() {
        println!("{} files of the core are as their audits accepted them", now.len());
    }
    Failure::unless_empty(
        "the hardened core has changed: write an audit in docs/audits and run \
         `cargo xtask freeze accept --audit FILE`",
        &problems,
    )
}

/// Seals `audit` with what it accepts. The list of files is drawn from the audits, so that whatever
/// was put into it by hand is a change like any other.
fn accept(root: &Path, audit: &Path) -> Result<(), Failure> {
    let mut manifest = Manifest::read(&root.join(MANIFEST))?;
    let sealed = Sealed::read(root, manifest.seals());
    let audit = Audit::read(root, audit)?;
    is_next(&manifest, &audit)?;
    Failure::unless_empty("the audits before this one do not hold", sealed.broken())?;
    let mut files = sealed.files();
    let now = manifest.hashes_now(root)?;
    let changed = changes::since(&files, &now, root);
    let paths: Vec<_> = changed.iter().map(|it| it.path().to_owned()).collect();
    let problems = audit.shortcomings(&paths, &TestNames::of(root)?);
    Failure::unless_empty(&format!("{} does not carry this change", audit.path()), &problems)?;
    let accepted = Accepted::new(&paths, &now, manifest.seals());
    sealed::accept(&mut files, &audit, &accepted);
    let text = format!("{}\n\n{}", audit.text().trim_end(), accepted.text());
    sources::write(&root.join(audit.path()), &text)?;
    manifest.seal(audit.path(), &text, files);
    manifest.write(&root.join(MANIFEST))?;
    println!("{} changed files accepted on the word of {}", paths.len(), audit.path());
    Ok(())
}

/// Refuses an audit that has carried a change already, or whose number is not behind all others.
fn is_next(manifest: &Manifest, audit: &Audit) -> Result<(), Failure> {
    let path = audit.path();
    if audit.has_accepted() || manifest.seals().contains_key(path) {
        return Err(Failure::new(format!("{path} has carried its change: write the next audit")));
    }
    match manifest.seals().last_key_value() {
        Some((last, _)) if path < last.as_str() => {
            Err(Failure::new(format!("{path} comes before {last}, which has accepted something")))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
