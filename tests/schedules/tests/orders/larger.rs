//! More chunks and more players than all orders could be walked for every day: orders drawn at
//! random, the same ones every time. The long variant walks all orders of those in chunks, too.

use schedules::{Adapter, Search};

use crate::{scenario, walk};

/// Orders drawn in memory, and in a database.
fn counts() -> (usize, usize) {
    if schedules::exhaustive() { (3_000, 500) } else { (120, 4) }
}

fn drawn(name: &str, seed: u64) {
    let (in_memory, in_a_database) = counts();
    let search = Search::of(scenario(name));
    walk(search.clone().sampled(seed, in_memory));
    walk(search.clone().on(Adapter::Sqlite).sampled(seed, in_a_database));
    walk(search.on(Adapter::Postgres).sampled(seed, in_a_database));
}

fn all_or_drawn(name: &str, seed: u64) {
    if schedules::exhaustive() {
        walk(Search::of(scenario(name)).visible_steps_only());
    }
    drawn(name, seed);
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

#[test]
fn two_chunks_finalized_twice_beside_a_distribute() {
    all_or_drawn("finalize-finalize-distribute-in-chunks", 4);
}

#[test]
fn two_chunks_finalized_beside_two_distributes() {
    all_or_drawn("finalize-distribute-distribute-in-chunks", 5);
}

#[test]
fn two_chunks_distributed_by_three() {
    all_or_drawn("distribute-distribute-distribute-in-chunks", 6);
}

#[test]
fn two_chunks_corrected_beside_a_distribute() {
    all_or_drawn("correct-distribute-in-chunks", 7);
}

#[test]
fn two_chunks_distributed_beside_a_backfill() {
    all_or_drawn("backfill-distribute-in-chunks", 8);
}

#[test]
fn two_chunks_corrected_beside_a_backfill() {
    all_or_drawn("backfill-correct-in-chunks", 9);
}
