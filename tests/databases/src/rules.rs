//! The rules of the schema, its keys and checks, each with a write that it refuses and no other does.

use std::collections::BTreeSet;

use migrations::guards::{self, Guard};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend};

const ID: &str = "00000000000000000000000000000001";
const OTHER: &str = "00000000000000000000000000000002";

/// A write that one rule refuses: the good row of its table with other values, or without any the
/// same row once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal {
    /// The table.
    pub table: &'static str,
    /// The other values, as `column=value`, separated by blanks.
    pub changes: &'static str,
    /// The rule that refuses it.
    pub rule: &'static str,
}

/// One good row of each table; `{id}` and `{at}` are spelled by the database.
const ROWS: [(&str, &str); 26] = [
    (
        "players",
        "player_id={id} key='k' name='n' baseline_level=600 tournaments=0 wins=0 podiums=0 win_streak=0 podium_streak=0 level_max=0 event_seq=0 created_at={at}",
    ),
    ("accounts", "player_id={id} currency='XP' balance=0 seq=0"),
    (
        "ledger_entries",
        "player_id={id} currency='XP' seq=1 amount=5 balance_after=5 cause='award' tournament_id={id} revision=0 level=NULL charge_id=NULL refund_id=NULL idempotency_key='k' recorded_at={at}",
    ),
    (
        "charges",
        "player_id={id} charge_id={id} origin='hold' amount=5 settled=0 refunded=0 state='held' expires_at={at} memo='m' created_at={at} changed_at={at}",
    ),
    (
        "badges",
        "player_id={id} tournament_id={id} badge_type='TRIPLE_CROWN' once_in_a_life=true earned_at={at} revoked_revision=NULL",
    ),
    ("skill_profiles", "player_id={id} skills='{}' seq=0"),
    (
        "skill_steps",
        "player_id={id} seq=1 tournament_id={id} revision=0 evidence='{}' changes='{}' progress='{}' taken_at={at}",
    ),
    (
        "assessments",
        "player_id={id} assessment_id={id} skill='focus' percentage=1000 assessor='a' assessed_at={at}",
    ),
    (
        "tournaments",
        "tournament_id={id} key='k' name='n' status='scheduled' policy='{}' revision=0 change_seq=0 field_size=0 created_at={at}",
    ),
    (
        "tournament_changes",
        "tournament_id={id} seq=1 event='e' from_status='scheduled' to_status='in_progress' actor='a' occurred_at={at}",
    ),
    (
        "results",
        "tournament_id={id} player_id={id} weight=1 outcome='placed' placement=1 measured=NULL wins=0 draws=0 losses=0 goals_for=0 goals_against=0",
    ),
    (
        "awards",
        "tournament_id={id} player_id={id} team=NULL weight=1 revision=0 outcome='unplaced' placement=NULL measured=NULL field_size=1 opponent_factor=10000 match_modifier=0 wins=0 draws=0 losses=0 goals_for=0 goals_against=0 xp_base=1 xp_bonus=1 credits=1 state='pending' failure=NULL applied_at=NULL paid_revision=NULL xp_paid=0",
    ),
    (
        "outbox_events",
        "event_id={id} tournament_id={id} seq=1 event_type='e' payload='{}' occurred_at={at} feed_position=1",
    ),
    ("level_ups", "player_id={id} level=1 tournament_id={id} revision=0 credits=5 reached_at={at}"),
    (
        "standing_rules",
        "rule_id={id} document='{}' state='running' players_total=0 badges_total=0 actor='a' begun_at={at} changed_at={at}",
    ),
    ("rule_reviews", "player_id={id} rule_id={id} through_seq=0 reviewed_at={at}"),
    (
        "requests",
        "request_id={id} fingerprint='f' token={id} lease_until={at} claims=1 created_at={at}",
    ),
    ("verification_runs", "run_id={id} started_at={at} outcome='held' report='{}'"),
    ("lock_observations", "observation_id={id} observed_at={at} document='{}'"),
    ("appointments", "tournament_id={id} finalize_at={at} actor='a'"),
    ("turns", "task='t' due_at={at}"),
    (
        "player_events",
        "player_id={id} seq=1 event_type='e' tournament_id={id} revision=0 data='{}' occurred_at={at} feed_position=1",
    ),
    ("feed_heads", "name='feed' last_position=0"),
    (
        "webhooks",
        "webhook_id={id} version=1 url='u' description='d' event_types='[]' secrets='[]' state='active' feed_position=0 created_at={at} changed_at={at}",
    ),
    (
        "deliveries",
        "webhook_id={id} feed_position=1 state='pending' attempts=0 due_at={at} created_at={at} error=''",
    ),
    (
        "api_keys",
        "key_id={id} prefix='p' name='n' role='viewer' secret_hash='0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef' previous_hash=NULL previous_until=NULL created_by='a' created_at={at} expires_at=NULL revoked_at=NULL last_used_at=NULL",
    ),
];

/// At least one refusal of every rule.
pub const REFUSALS: [Refusal; 110] = [
    refusal("players", "", "pk_players"),
    refusal("players", "player_id={other} baseline_level=1001", "ck_players_baseline_level"),
    refusal("players", "player_id={other} baseline_level=-1", "ck_players_baseline_level"),
    refusal("players", "player_id={other} tournaments=-1", "ck_players_tournaments"),
    refusal("players", "player_id={other} win_streak=-1", "ck_players_win_streak"),
    refusal("players", "player_id={other} wins=-1", "ck_players_wins"),
    refusal("players", "player_id={other} podiums=-1", "ck_players_podiums"),
    refusal("players", "player_id={other} podium_streak=-1", "ck_players_podium_streak"),
    refusal("accounts", "", "pk_accounts"),
    refusal("accounts", "player_id={other} currency='GOLD'", "ck_accounts_currency"),
    refusal("accounts", "player_id={other} balance=-1", "ck_accounts_balance"),
    refusal("accounts", "currency='DEBT' balance=-1", "ck_accounts_balance"),
    refusal("accounts", "player_id={other} seq=-1", "ck_accounts_seq"),
    refusal("ledger_entries", "idempotency_key='other'", "pk_ledger_entries"),
    refusal("ledger_entries", "seq=2", "uq_ledger_entries_idempotency_key"),
    refusal("ledger_entries", "seq=2 idempotency_key='other' amount=0", "ck_ledger_entries_amount"),
    refusal(
        "ledger_entries",
        "seq=2 idempotency_key='other' balance_after=-1",
        "ck_ledger_entries_balance_after",
    ),
    refusal(
        "ledger_entries",
        "seq=2 idempotency_key='other' currency='CREDIT' amount=-1 balance_after=-1",
        "ck_ledger_entries_balance_after",
    ),
    refusal(
        "ledger_entries",
        "seq=2 idempotency_key='other' cause='gift'",
        "ck_ledger_entries_cause",
    ),
    refusal(
        "ledger_entries",
        "seq=2 idempotency_key='other' revision=1",
        "ck_ledger_entries_cause",
    ),
    refusal(
        "ledger_entries",
        "seq=2 idempotency_key='other' cause='spend'",
        "ck_ledger_entries_cause",
    ),
    refusal(
        "ledger_entries",
        "seq=2 idempotency_key='other' cause='refund' tournament_id=NULL revision=NULL charge_id={id}",
        "ck_ledger_entries_cause",
    ),
    refusal(
        "ledger_entries",
        "seq=2 idempotency_key='other' cause='level_up' revision=NULL level=-1",
        "ck_ledger_entries_cause",
    ),
    refusal("charges", "", "pk_charges"),
    refusal("charges", "charge_id={other} origin='gift'", "ck_charges_origin"),
    refusal("charges", "charge_id={other} origin='spend'", "ck_charges_origin"),
    refusal("charges", "charge_id={other} amount=0", "ck_charges_amount"),
    refusal("charges", "charge_id={other} state='lost'", "ck_charges_state"),
    refusal("charges", "charge_id={other} settled=1", "ck_charges_settled"),
    refusal("charges", "charge_id={other} state='settled' settled=6", "ck_charges_settled"),
    refusal("charges", "charge_id={other} state='settled'", "ck_charges_settled"),
    refusal("charges", "charge_id={other} refunded=-1", "ck_charges_refunded"),
    refusal("charges", "charge_id={other} refunded=1", "ck_charges_refunded"),
    refusal("badges", "once_in_a_life=false", "pk_badges"),
    refusal("badges", "tournament_id={other}", "uq_badges_once_in_a_life"),
    refusal("badges", "badge_type='CHAMPION' revoked_revision=1", "ck_badges_revoked"),
    refusal("skill_profiles", "", "pk_skill_profiles"),
    refusal("skill_profiles", "player_id={other} seq=-1", "ck_skill_profiles_seq"),
    refusal("skill_steps", "tournament_id={other}", "pk_skill_steps"),
    refusal("skill_steps", "seq=2", "uq_skill_steps_tournament"),
    refusal("assessments", "", "pk_assessments"),
    refusal("assessments", "assessment_id={other} percentage=1001", "ck_assessments_percentage"),
    refusal("tournaments", "", "pk_tournaments"),
    refusal("tournaments", "tournament_id={other} status='lost'", "ck_tournaments_status"),
    refusal("tournaments", "tournament_id={other} revision=-1", "ck_tournaments_revision"),
    refusal("tournaments", "tournament_id={other} change_seq=-1", "ck_tournaments_change_seq"),
    refusal("tournaments", "tournament_id={other} field_size=-1", "ck_tournaments_field_size"),
    refusal("tournament_changes", "", "pk_tournament_changes"),
    refusal("tournament_changes", "seq=0", "ck_tournament_changes_seq"),
    refusal("tournament_changes", "seq=2 event='corrected'", "ck_tournament_changes_reason"),
    refusal("results", "", "pk_results"),
    refusal("results", "player_id={other} outcome='won' placement=NULL", "ck_results_outcome"),
    refusal("results", "player_id={other} placement=NULL", "ck_results_placement"),
    refusal("results", "player_id={other} placement=0", "ck_results_placement"),
    refusal("results", "player_id={other} wins=-1", "ck_results_record"),
    refusal("results", "player_id={other} weight=0", "ck_results_weight"),
    refusal("results", "player_id={other} weight=1000001", "ck_results_weight"),
    refusal(
        "results",
        "player_id={other} outcome='disqualified' placement=NULL measured='9.58'",
        "ck_results_measured",
    ),
    refusal("awards", "", "pk_awards"),
    refusal("awards", "player_id={other} outcome='won'", "ck_awards_outcome"),
    refusal("awards", "player_id={other} team='t' weight=0", "ck_awards_weight"),
    refusal("awards", "player_id={other} weight=2", "ck_awards_weight"),
    refusal("awards", "player_id={other} state='lost'", "ck_awards_state"),
    refusal("awards", "player_id={other} placement=1", "ck_awards_placement"),
    refusal("awards", "player_id={other} credits=-1", "ck_awards_amounts"),
    refusal("awards", "player_id={other} losses=-1", "ck_awards_record"),
    refusal("awards", "player_id={other} field_size=-1", "ck_awards_field_size"),
    refusal("awards", "player_id={other} revision=-1", "ck_awards_revision"),
    refusal("awards", "player_id={other} state='failed'", "ck_awards_failure"),
    refusal("awards", "player_id={other} state='applied' paid_revision=0", "ck_awards_applied_at"),
    refusal(
        "awards",
        "player_id={other} state='applied' applied_at={at} paid_revision=1",
        "ck_awards_paid_revision",
    ),
    refusal("awards", "player_id={other} xp_paid=1", "ck_awards_paid"),
    refusal("awards", "player_id={other} measured='9.58'", "ck_awards_measured"),
    refusal("outbox_events", "", "pk_outbox_events"),
    refusal("players", "player_id={other} level_max=-1", "ck_players_level_max"),
    refusal("level_ups", "tournament_id={other}", "pk_level_ups"),
    refusal("level_ups", "level=0", "ck_level_ups_level"),
    refusal("level_ups", "level=2 revision=-1", "ck_level_ups_revision"),
    refusal("level_ups", "level=2 credits=-1", "ck_level_ups_credits"),
    refusal("standing_rules", "", "pk_standing_rules"),
    refusal("standing_rules", "rule_id={other} state='lost'", "ck_standing_rules_state"),
    refusal("standing_rules", "rule_id={other} players_total=-1", "ck_standing_rules_totals"),
    refusal("standing_rules", "rule_id={other} badges_total=-1", "ck_standing_rules_totals"),
    refusal("rule_reviews", "through_seq=1", "pk_rule_reviews"),
    refusal("rule_reviews", "rule_id={other} through_seq=-1", "ck_rule_reviews_through_seq"),
    refusal("requests", "", "pk_requests"),
    refusal("requests", "request_id={other} claims=0", "ck_requests_claims"),
    refusal("verification_runs", "", "pk_verification_runs"),
    refusal("verification_runs", "run_id={other} outcome='lost'", "ck_verification_runs_outcome"),
    refusal("lock_observations", "", "pk_lock_observations"),
    refusal("appointments", "", "pk_appointments"),
    refusal("turns", "", "pk_turns"),
    refusal("players", "player_id={other} event_seq=-1", "ck_players_event_seq"),
    refusal("player_events", "event_type='other'", "pk_player_events"),
    refusal("player_events", "seq=0", "ck_player_events_seq"),
    refusal("player_events", "seq=2 feed_position=0", "ck_player_events_feed_position"),
    refusal("outbox_events", "seq=2 feed_position=0", "ck_outbox_events_feed_position"),
    refusal("feed_heads", "last_position=1", "pk_feed_heads"),
    refusal("feed_heads", "name='other' last_position=-1", "ck_feed_heads_last_position"),
    refusal("webhooks", "url='other'", "pk_webhooks"),
    refusal("webhooks", "webhook_id={other} state='lost'", "ck_webhooks_state"),
    refusal("webhooks", "webhook_id={other} feed_position=-1", "ck_webhooks_feed_position"),
    refusal("deliveries", "attempts=1", "pk_deliveries"),
    refusal("deliveries", "feed_position=2 state='lost'", "ck_deliveries_state"),
    refusal("deliveries", "feed_position=2 attempts=-1", "ck_deliveries_attempts"),
    refusal("api_keys", "prefix='other'", "pk_api_keys"),
    refusal("api_keys", "key_id={other}", "uq_api_keys_prefix"),
    refusal("api_keys", "key_id={other} prefix='other' role='root'", "ck_api_keys_role"),
    refusal(
        "api_keys",
        "key_id={other} prefix='other' secret_hash='grd'",
        "ck_api_keys_secret_hash",
    ),
    refusal(
        "api_keys",
        "key_id={other} prefix='other' previous_hash='before'",
        "ck_api_keys_previous",
    ),
];

const fn refusal(table: &'static str, changes: &'static str, rule: &'static str) -> Refusal {
    Refusal { table, changes, rule }
}

impl Refusal {
    /// Tries the write; what the database says is the error.
    pub async fn write(&self, db: &impl ConnectionTrait) -> Result<(), String> {
        insert(db, self.table, &changed(&good_row(self.table), &fields(self.changes))).await
    }

    /// Whether the database names this rule in what it says. SQLite names a check, and of a key the
    /// columns.
    #[must_use]
    pub fn is_named(&self, db: &impl ConnectionTrait, said: &str) -> bool {
        match db.get_database_backend() {
            DbBackend::Sqlite if !self.rule.starts_with("ck_") => {
                said.contains("UNIQUE constraint failed")
            }
            _ => said.contains(self.rule),
        }
    }
}

/// Writes the good row of `table`.
pub async fn write_good_row(db: &impl ConnectionTrait, table: &str) {
    insert(db, table, &good_row(table)).await.unwrap();
}

/// The rules that are live in a database, by name. A name of two words is that of a column, say, and
/// an index that is not unique refuses nothing.
pub async fn live_rules(db: &DatabaseConnection) -> BTreeSet<String> {
    let refuses = |it: &Guard| !it.name.contains(' ') && !it.definition.starts_with("CREATE INDEX");
    let guards = guards::live(db).await.unwrap();
    guards.into_iter().filter(refuses).map(|it| it.name).collect()
}

async fn insert(
    db: &impl ConnectionTrait,
    table: &str,
    fields: &[(&str, &str)],
) -> Result<(), String> {
    let names: Vec<_> = fields.iter().map(|it| it.0).collect();
    let values: Vec<_> = fields.iter().map(|it| spelled(db, it.1)).collect();
    let text = format!("INSERT INTO {table} ({}) VALUES ({})", names.join(", "), values.join(", "));
    db.execute_unprepared(&text).await.map(drop).map_err(|it| it.to_string())
}

fn good_row(table: &str) -> Vec<(&'static str, &'static str)> {
    fields(ROWS.iter().find(|it| it.0 == table).unwrap().1)
}

fn fields(row: &str) -> Vec<(&str, &str)> {
    row.split_whitespace().map(|it| it.split_once('=').unwrap()).collect()
}

fn changed<'a>(
    good: &[(&'a str, &'a str)],
    changes: &[(&'a str, &'a str)],
) -> Vec<(&'a str, &'a str)> {
    let new = |name| changes.iter().find(|it| it.0 == name).map(|it| it.1);
    good.iter().map(|(name, old)| (*name, new(*name).unwrap_or(old))).collect()
}

fn spelled(db: &impl ConnectionTrait, value: &str) -> String {
    let id = |hex| match db.get_database_backend() {
        DbBackend::Sqlite => format!("x'{hex}'"),
        _ => format!("'{hex}'"),
    };
    let (one, other) = (id(ID), id(OTHER));
    value.replace("{id}", &one).replace("{other}", &other).replace("{at}", "'2026-11-24T12:00:00Z'")
}
