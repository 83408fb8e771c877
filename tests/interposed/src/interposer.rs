//! What somebody in between may do to each call.

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
        Store, ToldProgress, TournamentChange, Transaction,
    },
};

use crate::{Call, transaction::InterposedTransaction};

/// Declares [`Interposer`], and [`Transaction`] for what is interposed, from one list of the calls.
macro_rules! transaction_calls {
    ($($(#[$attribute:meta])* fn $name:ident($($argument:ident: $type:ty),*) -> $answer:ty;)+) => {
        /// Somebody between the use cases and a store. See the [crate docs](crate).
        #[async_trait]
        pub trait Interposer: Send + Sync + 'static {
            /// Before a call is sent on. An error is what the caller gets; the store hears nothing.
            async fn before(&self, _call: &Call) -> Result<(), StoreError> {
                Ok(())
            }

            /// After the store has answered, and before the caller hears of it. `answer` is what
            /// `Debug` prints of it. An error takes the place of the answer.
            async fn after(&self, _call: &Call, _answer: &str) -> Result<(), StoreError> {
                Ok(())
            }

            /// A transaction was dropped without an end. Nobody is in its way: what is inside is
            /// dropped as well, and ends as a transaction of the store does that is dropped.
            fn dropped(&self, tx: Box<dyn Transaction>) {
                drop(tx);
            }

            /// Begins a transaction.
            async fn begin(&self, store: &dyn Store) -> Result<Box<dyn Transaction>, StoreError> {
                store.begin().await
            }

            /// Ends a transaction; an `Ok` means that it has happened.
            async fn commit(&self, tx: Box<dyn Transaction>) -> Result<(), StoreError> {
                tx.commit().await
            }

            $(
                /// Sends the call of this name on.
                async fn $name(
                    &self,
                    tx: &dyn Transaction,
                    $($argument: $type),*
                ) -> Result<$answer, StoreError> {
                    tx.$name($($argument),*).await
                }
            )+
        }

        #[async_trait]
        impl Transaction for InterposedTransaction {
            $(
                async fn $name(&self, $($argument: $type),*) -> Result<$answer, StoreError> {
                    let arguments = format!("{:?}", ($(&$argument,)*));
                    let call = self.call(stringify!($name), arguments);
                    let inner = self.inner()?;
                    self.between.pass(&call, self.between.by.$name(inner, $($argument),*)).await
                }
            )+

            async fn commit(self: Box<Self>) -> Result<(), StoreError> {
                self.end_with_commit().await
            }

            async fn rollback(self: Box<Self>) -> Result<(), StoreError> {
                self.end_with_rollback().await
            }
        }
    };
}

transaction_calls! {
    fn insert_players(players: &[NewPlayer], at: Timestamp) -> Vec<Recorded>;
    fn insert_tournament(tournament: &NewTournament, at: Timestamp) -> Recorded;
    fn select_tournament_for_update(id: TournamentId) -> Option<Tournament>;
    fn select_tournament_for_share(id: TournamentId) -> Option<Tournament>;
    fn replace_results(id: TournamentId, standings: &[Standing]) -> ();
    fn insert_results(id: TournamentId, standings: &[Standing]) -> ();
    fn select_field(id: TournamentId, after: Option<PlayerId>, limit: u32) -> Vec<Competitor>;
    fn insert_awards(id: TournamentId, revision: u32, awards: &[PlannedAward]) -> ();
    fn upsert_awards(id: TournamentId, revision: u32, awards: &[PlannedAward]) -> ();
    fn select_awards_for_update(id: TournamentId, claim: &Claim) -> Vec<Award>;
    fn update_awards(id: TournamentId, outcomes: &[AwardOutcome], at: Timestamp) -> ();
    fn update_tournament(change: &TournamentChange) -> bool;
    fn select_players_for_update(players: &LockOrder<PlayerId>) -> Vec<LockedPlayer>;
    fn insert_ledger_entries(entries: &[NewEntry], at: Timestamp) -> Vec<Recorded>;
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
