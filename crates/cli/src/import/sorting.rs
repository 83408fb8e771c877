//! Puts the rows of a list in order without holding them: sorts as many as are held at a time, puts
//! them aside, and merges what was put aside when the rows are read.

use std::{
    cmp::Ordering,
    collections::BinaryHeap,
    io::{self, BufReader, Read},
};

use domain::{FieldRow, Pile, RowOrder, SortedRows, Sorter};

use super::scratch::{Scratch, ScratchReader};

/// Rows that are read at once of each run.
const READ_ROWS: usize = 64;

/// Sorts `rows_held` rows in memory, and more of them through a scratch file.
#[derive(Debug, Clone, Copy)]
pub(super) struct ScratchSorter {
    pub(super) rows_held: usize,
}

/// Rows that are being collected.
#[derive(Debug)]
pub(super) struct ScratchPile {
    order: RowOrder,
    rows_held: usize,
    held: Vec<FieldRow>,
    aside: Option<Aside>,
}

/// Rows in order: those that were put aside, or all of them in memory.
#[derive(Debug)]
pub(super) enum ScratchRows {
    Held(Vec<FieldRow>),
    Aside(Aside),
}

/// Rows that were put aside, in runs of which each is in order.
#[derive(Debug)]
pub(super) struct Aside {
    order: RowOrder,
    scratch: Scratch,
    runs: Vec<Run>,
}

#[derive(Debug, Clone, Copy)]
struct Run {
    begin: u64,
    rows: usize,
}

/// The runs of a scratch file as one.
struct Merge<'a> {
    heads: BinaryHeap<Head<'a>>,
    /// What came in the way of reading the first rows.
    broken: Option<io::Error>,
}

/// The next row of one run.
struct Head<'a> {
    row: FieldRow,
    order: RowOrder,
    rest: RunReader<'a>,
}

struct RunReader<'a> {
    bytes: BufReader<ScratchReader<'a>>,
    rows: usize,
}

impl Sorter for ScratchSorter {
    type Error = io::Error;
    type Pile = ScratchPile;

    fn pile(&self, order: RowOrder) -> ScratchPile {
        ScratchPile { order, rows_held: self.rows_held.max(1), held: vec![], aside: None }
    }
}

impl Pile for ScratchPile {
    type Error = io::Error;
    type Sorted = ScratchRows;

    fn push(&mut self, row: FieldRow) -> io::Result<()> {
        if self.held.len() == self.rows_held {
            self.put_aside()?;
        }
        self.held.push(row);
        Ok(())
    }

    fn sorted(mut self) -> io::Result<ScratchRows> {
        if self.aside.is_some() {
            self.put_aside()?;
        }
        self.sort();
        Ok(self.aside.map_or(ScratchRows::Held(self.held), ScratchRows::Aside))
    }
}

impl ScratchPile {
    fn sort(&mut self) {
        let order = self.order;
        self.held.sort_unstable_by(|one, other| order.compare(one, other));
    }

    fn put_aside(&mut self) -> io::Result<()> {
        self.sort();
        let order = self.order;
        let aside = match &mut self.aside {
            Some(aside) => aside,
            none => none.insert(Aside { order, scratch: Scratch::create()?, runs: vec![] }),
        };
        let rows = self.held.len();
        let bytes: Vec<u8> = self.held.drain(..).flat_map(|it| it.to_bytes()).collect();
        let begin = aside.scratch.append(&bytes)?;
        aside.runs.push(Run { begin, rows });
        Ok(())
    }
}

impl SortedRows for ScratchRows {
    type Error = io::Error;

    fn rows(&self) -> impl Iterator<Item = io::Result<FieldRow>> {
        let (held, aside) = match self {
            Self::Held(rows) => (rows.as_slice(), None),
            Self::Aside(aside) => (&[][..], Some(Merge::of(aside))),
        };
        held.iter().copied().map(Ok).chain(aside.into_iter().flatten())
    }
}

impl<'a> Merge<'a> {
    fn of(aside: &'a Aside) -> Self {
        let mut merge = Self { heads: BinaryHeap::with_capacity(aside.runs.len()), broken: None };
        for run in &aside.runs {
            let bytes = aside.scratch.reader(run.begin);
            let bytes = BufReader::with_capacity(READ_ROWS * FieldRow::BYTES, bytes);
            merge.go_on(RunReader { bytes, rows: run.rows }, aside.order);
        }
        merge
    }

    /// Puts the next row of a run among the others.
    fn go_on(&mut self, mut rest: RunReader<'a>, order: RowOrder) {
        match rest.next() {
            Some(Ok(row)) => self.heads.push(Head { row, order, rest }),
            Some(Err(error)) => self.broken = Some(error),
            None => {}
        }
    }
}

impl Iterator for Merge<'_> {
    type Item = io::Result<FieldRow>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(error) = self.broken.take() {
            self.heads.clear();
            return Some(Err(error));
        }
        let Head { row, order, rest } = self.heads.pop()?;
        self.go_on(rest, order);
        Some(Ok(row))
    }
}

impl Iterator for RunReader<'_> {
    type Item = io::Result<FieldRow>;

    fn next(&mut self) -> Option<Self::Item> {
        self.rows = self.rows.checked_sub(1)?;
        let mut bytes = [0; FieldRow::BYTES];
        let read = self.bytes.read_exact(&mut bytes);
        Some(read.and_then(|()| {
            FieldRow::from_bytes(&bytes).ok_or_else(|| io::ErrorKind::InvalidData.into())
        }))
    }
}

/// The heap has the greatest on top: that is the row that comes first.
impl Ord for Head<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.order.compare(&other.row, &self.row)
    }
}

impl PartialOrd for Head<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Head<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Head<'_> {}

#[cfg(test)]
mod tests {
    use domain::{Finish, Listing, Placement, PlayerId, RankedEntry, StandingsRules, Unranked};

    use super::*;

    #[test]
    fn standings_are_the_same_however_few_rows_are_held() {
        let all_held = standings(usize::MAX);

        for rows_held in [0, 1, 7, 99, 100, 101] {
            assert_eq!(standings(rows_held), all_held, "{rows_held} held");
        }
    }

    #[test]
    fn rows_in_order_are_read_as_often_as_is_needed_even_at_once() {
        let field = ranked(7);
        let (mut one, other) = (field.standings(), field.standings());
        let _ = one.next();

        let other: Vec<_> = other.map(Result::unwrap).collect();

        assert_eq!(one.map(Result::unwrap).collect::<Vec<_>>(), other[1..]);
    }

    fn standings(rows_held: usize) -> Vec<domain::Standing> {
        ranked(rows_held).standings().map(Result::unwrap).collect()
    }

    /// A hundred players, three of whom share each place.
    fn ranked(rows_held: usize) -> domain::RankedField<ScratchRows> {
        let rules = StandingsRules::default();
        let mut list = Listing::of_placements(rules, ScratchSorter { rows_held }, 10);
        for row in 0..100_u32 {
            let player = PlayerId::of(&row.to_string());
            let placement = Placement::new(row / 3 * 3 + 1).unwrap();
            let entry = RankedEntry::new(player, Finish::Marked(placement));
            list.push(row as usize, &entry).unwrap();
        }
        match list.rank() {
            Ok(field) => field,
            Err(Unranked::Problems { first, .. }) => panic!("{first:?}"),
            Err(Unranked::Lost(error)) => panic!("{error}"),
        }
    }
}
