//! The schema of Guerdon on SQLite and PostgreSQL, one change a file.
//!
//! Tables of a player lead every key with `player_id`, tables of a tournament with
//! `tournament_id`, as [`families`] has it; there are no sequences, triggers or foreign keys, and the
//! database is never asked for the time. So the same schema shards on a distributed PostgreSQL.
//!
//! **Invariant:** an applied migration is never edited; what is wrong is put right by the next one.

mod ddl;
pub mod families;
pub mod guards;
mod m20261124_000001_create_players;
mod m20261124_000002_create_accounts;
mod m20261124_000003_create_badges;
mod m20261124_000004_create_skills;
mod m20261124_000005_create_tournaments;
mod m20261124_000006_create_results;
mod m20261124_000007_create_awards;
mod m20261124_000008_create_outbox_events;
mod m20261124_000009_index_owed_awards;
mod m20261124_000010_create_verification_runs;
mod m20261124_000011_create_lock_observations;
mod m20261125_000001_give_entries_a_cause;
mod m20261125_000012_say_what_awards_have_paid;
mod m20261125_000013_keep_histories;
mod m20261125_000014_revoke_badges;
mod m20261125_000015_keep_members_of_teams;
mod m20261125_000021_create_charges;
mod m20261125_000030_count_levels;
mod m20261125_000031_create_standing_rules;
mod m20261125_000040_keep_measured_values;
mod m20261125_000060_key_outbox_events_by_tournament;
mod m20261125_000070_create_requests;
mod m20261125_000080_create_api_keys;
mod m20261125_000090_tell_what_happens_to_players;
mod m20261125_000091_create_webhooks;
mod m20261125_000100_create_timetable;
mod migrator;

pub use self::migrator::{Begin, down, fresh, pending, status, up};
