//! Where the rows of a ranked list are put in order.

use std::convert::Infallible;

use super::field_row::{FieldRow, RowOrder};

/// Puts rows in order: in memory, or outside of it where they are too many.
///
/// The domain says in which orders it has to see a list to rank it, and what it makes of each row;
/// it holds none of them for longer.
pub trait Sorter {
    /// Why rows are lost.
    type Error;
    /// Rows that are being collected.
    type Pile: Pile<Error = Self::Error>;

    /// An empty pile that will be sorted by `order`.
    fn pile(&self, order: RowOrder) -> Self::Pile;
}

/// Rows that are being collected.
pub trait Pile {
    /// Why rows are lost.
    type Error;
    /// The rows in order.
    type Sorted: SortedRows<Error = Self::Error>;

    /// Takes one more row.
    fn push(&mut self, row: FieldRow) -> Result<(), Self::Error>;

    /// All of them in order.
    fn sorted(self) -> Result<Self::Sorted, Self::Error>;
}

/// Rows in order, to be read as often as is needed.
pub trait SortedRows {
    /// Why rows are lost.
    type Error;

    /// Every row, from the first on.
    fn rows(&self) -> impl Iterator<Item = Result<FieldRow, Self::Error>>;
}

/// The rows in order, of one sorter.
pub(super) type Sorted<S> = <<S as Sorter>::Pile as Pile>::Sorted;

/// The same rows in another order.
pub(super) fn resort<S: Sorter>(
    rows: &Sorted<S>,
    sorter: &S,
    order: RowOrder,
) -> Result<Sorted<S>, S::Error> {
    let mut pile = sorter.pile(order);
    for row in rows.rows() {
        pile.push(row?)?;
    }
    pile.sorted()
}

/// Sorts in memory.
#[derive(Debug, Clone, Copy)]
pub(super) struct Held;

/// Rows in memory.
#[derive(Debug)]
pub(super) struct HeldPile {
    order: RowOrder,
    rows: Vec<FieldRow>,
}

/// Rows in memory, in order.
#[derive(Debug)]
pub(super) struct HeldRows(Vec<FieldRow>);

impl Sorter for Held {
    type Error = Infallible;
    type Pile = HeldPile;

    fn pile(&self, order: RowOrder) -> HeldPile {
        HeldPile { order, rows: vec![] }
    }
}

impl Pile for HeldPile {
    type Error = Infallible;
    type Sorted = HeldRows;

    fn push(&mut self, row: FieldRow) -> Result<(), Infallible> {
        self.rows.push(row);
        Ok(())
    }

    fn sorted(mut self) -> Result<HeldRows, Infallible> {
        self.rows.sort_unstable_by(|one, other| self.order.compare(one, other));
        Ok(HeldRows(self.rows))
    }
}

impl SortedRows for HeldRows {
    type Error = Infallible;

    fn rows(&self) -> impl Iterator<Item = Result<FieldRow, Infallible>> {
        self.0.iter().copied().map(Ok)
    }
}
