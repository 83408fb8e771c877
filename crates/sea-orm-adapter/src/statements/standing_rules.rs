//! Badge rules that are held against the past, and through which step of whose history.

use std::collections::{BTreeMap, BTreeSet};

use domain::{BadgeRule, PlayerId, ReviewedRule, RuleId, StandingRule};
use ports::{
    Actor, StoreError, Timestamp,
    spi::{Recorded, RuleAdvance, RuleRecord},
};
use uuid::Uuid;

use crate::{connection::Connection, decode::Row, errors, rows::Rows, sql::Step};

const TABLE: &str = "standing_rules";
const READING: Step = Step { during: "reading standing rules", table: TABLE };
const COLUMNS: &str = "rule_id, CAST(document AS text) AS document, state, cursor_player_id, \
                       players_total, badges_total, actor, begun_at, changed_at";

pub(crate) async fn insert(
    connection: &Connection<'_>,
    rule: &StandingRule,
    actor: &Actor,
    at: Timestamp,
) -> Result<Recorded, StoreError> {
    let mut sql = connection.sql();
    let (id, at) = (sql.uuid(rule.id.as_uuid()), sql.time(at));
    let (document, actor) =
        (sql.text(rule.rule.to_document().to_string()), sql.text(actor.as_str()));
    let json = sql.dialect().json();
    let text = format!(
        "INSERT INTO standing_rules AS s (rule_id, document, state, cursor_player_id, \
         players_total, badges_total, actor, begun_at, changed_at) \
         SELECT {id}, CAST({document} AS {json}), 'running', NULL, 0, 0, {actor}, {at}, {at} \
         WHERE NOT EXISTS (SELECT 1 FROM standing_rules r WHERE r.rule_id = {id}) \
         ON CONFLICT (rule_id) DO NOTHING RETURNING rule_id"
    );
    let step = Step { during: "setting up a standing rule", table: TABLE };
    let written = connection.row(step, sql, text, rule_id).await?;
    Ok(if written.is_some() { Recorded::New } else { Recorded::Replayed })
}

pub(crate) async fn lock(
    connection: &Connection<'_>,
    id: RuleId,
) -> Result<Option<StandingRule>, StoreError> {
    let mut sql = connection.sql();
    let lock = sql.dialect().locking(" FOR NO KEY UPDATE");
    let id = sql.uuid(id.as_uuid());
    let text = format!("SELECT {COLUMNS} FROM standing_rules WHERE rule_id = {id}{lock}");
    let step = Step { during: "locking a standing rule", table: TABLE };
    Ok(connection.row(step, sql, text, decode).await?.map(|it| it.rule))
}

pub(crate) async fn list(
    connection: &Connection<'_>,
    after: Option<RuleId>,
    limit: u32,
) -> Result<Vec<RuleRecord>, StoreError> {
    let mut sql = connection.sql();
    let page = sql.page("rule_id", after.as_ref().map(RuleId::as_uuid), limit);
    let text = format!("SELECT {COLUMNS} FROM standing_rules WHERE true{page}");
    connection.rows(READING, sql, text, decode).await
}

pub(crate) async fn find(
    connection: &Connection<'_>,
    ids: &[RuleId],
) -> Result<Vec<RuleRecord>, StoreError> {
    let mut sql = connection.sql();
    let among = sql.one_of(ids.iter().map(|it| *it.as_uuid()));
    let text =
        format!("SELECT {COLUMNS} FROM standing_rules WHERE rule_id {among} ORDER BY rule_id");
    connection.rows(READING, sql, text, decode).await
}

/// The rules that have judged these players' histories, and how far: two statements, or one where
/// there are none.
pub(crate) async fn reviewed(
    connection: &Connection<'_>,
    players: &[PlayerId],
) -> Result<BTreeMap<PlayerId, Vec<ReviewedRule>>, StoreError> {
    let reviews = reviews(connection, players).await?;
    let ids: BTreeSet<_> = reviews.iter().map(|it| it.1).collect();
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rules = find(connection, &Vec::from_iter(ids)).await?;
    let rules: BTreeMap<_, _> = rules.into_iter().map(|it| (it.rule.id, it.rule.rule)).collect();
    let mut reviewed: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (player, id, through) in reviews {
        let rule = rules.get(&id).cloned();
        let rule = rule.ok_or_else(|| errors::corrupt(TABLE, "a rule that judged is there"))?;
        reviewed.entry(player).or_default().push(ReviewedRule { rule, through });
    }
    Ok(reviewed)
}

async fn reviews(
    connection: &Connection<'_>,
    players: &[PlayerId],
) -> Result<Vec<(PlayerId, RuleId, i64)>, StoreError> {
    let mut sql = connection.sql();
    let among = sql.one_of(players.iter().map(|it| *it.as_uuid()));
    let text = format!(
        "SELECT player_id, rule_id, through_seq FROM rule_reviews WHERE player_id {among} \
         ORDER BY player_id, rule_id"
    );
    let step = Step { during: "reading reviews", table: "rule_reviews" };
    let decode = |row: &Row<'_>| Ok((row.player()?, rule_id(row)?, row.amount("through_seq")?));
    connection.rows(step, sql, text, decode).await
}

pub(crate) async fn advance(
    connection: &Connection<'_>,
    advance: &RuleAdvance,
    at: Timestamp,
) -> Result<(), StoreError> {
    if !advance.reviews.is_empty() {
        insert_reviews(connection, advance, at).await?;
    }
    let mut sql = connection.sql();
    let (id, at) = (sql.uuid(advance.id.as_uuid()), sql.time(at));
    let cursor = sql.bind(advance.cursor.map(|it| *it.as_uuid()).into());
    let players = sql.number(i64::try_from(advance.reviews.len()).unwrap_or(i64::MAX));
    let badges = sql.number(i64::try_from(advance.badges).unwrap_or(i64::MAX));
    let state = sql.text(if advance.finished { "finished" } else { "running" });
    let text = format!(
        "UPDATE standing_rules SET state = {state}, \
         cursor_player_id = COALESCE({cursor}, cursor_player_id), \
         players_total = players_total + {players}, badges_total = badges_total + {badges}, \
         changed_at = {at} WHERE rule_id = {id} AND state = 'running'"
    );
    let step = Step { during: "advancing a standing rule", table: TABLE };
    match connection.execute(step, sql, text).await? {
        0 => Err(errors::corrupt(TABLE, "a rule that is finished does not advance")),
        _ => Ok(()),
    }
}

async fn insert_reviews(
    connection: &Connection<'_>,
    advance: &RuleAdvance,
    at: Timestamp,
) -> Result<(), StoreError> {
    let mut sql = connection.sql();
    let (id, at) = (sql.uuid(advance.id.as_uuid()), sql.time(at));
    let rows = Rows::of(&advance.reviews)
        .uuid("player_id", |it| *it.player.as_uuid())
        .number("through_seq", |it| it.through);
    let rows = sql.rows(rows);
    let text = format!(
        "INSERT INTO rule_reviews (player_id, rule_id, through_seq, reviewed_at) \
         SELECT r.player_id, {id}, r.through_seq, {at} FROM {rows}"
    );
    let step = Step { during: "recording reviews", table: "rule_reviews" };
    connection.execute(step, sql, text).await.map(drop)
}

fn rule_id(row: &Row<'_>) -> Result<RuleId, StoreError> {
    row.get::<Uuid>("rule_id").map(RuleId::from_uuid)
}

fn decode(row: &Row<'_>) -> Result<RuleRecord, StoreError> {
    let document = |text: &str| {
        let document = serde_json::from_str(text).ok()?;
        BadgeRule::from_document(&document).ok()
    };
    let finished = |state: &str| match state {
        "running" => Some(false),
        "finished" => Some(true),
        _ => None,
    };
    let rule = StandingRule {
        id: rule_id(row)?,
        rule: row.parsed("document", document)?,
        finished: row.parsed("state", finished)?,
        cursor: row.get::<Option<Uuid>>("cursor_player_id")?.map(PlayerId::from_uuid),
        players: row.unsigned("players_total")?,
        badges: row.unsigned("badges_total")?,
    };
    let actor = row.text("actor")?;
    Ok(RuleRecord {
        rule,
        actor,
        begun_at: row.time("begun_at")?,
        changed_at: row.time("changed_at")?,
    })
}
