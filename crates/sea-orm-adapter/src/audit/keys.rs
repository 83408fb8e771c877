//! The idempotency keys of the ledger.

use domain::{Currency, IdempotencyKey, PlayerId, Purpose, TournamentId};
use ports::{
    StoreError,
    spi::audit::{AuditScope, Audited, ForgedKey, RepeatedKey},
};
use uuid::Uuid;

use super::{search::Search, touched::Owners};
use crate::{connection::Connection, decode::Row, dialect::Dialect, sql::Step};

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

/// A key is what its cause makes, up to the digits of the revision at its end.
pub(super) async fn forged(
    connection: &Connection<'_>,
    scope: &AuditScope,
    owners: &Owners,
) -> Result<Audited<ForgedKey>, StoreError> {
    let mut sql = connection.sql();
    let whose = owners.own("player_id", &mut sql);
    let key = "COALESCE(idempotency_key, '')";
    let stem = "rtrim(COALESCE(idempotency_key, ''), '0123456789')";
    let is_not_made = is_not_made(connection.dialect(), stem);
    let search = Search {
        step: Step { during: "reading keys", table: TABLE },
        checked: format!("SELECT count(*) AS rows_checked FROM ledger_entries WHERE true{whose}"),
        faults: format!(
            "SELECT player_id, currency, seq, tournament_id, {key} AS idempotency_key \
             FROM ledger_entries WHERE ({is_not_made} OR {stem} = {key} \
             OR (substr({key}, length({stem}) + 1, 1) = '0' AND length({key}) > length({stem}) + 1)\
             ){whose}"
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
            tournament: row.tournament()?,
            key: row.text("idempotency_key")?,
        })
    };
    search.run(connection, scope, decode).await
}

/// A condition: that `stem`, a key without its revision, is not what the row's cause makes.
///
/// SQLite would put the dashes into both ids of every row at some expense. It compares without them,
/// and has a pattern say where they are.
fn is_not_made(dialect: Dialect, stem: &str) -> String {
    match dialect {
        Dialect::Postgres => {
            let id = |column| format!("' || CAST({column} AS text) || '");
            let made = stem_of(&id("tournament_id"), &id("player_id"), "' || currency || '");
            format!("{stem} <> '{made}'")
        }
        Dialect::Sqlite => {
            let id = |column| format!("' || lower(hex({column})) || '");
            let made = stem_of(&id("tournament_id"), &id("player_id"), "' || currency || '");
            let dashed = "????????-????-????-????-????????????";
            let pattern = stem_of(dashed, dashed, "*");
            format!("replace({stem}, '-', '') <> '{made}' OR {stem} NOT GLOB '{pattern}'")
        }
    }
}

/// A key that the domain made, up to its revision, with something else in the place of what it was
/// made of: so there is no second place that knows its form.
fn stem_of(tournament: &str, player: &str, currency: &str) -> String {
    let (one, two) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let (id, whose) = (TournamentId::from_uuid(one), PlayerId::from_uuid(two));
    let key = IdempotencyKey::of(Purpose::Reward, id, whose, Currency::Xp, 0);
    let stem = key.as_str().trim_end_matches(|it: char| it.is_ascii_digit());
    stem.replace(Currency::Xp.as_str(), currency)
        .replace(&one.to_string(), tournament)
        .replace(&two.to_string(), player)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_spelled_by_the_columns_that_it_is_made_of() {
        let condition = is_not_made(Dialect::Postgres, "key");

        let expected = "key <> 'reward:' || CAST(tournament_id AS text) || ':' || \
                        CAST(player_id AS text) || ':' || currency || ':'";
        assert_eq!(condition, expected);
    }
}
