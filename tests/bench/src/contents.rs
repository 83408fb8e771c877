//! Whether the floor has written what Guerdon has written: otherwise it would be none.

use app_service::domain::TournamentId;

use crate::{Failure, ground::Ground};

/// Milestones depend on what a player did before, and the two do not pay at the same time.
const BADGES: &str = "(SELECT * FROM badges WHERE badge_type NOT IN \
                      ('TOURNAMENT_VETERAN', 'TOURNAMENT_LEGEND', 'TRIPLE_CROWN'))";

/// What a player is told, without the same milestones, which come last of the badges.
const EVENTS: &str = r#"(SELECT player_id, seq, event_type, tournament_id, revision, occurred_at,
    regexp_replace(CAST(data AS text),
        ',\s*\{"badge":\s*"(TOURNAMENT_VETERAN|TOURNAMENT_LEGEND|TRIPLE_CROWN)"[^}]*\}', '', 'g') AS data
    FROM player_events)"#;

/// Of each table: a sum that says what is in it.
const TABLES: [(&str, &str); 7] = [
    ("awards", "sum(xp_paid + credits_paid + placement)"),
    ("ledger_entries", "sum(amount)"),
    (BADGES, "sum((badge_type LIKE '%PLACE' OR badge_type LIKE '%FINISH')::int)"),
    ("skill_steps", "sum((evidence #>> '{outcome,placed}')::int)"),
    (EVENTS, "sum((CAST(data AS jsonb) ->> 'xp')::bigint)"),
    ("tournament_changes", "sum(seq)"),
    ("outbox_events", "sum(seq)"),
];

/// Bytes may differ by so much of a hundred, in rows of which a part is somebody's own words.
const BYTES_OFF_MAX: u64 = 3;

/// Compares what each of the two has written for a tournament of its own.
pub(crate) async fn compare(
    ground: &Ground,
    floor: TournamentId,
    guerdon: TournamentId,
) -> Result<(), Failure> {
    let mut problems = vec![];
    for (table, sum) in TABLES {
        let one = contents(ground, table, sum, floor).await?;
        let other = contents(ground, table, sum, guerdon).await?;
        let is_large = other.rows > 100;
        if (one.rows, one.sum) != (other.rows, other.sum) || (is_large && one.is_off(other)) {
            problems.push(format!("{table}: {one:?} by hand, {other:?} by Guerdon"));
        }
    }
    if problems.is_empty() {
        return Ok(());
    }
    Err(format!("the floor does not write what Guerdon writes: {}", problems.join("; ")).into())
}

#[derive(Debug, Clone, Copy)]
struct Contents {
    rows: i64,
    sum: i64,
    bytes: u64,
}

impl Contents {
    fn is_off(self, other: Self) -> bool {
        self.bytes.abs_diff(other.bytes) * 100 > other.bytes * BYTES_OFF_MAX
    }
}

async fn contents(
    ground: &Ground,
    table: &str,
    sum: &str,
    id: TournamentId,
) -> Result<Contents, Failure> {
    let text = format!(
        "SELECT count(*) AS rows, {sum}::bigint AS sum, \
         COALESCE(sum(pg_column_size(t.*)), 0)::bigint AS bytes \
         FROM {table} AS t WHERE tournament_id = $1"
    );
    let row = ground.row(&text, [*id.as_uuid()]).await?;
    let bytes: i64 = row.try_get("", "bytes")?;
    Ok(Contents {
        rows: row.try_get("", "rows")?,
        sum: row.try_get::<Option<i64>>("", "sum")?.unwrap_or_default(),
        bytes: bytes.try_into()?,
    })
}
