//! Takes out the guard that a sabotage is about, or that stands in its way.

#![expect(clippy::unwrap_used, reason = "a harness without its database panics")]

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend};
use verification::Sabotage;

/// How PostgreSQL is told, and what is put in the place of what in SQLite's text of the table.
struct Loosening {
    postgres: &'static str,
    table: &'static str,
    /// `None` gives the whole table up for one without any constraint.
    sqlite: Option<(&'static str, &'static str)>,
}

pub(crate) async fn loosen(db: &DatabaseConnection, sabotage: Sabotage) {
    let text = match (in_both(sabotage), loosening(sabotage)) {
        (Some(text), _) => text.to_owned(),
        (None, Some(it)) if db.get_database_backend() == DbBackend::Postgres => {
            it.postgres.to_owned()
        }
        (None, Some(it)) => in_sqlite(&it),
        (None, None) => return,
    };
    db.execute_unprepared(&text).await.unwrap();
}

/// What both databases are told in the same words.
fn in_both(sabotage: Sabotage) -> Option<&'static str> {
    match sabotage {
        Sabotage::DroppedTable => Some("DROP TABLE badges"),
        Sabotage::DroppedIndex => Some("DROP INDEX ix_awards_owed"),
        Sabotage::IndexNotUnique => Some(
            "DROP INDEX uq_badges_once_in_a_life; \
             CREATE INDEX uq_badges_once_in_a_life \
             ON badges (player_id, badge_type) WHERE once_in_a_life",
        ),
        _ => None,
    }
}

fn loosening(sabotage: Sabotage) -> Option<Loosening> {
    let (postgres, table, sqlite) = match sabotage {
        Sabotage::SecondAward(..) => {
            ("ALTER TABLE awards DROP CONSTRAINT pk_awards", "awards", None)
        }
        Sabotage::SecondBadge(..) => {
            ("ALTER TABLE badges DROP CONSTRAINT pk_badges", "badges", None)
        }
        Sabotage::EqualKeys(..) => (
            "ALTER TABLE ledger_entries DROP CONSTRAINT uq_ledger_entries_idempotency_key",
            "ledger_entries",
            None,
        ),
        Sabotage::SecondStep(..) => (
            "ALTER TABLE skill_steps DROP CONSTRAINT uq_skill_steps_tournament",
            "skill_steps",
            None,
        ),
        Sabotage::PaidAndPending(..) => {
            ("ALTER TABLE awards DROP CONSTRAINT ck_awards_paid", "awards", None)
        }
        Sabotage::UnreadableAward(..) => {
            ("ALTER TABLE awards DROP CONSTRAINT ck_awards_state", "awards", None)
        }
        Sabotage::UnreadableStatus(..) => {
            ("ALTER TABLE tournaments DROP CONSTRAINT ck_tournaments_status", "tournaments", None)
        }
        Sabotage::DroppedConstraint => (
            "ALTER TABLE accounts DROP CONSTRAINT ck_accounts_balance",
            "accounts",
            Some((
                "CONSTRAINT ck_accounts_balance CHECK (balance >= 0 OR currency = ''CREDIT''),",
                "",
            )),
        ),
        Sabotage::WeakenedConstraint => (
            "ALTER TABLE accounts DROP CONSTRAINT ck_accounts_balance; \
             ALTER TABLE accounts ADD CONSTRAINT ck_accounts_balance CHECK (balance >= -1000)",
            "accounts",
            Some(("CHECK (balance >= 0 OR", "CHECK (balance >= -1000 OR")),
        ),
        Sabotage::NullableKey => (
            "ALTER TABLE ledger_entries ALTER COLUMN idempotency_key DROP NOT NULL",
            "ledger_entries",
            Some(("idempotency_key TEXT NOT NULL", "idempotency_key TEXT")),
        ),
        _ => return None,
    };
    Some(Loosening { postgres, table, sqlite })
}

fn in_sqlite(loosening: &Loosening) -> String {
    let table = loosening.table;
    match loosening.sqlite {
        None => format!(
            "CREATE TABLE loose AS SELECT * FROM {table}; DROP TABLE {table}; \
             ALTER TABLE loose RENAME TO {table}"
        ),
        Some((from, to)) => format!(
            "PRAGMA writable_schema = ON; \
             UPDATE sqlite_schema SET sql = replace(sql, '{from}', '{to}') WHERE name = '{table}'; \
             PRAGMA writable_schema = RESET"
        ),
    }
}
