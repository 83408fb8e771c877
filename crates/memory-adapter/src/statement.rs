//! One statement of one transaction: the rows as it sees them, and the locks that it may take.

mod awards;
pub(crate) mod charges;
mod players;
mod requests;
mod rules;
mod tournaments;

use std::collections::BTreeMap;

use domain::{Baseline, LockOrder, PlayerId, TournamentId};
use ports::spi::AwardRecord;

use crate::{
    PlayerRow, State, TournamentRow,
    locks::{LockKey, LockMode, LockTable, Owner},
};

/// The newest committed rows, behind those that the transaction has written itself.
#[derive(Debug)]
pub(crate) struct Statement<'tx> {
    pub(crate) committed: &'tx State,
    pub(crate) draft: &'tx mut State,
    pub(crate) locks: &'tx mut LockTable,
    pub(crate) owner: Owner,
}

pub(crate) use self::{requests::request_row, rules::rule_row};

/// The rows that a statement waits for, in this order, before it starts.
pub(crate) type Wanted = Vec<(LockKey, LockMode)>;

/// The row of one tournament, to be written.
pub(crate) fn tournament_row(id: TournamentId) -> Wanted {
    vec![(LockKey::Tournament(id), LockMode::Exclusive)]
}

/// The awards of `players`, to be written: in ascending order, each once.
pub(crate) fn award_rows(id: TournamentId, players: impl IntoIterator<Item = PlayerId>) -> Wanted {
    in_order(players, |player| LockKey::Award(id, player))
}

/// The rows of `players`, to be written: in ascending order, each once.
pub(crate) fn player_rows(players: impl IntoIterator<Item = PlayerId>) -> Wanted {
    in_order(players, LockKey::Player)
}

/// LOCK-ORDER-1. Whoever holds a row already has it again without waiting.
fn in_order(
    players: impl IntoIterator<Item = PlayerId>,
    key: impl Fn(PlayerId) -> LockKey,
) -> Wanted {
    let order = LockOrder::of(players);
    order.as_slice().iter().map(|player| (key(*player), LockMode::Exclusive)).collect()
}

impl Statement<'_> {
    fn tournament(&self, id: TournamentId) -> Option<&TournamentRow> {
        self.draft.tournaments.get(id).or_else(|| self.committed.tournaments.get(id))
    }

    fn tournament_mut(&mut self, id: TournamentId) -> Option<&mut TournamentRow> {
        self.draft.tournaments.get_mut_or(id, self.committed.tournaments.share(id))
    }

    fn award(&self, id: TournamentId, player: PlayerId) -> Option<&AwardRecord> {
        self.draft.award(id, player).or_else(|| self.committed.award(id, player))
    }

    fn award_mut(&mut self, id: TournamentId, player: PlayerId) -> Option<&mut AwardRecord> {
        let committed = self.committed.awards.get(&id).and_then(|it| it.share(player));
        self.draft.awards.entry(id).or_default().get_mut_or(player, committed)
    }

    /// The awards behind `after`, by player.
    fn awards_behind(
        &self,
        id: TournamentId,
        after: Option<PlayerId>,
    ) -> BTreeMap<PlayerId, &AwardRecord> {
        let tables = [self.committed, &*self.draft].map(|it| it.awards.get(&id));
        tables.into_iter().flatten().flat_map(|it| it.behind(after)).collect()
    }

    fn player(&self, id: PlayerId) -> Option<&PlayerRow> {
        self.draft.players.get(id).or_else(|| self.committed.players.get(id))
    }

    fn player_mut(&mut self, id: PlayerId) -> Option<&mut PlayerRow> {
        self.draft.players.get_mut_or(id, self.committed.players.share(id))
    }

    fn baseline(&self, id: PlayerId) -> Baseline {
        self.player(id).map(|it| it.baseline.clone()).unwrap_or_default()
    }
}
