//! What the user can say about a file that it does not say itself.

use std::collections::BTreeMap;

use domain::{Better, Finish};

use super::{Problem, ProblemKind, source::Source};

/// What the user can say about a file. The default relies on the names of columns.
#[derive(Debug, Clone)]
pub struct ImportOptions {
    /// The format; by default the extension decides.
    pub format: Option<Format>,
    /// The key of the tournament, for a file that holds one; by default the file's name.
    pub tournament: Option<String>,
    /// What parts the fields of a CSV file; by default a comma, a tab in a `.tsv` file.
    pub delimiter: Option<char>,
    /// Which column is which.
    pub columns: ColumnNames,
    /// Words that stand in place of a placement.
    pub words: StatusWords,
    /// Rows of a ranked list that are held while it is sorted; more are put aside, in a file of the
    /// system's temporary directory.
    pub rows_held: usize,
}

/// About half a megabyte of rows.
const ROWS_HELD: usize = 8_192;

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A ranked list, fields parted by commas.
    Csv,
    /// A ranked list, fields parted by tabs.
    Tsv,
    /// Matches.
    Json,
}

/// Which column is which; `None` leaves it to the usual names.
#[derive(Debug, Clone, Default)]
pub struct ColumnNames {
    /// The key of the tournament.
    pub tournament: Option<String>,
    /// What people call the tournament.
    pub name: Option<String>,
    /// The day of the tournament.
    pub date: Option<String>,
    /// The key of the participant.
    pub player: Option<String>,
    /// What people call the participant.
    pub player_name: Option<String>,
    /// The team that the placement belongs to. Never guessed: a column called "team" does not make
    /// a tournament of teams.
    pub team: Option<String>,
    /// What a member counts in the team. Never guessed.
    pub weight: Option<String>,
    /// What decides between those who end level. Never guessed.
    pub tie_break: Option<String>,
    /// What orders the participants.
    pub mark: MarkColumn,
}

/// What orders the participants of a ranked list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MarkColumn {
    /// A placement.
    Placement(Option<String>),
    /// A number that makes one.
    Value {
        /// The column.
        column: String,
        /// Which end of the scale wins.
        better: Better,
    },
}

/// How somebody without a placement ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Competed without a placement.
    Unplaced,
    /// Did not compete.
    Absent,
    /// Competed, and was struck from the results.
    Disqualified,
}

/// Words that stand in place of a placement, whatever their case.
#[derive(Debug, Clone)]
pub struct StatusWords {
    words: BTreeMap<String, Status>,
}

impl Format {
    /// What the extension of the file says.
    pub(super) fn of(source: &Source) -> Result<Self, Box<Problem>> {
        let extension = source.path().extension().unwrap_or_default().to_string_lossy();
        match extension.to_ascii_lowercase().as_str() {
            "csv" => Ok(Self::Csv),
            "tsv" => Ok(Self::Tsv),
            "json" => Ok(Self::Json),
            _ => Err(source
                .problem(ProblemKind::UnknownFormat, "the name does not tell the format")
                .expected("a name that ends in .csv, .tsv or .json")
                .advice("give the format with --format csv, --format tsv or --format json")),
        }
    }
}

impl Default for ImportOptions {
    fn default() -> Self {
        Self {
            format: None,
            tournament: None,
            delimiter: None,
            columns: ColumnNames::default(),
            words: StatusWords::default(),
            rows_held: ROWS_HELD,
        }
    }
}

impl Default for MarkColumn {
    fn default() -> Self {
        Self::Placement(None)
    }
}

impl Default for StatusWords {
    fn default() -> Self {
        let mut words = Self { words: BTreeMap::new() };
        for (status, usual) in USUAL_WORDS {
            usual.iter().for_each(|word| words.set(word, *status));
        }
        words
    }
}

const USUAL_WORDS: &[(Status, &[&str])] = &[
    (Status::Unplaced, &["DNF", "NC"]),
    (Status::Absent, &["DNQ", "DNPQ", "DNP", "DNS", "EX", "WD"]),
    (Status::Disqualified, &["DSQ", "DQ"]),
];

impl StatusWords {
    /// Makes `word` mean `status`, whatever it meant before.
    pub fn set(&mut self, word: &str, status: Status) {
        self.words.insert(word.trim().to_uppercase(), status);
    }

    /// What `cell` says, if it is one of the words.
    pub(super) fn finish<Mark>(&self, cell: &str) -> Option<Finish<Mark>> {
        self.words.get(&cell.to_uppercase()).map(|status| match status {
            Status::Unplaced => Finish::Unplaced,
            Status::Absent => Finish::Absent,
            Status::Disqualified => Finish::Disqualified,
        })
    }

    /// The words, for a message.
    pub(super) fn list(&self) -> String {
        self.words.keys().map(String::as_str).collect::<Vec<_>>().join(", ")
    }
}
