//! Larger fields than all orders could be walked for: drawn at random, the same ones every time.

use schedules::{Adapter, Search};

use crate::{scenario, walk};

/// Orders drawn in memory, and in a database.
fn counts() -> (usize, usize) {
    if schedules::exhaustive() { (3_000, 500) } else { (60, 4) }
}

fn drawn(name: &str, seed: u64) {
    let (in_memory, in_a_database) = counts();
    let search = Search::of(scenario(name));
    walk(search.clone().sampled(seed, in_memory));
    walk(search.clone().on(Adapter::Sqlite).sampled(seed, in_a_database));
    walk(search.on(Adapter::Postgres).sampled(seed, in_a_database));
}

#[test]
fn four_chunks_distributed_by_two() {
    drawn("distribute-distribute/4", 1);
}

#[test]
fn four_chunks_finalized_beside_a_distribute() {
    drawn("finalize-distribute/4", 2);
}

#[test]
fn five_players_of_two_tournaments_beside_an_assessment() {
    drawn("two-cups-and-coach/5", 3);
}
