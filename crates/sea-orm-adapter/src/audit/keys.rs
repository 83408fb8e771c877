//! The idempotency keys of the ledger.

use domain::{Currency, IdempotencyKey, PlayerId, Purpose, TournamentId};
use ports::{
    StoreError,
    spi::audit::{AuditScope, Audited, ForgedKey, RepeatedKey},
};
use uuid::Uuid;

use super::search::{Search, of_touched_players};
use crate::{connection::Connection, decode::Row, dialect::Dialect, sql::Step};

const TABLE: &str = "ledger_entries";

/// Goes along the unique index of the keys.
pub(super) async fn repeated(
    connection: &Connection<'_>,
    scope: &AuditScope,
) -> Result<Audited<RepeatedKey>, StoreError> {
    let mut sql = connection.sql();
    let whose = of_touched_players(&mut sql, scope, "player_id");
    let search = Search {
        step: Step { during: "looking for repeated keys", table: TABLE },
        checked: format!("SELECT count(*) AS rows_checked FROM ledger_entries WHERE true{whose}"),
        faults: format!(
            "SELECT player_id, idempotency_key, count(*) AS copies FROM ledger_entries \
             WHERE idempotency_key IS NOT NULL{whose} \
             GROUP BY player_id, idempotency_key HAVING count(*) > 1"
        ),
        order: "player_id, idempotency_key",
        sql,
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
) -> Result<Audited<ForgedKey>, StoreError> {
    let mut sql = connection.sql();
    let whose = of_touched_players(&mut sql, scope, "player_id");
    let made = made_but_for_the_revision(connection.dialect());
    let key = "COALESCE(idempotency_key, '')";
    let stem = "rtrim(COALESCE(idempotency_key, ''), '0123456789')";
    let search = Search {
        step: Step { during: "reading keys", table: TABLE },
        checked: format!("SELECT count(*) AS rows_checked FROM ledger_entries WHERE true{whose}"),
        faults: format!(
            "SELECT player_id, currency, seq, tournament_id, {key} AS idempotency_key \
             FROM ledger_entries WHERE ({stem} <> {made} OR {stem} = {key} \
             OR (substr({key}, length({stem}) + 1, 1) = '0' AND length({key}) > length({stem}) + 1)\
             ){whose}"
        ),
        order: "player_id, currency, seq",
        sql,
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

/// The key of a row's cause, as an expression, up to its revision. It is a key that the domain made,
/// with columns in the place of what it was made of, so that there is no second place that knows its
/// form.
fn made_but_for_the_revision(dialect: Dialect) -> String {
    let (tournament, player) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let key = IdempotencyKey::of(
        Purpose::Reward,
        TournamentId::from_uuid(tournament),
        PlayerId::from_uuid(player),
        Currency::Xp,
        0,
    );
    let key = key.as_str().strip_suffix('0').unwrap_or_default();
    let column = |name: &str| format!("' || {name} || '");
    let text = key
        .replace(&tournament.to_string(), &column(&dialect.uuid_text("tournament_id")))
        .replace(&player.to_string(), &column(&dialect.uuid_text("player_id")))
        .replace(Currency::Xp.as_str(), &column("currency"));
    format!("'{text}'")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_spelled_by_the_columns_that_it_is_made_of() {
        let made = made_but_for_the_revision(Dialect::Postgres);

        let expected = "'reward:' || CAST(tournament_id AS text) || ':' || \
                        CAST(player_id AS text) || ':' || currency || ':'";
        assert_eq!(made, expected);
    }
}
