//! One process, from its start to its end or its death.

use std::{
    io::{BufRead, BufReader, Lines},
    process::{Child, ChildStderr, Command, ExitStatus, Stdio},
};

/// A process that is followed by what it logs.
pub(crate) struct Life {
    process: Child,
    log: Lines<BufReader<ChildStderr>>,
    statements: u64,
}

impl Life {
    pub(crate) fn of(mut command: Command) -> Self {
        let mut process = command.stderr(Stdio::piped()).spawn().expect("the command starts");
        let log = BufReader::new(process.stderr.take().expect("a pipe")).lines();
        Self { process, log, statements: 0 }
    }

    /// Watches so many more statements go by; `false` when it has ended before.
    pub(crate) fn lasts(&mut self, statements: u64) -> bool {
        let goal = self.statements.saturating_add(statements);
        while self.statements < goal {
            let Some(Ok(line)) = self.log.next() else { return false };
            self.statements += u64::from(line.contains(" wrote ") || line.contains(" read "));
        }
        true
    }

    /// Statements that went by.
    pub(crate) fn statements(&self) -> u64 {
        self.statements
    }

    /// SIGKILL.
    pub(crate) fn end_with_a_kill(mut self) {
        self.process.kill().expect("it can be killed");
        self.process.wait().expect("it is dead");
    }

    /// Lets it get to its end.
    pub(crate) fn ends(mut self) -> ExitStatus {
        // A pipe that nobody empties would hold it up.
        self.log.by_ref().for_each(drop);
        self.process.wait().expect("it ends")
    }
}

impl Drop for Life {
    /// A test that fails leaves nobody behind. Whoever has ended cannot be killed again.
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
