//! One tournament of a CSV file while its rows come in.

use domain::{Finish, Membership, NewPlayer, Placement, RankedEntry};

use super::{
    cell::{self, Unreadable},
    columns::{Column, Columns},
    rows::Row,
};
use crate::import::{Problem, ProblemKind, Problems, StatusWords, problem::quoted, source::Source};

/// One tournament while its rows come in.
pub(super) struct Draft<'file, Taker> {
    source: &'file Source,
    columns: &'file Columns,
    words: &'file StatusWords,
    pub(super) key: String,
    line: u64,
    name: Fact<'file>,
    date: Fact<'file>,
    taker: Taker,
}

/// What becomes of rows that have no problems.
pub(super) trait TakeRows {
    /// Takes the row that begins in `line`.
    fn take(&mut self, line: u64, player: NewPlayer, entry: Entry) -> Result<(), Box<Problem>>;
}

/// How a row ended.
pub(super) enum Entry {
    Placed(RankedEntry<Placement>),
    Measured(RankedEntry<f64>),
}

/// What is known of a tournament beside its rows.
pub(super) struct Heading {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) occurred_on: Option<String>,
    /// Where it begins.
    pub(super) line: u64,
}

/// What every row says about the tournament, and the first row said first.
struct Fact<'file> {
    column: Option<&'file Column>,
    text: Option<String>,
    line: u64,
    doubted: bool,
}

/// Where a row ended, in one of the two ways in which lists are kept.
enum Mark {
    Placement(Finish<Placement>),
    Value(Finish<f64>),
}

impl<'file, Taker: TakeRows> Draft<'file, Taker> {
    /// The tournament `key`, of which `row` is the first row.
    pub(super) fn new(
        source: &'file Source,
        columns: &'file Columns,
        words: &'file StatusWords,
        (key, row): (String, &Row),
        taker: Taker,
    ) -> Self {
        Self {
            source,
            columns,
            words,
            key,
            line: row.line,
            name: Fact::new(columns.name.as_ref(), row),
            date: Fact::new(columns.date.as_ref(), row),
            taker,
        }
    }

    /// Takes `row` in, or tells all that is wrong with it.
    pub(super) fn add(&mut self, row: &Row, problems: &mut Problems) {
        let mut found = Vec::new();
        found.extend(self.name.problem(self.source, row));
        found.extend(self.date.problem(self.source, row));
        let player = self.player(row, &mut found);
        let team = self.team(row).map_err(|it| found.push(it)).ok().flatten();
        let tie_break = self.tie_break(row).map_err(|it| found.push(it)).ok().flatten();
        let mark = self.mark(row).map_err(|it| found.push(it)).ok();
        if let (Some(player), Some(mark), true) = (player, mark, found.is_empty()) {
            let id = player.id;
            let entry = match mark {
                Mark::Placement(finish) => {
                    Entry::Placed(RankedEntry { player: id, team, finish, tie_break })
                }
                Mark::Value(finish) => {
                    Entry::Measured(RankedEntry { player: id, team, finish, tie_break })
                }
            };
            found.extend(self.taker.take(row.line, player, entry).err());
        }
        problems.extend(found.into_iter().map(|it| it.of(&self.key)));
    }

    /// The tournament, of rows that had no problems.
    pub(super) fn finish(self) -> (Heading, Taker) {
        let heading = Heading {
            name: self.name.text.unwrap_or_else(|| self.key.clone()),
            key: self.key,
            occurred_on: self.date.text,
            line: self.line,
        };
        (heading, self.taker)
    }

    /// Who the row is about. What is wrong with the key and with the name is `found` at once.
    #[expect(clippy::vec_box, reason = "readers box what they find")]
    fn player(&self, row: &Row, found: &mut Vec<Box<Problem>>) -> Option<NewPlayer> {
        let mut note = |it| found.push(it);
        let Columns { player, player_name, .. } = self.columns;
        let key = player.required(self.source, row, "the participant").map_err(&mut note);
        let name = player_name.as_ref().map(|it| it.optional(self.source, row));
        let name = name.transpose().map_err(&mut note);
        let (key, name) = (key.ok()?, name.ok()?.flatten());
        Some(NewPlayer::new(key, name.unwrap_or(key)))
    }

    fn team(&self, row: &Row) -> Result<Option<Membership>, Box<Problem>> {
        let Some(team) = &self.columns.team else { return Ok(None) };
        let weight = self.said(self.columns.weight.as_ref(), row, cell::weight)?;
        let name = team.optional(self.source, row)?;
        let weight = weight.unwrap_or_default();
        Ok(name.map(|it| Membership { name: it.to_owned(), weight }))
    }

    fn tie_break(&self, row: &Row) -> Result<Option<f64>, Box<Problem>> {
        Ok(self.said(self.columns.tie_break.as_ref(), row, cell::tie_break)?.flatten())
    }

    /// What the row says in a column that a file need not have.
    fn said<T>(
        &self,
        column: Option<&Column>,
        row: &Row,
        read: impl FnOnce(&str) -> Result<T, Unreadable>,
    ) -> Result<Option<T>, Box<Problem>> {
        let Some(column) = column else { return Ok(None) };
        read(column.cell(row)).map(Some).map_err(|it| unreadable(self.source, column, row, it))
    }

    /// How the row ended.
    fn mark(&self, row: &Row) -> Result<Mark, Box<Problem>> {
        let cell = self.columns.mark.cell(row);
        let mark = match self.columns.better {
            None => cell::placement(cell, self.words).map(Mark::Placement),
            Some(_) => cell::value(cell, self.words).map(Mark::Value),
        };
        mark.map_err(|it| unreadable(self.source, &self.columns.mark, row, it))
    }
}

impl<'file> Fact<'file> {
    fn new(column: Option<&'file Column>, row: &Row) -> Self {
        let text = column.map(|it| it.cell(row).to_owned()).filter(|it| !it.is_empty());
        Self { column, text, line: row.line, doubted: false }
    }

    /// What is wrong with the first row, or with one that says otherwise.
    fn problem(&mut self, source: &Source, row: &Row) -> Option<Box<Problem>> {
        if row.line == self.line {
            return self.column?.optional(source, row).err();
        }
        self.contradiction(source, row)
    }

    /// The first row that says otherwise; those after it most likely repeat it.
    fn contradiction(&mut self, source: &Source, row: &Row) -> Option<Box<Problem>> {
        let column = self.column?;
        let (said, says) = (self.text.as_deref().unwrap_or_default(), column.cell(row));
        if self.doubted || said == says {
            return None;
        }
        self.doubted = true;
        let message = format!(
            "{} differs from {} in line {}, in the same tournament",
            quoted(says),
            quoted(said),
            self.line
        );
        let problem = source.problem(ProblemKind::Inconsistent, message).at(row.line);
        Some(problem.field(&column.name).found(says).advice(
            "correct one of the rows, or name the right columns with --tournament-column, \
             --name-column and --date-column",
        ))
    }
}

fn unreadable(source: &Source, column: &Column, row: &Row, unreadable: Unreadable) -> Box<Problem> {
    let cell = column.cell(row);
    let (kind, message) = if cell.is_empty() {
        (ProblemKind::Missing, "the cell is empty".to_owned())
    } else {
        (ProblemKind::Invalid, format!("{} is not understood", quoted(cell)))
    };
    let problem = source.problem(kind, message).at(row.line).field(&column.name).found(cell);
    problem.expected(unreadable.expected).advice(unreadable.advice)
}
