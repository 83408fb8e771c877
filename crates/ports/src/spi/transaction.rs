//! One open transaction: the locks, the writes, and the end.

use std::collections::BTreeMap;

use async_trait::async_trait;
use domain::{
    Assessment, Award, Career, ChargeMove, Competitor, LevelUp, LockOrder, NewBadge, NewEntry,
    NewPlayer, NewTournament, PlannedAward, PlayerEvent, PlayerId, Policies, RequestId,
    ReviewedRule, RuleId, Standing, StandingRule, Tournament, TournamentId,
};

use super::{
    AwardOutcome, ChargeName, ChargeRecord, Claim, CorrectionRef, HeardSkills, LockedPlayer,
    NewCharge, NewStep, Recorded, RequestRecord, RequestWrite, RetakenSteps, RuleAdvance,
    ToldProgress, TournamentChange,
};
use crate::{Actor, StoreError, Timestamp};

/// One open transaction.
///
/// # Contract
///
/// **Atomicity**
/// - **UOW-1** All writes must become visible at once, with the commit.
/// - **UOW-2** A transaction that is rolled back or dropped must leave no trace and hold no lock.
/// - **UOW-3** Any future may be dropped at any await; once the transaction is dropped, too, it must
///   be as if it had never begun.
/// - **UOW-4** After an `Err` outside a savepoint the transaction is dead: a commit must be refused
///   and must write nothing.
///
/// **Lock order.** Tournament, then awards, then players in ascending id. Callers keep it because
/// [`Locked`](crate::Locked) leaves no other way.
/// - **LOCK-ORDER-1** Adapters must lock rows in the order given: two transactions that lock
///   overlapping players must never deadlock.
///
/// **Insert-or-existing.** A method that returns [`Recorded`] answers in the order of its input and
/// leaves the transaction usable whatever it found.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait Transaction: Send + Sync {
    /// Registers players.
    ///
    /// **PLAYER-1** A player who exists must be [`Recorded::Replayed`] and stay as it is, also when
    /// two transactions register the same players at once, in whatever order.
    async fn insert_players(
        &self,
        players: &[NewPlayer],
        at: Timestamp,
    ) -> Result<Vec<Recorded>, StoreError>;

    /// Announces a tournament.
    ///
    /// **TOURNAMENT-1** A tournament that exists must be [`Recorded::Replayed`] and stay as it is.
    async fn insert_tournament(
        &self,
        tournament: &NewTournament,
        at: Timestamp,
    ) -> Result<Recorded, StoreError>;

    /// Reads a tournament and locks it, exclusively, until the transaction ends.
    ///
    /// - **LOCK-1** A second locker must wait, and must then see what the first one committed.
    /// - **LOCK-2** An absent row is an answer, `None`, and locks nothing.
    /// - **LOCK-3** An exclusive lock must wait for every shared one, and shared ones for it.
    async fn select_tournament_for_update(
        &self,
        id: TournamentId,
    ) -> Result<Option<Tournament>, StoreError>;

    /// Reads a tournament and locks it, shared, until the transaction ends.
    ///
    /// **LOCK-4** Those who share must not wait for each other, where the database can do it:
    /// an adapter whose database has one writer at a time says so in its harness.
    async fn select_tournament_for_share(
        &self,
        id: TournamentId,
    ) -> Result<Option<Tournament>, StoreError>;

    /// Puts `standings` in the place of the tournament's results. The caller holds its lock.
    ///
    /// **RESULTS-1** Afterwards the results must be exactly `standings`.
    async fn replace_results(
        &self,
        id: TournamentId,
        standings: &[Standing],
    ) -> Result<(), StoreError>;

    /// Adds `standings` to the tournament's results. The caller holds its lock.
    ///
    /// **RESULTS-3** Afterwards the results must be those from before and exactly `standings`; a
    /// participant who is among them already must be refused as [`StoreError::Corrupt`].
    async fn insert_results(
        &self,
        id: TournamentId,
        standings: &[Standing],
    ) -> Result<(), StoreError>;

    /// A page of the tournament's results in ascending player id, as this transaction sees them.
    ///
    /// **RESULTS-2** Participants who are not registered must be in it, with the usual baseline.
    async fn select_field(
        &self,
        id: TournamentId,
        after: Option<PlayerId>,
        limit: u32,
    ) -> Result<Vec<Competitor>, StoreError>;

    /// Stores awards of the plan, pending. The caller holds the tournament's exclusive lock.
    ///
    /// **AWARD-1** A second award for one (tournament, player) must be refused as
    /// [`StoreError::Corrupt`].
    async fn insert_awards(
        &self,
        id: TournamentId,
        revision: u32,
        awards: &[PlannedAward],
    ) -> Result<(), StoreError>;

    /// Stores awards of a corrected plan in the place of those of the plan before. The caller holds
    /// the tournament's exclusive lock.
    ///
    /// - **AWARD-3** An award must become pending, of `revision` and with what is planned now, and
    ///   what has been paid for it must stay as it was; whoever has none gets one.
    /// - **AWARD-4** An applied award of which nothing is planned otherwise must stay applied.
    async fn upsert_awards(
        &self,
        id: TournamentId,
        revision: u32,
        awards: &[PlannedAward],
    ) -> Result<(), StoreError>;

    /// Reads awards and locks them until the transaction ends, in ascending player id.
    ///
    /// - **CLAIM-1** Only awards in a state of the claim must be returned, whatever their state was
    ///   when the statement began: one that was applied while this waited is not.
    /// - **CLAIM-2** The next ones: awards that another transaction has locked must be skipped, and
    ///   the limit and `after` be kept.
    /// - **CLAIM-3** One named player's: must wait for whoever has it locked.
    async fn select_awards_for_update(
        &self,
        id: TournamentId,
        claim: &Claim,
    ) -> Result<Vec<Award>, StoreError>;

    /// Records what became of claimed awards.
    ///
    /// **AWARD-2** An award that is applied already must be refused as [`StoreError::Corrupt`], and
    /// so must one that does not exist. An applied one must say from then on what has been paid.
    async fn update_awards(
        &self,
        id: TournamentId,
        outcomes: &[AwardOutcome],
        at: Timestamp,
    ) -> Result<(), StoreError>;

    /// Moves the tournament on, records the change, and puts it in the outbox.
    ///
    /// - **TOURNAMENT-2** Row, history and outbox must change together, in this transaction.
    /// - **TOURNAMENT-3** [`RewardsDistributed`](super::TournamentEvent::RewardsDistributed) must be
    ///   written only when no award of the tournament is pending or failed; `false` when one is.
    /// - **TOURNAMENT-4** A change whose number is taken must be refused as
    ///   [`StoreError::Corrupt`].
    /// - **TOURNAMENT-5** [`Corrected`](super::TournamentEvent::Corrected) must leave the revision,
    ///   the hashes and the size of the field that it names.
    async fn update_tournament(&self, change: &TournamentChange) -> Result<bool, StoreError>;

    /// Locks players until the transaction ends, and reads what they own, in ascending id.
    ///
    /// - **LOCK-5** A second locker must wait, and must then see what the first one committed, in
    ///   every table that the lock protects.
    /// - **LOCK-6** Players who are not registered must be absent from the answer.
    /// - **LOCK-7** State that cannot be read must cost that player alone.
    async fn select_players_for_update(
        &self,
        players: &LockOrder<PlayerId>,
    ) -> Result<Vec<LockedPlayer>, StoreError>;

    /// Posts entries and moves each balance by exactly what was inserted. At most one entry for
    /// each account in one call; the caller holds the players' locks.
    ///
    /// - **IDEM-1** For one key, over all time and all callers, at most one entry must exist;
    ///   posting it again must be [`Recorded::Replayed`] and must not move the balance.
    /// - **IDEM-2** A known key with another amount or account must be refused as
    ///   [`StoreError::Corrupt`].
    /// - **LEDGER-1** Entries must be numbered from 1 without gaps, each `balance_after` being the
    ///   one before plus the amount, and the balance being the last one's.
    /// - **LEDGER-2** A balance must not fall below zero, unless the entry says so, is of a
    ///   correction and takes credits: refused as [`StoreError::Corrupt`].
    /// - **LEDGER-3** An entry number that exists must be refused as [`StoreError::Corrupt`]: it
    ///   means that an update was lost.
    /// - **LEDGER-4** An account that comes into being with its first entry must count from there;
    ///   until then it holds nothing.
    async fn insert_ledger_entries(
        &self,
        entries: &[NewEntry],
        at: Timestamp,
    ) -> Result<Vec<Recorded>, StoreError>;

    /// Charges by name, in ascending order. The caller holds the players' locks.
    ///
    /// **CHARGE-1** They must be as whoever had the lock before has left them.
    async fn select_charges(&self, names: &[ChargeName]) -> Result<Vec<ChargeRecord>, StoreError>;

    /// Stores charges that begin. The caller holds the players' locks, and posts what they take.
    ///
    /// **CHARGE-2** A charge that exists must be [`Recorded::Replayed`] and stay as it is.
    async fn insert_charges(
        &self,
        charges: &[NewCharge],
        at: Timestamp,
    ) -> Result<Vec<Recorded>, StoreError>;

    /// Stores what has become of charges. The caller holds the players' locks, and posts what they
    /// give back.
    ///
    /// - **CHARGE-3** A charge that is not as the move found it must not change, nor one that does not
    ///   exist: refused as [`StoreError::Corrupt`]. It means that an update was lost, or that a hold
    ///   was to end a second time.
    /// - **CHARGE-4** No more must be settled than was held, and no more be refunded than was
    ///   settled, nor less than before: refused as [`StoreError::Corrupt`].
    async fn update_charges(&self, moves: &[ChargeMove], at: Timestamp) -> Result<(), StoreError>;

    /// Awards badges. The caller holds the players' locks.
    ///
    /// - **BADGE-1** One (player, tournament, type) must exist once; awarding it again must be
    ///   [`Recorded::Replayed`].
    /// - **BADGE-2** A badge that is [once in a life](NewBadge::once_in_a_life) must exist once for
    ///   a player, whatever the tournament; a second one must be [`Recorded::Replayed`].
    async fn insert_badges(
        &self,
        badges: &[NewBadge],
        at: Timestamp,
    ) -> Result<Vec<Recorded>, StoreError>;

    /// Records skill steps and writes the entries that they change to the profiles. The caller
    /// holds the players' locks.
    ///
    /// - **STEP-1** One (player, tournament) must exist once, whatever its revision; recording it
    ///   again must be [`Recorded::Replayed`] and leave the profile alone.
    /// - **STEP-2** Entries of other skills must stay as they are.
    /// - **STEP-3** A step number that exists must be refused as [`StoreError::Corrupt`].
    async fn insert_skill_steps(
        &self,
        steps: &[NewStep],
        at: Timestamp,
    ) -> Result<Vec<Recorded>, StoreError>;

    /// Reads, of each of `players`, the steps from that of the tournament on, the counters before
    /// it, and every badge, revoked or not. The caller holds the players' locks. Whoever has no
    /// step of the tournament is not in the answer.
    ///
    /// **CAREER-1** The steps must be all that the player took since, in their order, as this
    /// transaction sees them.
    async fn select_careers(
        &self,
        id: TournamentId,
        players: &[PlayerId],
    ) -> Result<BTreeMap<PlayerId, Career>, StoreError>;

    /// Reads the policies of tournaments, which nothing changes once a plan is frozen.
    async fn select_policies(&self, ids: &[TournamentId]) -> Result<Policies, StoreError>;

    /// Puts steps in the place of those of the same numbers, and profiles in the place of the
    /// players'. The caller holds the players' locks and has read both under them.
    ///
    /// - **STEP-4** Steps of other numbers must stay as they are.
    /// - **STEP-5** A number that does not exist must be refused as [`StoreError::Corrupt`].
    async fn update_skill_steps(&self, retaken: &[RetakenSteps]) -> Result<(), StoreError>;

    /// Takes badges away. They stay to be seen as revoked. The caller holds the players' locks.
    ///
    /// - **BADGE-3** A revoked badge must not be counted as had: one that is once in a life may be
    ///   awarded for another tournament.
    /// - **BADGE-4** A badge that the player does not have, or has no more, must be refused as
    ///   [`StoreError::Corrupt`].
    async fn revoke_badges(
        &self,
        badges: &[NewBadge],
        by: CorrectionRef,
        at: Timestamp,
    ) -> Result<(), StoreError>;

    /// Gives back badges that were revoked, as they were. The caller holds the players' locks.
    ///
    /// **BADGE-5** A badge that is not revoked must be refused as [`StoreError::Corrupt`].
    async fn restore_badges(&self, badges: &[NewBadge]) -> Result<(), StoreError>;

    /// Records what coaches say. The caller holds the players' locks, and moves the profiles by
    /// exactly what was new.
    ///
    /// **ASSESS-1** One assessment id of a player must be recorded once; recording it again, in the
    /// same batch or in another one, must be [`Recorded::Replayed`].
    async fn insert_assessments(
        &self,
        assessments: &[Assessment],
        at: Timestamp,
    ) -> Result<Vec<Recorded>, StoreError>;

    /// Writes the entries that assessments have changed to the profiles, each player being named
    /// once. The caller holds the players' locks.
    ///
    /// **ASSESS-2** Entries of other skills, other players and the number of steps must stay as they
    /// are.
    async fn update_skills(&self, heard: &[HeardSkills]) -> Result<(), StoreError>;

    /// Records levels that players have reached. The caller holds the players' locks.
    ///
    /// **LEVEL-1** One (player, level) must exist once, whatever the tournament; reaching it again
    /// must be [`Recorded::Replayed`].
    async fn insert_level_ups(
        &self,
        ups: &[LevelUp],
        at: Timestamp,
    ) -> Result<Vec<Recorded>, StoreError>;

    /// Sets up a standing rule, of which nobody has been looked at yet.
    ///
    /// **RULE-1** A rule that exists must be [`Recorded::Replayed`] and stay as it is, also when two
    /// transactions set it up at once.
    async fn insert_standing_rule(
        &self,
        rule: &StandingRule,
        actor: &Actor,
        at: Timestamp,
    ) -> Result<Recorded, StoreError>;

    /// Reads a standing rule and locks it until the transaction ends.
    ///
    /// **RULE-2** A second locker must wait, and must then see what the first one committed.
    async fn select_standing_rule_for_update(
        &self,
        id: RuleId,
    ) -> Result<Option<StandingRule>, StoreError>;

    /// Players in ascending id, behind `after`, as this transaction sees them.
    async fn select_next_players(
        &self,
        after: Option<PlayerId>,
        limit: u32,
    ) -> Result<Vec<PlayerId>, StoreError>;

    /// Reads the whole history of each of `players`, with every badge, revoked or not. The caller
    /// holds the players' locks. Whoever has no step is not in the answer.
    ///
    /// **CAREER-2** The steps must be all that the player has taken, in their order, as this
    /// transaction sees them.
    async fn select_histories(
        &self,
        players: &[PlayerId],
    ) -> Result<BTreeMap<PlayerId, Career>, StoreError>;

    /// Reads which standing rules have judged the histories of `players`, and how far. The caller
    /// holds the players' locks.
    async fn select_reviewed_rules(
        &self,
        players: &[PlayerId],
    ) -> Result<BTreeMap<PlayerId, Vec<ReviewedRule>>, StoreError>;

    /// Records whose histories a standing rule has judged, and moves the rule on. The caller holds
    /// its lock, and the players'.
    ///
    /// - **RULE-3** Reviews, cursor and counts must change together, in this transaction, and the
    ///   counts by exactly what is new.
    /// - **RULE-4** A rule that is finished must not move on, nor must a player be reviewed twice:
    ///   refused as [`StoreError::Corrupt`].
    async fn update_standing_rule(
        &self,
        advance: &RuleAdvance,
        at: Timestamp,
    ) -> Result<(), StoreError>;

    /// Sets players' counters, and writes the events that tell why. The caller holds the players'
    /// locks. At most one event of each player.
    ///
    /// - **OUTBOX-1** A player's events must be numbered from 1 without gaps, whoever writes them, in
    ///   the order in which the player's lock was had.
    /// - **OUTBOX-2** Counters and events must change together, in this transaction: what is rolled
    ///   back is not told.
    async fn update_progress(
        &self,
        progress: &[ToldProgress],
        at: Timestamp,
    ) -> Result<(), StoreError>;

    /// Writes events of what this transaction has done to players. The caller holds the players'
    /// locks. At most one event of each player.
    ///
    /// They are numbered with those of [`update_progress`](Self::update_progress).
    async fn insert_player_events(
        &self,
        events: &[PlayerEvent],
        at: Timestamp,
    ) -> Result<(), StoreError>;

    /// Records what a request has come to, and moves the end of its lease; `false`, and nothing is
    /// written, for whoever has the request no more.
    ///
    /// **REQUEST-4** What is recorded must be there with the commit, and with nothing else. The
    /// request stays locked until then, so that whoever claims it waits and sees it.
    async fn update_request(&self, write: &RequestWrite) -> Result<bool, StoreError>;

    /// Reads a request and locks it until the transaction ends: whoever is recording to it is waited
    /// for.
    async fn select_request_for_update(
        &self,
        id: RequestId,
    ) -> Result<Option<RequestRecord>, StoreError>;

    /// Marks a point to which the transaction can go back. Savepoints do not nest.
    ///
    /// **SAVE-1** After going back, everything since must be undone, everything before must stand,
    /// and the transaction must be usable, also when an `Err` came in between.
    async fn savepoint(&self) -> Result<(), StoreError>;

    /// Goes back to the savepoint, and forgets it.
    async fn rollback_to_savepoint(&self) -> Result<(), StoreError>;

    /// Forgets the savepoint; what was written since stays.
    async fn release_savepoint(&self) -> Result<(), StoreError>;

    /// Makes every write durable.
    ///
    /// **ERR-1** An answer that never came must be [`StoreError::CommitUnknown`], never `Ok`.
    async fn commit(self: Box<Self>) -> Result<(), StoreError>;

    /// Undoes every write.
    async fn rollback(self: Box<Self>) -> Result<(), StoreError>;
}
