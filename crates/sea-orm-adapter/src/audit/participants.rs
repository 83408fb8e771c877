//! Awards, and what the ledger pays for them.

use ports::{
    StoreError,
    spi::audit::{AuditScope, Audited, MispaidAward, RepeatedAward},
};

use super::{search::Search, sums::Sum, touched::Owners};
use crate::{connection::Connection, decode::Row, sql::Step};

/// Entries that pay an award, or change what it has paid.
const OF_AWARDS: &str = "cause IN ('award', 'correction')";

/// Only a correction may leave more paid than is owed, under a policy that says so.
const FORGIVEN: &str = "(revision > 0 AND EXISTS (SELECT 1 FROM tournaments AS t \
                        WHERE t.tournament_id = awards.tournament_id \
                        AND t.policy ->> 'clawback' = 'forgive'))";

pub(super) async fn repeated_awards(
    connection: &Connection<'_>,
    scope: &AuditScope,
    owners: &Owners,
) -> Result<Audited<RepeatedAward>, StoreError> {
    let mut sql = connection.sql();
    let whose = owners.own("tournament_id", &mut sql);
    let search = Search {
        step: Step { during: "looking for repeated awards", table: "awards" },
        checked: format!("SELECT count(*) AS rows_checked FROM awards WHERE true{whose}"),
        faults: format!(
            "SELECT tournament_id, player_id, count(*) AS copies FROM awards WHERE true{whose} \
             GROUP BY tournament_id, player_id HAVING count(*) > 1"
        ),
        order: "tournament_id, player_id",
        sql,
        owners,
    };
    let decode = |row: &Row<'_>| {
        let (tournament, player) = (row.tournament()?, row.player()?);
        Ok(RepeatedAward { tournament, player, copies: row.unsigned("copies")? })
    };
    search.run(connection, scope, decode).await
}

/// What is owed and what was paid are added up side by side, so that neither is looked up for each
/// row of the other, and what has only one of the two sides is found as well.
pub(super) async fn mispaid_awards(
    connection: &Connection<'_>,
    scope: &AuditScope,
    owners: &Owners,
) -> Result<Audited<MispaidAward>, StoreError> {
    let mut sql = connection.sql();
    let whose = owners.own("tournament_id", &mut sql);
    let both = both_sides(&whose);
    let count = |column: &str| format!("CAST(sum({column}) AS bigint) AS {column}");
    let counts = ["xp_entries", "credit_entries"].map(count).join(", ");
    let xp = (Sum::of_columns(&["owed_base", "owed_bonus"]), Sum::of_columns(&["paid_xp"]));
    let credits = (Sum::of_columns(&["owed_credits"]), Sum::of_columns(&["paid_credits"]));
    let booked = (Sum::of_columns(&["booked_xp"]), Sum::of_columns(&["booked_credits"]));
    // Both sides of an equation without a minus: the negative of a number may be none.
    let credits_booked = Sum::of_columns(&["booked_credits", "debts"]);
    let (xp_differ, credits_differ) =
        (booked.0.differs_from(&xp.1), credits_booked.differs_from(&credits.1));
    let debts = Sum::of_columns(&["debts"]).nearest();
    let xp_misbooked = xp.0.differs_from(&booked.0);
    let (owed_xp, paid_xp) = (xp.0.nearest(), xp.1.nearest());
    let (owed_credits, paid_credits) = (credits.0.nearest(), credits.1.nearest());
    let (booked_xp, booked_credits) = (booked.0.nearest(), booked.1.nearest());
    let search = Search {
        step: Step { during: "adding up what awards pay", table: "awards" },
        checked: format!(
            "SELECT (SELECT count(*) FROM awards WHERE true{whose}) \
             + (SELECT count(*) FROM ledger_entries WHERE {OF_AWARDS}{whose}) AS rows_checked"
        ),
        faults: format!(
            "SELECT tournament_id, player_id, max(state) AS state, \
             CAST(max(revision) AS bigint) AS revision, {owed_xp} AS owed_xp, \
             {paid_xp} AS paid_xp, {owed_credits} AS owed_credits, {paid_credits} AS paid_credits, \
             {booked_xp} AS booked_xp, {booked_credits} AS booked_credits, {debts} AS debts, \
             {counts} FROM ({both}) AS both_sides \
             GROUP BY tournament_id, player_id \
             HAVING max(state) IS NULL OR {xp_differ} OR {credits_differ} \
             OR sum(misbooked) > 0 OR (max(state) = 'applied' AND {xp_misbooked}) \
             OR sum(xp_entries) - 1 > max(revision) OR sum(credit_entries) - 1 > max(revision)"
        ),
        order: "tournament_id, player_id",
        sql,
        owners,
    };
    search.run(connection, scope, decode_mispaid).await
}

/// What each award owes, base and bonus apart, and what each entry pays; what repays a debt does, too.
fn both_sides(whose: &str) -> String {
    format!(
        "SELECT tournament_id, player_id, state, revision, \
         CASE WHEN state = 'applied' THEN xp_base ELSE 0 END AS owed_base, \
         CASE WHEN state = 'applied' THEN xp_bonus ELSE 0 END AS owed_bonus, \
         CASE WHEN state = 'applied' THEN credits ELSE 0 END AS owed_credits, \
         xp_paid AS booked_xp, credits_paid AS booked_credits, \
         CASE WHEN state = 'applied' AND (credits > credits_paid \
         OR (credits < credits_paid AND NOT {FORGIVEN})) THEN 1 ELSE 0 END AS misbooked, \
         0 AS paid_xp, 0 AS paid_credits, 0 AS debts, 0 AS xp_entries, 0 AS credit_entries \
         FROM awards WHERE true{whose} \
         UNION ALL SELECT tournament_id, player_id, NULL, NULL, 0, 0, 0, 0, 0, 0, \
         CASE WHEN currency = 'XP' THEN amount ELSE 0 END, \
         CASE WHEN currency = 'CREDIT' THEN amount ELSE 0 END, \
         CASE WHEN currency = 'DEBT' THEN amount ELSE 0 END, \
         CASE WHEN currency = 'XP' THEN 1 ELSE 0 END, \
         CASE WHEN currency = 'CREDIT' THEN 1 ELSE 0 END \
         FROM ledger_entries WHERE {OF_AWARDS}{whose}"
    )
}

fn decode_mispaid(row: &Row<'_>) -> Result<MispaidAward, StoreError> {
    let state = row.get::<Option<String>>("state")?;
    let revision = row.get::<Option<i64>>("revision")?.unwrap_or_default();
    Ok(MispaidAward {
        tournament: row.tournament()?,
        player: row.player()?,
        award: state.map(|it| (it, revision)),
        owed: (row.amount("owed_xp")?, row.amount("owed_credits")?),
        booked: (row.amount("booked_xp")?, row.amount("booked_credits")?),
        paid: (
            row.amount("paid_xp")?,
            row.amount("paid_credits")?.saturating_sub(row.amount("debts")?),
        ),
        entries: (row.unsigned("xp_entries")?, row.unsigned("credit_entries")?),
    })
}
