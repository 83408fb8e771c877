//! What is broken on purpose, and by whom.

use async_trait::async_trait;
use conformance::Harness;
use domain::{PlayerId, TournamentId, TournamentStatus};

/// A store that can be broken past its ports.
#[async_trait]
pub trait Saboteur: Harness {
    /// Breaks what `sabotage` names. A constraint that stands in the way is taken out first.
    async fn sabotage(&self, sabotage: Sabotage);

    /// Whether the store has a schema, whose constraints can be taken out.
    fn has_schema(&self) -> bool {
        true
    }
}

/// Rows that no correct program could have written, or a guard that is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sabotage {
    /// The participant has the award twice.
    SecondAward(TournamentId, PlayerId),
    /// The award says that another match was won than the plan did; what it pays stays.
    EditedAward(TournamentId, PlayerId),
    /// The member of a team is said to have played for another one, which nobody else plays for.
    OtherTeam(TournamentId, PlayerId),
    /// The award owes two credits more.
    LargerPart(TournamentId, PlayerId),
    /// The award is pending again, though it was paid.
    UnappliedAward(TournamentId, PlayerId),
    /// The award is pending, though its own plan has paid it.
    PaidAndPending(TournamentId, PlayerId),
    /// The award is gone.
    DeletedAward(TournamentId, PlayerId),
    /// The award could not be paid.
    FailedAward(TournamentId, PlayerId),
    /// The tournament's policy is another one, or none that can be read.
    EditedPolicy(TournamentId),
    /// The tournament says that it stands elsewhere.
    Status(TournamentId, TournamentStatus),
    /// The champion's badge is there twice.
    SecondBadge(TournamentId, PlayerId),
    /// The badge for the first tournament was had in this one, too.
    SecondBadgeOfALife(TournamentId, PlayerId),
    /// The balance of XP is one more than its ledger.
    BalanceOffByOne(PlayerId),
    /// The last entry of XP has the number behind its own, and its account knows.
    GapInNumbers(PlayerId),
    /// The last entry of XP leaves one more than it should.
    WrongBalanceAfter(PlayerId),
    /// The account of XP is gone, its ledger is not.
    LostAccount(PlayerId),
    /// The last entry of XP pays one more, and all behind it adds up.
    Overpaid(PlayerId),
    /// The correction of the award took back one credit less, and the award and all behind it agree.
    Forgiven(TournamentId, PlayerId),
    /// An entry of XP under a proper key, which adds up, for a tournament without an award.
    UnawardedEntry(TournamentId, PlayerId),
    /// An entry of XP under a proper key, for a tournament without an award, of the largest amount
    /// that there is.
    HugeEntry(TournamentId, PlayerId),
    /// The award, which was paid, is of the largest amount that there is, and of a bonus besides.
    HugeAward(TournamentId, PlayerId),
    /// The award is in a state that there is not.
    UnreadableAward(TournamentId, PlayerId),
    /// The tournament is of a status that there is not.
    UnreadableStatus(TournamentId),
    /// The changes of the step are none.
    UnreadableStep(PlayerId),
    /// The one assessment is of a skill that nothing can be called.
    UnreadableAssessment(PlayerId),
    /// Where the player's skills started is a list.
    UnreadableBaseline(PlayerId),
    /// The player is gone; what belongs to the player is not.
    DeletedPlayer(PlayerId),
    /// The entry of credits has the key of the entry of XP.
    EqualKeys(PlayerId),
    /// The first entry of XP has no key.
    NoKey(PlayerId),
    /// The first entry of XP has the key that another tournament makes.
    ForeignKey(TournamentId, PlayerId),
    /// The charge says that one credit less was taken.
    CheaperCharge(PlayerId),
    /// The charge is gone; its entry is not.
    DeletedCharge(PlayerId),
    /// The player's hold was to expire long ago.
    OverdueHold(PlayerId),
    /// No constraint keeps a balance from falling below zero.
    DroppedConstraint,
    /// The constraint of that name lets a balance fall far below zero.
    WeakenedConstraint,
    /// The index of owed awards is gone.
    DroppedIndex,
    /// The index that keeps a badge of a life from being had twice does not.
    IndexNotUnique,
    /// The first entry of XP has a key of its own cause, spelled another way.
    MisspelledKey(PlayerId),
    /// There is no table of badges any more.
    DroppedTable,
    /// An entry may be without a key.
    NullableKey,
    /// The level of a skill in the profile is one more than its steps led to.
    EditedProfile(PlayerId),
    /// The player has won once more, and stood on the podium once more in a row, than any step says.
    EditedCounters(PlayerId),
    /// The last step counts one more win than it should, and the player's counters follow.
    Miscounted(PlayerId),
    /// One entry of the profile is a bare number.
    UntypedEntry(PlayerId),
    /// The steps are gone, and so is what they did to the profile and to the counters.
    ForgottenSteps(PlayerId),
    /// The last step is there twice, under two numbers.
    SecondStep(PlayerId),
    /// Another step, of a tournament without an award.
    StrayStep(TournamentId, PlayerId),
    /// The player is said to have been one level higher than any that was reached.
    LevelNeverReached(PlayerId),
    /// A level was reached by this tournament, and paid nothing of what it says.
    UnpaidLevel(TournamentId, PlayerId),
    /// The last event of the player is gone.
    LostEvent(PlayerId),
    /// The last event of the player is of another award than it was.
    MisnamedEvent(PlayerId),
    /// The last step leads one skill to 120.0, and the profile follows.
    LevelOutOfBounds(PlayerId),
}
