//! One thing that is wrong with what was set.

use std::{fmt, io, path::Path};

use serde::Serialize;

/// One thing that is wrong with what was set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct SettingProblem {
    /// The file, or the variable.
    pub(crate) place: String,
    /// In the file, counted from 1; 0 where there is none.
    pub(crate) line: usize,
    /// The setting, by the name of its flag.
    pub(crate) setting: String,
    /// What is wrong.
    pub(crate) problem: String,
}

impl SettingProblem {
    pub(super) fn in_file(path: &Path, line: usize, setting: &str, problem: String) -> Self {
        let place = path.display().to_string();
        Self { place, line, setting: setting.to_owned(), problem }
    }

    pub(super) fn unreadable(path: &Path, error: &io::Error) -> Self {
        Self::in_file(path, 0, "", format!("it cannot be read: {error}"))
    }

    pub(super) fn in_environment(variable: &str, setting: &str, problem: String) -> Self {
        let (place, setting) = (variable.to_owned(), setting.to_owned());
        Self { place, line: 0, setting, problem }
    }

    /// Settings that do not go together, wherever they were set.
    pub(crate) fn between(place: String, setting: &str, problem: &str) -> Self {
        let (setting, problem) = (setting.to_owned(), problem.to_owned());
        Self { place, line: 0, setting, problem }
    }
}

impl fmt::Display for SettingProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.place)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        if !self.setting.is_empty() {
            write!(f, ": {}", self.setting)?;
        }
        write!(f, ": {}", self.problem)
    }
}
