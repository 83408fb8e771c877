//! What `run`, `import` and `correct` want to know of the files.

use std::path::PathBuf;

use app_service::{
    SubmitOptions,
    domain::{Better, OnDuplicate, OnGap},
};
use clap::{Args, ValueEnum};

use crate::import::{ColumnNames, Format, ImportOptions, MarkColumn, Status, StatusWords};

/// Arguments of `run` and `import`.
#[derive(Debug, Args)]
pub(crate) struct Intake {
    #[command(flatten)]
    pub(crate) reading: Reading,

    /// The reward policy, without one the standard policy; a tournament that exists must have it
    #[arg(long, value_name = "FILE")]
    pub(crate) policy: Option<PathBuf>,

    /// Leave out tournaments that have problems, and go on with the others
    #[arg(long)]
    pub(crate) keep_going: bool,
}

/// Files of results, and how they are read.
#[derive(Debug, Args)]
pub(crate) struct Reading {
    /// Files of results: CSV or TSV of ranked lists, JSON of matches
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,

    /// What a participant who is listed twice means: a mistake, or that the better finish counts
    #[arg(long, value_name = "WHAT", default_value = "refuse")]
    on_duplicate: Duplicate,

    /// What a placement that nobody has means: a mistake, or that those behind move up
    #[arg(long, value_name = "WHAT", default_value = "refuse")]
    on_gap: Gap,

    #[command(flatten)]
    columns: Columns,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "How files are read")]
struct Columns {
    /// The format; by default the extension decides
    #[arg(long)]
    format: Option<FileFormat>,
    /// Key of the tournament, for a file that holds one; by default the file's name
    #[arg(long, value_name = "KEY")]
    tournament: Option<String>,
    /// What parts the fields of a line
    #[arg(long, value_name = "CHARACTER", value_parser = delimiter)]
    delimiter: Option<char>,
    /// Column of the tournament's key
    #[arg(long, value_name = "COLUMN")]
    tournament_column: Option<String>,
    /// Column of the tournament's name
    #[arg(long, value_name = "COLUMN")]
    name_column: Option<String>,
    /// Column of the tournament's day
    #[arg(long, value_name = "COLUMN")]
    date_column: Option<String>,
    /// Column of the participant's key
    #[arg(long, value_name = "COLUMN")]
    player_column: Option<String>,
    /// Column of the participant's name
    #[arg(long, value_name = "COLUMN")]
    player_name_column: Option<String>,
    /// Column of the team that a placement belongs to; makes tournaments of teams
    #[arg(long, value_name = "COLUMN")]
    team_column: Option<String>,
    /// Column of what a member counts in the team, 1 where the cell is empty
    #[arg(long, value_name = "COLUMN", requires = "team_column")]
    weight_column: Option<String>,
    /// Column of a number that decides between those who end level, where the policy has every place
    /// taken once
    #[arg(long, value_name = "COLUMN")]
    tie_break_column: Option<String>,
    /// Column of the placement
    #[arg(long, value_name = "COLUMN")]
    placement_column: Option<String>,
    /// Column of a number that makes the placement
    #[arg(long, value_name = "COLUMN", requires = "better", conflicts_with = "placement_column")]
    value_column: Option<String>,
    /// Which end of --value-column wins
    #[arg(long, value_name = "END", requires = "value_column")]
    better: Option<End>,
    /// A word for having competed without a placement
    #[arg(long, value_name = "WORD")]
    unplaced_word: Vec<String>,
    /// A word for not having competed
    #[arg(long, value_name = "WORD")]
    absent_word: Vec<String>,
    /// A word for having been struck from the results
    #[arg(long, value_name = "WORD")]
    disqualified_word: Vec<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Duplicate {
    Refuse,
    Best,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Gap {
    Refuse,
    Close,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FileFormat {
    Csv,
    Tsv,
    Json,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum End {
    Lower,
    Higher,
}

impl Reading {
    /// How forgiving the reading of results is.
    pub(crate) fn submit_options(&self) -> SubmitOptions {
        SubmitOptions {
            on_duplicate: match self.on_duplicate {
                Duplicate::Refuse => OnDuplicate::Refuse,
                Duplicate::Best => OnDuplicate::Best,
            },
            on_gap: match self.on_gap {
                Gap::Refuse => OnGap::Refuse,
                Gap::Close => OnGap::Close,
            },
        }
    }

    /// How the files are read.
    pub(crate) fn import_options(&self) -> ImportOptions {
        let columns = &self.columns;
        ImportOptions {
            format: columns.format.map(Format::from),
            tournament: columns.tournament.clone(),
            delimiter: columns.delimiter,
            columns: columns.names(),
            words: columns.words(),
            ..ImportOptions::default()
        }
    }
}

impl Columns {
    fn names(&self) -> ColumnNames {
        ColumnNames {
            tournament: self.tournament_column.clone(),
            name: self.name_column.clone(),
            date: self.date_column.clone(),
            player: self.player_column.clone(),
            player_name: self.player_name_column.clone(),
            team: self.team_column.clone(),
            weight: self.weight_column.clone(),
            tie_break: self.tie_break_column.clone(),
            mark: self.mark(),
        }
    }

    fn mark(&self) -> MarkColumn {
        let (Some(column), Some(end)) = (&self.value_column, self.better) else {
            return MarkColumn::Placement(self.placement_column.clone());
        };
        let better = match end {
            End::Lower => Better::Lower,
            End::Higher => Better::Higher,
        };
        MarkColumn::Value { column: column.clone(), better }
    }

    fn words(&self) -> StatusWords {
        let mut words = StatusWords::default();
        let given = [
            (&self.unplaced_word, Status::Unplaced),
            (&self.absent_word, Status::Absent),
            (&self.disqualified_word, Status::Disqualified),
        ];
        for (given, status) in given {
            for word in given {
                words.set(word, status);
            }
        }
        words
    }
}

impl From<FileFormat> for Format {
    fn from(format: FileFormat) -> Self {
        match format {
            FileFormat::Csv => Self::Csv,
            FileFormat::Tsv => Self::Tsv,
            FileFormat::Json => Self::Json,
        }
    }
}

/// One character; a tab may be written as shells allow it.
fn delimiter(text: &str) -> Result<char, String> {
    let text = if text == "\\t" || text == "tab" { "\t" } else { text };
    let mut characters = text.chars();
    match (characters.next(), characters.next()) {
        (Some(one), None) => Ok(one),
        _ => Err("give one character, or `tab`".to_owned()),
    }
}
