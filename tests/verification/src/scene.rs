//! A small season to be broken: one tournament that was paid, and one that is still to be.

use std::time::Duration;

use app_service::{
    CheckReport, CorrectedResults, Invariant, Outcome, Spending, SystemClock, VerifyOptions,
    VerifyReport,
};
use domain::{ChargeId, PlayerId, RewardPolicy, TournamentId};
use races::Arena;

use crate::Saboteur;

/// A small season, and who is in it.
pub(crate) struct Scene {
    pub(crate) arena: Arena,
    /// Paid and closed; `players[0]` won it, and `players[1]` has spent a part of the prize.
    pub(crate) paid: TournamentId,
    /// Frozen, and nobody has been paid.
    pub(crate) frozen: TournamentId,
    pub(crate) players: Vec<PlayerId>,
}

impl Scene {
    /// On the clock of this machine: verification asks how long ago things were recorded.
    pub(crate) async fn of(saboteur: &impl Saboteur) -> Self {
        let arena = Arena::new(saboteur, 3, 1_000).await;
        let arena = Arena { guerdon: arena.guerdon.with_clock(SystemClock::shared()), ..arena };
        let players = arena.players.clone();
        let paid = arena.tournament("paid", &players).await;
        let _ = arena.clone().finalize(paid).await.expect("it is paid");
        let frozen = arena.tournament("frozen", &players).await;
        arena.freeze_only(saboteur, frozen).await;
        let scene = Self { arena, paid, frozen, players };
        scene.spend(scene.players[1], 10).await;
        scene
    }

    /// Another tournament that the same player wins, paid under this policy.
    pub(crate) async fn paid_under(&self, policy: &serde_json::Value) -> TournamentId {
        let policy = RewardPolicy::from_document(policy).expect("a policy");
        let id = self.arena.tournament_under(policy, "another", &self.players).await;
        let _ = self.arena.clone().finalize(id).await.expect("it is paid");
        id
    }

    /// A player spends some of what was won.
    pub(crate) async fn spend(&self, player: PlayerId, amount: i64) {
        let charge = ChargeId::of("arrow");
        let spending = Spending { player, charge, amount, memo: "an arrow".to_owned() };
        self.arena.guerdon.spend(spending).await.expect("the player has won credits");
    }

    /// A player is struck from the results of a paid tournament.
    pub(crate) async fn disqualify(&self, id: TournamentId, player: PlayerId) {
        let struck = CorrectedResults::Disqualified([player].into());
        let correction = self.arena.correction(id, struck).await.expect("it can be corrected");
        let corrected = self.arena.clone().correct(id, correction).await;
        assert!(corrected.expect("it is corrected").is_complete());
    }

    pub(crate) fn winner(&self) -> PlayerId {
        self.players[0]
    }

    pub(crate) async fn verify(&self) -> VerifyReport {
        self.verify_with(VerifyOptions::default()).await
    }

    pub(crate) async fn verify_with(&self, options: VerifyOptions) -> VerifyReport {
        self.arena.guerdon.verify(options).await.expect("a verification reports")
    }
}

/// A coach says a word on each of them.
pub(crate) async fn assess_all(arena: Arena, players: Vec<PlayerId>) {
    for (number, player) in players.into_iter().enumerate() {
        let assessment = domain::Assessment {
            id: domain::AssessmentId::of(&format!("assessment-{number}")),
            player,
            skill: domain::SkillName::new("focus").expect("a skill name"),
            percentage: domain::Tenths::new(700),
            assessor: "coach".to_owned(),
        };
        arena.guerdon.assess(assessment).await.expect("the coach is heard");
    }
}

/// Nothing may be pending at all.
pub(crate) fn impatient() -> VerifyOptions {
    VerifyOptions { pending_max: Duration::ZERO, ..VerifyOptions::default() }
}

/// The invariants that are violated, in order. Nothing may have been left unchecked.
pub(crate) fn red(report: &VerifyReport) -> Vec<Invariant> {
    let unchecked: Vec<_> = report.checks.iter().filter_map(|it| it.unchecked.as_ref()).collect();
    assert!(unchecked.is_empty(), "{unchecked:?}");
    let red = report.checks.iter().filter(|it| it.outcome == Outcome::Violated);
    red.map(|it| it.invariant).collect()
}

/// What became of one invariant.
pub(crate) fn check(report: &VerifyReport, invariant: Invariant) -> &CheckReport {
    let found = report.checks.iter().find(|it| it.invariant == invariant);
    found.expect("every invariant is reported")
}

/// Asserts that these invariants are violated and no other, and that the first of them names a row
/// of `table` that belongs to `owner`.
pub(crate) fn assert_red(
    report: &VerifyReport,
    expected: &[Invariant],
    table: &str,
    owner: impl std::fmt::Display,
) {
    let mut sorted = expected.to_vec();
    sorted.sort_unstable();
    assert_eq!(red(report), sorted, "{report:#?}");
    assert_eq!(report.outcome, Outcome::Violated);
    let violations = &check(report, expected[0]).violations;
    let owner = owner.to_string();
    let mut rows = violations.iter().flat_map(|it| &it.rows);
    let named = rows.any(|it| it.table == table && it.key.contains(&owner));
    assert!(named, "{table} {owner} is not named: {violations:#?}");
}

/// The same invariants, and on a store with a schema that its guards are no longer live: the
/// sabotage had to take one out.
pub(crate) fn and_guards(saboteur: &impl Saboteur, red: &[Invariant]) -> Vec<Invariant> {
    let guards = saboteur.has_schema().then_some(Invariant::R06);
    red.iter().copied().chain(guards).collect()
}
