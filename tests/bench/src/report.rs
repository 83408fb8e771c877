//! Everything that was measured, and where it is kept.

use std::{collections::BTreeMap, fs, path::Path};

use serde::{Deserialize, Serialize};

use crate::{
    Failure,
    args::Case,
    cases::{Contention, History, Imports, Memory, Repeated, Sizes, Sqlite, Verified, Workers},
    machine::Taken,
    sections::{self, targets},
};

/// Everything that was measured, by case.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Report {
    /// When and on what.
    pub(crate) taken: BTreeMap<Case, Taken>,
    pub(crate) sizes: Option<Sizes>,
    pub(crate) sqlite: Option<Sqlite>,
    pub(crate) workers: Option<Vec<Workers>>,
    pub(crate) history: Option<History>,
    pub(crate) contention: Option<Contention>,
    pub(crate) repeated: Option<Repeated>,
    pub(crate) import: Option<Imports>,
    pub(crate) verify: Option<Verified>,
    pub(crate) memory: Option<Memory>,
}

impl Report {
    pub(crate) fn print(&self, json: bool) -> Result<(), Failure> {
        if json {
            println!("{}", serde_json::to_string_pretty(self)?);
            return Ok(());
        }
        for section in sections::of(self) {
            println!("{}", section.text());
        }
        println!("{}", targets::table(self).text());
        Ok(())
    }

    /// What an earlier run has left at `path`; nothing if none has.
    pub(crate) fn kept(path: &Path) -> Result<Self, Failure> {
        if !path.exists() {
            return Ok(Self::default());
        }
        Ok(serde_json::from_str(&fs::read_to_string(path)?)?)
    }

    /// This report, with what `earlier` has of the cases that this one has not measured.
    pub(crate) fn besides(self, earlier: Self) -> Self {
        Self {
            taken: earlier.taken.into_iter().chain(self.taken).collect(),
            sizes: self.sizes.or(earlier.sizes),
            sqlite: self.sqlite.or(earlier.sqlite),
            workers: self.workers.or(earlier.workers),
            history: self.history.or(earlier.history),
            contention: self.contention.or(earlier.contention),
            repeated: self.repeated.or(earlier.repeated),
            import: self.import.or(earlier.import),
            verify: self.verify.or(earlier.verify),
            memory: self.memory.or(earlier.memory),
        }
    }
}
