//! All orders, on the store in memory.

use schedules::{Scenario, Search};

use crate::{for_every_scenario, never_blocks, walk};

for_every_scenario!(all_orders);

/// Triples choose between all steps in the long variant, and otherwise between those that another
/// caller can see.
fn all_orders(scenario: Scenario) {
    let few = scenario.callers.len() > 2 && !schedules::exhaustive();
    let never = never_blocks(&scenario);
    let search = Search::of(scenario);

    let blocked = walk(if few { search.visible_steps_only() } else { search });

    assert_eq!(blocked == 0, never, "{blocked} steps had to wait");
}
