//! One row of a ranked list, of a size that does not depend on what it holds.

use std::{cmp::Ordering, num::NonZeroU32};

use uuid::Uuid;

use super::tie_breaks::Cost;
use crate::{Better, Finish, Measured, MemberWeight, Placement, PlayerId};

/// A team of one list, numbered from 1 as the list names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct TeamNumber(NonZeroU32);

impl TeamNumber {
    /// The number of the team that stands at `index`.
    pub(super) fn at(index: usize) -> Self {
        let before = u32::try_from(index).unwrap_or(u32::MAX);
        Self(NonZeroU32::MIN.saturating_add(before))
    }

    /// Where the team stands.
    pub(super) fn index(self) -> usize {
        usize::try_from(self.0.get() - 1).unwrap_or(usize::MAX)
    }
}

/// A row of a ranked list of either kind, on its way to a standing.
///
/// Its placement orders the list but may have gaps, or count ties in any way; once the list is
/// ranked it is the final one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FieldRow {
    /// Where it stands in the list.
    pub(super) number: usize,
    pub(super) player: PlayerId,
    pub(super) team: Option<TeamNumber>,
    pub(super) weight: MemberWeight,
    pub(super) finish: Finish<Placement>,
    /// What it was placed by, where that is a measured value.
    pub(super) measured: Option<Measured>,
    /// What decides between this row and those that it ends level with.
    pub(super) tie_break: Option<Cost>,
}

/// What rows are sorted by. Rows that are equal in it come in the order of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowOrder {
    /// Ascending id.
    Player,
    /// The best placement first, the rows of a team together; those without one behind.
    Placement,
    /// The best measured value first; those without one behind.
    Measured(Better),
    /// The rows of a team together; those without one behind.
    Team,
}

impl RowOrder {
    /// Which of two rows comes first.
    #[must_use]
    pub fn compare(self, one: &FieldRow, other: &FieldRow) -> Ordering {
        let by = match self {
            Self::Player => one.player.cmp(&other.player),
            Self::Placement => (one.finish, one.team).cmp(&(other.finish, other.team)),
            Self::Measured(better) => one.by_value(other, better),
            Self::Team => by_team(one).cmp(&by_team(other)),
        };
        by.then(one.number.cmp(&other.number))
    }
}

fn by_team(row: &FieldRow) -> (bool, Option<TeamNumber>) {
    (row.team.is_none(), row.team)
}

impl FieldRow {
    /// Bytes of a row that is put aside.
    pub const BYTES: usize = 54;

    /// The placement, final or not.
    pub(super) fn placement(&self) -> Option<Placement> {
        self.finish.mark().copied()
    }

    /// Whether it stands for the same contender as `before`, which ended level with it.
    pub(super) fn is_with(&self, before: &Self) -> bool {
        self.team.is_some() && self.team == before.team
    }

    fn by_value(&self, other: &Self, better: Better) -> Ordering {
        let value = |row: &Self| row.measured.map(Measured::get);
        match (value(self), value(other), better) {
            (Some(one), Some(other), Better::Lower) => one.total_cmp(&other),
            (Some(one), Some(other), Better::Higher) => other.total_cmp(&one),
            (one, other, _) => one.is_none().cmp(&other.is_none()),
        }
    }

    /// The row, to be put aside.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; Self::BYTES] {
        let (finish, rank) = match self.finish {
            Finish::Marked(placement) => (0, placement.rank()),
            Finish::Unplaced => (1, 0),
            Finish::Disqualified => (2, 0),
            Finish::Absent => (3, 0),
        };
        let fields: [&[u8]; 9] = [
            &(self.number as u64).to_be_bytes(),
            self.player.as_uuid().as_bytes(),
            &self.team.map_or(0, |it| it.0.get()).to_be_bytes(),
            &self.weight.get().to_be_bytes(),
            &[finish],
            &rank.to_be_bytes(),
            &[u8::from(self.measured.is_some()) | u8::from(self.tie_break.is_some()) << 1],
            &self.measured.map_or(0.0, Measured::get).to_be_bytes(),
            &self.tie_break.map_or(0.0, Cost::get).to_be_bytes(),
        ];
        let mut bytes = [0; Self::BYTES];
        let places = bytes.iter_mut();
        places.zip(fields.into_iter().flatten()).for_each(|(place, byte)| *place = *byte);
        bytes
    }

    /// The row that was put aside; `None` for bytes that are none.
    #[must_use]
    pub fn from_bytes(bytes: &[u8; Self::BYTES]) -> Option<Self> {
        let mut rest: &[u8] = bytes;
        let number = u64::from_be_bytes(next(&mut rest)?);
        let player = PlayerId::from_uuid(Uuid::from_bytes(next(&mut rest)?));
        let team = u32::from_be_bytes(next(&mut rest)?);
        let weight = MemberWeight::new(u32::from_be_bytes(next(&mut rest)?))?;
        let [finish] = next(&mut rest)?;
        let placement = Placement::new(u32::from_be_bytes(next(&mut rest)?));
        let finish = match finish {
            0 => Finish::Marked(placement?),
            1 => Finish::Unplaced,
            2 => Finish::Disqualified,
            3 => Finish::Absent,
            _ => return None,
        };
        let [there] = next(&mut rest)?;
        let measured = Measured::new(f64::from_be_bytes(next(&mut rest)?))?;
        let tie_break = Cost::read(f64::from_be_bytes(next(&mut rest)?));
        Some(Self {
            number: usize::try_from(number).ok()?,
            player,
            team: NonZeroU32::new(team).map(TeamNumber),
            weight,
            finish,
            measured: Some(measured).filter(|_| there & 1 != 0),
            tie_break: Some(tie_break).filter(|_| there & 2 != 0),
        })
    }
}

fn next<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (field, behind) = rest.split_first_chunk()?;
    *rest = behind;
    Some(*field)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TieBreak;

    #[test]
    fn a_row_that_was_put_aside_comes_back_as_it_was() {
        let full = FieldRow {
            number: 70_000_000_000,
            player: PlayerId::of("ada"),
            team: NonZeroU32::new(7).map(TeamNumber),
            weight: MemberWeight::new(12).unwrap(),
            finish: Finish::Marked(Placement::new(3).unwrap()),
            measured: Measured::new(-0.1),
            tie_break: Some(Cost::of(2.5, TieBreak::Higher)),
        };
        let bare = FieldRow {
            number: 0,
            team: None,
            weight: MemberWeight::ONE,
            finish: Finish::Absent,
            measured: None,
            tie_break: None,
            ..full
        };
        let finishes = [Finish::Unplaced, Finish::Disqualified, Finish::Absent];
        let others = finishes.map(|finish| FieldRow { finish, ..full });

        for row in [full, bare].into_iter().chain(others) {
            assert_eq!(FieldRow::from_bytes(&row.to_bytes()), Some(row));
        }
    }

    #[test]
    fn bytes_that_are_no_row_are_not_taken_for_one() {
        assert_eq!(FieldRow::from_bytes(&[0; FieldRow::BYTES]), None);
        assert_eq!(FieldRow::from_bytes(&[255; FieldRow::BYTES]), None);
    }
}
