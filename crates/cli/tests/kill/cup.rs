//! Ten thousand participants of one cup, and the commands about it.

use std::{
    fmt::Write,
    fs,
    process::{Command, Stdio},
};

use tempfile::TempDir;

const FIELD: u32 = 10_000;

/// Few enough for dozens of chunks.
const CHUNK: &str = "200";

/// A directory with the results of a cup.
pub(crate) struct Cup(TempDir);

impl Cup {
    pub(crate) fn new() -> Self {
        let directory = TempDir::new().expect("a temporary directory");
        let mut results = "player,placement\n".to_owned();
        for place in 1..=FIELD {
            // Writing to a string cannot fail.
            let _ = writeln!(results, "p{place:05},{place}");
        }
        fs::write(directory.path().join("cup.csv"), results).expect("a file");
        Self(directory)
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

    /// The main job. Its log names each statement.
    pub(crate) fn run(&self, url: &str) -> Command {
        let args = ["run", "cup.csv", "--quiet", "--chunk-size", CHUNK, "--database-url", url];
        let mut command = self.command(&args);
        command.env("RUST_LOG", "guerdon::sql=debug");
        command
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
        command.current_dir(self.0.path()).args(args).stdout(Stdio::null());
        command
    }
}
