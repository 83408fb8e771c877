//! The orders of every scenario, walked on every adapter. One test program, so that the databases
//! work while the store in memory keeps a processor busy.

mod databases;
mod larger;
mod memory;
mod refused;
mod replaying;

use std::io::Write as _;

use schedules::{Found, Scenario, Search, catalogue};

/// One test for each pair and each triple, so that they run side by side; fails when one is left out.
macro_rules! for_every_scenario {
    ($walk:path) => {
        $crate::for_every_scenario! { $walk =>
            finalize_beside_finalize "finalize-finalize",
            finalize_beside_distribute "finalize-distribute",
            distribute_beside_distribute "distribute-distribute",
            two_tournaments_with_the_same_players "two-cups",
            two_tournaments_with_players_in_opposite_order "two-cups-opposed",
            distribute_beside_an_assessment "distribute-assess",
            assessment_beside_assessment "assess-assess",
            distribute_beside_a_batch_of_assessments "distribute-assess-all",
            two_batches_of_assessments_in_opposite_order "assess-all-opposed",
            results_replaced_beside_finalize "submit-finalize",
            distribute_beside_spending "distribute-spend",
            spending_beside_spending "spend-spend",
            spending_the_same_twice "spend-again",
            settling_beside_expiry "settle-expire",
            expiry_beside_expiry "expire-expire",
            refund_beside_refund "refund-refund",
            one_entry_posted_twice "post-post",
            one_milestone_from_two_tournaments "decorate-decorate",
            results_replaced_once_everybody_is_paid "submit-distribute",
            two_corrections_of_one_preview "correct-correct",
            two_corrections_of_two_previews "correct-correct-otherwise",
            corrections_of_two_tournaments_in_opposite_order "correct-two-cups-opposed",
            correction_beside_an_assessment "correct-assess",
            correction_beside_spending "correct-spend",
            correction_beside_finalize_of_another_tournament "correct-finalize-other",
            correction_beside_distribute "correct-distribute",
            backfill_beside_backfill "backfill-backfill",
            backfill_beside_distribute "backfill-distribute",
            backfill_beside_a_correction "backfill-correct",
            two_tournaments_that_reach_the_same_levels "two-cups-with-levels",
            correction_beside_finalize_with_levels "correct-finalize-other-with-levels",
            finalize_three_times "finalize-finalize-finalize",
            finalize_twice_beside_distribute "finalize-finalize-distribute",
            finalize_beside_two_distributes "finalize-distribute-distribute",
            distribute_three_times "distribute-distribute-distribute",
            two_tournaments_beside_an_assessment "two-cups-and-coach",
        }
    };
    ($walk:path => $($test:ident $scenario:literal,)+) => {
        $(
            #[test]
            fn $test() {
                $walk($crate::scenario($scenario));
            }
        )+

        #[test]
        fn no_pair_and_no_triple_is_left_out() {
            use schedules::catalogue::{pairs, triples};

            let walked = [$($scenario),+];

            for scenario in pairs().into_iter().chain(triples()) {
                assert!(walked.contains(&scenario.name.as_str()), "{}", scenario.name);
            }
        }
    };
}
use for_every_scenario;

/// Whether nobody ever waits in `scenario`, as the table of `docs/proof/schedules.md` says.
fn never_blocks(scenario: &Scenario) -> bool {
    NEVER_BLOCK.contains(&scenario.name.as_str())
}

/// Whoever comes second finds everything done before it takes a lock.
const NEVER_BLOCK: [&str; 2] = ["finalize-distribute-distribute", "submit-distribute"];

fn scenario(name: &str) -> Scenario {
    catalogue::find(name).expect("it is in the catalogue")
}

/// Runs a search, shows what it walked, and fails with what went wrong; answers how many steps had to
/// wait.
fn walk(search: Search) -> usize {
    let report = search.run();

    let _ = writeln!(std::io::stderr(), "{report}");
    report.expect_clean();
    assert!(report.runs > 0, "nothing was walked");
    let out_of_turn = Found::Listed { passed_over: 0 };
    if matches!(report.found, Found::Listed { .. }) {
        assert_eq!(report.found, out_of_turn, "who waits there does not wait in memory");
    }
    let in_memory = report.blocked_in_memory.unwrap_or_default();
    assert!(report.blocked >= in_memory, "{} waits, {in_memory} in memory", report.blocked);
    report.blocked
}
