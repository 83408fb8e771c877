//! Which column of a CSV file is which.

use std::collections::BTreeMap;

use domain::Better;

use super::rows::Row;
use crate::import::{
    ImportOptions, MarkColumn, Problem, ProblemKind, Problems, problem::quoted, source::Source,
    text,
};

/// The columns that matter.
#[derive(Debug)]
pub(super) struct Columns {
    pub(super) tournament: Option<Column>,
    pub(super) name: Option<Column>,
    pub(super) date: Option<Column>,
    pub(super) player: Column,
    pub(super) player_name: Option<Column>,
    pub(super) team: Option<Column>,
    pub(super) weight: Option<Column>,
    pub(super) tie_break: Option<Column>,
    pub(super) mark: Column,
    /// `None` for placements.
    pub(super) better: Option<Better>,
}

/// One column of the file.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) name: String,
    index: usize,
}

/// What a column is for: the option that names it, and the names it usually has. Those of the
/// second list count only where none of the first is there.
struct Role {
    option: &'static str,
    usual: [&'static [&'static str]; 2],
}

const TOURNAMENT: Role = Role {
    option: "--tournament-column",
    usual: [
        &["tournament", "tournament_id", "tournament_key", "race_id", "event_id", "competition_id"],
        &["event", "race", "competition"],
    ],
};
const NAME: Role = Role {
    option: "--name-column",
    usual: [&["tournament_name", "race_name", "event_name", "competition_name"], &["name"]],
};
const DATE: Role =
    Role { option: "--date-column", usual: [&["date", "tournament_date", "occurred_on"], &[]] };
const PLAYER: Role = Role {
    option: "--player-column",
    usual: [
        &["player_id", "driver_id", "participant_id", "athlete_id", "competitor_id", "player_key"],
        &["player", "driver", "participant", "athlete", "competitor"],
    ],
};
const PLAYER_NAME: Role = Role {
    option: "--player-name-column",
    usual: [
        &["player_name", "driver_name", "participant_name", "athlete_name", "competitor_name"],
        &[],
    ],
};
const TEAM: Role = Role { option: "--team-column", usual: [&[], &[]] };
const WEIGHT: Role = Role { option: "--weight-column", usual: [&[], &[]] };
const TIE_BREAK: Role = Role { option: "--tie-break-column", usual: [&[], &[]] };
const PLACEMENT: Role = Role {
    option: "--placement-column",
    usual: [&["placement", "position", "rank", "place"], &[]],
};
const VALUE: Role = Role { option: "--value-column", usual: [&[], &[]] };

impl Columns {
    /// Finds every column by its option or by its usual names.
    pub(super) fn find(
        source: &Source,
        header: &Row,
        options: &ImportOptions,
    ) -> Result<Self, Vec<Problem>> {
        let names = &options.columns;
        let finder = Finder { source, header };
        let mut problems = Problems::default();
        let mut optional = |named: &Option<String>, role| {
            problems.note(finder.find(named.as_deref(), role)).flatten()
        };
        let tournament = optional(&names.tournament, &TOURNAMENT);
        let name = optional(&names.name, &NAME);
        let date = optional(&names.date, &DATE);
        let player_name = optional(&names.player_name, &PLAYER_NAME);
        let team = optional(&names.team, &TEAM);
        let weight = optional(&names.weight, &WEIGHT);
        let tie_break = optional(&names.tie_break, &TIE_BREAK);
        problems.extend(finder.two_ways(tournament.as_ref(), options));
        let player = problems.note(finder.needed(names.player.as_deref(), &PLAYER));
        let (column, role, better) = match &names.mark {
            MarkColumn::Placement(column) => (column.as_deref(), &PLACEMENT, None),
            MarkColumn::Value { column, better } => (Some(column.as_str()), &VALUE, Some(*better)),
        };
        let mark = problems.note(finder.needed(column, role));
        match (player, mark) {
            (Some(player), Some(mark)) if problems.is_empty() => Ok(Self {
                tournament,
                name,
                date,
                player,
                player_name,
                team,
                weight,
                tie_break,
                mark,
                better,
            }),
            _ => Err(problems.into_vec()),
        }
    }

    /// What the file calls the fields of a [`ResultsProblem`](domain::ResultsProblem).
    pub(super) fn field_names(&self) -> BTreeMap<&'static str, String> {
        let mark = if self.better.is_some() { "value" } else { "placement" };
        let mut names = BTreeMap::from([
            ("participant", self.player.name.clone()),
            (mark, self.mark.name.clone()),
        ]);
        names.extend(self.team.as_ref().map(|it| ("team", it.name.clone())));
        names.extend(self.tie_break.as_ref().map(|it| ("tie-break", it.name.clone())));
        names
    }
}

impl Column {
    /// What `row` has here, without the blanks around it.
    pub(super) fn cell<'row>(&self, row: &'row Row) -> &'row str {
        row.fields.get(self.index).unwrap_or_default().trim()
    }

    /// What `row` must have here: a text.
    pub(super) fn required<'row>(
        &self,
        source: &Source,
        row: &'row Row,
        what: &str,
    ) -> Result<&'row str, Box<Problem>> {
        let cell = self.cell(row);
        if cell.is_empty() {
            let problem = source.problem(ProblemKind::Missing, format!("{what} is missing"));
            let problem = problem.at(row.line).field(&self.name).found(cell);
            return Err(problem.advice("fill the cell in, or remove the row"));
        }
        self.readable(source, row)?;
        Ok(cell)
    }

    /// The text that `row` may have here.
    pub(super) fn optional<'row>(
        &self,
        source: &Source,
        row: &'row Row,
    ) -> Result<Option<&'row str>, Box<Problem>> {
        let cell = self.cell(row);
        if cell.is_empty() {
            return Ok(None);
        }
        self.readable(source, row)?;
        Ok(Some(cell))
    }

    fn readable(&self, source: &Source, row: &Row) -> Result<(), Box<Problem>> {
        text::check(self.cell(row), |kind, message| {
            source.problem(kind, message).at(row.line).field(&self.name)
        })
    }
}

/// Looks for columns in a header.
struct Finder<'file> {
    source: &'file Source,
    header: &'file Row,
}

impl Finder<'_> {
    fn needed(&self, wanted: Option<&str>, role: &Role) -> Result<Column, Box<Problem>> {
        self.find(wanted, role)?.ok_or_else(|| self.absent(role))
    }

    fn find(&self, wanted: Option<&str>, role: &Role) -> Result<Option<Column>, Box<Problem>> {
        if let Some(wanted) = wanted {
            let column = self.one_of(&[wanted], role)?;
            return column.map(Some).ok_or_else(|| self.unknown(wanted, role));
        }
        for usual in role.usual {
            if let Some(column) = self.one_of(usual, role)? {
                return Ok(Some(column));
            }
        }
        Ok(None)
    }

    /// The column that has one of `names`. Names are equal but for case, blanks and hyphens, unless
    /// a column is called exactly so.
    fn one_of(&self, names: &[&str], role: &Role) -> Result<Option<Column>, Box<Problem>> {
        let columns = || self.header.fields.iter().enumerate();
        let mut matching: Vec<_> = columns().filter(|(_, it)| names.contains(it)).collect();
        if matching.is_empty() {
            let plain: Vec<String> = names.iter().map(|it| plain(it)).collect();
            matching = columns().filter(|(_, it)| plain.contains(&self::plain(it))).collect();
        }
        match matching.as_slice() {
            [] => Ok(None),
            [(index, name)] => Ok(Some(Column { name: (*name).to_owned(), index: *index })),
            several => Err(self.ambiguous(several, role)),
        }
    }

    fn ambiguous(&self, columns: &[(usize, &str)], role: &Role) -> Box<Problem> {
        let names: Vec<_> = columns.iter().map(|(_, name)| quoted(name)).collect();
        let message = format!("the columns {} could all be meant", names.join(", "));
        self.problem(ProblemKind::ColumnAmbiguous, message, role).advice(format!(
            "choose one with {}, after renaming one if they are called the same",
            role.option
        ))
    }

    fn absent(&self, role: &Role) -> Box<Problem> {
        let usual = role.usual.concat().join(", ");
        let message = format!("no column has a usual name; there are {}", self.header.list());
        let problem = self.problem(ProblemKind::ColumnMissing, message, role);
        let problem = problem.expected(format!("one of {usual}"));
        problem.advice(match self.likely_delimiter() {
            Some(delimiter) => format!("give the delimiter with --delimiter {delimiter:?}"),
            None if role.option == PLACEMENT.option => {
                "name it with --placement-column, or a measured one with --value-column and --better"
                    .to_owned()
            }
            None => format!("name it with {}", role.option),
        })
    }

    fn unknown(&self, wanted: &str, role: &Role) -> Box<Problem> {
        let list = self.header.list();
        let message = format!("there is no column {}; there are {list}", quoted(wanted));
        let closest = self.header.fields.iter().max_by(|a, b| {
            let likeness = |it: &str| strsim::jaro_winkler(&plain(it), &plain(wanted));
            likeness(a).total_cmp(&likeness(b))
        });
        let problem = self.problem(ProblemKind::ColumnMissing, message, role).found(wanted);
        problem.advice(match closest {
            Some(closest) => format!("did you mean {}?", quoted(closest)),
            None => "check the header".to_owned(),
        })
    }

    /// `--tournament` names the only tournament of a file, and this one has a column of them.
    fn two_ways(
        &self,
        tournament: Option<&Column>,
        options: &ImportOptions,
    ) -> Option<Box<Problem>> {
        let (column, key) = (tournament?, options.tournament.as_ref()?);
        let message = format!("the tournaments are in column {}", quoted(&column.name));
        let problem = self.problem(ProblemKind::Option, message, &TOURNAMENT);
        Some(problem.found(key).advice("leave --tournament out"))
    }

    /// What parts the columns of a header that seems to have only one.
    fn likely_delimiter(&self) -> Option<char> {
        let only = self.header.fields.get(0).filter(|_| self.header.fields.len() == 1)?;
        [';', '\t', '|', ','].into_iter().find(|it| only.contains(*it))
    }

    fn problem(&self, kind: ProblemKind, message: String, role: &Role) -> Box<Problem> {
        self.source.problem(kind, message).at(self.header.line).field(role.option)
    }
}

/// A name without what people write differently.
fn plain(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '-'], "_")
}
