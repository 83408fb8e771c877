//! Players: registering them, reading what they own, and their lock.

use domain::{Account, Accounts, NewPlayer, Player, PlayerId, Progress, SkillProfile};
use ports::{
    CorruptPlayer, StoreError, Timestamp,
    spi::{LockedPlayer, PlayerRecord, Recorded},
};

use super::{recorded, results};
use crate::{
    connection::Connection,
    decode::{self, Row},
    dialect::Dialect,
    layout::Layout,
    rows::Rows,
    sql::Step,
};

const TABLE: &str = "players";

/// What people call a player, in front of [`BELONGINGS`].
const NAMES: &str = "SELECT p.key, p.name,";

/// Everything that a player's lock protects, in one row. What is missing is corrupt, so the joins
/// are outer ones; but who has no account of debt owes nothing.
const BELONGINGS: &str = "p.player_id, p.baseline_level, \
    CAST(p.baseline_by_skill AS text) AS baseline_by_skill, p.tournaments, p.wins, p.podiums, \
    p.win_streak, p.podium_streak, p.level_max, \
    x.balance AS xp_balance, x.seq AS xp_seq, c.balance AS credit_balance, c.seq AS credit_seq, \
    COALESCE(d.balance, 0) AS debt_balance, COALESCE(d.seq, 0) AS debt_seq, \
    CAST(s.skills AS text) AS skills, s.seq AS step_seq \
    FROM players AS p \
    LEFT JOIN accounts AS x ON x.player_id = p.player_id AND x.currency = 'XP' \
    LEFT JOIN accounts AS c ON c.player_id = p.player_id AND c.currency = 'CREDIT' \
    LEFT JOIN accounts AS d ON d.player_id = p.player_id AND d.currency = 'DEBT' \
    LEFT JOIN skill_profiles AS s ON s.player_id = p.player_id";

/// The rows that every player owns from the start. An account of debt comes with the debt.
const ACCOUNTS: &str = "\
    INSERT INTO accounts (player_id, currency, balance, seq) \
    SELECT r.player_id, c.currency, 0, 0 \
    FROM (SELECT 'XP' AS currency UNION ALL SELECT 'CREDIT') AS c CROSS JOIN";
const PROFILES: &str =
    "INSERT INTO skill_profiles (player_id, skills, seq) SELECT r.player_id, '{}', 0 FROM";

/// Rows are inserted in ascending id, so that two who register the same players in another order
/// wait for each other instead of deadlocking.
pub(crate) async fn insert(
    connection: &Connection<'_>,
    players: &[NewPlayer],
    at: Timestamp,
) -> Result<Vec<Recorded>, StoreError> {
    let mut sorted: Vec<&NewPlayer> = players.iter().collect();
    sorted.sort_by_key(|it| it.id);
    let registered = match connection.dialect() {
        Dialect::Postgres => register_at_once(connection, &sorted, at).await?,
        Dialect::Sqlite => register_one_by_one(connection, &sorted, at).await?,
    };
    Ok(recorded(players.iter().map(|it| it.id), registered))
}

const REGISTERING: Step = Step { during: "registering players", table: TABLE };

async fn register_at_once(
    connection: &Connection<'_>,
    players: &[&NewPlayer],
    at: Timestamp,
) -> Result<Vec<PlayerId>, StoreError> {
    let mut sql = connection.sql();
    let insert = insert_text(&mut sql, players, at);
    let text = format!(
        "WITH registered AS ({insert}), \
         opened AS ({ACCOUNTS} registered AS r), begun AS ({PROFILES} registered AS r) \
         SELECT player_id FROM registered"
    );
    connection.rows(REGISTERING, sql, text, decode::player_id).await
}

async fn register_one_by_one(
    connection: &Connection<'_>,
    players: &[&NewPlayer],
    at: Timestamp,
) -> Result<Vec<PlayerId>, StoreError> {
    let mut sql = connection.sql();
    let insert = insert_text(&mut sql, players, at);
    let registered = connection.rows(REGISTERING, sql, insert, decode::player_id).await?;
    for belongings in [ACCOUNTS, PROFILES] {
        let mut sql = connection.sql();
        let rows = sql.rows(Rows::of(&registered).uuid("player_id", |it| *it.as_uuid()));
        connection.execute(REGISTERING, sql, format!("{belongings} {rows}")).await?;
    }
    Ok(registered)
}

fn insert_text(sql: &mut crate::sql::Sql, players: &[&NewPlayer], at: Timestamp) -> String {
    let at = sql.time(at);
    let rows = sql.rows(batch(players));
    let json = sql.dialect().json();
    format!(
        "INSERT INTO players AS p (player_id, key, name, baseline_level, baseline_by_skill, \
         tournaments, win_streak, created_at) \
         SELECT r.player_id, r.key, r.name, r.baseline_level, \
         CAST(NULLIF(r.baseline_by_skill, '{{}}') AS {json}), 0, 0, {at} \
         FROM {rows} WHERE true ORDER BY r.player_id \
         ON CONFLICT (player_id) DO NOTHING RETURNING player_id"
    )
}

fn batch<'a>(players: &'a [&'a NewPlayer]) -> Rows<'a, &'a NewPlayer> {
    Rows::of(players)
        .uuid("player_id", |it| *it.id.as_uuid())
        .text("key", |it| it.key.as_str())
        .text("name", |it| it.name.as_str())
        .number("baseline_level", |it| it.baseline.level.units())
        .text("baseline_by_skill", |it| super::to_json(&it.baseline.by_skill))
}

/// Locks players, and answers what they own. Two statements, because a read that had to wait for a
/// row sees the other tables as they were before it waited.
pub(crate) async fn lock_with_belongings(
    connection: &Connection<'_>,
    players: &[PlayerId],
) -> Result<Vec<LockedPlayer>, StoreError> {
    lock(connection, players).await?;
    let mut sql = connection.sql();
    let among = sql.one_of(players.iter().map(|it| *it.as_uuid()));
    let text = format!("SELECT {BELONGINGS} WHERE p.player_id {among} ORDER BY p.player_id");
    let step = Step { during: "reading locked players", table: TABLE };
    connection.rows(step, sql, text, decode_locked).await
}

/// The statement that locks a set of players: rows are sorted before they are locked. A database
/// that shards refuses this over several nodes; there an update that changes nothing takes the same
/// lock, node by node in no order.
async fn lock(connection: &Connection<'_>, players: &[PlayerId]) -> Result<(), StoreError> {
    if connection.dialect() == Dialect::Sqlite {
        return Ok(()); // The transaction is the only writer since it began.
    }
    let mut sql = connection.sql();
    let among = sql.one_of(players.iter().map(|it| *it.as_uuid()));
    let text = match connection.layout() {
        Layout::OneNode => format!(
            "SELECT player_id FROM players WHERE player_id {among} \
             ORDER BY player_id FOR NO KEY UPDATE"
        ),
        Layout::Sharded => {
            format!("UPDATE players SET level_max = level_max WHERE player_id {among}")
        }
    };
    let step = Step { during: "locking players", table: TABLE };
    connection.execute(step, sql, text).await.map(drop)
}

pub(crate) async fn find(
    connection: &Connection<'_>,
    players: &[PlayerId],
) -> Result<Vec<PlayerRecord>, StoreError> {
    let mut sql = connection.sql();
    let among = sql.one_of(players.iter().map(|it| *it.as_uuid()));
    let text = format!("{NAMES} {BELONGINGS} WHERE p.player_id {among} ORDER BY p.player_id");
    connection.rows(READING, sql, text, decode).await
}

const READING: Step = Step { during: "reading players", table: TABLE };

pub(crate) async fn list(
    connection: &Connection<'_>,
    after: Option<PlayerId>,
    limit: u32,
) -> Result<Vec<PlayerRecord>, StoreError> {
    let mut sql = connection.sql();
    let page = sql.page("player_id", after.as_ref().map(PlayerId::as_uuid), limit);
    // The page first: PostgreSQL would rather go along what all players own, from the first on, for
    // each page of them.
    let text = format!(
        "{NAMES} {BELONGINGS} WHERE p.player_id IN \
         (SELECT player_id FROM players WHERE true{page}) ORDER BY p.player_id"
    );
    connection.rows(READING, sql, text, decode).await
}

/// The next players behind `after`, by id alone.
pub(crate) async fn next(
    connection: &Connection<'_>,
    after: Option<PlayerId>,
    limit: u32,
) -> Result<Vec<PlayerId>, StoreError> {
    let mut sql = connection.sql();
    let page = sql.page("player_id", after.as_ref().map(PlayerId::as_uuid), limit);
    let text = format!("SELECT player_id FROM players WHERE true{page}");
    connection.rows(READING, sql, text, decode::player_id).await
}

pub(crate) async fn find_unregistered(
    connection: &Connection<'_>,
    players: &[PlayerId],
) -> Result<Vec<PlayerId>, StoreError> {
    let mut sql = connection.sql();
    let rows = sql.rows(Rows::of(players).uuid("player_id", |it| *it.as_uuid()));
    let text = format!(
        "SELECT DISTINCT r.player_id FROM {rows} \
         WHERE NOT EXISTS (SELECT 1 FROM players AS p WHERE p.player_id = r.player_id) \
         ORDER BY r.player_id"
    );
    connection.rows(READING, sql, text, decode::player_id).await
}

fn decode(row: &Row<'_>) -> Result<PlayerRecord, StoreError> {
    let LockedPlayer { id, state } = decode_locked(row)?;
    Ok(PlayerRecord { id, key: row.text("key")?, name: row.text("name")?, state })
}

/// What is wrong with one player's belongings must not cost the others.
fn decode_locked(row: &Row<'_>) -> Result<LockedPlayer, StoreError> {
    let id = row.player()?;
    let state = match player(id, row) {
        Ok(player) => Ok(player),
        Err(StoreError::Corrupt { table, rule, .. }) => {
            Err(CorruptPlayer { player: id, table, rule })
        }
        Err(error) => return Err(error),
    };
    Ok(LockedPlayer { id, state })
}

fn player(id: PlayerId, row: &Row<'_>) -> Result<Player, StoreError> {
    let accounts = row.of_table("accounts");
    let accounts = Accounts {
        xp: account(&accounts, "xp_balance", "xp_seq")?,
        credit: account(&accounts, "credit_balance", "credit_seq")?,
        debt: account(&accounts, "debt_balance", "debt_seq")?,
    };
    let skills = row.of_table("skill_profiles");
    Ok(Player {
        id,
        baseline: results::baseline(row, row.number("baseline_level")?)?,
        progress: progress(row)?,
        accounts,
        profile: skills.parsed("skills", |it| serde_json::from_str::<SkillProfile>(it).ok())?,
        step_seq: skills.amount("step_seq")?,
    })
}

pub(crate) fn progress(row: &Row<'_>) -> Result<Progress, StoreError> {
    Ok(Progress {
        tournaments: row.count("tournaments")?,
        wins: row.count("wins")?,
        podiums: row.count("podiums")?,
        win_streak: row.count("win_streak")?,
        podium_streak: row.count("podium_streak")?,
        level_max: row.count("level_max")?,
    })
}

fn account(row: &Row<'_>, balance: &str, seq: &str) -> Result<Account, StoreError> {
    Ok(Account { balance: row.amount(balance)?, seq: row.amount(seq)? })
}
