//! Who leads over a set of tournaments: a season, a tour, a year.

use domain::{PlayerId, TournamentId};
use ports::spi::{LeaderMeasure, LeaderPlace, LeaderRecord};
use serde::Serialize;

use super::names::Names;
use crate::{Guerdon, GuerdonError};

/// One player's place over a set of tournaments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeaderView {
    /// 1 for the first; equal ones share a rank and the next is skipped (1, 2, 2, 4).
    pub rank: u64,
    /// Who.
    pub player: PlayerId,
    /// The player's natural identity; the id where the player is not registered.
    pub player_key: String,
    /// What people call the player.
    pub player_name: String,
    /// XP that these tournaments have paid, corrections included.
    pub xp: i64,
    /// Credits that they have paid, corrections included.
    pub credits: i64,
    /// Tournaments that the player ended with or without a placement: neither absent nor struck
    /// from the results.
    pub tournaments: u64,
    /// First places.
    pub wins: u64,
    /// Places among the first three.
    pub podiums: u64,
    /// Where this stands in the order that was asked for: the next page goes behind it.
    #[serde(skip)]
    pub place: LeaderPlace,
}

impl Guerdon {
    /// A page of those who have been paid for any of `tournaments`, most of `by` first, behind
    /// `after`, the [place](LeaderView::place) of the last one seen. Tournaments that do not exist
    /// have paid nobody.
    ///
    /// Placements are those of the results as they stand; amounts are what has been posted, so that
    /// a correction which is not paid yet shows in the former only. What levels pay is no tournament's.
    #[tracing::instrument(skip_all, fields(tournaments = tournaments.len()))]
    pub async fn leaderboard(
        &self,
        tournaments: &[TournamentId],
        by: LeaderMeasure,
        after: Option<LeaderPlace>,
        limit: u32,
    ) -> Result<Vec<LeaderView>, GuerdonError> {
        let leaders = self.store().list_leaders(tournaments, by, after, limit).await?;
        let ids: Vec<PlayerId> = leaders.iter().map(|it| it.player).collect();
        let names = self.names_of(&ids).await?;
        Ok(leaders.iter().map(|it| LeaderView::of(it, by, &names)).collect())
    }
}

impl LeaderView {
    fn of(record: &LeaderRecord, by: LeaderMeasure, names: &Names) -> Self {
        let LeaderRecord { player, rank, xp, credits, tournaments, wins, podiums } = *record;
        let (player_key, player_name) = names.of(player);
        Self {
            rank,
            player,
            player_key,
            player_name,
            xp,
            credits,
            tournaments,
            wins,
            podiums,
            place: record.place(by),
        }
    }
}
