//! The store: reads on the pool, and where transactions begin.

use std::{collections::BTreeMap, sync::Arc};

use async_trait::async_trait;
use domain::{Career, ChargeId, Competitor, Currency, PlayerId, RuleId, Tournament, TournamentId};
use ports::{
    StoreError, Timestamp,
    spi::{
        ApiKeys, Audit, AwardRecord, AwardTotals, BadgeRecord, ChargeName, ChargeRecord,
        ChargeScope, CorrectionRecord, LeaderMeasure, LeaderPlace, LeaderRecord, LedgerEntry,
        LevelUpRecord, Logbook, Outbox, PlayerRecord, Requests, RuleRecord, StepRecord, Store,
        Timetable, Transaction,
    },
};
use sea_orm::{DatabaseConnection, DatabaseTransaction, DbErr, TransactionOptions};

use crate::{
    ConnectOptions, NoSchema,
    api_keys::SeaOrmApiKeys,
    audit::{SeaOrmAudit, Touched},
    connect,
    connection::Connection,
    errors,
    layout::Layout,
    logbook::SeaOrmLogbook,
    outbox::SeaOrmOutbox,
    pool::Pool,
    requests::SeaOrmRequests,
    sql::Step,
    statements::{
        awards, badges, charges, leaders, ledger_entries, level_ups, players, results, skill_steps,
        standing_rules, tournament_changes, tournaments,
    },
    timetable::SeaOrmTimetable,
    transaction::SeaOrmTransaction,
};

const CHECKING: Step = Step { during: "checking the schema", table: "seaql_migrations" };

/// A store on SQLite or PostgreSQL. Cheap to clone: all clones share one pool.
#[derive(Debug, Clone)]
pub struct SeaOrmStore {
    pool: Pool,
}

impl SeaOrmStore {
    /// Opens the database at `url` with the [usual options](ConnectOptions::new). It may lack its
    /// schema: see [`migrate`](Self::migrate) and [`check_schema`](Self::check_schema).
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        Self::connect_with(&ConnectOptions::new(url)).await
    }

    /// Opens a database.
    pub async fn connect_with(options: &ConnectOptions) -> Result<Self, StoreError> {
        Ok(Self { pool: connect::open(options).await? })
    }

    /// The same store, on a PostgreSQL whose tables are distributed over several nodes as
    /// `docs/scaling.md` says. Players are locked there by an update, in whatever order: callers who
    /// meet may deadlock, and whoever loses is run again.
    #[must_use]
    pub fn sharded(self) -> Self {
        Self { pool: self.pool.laid_out(Layout::Sharded) }
    }

    /// Brings the schema up to date; others who do the same at the same time wait.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        let step = Step { during: "migrating", ..CHECKING };
        migrations::up(&self.pool).await.map_err(errors::during(step))
    }

    /// Makes sure that the schema is there and up to date. Writes nothing.
    pub async fn check_schema(&self) -> Result<(), StoreError> {
        match migrations::pending(&self.pool).await.map_err(errors::during(CHECKING))? {
            0 => Ok(()),
            _ => Err(errors::unusable(CHECKING.during, NoSchema(None))),
        }
    }

    /// The pool itself. Behind a [pooler](crate::Pooler) nothing with parameters may be sent to it
    /// outside of a transaction: the statement could end up in two sessions.
    #[must_use]
    pub fn connection(&self) -> &DatabaseConnection {
        self.pool.connections()
    }

    /// Statements sent so far, `BEGIN` and `COMMIT` included.
    #[must_use]
    pub fn statements_total(&self) -> u64 {
        self.pool.statements_total()
    }

    /// A connection of the pool for each statement.
    pub(crate) fn reading(&self) -> Connection<'_> {
        self.pool.reading()
    }
}

/// For migrations by hand.
impl migrations::Begin for SeaOrmStore {
    async fn begin(&self, options: TransactionOptions) -> Result<DatabaseTransaction, DbErr> {
        migrations::Begin::begin(&self.pool, options).await
    }
}

#[async_trait]
impl Store for SeaOrmStore {
    fn logbook(&self) -> Arc<dyn Logbook> {
        Arc::new(SeaOrmLogbook::of(self.clone()))
    }

    fn timetable(&self) -> Arc<dyn Timetable> {
        Arc::new(SeaOrmTimetable::of(self.clone()))
    }

    fn requests(&self) -> Arc<dyn Requests> {
        Arc::new(SeaOrmRequests::of(self.clone()))
    }

    fn outbox(&self) -> Arc<dyn Outbox> {
        Arc::new(SeaOrmOutbox(self.pool.clone()))
    }

    fn api_keys(&self) -> Arc<dyn ApiKeys> {
        Arc::new(SeaOrmApiKeys::of(self.clone()))
    }

    async fn begin(&self) -> Result<Box<dyn Transaction>, StoreError> {
        Ok(Box::new(SeaOrmTransaction::begin(&self.pool).await?))
    }

    fn audit(&self) -> Arc<dyn Audit> {
        Arc::new(SeaOrmAudit { pool: self.pool.clone(), touched: Touched::default() })
    }

    async fn find_tournaments(&self, ids: &[TournamentId]) -> Result<Vec<Tournament>, StoreError> {
        tournaments::find(&self.reading(), ids).await
    }

    async fn list_tournaments(
        &self,
        after: Option<TournamentId>,
        limit: u32,
    ) -> Result<Vec<Tournament>, StoreError> {
        tournaments::list(&self.reading(), after, limit).await
    }

    async fn list_field(
        &self,
        id: TournamentId,
        after: Option<PlayerId>,
        limit: u32,
    ) -> Result<Vec<Competitor>, StoreError> {
        results::page(&self.reading(), id, after, limit).await
    }

    async fn award_totals(&self, id: TournamentId) -> Result<AwardTotals, StoreError> {
        awards::totals(&self.reading(), id).await
    }

    async fn list_awards(
        &self,
        id: TournamentId,
        after: Option<PlayerId>,
        limit: u32,
    ) -> Result<Vec<AwardRecord>, StoreError> {
        awards::list(&self.reading(), id, after, limit).await
    }

    async fn find_award(
        &self,
        id: TournamentId,
        player: PlayerId,
    ) -> Result<Option<AwardRecord>, StoreError> {
        awards::find(&self.reading(), id, player).await
    }

    async fn list_leaders(
        &self,
        tournaments: &[TournamentId],
        by: LeaderMeasure,
        after: Option<LeaderPlace>,
        limit: u32,
    ) -> Result<Vec<LeaderRecord>, StoreError> {
        leaders::list(&self.reading(), tournaments, by, after, limit).await
    }

    async fn find_players(&self, ids: &[PlayerId]) -> Result<Vec<PlayerRecord>, StoreError> {
        players::find(&self.reading(), ids).await
    }

    async fn find_unregistered(&self, players: &[PlayerId]) -> Result<Vec<PlayerId>, StoreError> {
        players::find_unregistered(&self.reading(), players).await
    }

    async fn list_players(
        &self,
        after: Option<PlayerId>,
        limit: u32,
    ) -> Result<Vec<PlayerRecord>, StoreError> {
        players::list(&self.reading(), after, limit).await
    }

    async fn list_ledger(
        &self,
        player: PlayerId,
        currency: Currency,
        after: i64,
        limit: u32,
    ) -> Result<Vec<LedgerEntry>, StoreError> {
        ledger_entries::list(&self.reading(), player, currency, after, limit).await
    }

    async fn find_entries(
        &self,
        id: TournamentId,
        players: &[PlayerId],
    ) -> Result<Vec<LedgerEntry>, StoreError> {
        ledger_entries::find(&self.reading(), id, players).await
    }

    async fn find_corrections(
        &self,
        ids: &[TournamentId],
    ) -> Result<Vec<CorrectionRecord>, StoreError> {
        tournament_changes::find_corrections(&self.reading(), ids).await
    }

    async fn find_charges(&self, names: &[ChargeName]) -> Result<Vec<ChargeRecord>, StoreError> {
        charges::find(&self.reading(), names).await
    }

    async fn list_charges(
        &self,
        player: PlayerId,
        scope: ChargeScope,
        after: Option<ChargeId>,
        limit: u32,
    ) -> Result<Vec<ChargeRecord>, StoreError> {
        charges::list(&self.reading(), player, scope, after, limit).await
    }

    async fn list_due_holds(
        &self,
        at: Timestamp,
        after: Option<PlayerId>,
        limit: u32,
    ) -> Result<Vec<ChargeRecord>, StoreError> {
        charges::list_due(&self.reading(), at, after, limit).await
    }

    async fn find_badges(&self, players: &[PlayerId]) -> Result<Vec<BadgeRecord>, StoreError> {
        badges::find(&self.reading(), players).await
    }

    async fn find_level_ups(&self, players: &[PlayerId]) -> Result<Vec<LevelUpRecord>, StoreError> {
        level_ups::find(&self.reading(), players).await
    }

    async fn find_histories(
        &self,
        players: &[PlayerId],
    ) -> Result<BTreeMap<PlayerId, Career>, StoreError> {
        skill_steps::histories(&self.reading(), players).await
    }

    async fn find_rules(&self, ids: &[RuleId]) -> Result<Vec<RuleRecord>, StoreError> {
        standing_rules::find(&self.reading(), ids).await
    }

    async fn list_rules(
        &self,
        after: Option<RuleId>,
        limit: u32,
    ) -> Result<Vec<RuleRecord>, StoreError> {
        standing_rules::list(&self.reading(), after, limit).await
    }

    async fn list_steps(
        &self,
        player: PlayerId,
        after: i64,
        limit: u32,
    ) -> Result<Vec<StepRecord>, StoreError> {
        skill_steps::list(&self.reading(), player, after, limit).await
    }

    async fn find_steps(
        &self,
        id: TournamentId,
        players: &[PlayerId],
    ) -> Result<Vec<StepRecord>, StoreError> {
        skill_steps::find(&self.reading(), id, players).await
    }
}
