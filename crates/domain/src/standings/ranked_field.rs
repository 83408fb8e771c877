//! A ranked list in which everybody has their place, and which nobody has to hold.

use super::{StandingsRules, field_row::FieldRow, sorter::SortedRows, team_names::TeamNames};
use crate::{FieldFacts, Finish, MatchRecord, Membership, Outcome, Standing, StandingsHasher};

/// The standings of a [`Listing`](super::Listing), to be read as often as is needed.
#[derive(Debug)]
pub struct RankedField<Rows> {
    /// By player.
    rows: Rows,
    teams: TeamNames,
    rules: StandingsRules,
}

impl<Rows: SortedRows> RankedField<Rows> {
    pub(super) fn new(rows: Rows, teams: TeamNames, rules: StandingsRules) -> Self {
        Self { rows, teams, rules }
    }

    /// Everybody's standing, in ascending id.
    pub fn standings(&self) -> impl Iterator<Item = Result<Standing, Rows::Error>> {
        self.rows.rows().map(|row| row.map(|it| self.standing(it)))
    }

    /// The rules by which everybody has their place.
    #[must_use]
    pub fn rules(&self) -> &StandingsRules {
        &self.rules
    }

    /// Names the standings and counts the field, in one pass.
    pub fn facts(&self) -> Result<FieldFacts, Rows::Error> {
        let mut hasher = StandingsHasher::new();
        let mut alone: usize = 0;
        let mut competing = vec![false; self.teams.len()];
        for row in self.rows.rows() {
            let row = row?;
            if row.finish.competed() {
                let team = row.team.and_then(|it| competing.get_mut(it.index()));
                team.map_or_else(|| alone += 1, |it| *it = true);
            }
            hasher.add(&self.standing(row));
        }
        let teams = competing.into_iter().filter(|it| *it).count();
        let field_size = u32::try_from(alone + teams).unwrap_or(u32::MAX);
        Ok(FieldFacts { names: hasher.names(), field_size })
    }

    fn standing(&self, row: FieldRow) -> Standing {
        let membership =
            |team| Membership { name: self.teams.name(team).to_owned(), weight: row.weight };
        Standing {
            player: row.player,
            team: row.team.map(membership),
            outcome: match row.finish {
                Finish::Marked(placement) => Outcome::Placed(placement),
                Finish::Unplaced => Outcome::Unplaced,
                Finish::Disqualified => Outcome::Disqualified,
                Finish::Absent => Outcome::Absent,
            },
            record: MatchRecord::default(),
            measured: row.measured,
        }
    }
}
