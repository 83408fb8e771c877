//! Why a command did not do what it was asked, with what to do about it, and the exit code.

mod from_error;

use std::{fmt, io};

use app_service::Outcome;
use serde::Serialize;
use serde_json::Value;

/// How a command ended that did what it was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Exit {
    /// Done, or had been done before.
    Done = 0,
    /// Something was left out, failed, or broke a rule.
    Partial = 1,
    /// Usage or input, and nothing was written; or nobody knows whether all is well.
    Refused = 2,
    /// Interrupted from the keyboard.
    Interrupted = 130,
}

impl From<Outcome> for Exit {
    fn from(verdict: Outcome) -> Self {
        match verdict {
            Outcome::Held => Self::Done,
            Outcome::Violated => Self::Partial,
            Outcome::Unchecked => Self::Refused,
        }
    }
}

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) exit: Exit,
    /// What sort of failure it is, for programs.
    pub(crate) code: &'static str,
    pub(crate) message: String,
    /// What to do about it.
    pub(crate) help: Option<String>,
    pub(crate) problems: Vec<Finding>,
}

/// One of several things that are wrong, for people and for programs.
#[derive(Debug, Clone)]
pub(crate) struct Finding {
    text: String,
    json: Value,
}

impl Finding {
    pub(crate) fn of(problem: &(impl fmt::Display + Serialize)) -> Self {
        let json = serde_json::to_value(problem).unwrap_or_default();
        Self { text: problem.to_string(), json }
    }

    /// An error with everything behind it.
    pub(crate) fn of_chain(error: &dyn std::error::Error) -> Self {
        Self::of(&from_error::chain(error))
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn json(&self) -> &Value {
        &self.json
    }
}

impl Failure {
    /// The caller must change something; nothing was written.
    pub(crate) fn refused(code: &'static str, message: impl Into<String>) -> Self {
        Self { exit: Exit::Refused, code, message: message.into(), help: None, problems: vec![] }
    }

    /// The request was fine; what it needs failed.
    pub(crate) fn failed(code: &'static str, message: impl Into<String>) -> Self {
        Self { exit: Exit::Partial, ..Self::refused(code, message) }
    }

    /// Something of this machine failed while `doing` something.
    pub(crate) fn io(doing: &str, error: &io::Error) -> Self {
        Self::failed("io", format!("{doing} failed: {error}"))
    }

    /// Nobody could be told. Whoever closed the pipe has seen enough and is not told that, either.
    pub(crate) fn stdout(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => {
                Self { exit: Exit::Done, ..Self::failed("broken-pipe", "") }
            }
            _ => Self::io("writing to stdout", error),
        }
    }

    /// Nobody is there to be told.
    pub(crate) fn is_closed_pipe(&self) -> bool {
        self.exit == Exit::Done
    }

    /// The same, where not to know is a result of its own. Whoever closed the pipe knows enough.
    pub(crate) fn unchecked(self) -> Self {
        if self.is_closed_pipe() {
            return self;
        }
        Self { exit: Outcome::Unchecked.into(), ..self }
    }

    pub(crate) fn interrupted() -> Self {
        let help = "ask again: it goes on from there, and nothing is paid twice";
        Self { exit: Exit::Interrupted, ..Self::refused("interrupted", "interrupted") }.help(help)
    }

    pub(crate) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    pub(crate) fn problems(self, problems: Vec<Finding>) -> Self {
        Self { problems, ..self }
    }

    /// The same, calling what has `id` what the user called it.
    pub(crate) fn naming(self, id: impl fmt::Display, name: &str) -> Self {
        let message = self.message.replace(&id.to_string(), name);
        Self { message, ..self }
    }
}
