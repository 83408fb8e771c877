//! Reads files of assessments: what coaches say, in CSV or in JSON. All of a file is checked before any
//! of it is recorded.

mod draft;
mod list;
mod sheet;

use std::path::Path;

use app_service::{AssessmentFault, InvalidAssessment};
use domain::Assessment;

pub use self::draft::percentage;
use self::draft::{Drafts, Place};
use super::{Format, Problem, ProblemKind, problem::quoted, source::Source};

/// The assessments of a file in which nothing is wrong, and where each of them stands.
#[derive(Debug)]
pub struct AssessmentFile {
    /// In the order of the file.
    pub assessments: Vec<Assessment>,
    source: Source,
    places: Vec<Place>,
}

impl AssessmentFile {
    /// Reads the file to its end, or tells all that is wrong with it.
    pub fn read(path: &Path) -> Result<Self, Vec<Problem>> {
        let source = Source::open(path).map_err(|it| vec![*it])?;
        let format = Format::of(&source).map_err(|it| vec![*it])?;
        let mut drafts = Drafts::new(&source);
        match format {
            Format::Json => list::read(&source, &mut drafts),
            Format::Csv => sheet::read(&source, b',', &mut drafts),
            Format::Tsv => sheet::read(&source, b'\t', &mut drafts),
        }
        let (assessments, places) = drafts.finish()?;
        Ok(Self { assessments, source, places })
    }

    /// What the use case found wrong, where it stands in the file.
    #[must_use]
    pub fn located(&self, invalid: &[InvalidAssessment]) -> Vec<Problem> {
        invalid.iter().map(|it| *self.locate(it)).collect()
    }

    fn locate(&self, invalid: &InvalidAssessment) -> Box<Problem> {
        let Some(place) = self.places.get(invalid.position) else {
            return self.source.problem(ProblemKind::Invalid, invalid.fault.to_string());
        };
        let problem = |message| {
            self.source.problem(ProblemKind::Invalid, message).at(place.line).field(&place.field)
        };
        match invalid.fault {
            AssessmentFault::NoPlayer(_) => {
                problem(format!("nobody is called {}", quoted(&place.player)))
                    .found(&place.player)
                    .expected("the key or the id of a registered player")
                    .advice("correct it, or import results of the player first")
            }
            ref fault => problem(fault.to_string()).advice("correct the assessment"),
        }
    }
}
