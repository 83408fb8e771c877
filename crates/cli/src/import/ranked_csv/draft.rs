//! One tournament of a CSV file while its rows come in.

use std::collections::HashSet;

use domain::{Finish, NewPlayer, PlayerId, RankedEntry, RankedList, Results};

use super::{
    cell::{self, Unreadable},
    columns::{Column, Columns},
    rows::Row,
};
use crate::import::{
    ImportedTournament, Locations, Problem, ProblemKind, Problems, StatusWords, problem::quoted,
    source::Source,
};

/// One tournament while its rows come in.
pub(super) struct Draft<'file> {
    source: &'file Source,
    columns: &'file Columns,
    words: &'file StatusWords,
    pub(super) key: String,
    name: Fact<'file>,
    date: Fact<'file>,
    players: Vec<NewPlayer>,
    known: HashSet<PlayerId>,
    list: RankedList,
    lines: Vec<u64>,
}

/// What every row says about the tournament, and the first row said first.
struct Fact<'file> {
    column: Option<&'file Column>,
    text: Option<String>,
    line: u64,
    doubted: bool,
}

impl<'file> Draft<'file> {
    /// The tournament `key`, of which `row` is the first row.
    pub(super) fn new(
        source: &'file Source,
        columns: &'file Columns,
        words: &'file StatusWords,
        key: String,
        row: &Row,
    ) -> Self {
        let list = match columns.better {
            None => RankedList::Placements(Vec::new()),
            Some(better) => RankedList::Measured { better, entries: Vec::new() },
        };
        Self {
            source,
            columns,
            words,
            key,
            name: Fact::new(columns.name.as_ref(), row),
            date: Fact::new(columns.date.as_ref(), row),
            players: Vec::new(),
            known: HashSet::new(),
            list,
            lines: Vec::new(),
        }
    }

    /// Takes `row` in, or tells all that is wrong with it.
    pub(super) fn add(&mut self, row: &Row, problems: &mut Problems) {
        let mut found = Vec::new();
        found.extend(self.name.problem(self.source, row));
        found.extend(self.date.problem(self.source, row));
        let player = self.player(row, &mut found);
        if let Err(problem) = self.entry(row, player.as_ref().map(|it| it.id)) {
            found.push(problem);
        }
        if let Some(player) = player
            && self.known.insert(player.id)
        {
            self.players.push(player);
        }
        self.lines.push(row.line);
        problems.extend(found.into_iter().map(|it| it.of(&self.key)));
    }

    /// The tournament, of rows that had no problems.
    pub(super) fn finish(self) -> ImportedTournament {
        let source = Locations {
            file: self.source.name().to_owned(),
            line: self.lines.first().copied().unwrap_or(1),
            rows: self.lines,
            field_names: self.columns.field_names(),
            ..Locations::default()
        };
        ImportedTournament {
            name: self.name.text.unwrap_or_else(|| self.key.clone()),
            key: self.key,
            occurred_on: self.date.text,
            players: self.players,
            results: Results::Ranked(self.list),
            source,
        }
    }

    /// Who the row is about. What is wrong with the key and with the name is `found` at once.
    fn player(&self, row: &Row, found: &mut Vec<Box<Problem>>) -> Option<NewPlayer> {
        let mut note = |it| found.push(it);
        let Columns { player, player_name, .. } = self.columns;
        let key = player.required(self.source, row, "the participant").map_err(&mut note);
        let name = player_name.as_ref().map(|it| it.optional(self.source, row));
        let name = name.transpose().map_err(&mut note);
        let (key, name) = (key.ok()?, name.ok()?.flatten());
        Some(NewPlayer::new(key, name.unwrap_or(key)))
    }

    /// How the row ended. Without a player it is read all the same, for its problems.
    fn entry(&mut self, row: &Row, player: Option<PlayerId>) -> Result<(), Box<Problem>> {
        let team = self.columns.team.as_ref().map(|it| it.optional(self.source, row));
        let team = team.transpose()?.flatten().map(str::to_owned);
        let cell = self.columns.mark.cell(row);
        let problem = |it| unreadable(self.source, &self.columns.mark, row, it);
        match &mut self.list {
            RankedList::Placements(entries) => {
                let finish = cell::placement(cell, self.words).map_err(problem)?;
                entries.extend(player.map(|player| entry(player, team, finish)));
            }
            RankedList::Measured { entries, .. } => {
                let finish = cell::value(cell, self.words).map_err(problem)?;
                entries.extend(player.map(|player| entry(player, team, finish)));
            }
        }
        Ok(())
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

fn entry<Mark>(player: PlayerId, team: Option<String>, finish: Finish<Mark>) -> RankedEntry<Mark> {
    RankedEntry { player, team, finish }
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
