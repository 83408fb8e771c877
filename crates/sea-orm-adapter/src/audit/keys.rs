//! The idempotency keys of the ledger.

use std::fmt::Write as _;

use domain::{
    Cause, ChargeId, ChargeStep, Currency, IdempotencyKey, PlayerId, RefundId, TournamentId,
};
use ports::{
    StoreError,
    spi::audit::{AuditScope, Audited, ForgedKey, RepeatedKey},
};
use uuid::Uuid;

use super::{search::Search, touched::Owners};
use crate::{connection::Connection, decode::Row, dialect::Dialect, sql::Step, statements::causes};

const TABLE: &str = "ledger_entries";

/// Goes along the unique index of the keys.
pub(super) async fn repeated(
    connection: &Connection<'_>,
    scope: &AuditScope,
    owners: &Owners,
) -> Result<Audited<RepeatedKey>, StoreError> {
    let mut sql = connection.sql();
    let whose = owners.own("player_id", &mut sql);
    let search = Search {
        step: Step { during: "looking for repeated keys", table: TABLE },
        // `forged` counts the same entries.
        checked: "SELECT CAST(0 AS bigint) AS rows_checked".to_owned(),
        faults: format!(
            "SELECT player_id, idempotency_key, count(*) AS copies FROM ledger_entries \
             WHERE idempotency_key IS NOT NULL{whose} \
             GROUP BY player_id, idempotency_key HAVING count(*) > 1"
        ),
        order: "player_id, idempotency_key",
        sql,
        owners,
    };
    let decode = |row: &Row<'_>| {
        let (player, key) = (row.player()?, row.text("idempotency_key")?);
        Ok(RepeatedKey { player, key, copies: row.unsigned("copies")? })
    };
    search.run(connection, scope, decode).await
}

/// A key is what its cause makes in its account.
pub(super) async fn forged(
    connection: &Connection<'_>,
    scope: &AuditScope,
    owners: &Owners,
) -> Result<Audited<ForgedKey>, StoreError> {
    let mut sql = connection.sql();
    let whose = owners.own("player_id", &mut sql);
    let key = "COALESCE(idempotency_key, '')";
    let (is_made, causes) = (is_made(connection.dialect(), key), causes::COLUMNS);
    let search = Search {
        step: Step { during: "reading keys", table: TABLE },
        checked: format!("SELECT count(*) AS rows_checked FROM ledger_entries WHERE true{whose}"),
        faults: format!(
            "SELECT player_id, currency, seq, {causes}, {key} AS idempotency_key \
             FROM ledger_entries WHERE NOT COALESCE({is_made}, false){whose}"
        ),
        order: "player_id, currency, seq",
        sql,
        owners,
    };
    let decode = |row: &Row<'_>| {
        Ok(ForgedKey {
            player: row.player()?,
            currency: row.text("currency")?,
            seq: row.amount("seq")?,
            cause: causes::decode(row).ok(),
            key: row.text("idempotency_key")?,
        })
    };
    search.run(connection, scope, decode).await
}

/// A condition: that `key` is what the row's cause makes in the row's account. Of a cause that there
/// is not it is NULL or false.
fn is_made(dialect: Dialect, key: &str) -> String {
    let mut cases = String::new();
    for cause in samples() {
        for currency in Currency::ALL {
            let made = IdempotencyKey::of(&cause, PlayerId::from_uuid(PLAYER), currency);
            let is_made = is_spelled(dialect, key, made.as_str());
            let cause = cause.as_str();
            // Writing to a string cannot fail.
            let _ =
                write!(cases, " WHEN cause = '{cause}' AND currency = '{currency}' THEN {is_made}");
        }
    }
    format!("(CASE{cases} ELSE false END)")
}

/// A condition: that `key` is `made`, with what the row has in the place of the samples.
///
/// SQLite would put the dashes into both ids of every row at some expense. It compares without them,
/// and has a pattern say where they are.
fn is_spelled(dialect: Dialect, key: &str, made: &str) -> String {
    let spell = |spell_id: &dyn Fn(&str) -> String, number: &dyn Fn(&str) -> String| {
        let ids = SAMPLE_IDS.iter().fold(made.to_owned(), |text, (id, column)| {
            text.replace(&id.to_string(), &spell_id(column))
        });
        SAMPLE_NUMBERS
            .iter()
            .fold(ids, |text, (sample, column)| text.replace(&sample.to_string(), &number(column)))
    };
    let number = |column: &str| format!("' || {column} || '");
    match dialect {
        Dialect::Postgres => {
            let id = |column: &str| format!("' || CAST({column} AS text) || '");
            format!("{key} = '{}'", spell(&id, &number))
        }
        Dialect::Sqlite => {
            let id = |column: &str| format!("' || lower(hex({column})) || '");
            let dashed = |_: &str| "????????-????-????-????-????????????".to_owned();
            let (made, pattern) = (spell(&id, &number), spell(&dashed, &number));
            format!("replace({key}, '-', '') = '{made}' AND {key} GLOB '{pattern}'")
        }
    }
}

const TOURNAMENT: Uuid = Uuid::from_u128(1);
const PLAYER: Uuid = Uuid::from_u128(2);
const CHARGE: Uuid = Uuid::from_u128(3);
const REFUND: Uuid = Uuid::from_u128(4);
const REVISION: u32 = 987_654_321;
const LEVEL: u32 = 987_654_320;

/// What samples are made of, and the columns that have it. So the domain alone knows the form of a
/// key.
const SAMPLE_IDS: [(Uuid, &str); 4] = [
    (TOURNAMENT, "tournament_id"),
    (PLAYER, "player_id"),
    (CHARGE, "charge_id"),
    (REFUND, "refund_id"),
];
const SAMPLE_NUMBERS: [(u32, &str); 2] = [(REVISION, "revision"), (LEVEL, "level")];

/// One cause of each name, the most frequent first.
fn samples() -> impl Iterator<Item = Cause> {
    use ChargeStep::{Expire, Hold, Refund, Release, Settle, Spend};
    let tournament = TournamentId::from_uuid(TOURNAMENT);
    let steps = [Spend, Hold, Settle, Release, Expire, Refund(RefundId::from_uuid(REFUND))];
    let charge = |step| Cause::Charge { charge: ChargeId::from_uuid(CHARGE), step };
    [
        Cause::Award { tournament, revision: 0 },
        Cause::Award { tournament, revision: REVISION },
        Cause::LevelUp { tournament, level: LEVEL },
    ]
    .into_iter()
    .chain(steps.map(charge))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_spelled_by_the_columns_that_it_is_made_of() {
        let condition = is_made(Dialect::Postgres, "key");

        let award = "(CASE WHEN cause = 'award' AND currency = 'XP' THEN key = 'reward:' || \
                     CAST(tournament_id AS text) || ':' || CAST(player_id AS text) || ':XP:0' ";
        assert!(condition.starts_with(award), "{condition}");
        let refund = "WHEN cause = 'refund' AND currency = 'DEBT' THEN key = 'charge:' || \
                      CAST(charge_id AS text) || ':refund:' || CAST(refund_id AS text) || ':DEBT' \
                      ELSE false END)";
        assert!(condition.ends_with(refund), "{condition}");
    }

    #[test]
    fn no_sample_is_left_in_what_the_database_is_asked() {
        for dialect in [Dialect::Postgres, Dialect::Sqlite] {
            let condition = is_made(dialect, "key");

            assert!(!condition.contains("0000") && !condition.contains("98765432"), "{condition}");
        }
    }
}
