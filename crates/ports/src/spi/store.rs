//! A place that can begin transactions, and be read without one.

use std::{collections::BTreeMap, sync::Arc};

use async_trait::async_trait;
use domain::{Career, ChargeId, Competitor, Currency, PlayerId, RuleId, Tournament, TournamentId};

use super::{
    ApiKeys, Audit, AwardRecord, AwardTotals, BadgeRecord, ChargeName, ChargeRecord, ChargeScope,
    CorrectionRecord, LeaderMeasure, LeaderPlace, LeaderRecord, LedgerEntry, LevelUpRecord,
    Logbook, Outbox, PlayerRecord, Requests, RuleRecord, StepRecord, Timetable, Transaction,
};
use crate::{StoreError, Timestamp};

/// A place that can begin transactions, and be read without one.
///
/// # Contract of the reads
///
/// - **READ-1** A read must see what was committed before it began, and must not see anything that
///   is not committed. It must not wait for a lock.
/// - **READ-2** A page holds the first `limit` rows behind `after`, ascending by key; pages put
///   together are the whole, each row once.
/// - **READ-3** Leaders come most first, equal ones by XP and then in ascending id; a rank is that
///   among all leaders of these tournaments, whatever the page, and equal ones share it.
/// - What is not there is absent from the answer, never an error.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait Store: Send + Sync + 'static {
    /// Where the system writes down what it saw of itself.
    fn logbook(&self) -> Arc<dyn Logbook>;

    /// Where what is to be done at a time is written down.
    fn timetable(&self) -> Arc<dyn Timetable>;

    /// Where requests are kept that happen once.
    fn requests(&self) -> Arc<dyn Requests>;

    /// What happened, for whoever listens.
    fn outbox(&self) -> Arc<dyn Outbox>;

    /// The keys by which programs say who they are.
    fn api_keys(&self) -> Arc<dyn ApiKeys>;

    /// Begins a transaction, at read-committed isolation or stricter.
    async fn begin(&self) -> Result<Box<dyn Transaction>, StoreError>;

    /// The way in which verification reads this store.
    fn audit(&self) -> Arc<dyn Audit>;

    /// Tournaments by id, in ascending id.
    async fn find_tournaments(&self, ids: &[TournamentId]) -> Result<Vec<Tournament>, StoreError>;

    /// A page of all tournaments.
    async fn list_tournaments(
        &self,
        after: Option<TournamentId>,
        limit: u32,
    ) -> Result<Vec<Tournament>, StoreError>;

    /// A page of a tournament's results, by player.
    async fn list_field(
        &self,
        id: TournamentId,
        after: Option<PlayerId>,
        limit: u32,
    ) -> Result<Vec<Competitor>, StoreError>;

    /// A tournament's awards, counted and added up.
    async fn award_totals(&self, id: TournamentId) -> Result<AwardTotals, StoreError>;

    /// A page of a tournament's awards, by player.
    async fn list_awards(
        &self,
        id: TournamentId,
        after: Option<PlayerId>,
        limit: u32,
    ) -> Result<Vec<AwardRecord>, StoreError>;

    /// One player's award of one tournament.
    async fn find_award(
        &self,
        id: TournamentId,
        player: PlayerId,
    ) -> Result<Option<AwardRecord>, StoreError>;

    /// A page of those who have been paid for any of these tournaments, most of `by` first: the first
    /// `limit` behind `after`.
    async fn list_leaders(
        &self,
        tournaments: &[TournamentId],
        by: LeaderMeasure,
        after: Option<LeaderPlace>,
        limit: u32,
    ) -> Result<Vec<LeaderRecord>, StoreError>;

    /// Players by id, in ascending id.
    async fn find_players(&self, ids: &[PlayerId]) -> Result<Vec<PlayerRecord>, StoreError>;

    /// Those of `players` who are not registered, in ascending id.
    async fn find_unregistered(&self, players: &[PlayerId]) -> Result<Vec<PlayerId>, StoreError>;

    /// A page of all players.
    async fn list_players(
        &self,
        after: Option<PlayerId>,
        limit: u32,
    ) -> Result<Vec<PlayerRecord>, StoreError>;

    /// A page of one account's ledger, by number, starting behind `after`.
    async fn list_ledger(
        &self,
        player: PlayerId,
        currency: Currency,
        after: i64,
        limit: u32,
    ) -> Result<Vec<LedgerEntry>, StoreError>;

    /// What one tournament posted to these players, by player, currency and number.
    async fn find_entries(
        &self,
        id: TournamentId,
        players: &[PlayerId],
    ) -> Result<Vec<LedgerEntry>, StoreError>;

    /// Every correction of these tournaments, by tournament and revision.
    async fn find_corrections(
        &self,
        ids: &[TournamentId],
    ) -> Result<Vec<CorrectionRecord>, StoreError>;

    /// Charges by name, in ascending order.
    async fn find_charges(&self, names: &[ChargeName]) -> Result<Vec<ChargeRecord>, StoreError>;

    /// A page of one player's charges.
    async fn list_charges(
        &self,
        player: PlayerId,
        scope: ChargeScope,
        after: Option<ChargeId>,
        limit: u32,
    ) -> Result<Vec<ChargeRecord>, StoreError>;

    /// Of each player behind `after` with holds that have expired by `at`, the first such hold: a
    /// page, by player.
    async fn list_due_holds(
        &self,
        at: Timestamp,
        after: Option<PlayerId>,
        limit: u32,
    ) -> Result<Vec<ChargeRecord>, StoreError>;

    /// Every badge of these players, by player, tournament and type.
    async fn find_badges(&self, players: &[PlayerId]) -> Result<Vec<BadgeRecord>, StoreError>;

    /// Every level that these players have reached, by player and level.
    async fn find_level_ups(&self, players: &[PlayerId]) -> Result<Vec<LevelUpRecord>, StoreError>;

    /// The whole history of each of these players, with every badge; who has no step is left out.
    async fn find_histories(
        &self,
        players: &[PlayerId],
    ) -> Result<BTreeMap<PlayerId, Career>, StoreError>;

    /// Standing rules by id, in ascending id.
    async fn find_rules(&self, ids: &[RuleId]) -> Result<Vec<RuleRecord>, StoreError>;

    /// A page of all standing rules.
    async fn list_rules(
        &self,
        after: Option<RuleId>,
        limit: u32,
    ) -> Result<Vec<RuleRecord>, StoreError>;

    /// A page of one player's skill steps, by number, starting behind `after`.
    async fn list_steps(
        &self,
        player: PlayerId,
        after: i64,
        limit: u32,
    ) -> Result<Vec<StepRecord>, StoreError>;

    /// The steps that one tournament moved these players by, by player and number.
    async fn find_steps(
        &self,
        id: TournamentId,
        players: &[PlayerId],
    ) -> Result<Vec<StepRecord>, StoreError>;
}
