//! The store: where transactions begin, and where committed rows are read.

use std::{collections::BTreeMap, sync::Arc};

use async_trait::async_trait;
use domain::{
    Award, AwardState, Career, ChargeId, ChargeState, Competitor, Currency, LockOrder, PlayerId,
    RuleId, Tournament, TournamentId,
};
use ports::{
    StoreError, Timestamp,
    spi::{
        ApiKeys, Audit, AwardRecord, AwardTotals, BadgeRecord, ChargeName, ChargeRecord,
        ChargeScope, CorrectionRecord, LeaderMeasure, LeaderPlace, LeaderRecord, LedgerEntry,
        LevelUpRecord, Logbook, Outbox, PlayerRecord, Requests, RuleRecord, StepRecord, Store,
        Timetable, Transaction,
    },
};

use crate::{
    OpenTransaction, PlayerRow, Rows, State, TournamentRow,
    api_keys::MemoryApiKeys,
    audit::MemoryAudit,
    leaders,
    logbook::MemoryLogbook,
    outbox::{Desk, MemoryOutbox},
    requests::MemoryRequests,
    shared::Shared,
    statement::charges,
    timetable::MemoryTimetable,
    transaction::MemoryTransaction,
};

/// A store in memory. Clones are the same store. See the [crate docs](crate).
#[derive(Debug, Clone, Default)]
pub struct MemoryStore {
    shared: Shared,
    logbook: MemoryLogbook,
    timetable: MemoryTimetable,
    desk: Desk,
    api_keys: MemoryApiKeys,
}

impl MemoryStore {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The store, as those who use it want it.
    #[must_use]
    pub fn shared(&self) -> Arc<dyn Store> {
        Arc::new(self.clone())
    }

    /// What is committed now.
    #[must_use]
    pub fn snapshot(&self) -> State {
        self.read(State::clone)
    }

    /// Changes what is committed, past every lock: for fixtures and for planting faults.
    pub fn edit<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.shared.enter().committed)
    }

    /// Every open transaction, in the order in which they began.
    #[must_use]
    pub fn open_transactions(&self) -> Vec<OpenTransaction> {
        OpenTransaction::all_of(&self.shared.enter())
    }

    /// How many transactions wait for a lock.
    #[must_use]
    pub fn transactions_waiting(&self) -> usize {
        self.shared.enter().locks.waiting()
    }

    fn read<T>(&self, read: impl FnOnce(&State) -> T) -> T {
        read(&self.shared.enter().committed)
    }

    /// What `read` finds in the rows of `players`, one player after the other, in ascending id.
    fn read_players<T>(
        &self,
        players: &[PlayerId],
        read: impl Fn(PlayerId, &PlayerRow) -> Vec<T>,
    ) -> Vec<T> {
        let order = LockOrder::of(players.iter().copied());
        self.read(|state| {
            let row = |id: &PlayerId| state.players.get(*id).map(|row| read(*id, row));
            order.as_slice().iter().filter_map(row).flatten().collect()
        })
    }
}

impl From<State> for MemoryStore {
    /// A store in which `state` is committed and nobody is at work.
    fn from(state: State) -> Self {
        Self { shared: Shared::of(state), ..Self::default() }
    }
}

#[async_trait]
impl Store for MemoryStore {
    fn logbook(&self) -> Arc<dyn Logbook> {
        Arc::new(self.logbook.clone())
    }

    fn timetable(&self) -> Arc<dyn Timetable> {
        Arc::new(self.timetable.clone())
    }

    fn requests(&self) -> Arc<dyn Requests> {
        Arc::new(MemoryRequests(self.shared.clone()))
    }

    fn outbox(&self) -> Arc<dyn Outbox> {
        Arc::new(MemoryOutbox { shared: self.shared.clone(), desk: self.desk.clone() })
    }

    fn api_keys(&self) -> Arc<dyn ApiKeys> {
        Arc::new(self.api_keys.clone())
    }

    async fn begin(&self) -> Result<Box<dyn Transaction>, StoreError> {
        Ok(Box::new(MemoryTransaction::begin(&self.shared)))
    }

    fn audit(&self) -> Arc<dyn Audit> {
        Arc::new(MemoryAudit(self.shared.clone()))
    }

    async fn find_tournaments(&self, ids: &[TournamentId]) -> Result<Vec<Tournament>, StoreError> {
        let order = LockOrder::of(ids.iter().copied());
        Ok(self.read(|state| {
            let rows = order.as_slice().iter().filter_map(|id| state.tournaments.get(*id));
            rows.map(|it| it.tournament.clone()).collect()
        }))
    }

    async fn list_tournaments(
        &self,
        after: Option<TournamentId>,
        limit: u32,
    ) -> Result<Vec<Tournament>, StoreError> {
        Ok(self.read(|state| {
            let page = state.tournaments.behind(after).take(limit as usize);
            page.map(|(_, row)| row.tournament.clone()).collect()
        }))
    }

    async fn list_field(
        &self,
        id: TournamentId,
        after: Option<PlayerId>,
        limit: u32,
    ) -> Result<Vec<Competitor>, StoreError> {
        Ok(self.read(|state| {
            let baseline = |it| state.players.get(it).map(|row| row.baseline.clone());
            let row = state.tournaments.get(id);
            row.map(|it| it.field_page(after, limit, |player| baseline(player).unwrap_or_default()))
                .unwrap_or_default()
        }))
    }

    async fn award_totals(&self, id: TournamentId) -> Result<AwardTotals, StoreError> {
        Ok(self.read(|state| {
            let awards = state.awards.get(&id).into_iter().flat_map(Rows::iter);
            awards.fold(AwardTotals::default(), |totals, (_, record)| add(totals, record))
        }))
    }

    async fn list_awards(
        &self,
        id: TournamentId,
        after: Option<PlayerId>,
        limit: u32,
    ) -> Result<Vec<AwardRecord>, StoreError> {
        Ok(self.read(|state| {
            let awards = state.awards.get(&id).into_iter().flat_map(|it| it.behind(after));
            awards.take(limit as usize).map(|(_, record)| record.clone()).collect()
        }))
    }

    async fn find_award(
        &self,
        id: TournamentId,
        player: PlayerId,
    ) -> Result<Option<AwardRecord>, StoreError> {
        Ok(self.read(|state| state.award(id, player).cloned()))
    }

    async fn list_leaders(
        &self,
        tournaments: &[TournamentId],
        by: LeaderMeasure,
        after: Option<LeaderPlace>,
        limit: u32,
    ) -> Result<Vec<LeaderRecord>, StoreError> {
        let mut leaders = self.read(|state| leaders::of(state, tournaments, by));
        leaders.retain(|it| leaders::is_behind(it, by, after));
        leaders.truncate(limit as usize);
        Ok(leaders)
    }

    async fn find_players(&self, ids: &[PlayerId]) -> Result<Vec<PlayerRecord>, StoreError> {
        Ok(self.read_players(ids, |id, row| vec![row.record(id)]))
    }

    async fn find_unregistered(&self, players: &[PlayerId]) -> Result<Vec<PlayerId>, StoreError> {
        let order = LockOrder::of(players.iter().copied());
        Ok(self.read(|state| {
            let unknown = order.as_slice().iter().filter(|it| !state.players.contains(**it));
            unknown.copied().collect()
        }))
    }

    async fn list_players(
        &self,
        after: Option<PlayerId>,
        limit: u32,
    ) -> Result<Vec<PlayerRecord>, StoreError> {
        Ok(self.read(|state| {
            let page = state.players.behind(after).take(limit as usize);
            page.map(|(id, row)| row.record(id)).collect()
        }))
    }

    async fn list_ledger(
        &self,
        player: PlayerId,
        currency: Currency,
        after: i64,
        limit: u32,
    ) -> Result<Vec<LedgerEntry>, StoreError> {
        Ok(self.read_players(&[player], |_, row| {
            let account = row.ledger.values().filter(|it| it.currency == currency);
            account.filter(|it| it.seq > after).take(limit as usize).cloned().collect()
        }))
    }

    async fn find_entries(
        &self,
        id: TournamentId,
        players: &[PlayerId],
    ) -> Result<Vec<LedgerEntry>, StoreError> {
        Ok(self.read_players(players, |_, row| {
            row.ledger.values().filter(|it| it.cause.tournament() == Some(id)).cloned().collect()
        }))
    }

    async fn find_corrections(
        &self,
        ids: &[TournamentId],
    ) -> Result<Vec<CorrectionRecord>, StoreError> {
        let order = LockOrder::of(ids.iter().copied());
        Ok(self.read(|state| {
            let rows = order.as_slice().iter().filter_map(|id| state.tournaments.get(*id));
            rows.flat_map(TournamentRow::corrections).collect()
        }))
    }

    async fn find_charges(&self, names: &[ChargeName]) -> Result<Vec<ChargeRecord>, StoreError> {
        Ok(self.read(|state| charges::find(names, |player| state.players.get(player))))
    }

    async fn list_charges(
        &self,
        player: PlayerId,
        scope: ChargeScope,
        after: Option<ChargeId>,
        limit: u32,
    ) -> Result<Vec<ChargeRecord>, StoreError> {
        Ok(self.read_players(&[player], |_, row| {
            let behind = row.charges.values().filter(|it| Some(it.charge.id) > after);
            let wanted = behind.filter(|it| scope == ChargeScope::All || is_held(it));
            wanted.take(limit as usize).cloned().collect()
        }))
    }

    async fn list_due_holds(
        &self,
        at: Timestamp,
        after: Option<PlayerId>,
        limit: u32,
    ) -> Result<Vec<ChargeRecord>, StoreError> {
        let is_due = |it: &&ChargeRecord| is_held(it) && it.expires_at.is_some_and(|it| it <= at);
        Ok(self.read(|state| {
            let first = |(_, row): (_, &PlayerRow)| row.charges.values().find(is_due).cloned();
            state.players.behind(after).filter_map(first).take(limit as usize).collect()
        }))
    }

    async fn find_badges(&self, players: &[PlayerId]) -> Result<Vec<BadgeRecord>, StoreError> {
        Ok(self.read_players(players, |_, row| row.badges.values().cloned().collect()))
    }

    async fn find_level_ups(&self, players: &[PlayerId]) -> Result<Vec<LevelUpRecord>, StoreError> {
        Ok(self.read_players(players, |_, row| row.level_ups.values().cloned().collect()))
    }

    async fn find_histories(
        &self,
        players: &[PlayerId],
    ) -> Result<BTreeMap<PlayerId, Career>, StoreError> {
        let history = |id, row: &PlayerRow| row.history().map(|it| (id, it)).into_iter().collect();
        Ok(self.read_players(players, history).into_iter().collect())
    }

    async fn find_rules(&self, ids: &[RuleId]) -> Result<Vec<RuleRecord>, StoreError> {
        let order = LockOrder::of(ids.iter().copied());
        Ok(self.read(|state| {
            let rows = order.as_slice().iter().filter_map(|id| state.rules.get(*id));
            rows.cloned().collect()
        }))
    }

    async fn list_rules(
        &self,
        after: Option<RuleId>,
        limit: u32,
    ) -> Result<Vec<RuleRecord>, StoreError> {
        Ok(self.read(|state| {
            let page = state.rules.behind(after).take(limit as usize);
            page.map(|(_, row)| row.clone()).collect()
        }))
    }

    async fn list_steps(
        &self,
        player: PlayerId,
        after: i64,
        limit: u32,
    ) -> Result<Vec<StepRecord>, StoreError> {
        Ok(self.read_players(&[player], |_, row| {
            let steps = row.steps.values().filter(|it| it.seq > after);
            steps.take(limit as usize).cloned().collect()
        }))
    }

    async fn find_steps(
        &self,
        id: TournamentId,
        players: &[PlayerId],
    ) -> Result<Vec<StepRecord>, StoreError> {
        Ok(self.read_players(players, |_, row| {
            row.steps.values().filter(|it| it.tournament == id).cloned().collect()
        }))
    }
}

fn is_held(record: &ChargeRecord) -> bool {
    record.charge.state == ChargeState::Held
}

fn add(totals: AwardTotals, record: &AwardRecord) -> AwardTotals {
    let Award { state, paid, .. } = &record.award;
    let (xp, credits) = paid.map_or((0, 0), |it| (it.xp, it.credits));
    let totals = AwardTotals {
        xp_paid: totals.xp_paid.saturating_add(xp),
        credits_paid: totals.credits_paid.saturating_add(credits),
        ..totals
    };
    match state {
        AwardState::Pending => AwardTotals { pending: totals.pending + 1, ..totals },
        AwardState::Failed { .. } => AwardTotals { failed: totals.failed + 1, ..totals },
        AwardState::Applied => AwardTotals { applied: totals.applied + 1, ..totals },
    }
}
