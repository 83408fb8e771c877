//! The statements that are really sent break no rule but those that are written down here.

use std::{collections::BTreeSet, io::Write};

use conformance::Harness;
use migrations::families::Family::{Player, Tournament};
use sharding::{
    season::{Played, Tapped, ends_in_memory, play},
    statements::{
        Breach::{self, Codeless, Crossing, Isolation, LockOfWhole, Uncounted, WideLock},
        Unsteady, breaches, locks,
    },
};

const LOCK: &str = "SELECT player_id FROM players WHERE player_id = ANY($1) \
                    ORDER BY player_id FOR NO KEY UPDATE";
const LOCK_BY_UPDATE: &str = "UPDATE players SET level_max = level_max WHERE player_id = ANY($1)";

#[tokio::test]
async fn on_one_node_the_lock_of_players_and_the_field_are_all_that_needs_another_form() {
    let tapped = Tapped::fresh().await;
    let played = play(&tapped).await;

    let broken = broken(&played.working, &tapped).await;

    let mut expected = borne();
    expected.extend([WideLock("players".into()), Crossing([Player, Tournament].into())]);
    assert_eq!(broken, expected);
    assert_eq!(locking_players(&played), [LOCK]);
    tell("one node", &played);
}

#[tokio::test]
async fn on_several_nodes_no_statement_locks_or_looks_across_them_and_all_ends_the_same() {
    let tapped = Tapped::fresh().await.sharded();
    let played = play(&tapped).await;

    let broken = broken(&played.working, &tapped).await;

    assert_eq!(broken, borne());
    assert_eq!(locking_players(&played), <[&str; 0]>::default());
    assert!(played.working.contains(LOCK_BY_UPDATE));
    assert_eq!(played.ends, ends_in_memory().await);
    tell("several nodes", &played);
}

#[tokio::test]
async fn only_verification_asks_for_more_than_read_committed() {
    let tapped = Tapped::fresh().await;
    let played = play(&tapped).await;

    let mut verifying = played.verifying.clone();
    verifying.retain(|it| !it.contains("FROM pg_constraint"));

    assert!(verifying.len() < played.verifying.len(), "the schema is read off the catalogue");
    let broken = broken(&verifying, &tapped).await;
    assert_eq!(broken, [Isolation, Crossing([Player, Tournament].into())].into());
}

/// What is known and borne: why is in `docs/scaling.md`.
fn borne() -> BTreeSet<Breach> {
    let codeless = ["awards", "results", "rule_reviews"].map(|it| Codeless(it.into()));
    // Ordinary tables of the coordinator, where a lock is one of a row.
    let of_relays = ["deliveries", "webhooks"].map(|it| LockOfWhole(it.into()));
    // Nobody looks at the number of accounts that were opened.
    let uncounted = [Uncounted("accounts".into())];
    codeless.into_iter().chain(of_relays).chain(uncounted).collect()
}

async fn broken(texts: &BTreeSet<String>, tapped: &Tapped) -> BTreeSet<Breach> {
    let unsteady = Unsteady::of(tapped.behind().connection()).await;
    texts.iter().flat_map(|it| breaches(it, &unsteady)).collect()
}

fn locking_players(played: &Played) -> Vec<&str> {
    let texts = played.working.iter().chain(&played.verifying).map(String::as_str);
    texts.filter(|it| locks(it, "players")).collect()
}

fn tell(layout: &str, played: &Played) {
    let (working, verifying) = (played.working.len(), played.verifying.len());
    let line = format!("sharding: on {layout} {working} statements, {verifying} of verification");
    let _ = writeln!(std::io::stderr(), "{line}");
}
