//! INV-R06: every constraint and index is live, by its definition. A store without a schema has none
//! that could be taken out, and holds.

use app_service::{Invariant, Outcome};

use crate::{
    Sabotage, Saboteur,
    scene::{Scene, assert_red, check, red},
};

/// A constraint that is gone.
pub async fn r06_dropped_constraint_is_seen(saboteur: &impl Saboteur) {
    is_seen(saboteur, Sabotage::DroppedConstraint, "accounts", "ck_accounts_balance").await;
}

/// A constraint of the same name that says something else.
pub async fn r06_weakened_constraint_is_seen(saboteur: &impl Saboteur) {
    is_seen(saboteur, Sabotage::WeakenedConstraint, "accounts", "ck_accounts_balance").await;
}

/// An index that is gone.
pub async fn r06_dropped_index_is_seen(saboteur: &impl Saboteur) {
    is_seen(saboteur, Sabotage::DroppedIndex, "awards", "ix_awards_owed").await;
}

/// An index of the same name that keeps nothing out.
pub async fn r06_index_that_is_no_longer_unique_is_seen(saboteur: &impl Saboteur) {
    is_seen(saboteur, Sabotage::IndexNotUnique, "badges", "uq_badges_once_in_a_life").await;
}

/// A column that lets an entry be without a key.
pub async fn r06_column_that_may_be_empty_is_seen(saboteur: &impl Saboteur) {
    is_seen(saboteur, Sabotage::NullableKey, "ledger_entries", "column idempotency_key").await;
}

/// Without their table badges cannot be looked at. Everything else can, and the worst is reported.
pub async fn check_that_cannot_be_done_says_why_and_costs_no_other(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    saboteur.sabotage(Sabotage::DroppedTable).await;

    let report = scene.verify().await;

    let (badges, guards) = (check(&report, Invariant::R02), check(&report, Invariant::R06));
    if saboteur.has_schema() {
        assert_eq!(badges.outcome, Outcome::Unchecked);
        assert!(badges.unchecked.as_ref().is_some_and(|it| it.contains("badges")), "{badges:?}");
        assert_eq!((guards.outcome, report.outcome), (Outcome::Violated, Outcome::Violated));
    }
    let held = report.checks.iter().filter(|it| it.outcome == Outcome::Held).count();
    let all = Invariant::ALL.len();
    assert_eq!(held, if saboteur.has_schema() { all - 2 } else { all });
}

async fn is_seen(saboteur: &impl Saboteur, sabotage: Sabotage, table: &str, guard: &str) {
    let scene = Scene::of(saboteur).await;
    saboteur.sabotage(sabotage).await;

    let report = scene.verify().await;

    if saboteur.has_schema() {
        assert_red(&report, &[Invariant::R06], table, guard);
        assert_eq!(check(&report, Invariant::R06).violations_total, 1);
    } else {
        assert_eq!((red(&report), report.outcome), (vec![], Outcome::Held));
    }
}
