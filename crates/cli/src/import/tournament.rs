//! A tournament as a file has it, and where in the file each of its rows stands.

use std::collections::BTreeMap;

use domain::{NewPlayer, PlayerId, Results, ResultsProblem, Standings, StandingsRules, standings};

use super::{Problem, ProblemKind};

/// A tournament as a file has it.
#[derive(Debug, Clone)]
pub struct ImportedTournament {
    /// The natural identity.
    pub key: String,
    /// What people call it; its key if the file has no name.
    pub name: String,
    /// The day as the file writes it; the last one of matches.
    pub occurred_on: Option<String>,
    /// Everybody in the results, once, in the order of the file.
    pub players: Vec<NewPlayer>,
    /// What happened.
    pub results: Results,
    /// Where the rows of the results stand.
    pub source: Locations,
}

/// Where the rows of results stand in their file.
#[derive(Debug, Clone, Default)]
pub struct Locations {
    pub(super) file: String,
    pub(super) line: u64,
    pub(super) rows: Vec<u64>,
    pub(super) parts: BTreeMap<(usize, &'static str), u64>,
    pub(super) field_names: BTreeMap<&'static str, String>,
}

/// Where a problem of results stands in its file.
pub(super) struct Place<'a> {
    pub(super) file: &'a str,
    /// The tournament.
    pub(super) key: &'a str,
    pub(super) line: u64,
    /// The line of the earlier row that it contradicts.
    pub(super) first_line: Option<u64>,
    /// What the file calls the field.
    pub(super) field: String,
}

impl Place<'_> {
    /// The problem with its place, and with the `name` of those involved.
    pub(super) fn problem(
        self,
        problem: &ResultsProblem,
        name: &dyn Fn(PlayerId) -> String,
    ) -> Box<Problem> {
        let message = problem.describe(name);
        let message = match self.first_line {
            Some(first) => format!("{message} (see line {first})"),
            None => message,
        };
        Problem::new(ProblemKind::Results, self.file, message)
            .at(self.line)
            .field(self.field)
            .of(self.key)
            .advice(advice(problem))
    }
}

impl ImportedTournament {
    /// Who ended where, or all that is wrong with the results.
    pub fn standings(&self, rules: &StandingsRules) -> Result<Standings, Vec<Problem>> {
        standings(&self.results, rules)
            .map_err(|problems| problems.iter().map(|it| self.problem(it)).collect())
    }

    /// A problem of the results, with its place in the file and the names of those involved.
    #[must_use]
    pub fn problem(&self, problem: &ResultsProblem) -> Problem {
        let field = problem.field();
        let place = Place {
            file: &self.source.file,
            key: &self.key,
            line: self.source.line(problem.row(), field),
            first_line: problem.first_row().and_then(|row| self.source.row_line(row)),
            field: self.source.field_name(field),
        };
        *place.problem(problem, &|player| self.player_name(player))
    }

    fn player_name(&self, id: PlayerId) -> String {
        let player = self.players.iter().find(|it| it.id == id);
        player.map_or_else(|| id.to_string(), |it| it.name.clone())
    }
}

impl Locations {
    /// The line of `field` in `row`; that of the row, or where the tournament begins, if nothing
    /// more precise is known.
    #[must_use]
    pub fn line(&self, row: Option<usize>, field: &'static str) -> u64 {
        let part = row.and_then(|row| self.parts.get(&(row, field)).copied());
        part.or_else(|| row.and_then(|row| self.row_line(row))).unwrap_or(self.line)
    }

    /// The line where each row begins.
    #[must_use]
    pub fn rows(&self) -> &[u64] {
        &self.rows
    }

    /// The line where `row` begins.
    #[must_use]
    pub fn row_line(&self, row: usize) -> Option<u64> {
        self.rows.get(row).copied()
    }

    /// What the file calls `field`.
    #[must_use]
    pub fn field_name(&self, field: &'static str) -> String {
        self.field_names.get(field).cloned().unwrap_or_else(|| field.to_owned())
    }
}

/// The advice of the domain, in terms of the command where it has an option for it.
fn advice(problem: &ResultsProblem) -> &'static str {
    match problem {
        ResultsProblem::Duplicate { .. } => {
            "remove one of the rows, or let the better finish count with --on-duplicate best"
        }
        ResultsProblem::Gap { .. } => {
            "add the missing rows, correct the placement, or let those behind move up with \
             --on-gap close"
        }
        ResultsProblem::UnbrokenTie { .. } => {
            "give both of them tie-breaks, different ones, in the column that --tie-break-column \
             names, or write \"tie_break\": \"listed\" in the policy"
        }
        _ => problem.advice(),
    }
}
