//! From files of results to paid tournaments, in two passes: the first finds everything that is
//! wrong and writes nothing, the second writes tournament by tournament.

mod check;
mod compare;
mod left_out;
mod reader;
mod registry;
mod report;
mod write;

use std::{path::PathBuf, sync::Arc};

use app_service::{SubmitOptions, domain::RewardPolicy};

pub(crate) use self::{
    check::{Checked, check},
    compare::{Plan, compare},
    left_out::LeftOut,
    report::{Report, ReportOutcome},
    write::{Work, write},
};
use crate::import::Import;

/// The files of one command, and how they are read.
#[derive(Debug)]
pub(crate) struct Sources {
    pub(crate) files: Vec<SourceFile>,
    pub(crate) policy: RewardPolicy,
    pub(crate) options: SubmitOptions,
}

/// A file of results that can be read.
#[derive(Debug, Clone)]
pub(crate) struct SourceFile {
    pub(crate) path: PathBuf,
    pub(crate) import: Arc<Import>,
}

impl SourceFile {
    /// How messages call it.
    fn name(&self) -> String {
        self.path.display().to_string()
    }
}
