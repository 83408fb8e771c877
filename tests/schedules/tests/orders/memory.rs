//! All orders, on the store in memory.

use schedules::{Scenario, Search};

use crate::{for_every_scenario, walk};

for_every_scenario!(all_orders);

/// Triples choose between all steps in the long variant, and otherwise between those that another
/// caller can see.
fn all_orders(scenario: Scenario) {
    let triple = scenario.callers.len() > 2;
    let search = Search::of(scenario);
    walk(if triple && !schedules::exhaustive() { search.visible_steps_only() } else { search });
}
