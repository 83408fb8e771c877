//! Everything that the adapter can be asked, on a store whose way to the database is tapped.

use std::{collections::BTreeSet, sync::Arc};

use app_service::{Guerdon, VerifyOptions};
use async_trait::async_trait;
use conformance::{Fault, Harness, NOW, cases};
use crashes::UseCase;
use memory_adapter::MemoryStore;
use ports::spi::Store;
use races::export;
use sea_orm_adapter::SeaOrmStore;
use test_databases::{PostgresDatabase, StatementTap, empty, fresh_postgres};

/// A store, and all that it asks its database.
#[derive(Debug)]
pub struct Tapped {
    store: SeaOrmStore,
    tap: StatementTap,
    /// A way of its own, for what is not the store's to ask.
    behind: SeaOrmStore,
    _database: PostgresDatabase,
}

/// What a season has asked of its database, and how it ended.
#[derive(Debug)]
pub struct Played {
    /// The statements of whoever pays, spends, corrects and reads.
    pub working: BTreeSet<String>,
    /// The statements of verification.
    pub verifying: BTreeSet<String>,
    /// All that the ports can read behind each use case.
    pub ends: Vec<String>,
}

#[async_trait]
impl Harness for Tapped {
    async fn fresh() -> Self {
        let database = fresh_postgres().await;
        let tap = StatementTap::to(database.url()).await;
        let store = SeaOrmStore::connect(tap.url()).await.unwrap();
        let behind = SeaOrmStore::connect(database.url()).await.unwrap();
        Self { store, tap, behind, _database: database }
    }

    fn store(&self) -> Arc<dyn Store> {
        Arc::new(self.store.clone())
    }

    async fn plant(&self, fault: Fault) {
        unreachable!("no case of a season needs {fault:?}");
    }
}

/// Runs each of these cases of the contract on an empty database.
macro_rules! run_on {
    ($tapped:ident: $($module:ident :: $case:ident),+ $(,)?) => {
        $(
            $tapped.emptied().await;
            cases::$module::$case($tapped).await;
        )+
    };
}

/// Plays it: every use case, then what no use case of those asks, then verification.
pub async fn play(tapped: &Tapped) -> Played {
    let mut ends = vec![];
    for use_case in UseCase::ALL {
        ends.push(end_of(use_case, &tapped.emptied().await).await);
    }
    run_cases(tapped).await;
    let guerdon = to_be_verified(tapped).await;
    let working = tapped.asked();
    verify(&guerdon).await;
    Played { working, verifying: tapped.asked(), ends }
}

/// How the use cases of a season end where there is no database at all.
pub async fn ends_in_memory() -> Vec<String> {
    let mut ends = vec![];
    for use_case in UseCase::ALL {
        ends.push(end_of(use_case, &MemoryStore::new().shared()).await);
    }
    ends
}

async fn end_of(use_case: UseCase, store: &Arc<dyn Store>) -> String {
    use_case.prepare(store).await;
    use_case.run(&use_case.guerdon(Arc::clone(store))).await.unwrap();
    export(store.as_ref()).await
}

async fn run_cases(tapped: &Tapped) {
    run_on! { tapped:
        savepoints::released_savepoint_keeps_what_came_since,
        savepoints::going_back_after_a_refusal_revives_the_transaction,
        locking::sharers_do_not_wait_for_each_other,
        claims::claim_of_a_named_player_waits_for_whoever_has_it,
        awards::failed_award_can_still_be_applied,
        ledger::equal_entry_is_replayed_not_repeated,
        ledger::debt_begins_with_its_first_entry,
        charges::refunds_are_known_one_by_one,
        charges::pages_of_charges_make_the_whole,
        corrections::restored_badge_is_as_it_was,
        corrections::corrections_are_read_by_revision,
        levels::levels_read_back_by_player_and_level,
        rules::finished_rule_does_not_advance,
        rules::history_is_whole_and_in_order,
        reads::awards_add_up_by_state,
        reads::what_was_committed_reads_back_whole,
        reads::pages_of_players_and_tournaments_make_the_whole,
        reads::pages_of_field_and_awards_make_the_whole,
        reads::pages_of_ledger_and_steps_make_the_whole,
        reads::only_what_was_asked_for_is_found,
        leaders::pages_of_leaders_make_the_whole,
        requests::request_is_not_claimed_while_its_lease_lasts,
        requests::whoever_has_lost_a_request_writes_nothing_to_it,
        requests::requests_are_due_once_their_lease_has_ended,
        requests::old_requests_are_removed_a_few_at_a_time,
        events::pages_of_the_feed_make_the_whole,
        events::counters_and_event_change_together,
        webhooks::webhook_is_changed_by_who_has_seen_its_last_version,
        webhooks::removed_webhook_takes_its_deliveries_along,
        webhooks::wanted_events_are_fanned_out_once,
        webhooks::delivery_is_claimed_by_one_at_a_time,
        webhooks::nothing_of_a_paused_webhook_is_claimed,
        webhooks::who_was_too_slow_records_nothing,
        webhooks::what_has_ended_is_not_claimed_before_it_is_replayed,
        webhooks::everything_behind_a_place_is_replayed,
        webhooks::only_what_has_arrived_and_is_old_is_removed,
        api_keys::key_is_found_by_its_prefix_as_it_was_recorded,
        api_keys::pages_of_keys_make_the_whole,
        api_keys::key_is_revoked_once,
        api_keys::new_secret_takes_the_place_of_the_one_it_names,
        api_keys::last_use_moves_forward_only_when_it_is_old,
        timetable::later_appointment_takes_the_place_of_the_first,
        timetable::appointment_that_was_moved_meanwhile_is_not_removed,
        timetable::due_appointments_come_by_time_in_pages,
        timetable::turn_is_had_by_exactly_one,
        timetable::old_turns_are_removed_a_few_at_a_time,
        logbook::runs_are_listed_newest_first,
        logbook::observations_are_listed_since_a_moment,
        logbook::pages_of_observations_make_the_whole,
        logbook::old_observations_are_removed_a_few_at_a_time,
        logbook::old_runs_are_removed_a_few_at_a_time,
    }
}

/// What comes to be before it is verified is the work of whoever pays, on whichever connection.
async fn to_be_verified(tapped: &Tapped) -> Guerdon {
    let store = tapped.emptied().await;
    UseCase::Settle.prepare(&store).await;
    Guerdon::new(store)
}

/// Of everybody, and of the few who were touched since. When those are more than fit in memory, it
/// finds them by the same queries inside of its statements; that form is not asked for here.
async fn verify(guerdon: &Guerdon) {
    for since in [None, Some(NOW)] {
        let options = VerifyOptions { since, strict: true, ..VerifyOptions::default() };
        let report = guerdon.verify(options).await.unwrap();
        assert!(report.checks.iter().all(|it| it.unchecked.is_none()), "{report:?}");
    }
}

impl Tapped {
    async fn emptied(&self) -> Arc<dyn Store> {
        empty(self.behind.connection()).await;
        self.store()
    }

    /// The same, on tables that are distributed over nodes.
    #[must_use]
    pub fn sharded(self) -> Self {
        Self { store: self.store.sharded(), ..self }
    }

    /// The database past the tap.
    #[must_use]
    pub fn behind(&self) -> &SeaOrmStore {
        &self.behind
    }

    fn asked(&self) -> BTreeSet<String> {
        self.tap.take().into_iter().collect()
    }
}
