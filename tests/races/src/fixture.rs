//! Players and tournaments for a race.

use std::sync::Arc;

use app_service::{
    Backfill, CorrectedResults, Correction, DistributeScope, Distribution, FinalizeOptions,
    Guerdon, GuerdonError, ProgressListener, Settings, SubmitOptions, Submitted,
};
use conformance::{Harness, StandingClock};
use domain::{
    BadgeRule, FieldSurvey, Finish, NewPlayer, NewTournament, Placement, PlanHasher, PlayerId,
    RankedEntry, RankedList, Results, RewardPlanner, RewardPolicy, TournamentId,
};
use ports::{Actor, RetryPolicy, UnitsOfWork, spi::Store};

/// Everything a race takes place in.
#[derive(Debug, Clone)]
pub struct Arena {
    /// The use cases under test.
    pub guerdon: Guerdon,
    /// The players, in the order of their keys.
    pub players: Vec<PlayerId>,
}

impl Arena {
    /// An arena with `size` players, who are paid `chunk_size` at a time. Nothing is ever tried
    /// again: a deadlock would reach its caller, and fail the case.
    pub async fn new(harness: &impl Harness, size: usize, chunk_size: u32) -> Self {
        Self::of(Self::on(harness.store(), size, chunk_size).guerdon, size).await
    }

    /// An arena of `guerdon`'s, with `size` players.
    pub async fn of(guerdon: Guerdon, size: usize) -> Self {
        let players = Self::cast(size);
        guerdon.register_players(&players).await.expect("players register");
        Self { guerdon, players: players.iter().map(|it| it.id).collect() }
    }

    /// The same arena as somebody else gets to it, through `store`: writes nothing. Its clock stands.
    pub fn on(store: Arc<dyn Store>, size: usize, chunk_size: u32) -> Self {
        let settings = Settings { chunk_size, retries: RetryPolicy::NEVER, ..Settings::default() };
        let guerdon = Guerdon::new(store).with_settings(settings);
        let players = Self::cast(size).iter().map(|it| it.id).collect();
        Self { guerdon: guerdon.with_clock(StandingClock::shared()), players }
    }

    /// The players, in the order of their keys.
    #[must_use]
    pub fn cast(size: usize) -> Vec<NewPlayer> {
        let player = |n| NewPlayer::new(format!("player-{n:03}"), format!("Player {n}"));
        (0..size).map(player).collect()
    }

    /// A tournament whose results are in: the players in the order of `ranking`, best first.
    pub async fn tournament(&self, key: &str, ranking: &[PlayerId]) -> TournamentId {
        self.tournament_under(RewardPolicy::standard(), key, ranking).await
    }

    /// The same under a policy of its own.
    pub async fn tournament_under(
        &self,
        policy: RewardPolicy,
        key: &str,
        ranking: &[PlayerId],
    ) -> TournamentId {
        let tournament = NewTournament { policy, ..NewTournament::new(key, key) };
        let id = tournament.id;
        self.guerdon.create_tournament(tournament).await.expect("it is announced");
        self.submit(id, ranking).await.expect("the results are taken in");
        id
    }

    /// One caller's results: the players in the order of `ranking`, best first.
    pub async fn submit(
        &self,
        id: TournamentId,
        ranking: &[PlayerId],
    ) -> Result<Submitted, GuerdonError> {
        self.guerdon.submit_results(id, &ranked(ranking), SubmitOptions::default(), &actor()).await
    }

    /// One tournament for each caller, over the same players, every second one ranked backwards.
    pub async fn tournaments(&self, count: usize) -> Vec<TournamentId> {
        let forwards = self.players.clone();
        let backwards: Vec<_> = self.players.iter().rev().copied().collect();
        let mut tournaments = Vec::with_capacity(count);
        for n in 0..count {
            let ranking = if n % 2 == 0 { &forwards } else { &backwards };
            tournaments.push(self.tournament(&format!("tournament-{n}"), ranking).await);
        }
        tournaments
    }

    /// Freezes a plan and pays nobody, as a process does that dies right after freezing.
    pub async fn freeze_only(&self, harness: &impl Harness, id: TournamentId) {
        self.freeze(harness.store(), id).await;
    }

    /// Freezes a plan in `store` and pays nobody.
    pub async fn freeze(&self, store: Arc<dyn Store>, id: TournamentId) {
        let tournament = self.guerdon.tournament(id).await.expect("it is stored");
        let field = store.list_field(id, None, 10_000).await.expect("the field reads");
        let mut survey = FieldSurvey::new(&tournament.policy, tournament.field_size);
        for competitor in &field {
            survey.add(competitor);
        }
        let mut planner = RewardPlanner::new(&tournament.policy, survey);
        let awards: Result<Vec<_>, _> = field.iter().map(|it| planner.award(it)).collect();
        let awards = awards.expect("a field comes in ascending player id");
        let mut hasher = PlanHasher::new(id, tournament.revision, &tournament.policy);
        for award in &awards {
            hasher.add(award);
        }

        let mut uow = UnitsOfWork::new(store).begin().await.expect("begins");
        let mut locked = uow.lock_tournament(id).await.expect("locks");
        locked.plan_awards(&awards).await.expect("plans");
        locked.complete(hasher.finish(), &actor()).await.expect("completes");
        uow.commit().await.expect("commits");
    }

    /// One caller's finalize.
    pub async fn finalize(self, id: TournamentId) -> Result<Distribution, GuerdonError> {
        self.guerdon.finalize(id, FinalizeOptions::default(), &actor()).await
    }

    /// One caller's distribute.
    pub async fn distribute(
        self,
        id: TournamentId,
        scope: DistributeScope,
    ) -> Result<Distribution, GuerdonError> {
        self.guerdon.distribute(id, scope, &ProgressListener::default(), &actor()).await
    }

    /// The correction of a frozen tournament to other results, as its preview shows it now.
    pub async fn correction(
        &self,
        id: TournamentId,
        results: CorrectedResults,
    ) -> Result<Correction, GuerdonError> {
        let preview = self.guerdon.preview_correction(id, &results, 0).await?;
        Ok(Correction {
            results,
            expected_plan: preview.plan_hash,
            reason: "the jury has looked again".to_owned(),
            progress: ProgressListener::default(),
        })
    }

    /// One caller's correction.
    pub async fn correct(
        self,
        id: TournamentId,
        correction: Correction,
    ) -> Result<Distribution, GuerdonError> {
        self.guerdon.correct(id, correction, &actor()).await
    }

    /// One caller who holds a rule against the past of everybody.
    pub async fn backfill(self, rule: &BadgeRule) -> Result<Backfill, GuerdonError> {
        self.guerdon.backfill(rule, &ProgressListener::default(), &actor()).await
    }
}

/// The results that `ranking`, best first, is the order of.
#[must_use]
pub fn ranked(ranking: &[PlayerId]) -> Results {
    let finish = |rank| Finish::Marked(Placement::new(rank).expect("ranks start at 1"));
    let entry = |(rank, player): (u32, &PlayerId)| RankedEntry::new(*player, finish(rank));
    Results::Ranked(RankedList::Placements((1..).zip(ranking).map(entry).collect()))
}

/// The results that a correction to `ranking`, best first, puts in the place of the frozen ones.
#[must_use]
pub fn amended(ranking: &[PlayerId]) -> CorrectedResults {
    CorrectedResults::Anew { results: ranked(ranking), reading: SubmitOptions::default() }
}

/// Who acts in a race.
#[must_use]
pub fn actor() -> Actor {
    Actor::new("race")
}
