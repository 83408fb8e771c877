//! A tournament of a CSV file that is ranked without being held.

use std::{collections::HashMap, io, sync::Arc};

use domain::{
    Better, Listing, NewPlayer, Placement, PlayerId, ResultsProblem, StandingsRules, Unranked,
};

use super::{
    RankedFile, Takers,
    draft::{Entry, Heading, TakeRows},
};
use crate::import::{
    ImportedField, Problem, ProblemKind, Problems,
    field::{Players, ScratchStandings, names},
    problem::PROBLEMS_MAX,
    roll::Roll,
    sorting::ScratchSorter,
    source::Source,
    tournament::{Locations, Place},
};

/// Ranks tournaments by `rules`, row by row.
pub(super) struct Ranking<'a> {
    pub(super) source: &'a Source,
    pub(super) rules: StandingsRules,
    pub(super) sorter: ScratchSorter,
}

/// The rows of one tournament, most of them put aside.
pub(super) struct RowsAside<'a> {
    source: &'a Source,
    list: List,
    roll: Roll,
}

enum List {
    Placements(Listing<Placement, ScratchSorter>),
    Values(Listing<f64, ScratchSorter>),
}

impl TakeRows for RowsAside<'_> {
    fn take(&mut self, line: u64, player: NewPlayer, entry: Entry) -> Result<(), Box<Problem>> {
        let number = usize::try_from(line).unwrap_or(usize::MAX);
        let pushed = match (&mut self.list, &entry) {
            (List::Placements(list), Entry::Placed(entry)) => list.push(number, entry),
            (List::Values(list), Entry::Measured(entry)) => list.push(number, entry),
            // The columns of a file say one or the other.
            (List::Placements(_) | List::Values(_), _) => Ok(()),
        };
        let taken = pushed.and_then(|()| self.roll.push(&player));
        taken.map_err(|error| no_room(self.source, &error).at(line))
    }
}

impl<'a> Takers for Ranking<'a> {
    type Taker = RowsAside<'a>;
    type Tournament = ImportedField;

    fn taker(&self, better: Option<Better>) -> RowsAside<'a> {
        let Self { source, rules, sorter } = *self;
        let list = match better {
            None => List::Placements(Listing::of_placements(rules, sorter, PROBLEMS_MAX)),
            Some(better) => List::Values(Listing::of_values(better, rules, sorter, PROBLEMS_MAX)),
        };
        RowsAside { source, list, roll: Roll::default() }
    }

    fn tournament(
        &self,
        (file, source): (&RankedFile, &Source),
        Heading { key, name, line, .. }: Heading,
        rows: RowsAside<'a>,
    ) -> Result<ImportedField, Vec<Problem>> {
        let RowsAside { list, roll, .. } = rows;
        let ranked = match list {
            List::Placements(list) => list.rank(),
            List::Values(list) => list.rank(),
        };
        let ranked = ranked.and_then(|it| Ok(ScratchStandings::of(it)?));
        let lost = |error: io::Error| vec![*no_room(source, &error).of(&key)];
        match ranked {
            Ok(standings) => {
                let standings = Arc::new(standings);
                Ok(ImportedField { key, name, standings, players: Players::Rolled(roll) })
            }
            Err(Unranked::Problems { first, left_out }) => {
                let names = names(&first, &roll).map_err(lost)?;
                let place = Locations {
                    file: source.name().to_owned(),
                    line,
                    field_names: file.columns.field_names(),
                    ..Locations::default()
                };
                let mut problems = Problems::default();
                problems.extend(first.iter().map(|it| told(it, &place, &key, &names)));
                problems.leave_out(left_out);
                Err(problems.into_vec())
            }
            Err(Unranked::Lost(error)) => Err(lost(error)),
        }
    }
}

/// A problem with its place in the file: rows are named by their lines.
fn told(
    problem: &ResultsProblem,
    locations: &Locations,
    key: &str,
    names: &HashMap<PlayerId, String>,
) -> Box<Problem> {
    let place = Place {
        file: &locations.file,
        key,
        line: problem.row().map_or(locations.line, |it| it as u64),
        first_line: problem.first_row().map(|it| it as u64),
        field: locations.field_name(problem.field()),
    };
    place.problem(problem, &|player| names.get(&player).cloned().unwrap_or_default())
}

fn no_room(source: &Source, error: &io::Error) -> Box<Problem> {
    let message = format!("rows cannot be put aside while they are sorted: {error}");
    source
        .problem(ProblemKind::NoRoom, message)
        .advice("make room for temporary files, or name another directory for them in TMPDIR")
}
