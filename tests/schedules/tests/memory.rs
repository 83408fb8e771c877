//! All orders of every scenario, on the store in memory.

use std::io::Write as _;

use schedules::{Search, catalogue};

/// One test for each scenario, so that they run side by side.
macro_rules! walk_all_orders {
    ($($test:ident $scenario:literal,)+) => {
        $(
            #[test]
            fn $test() {
                walk_all_orders_of($scenario);
            }
        )+

        #[test]
        fn no_scenario_is_left_out() {
            let walked = [$($scenario),+];

            for scenario in catalogue::all() {
                assert!(walked.contains(&scenario.name.as_str()), "{}", scenario.name);
            }
        }
    };
}

walk_all_orders! {
    finalize_beside_finalize "finalize-finalize",
    finalize_beside_distribute "finalize-distribute",
    distribute_beside_distribute "distribute-distribute",
    two_tournaments_with_the_same_players "two-cups",
    two_tournaments_with_players_in_opposite_order "two-cups-opposed",
    distribute_beside_an_assessment "distribute-assess",
    assessment_beside_assessment "assess-assess",
    results_replaced_beside_finalize "submit-finalize",
    one_entry_posted_twice "post-post",
    one_milestone_from_two_tournaments "decorate-decorate",
    finalize_three_times "finalize-finalize-finalize",
    finalize_twice_beside_distribute "finalize-finalize-distribute",
    finalize_beside_two_distributes "finalize-distribute-distribute",
    distribute_three_times "distribute-distribute-distribute",
    two_tournaments_beside_an_assessment "two-cups-and-coach",
}

fn walk_all_orders_of(name: &str) {
    let scenario = catalogue::find(name).expect("it is in the catalogue");

    let report = Search::of(scenario).run();

    let _ = writeln!(std::io::stderr(), "{report}");
    report.expect_clean();
}
