//! `cargo xtask mutants`: breaks the code in every small way, and looks which ways no test notices.

use std::{collections::BTreeSet, fs, process::Command};

use crate::{
    shell::{self, Failure},
    tools,
};

const VERSION: &str = "27.1.0";

/// The survivors that are known, each with its reason.
const SURVIVORS: &str = "docs/proof/mutants.md";

/// The crates that are broken, and those whose tests are to notice.
const BROKEN: [&str; 2] = ["domain", "app-service"];
const NOTICING: &str = "domain,app-service,memory-adapter,interposed,verification";

/// Exit codes of cargo-mutants after a run that came to its end. A mutant that goes round in circles
/// until it is stopped has been noticed.
const SURVIVED: u8 = 2;
const TIMED_OUT: u8 = 3;

/// Tests that need a server, or are slow beside the same ones in memory.
const LEFT_OUT: [&str; 2] = ["on_postgres", "on_sqlite"];

/// Break domain and app-service in every small way; list what no test notices.
///
/// Takes hours on a small machine. A survivor that docs/proof/mutants.md does not list with a reason
/// fails the chore, and so does one that is listed and no longer survives.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Only the files that match, as `crates/domain/src/plan.rs` or `**/finalize.rs`
    #[arg(long, value_name = "GLOB")]
    file: Vec<String>,
}

/// Runs cargo-mutants and compares its survivors with the known ones.
pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    let known = known(&read(SURVIVORS)?)?;
    let output = shell::target().join("mutants");
    let mut command = Command::new(tools::installed("cargo-mutants", VERSION)?);
    command.current_dir(shell::root()).args(["mutants", "--no-shuffle", "--timeout", "120"]);
    command.args(["--test-package", NOTICING]).arg("--output").arg(&output);
    command.args(BROKEN.iter().flat_map(|it| ["--package", it]));
    command.args(args.file.iter().flat_map(|it| ["--file", it]));
    command.args(["--", "--"]).args(LEFT_OUT.iter().flat_map(|it| ["--skip", it]));
    // Its exit code says that something survived, which the list may explain.
    if let Err(ended) = shell::run(&mut command)
        && ![SURVIVED, TIMED_OUT].contains(&ended.exit_code())
    {
        return Err(ended);
    }
    let missed = output.join("mutants.out/missed.txt");
    let missed = fs::read_to_string(&missed)
        .map_err(|error| Failure::new(format!("cannot read {}: {error}", missed.display())))?;
    let whole = args.file.is_empty();
    Failure::unless_empty("mutants survive", &disagreements(&survivors(&missed), &known, whole))
}

/// Survivors without a reason and, when `whole` was looked at, reasons without a survivor.
fn disagreements(found: &BTreeSet<String>, known: &BTreeSet<String>, whole: bool) -> Vec<String> {
    let unknown = found.difference(known).map(|it| format!("no test notices: {it}"));
    let gone = known.difference(found).filter(|_| whole);
    let gone = gone.map(|it| format!("{SURVIVORS} lists what is noticed now: {it}"));
    unknown.chain(gone).collect()
}

/// The mutants that cargo-mutants missed, without their place in the file, which moves.
fn survivors(missed: &str) -> BTreeSet<String> {
    missed.lines().filter_map(without_place).collect()
}

/// `file:line:column: words` as `file: words`.
fn without_place(line: &str) -> Option<String> {
    let (place, words) = line.split_once(": ")?;
    let file = place.split(':').next()?;
    Some(format!("{file}: {words}"))
}

/// The survivors of the document: one in backticks at the start of each item of its lists, and behind
/// it a colon and the reason. Fails with those that stand there without one.
fn known(document: &str) -> Result<BTreeSet<String>, Failure> {
    let items = document.split("\n- `").skip(1).filter_map(|item| item.split_once('`'));
    let (explained, bare): (Vec<_>, Vec<_>) = items.partition(|(_, rest)| is_reason(rest));
    let bare: Vec<_> = bare.into_iter().map(|(mutant, _)| mutant.to_owned()).collect();
    Failure::unless_empty(&format!("{SURVIVORS} gives no reason for"), &bare)?;
    Ok(explained.into_iter().map(|(mutant, _)| mutant.to_owned()).collect())
}

/// Whether `rest`, which follows a mutant, says something about it before the next paragraph.
fn is_reason(rest: &str) -> bool {
    let paragraph = rest.split("\n\n").next().unwrap_or(rest);
    paragraph.strip_prefix(':').is_some_and(|it| it.contains(char::is_alphabetic))
}

fn read(file: &str) -> Result<String, Failure> {
    let text = fs::read_to_string(shell::root().join(file));
    text.map_err(|error| Failure::new(format!("cannot read {file}: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTED: &str =
        "\n- `crates/domain/src/a.rs: replace < with <= in f`: the same for integers\n";

    #[test]
    fn survivor_is_known_wherever_it_has_moved() {
        let found = survivors("crates/domain/src/a.rs:81:9: replace < with <= in f\n");

        assert_eq!(disagreements(&found, &listed(), true), Vec::<String>::new());
    }

    #[test]
    fn survivor_without_a_reason_and_reason_without_a_survivor_are_both_named() {
        let found = survivors("crates/domain/src/b.rs:1:2: replace g -> bool with true\n");

        assert_eq!(
            disagreements(&found, &listed(), true),
            [
                "no test notices: crates/domain/src/b.rs: replace g -> bool with true",
                "docs/proof/mutants.md lists what is noticed now: \
                 crates/domain/src/a.rs: replace < with <= in f",
            ]
        );
    }

    #[test]
    fn run_over_some_files_says_nothing_of_the_others() {
        assert!(disagreements(&BTreeSet::new(), &listed(), false).is_empty());
    }

    #[test]
    fn survivor_that_is_listed_without_a_reason_is_refused() {
        let bare =
            format!("{LISTED}- `crates/domain/src/b.rs: delete !`\n- `c.rs: delete -`:\n\nSo.\n");

        let refused = known(&bare).unwrap_err().to_string();

        assert_eq!(
            refused,
            "docs/proof/mutants.md gives no reason for (2):\n  - crates/domain/src/b.rs: delete !\n  \
             - c.rs: delete -"
        );
    }

    #[test]
    fn every_survivor_of_this_workspace_has_its_reason() {
        assert!(known(&read(SURVIVORS).unwrap()).is_ok_and(|it| !it.is_empty()));
    }

    fn listed() -> BTreeSet<String> {
        known(LISTED).unwrap()
    }
}
