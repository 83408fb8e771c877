//! The contract of `ports::spi`, as tests that any store can run.
//!
//! A case is an `async fn(&impl Harness)` in [`cases`]; its first word is the clause that it tests.
//! [`suite!`] makes one `#[tokio::test]` of each. A new adapter writes a [`Harness`] and one line:
//! `conformance::suite!(MyHarness);`. A new promise in `ports::spi` starts here, as a case that
//! fails.

#![expect(clippy::unwrap_used, reason = "a case fails by panicking")]
#![expect(clippy::missing_panics_doc, reason = "a case fails by panicking")]

pub mod cases;
mod clock;
mod fixtures;
mod harness;
mod waiting;

pub use self::{
    clock::{NOW, StandingClock},
    harness::{Fault, Harness, Trail},
};
#[doc(hidden)]
pub use tokio;

/// Instantiates every case for one [`Harness`]. The list below is the table of contents.
#[macro_export]
macro_rules! suite {
    ($harness:ty) => {
        $crate::suite! { $harness =>
            unit_of_work::writes_become_visible_with_the_commit,
            unit_of_work::readers_never_see_half_a_commit,
            unit_of_work::rollback_leaves_no_trace_and_no_lock,
            unit_of_work::dropped_transaction_leaves_no_trace_and_no_lock,
            unit_of_work::cancelled_work_is_as_if_it_had_never_begun,
            unit_of_work::whoever_gives_up_waiting_holds_nothing,
            unit_of_work::commit_after_a_refusal_is_refused_and_writes_nothing,
            unit_of_work::commit_after_a_refused_mark_is_refused,
            unit_of_work::commit_whose_answer_is_lost_is_found_out_by_running_again,
            unit_of_work::commit_without_an_answer_is_unknown,
            savepoints::going_back_undoes_what_came_since_and_nothing_before,
            savepoints::going_back_after_a_refusal_revives_the_transaction,
            savepoints::each_refusal_costs_its_own_savepoint,
            savepoints::key_is_free_again_after_going_back,
            savepoints::released_savepoint_keeps_what_came_since,
            locking::second_locker_waits_and_sees_the_commit,
            locking::second_locker_sees_nothing_of_a_rollback,
            locking::missing_tournament_locks_nothing,
            locking::missing_tournament_leaves_the_transaction_usable,
            locking::exclusive_lock_waits_for_every_shared_one,
            locking::shared_lock_waits_for_the_exclusive_one,
            locking::sharers_do_not_wait_for_each_other,
            locking::second_player_locker_waits_and_sees_all_that_was_written,
            locking::unregistered_players_are_absent_from_the_lock,
            locking::unreadable_state_costs_that_player_alone,
            locking::overlapping_locks_in_opposite_orders_never_deadlock,
            claims::only_awards_in_a_state_of_the_claim_are_claimed,
            claims::award_that_was_applied_during_the_wait_is_not_claimed,
            claims::claim_takes_nothing_of_another_tournament,
            claims::next_claim_skips_what_another_worker_has_claimed,
            claims::next_claim_keeps_its_limit_and_where_it_starts,
            claims::claim_of_a_named_player_waits_for_whoever_has_it,
            awards::second_award_for_one_participant_is_refused,
            awards::player_is_owed_for_each_tournament,
            awards::applied_award_is_not_marked_again,
            awards::award_that_does_not_exist_is_not_marked,
            awards::failed_award_can_still_be_applied,
            ledger::equal_entry_is_replayed_not_repeated,
            ledger::replay_does_not_keep_new_entries_out,
            ledger::concurrent_equal_entries_move_the_balance_once,
            ledger::other_amount_under_a_known_key_is_refused,
            ledger::other_account_under_a_known_key_is_refused,
            ledger::entries_are_numbered_and_add_up_for_each_account,
            ledger::concurrent_entries_lose_no_balance,
            ledger::balance_does_not_fall_below_zero,
            ledger::correction_overdraws_credits_when_it_says_so,
            ledger::debt_begins_with_its_first_entry,
            ledger::entries_say_why_they_exist,
            ledger::taken_entry_number_is_refused,
            charges::known_charge_is_replayed_and_takes_nothing,
            charges::charges_are_read_as_the_lock_finds_them,
            charges::hold_ends_once,
            charges::refund_that_does_not_know_the_one_before_is_refused,
            charges::charge_gives_back_what_it_took_at_most,
            charges::refunds_are_known_one_by_one,
            charges::pages_of_charges_make_the_whole,
            badges::equal_badge_is_replayed_not_repeated,
            badges::badge_is_awarded_to_each_player_in_each_tournament,
            badges::badge_of_a_life_is_had_once_whatever_the_tournament,
            badges::badge_of_ones_own_is_had_as_often_as_it_says,
            badges::concurrent_tournaments_award_a_badge_of_a_life_once,
            corrections::replanned_award_is_pending_and_says_what_was_paid,
            corrections::award_for_another_measured_value_is_pending_again,
            corrections::award_that_is_planned_as_before_stays_applied,
            corrections::career_begins_with_the_step_of_the_tournament,
            corrections::retaken_step_takes_the_place_of_the_old_one,
            corrections::step_that_was_never_taken_is_not_retaken,
            corrections::revoked_badge_of_a_life_can_be_had_elsewhere,
            corrections::badge_that_is_not_had_is_not_revoked,
            corrections::restored_badge_is_as_it_was,
            corrections::corrected_tournament_is_as_the_correction_says,
            corrections::corrections_are_read_by_revision,
            skills::equal_step_is_replayed_and_leaves_the_profile_alone,
            skills::other_revision_of_a_known_step_is_replayed,
            skills::step_leaves_all_other_entries_alone,
            skills::concurrent_steps_and_assessments_lose_nothing,
            skills::taken_step_number_is_refused,
            skills::step_under_the_number_of_another_is_refused,
            skills::equal_assessment_is_replayed_and_counts_once,
            skills::equal_percentages_of_two_assessments_both_count,
            skills::batch_of_assessments_counts_what_is_new_in_it,
            skills::assessments_leave_all_other_entries_alone,
            skills::concurrent_batches_in_opposite_order_lose_nothing,
            levels::level_is_reached_once_whatever_the_tournament,
            levels::concurrent_tournaments_reach_a_level_once,
            levels::levels_read_back_by_player_and_level,
            rules::known_rule_is_replayed_and_stays_as_it_is,
            rules::concurrent_callers_set_up_one_rule,
            rules::second_locker_of_a_rule_waits_and_sees_the_commit,
            rules::reviews_cursor_and_counts_change_together,
            rules::advance_that_is_rolled_back_leaves_no_trace,
            rules::finished_rule_does_not_advance,
            rules::player_is_not_reviewed_twice,
            rules::history_is_whole_and_in_order,
            rules::next_players_are_behind_the_cursor,
            tournaments::known_tournament_is_replayed_and_stays_as_it_is,
            tournaments::concurrent_announcements_make_one_tournament,
            tournaments::row_history_and_outbox_change_together,
            tournaments::change_that_is_rolled_back_leaves_no_trail,
            tournaments::row_shows_what_the_changes_said,
            tournaments::books_stay_open_while_an_award_is_unpaid,
            tournaments::books_close_with_the_last_award,
            tournaments::refusal_to_close_leaves_the_transaction_usable,
            tournaments::taken_change_number_is_refused,
            players::known_player_is_replayed_and_stays_as_it_is,
            players::concurrent_registrations_in_opposite_order_register_once,
            players::new_player_starts_at_the_baseline_with_nothing,
            results::results_are_replaced_whole,
            results::replaced_results_are_seen_by_their_own_transaction,
            results::results_come_in_pages,
            results::participant_is_in_the_results_once,
            results::unregistered_participants_are_in_the_field,
            results::field_is_read_in_pages_by_player,
            results::field_is_empty_before_results,
            results::members_keep_their_team_and_weight,
            results::measured_values_are_kept_to_the_last_bit,
            reads::reads_neither_wait_for_locks_nor_see_open_writes,
            reads::reads_do_not_see_rows_that_are_not_committed,
            reads::what_was_committed_reads_back_whole,
            reads::awards_add_up_by_state,
            reads::pages_of_players_and_tournaments_make_the_whole,
            reads::pages_of_field_and_awards_make_the_whole,
            reads::pages_of_ledger_and_steps_make_the_whole,
            reads::only_what_was_asked_for_is_found,
            reads::what_is_not_there_is_absent,
            leaders::leaders_come_most_first_and_equal_ones_share_a_rank,
            leaders::leaders_are_ranked_by_the_measure_that_was_asked_for,
            leaders::pages_of_leaders_make_the_whole,
            leaders::tournaments_that_paid_nobody_have_no_leaders,
            leaders::leader_whose_award_is_corrected_has_what_was_paid,
            logbook::known_run_is_replayed_and_stays_as_it_is,
            logbook::known_observation_is_replayed_and_stays_as_it_is,
            logbook::runs_are_listed_newest_first,
            logbook::observations_are_listed_since_a_moment,
            logbook::pages_of_observations_make_the_whole,
            logbook::old_observations_are_removed_a_few_at_a_time,
            logbook::old_runs_are_removed_a_few_at_a_time,
            api_keys::known_key_is_replayed_and_stays_as_it_is,
            api_keys::key_is_found_by_its_prefix_as_it_was_recorded,
            api_keys::pages_of_keys_make_the_whole,
            api_keys::key_is_revoked_once,
            api_keys::new_secret_takes_the_place_of_the_one_it_names,
            api_keys::secret_is_not_replaced_behind_a_back,
            api_keys::last_use_moves_forward_only_when_it_is_old,
            audits::audit_neither_waits_for_locks_nor_sees_open_writes,
            audits::audit_beside_writers_is_told_of_no_fault,
            audits::audit_counts_every_fault_and_describes_the_first,
            audits::audit_looks_at_whatever_was_touched_since,
            audits::audit_looks_at_whoever_had_an_award_applied_since,
        }
    };
    ($harness:ty => $($module:ident :: $case:ident),+ $(,)?) => {
        $(
            #[$crate::tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $case() {
                let harness = <$harness as $crate::Harness>::fresh().await;
                $crate::cases::$module::$case(&harness).await;
            }
        )+
    };
}
