//! Reads files of results: CSV of ranked lists, one or many tournaments to a file, and JSON of matches;
//! and files of what coaches say.
//!
//! A file is read twice: once to check all of it, once to import it. Neither reading holds a tournament
//! of a CSV file, whatever its size; to correct one it is held.

mod assessments;
mod field;
mod match_json;
mod options;
mod problem;
mod ranked_csv;
mod roll;
mod scratch;
mod sorting;
mod source;
mod text;
mod tournament;

use std::path::Path;

use domain::StandingsRules;

pub use self::{
    assessments::{AssessmentFile, percentage},
    field::ImportedField,
    options::{ColumnNames, Format, ImportOptions, MarkColumn, Status, StatusWords},
    problem::{Problem, ProblemKind, Problems},
    tournament::{ImportedTournament, Locations},
};
use self::{match_json::MatchFile, ranked_csv::RankedFile, source::Source};

/// A file of results that was found fit to be read: it is there, and its columns are known.
#[derive(Debug)]
pub struct Import {
    source: Source,
    file: File,
}

#[derive(Debug)]
enum File {
    Ranked(Box<RankedFile>),
    Matches(MatchFile),
}

impl Import {
    /// Looks at the file: its format, and the header of a CSV file. Everything that is wrong with
    /// them comes back at once.
    pub fn open(path: &Path, options: &ImportOptions) -> Result<Self, Vec<Problem>> {
        let source = Source::open(path).map_err(|it| vec![*it])?;
        let format = match options.format {
            Some(format) => format,
            None => Format::of(&source).map_err(|it| vec![*it])?,
        };
        let file = match format {
            Format::Csv | Format::Tsv => {
                File::Ranked(Box::new(RankedFile::open(&source, format, options)?))
            }
            Format::Json => {
                File::Matches(MatchFile::open(&source, options).map_err(|it| vec![*it])?)
            }
        };
        Ok(Self { source, file })
    }

    /// Reads the file from its start: each tournament, or all that is wrong with it. A file that
    /// changed since it was opened is a problem, found before the first or after the last one.
    pub fn tournaments(&self) -> impl Iterator<Item = Result<ImportedTournament, Vec<Problem>>> {
        let tournaments: Box<dyn Iterator<Item = _>> = match &self.file {
            File::Ranked(file) => Box::new(file.tournaments(&self.source)),
            File::Matches(file) => Box::new(std::iter::once_with(|| file.tournament(&self.source))),
        };
        tournaments
    }

    /// The same, each of them ranked by `rules` as its rows come in, so that nothing holds them.
    pub fn fields(
        &self,
        rules: StandingsRules,
    ) -> impl Iterator<Item = Result<ImportedField, Vec<Problem>>> {
        let fields: Box<dyn Iterator<Item = _>> = match &self.file {
            File::Ranked(file) => Box::new(file.fields(&self.source, rules)),
            File::Matches(file) => Box::new(std::iter::once_with(move || {
                ImportedField::held(file.tournament(&self.source)?, rules)
            })),
        };
        fields
    }
}
