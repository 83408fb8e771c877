//! R01 to R07. Each case races, then says what the race must have come to, then has it audited.

use app_service::DistributeScope;
use conformance::Harness;
use domain::{
    Assessment, AssessmentId, BadgeType, Currency, PlayerId, SkillName, Tenths, TournamentStatus,
};
use ports::spi::Recorded;

use crate::{
    Arena, CALLERS,
    audit::audit,
    callers::{conflicts, paid, race},
};

const FIELD: usize = 9;

/// R01, double finalize: all eight arrive at the gate, one goes through, seven get what exists.
pub async fn r01_eight_finalize_one_pays(harness: &impl Harness) {
    let arena = Arena::new(harness, FIELD, 1_000).await;
    let cup = arena.tournament("cup", &arena.players).await;

    let outcomes = race(|_| arena.clone().finalize(cup)).await;

    assert_eq!((paid(&outcomes), conflicts(&outcomes)), (FIELD as u64, CALLERS - 1));
    audit(harness.store().as_ref()).await;
}

/// R02, double distribution: eight workers share a frozen plan; each award is paid by one of them.
pub async fn r02_eight_distribute_each_award_is_paid_once(harness: &impl Harness) {
    let arena = Arena::new(harness, FIELD, 2).await;
    let cup = arena.tournament("cup", &arena.players).await;
    arena.freeze_only(harness, cup).await;

    let outcomes = race(|_| arena.clone().distribute(cup, DistributeScope::Pending)).await;

    assert_eq!(paid(&outcomes), FIELD as u64);
    let summary = arena.guerdon.summary(cup).await.expect("it is stored");
    assert_eq!(summary.status, TournamentStatus::RewardsDistributed);
    audit(harness.store().as_ref()).await;
}

/// R03, dual trigger: the automatic payment of finalize and a manual one at the same moment.
pub async fn r03_finalize_and_distribute_together_pay_once(harness: &impl Harness) {
    let arena = Arena::new(harness, FIELD, 2).await;
    let cup = arena.tournament("cup", &arena.players).await;
    let frozen = arena.tournament("frozen", &arena.players).await;
    arena.freeze_only(harness, frozen).await;
    let named = DistributeScope::Player(arena.players[0]);

    let outcomes = race(|caller| {
        let arena = arena.clone();
        async move {
            match caller {
                0..4 => arena.finalize(cup).await,
                4 => arena.distribute(frozen, named).await,
                _ => arena.distribute(frozen, DistributeScope::Pending).await,
            }
        }
    })
    .await;

    assert_eq!(paid(&outcomes), 2 * FIELD as u64);
    audit(harness.store().as_ref()).await;
}

/// R04, skill overwrite: every step and every assessment must be in the profile afterwards.
pub async fn r04_eight_tournaments_and_eight_coaches_lose_no_skill(harness: &impl Harness) {
    let arena = Arena::new(harness, 3, 1_000).await;
    let tournaments = arena.tournaments(CALLERS).await;
    let player = arena.players[0];
    let skill = SkillName::new("technique").expect("a skill name");

    let outcomes = race(|caller| {
        let (arena, cup) = (arena.clone(), tournaments[caller]);
        let assessment = assessment(player, &skill, caller);
        async move {
            let assessed = arena.guerdon.assess(assessment).await.expect("the coach is heard");
            assert_eq!(assessed, Recorded::New);
            arena.finalize(cup).await
        }
    })
    .await;

    assert_eq!(paid(&outcomes), 3 * CALLERS as u64);
    let profile = arena.guerdon.profile(player).await.expect("the player is known");
    let technique = profile.skills.iter().find(|it| it.skill == skill).expect("it was touched");
    assert_eq!(technique.steps as usize, CALLERS);
    let assessed = technique.assessed.expect("it was assessed");
    assert_eq!((assessed.count as usize, assessed.mean), (CALLERS, 70.0));
    audit(harness.store().as_ref()).await;
}

/// R05, double badge: eight tournaments push the same players over the same thresholds at once.
pub async fn r05_eight_tournaments_race_for_one_milestone(harness: &impl Harness) {
    let arena = Arena::new(harness, 3, 1_000).await;
    let tournaments = arena.tournaments(CALLERS).await;

    let outcomes = race(|caller| arena.clone().finalize(tournaments[caller])).await;

    assert_eq!(paid(&outcomes), 3 * CALLERS as u64);
    let badges = harness.store().find_badges(&arena.players).await.expect("badges read");
    let had = |badge| badges.iter().filter(|it| it.badge == badge).count();
    assert_eq!(had(BadgeType::FirstTournament), 3);
    assert_eq!(had(BadgeType::TournamentVeteran), 3);
    assert_eq!(had(BadgeType::TournamentParticipant), 3 * (CALLERS - 1));
    audit(harness.store().as_ref()).await;
}

/// R06, double ledger entry: eight callers name the same player of the same frozen plan.
pub async fn r06_eight_callers_pay_one_player_one_entry(harness: &impl Harness) {
    let arena = Arena::new(harness, FIELD, 1_000).await;
    let cup = arena.tournament("cup", &arena.players).await;
    arena.freeze_only(harness, cup).await;
    let player = arena.players[0];

    let outcomes = race(|_| arena.clone().distribute(cup, DistributeScope::Player(player))).await;

    assert_eq!(paid(&outcomes), 1);
    let entries = harness.store().find_entries(cup, &[player]).await.expect("entries read");
    let currencies: Vec<_> = entries.iter().map(|it| it.currency).collect();
    assert_eq!(currencies, [Currency::Xp, Currency::Credit]);
    audit(harness.store().as_ref()).await;
}

/// R07, lost balance update: all balances move eight times at once, players named in opposite order.
pub async fn r07_eight_tournaments_in_opposite_order_lose_no_balance(harness: &impl Harness) {
    let arena = Arena::new(harness, FIELD, 4).await;
    let tournaments = arena.tournaments(CALLERS).await;

    let outcomes = race(|caller| arena.clone().finalize(tournaments[caller])).await;

    assert_eq!(paid(&outcomes), (FIELD * CALLERS) as u64);
    for player in &arena.players {
        let ledger = arena.guerdon.ledger(*player, Currency::Xp, 0, 100).await.expect("reads");
        assert_eq!(ledger.len(), CALLERS);
    }
    audit(harness.store().as_ref()).await;
}

fn assessment(player: PlayerId, skill: &SkillName, caller: usize) -> Assessment {
    Assessment {
        id: AssessmentId::of(&format!("assessment-{caller}")),
        player,
        skill: skill.clone(),
        percentage: Tenths::new(700),
        assessor: format!("coach {caller}"),
    }
}
