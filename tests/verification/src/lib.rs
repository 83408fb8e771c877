//! Each invariant of verification, broken on purpose and reported; and all of them held, also while
//! others write.
//!
//! A case is an `async fn(&impl Saboteur)` in [`cases`]; [`verification!`] makes one
//! `#[tokio::test]` of each. A [`Sabotage`] is planted past every port, and on a database past the
//! constraint that keeps it out. A case says which invariants turn red, and that no other does.

#![expect(clippy::missing_panics_doc, reason = "a case fails by panicking")]

pub mod cases;
mod sabotage;
mod scene;

pub use self::sabotage::{Sabotage, Saboteur};
#[doc(hidden)]
pub use {conformance, tokio};

/// Instantiates every case for one [`Saboteur`]. The list below is the table of contents.
#[macro_export]
macro_rules! verification {
    ($saboteur:ty) => {
        $crate::verification! { $saboteur =>
            clean::all_invariants_hold_on_a_season,
            clean::all_invariants_hold_on_an_empty_store,
            clean::all_invariants_hold_while_rewards_are_distributed,
            clean::every_invariant_is_heard_of_once,
            clean::checks_at_the_same_time_find_what_each_finds_alone,
            awards::r01_second_award_is_seen,
            awards::r04_entry_that_pays_more_than_its_award_is_seen,
            awards::r04_award_that_is_too_large_to_be_added_is_seen,
            awards::r04_entry_without_an_award_is_seen,
            awards::r04_award_that_was_set_back_is_seen,
            awards::r04_credits_that_nobody_forgave_are_seen,
            awards::r04_credits_that_the_policy_forgives_are_no_violation,
            awards::r08_award_that_was_edited_is_seen,
            awards::r08_award_that_was_deleted_is_seen,
            awards::r08_policy_that_was_edited_is_seen_and_hides_nothing,
            awards::r08_award_that_cannot_be_read_is_seen_and_hides_nothing,
            teams::t01_teams_that_were_paid_as_teams_hold,
            teams::t01_member_who_is_said_to_play_for_others_is_seen,
            teams::t01_part_that_is_not_equal_is_seen,
            books::r07_status_that_cannot_be_read_is_seen,
            books::r07_closed_books_with_a_pending_award_are_seen,
            books::r07_award_that_is_paid_and_pending_is_seen,
            books::r07_award_that_is_pending_for_too_long_is_seen,
            books::r07_books_that_nobody_closed_are_seen,
            books::r07_failed_award_is_a_violation_when_strict,
            guards::r06_dropped_constraint_is_seen,
            guards::r06_weakened_constraint_is_seen,
            guards::r06_dropped_index_is_seen,
            guards::r06_index_that_is_no_longer_unique_is_seen,
            guards::r06_column_that_may_be_empty_is_seen,
            guards::check_that_cannot_be_done_says_why_and_costs_no_other,
            ledger::r03_balance_off_by_one_is_seen,
            ledger::r03_gap_in_the_numbers_is_seen,
            ledger::r03_wrong_balance_after_is_seen,
            ledger::r03_ledger_without_its_account_is_seen,
            ledger::r03_entry_that_is_too_large_to_be_added_is_seen,
            ledger::r05_equal_keys_are_seen,
            ledger::r05_missing_key_is_seen,
            ledger::r05_key_of_another_cause_is_seen,
            ledger::r05_key_that_is_spelled_another_way_is_seen,
            charges::r09_charge_that_was_edited_is_seen,
            charges::r09_entry_without_its_charge_is_seen,
            charges::r09_hold_that_is_open_for_too_long_is_seen,
            charges::r09_hold_that_has_just_become_due_is_not_overdue,
            players::r02_second_badge_is_seen,
            players::r02_second_badge_of_a_life_is_seen,
            players::s01_edited_profile_is_seen,
            players::s01_edited_counters_are_seen,
            players::s01_step_that_counts_too_many_is_seen,
            players::s01_step_that_cannot_be_read_is_seen_and_hides_nothing,
            players::s01_assessment_that_cannot_be_read_is_seen_and_hides_nothing,
            players::s02_baseline_that_cannot_be_read_is_seen_and_hides_nothing,
            players::s02_player_who_is_gone_is_seen,
            players::s02_untyped_entry_is_seen,
            players::s03_missing_step_is_seen,
            players::s03_second_step_is_seen,
            players::s03_step_without_an_award_is_seen,
            players::s04_level_out_of_bounds_is_seen,
            players::l01_level_that_was_never_reached_is_seen,
            players::l01_level_that_has_not_paid_is_seen,
            since::old_violations_are_left_out_and_new_ones_are_seen,
            since::violations_are_all_counted_and_the_first_described,
        }
    };
    ($saboteur:ty => $($module:ident :: $case:ident),+ $(,)?) => {
        $(
            #[$crate::tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $case() {
                let saboteur = <$saboteur as $crate::conformance::Harness>::fresh().await;
                $crate::cases::$module::$case(&saboteur).await;
            }
        )+
    };
}
