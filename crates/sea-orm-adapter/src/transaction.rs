//! One open transaction, and whether it may still be committed.

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicBool, Ordering},
};

use async_trait::async_trait;
use domain::{
    Assessment, Award, Career, ChargeMove, Competitor, LevelUp, LockOrder, NewBadge, NewEntry,
    NewPlayer, NewTournament, PlannedAward, PlayerEvent, PlayerId, Policies, RequestId,
    ReviewedRule, RuleId, Standing, StandingRule, Tournament, TournamentId,
};
use ports::{
    Actor, StoreError, Timestamp,
    spi::{
        AwardOutcome, ChargeName, ChargeRecord, Claim, CorrectionRef, HeardSkills, LockedPlayer,
        NewCharge, NewStep, Recorded, RequestRecord, RequestWrite, RetakenSteps, RuleAdvance,
        ToldProgress, TournamentChange, Transaction,
    },
};
use sea_orm::{DatabaseTransaction, SqliteTransactionMode, TransactionOptions};

use crate::{
    connection::Connection,
    errors,
    pool::Pool,
    sql::Step,
    statements::{
        assessments, awards, badges, charges, ledger_entries, level_ups, player_events, players,
        requests, results, skill_steps, standing_rules, tournament_changes,
        tournaments::{self, Strength},
    },
};

const BEGINNING: Step = Step { during: "begin", table: "transaction" };
const SAVING: Step = Step { during: "savepoint", table: "transaction" };

/// One open transaction. sqlx rolls it back when it is dropped.
pub(crate) struct SeaOrmTransaction {
    inner: DatabaseTransaction,
    pool: Pool,
    /// Set while a step is under way and for good when it fails or is dropped half way: such a
    /// transaction must not be committed. PostgreSQL answers `COMMIT` of an aborted transaction with
    /// a success that wrote nothing, so it cannot be asked.
    dead: AtomicBool,
    /// Whether a savepoint is open that was set while the transaction was alive.
    saved: AtomicBool,
}

impl SeaOrmTransaction {
    pub(crate) async fn begin(pool: &Pool) -> Result<Self, StoreError> {
        let inner = pool.begin(BEGINNING, immediate()).await?;
        let (dead, saved) = (AtomicBool::new(false), AtomicBool::new(false));
        Ok(Self { inner, pool: pool.clone(), dead, saved })
    }

    fn connection(&self) -> Connection<'_> {
        Connection::within(&self.inner, &self.pool)
    }

    /// Runs one step of a living transaction; it dies with the step.
    async fn step<T>(
        &self,
        step: impl Future<Output = Result<T, StoreError>> + Send,
    ) -> Result<T, StoreError> {
        if self.dead.swap(true, Ordering::AcqRel) {
            return Err(StoreError::Invalid { rule: "a transaction that failed is rolled back" });
        }
        let done = step.await?;
        self.dead.store(false, Ordering::Release);
        Ok(done)
    }
}

/// On SQLite a transaction is the writer from its start: one that became it later could find that
/// what it has read is stale, and fail.
fn immediate() -> TransactionOptions {
    TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    }
}

#[async_trait]
impl Transaction for SeaOrmTransaction {
    async fn insert_players(
        &self,
        players: &[NewPlayer],
        at: Timestamp,
    ) -> Result<Vec<Recorded>, StoreError> {
        self.step(players::insert(&self.connection(), players, at)).await
    }

    async fn insert_tournament(
        &self,
        tournament: &NewTournament,
        at: Timestamp,
    ) -> Result<Recorded, StoreError> {
        self.step(tournaments::insert(&self.connection(), tournament, at)).await
    }

    async fn select_tournament_for_update(
        &self,
        id: TournamentId,
    ) -> Result<Option<Tournament>, StoreError> {
        self.step(tournaments::lock(&self.connection(), id, Strength::Exclusive)).await
    }

    async fn select_tournament_for_share(
        &self,
        id: TournamentId,
    ) -> Result<Option<Tournament>, StoreError> {
        self.step(tournaments::lock(&self.connection(), id, Strength::Shared)).await
    }

    async fn replace_results(
        &self,
        id: TournamentId,
        standings: &[Standing],
    ) -> Result<(), StoreError> {
        self.step(results::replace(&self.connection(), id, standings)).await
    }

    async fn insert_results(
        &self,
        id: TournamentId,
        standings: &[Standing],
    ) -> Result<(), StoreError> {
        self.step(results::insert(&self.connection(), id, standings)).await
    }

    async fn select_field(
        &self,
        id: TournamentId,
        after: Option<PlayerId>,
        limit: u32,
    ) -> Result<Vec<Competitor>, StoreError> {
        self.step(results::page(&self.connection(), id, after, limit)).await
    }

    async fn insert_awards(
        &self,
        id: TournamentId,
        revision: u32,
        awards: &[PlannedAward],
    ) -> Result<(), StoreError> {
        self.step(awards::insert(&self.connection(), id, revision, awards)).await
    }

    async fn upsert_awards(
        &self,
        id: TournamentId,
        revision: u32,
        awards: &[PlannedAward],
    ) -> Result<(), StoreError> {
        self.step(awards::upsert(&self.connection(), id, revision, awards)).await
    }

    async fn select_awards_for_update(
        &self,
        id: TournamentId,
        claim: &Claim,
    ) -> Result<Vec<Award>, StoreError> {
        self.step(awards::claim(&self.connection(), id, claim)).await
    }

    async fn update_awards(
        &self,
        id: TournamentId,
        outcomes: &[AwardOutcome],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.step(awards::mark(&self.connection(), id, outcomes, at)).await
    }

    async fn update_tournament(&self, change: &TournamentChange) -> Result<bool, StoreError> {
        self.step(tournament_changes::record(&self.connection(), change)).await
    }

    async fn select_players_for_update(
        &self,
        players: &LockOrder<PlayerId>,
    ) -> Result<Vec<LockedPlayer>, StoreError> {
        self.step(players::lock_with_belongings(&self.connection(), players.as_slice())).await
    }

    async fn insert_ledger_entries(
        &self,
        entries: &[NewEntry],
        at: Timestamp,
    ) -> Result<Vec<Recorded>, StoreError> {
        self.step(ledger_entries::insert(&self.connection(), entries, at)).await
    }

    async fn select_charges(&self, names: &[ChargeName]) -> Result<Vec<ChargeRecord>, StoreError> {
        self.step(charges::find(&self.connection(), names)).await
    }

    async fn insert_charges(
        &self,
        charges: &[NewCharge],
        at: Timestamp,
    ) -> Result<Vec<Recorded>, StoreError> {
        self.step(charges::insert(&self.connection(), charges, at)).await
    }

    async fn update_charges(&self, moves: &[ChargeMove], at: Timestamp) -> Result<(), StoreError> {
        self.step(charges::update(&self.connection(), moves, at)).await
    }

    async fn insert_badges(
        &self,
        badges: &[NewBadge],
        at: Timestamp,
    ) -> Result<Vec<Recorded>, StoreError> {
        self.step(badges::insert(&self.connection(), badges, at)).await
    }

    async fn insert_skill_steps(
        &self,
        steps: &[NewStep],
        at: Timestamp,
    ) -> Result<Vec<Recorded>, StoreError> {
        self.step(skill_steps::insert(&self.connection(), steps, at)).await
    }

    async fn select_careers(
        &self,
        id: TournamentId,
        players: &[PlayerId],
    ) -> Result<BTreeMap<PlayerId, Career>, StoreError> {
        self.step(skill_steps::careers(&self.connection(), id, players)).await
    }

    async fn select_policies(&self, ids: &[TournamentId]) -> Result<Policies, StoreError> {
        self.step(tournaments::policies(&self.connection(), ids)).await
    }

    async fn update_skill_steps(&self, retaken: &[RetakenSteps]) -> Result<(), StoreError> {
        self.step(skill_steps::replace(&self.connection(), retaken)).await
    }

    async fn revoke_badges(
        &self,
        badges: &[NewBadge],
        by: CorrectionRef,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.step(badges::revoke(&self.connection(), badges, by, at)).await
    }

    async fn restore_badges(&self, badges: &[NewBadge]) -> Result<(), StoreError> {
        self.step(badges::restore(&self.connection(), badges)).await
    }

    async fn insert_assessments(
        &self,
        assessments: &[Assessment],
        at: Timestamp,
    ) -> Result<Vec<Recorded>, StoreError> {
        self.step(assessments::insert(&self.connection(), assessments, at)).await
    }

    async fn update_skills(&self, heard: &[HeardSkills]) -> Result<(), StoreError> {
        self.step(assessments::hear(&self.connection(), heard)).await
    }

    async fn insert_level_ups(
        &self,
        ups: &[LevelUp],
        at: Timestamp,
    ) -> Result<Vec<Recorded>, StoreError> {
        self.step(level_ups::insert(&self.connection(), ups, at)).await
    }

    async fn insert_standing_rule(
        &self,
        rule: &StandingRule,
        actor: &Actor,
        at: Timestamp,
    ) -> Result<Recorded, StoreError> {
        self.step(standing_rules::insert(&self.connection(), rule, actor, at)).await
    }

    async fn select_standing_rule_for_update(
        &self,
        id: RuleId,
    ) -> Result<Option<StandingRule>, StoreError> {
        self.step(standing_rules::lock(&self.connection(), id)).await
    }

    async fn select_next_players(
        &self,
        after: Option<PlayerId>,
        limit: u32,
    ) -> Result<Vec<PlayerId>, StoreError> {
        self.step(players::next(&self.connection(), after, limit)).await
    }

    async fn select_histories(
        &self,
        players: &[PlayerId],
    ) -> Result<BTreeMap<PlayerId, Career>, StoreError> {
        self.step(skill_steps::histories(&self.connection(), players)).await
    }

    async fn select_reviewed_rules(
        &self,
        players: &[PlayerId],
    ) -> Result<BTreeMap<PlayerId, Vec<ReviewedRule>>, StoreError> {
        self.step(standing_rules::reviewed(&self.connection(), players)).await
    }

    async fn update_standing_rule(
        &self,
        advance: &RuleAdvance,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.step(standing_rules::advance(&self.connection(), advance, at)).await
    }

    async fn update_progress(
        &self,
        progress: &[ToldProgress],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.step(player_events::update_progress(&self.connection(), progress, at)).await
    }

    async fn insert_player_events(
        &self,
        events: &[PlayerEvent],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.step(player_events::insert(&self.connection(), events, at)).await
    }

    async fn update_request(&self, write: &RequestWrite) -> Result<bool, StoreError> {
        self.step(requests::record(&self.connection(), write)).await
    }

    async fn select_request_for_update(
        &self,
        id: RequestId,
    ) -> Result<Option<RequestRecord>, StoreError> {
        self.step(requests::lock(&self.connection(), id)).await
    }

    async fn savepoint(&self) -> Result<(), StoreError> {
        // Said in SQL: an outer commit of sea-orm's nested transactions loses everything.
        self.step(self.connection().command(SAVING, "SAVEPOINT guerdon")).await?;
        self.saved.store(true, Ordering::Release);
        Ok(())
    }

    async fn rollback_to_savepoint(&self) -> Result<(), StoreError> {
        if !self.saved.swap(false, Ordering::AcqRel) {
            return Err(StoreError::Invalid { rule: "a savepoint is set before it is used" });
        }
        // What failed since the savepoint is undone with the rest, so the transaction lives again.
        self.dead.store(false, Ordering::Release);
        let back = "ROLLBACK TO SAVEPOINT guerdon; RELEASE SAVEPOINT guerdon";
        self.step(self.connection().command(SAVING, back)).await
    }

    async fn release_savepoint(&self) -> Result<(), StoreError> {
        self.step(self.connection().command(SAVING, "RELEASE SAVEPOINT guerdon")).await?;
        self.saved.store(false, Ordering::Release);
        Ok(())
    }

    async fn commit(self: Box<Self>) -> Result<(), StoreError> {
        if self.dead.load(Ordering::Acquire) {
            self.rollback().await?;
            return Err(StoreError::Invalid { rule: "a transaction that failed is not committed" });
        }
        self.pool.count();
        self.inner.commit().await.map_err(errors::committing)
    }

    async fn rollback(self: Box<Self>) -> Result<(), StoreError> {
        self.pool.count();
        self.inner
            .rollback()
            .await
            .map_err(errors::during(Step { during: "rollback", ..BEGINNING }))
    }
}
