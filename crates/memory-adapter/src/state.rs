//! Everything a store knows, as plain values.

mod player;
mod rows;
mod tournament;

use std::collections::BTreeMap;

use domain::{Hash256, Hasher, PlayerId, RequestId, RuleId, TournamentId};
use ports::spi::{AwardRecord, RequestRecord, RuleRecord};

pub use self::{
    player::{AssessmentRecord, PlayerRow, ToldEvent},
    rows::Rows,
    tournament::TournamentRow,
};

/// Everything a store knows, in canonical form: two stores that know the same are equal.
///
/// Each row is what one lock protects. A copy shares its rows with the original until one of them
/// changes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct State {
    /// Tournaments, each with its results, its history and its events.
    pub tournaments: Rows<TournamentId, TournamentRow>,
    /// Awards by tournament. They are rows of their own, because those who share a tournament
    /// apply its awards side by side.
    pub awards: BTreeMap<TournamentId, Rows<PlayerId, AwardRecord>>,
    /// Players, each with all that the player owns.
    pub players: Rows<PlayerId, PlayerRow>,
    /// Badge rules that are held against the past.
    pub rules: Rows<RuleId, RuleRecord>,
    /// Requests that happen once.
    pub requests: Rows<RequestId, RequestRecord>,
}

impl State {
    /// One award.
    #[must_use]
    pub fn award(&self, id: TournamentId, player: PlayerId) -> Option<&AwardRecord> {
        self.awards.get(&id)?.get(player)
    }

    /// Names the state: equal states have equal fingerprints.
    #[must_use]
    pub fn fingerprint(&self) -> Hash256 {
        let mut hasher = Hasher::new("memory state");
        // Ordered maps and exact numbers all the way down: equal values print the same.
        hasher.bytes(format!("{self:?}").as_bytes());
        hasher.finish()
    }

    /// Puts the rows of `newer` in the place of those of the same key.
    pub(crate) fn merge(&mut self, newer: Self) {
        self.tournaments.merge(newer.tournaments);
        self.players.merge(newer.players);
        self.rules.merge(newer.rules);
        self.requests.merge(newer.requests);
        for (id, awards) in newer.awards {
            self.awards.entry(id).or_default().merge(awards);
        }
    }
}
