//! The participants of one cup, and the commands about it.

use std::{
    fmt::Write,
    fs,
    process::{Command, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

/// Strikes the winner.
const DISQUALIFY: [&str; 5] = ["disqualify", "cup", "p00001", "--reason", "an ineligible player"];

/// A badge for everybody who has taken part.
const RULE: &str =
    r#"{ "badge": "EARLY_BIRD", "when": [{ "history": "tournaments", "at_least": 1 }] }"#;

/// A directory with the results of a cup, and a badge rule.
pub(crate) struct Cup {
    directory: TempDir,
    chunk: String,
}

impl Cup {
    /// So many participants, who are paid so many at a time.
    pub(crate) fn of(field: u32, chunk: u32) -> Self {
        let directory = TempDir::new().expect("a temporary directory");
        let mut results = "player,placement\n".to_owned();
        for place in 1..=field {
            // Writing to a string cannot fail.
            let _ = writeln!(results, "p{place:05},{place}");
        }
        fs::write(directory.path().join("cup.csv"), results).expect("a file");
        fs::write(directory.path().join("rule.json"), RULE).expect("a file");
        Self { directory, chunk: chunk.to_string() }
    }

    /// Takes the results in and pays nothing.
    pub(crate) fn import(&self, url: &str) {
        self.succeeds(&["import", "cup.csv", "--database-url", url]);
    }

    /// The same, in a database that loses all that is in it.
    pub(crate) fn import_afresh(&self, url: &str) {
        self.succeeds(&["migrate", "fresh", "--yes", "--database-url", url]);
        self.import(url);
    }

    /// Pays it.
    pub(crate) fn run(&self, url: &str) -> Command {
        self.logged(&["run", "cup.csv"], url)
    }

    /// Pays it, disturbed by nobody.
    pub(crate) fn pay(&self, url: &str) {
        self.succeeds(&["run", "cup.csv", "--database-url", url]);
    }

    /// The plan that pays nothing to the winner and moves everybody else up.
    pub(crate) fn plan_without_winner(&self, url: &str) -> String {
        let shown = self.answers(&[&DISQUALIFY[..], &["--json"]].concat(), url);
        let shown: Value = serde_json::from_str(&shown).expect("a document");
        shown["corrections"][0]["plan_hash"].as_str().expect("a plan").to_owned()
    }

    /// Pays that plan.
    pub(crate) fn disqualify(&self, plan: &str, url: &str) -> Command {
        self.logged(&[&DISQUALIFY[..], &["--plan", plan]].concat(), url)
    }

    /// Holds the rule against the past of everybody.
    pub(crate) fn backfill(&self, url: &str) -> Command {
        self.logged(&["badges", "backfill", "--rule", "rule.json"], url)
    }

    /// Whether every invariant holds.
    pub(crate) fn verifies(&self, url: &str) -> bool {
        let mut verify = self.command(&["verify", "--quiet", "--database-url", url]);
        verify.status().expect("the command starts").success()
    }

    /// What names all that the players have.
    pub(crate) fn digest(&self, url: &str) -> String {
        self.answers(&["export", "--digest", "--json"], url)
    }

    /// A job whose log names each statement.
    fn logged(&self, args: &[&str], url: &str) -> Command {
        let paying = ["--quiet", "--chunk-size", &self.chunk, "--database-url", url];
        let mut command = self.command(&[args, &paying].concat());
        command.env("RUST_LOG", "guerdon::sql=debug");
        command
    }

    fn answers(&self, args: &[&str], url: &str) -> String {
        let mut command = self.command(&[args, &["--database-url", url]].concat());
        let output = command.stdout(Stdio::piped()).output().expect("the command starts");
        assert!(output.status.success(), "{args:?}: {output:?}");
        String::from_utf8(output.stdout).expect("a text")
    }

    fn succeeds(&self, args: &[&str]) {
        let status = self.command(args).arg("--quiet").status().expect("the command starts");
        assert!(status.success(), "{args:?}: {status}");
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_guerdon"));
        for variable in ["GUERDON_DATABASE_URL", "GUERDON_ACTOR", "RUST_LOG"] {
            command.env_remove(variable);
        }
        command.current_dir(self.directory.path()).args(args).stdout(Stdio::null());
        command
    }
}
