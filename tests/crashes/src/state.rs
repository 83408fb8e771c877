//! All that a store holds, and what it should hold.

use std::{collections::BTreeSet, sync::Arc};

use conformance::StandingClock;
use ports::spi::Store;
use races::{audit::audit_at, export};

use crate::{Ground, UseCase};

/// All that is stored, read through the ports and past them, as one canonical text.
pub async fn everything(ground: &dyn Ground, store: &dyn Store) -> String {
    export(store).await + &ground.trail().await
}

/// What an undisturbed run of `use_case` comes to.
pub async fn undisturbed(use_case: UseCase, ground: &dyn Ground) -> String {
    let store = ground.emptied().await;
    use_case.prepare(&store).await;
    let done = use_case.run(&use_case.guerdon(Arc::clone(&store))).await;
    done.expect("a healthy store carries it out");
    audit_at(store.as_ref(), &StandingClock).await;
    everything(ground, store.as_ref()).await
}

/// The lines that only one of two texts has, marked, and not too many of them.
#[must_use]
pub fn difference(expected: &str, actual: &str) -> String {
    const LINES_MAX: usize = 12;
    let lines = |text| str::lines(text).collect::<BTreeSet<_>>();
    let (expected, actual) = (lines(expected), lines(actual));
    let missing = expected.difference(&actual).take(LINES_MAX).map(|it| format!("- {it}"));
    let surplus = actual.difference(&expected).take(LINES_MAX).map(|it| format!("+ {it}"));
    missing.chain(surplus).collect::<Vec<_>>().join("\n")
}
