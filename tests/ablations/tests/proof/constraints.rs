//! Every rule of the schema is dropped by name, and what it refused is written.
//!
//! Without a rule the state that its test names is possible: nothing else in the database is in the
//! way. Whether the program would ever write it is another question, which `guards` asks.

use std::collections::BTreeSet;

use ablations::take_out;
use sea_orm::{ConnectOptions, Database, DatabaseConnection, TransactionTrait};
use test_databases::{
    PostgresDatabase, REFUSALS, Refusal, fresh_postgres, live_rules, write_good_row,
};
use tokio::sync::OnceCell;

use crate::record::{Row, sentence};

/// Makes a test of each rule: without it, this goes wrong.
macro_rules! without {
    ($($rule:ident, $races:literal => $harm:ident;)+) => {
        const RULES: &[&str] = &[$(stringify!($rule)),+];

        $(
            mod $rule {
                #[tokio::test]
                async fn $harm() {
                    super::taken_out(stringify!($rule), $races, stringify!($harm)).await;
                }
            }
        )+
    };
}

without! {
    pk_tournaments, "R01" => a_tournament_exists_twice_and_locking_one_leaves_the_other;
    ck_tournaments_status, "R01" => a_tournament_is_in_a_status_that_no_gate_knows;
    ck_tournaments_revision, "–" => a_plan_has_a_revision_before_the_first;
    ck_tournaments_change_seq, "–" => a_tournament_has_changed_less_than_never;
    ck_tournaments_field_size, "–" => fewer_than_nobody_competed;
    pk_tournament_changes, "R01 R03" => two_changes_of_one_status_both_stand;
    ck_tournament_changes_seq, "–" => a_change_comes_before_the_first;
    ck_tournament_changes_reason, "–" => a_tournament_is_corrected_for_no_reason;
    pk_outbox_events, "–" => one_event_is_published_twice;
    pk_results, "–" => a_participant_ends_twice;
    ck_results_outcome, "–" => a_participant_ends_in_a_way_that_no_rule_knows;
    ck_results_placement, "–" => a_placed_participant_has_no_placement;
    ck_results_record, "–" => a_participant_has_won_less_than_never;
    ck_results_weight, "–" => a_member_counts_less_than_nobody;
    ck_results_measured, "–" => a_value_is_kept_of_somebody_who_was_struck_from_the_results;
    pk_awards, "R01 R02 R03" => a_participant_is_owed_twice;
    ck_awards_revision, "–" => an_award_is_of_a_plan_before_the_first;
    ck_awards_outcome, "–" => an_award_is_for_an_ending_that_no_rule_knows;
    ck_awards_placement, "–" => an_award_has_a_placement_that_nobody_had;
    ck_awards_field_size, "–" => an_award_is_for_beating_fewer_than_nobody;
    ck_awards_record, "–" => an_award_counts_fewer_games_than_none;
    ck_awards_amounts, "–" => an_award_takes_away;
    ck_awards_measured, "–" => an_award_is_for_a_value_that_won_no_place;
    ck_awards_weight, "–" => an_award_is_a_share_of_no_team;
    ck_awards_state, "R02" => an_award_is_in_a_state_that_nobody_claims_and_nobody_has_paid;
    ck_awards_failure, "–" => an_award_has_failed_for_no_reason;
    ck_awards_applied_at, "R02 R03" => an_award_is_paid_and_nobody_can_say_when;
    ck_awards_paid, "R02" => an_award_is_paid_and_nobody_can_say_what;
    ck_awards_paid_revision, "R06" => an_award_is_paid_by_a_plan_that_nobody_has_made;
    pk_players, "R04 R05 R07" => a_player_exists_twice_and_locking_one_leaves_the_other;
    ck_players_baseline_level, "–" => skills_start_above_everything;
    ck_players_tournaments, "R05" => a_player_has_played_less_than_never;
    ck_players_win_streak, "R05" => a_player_has_won_less_than_never;
    ck_players_wins, "R05" => a_player_has_fewer_wins_than_none;
    ck_players_podiums, "R05" => a_player_has_stood_on_fewer_podiums_than_none;
    ck_players_podium_streak, "R05" => a_row_of_podiums_is_shorter_than_nothing;
    pk_accounts, "R07" => a_player_has_two_balances_of_one_currency;
    ck_accounts_currency, "–" => an_account_holds_what_is_no_currency;
    ck_accounts_balance, "R07" => a_balance_falls_below_zero;
    ck_accounts_seq, "–" => an_account_has_moved_less_than_never;
    pk_ledger_entries, "R07" => two_entries_have_one_number_and_a_lost_update_goes_unseen;
    uq_ledger_entries_idempotency_key, "R06" => one_cause_is_posted_twice;
    ck_ledger_entries_amount, "–" => an_entry_moves_nothing;
    ck_ledger_entries_balance_after, "R07" => an_entry_leaves_less_than_nothing;
    ck_ledger_entries_cause, "R06" => an_entry_says_of_nothing_why_it_exists;
    pk_charges, "–" => a_player_is_charged_twice_under_one_name;
    ck_charges_origin, "–" => what_was_spent_at_once_is_still_held;
    ck_charges_amount, "–" => a_charge_takes_nothing;
    ck_charges_state, "–" => a_charge_is_in_a_state_that_nothing_ends;
    ck_charges_settled, "–" => more_is_charged_than_was_held;
    ck_charges_refunded, "–" => more_is_given_back_than_was_charged;
    pk_badges, "R05" => a_badge_is_had_twice_for_one_tournament;
    uq_badges_once_in_a_life, "R05" => a_badge_of_a_life_is_had_twice;
    ck_badges_revoked, "R05" => a_badge_is_gone_and_nobody_can_say_when;
    pk_skill_profiles, "R04" => a_player_has_two_profiles;
    ck_skill_profiles_seq, "–" => a_profile_has_moved_less_than_never;
    pk_skill_steps, "R04" => two_steps_have_one_number_and_an_overwritten_skill_goes_unseen;
    uq_skill_steps_tournament, "R04" => one_award_moves_the_skills_twice;
    pk_assessments, "R04" => one_assessment_counts_twice;
    ck_assessments_percentage, "–" => a_coach_sees_more_than_everything;
    ck_players_level_max, "–" => a_player_is_below_the_level_where_everybody_starts;
    pk_level_ups, "R05 R06" => a_level_is_reached_twice;
    ck_level_ups_level, "–" => a_level_is_reached_that_everybody_has;
    ck_level_ups_revision, "–" => a_level_is_reached_before_the_first_plan;
    ck_level_ups_credits, "–" => a_level_takes_away;
    pk_standing_rules, "R05" => a_rule_stands_twice_and_locking_one_leaves_the_other;
    ck_standing_rules_state, "–" => a_rule_is_neither_at_work_nor_done;
    ck_standing_rules_totals, "–" => a_rule_has_looked_at_fewer_than_nobody;
    pk_rule_reviews, "R05" => one_rule_judges_a_player_twice;
    ck_rule_reviews_through_seq, "–" => a_rule_has_seen_less_than_nothing;
    pk_requests, "R01 R02 R06" => one_request_is_claimed_by_two_at_once;
    ck_requests_claims, "–" => a_request_is_known_that_nobody_has_made;
    pk_verification_runs, "–" => one_verification_is_recorded_twice;
    ck_verification_runs_outcome, "–" => a_verification_ends_in_a_way_that_no_report_knows;
    pk_lock_observations, "–" => one_look_at_the_locks_counts_twice;
    pk_appointments, "–" => one_tournament_is_to_be_finalized_at_two_times;
    pk_turns, "–" => one_turn_is_had_by_two_processes;
    ck_players_event_seq, "–" => less_than_nothing_was_told_of_a_player;
    pk_player_events, "R04 R07" => two_events_have_one_number_and_a_lost_update_goes_unseen;
    ck_player_events_seq, "–" => an_event_comes_before_the_first;
    ck_player_events_feed_position, "–" => an_event_of_a_player_is_in_front_of_the_feed;
    ck_outbox_events_feed_position, "–" => an_event_of_a_tournament_is_in_front_of_the_feed;
    pk_feed_heads, "–" => the_feed_has_two_heads_and_locking_one_leaves_the_other;
    ck_feed_heads_last_position, "–" => the_feed_is_shorter_than_nothing;
    pk_webhooks, "–" => a_webhook_exists_twice;
    ck_webhooks_state, "–" => a_webhook_is_neither_active_nor_not;
    ck_webhooks_feed_position, "–" => a_webhook_waits_in_front_of_the_feed;
    pk_deliveries, "–" => an_event_is_delivered_twice_to_one_webhook;
    ck_deliveries_state, "–" => a_delivery_is_in_a_state_that_nothing_ends;
    ck_deliveries_attempts, "–" => a_delivery_was_tried_less_than_never;
    pk_api_keys, "–" => two_callers_are_one_in_the_record;
    uq_api_keys_prefix, "–" => one_prefix_names_two_keys_and_revoking_one_leaves_the_other;
    ck_api_keys_role, "–" => a_key_has_a_role_that_no_gate_knows;
    ck_api_keys_secret_hash, "–" => a_secret_is_stored_as_it_is;
    ck_api_keys_previous, "–" => a_secret_that_was_replaced_counts_for_ever;
}

#[tokio::test]
async fn every_rule_of_the_schema_is_taken_out() {
    let rules: BTreeSet<_> = RULES.iter().map(ToString::to_string).collect();

    assert_eq!(live_rules(&postgres().await).await, rules);
    assert_eq!(live_rules(&sqlite().await).await, rules);
}

/// With the rule each write is refused; without it, each is taken.
async fn taken_out(rule: &str, races: &str, harm: &str) {
    let refusals = || REFUSALS.into_iter().filter(|it| it.rule == rule);
    for db in [postgres().await, sqlite().await] {
        for refusal in refusals() {
            let said = written(&db, refusal, Rule::Stands).await.expect_err(rule);
            assert!(refusal.is_named(&db, &said), "{refusal:?}: {said}");
            written(&db, refusal, Rule::TakenOut).await.expect("nothing else is in the way");
        }
    }
    let row = Row {
        kind: "constraint",
        order: RULES.iter().position(|it| *it == rule).unwrap(),
        guard: rule,
        races,
        besides: Vec::new(),
        harm: sentence(harm),
        standing: "",
        noticed: "a write that was refused is taken",
        catcher: "probe",
        stores: vec!["PostgreSQL", "SQLite"],
        test: format!("constraints::{rule}::{harm}"),
    };
    row.record();
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Rule {
    Stands,
    TakenOut,
}

/// Tries one write, and leaves no trace: both databases roll back their schema, too.
async fn written(db: &DatabaseConnection, refusal: Refusal, rule: Rule) -> Result<(), String> {
    let transaction = db.begin().await.unwrap();
    if rule == Rule::TakenOut {
        take_out(&transaction, refusal.table, refusal.rule).await;
    }
    write_good_row(&transaction, refusal.table).await;
    let written = refusal.write(&transaction).await;
    transaction.rollback().await.unwrap();
    written
}

/// A connection to the one database that all tests here share: none of them commits.
async fn postgres() -> DatabaseConnection {
    static SHARED: OnceCell<PostgresDatabase> = OnceCell::const_new();
    connect(SHARED.get_or_init(fresh_postgres).await.url()).await
}

async fn sqlite() -> DatabaseConnection {
    let connection = connect("sqlite::memory:").await;
    migrations::up(&connection).await.unwrap();
    connection
}

async fn connect(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    Database::connect(options).await.unwrap()
}
