//! The use cases that are killed.

use std::{fmt, sync::Arc, time::Duration};

use app_service::{
    Correction, DistributeScope, Guerdon, GuerdonError, Settings, Spending, SubmitOptions,
};
use conformance::{NOW, StandingClock};
use domain::{
    Assessment, AssessmentId, ChargeId, NewPlayer, PlayerId, RefundId, RewardPolicy, SkillName,
    Tenths, TournamentId, TournamentStatus,
};
use interposed::InterposedStore;
use memory_adapter::MemoryStore;
use ports::{RetryPolicy, spi::Store};
use races::{Arena, actor, amended, ranked, rule, with_levels};
use tokio::sync::OnceCell;

use crate::crash::DiesOfItsCommit;

/// How many take part.
const FIELD: usize = 5;

/// A use case that is killed, with what has to be there before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UseCase {
    /// Finalize a field that fits one chunk: one commit.
    FinalizeInOneChunk,
    /// Finalize a field of several chunks; whoever comes after a crash distributes what is left.
    FinalizeInChunks,
    /// Distribute a plan that another process has frozen before it died.
    Distribute,
    /// The same of a tournament whose policy has levels.
    DistributeWithLevels,
    /// Correct a tournament that was paid before another one, in one commit.
    CorrectInOneChunk,
    /// The same chunk by chunk; whoever comes after a crash distributes what is left.
    CorrectInChunks,
    /// Hold a badge rule against the past of everybody, page by page.
    Backfill,
    /// Put other results in the place of those that are in.
    Submit,
    /// Register players, some of whom are known, chunk by chunk.
    Register,
    /// Record a coach's word.
    Assess,
    /// Charge credits.
    Spend,
    /// Charge a part of what was set aside.
    Settle,
    /// Give back what was charged.
    Refund,
    /// Give back what was set aside and not settled in time, of two players, one of them twice.
    Expire,
}

impl UseCase {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::FinalizeInOneChunk,
        Self::FinalizeInChunks,
        Self::Distribute,
        Self::DistributeWithLevels,
        Self::CorrectInOneChunk,
        Self::CorrectInChunks,
        Self::Backfill,
        Self::Submit,
        Self::Register,
        Self::Assess,
        Self::Spend,
        Self::Settle,
        Self::Refund,
        Self::Expire,
    ];

    /// Guerdon on `store`, at a standing clock, with hasty retries.
    #[must_use]
    pub fn guerdon(self, store: Arc<dyn Store>) -> Guerdon {
        let in_one_chunk = matches!(self, Self::FinalizeInOneChunk | Self::CorrectInOneChunk);
        let chunk_size = if in_one_chunk { 1_000 } else { 2 };
        let delay = Duration::from_millis(1);
        let retries = RetryPolicy { attempts_max: 4, delay_min: delay, delay_max: delay };
        let settings = Settings { chunk_size, workers: 1, retries };
        Guerdon::new(store).with_settings(settings).with_clock(StandingClock::shared())
    }

    /// Brings about what has to be there before: players who have been paid once, and a cup; for a
    /// correction a paid one, with another one behind it.
    pub async fn prepare(self, store: &Arc<dyn Store>) {
        let guerdon = self.guerdon(Arc::clone(store));
        if self == Self::Register {
            let known = guerdon.register_players(&players()[1..3]).await;
            known.expect("players register");
            return;
        }
        let arena = Arena::of(guerdon, FIELD).await;
        let forwards = arena.players.clone();
        let backwards: Vec<_> = forwards.iter().rev().copied().collect();
        let first = arena.tournament("first", &forwards).await;
        pay(&arena, first).await;
        let cup = arena.tournament_under(self.policy(), "cup", &backwards).await;
        match self {
            Self::Distribute | Self::DistributeWithLevels => self.freeze_and_die(store).await,
            Self::Backfill => pay(&arena, cup).await,
            Self::CorrectInOneChunk | Self::CorrectInChunks => {
                pay(&arena, cup).await;
                let later = arena.tournament("later", &forwards).await;
                pay(&arena, later).await;
            }
            Self::Settle | Self::Refund | Self::Expire => self.charge(&arena).await,
            _ => {}
        }
    }

    /// Runs it to its end.
    pub async fn run(self, guerdon: &Guerdon) -> Result<(), GuerdonError> {
        self.ask(guerdon).await.map(drop)
    }

    /// Runs it to its end, and answers all that it says.
    pub async fn ask(self, guerdon: &Guerdon) -> Result<String, GuerdonError> {
        let arena = Arena { guerdon: guerdon.clone(), players: player_ids() };
        match self {
            Self::FinalizeInOneChunk | Self::FinalizeInChunks => {
                arena.finalize(cup()).await.map(said)
            }
            Self::Distribute | Self::DistributeWithLevels => {
                arena.distribute(cup(), DistributeScope::Pending).await.map(said)
            }
            Self::CorrectInOneChunk | Self::CorrectInChunks => {
                arena.correct(cup(), self.correction().await).await.map(said)
            }
            Self::Backfill => arena.backfill(&rule("podiums")).await.map(said),
            Self::Submit => {
                let results = ranked(&arena.players);
                let options = SubmitOptions::default();
                guerdon.submit_results(cup(), &results, options, &actor()).await.map(said)
            }
            Self::Register => guerdon.register_players(&players()).await.map(said),
            Self::Assess => guerdon.assess(assessment()).await.map(said),
            Self::Spend => guerdon.spend(spending(0, "sword")).await.map(said),
            Self::Settle => {
                guerdon.settle(player_ids()[0], ChargeId::of("sword"), Some(7)).await.map(said)
            }
            Self::Refund => {
                let (charge, refund) = (ChargeId::of("sword"), RefundId::of("blunt"));
                guerdon.refund(player_ids()[0], charge, refund, Some(7)).await.map(said)
            }
            Self::Expire => guerdon.expire_holds().await.map(said),
        }
    }

    /// Asks again, as whoever comes after a crash does: that it has been done is a good answer.
    pub async fn run_again(self, guerdon: &Guerdon) -> Result<(), GuerdonError> {
        done_or_done_before(self.run(guerdon).await)?;
        let freezes = matches!(
            self,
            Self::FinalizeInOneChunk
                | Self::FinalizeInChunks
                | Self::CorrectInOneChunk
                | Self::CorrectInChunks
        );
        if freezes && guerdon.tournament(cup()).await?.status == TournamentStatus::Completed {
            done_or_done_before(Self::Distribute.run(guerdon).await)?;
        }
        Ok(())
    }

    fn policy(self) -> RewardPolicy {
        match self {
            Self::DistributeWithLevels => with_levels(),
            _ => RewardPolicy::standard(),
        }
    }

    /// What the caller has been shown before anybody dies: the same on every store, so that it is
    /// looked up once, on one that nobody disturbs. Whoever asks again asks for the same plan.
    async fn correction(self) -> Correction {
        static FORESEEN: OnceCell<Correction> = OnceCell::const_new();
        let foresee = || async {
            let store = MemoryStore::new().shared();
            self.prepare(&store).await;
            let arena = Arena { guerdon: self.guerdon(store), players: player_ids() };
            let without_the_last = amended(&arena.players[..FIELD - 1]);
            arena.correction(cup(), without_the_last).await.expect("a paid cup can be corrected")
        };
        FORESEEN.get_or_init(foresee).await.clone()
    }

    /// Charges what is then settled, refunded, or left to expire.
    async fn charge(self, arena: &Arena) {
        let guerdon = &arena.guerdon;
        for (player, name) in [(0, "sword"), (0, "bow"), (1, "sword")] {
            let spending = spending(player, name);
            let charged = match self {
                Self::Refund => guerdon.spend(spending).await,
                _ => guerdon.hold(spending, Some(NOW)).await,
            };
            charged.expect("they have won credits");
        }
    }

    /// A process freezes the plan, and dies before it has paid anybody.
    async fn freeze_and_die(self, store: &Arc<dyn Store>) {
        let dying = InterposedStore::new(Arc::clone(store), Arc::new(DiesOfItsCommit::default()));
        let arena = Arena { guerdon: self.guerdon(dying.shared()), players: player_ids() };
        let died = arena.finalize(cup()).await;
        died.expect_err("a process that died answers nothing");
    }
}

/// All that an answer says.
fn said(answer: impl fmt::Debug) -> String {
    format!("{answer:?}")
}

async fn pay(arena: &Arena, id: TournamentId) {
    let paid = arena.clone().finalize(id).await.expect("it is paid");
    assert!(paid.is_complete(), "{paid:?}");
}

fn done_or_done_before(result: Result<(), GuerdonError>) -> Result<(), GuerdonError> {
    match result {
        Ok(()) | Err(GuerdonError::Conflict { .. }) => Ok(()),
        Err(error) => Err(error),
    }
}

fn cup() -> TournamentId {
    TournamentId::of("cup")
}

fn players() -> Vec<NewPlayer> {
    Arena::cast(FIELD)
}

fn player_ids() -> Vec<PlayerId> {
    players().iter().map(|it| it.id).collect()
}

fn spending(player: usize, name: &str) -> Spending {
    let (player, charge) = (player_ids()[player], ChargeId::of(name));
    Spending { player, charge, amount: 10, memo: name.to_owned() }
}

fn assessment() -> Assessment {
    Assessment {
        id: AssessmentId::of("assessment"),
        player: player_ids()[0],
        skill: SkillName::new("technique").expect("a skill name"),
        percentage: Tenths::new(700),
        assessor: "a coach".to_owned(),
    }
}

impl fmt::Display for UseCase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::FinalizeInOneChunk => "finalize in one chunk",
            Self::FinalizeInChunks => "finalize in chunks",
            Self::Distribute => "distribute",
            Self::DistributeWithLevels => "distribute with levels",
            Self::CorrectInOneChunk => "correct in one chunk",
            Self::CorrectInChunks => "correct in chunks",
            Self::Backfill => "backfill",
            Self::Submit => "submit",
            Self::Register => "register",
            Self::Assess => "assess",
            Self::Spend => "spend",
            Self::Settle => "settle",
            Self::Refund => "refund",
            Self::Expire => "expire",
        })
    }
}
