//! Runs the command in a directory of its own.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Output, Stdio},
};

use sea_orm::ConnectionTrait;
use serde_json::Value;
use tempfile::TempDir;

/// Three places, well written.
pub(crate) const CUP: &str = "player,placement\nada,1\ngrace,2\nedsger,3\n";

/// A directory with a database that is not there yet.
pub(crate) struct Guerdon {
    directory: TempDir,
}

/// What one run of the command left behind.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Guerdon {
    pub(crate) fn new() -> Self {
        Self { directory: TempDir::new().expect("a temporary directory") }
    }

    /// The same, with the file `cup.csv`.
    pub(crate) fn with_cup() -> Self {
        Self::new().file("cup.csv", CUP)
    }

    /// The same, with `cup.csv` imported and not paid.
    pub(crate) fn with_imported_cup() -> Self {
        let guerdon = Self::with_cup();
        assert_eq!(guerdon.run(&["import", "cup.csv"]).code, 0);
        guerdon
    }

    /// The same, with `cup.csv` imported and paid.
    pub(crate) fn with_paid_cup() -> Self {
        let guerdon = Self::with_cup();
        assert_eq!(guerdon.run(&["run", "cup.csv"]).code, 0);
        guerdon
    }

    /// Does to its database what no command would.
    pub(crate) fn sql(&self, statement: &str) {
        let url = format!("sqlite://{}", self.path().join("guerdon.db").display());
        let runtime = tokio::runtime::Runtime::new().expect("threads");
        let done = runtime.block_on(async {
            let database = sea_orm::Database::connect(url).await.expect("it is there");
            let done = database.execute_unprepared(statement).await;
            database.close().await.expect("it can be closed");
            done
        });
        assert!(done.expect("it can be done").rows_affected() > 0, "{statement}");
    }

    /// The same, with one more file.
    pub(crate) fn file(self, name: &str, text: &str) -> Self {
        fs::write(self.path().join(name), text).expect("a file");
        self
    }

    pub(crate) fn path(&self) -> &Path {
        self.directory.path()
    }

    /// The command, ready to be started.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_guerdon"));
        let ours = ["GUERDON_DATABASE_URL", "GUERDON_LAYOUT", "GUERDON_ACTOR"];
        for variable in ours.into_iter().chain(["NO_COLOR", "RUST_LOG"]) {
            command.env_remove(variable);
        }
        command.current_dir(self.path()).args(args);
        command
    }

    /// Runs it to its end.
    pub(crate) fn run(&self, args: &[&str]) -> Ended {
        Ended::of(self.command(args).output().expect("the command starts"))
    }

    /// Runs it until it has written something, and presses Ctrl-C; answers the exit code.
    #[cfg(unix)]
    pub(crate) fn interrupt_when_it_writes(&self, args: &[&str]) -> i32 {
        let mut command = self.command(args);
        command.env("RUST_LOG", "guerdon::sql=debug").stdout(Stdio::null()).stderr(Stdio::piped());
        let mut running = command.spawn().expect("the command starts");
        let mut log = BufReader::new(running.stderr.take().expect("a pipe")).lines();
        let written = log.by_ref().map_while(Result::ok).find(|it| it.contains("wrote"));
        assert!(written.is_some(), "it ended without writing");
        let kill = Command::new("kill").args(["-INT", &running.id().to_string()]).status();
        assert!(kill.is_ok_and(|it| it.success()));
        // A pipe that nobody empties would hold it up.
        log.for_each(drop);
        running.wait().expect("it ends").code().expect("by itself")
    }

    /// Runs it with `--json` and reads what it prints, which must succeed.
    pub(crate) fn json(&self, args: &[&str]) -> Value {
        let ended = self.run(&[args, &["--json"]].concat());
        assert_eq!(ended.code, 0, "{ended:?}");
        ended.json()
    }

    /// Runs it with `--json` and reads every line that it prints.
    pub(crate) fn lines(&self, args: &[&str]) -> Vec<Value> {
        let ended = self.run(&[args, &["--json"]].concat());
        let lines = ended.stdout.lines().map(|it| serde_json::from_str(it).expect("JSON"));
        lines.collect()
    }

    /// What every player has, for finding out whether anything was written.
    pub(crate) fn players(&self) -> Vec<Value> {
        self.lines(&["players"])
    }
}

impl Ended {
    pub(crate) fn of(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        Self {
            code: output.status.code().expect("it ended by itself"),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }

    /// The document on stdout.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).expect("one document of JSON")
    }

    /// The error on stderr.
    pub(crate) fn error(&self) -> Value {
        let document: Value = serde_json::from_str(&self.stderr).expect("one document of JSON");
        document["error"].clone()
    }
}
