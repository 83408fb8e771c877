//! A tournament of a CSV file that is held.

use std::collections::HashSet;

use domain::{Better, NewPlayer, PlayerId, RankedList, Results};

use super::{
    RankedFile, Takers,
    draft::{Entry, Heading, TakeRows},
};
use crate::import::{ImportedTournament, Locations, Problem, source::Source};

/// Holds tournaments.
pub(super) struct Holding;

/// The rows of one tournament.
pub(super) struct HeldRows {
    players: Vec<NewPlayer>,
    known: HashSet<PlayerId>,
    list: RankedList,
    lines: Vec<u64>,
}

impl TakeRows for HeldRows {
    fn take(&mut self, line: u64, player: NewPlayer, entry: Entry) -> Result<(), Box<Problem>> {
        match (&mut self.list, entry) {
            (RankedList::Placements(entries), Entry::Placed(entry)) => entries.push(entry),
            (RankedList::Measured { entries, .. }, Entry::Measured(entry)) => entries.push(entry),
            // The columns of a file say one or the other.
            (RankedList::Placements(_) | RankedList::Measured { .. }, _) => return Ok(()),
        }
        if self.known.insert(player.id) {
            self.players.push(player);
        }
        self.lines.push(line);
        Ok(())
    }
}

impl Takers for Holding {
    type Taker = HeldRows;
    type Tournament = ImportedTournament;

    fn taker(&self, better: Option<Better>) -> HeldRows {
        let list = match better {
            None => RankedList::Placements(Vec::new()),
            Some(better) => RankedList::Measured { better, entries: Vec::new() },
        };
        HeldRows { players: Vec::new(), known: HashSet::new(), list, lines: Vec::new() }
    }

    fn tournament(
        &self,
        (file, source): (&RankedFile, &Source),
        Heading { key, name, occurred_on, line }: Heading,
        rows: HeldRows,
    ) -> Result<ImportedTournament, Vec<Problem>> {
        let HeldRows { players, list, lines, .. } = rows;
        let source = Locations {
            file: source.name().to_owned(),
            line,
            rows: lines,
            field_names: file.columns.field_names(),
            ..Locations::default()
        };
        let results = Results::Ranked(list);
        Ok(ImportedTournament { key, name, occurred_on, players, results, source })
    }
}
