//! One open transaction: a draft of changed rows, and the locks behind them.

use std::collections::BTreeMap;

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
use tokio::sync::Mutex;

use crate::{
    locks::{LockMode, Owner},
    refusal::invalid,
    shared::{Core, Draft, Shared},
    statement::{
        Statement, Wanted, award_rows, player_rows, request_row, rule_row, tournament_row,
    },
};

/// One open transaction. Dropping it forgets its draft and lets go of its locks.
#[derive(Debug)]
pub(crate) struct MemoryTransaction {
    shared: Shared,
    owner: Owner,
    /// One statement at a time, as on a connection.
    session: Mutex<Session>,
}

#[derive(Debug, Default)]
struct Session {
    /// Whether a statement has failed, or was dropped before its end.
    dead: bool,
}

impl MemoryTransaction {
    pub(crate) fn begin(shared: &Shared) -> Self {
        let owner = shared.enter().begin();
        Self { shared: shared.clone(), owner, session: Mutex::default() }
    }

    /// Runs one statement: finds out which rows it needs, waits for them one by one, and then does
    /// all of its work in one step, on the rows as they are by then.
    async fn run<T>(
        &self,
        wanted: impl FnOnce(&Statement<'_>) -> Wanted + Send,
        work: impl FnOnce(&mut Statement<'_>) -> Result<T, StoreError> + Send,
    ) -> Result<T, StoreError> {
        let mut session = self.session.lock().await;
        session.start()?;
        let wanted = self.step(|statement| wanted(statement));
        for (key, mode) in wanted {
            self.shared.lock(self.owner, key, mode).await?;
        }
        let done = self.step(work)?;
        session.dead = false;
        Ok(done)
    }

    fn step<T>(&self, step: impl FnOnce(&mut Statement<'_>) -> T) -> T {
        let mut core = self.shared.enter();
        let Core { committed, drafts, locks, .. } = &mut *core;
        let draft = &mut drafts.entry(self.owner).or_default().rows;
        step(&mut Statement { committed, draft, locks, owner: self.owner })
    }

    fn draft<T>(&self, change: impl FnOnce(&mut Draft) -> T) -> T {
        change(self.shared.enter().drafts.entry(self.owner).or_default())
    }

    /// A statement of which nothing can fail once its rows are locked.
    pub(crate) async fn run_sure<T>(
        &self,
        wanted: impl FnOnce(&Statement<'_>) -> Wanted + Send,
        work: impl FnOnce(&mut Statement<'_>) -> T + Send,
    ) -> Result<T, StoreError> {
        self.run(wanted, |statement| Ok(work(statement))).await
    }
}

impl Session {
    /// UOW-4: dead until the end of the statement says otherwise, so that a statement that fails or
    /// is dropped leaves it dead.
    fn start(&mut self) -> Result<(), StoreError> {
        if std::mem::replace(&mut self.dead, true) {
            return Err(invalid("a transaction that failed is rolled back"));
        }
        Ok(())
    }
}

impl Drop for MemoryTransaction {
    fn drop(&mut self) {
        self.shared.enter().end(self.owner);
    }
}

#[async_trait]
impl Transaction for MemoryTransaction {
    async fn insert_players(
        &self,
        players: &[NewPlayer],
        at: Timestamp,
    ) -> Result<Vec<Recorded>, StoreError> {
        self.run_sure(|it| it.players_to_insert(players), |it| it.insert_players(players, at)).await
    }

    async fn insert_tournament(
        &self,
        tournament: &NewTournament,
        at: Timestamp,
    ) -> Result<Recorded, StoreError> {
        let wanted = |it: &Statement<'_>| it.tournament_to_insert(tournament.id);
        self.run_sure(wanted, |it| it.insert_tournament(tournament, at)).await
    }

    async fn select_tournament_for_update(
        &self,
        id: TournamentId,
    ) -> Result<Option<Tournament>, StoreError> {
        let wanted = |it: &Statement<'_>| it.tournament_to_lock(id, LockMode::Exclusive);
        self.run_sure(wanted, |it| it.select_tournament(id)).await
    }

    async fn select_tournament_for_share(
        &self,
        id: TournamentId,
    ) -> Result<Option<Tournament>, StoreError> {
        let wanted = |it: &Statement<'_>| it.tournament_to_lock(id, LockMode::Shared);
        self.run_sure(wanted, |it| it.select_tournament(id)).await
    }

    async fn replace_results(
        &self,
        id: TournamentId,
        standings: &[Standing],
    ) -> Result<(), StoreError> {
        let wanted = |_: &Statement<'_>| tournament_row(id);
        self.run(wanted, |it| it.replace_results(id, standings)).await
    }

    async fn insert_results(
        &self,
        id: TournamentId,
        standings: &[Standing],
    ) -> Result<(), StoreError> {
        let wanted = |_: &Statement<'_>| tournament_row(id);
        self.run(wanted, |it| it.insert_results(id, standings)).await
    }

    async fn select_field(
        &self,
        id: TournamentId,
        after: Option<PlayerId>,
        limit: u32,
    ) -> Result<Vec<Competitor>, StoreError> {
        self.run_sure(|_| Wanted::new(), |it| it.select_field(id, after, limit)).await
    }

    async fn insert_awards(
        &self,
        id: TournamentId,
        revision: u32,
        awards: &[PlannedAward],
    ) -> Result<(), StoreError> {
        let wanted = |_: &Statement<'_>| award_rows(id, awards.iter().map(|it| it.player));
        self.run(wanted, |it| it.insert_awards(id, revision, awards)).await
    }

    async fn upsert_awards(
        &self,
        id: TournamentId,
        revision: u32,
        awards: &[PlannedAward],
    ) -> Result<(), StoreError> {
        let wanted = |_: &Statement<'_>| award_rows(id, awards.iter().map(|it| it.player));
        self.run_sure(wanted, |it| it.upsert_awards(id, revision, awards)).await
    }

    async fn select_awards_for_update(
        &self,
        id: TournamentId,
        claim: &Claim,
    ) -> Result<Vec<Award>, StoreError> {
        let wanted = |it: &Statement<'_>| it.award_to_claim(id, claim.scope);
        self.run_sure(wanted, |it| it.claim_awards(id, claim)).await
    }

    async fn update_awards(
        &self,
        id: TournamentId,
        outcomes: &[AwardOutcome],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let wanted = |_: &Statement<'_>| award_rows(id, outcomes.iter().map(|it| it.player));
        self.run(wanted, |it| it.update_awards(id, outcomes, at)).await
    }

    async fn update_tournament(&self, change: &TournamentChange) -> Result<bool, StoreError> {
        let wanted = |_: &Statement<'_>| tournament_row(change.tournament);
        self.run(wanted, |it| it.update_tournament(change)).await
    }

    async fn select_players_for_update(
        &self,
        players: &LockOrder<PlayerId>,
    ) -> Result<Vec<LockedPlayer>, StoreError> {
        self.run_sure(|it| it.players_to_lock(players), |it| it.select_players(players)).await
    }

    async fn insert_ledger_entries(
        &self,
        entries: &[NewEntry],
        at: Timestamp,
    ) -> Result<Vec<Recorded>, StoreError> {
        let wanted = |_: &Statement<'_>| player_rows(entries.iter().map(|it| it.player));
        self.run(wanted, |it| it.insert_ledger_entries(entries, at)).await
    }

    async fn select_charges(&self, names: &[ChargeName]) -> Result<Vec<ChargeRecord>, StoreError> {
        self.run_sure(|_| Wanted::new(), |it| it.select_charges(names)).await
    }

    async fn insert_charges(
        &self,
        charges: &[NewCharge],
        at: Timestamp,
    ) -> Result<Vec<Recorded>, StoreError> {
        let wanted = |_: &Statement<'_>| player_rows(charges.iter().map(|it| it.charge.player));
        self.run(wanted, |it| it.insert_charges(charges, at)).await
    }

    async fn update_charges(&self, moves: &[ChargeMove], at: Timestamp) -> Result<(), StoreError> {
        let wanted = |_: &Statement<'_>| player_rows(moves.iter().map(|it| it.after.player));
        self.run(wanted, |it| it.update_charges(moves, at)).await
    }

    async fn insert_badges(
        &self,
        badges: &[NewBadge],
        at: Timestamp,
    ) -> Result<Vec<Recorded>, StoreError> {
        let wanted = |_: &Statement<'_>| player_rows(badges.iter().map(|it| it.player));
        self.run(wanted, |it| it.insert_badges(badges, at)).await
    }

    async fn insert_skill_steps(
        &self,
        steps: &[NewStep],
        at: Timestamp,
    ) -> Result<Vec<Recorded>, StoreError> {
        let wanted = |_: &Statement<'_>| player_rows(steps.iter().map(|it| it.step.player));
        self.run(wanted, |it| it.insert_skill_steps(steps, at)).await
    }

    async fn select_careers(
        &self,
        id: TournamentId,
        players: &[PlayerId],
    ) -> Result<BTreeMap<PlayerId, Career>, StoreError> {
        self.run_sure(|_| Wanted::new(), |it| it.select_careers(id, players)).await
    }

    async fn select_policies(&self, ids: &[TournamentId]) -> Result<Policies, StoreError> {
        self.run_sure(|_| Wanted::new(), |it| it.select_policies(ids)).await
    }

    async fn update_skill_steps(&self, retaken: &[RetakenSteps]) -> Result<(), StoreError> {
        let wanted = |_: &Statement<'_>| player_rows(retaken.iter().map(|it| it.player));
        self.run(wanted, |it| it.update_skill_steps(retaken)).await
    }

    async fn revoke_badges(
        &self,
        badges: &[NewBadge],
        by: CorrectionRef,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let wanted = |_: &Statement<'_>| player_rows(badges.iter().map(|it| it.player));
        self.run(wanted, |it| it.set_revoked(badges, Some((by, at)))).await
    }

    async fn restore_badges(&self, badges: &[NewBadge]) -> Result<(), StoreError> {
        let wanted = |_: &Statement<'_>| player_rows(badges.iter().map(|it| it.player));
        self.run(wanted, |it| it.set_revoked(badges, None)).await
    }

    async fn insert_assessments(
        &self,
        assessments: &[Assessment],
        at: Timestamp,
    ) -> Result<Vec<Recorded>, StoreError> {
        let wanted = |_: &Statement<'_>| player_rows(assessments.iter().map(|it| it.player));
        self.run(wanted, |it| it.insert_assessments(assessments, at)).await
    }

    async fn update_skills(&self, heard: &[HeardSkills]) -> Result<(), StoreError> {
        let wanted = |_: &Statement<'_>| player_rows(heard.iter().map(|it| it.player));
        self.run(wanted, |it| it.update_skills(heard)).await
    }

    async fn insert_level_ups(
        &self,
        ups: &[LevelUp],
        at: Timestamp,
    ) -> Result<Vec<Recorded>, StoreError> {
        let wanted = |_: &Statement<'_>| player_rows(ups.iter().map(|it| it.player));
        self.run(wanted, |it| it.insert_level_ups(ups, at)).await
    }

    async fn insert_standing_rule(
        &self,
        rule: &StandingRule,
        actor: &Actor,
        at: Timestamp,
    ) -> Result<Recorded, StoreError> {
        self.run_sure(|it| it.rule_to_insert(rule.id), |it| it.insert_rule(rule, actor, at)).await
    }

    async fn select_standing_rule_for_update(
        &self,
        id: RuleId,
    ) -> Result<Option<StandingRule>, StoreError> {
        self.run_sure(|it| it.rule_to_lock(id), |it| it.select_rule(id)).await
    }

    async fn select_next_players(
        &self,
        after: Option<PlayerId>,
        limit: u32,
    ) -> Result<Vec<PlayerId>, StoreError> {
        self.run_sure(|_| Wanted::new(), |it| it.select_next_players(after, limit)).await
    }

    async fn select_histories(
        &self,
        players: &[PlayerId],
    ) -> Result<BTreeMap<PlayerId, Career>, StoreError> {
        self.run_sure(|_| Wanted::new(), |it| it.select_histories(players)).await
    }

    async fn select_reviewed_rules(
        &self,
        players: &[PlayerId],
    ) -> Result<BTreeMap<PlayerId, Vec<ReviewedRule>>, StoreError> {
        self.run_sure(|_| Wanted::new(), |it| it.select_reviewed_rules(players)).await
    }

    async fn update_standing_rule(
        &self,
        advance: &RuleAdvance,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let wanted = |_: &Statement<'_>| rule_row(advance.id);
        self.run(wanted, |it| it.advance_rule(advance, at)).await
    }

    async fn update_progress(
        &self,
        progress: &[ToldProgress],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let wanted = |_: &Statement<'_>| player_rows(progress.iter().map(|it| it.event.player));
        self.run(wanted, |it| it.update_progress(progress, at)).await
    }

    async fn insert_player_events(
        &self,
        events: &[PlayerEvent],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let wanted = |_: &Statement<'_>| player_rows(events.iter().map(|it| it.player));
        self.run(wanted, |it| it.insert_player_events(events, at)).await
    }

    async fn update_request(&self, write: &RequestWrite) -> Result<bool, StoreError> {
        let wanted = |_: &Statement<'_>| request_row(write.held.id);
        self.run_sure(wanted, |it| it.update_request(write)).await
    }

    async fn select_request_for_update(
        &self,
        id: RequestId,
    ) -> Result<Option<RequestRecord>, StoreError> {
        self.run_sure(|_| request_row(id), |it| it.select_request(id)).await
    }

    async fn savepoint(&self) -> Result<(), StoreError> {
        let mut session = self.session.lock().await;
        session.start()?;
        self.draft(Draft::save)?;
        session.dead = false;
        Ok(())
    }

    async fn rollback_to_savepoint(&self) -> Result<(), StoreError> {
        let mut session = self.session.lock().await;
        session.dead = true;
        self.draft(Draft::go_back)?;
        session.dead = false;
        Ok(())
    }

    async fn release_savepoint(&self) -> Result<(), StoreError> {
        let mut session = self.session.lock().await;
        session.start()?;
        self.draft(Draft::forget_savepoint)?;
        session.dead = false;
        Ok(())
    }

    async fn commit(mut self: Box<Self>) -> Result<(), StoreError> {
        if self.session.get_mut().dead {
            return Err(invalid("a transaction that failed is not committed"));
        }
        let mut core = self.shared.enter();
        // The rows first, the locks afterwards, by dropping: whoever waits finds the new rows.
        if let Some(draft) = core.drafts.remove(&self.owner) {
            core.committed.merge(draft.rows);
        }
        Ok(())
    }

    async fn rollback(self: Box<Self>) -> Result<(), StoreError> {
        Ok(())
    }
}
