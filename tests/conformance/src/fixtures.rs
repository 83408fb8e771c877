//! What cases start from, and the shortest ways to one write each.

use domain::{
    Assessment, AssessmentId, Baseline, Cause, Currency, Evidence, FieldSurvey, Finish,
    LevelChange, LockOrder, MatchRecord, Measured, NewBadge, NewEntry, NewPlayer, NewTournament,
    Outcome, Paid, Placement, PlanHasher, PlannedAward, Player, PlayerEvent, PlayerEventKind,
    PlayerId, Progress, RankedEntry, RankedList, Results, RewardPlanner, SkillEntry, SkillName,
    SkillStep, Standings, StandingsRules, TenThousandths, Tenths, TournamentId, standings,
};
use ports::{
    Actor, StoreError, UnitOfWork, UnitsOfWork,
    spi::{
        AwardOutcome, Claim, ClaimScope, ClaimStates, Recorded, ToldProgress, Transaction, Verdict,
    },
};

use crate::Harness;

/// More than any case has rows.
pub(crate) const ALL: u32 = 1_000;

/// Whoever acts in a case.
pub(crate) fn actor() -> Actor {
    Actor::new("conformance")
}

/// Registers `count` players and answers their ids, ascending.
///
/// They are stored in descending order, so that a database which locks rows as they lie locks them
/// in the wrong order.
pub(crate) async fn register(harness: &impl Harness, count: usize) -> Vec<PlayerId> {
    let mut players: Vec<_> = (0..count).map(new_player).collect();
    players.sort_unstable_by_key(|it| std::cmp::Reverse(it.id));
    let mut uow = harness.units().begin().await.unwrap();
    uow.register_players(&players).await.unwrap();
    uow.commit().await.unwrap();
    players.iter().rev().map(|it| it.id).collect()
}

/// The `n`th of the players that [`register`] registers.
pub(crate) fn new_player(n: usize) -> NewPlayer {
    NewPlayer::new(format!("player-{n:02}"), format!("Player {n}"))
}

/// A tournament without results.
pub(crate) async fn announced(harness: &impl Harness, key: &str) -> TournamentId {
    let tournament = NewTournament::new(key, key);
    let mut uow = harness.units().begin().await.unwrap();
    let _ = uow.create_tournament(&tournament).await.unwrap();
    uow.commit().await.unwrap();
    tournament.id
}

/// A tournament in progress that `ranking` ended, best first.
pub(crate) async fn in_progress(
    harness: &impl Harness,
    key: &str,
    ranking: &[PlayerId],
) -> TournamentId {
    let id = announced(harness, key).await;
    let mut uow = harness.units().begin().await.unwrap();
    let mut tournament = uow.lock_tournament(id).await.unwrap();
    tournament.replace_results(&ranked(ranking), &actor()).await.unwrap();
    uow.commit().await.unwrap();
    id
}

/// A completed tournament with one pending award for each of `ranking`.
pub(crate) async fn frozen(
    harness: &impl Harness,
    key: &str,
    ranking: &[PlayerId],
) -> TournamentId {
    let id = in_progress(harness, key, ranking).await;
    freeze(harness, id).await;
    id
}

/// Freezes the plan of a tournament in progress, with one pending award for each participant.
pub(crate) async fn freeze(harness: &impl Harness, id: TournamentId) {
    let mut uow = harness.units().begin().await.unwrap();
    let mut tournament = uow.lock_tournament(id).await.unwrap();
    let field = tournament.field_page(None, ALL).await.unwrap();
    let mut survey = FieldSurvey::new(&tournament.policy, tournament.field_size);
    for competitor in &field {
        survey.add(competitor);
    }
    let policy = tournament.policy.clone();
    let mut planner = RewardPlanner::new(&policy, survey);
    let awards: Vec<_> = field.iter().map(|it| planner.award(it).unwrap()).collect();
    let mut hasher = PlanHasher::new(id, 0, &policy);
    for award in &awards {
        hasher.add(award);
    }
    tournament.plan_awards(&awards).await.unwrap();
    tournament.complete(hasher.finish(), &actor()).await.unwrap();
    uow.commit().await.unwrap();
}

/// The standings of `ranking`, best first.
pub(crate) fn ranked(ranking: &[PlayerId]) -> Standings {
    let finish = |rank| Finish::Marked(Placement::new(rank).unwrap());
    let entry = |(rank, player): (u32, &PlayerId)| RankedEntry::new(*player, finish(rank));
    let entries = (1..).zip(ranking).map(entry).collect();
    let results = Results::Ranked(RankedList::Placements(entries));
    standings(&results, &StandingsRules::default()).unwrap()
}

/// The awards of a tournament as they were planned, in ascending player id.
pub(crate) async fn planned(harness: &impl Harness, id: TournamentId) -> Vec<PlannedAward> {
    let awards = harness.store().list_awards(id, None, ALL).await.unwrap();
    awards.into_iter().map(|it| it.award.planned).collect()
}

/// A registered player, as read outside any transaction.
pub(crate) async fn player(harness: &impl Harness, id: PlayerId) -> Player {
    let mut found = harness.store().find_players(&[id]).await.unwrap();
    found.pop().expect("the player is registered").state.expect("the player is readable")
}

/// Something that happened to a player.
pub(crate) fn happened(player: PlayerId) -> PlayerEvent {
    let kind = PlayerEventKind::SkillsAssessed;
    PlayerEvent { player, kind, award: None, data: "{}".to_owned() }
}

/// Counters, and something that has moved them.
pub(crate) fn told(player: PlayerId, progress: Progress) -> ToldProgress {
    ToldProgress { progress, event: happened(player) }
}

/// XP of each of `players`.
pub(crate) async fn xp(harness: &impl Harness, players: &[PlayerId]) -> Vec<i64> {
    let found = harness.store().find_players(players).await.unwrap();
    found.into_iter().map(|it| it.state.unwrap().accounts.xp.balance).collect()
}

/// An entry of XP under the key of the tournament's first award.
pub(crate) fn xp_entry(tournament: TournamentId, player: PlayerId, amount: i64) -> NewEntry {
    entry(tournament, player, Currency::Xp, amount)
}

/// An entry under the key of the tournament's first award.
pub(crate) fn entry(
    tournament: TournamentId,
    player: PlayerId,
    currency: Currency,
    amount: i64,
) -> NewEntry {
    NewEntry::new(player, currency, amount, Cause::Award { tournament, revision: 0 })
}

/// Posts entries in a unit of work of its own.
pub(crate) async fn post(
    units: &UnitsOfWork,
    entries: &[NewEntry],
) -> Result<Vec<Recorded>, StoreError> {
    let mut uow = units.begin().await?;
    let players = uow.lock_players(&LockOrder::of(entries.iter().map(|it| it.player))).await?;
    let recorded = players.post_entries(entries).await?;
    uow.commit().await?;
    Ok(recorded)
}

/// Awards badges in a unit of work of its own.
pub(crate) async fn award(
    units: &UnitsOfWork,
    badges: &[NewBadge],
) -> Result<Vec<Recorded>, StoreError> {
    let mut uow = units.begin().await?;
    let players = uow.lock_players(&LockOrder::of(badges.iter().map(|it| it.player))).await?;
    let recorded = players.award_badges(badges).await?;
    uow.commit().await?;
    Ok(recorded)
}

/// Records a step in a unit of work of its own.
pub(crate) async fn take_step(
    units: &UnitsOfWork,
    step: &SkillStep,
) -> Result<Vec<Recorded>, StoreError> {
    let mut uow = units.begin().await?;
    let players = uow.lock_players(&LockOrder::of([step.player])).await?;
    let recorded = players.record_steps(std::slice::from_ref(step)).await?;
    uow.commit().await?;
    Ok(recorded)
}

/// Records assessments in a unit of work of their own.
pub(crate) async fn assess(
    units: &UnitsOfWork,
    assessments: &[Assessment],
) -> Result<Vec<Recorded>, StoreError> {
    let mut uow = units.begin().await?;
    let players = uow.lock_players(&LockOrder::of(assessments.iter().map(|it| it.player))).await?;
    let recorded = players.assess(assessments).await?;
    uow.commit().await?;
    Ok(recorded)
}

/// A step from wherever the skills are to `levels`, in tenths.
pub(crate) fn step(
    tournament: TournamentId,
    player: PlayerId,
    levels: &[(&str, i32)],
) -> SkillStep {
    let before = Baseline::default().level;
    let change = |level| LevelChange { before, after: Tenths::new(level) };
    let changes = levels.iter().map(|(name, level)| (skill(name), change(*level))).collect();
    let progress = Progress { tournaments: 1, ..Progress::default() };
    SkillStep { player, tournament, revision: 0, evidence: evidence(), changes, progress }
}

/// Second of three, after a draw, by a value that only all of its decimals name.
pub(crate) fn evidence() -> Evidence {
    Evidence {
        outcome: Outcome::Placed(Placement::new(2).unwrap()),
        field_size: 3,
        opponent_factor: TenThousandths::ONE,
        match_modifier: TenThousandths::ZERO,
        record: MatchRecord { draws: 1, ..MatchRecord::default() },
        measured: Measured::new(0.1 + 0.2),
    }
}

/// A coach's word of 80.0 % that is named by `key`.
pub(crate) fn assessment(key: &str, player: PlayerId, of: &str) -> Assessment {
    Assessment {
        id: AssessmentId::of(key),
        player,
        skill: skill(of),
        percentage: Tenths::new(800),
        assessor: "coach".into(),
    }
}

/// A skill by name.
pub(crate) fn skill(name: &str) -> SkillName {
    SkillName::new(name).unwrap()
}

/// One entry of a player's profile.
pub(crate) async fn skill_entry(harness: &impl Harness, id: PlayerId, name: &str) -> SkillEntry {
    let player = player(harness, id).await;
    player.profile.entry(&skill(name), &player.baseline)
}

/// The next pending awards behind `after`.
pub(crate) fn next(after: Option<PlayerId>, limit: u32) -> Claim {
    Claim { scope: ClaimScope::Next { after, limit }, states: ClaimStates::Pending }
}

/// One named player's pending award.
pub(crate) fn named(player: PlayerId) -> Claim {
    Claim { scope: ClaimScope::Player(player), states: ClaimStates::Pending }
}

/// The same verdict for every one of `players`.
pub(crate) fn outcomes(players: &[PlayerId], verdict: &Verdict) -> Vec<AwardOutcome> {
    players.iter().map(|it| AwardOutcome { player: *it, verdict: verdict.clone() }).collect()
}

/// An award that was paid, 500 XP and 100 credits.
pub(crate) fn applied() -> Verdict {
    Verdict::Applied(Paid { revision: 0, xp: 500, credits: 100 })
}

/// An award that could not be paid.
pub(crate) fn failed() -> Verdict {
    Verdict::Failed { reason: "no such account".into() }
}

/// Claims, gives every claimed award the same verdict, and answers whose they were. Leaves the
/// transaction open.
pub(crate) async fn mark(
    uow: &mut UnitOfWork,
    id: TournamentId,
    claim: &Claim,
    verdict: &Verdict,
) -> Vec<PlayerId> {
    let tournament = uow.share_tournament(id).await.unwrap();
    let awards = tournament.claim_awards(claim).await.unwrap();
    let claimed: Vec<_> = awards.as_slice().iter().map(|it| it.planned.player).collect();
    awards.mark(&outcomes(&claimed, verdict)).await.unwrap();
    claimed
}

/// The same in a unit of work of its own.
pub(crate) async fn mark_and_commit(
    units: &UnitsOfWork,
    id: TournamentId,
    claim: &Claim,
    verdict: &Verdict,
) -> Vec<PlayerId> {
    let mut uow = units.begin().await.unwrap();
    let claimed = mark(&mut uow, id, claim, verdict).await;
    uow.commit().await.unwrap();
    claimed
}

/// A transaction below the ports, for misuse that their types forbid.
pub(crate) async fn raw(harness: &impl Harness) -> Box<dyn Transaction> {
    harness.store().begin().await.unwrap()
}

/// Panics unless the store refused to break a rule, and said so.
#[track_caller]
pub(crate) fn assert_corrupt<T: std::fmt::Debug>(answer: Result<T, StoreError>) {
    match answer {
        Err(StoreError::Corrupt { .. }) => {}
        other => panic!("not refused as corrupt: {other:?}"),
    }
}
