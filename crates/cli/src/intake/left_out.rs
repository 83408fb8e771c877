//! Tournaments that are not taken in, and why.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::{failure::Finding, import::Problem};

/// A tournament, or a file, that is not taken in.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct LeftOut {
    /// Its key; `None` where that could not be read.
    pub(crate) tournament: Option<String>,
    pub(crate) file: String,
    pub(crate) problems: Vec<Finding>,
}

/// A reason that is not in the file but in what exists already.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Obstacle<'a> {
    pub(super) kind: &'static str,
    pub(super) file: &'a str,
    pub(super) tournament: &'a str,
    pub(super) message: String,
    pub(super) advice: &'static str,
}

impl LeftOut {
    /// Left out for what is wrong with the file.
    pub(super) fn for_problems(file: &str, problems: &[Problem]) -> Self {
        Self {
            tournament: problems.iter().find_map(|it| it.tournament.clone()),
            file: file.to_owned(),
            problems: problems.iter().map(Finding::of).collect(),
        }
    }

    /// Left out for what exists already.
    pub(super) fn for_obstacle(obstacle: &Obstacle<'_>) -> Self {
        Self {
            tournament: Some(obstacle.tournament.to_owned()),
            file: obstacle.file.to_owned(),
            problems: vec![Finding::of(obstacle)],
        }
    }
}

impl fmt::Display for Obstacle<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, tournament, message, advice, .. } = self;
        write!(f, "{file}: {tournament}: {message}; {advice}")
    }
}

impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.json().serialize(serializer)
    }
}
