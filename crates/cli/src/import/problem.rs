//! What is wrong with a file, precisely enough to open it at the right line and mend it.

use std::fmt::{self, Write as _};

use serde::Serialize;

/// One thing that is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// What sort of problem it is, for programs.
    pub kind: ProblemKind,
    /// The file, as the user named it.
    pub file: String,
    /// The line, from 1; `None` if it is a problem of the whole file.
    pub line: Option<u64>,
    /// The column of a CSV file, or the path of the member of a JSON file.
    pub field: Option<String>,
    /// The key of the tournament, where it is known.
    pub tournament: Option<String>,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What stands there, unless the message is about something that is missing.
    pub found: Option<String>,
    /// What could stand there.
    pub expected: Option<String>,
    /// What to do about it.
    pub advice: String,
}

/// What sort of problem it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ProblemKind {
    /// The file is missing, a directory, or cannot be read.
    Unreadable,
    /// The file is not what it was when it was checked.
    Changed,
    /// The file, or one row of it, is larger than what is read.
    TooLarge,
    /// Nothing tells the format.
    UnknownFormat,
    /// An option that does not fit, or not this file.
    Option,
    /// Bytes that are no UTF-8.
    Encoding,
    /// There is nothing in it.
    Empty,
    /// It is not CSV, or not JSON.
    Syntax,
    /// A column that is needed and not there.
    ColumnMissing,
    /// Several columns that could be meant.
    ColumnAmbiguous,
    /// Something that is needed is not there.
    Missing,
    /// Something that is not what it should be.
    Invalid,
    /// It stands there twice, or for two things.
    Repeated,
    /// Rows of one tournament that say different things about it.
    Inconsistent,
    /// A match without a result.
    NotPlayed,
    /// There is no room to put rows aside while they are sorted.
    NoRoom,
    /// The results break a rule of competitions.
    Results,
    /// There are more problems than are told.
    More,
}

/// Problems, the first thousand of which are kept and the others counted.
#[derive(Debug, Default)]
pub struct Problems {
    kept: Vec<Problem>,
    left_out: usize,
}

/// Nobody mends more of them in one go.
pub(super) const PROBLEMS_MAX: usize = 1_000;

/// The longest piece of a file that a message repeats, in characters.
const QUOTED_MAX: usize = 60;

impl Problem {
    /// A problem of the whole of `file`; `Problem::at` and the like make it more precise. It is
    /// boxed because it travels in results that mostly hold something else, and smaller.
    pub(super) fn new(kind: ProblemKind, file: &str, message: impl Into<String>) -> Box<Self> {
        Box::new(Self {
            kind,
            file: file.to_owned(),
            line: None,
            field: None,
            tournament: None,
            message: message.into(),
            found: None,
            expected: None,
            advice: String::new(),
        })
    }

    pub(super) fn at(mut self: Box<Self>, line: u64) -> Box<Self> {
        self.line = Some(line);
        self
    }

    pub(super) fn field(mut self: Box<Self>, field: impl Into<String>) -> Box<Self> {
        self.field = Some(field.into());
        self
    }

    pub(super) fn of(mut self: Box<Self>, tournament: &str) -> Box<Self> {
        self.tournament = Some(tournament.to_owned());
        self
    }

    pub(super) fn found(mut self: Box<Self>, found: impl Into<String>) -> Box<Self> {
        self.found = Some(found.into());
        self
    }

    pub(super) fn expected(mut self: Box<Self>, expected: impl Into<String>) -> Box<Self> {
        self.expected = Some(expected.into());
        self
    }

    pub(super) fn advice(mut self: Box<Self>, advice: impl Into<String>) -> Box<Self> {
        self.advice = advice.into();
        self
    }

    fn sentence(&self) -> String {
        let line = self.line.map(|it| format!("{it}:")).unwrap_or_default();
        let field = self.field.as_ref().map(|it| format!(" {it}:")).unwrap_or_default();
        let expected = self.expected.as_ref().map(|it| format!(", expected {it}"));
        let expected = expected.unwrap_or_default();
        let Self { file, message, advice, .. } = self;
        format!("{file}:{line}{field} {message}{expected}; {advice}")
    }
}

/// One line: `file:line: field: message, expected …; advice`. What a file brings along to move the
/// cursor or to start another line is made visible.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for letter in self.sentence().chars() {
            if letter.is_control() {
                write!(f, "{}", letter.escape_default())?;
            } else {
                f.write_char(letter)?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for Problem {}

impl Problems {
    /// Keeps `problem`, or counts it.
    pub fn push(&mut self, problem: impl Into<Box<Problem>>) {
        if self.kept.len() < PROBLEMS_MAX {
            self.kept.push(*problem.into());
        } else {
            self.left_out += 1;
        }
    }

    /// Counts problems that nobody has kept.
    pub(super) fn leave_out(&mut self, count: usize) {
        self.left_out += count;
    }

    /// Takes what is fine, and keeps the problem of what is not.
    pub(super) fn note<Fine>(&mut self, result: Result<Fine, Box<Problem>>) -> Option<Fine> {
        result.map_err(|problem| self.push(problem)).ok()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// Those that were kept, and at their end how many more there were.
    #[must_use]
    pub fn into_vec(mut self) -> Vec<Problem> {
        if let (Some(last), true) = (self.kept.last(), self.left_out > 0) {
            let message = format!("and {} more problems", self.left_out);
            let more = Problem::new(ProblemKind::More, &last.file, message);
            self.kept.push(*more.advice("mend these first"));
        }
        self.kept
    }
}

impl<Item: Into<Box<Problem>>> Extend<Item> for Problems {
    fn extend<Iter: IntoIterator<Item = Item>>(&mut self, problems: Iter) {
        problems.into_iter().for_each(|it| self.push(it));
    }
}

/// A piece of a file, made fit for a message of one line.
pub(super) fn quoted(text: &str) -> String {
    let mut shown: String = text.chars().take(QUOTED_MAX).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    format!("{shown:?}")
}
