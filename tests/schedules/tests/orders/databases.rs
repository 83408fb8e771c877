//! The orders that the search in memory has found, on SQLite and on PostgreSQL.

use schedules::{Adapter, Scenario, Search};

use crate::{never_blocks, walk};

/// Runs of one pair in the short variant. About half of the pairs have no more.
const PAIR_RUNS_MAX: usize = 36;

/// Orders of one triple that are drawn in the short variant.
const TRIPLE_RUNS: usize = 6;

/// In the long variant all orders of a pair, and of a triple those in which what another caller can
/// see comes in another order. In the short one the latter of a pair.
fn orders(scenario: Scenario, adapter: Adapter) {
    let triple = scenario.callers.len() > 2;
    let drawn = triple && !schedules::exhaustive();
    let never = never_blocks(&scenario);
    let search = Search::of(scenario).on(adapter);

    let blocked = walk(match (schedules::exhaustive(), triple) {
        (true, false) => search,
        (true, true) => search.visible_steps_only(),
        (false, false) => search.visible_steps_only().at_most(PAIR_RUNS_MAX),
        (false, true) => search.sampled(1, TRIPLE_RUNS),
    });

    // Those few that are drawn may miss the orders in which somebody waits.
    assert!(drawn || (blocked == 0) == never, "{blocked} steps had to wait");
}

mod on_sqlite {
    use schedules::{Adapter, Scenario};

    crate::for_every_scenario!(orders);

    fn orders(scenario: Scenario) {
        super::orders(scenario, Adapter::Sqlite);
    }
}

mod on_postgres {
    use schedules::{Adapter, Scenario};

    crate::for_every_scenario!(orders);

    fn orders(scenario: Scenario) {
        super::orders(scenario, Adapter::Postgres);
    }
}
