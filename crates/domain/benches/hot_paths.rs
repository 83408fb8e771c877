//! What the pure part of a reward costs, without any database: `cargo bench -p domain`.

#![expect(clippy::unwrap_used, reason = "a bench whose inputs are wrong measures nothing")]

use divan::{Bencher, black_box, counter::ItemsCount};
use domain::{
    Accounts, Award, AwardState, Baseline, Competitor, FieldSurvey, Finish, Hash256, Placement,
    PlanHasher, PlannedAward, Player, PlayerId, Progress, RankedEntry, RankedList, Results,
    RewardPlanner, RewardPolicy, SkillProfile, Standing, StandingsRules, StepEvidence,
    TenThousandths, Tenths, TournamentId, settle, skill_step, standings,
};

/// Participants of a tournament.
const SIZES: [u32; 2] = [1_000, 100_000];

fn main() {
    divan::main();
}

/// Placements are ranked, and sorted by player.
#[divan::bench(args = SIZES)]
fn rank(bencher: Bencher<'_, '_>, size: u32) {
    let (results, rules) = (results(size), StandingsRules::default());

    bencher.counter(ItemsCount::new(size)).bench(|| standings(black_box(&results), &rules));
}

/// The whole field is looked at once before anybody's award is known.
#[divan::bench(args = SIZES)]
fn survey_field(bencher: Bencher<'_, '_>, size: u32) {
    let (policy, field) = (RewardPolicy::standard(), field(size));

    bencher.counter(ItemsCount::new(size)).bench(|| survey(&policy, black_box(&field)));
}

/// Everybody's award, from a field that was surveyed.
#[divan::bench(args = SIZES)]
fn plan_awards(bencher: Bencher<'_, '_>, size: u32) {
    let (policy, field) = (RewardPolicy::standard(), field(size));
    let surveyed = survey(&policy, &field);

    bencher
        .counter(ItemsCount::new(size))
        .with_inputs(|| surveyed.clone())
        .bench_values(|surveyed| plan(&policy, surveyed, black_box(&field)));
}

/// The hash that names a plan.
#[divan::bench(args = SIZES)]
fn hash_plan(bencher: Bencher<'_, '_>, size: u32) {
    let (policy, field) = (RewardPolicy::standard(), field(size));
    let awards = plan(&policy, survey(&policy, &field), &field);

    bencher.counter(ItemsCount::new(size)).bench(|| hash(&policy, black_box(&awards)));
}

/// What one award does to its player: entries, badges, a step of every skill.
#[divan::bench]
fn settle_award(bencher: Bencher<'_, '_>) {
    let (policy, field) = (RewardPolicy::standard(), field(SIZES[0]));
    let planned = plan(&policy, survey(&policy, &field), &field).swap_remove(0);
    let player = newcomer(planned.player);
    let award = Award { revision: 0, planned, state: AwardState::Pending, paid: None };

    bencher.bench(|| settle(tournament(), black_box(&award), black_box(&player), &policy));
}

/// One tournament moves one level.
#[divan::bench]
fn step_skill(bencher: Bencher<'_, '_>) {
    let evidence = StepEvidence {
        placement: Placement::new(17).unwrap(),
        field_size: SIZES[0],
        opponent_factor: TenThousandths::new(10_300),
        match_modifier: TenThousandths::new(1_200),
    };

    bencher.bench(|| skill_step(black_box(Tenths::new(612)), black_box(1.5), black_box(&evidence)));
}

fn tournament() -> TournamentId {
    TournamentId::of("bench")
}

fn newcomer(id: PlayerId) -> Player {
    Player {
        id,
        baseline: Baseline::default(),
        progress: Progress::default(),
        accounts: Accounts::default(),
        profile: SkillProfile::default(),
        step_seq: 0,
    }
}

/// A ranked list, in the order of its places.
fn results(size: u32) -> Results {
    let entry = |rank: u32| {
        let player = PlayerId::of(&format!("player-{rank}"));
        RankedEntry::new(player, Finish::Marked(Placement::new(rank).unwrap()))
    };
    Results::Ranked(RankedList::Placements((1..=size).map(entry).collect()))
}

/// The same field as a plan meets it, in ascending player id.
fn field(size: u32) -> Vec<Competitor> {
    let ranked = standings(&results(size), &StandingsRules::default()).unwrap();
    let competitor = |standing: &Standing| Competitor {
        standing: standing.clone(),
        baseline: Baseline::default(),
    };
    ranked.entries().iter().map(competitor).collect()
}

fn survey(policy: &RewardPolicy, field: &[Competitor]) -> FieldSurvey {
    let size = u32::try_from(field.len()).unwrap();
    let mut survey = FieldSurvey::new(policy, size);
    for competitor in field {
        survey.add(competitor);
    }
    survey
}

fn plan(policy: &RewardPolicy, survey: FieldSurvey, field: &[Competitor]) -> Vec<PlannedAward> {
    let mut planner = RewardPlanner::new(policy, survey);
    field.iter().map(|it| planner.award(it).unwrap()).collect()
}

fn hash(policy: &RewardPolicy, awards: &[PlannedAward]) -> Hash256 {
    let mut hasher = PlanHasher::new(tournament(), 0, policy);
    for award in awards {
        hasher.add(award);
    }
    hasher.finish()
}
