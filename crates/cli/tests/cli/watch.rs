//! Verifying on a schedule, until it is told to stop.

use std::{
    fs,
    io::{BufRead, BufReader, Lines},
    process::{Child, ChildStdout, Command, Stdio},
};

use serde_json::Value;

use crate::{guerdon::Guerdon, verify::PLANTED};

/// Runs after which a watch must have seen what happened.
const RUNS_MAX: usize = 60;

#[test]
fn a_watch_outlives_bad_news_and_ends_when_it_is_told_to() {
    for signal in ["-INT", "-TERM"] {
        let guerdon = Guerdon::with_paid_cup();
        let mut watch = Watch::over(&guerdon, &["--json", "--html", "report.html"]);

        let before = watch.run();
        guerdon.sql(PLANTED);
        let after = watch.run_with("\"verdict\":\"violated\"");
        let code_after_one_more = (!watch.run().is_empty()).then(|| watch.end(signal));

        let [before, after] = [before, after].map(|it| serde_json::from_str::<Value>(&it));
        assert!(before.is_ok_and(|it| it["verdict"] == "held"));
        assert!(after.is_ok_and(|it| it["checks"][2]["outcome"] == "violated"));
        assert_eq!(code_after_one_more, Some(Some(0)));
        let page = fs::read_to_string(guerdon.path().join("report.html")).expect("a page");
        assert!(page.contains("not hold</h1>"), "{page}");
    }
}

#[test]
fn a_watch_goes_on_when_there_is_nothing_to_look_at() {
    let guerdon = Guerdon::with_cup();
    let mut watch = Watch::over(&guerdon, &[]);

    let before = watch.run();
    assert_eq!(guerdon.run(&["run", "cup.csv"]).code, 0);
    let after = watch.run_with("Everything holds");

    assert!(before.contains("UNCHECKED  there is no database file guerdon.db"), "{before}");
    assert!(after.contains(" held "), "{after}");
    assert_eq!(watch.end("-TERM"), Some(0));
}

/// A watch of every second, which does not outlive the test.
struct Watch {
    process: Child,
    runs: Lines<BufReader<ChildStdout>>,
}

impl Watch {
    fn over(guerdon: &Guerdon, args: &[&str]) -> Self {
        let args = [&["verify", "--quiet", "--watch", "* * * * * *"], args].concat();
        let mut command = guerdon.command(&args);
        let mut process = command.stdout(Stdio::piped()).spawn().expect("it starts");
        let stdout = process.stdout.take().expect("a pipe");
        Self { process, runs: BufReader::new(stdout).lines() }
    }

    /// What the next run says.
    fn run(&mut self) -> String {
        self.runs.next().expect("a run").expect("a line")
    }

    /// The next run that says `wanted`.
    fn run_with(&mut self, wanted: &str) -> String {
        let mut runs = self.runs.by_ref().take(RUNS_MAX).map(|it| it.expect("a line"));
        runs.find(|it| it.contains(wanted)).expect("a run that sees it")
    }

    /// Tells it to stop; answers the exit code.
    fn end(&mut self, signal: &str) -> Option<i32> {
        let told = Command::new("kill").args([signal, &self.process.id().to_string()]).status();
        assert!(told.is_ok_and(|it| it.success()));
        self.process.wait().expect("it ends").code()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        // It has ended already, unless the test has failed.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
