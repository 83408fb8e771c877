//! A store that breaks where it is told to, and keeps its promises everywhere else. Every call gives
//! others their turn first, as the way to a database would.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use async_trait::async_trait;
use domain::{
    Assessment, Award, Career, ChargeMove, Competitor, LevelUp, LockOrder, NewBadge, NewEntry,
    NewPlayer, NewTournament, PlannedAward, PlayerEvent, PlayerId, Policies, RequestId,
    ReviewedRule, RuleId, Standing, StandingRule, Tournament, TournamentId,
};
use memory_adapter::{MemoryStore, State};
use ports::{
    Actor, CorruptPlayer, StoreError, Timestamp, TransientCause,
    spi::{
        ApiKeys, Audit, AwardOutcome, ChargeName, ChargeRecord, Claim, CorrectionRef, HeardSkills,
        LockedPlayer, Logbook, NewCharge, NewStep, Outbox, Recorded, RequestRecord, RequestWrite,
        Requests, RetakenSteps, RuleAdvance, Store, Timetable, ToldProgress, TournamentChange,
        Transaction,
    },
};

/// What is broken. Transactions and commits are counted from 1, from the last reset on.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    pub(crate) begun: u32,
    pub(crate) committed: u32,
    /// From this transaction on the store is gone.
    pub(crate) dies_at: Option<u32>,
    /// So many transactions cannot begin because somebody else writes.
    pub(crate) busy: u32,
    /// This commit is not answered.
    pub(crate) unanswered: Option<(u32, Commit)>,
    /// The player's row cannot be read.
    pub(crate) unreadable: Option<PlayerId>,
    /// The player's entries are refused.
    pub(crate) refused: Option<PlayerId>,
}

/// What became of a commit that is not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Commit {
    Happened,
    DidNotHappen,
}

#[derive(Clone, Default)]
pub(crate) struct FaultyStore {
    inner: Arc<MemoryStore>,
    faults: Arc<Mutex<Faults>>,
}

struct FaultyTransaction {
    inner: Box<dyn Transaction>,
    store: FaultyStore,
}

impl FaultyStore {
    pub(crate) fn faults(&self) -> MutexGuard<'_, Faults> {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is committed now.
    pub(crate) fn snapshot(&self) -> State {
        self.inner.snapshot()
    }

    fn may_begin(&self) -> Result<(), StoreError> {
        let mut faults = self.faults();
        faults.begun += 1;
        if faults.dies_at.is_some_and(|it| faults.begun >= it) {
            return Err(StoreError::Unusable { during: "begin", source: "power cut".into() });
        }
        if faults.busy > 0 {
            faults.busy -= 1;
            let (cause, source) = (TransientCause::Busy, "busy".into());
            return Err(StoreError::Transient { cause, during: "begin", source });
        }
        Ok(())
    }

    fn next_commit(&self) -> Option<Commit> {
        let mut faults = self.faults();
        faults.committed += 1;
        faults.unanswered.filter(|it| it.0 == faults.committed).map(|it| it.1)
    }
}

/// Implements a port by asking `inner`, except for the methods that are written out.
macro_rules! pass_on {
    (
        impl $port:ident for $faulty:ident { $($own:item)* }
        $(fn $name:ident($($arg:ident: $type:ty),*) -> $answer:ty;)+
    ) => {
        #[async_trait]
        impl $port for $faulty {
            $(async fn $name(&self, $($arg: $type),*) -> Result<$answer, StoreError> {
                tokio::task::yield_now().await;
                self.inner.$name($($arg),*).await
            })+
            $($own)*
        }
    };
}

ports::store_reads!(pass_on! { impl Store for FaultyStore {
    fn audit(&self) -> Arc<dyn Audit> {
        self.inner.audit()
    }

    fn logbook(&self) -> Arc<dyn Logbook> {
        self.inner.logbook()
    }

    fn timetable(&self) -> Arc<dyn Timetable> {
        self.inner.timetable()
    }

    fn requests(&self) -> Arc<dyn Requests> {
        self.inner.requests()
    }

    fn outbox(&self) -> Arc<dyn Outbox> {
        self.inner.outbox()
    }

    fn api_keys(&self) -> Arc<dyn ApiKeys> {
        self.inner.api_keys()
    }

    async fn begin(&self) -> Result<Box<dyn Transaction>, StoreError> {
        self.may_begin()?;
        let inner = self.inner.begin().await?;
        Ok(Box::new(FaultyTransaction { inner, store: self.clone() }))
    }
} });

pass_on! {
    impl Transaction for FaultyTransaction {
        async fn select_players_for_update(
            &self,
            players: &LockOrder<PlayerId>,
        ) -> Result<Vec<LockedPlayer>, StoreError> {
            let mut found = self.inner.select_players_for_update(players).await?;
            let unreadable = self.store.faults().unreadable;
            for player in found.iter_mut().filter(|it| Some(it.id) == unreadable) {
                let rule = "the profile is an object".into();
                player.state = Err(CorruptPlayer { player: player.id, table: "skill_profiles", rule });
            }
            Ok(found)
        }

        async fn insert_ledger_entries(
            &self,
            entries: &[NewEntry],
            at: Timestamp,
        ) -> Result<Vec<Recorded>, StoreError> {
            let refused = self.store.faults().refused;
            if entries.iter().any(|it| Some(it.player) == refused) {
                let rule = "an entry number is taken".into();
                return Err(StoreError::Corrupt { table: "ledger_entries", rule, source: None });
            }
            self.inner.insert_ledger_entries(entries, at).await
        }

        async fn commit(self: Box<Self>) -> Result<(), StoreError> {
            tokio::task::yield_now().await;
            let unanswered = self.store.next_commit();
            if unanswered != Some(Commit::DidNotHappen) {
                self.inner.commit().await?;
            }
            match unanswered {
                Some(_) => Err(StoreError::CommitUnknown { source: "connection reset".into() }),
                None => Ok(()),
            }
        }

        async fn rollback(self: Box<Self>) -> Result<(), StoreError> {
            self.inner.rollback().await
        }
    }

    fn insert_players(players: &[NewPlayer], at: Timestamp) -> Vec<Recorded>;
    fn insert_tournament(tournament: &NewTournament, at: Timestamp) -> Recorded;
    fn select_tournament_for_update(id: TournamentId) -> Option<Tournament>;
    fn select_tournament_for_share(id: TournamentId) -> Option<Tournament>;
    fn replace_results(id: TournamentId, standings: &[Standing]) -> ();
    fn insert_results(id: TournamentId, standings: &[Standing]) -> ();
    fn select_field(id: TournamentId, after: Option<PlayerId>, limit: u32) -> Vec<Competitor>;
    fn insert_awards(id: TournamentId, revision: u32, awards: &[PlannedAward]) -> ();
    fn select_awards_for_update(id: TournamentId, claim: &Claim) -> Vec<Award>;
    fn upsert_awards(id: TournamentId, revision: u32, awards: &[PlannedAward]) -> ();
    fn update_awards(id: TournamentId, outcomes: &[AwardOutcome], at: Timestamp) -> ();
    fn update_tournament(change: &TournamentChange) -> bool;
    fn select_charges(names: &[ChargeName]) -> Vec<ChargeRecord>;
    fn insert_charges(charges: &[NewCharge], at: Timestamp) -> Vec<Recorded>;
    fn update_charges(moves: &[ChargeMove], at: Timestamp) -> ();
    fn insert_badges(badges: &[NewBadge], at: Timestamp) -> Vec<Recorded>;
    fn insert_skill_steps(steps: &[NewStep], at: Timestamp) -> Vec<Recorded>;
    fn select_careers(id: TournamentId, players: &[PlayerId]) -> BTreeMap<PlayerId, Career>;
    fn select_policies(ids: &[TournamentId]) -> Policies;
    fn update_skill_steps(retaken: &[RetakenSteps]) -> ();
    fn revoke_badges(badges: &[NewBadge], by: CorrectionRef, at: Timestamp) -> ();
    fn restore_badges(badges: &[NewBadge]) -> ();
    fn insert_assessments(assessments: &[Assessment], at: Timestamp) -> Vec<Recorded>;
    fn update_skills(heard: &[HeardSkills]) -> ();
    fn insert_level_ups(ups: &[LevelUp], at: Timestamp) -> Vec<Recorded>;
    fn insert_standing_rule(rule: &StandingRule, actor: &Actor, at: Timestamp) -> Recorded;
    fn select_standing_rule_for_update(id: RuleId) -> Option<StandingRule>;
    fn select_next_players(after: Option<PlayerId>, limit: u32) -> Vec<PlayerId>;
    fn select_histories(players: &[PlayerId]) -> BTreeMap<PlayerId, Career>;
    fn select_reviewed_rules(players: &[PlayerId]) -> BTreeMap<PlayerId, Vec<ReviewedRule>>;
    fn update_standing_rule(advance: &RuleAdvance, at: Timestamp) -> ();
    fn update_progress(progress: &[ToldProgress], at: Timestamp) -> ();
    fn insert_player_events(events: &[PlayerEvent], at: Timestamp) -> ();
    fn update_request(write: &RequestWrite) -> bool;
    fn select_request_for_update(id: RequestId) -> Option<RequestRecord>;
    fn savepoint() -> ();
    fn rollback_to_savepoint() -> ();
    fn release_savepoint() -> ();
}
