//! What is stored and no port reads: the history of each tournament, the outbox, what coaches said,
//! and whom rules have judged. One fact a line, in one order and in the same words whatever the
//! store; without times.

use domain::{Assessment, AssessmentId, Hash256, PlayerEvent, PlayerId, RuleId, TournamentId};
use memory_adapter::State;
use ports::spi::{TournamentChange, TournamentEvent};
use sea_orm::{ConnectionTrait, DatabaseConnection, QueryResult, Statement, TryGetable};
use uuid::Uuid;

const CHANGES: &str = "SELECT tournament_id, seq, event, from_status, to_status, actor, reason \
     FROM tournament_changes";

const EVENTS: &str = "SELECT tournament_id, seq, event_type AS event, \
     payload ->> 'from' AS from_status, payload ->> 'to' AS to_status, \
     payload ->> 'actor' AS actor, payload ->> 'reason' AS reason, \
     CAST(payload ->> 'revision' AS TEXT) AS revision, payload ->> 'results_hash' AS results_hash, \
     payload ->> 'plan_hash' AS plan_hash FROM outbox_events";

const ASSESSMENTS: &str =
    "SELECT player_id, assessment_id, skill, percentage, assessor FROM assessments";

const TOLD: &str = "SELECT player_id, seq, event_type, tournament_id, revision, data \
     FROM player_events";

const REVIEWS: &str = "SELECT player_id, rule_id, through_seq FROM rule_reviews";

/// The trail in memory.
pub(super) fn in_memory(state: &State) -> String {
    let mut lines = vec![];
    for (_, row) in state.tournaments.iter() {
        lines.extend(row.changes.values().map(|it| format!("change {}", happening(it))));
        lines.extend(row.outbox.iter().map(published));
    }
    for (player, row) in state.players.iter() {
        lines.extend(row.assessments.values().map(|it| word(&it.assessment)));
        lines.extend(row.events.iter().map(|(seq, it)| told(*seq, &it.event)));
        lines.extend(row.reviews.iter().map(|(rule, through)| review(player, *rule, *through)));
    }
    sorted(lines)
}

/// The trail in a database.
pub(super) async fn in_database(connection: &DatabaseConnection) -> String {
    let mut lines =
        facts(connection, CHANGES, |it| format!("change {}", stored_happening(it))).await;
    lines.extend(facts(connection, EVENTS, stored_event).await);
    lines.extend(facts(connection, ASSESSMENTS, stored_word).await);
    lines.extend(facts(connection, REVIEWS, stored_review).await);
    lines.extend(facts(connection, TOLD, stored_told).await);
    sorted(lines)
}

fn happening(change: &TournamentChange) -> String {
    let TournamentChange { tournament, seq, event, from, to, actor, reason, .. } = change;
    let (event, from, to) = (event.as_str(), from.as_str(), to.as_str());
    format!("{tournament} {seq} {event}: {from} to {to} by {}, {reason:?}", actor.as_str())
}

fn stored_happening(row: &QueryResult) -> String {
    let tournament = TournamentId::from_uuid(cell(row, "tournament_id"));
    let seq: i32 = cell(row, "seq");
    let [event, from, to, actor] =
        ["event", "from_status", "to_status", "actor"].map(|column| cell::<String>(row, column));
    let reason: Option<String> = cell(row, "reason");
    format!("{tournament} {seq} {event}: {from} to {to} by {actor}, {reason:?}")
}

fn published(change: &TournamentChange) -> String {
    let (results, plan, revision) = match change.event {
        TournamentEvent::ResultsSubmitted { results_hash, .. } => (Some(results_hash), None, None),
        TournamentEvent::Completed { plan_hash } => (None, Some(plan_hash), None),
        TournamentEvent::Corrected { results_hash, plan_hash, revision, .. } => {
            (Some(results_hash), Some(plan_hash), Some(revision))
        }
        _ => (None, None, None),
    };
    let [results, plan] = [results, plan].map(|it: Option<Hash256>| it.map(|it| it.to_string()));
    event(&happening(change), results, plan, revision.map(|it| it.to_string()))
}

fn stored_event(row: &QueryResult) -> String {
    let named = |column| cell(row, column);
    event(&stored_happening(row), named("results_hash"), named("plan_hash"), named("revision"))
}

fn event(
    happening: &str,
    results: Option<String>,
    plan: Option<String>,
    revision: Option<String>,
) -> String {
    let [results, plan, revision] = [results, plan, revision].map(Option::unwrap_or_default);
    format!("event {happening}, results {results:?}, plan {plan:?}, revision {revision:?}")
}

fn word(assessment: &Assessment) -> String {
    let Assessment { id, player, skill, percentage, assessor } = assessment;
    format!("assessment {player} {id}: {skill} at {} by {assessor}", percentage.units())
}

fn stored_word(row: &QueryResult) -> String {
    let player = PlayerId::from_uuid(cell(row, "player_id"));
    let id = AssessmentId::from_uuid(cell(row, "assessment_id"));
    let (skill, assessor): (String, String) = (cell(row, "skill"), cell(row, "assessor"));
    let percentage: i32 = cell(row, "percentage");
    format!("assessment {player} {id}: {skill} at {percentage} by {assessor}")
}

fn told(seq: i64, event: &PlayerEvent) -> String {
    let PlayerEvent { player, kind, award, data } = event;
    told_of(*player, seq, kind.as_str(), *award, data)
}

fn stored_told(row: &QueryResult) -> String {
    let player = PlayerId::from_uuid(cell(row, "player_id"));
    let (kind, data): (String, String) = (cell(row, "event_type"), cell(row, "data"));
    let tournament = cell::<Option<Uuid>>(row, "tournament_id").map(TournamentId::from_uuid);
    let revision = cell::<Option<i32>>(row, "revision").and_then(|it| u32::try_from(it).ok());
    told_of(player, cell(row, "seq"), &kind, tournament.zip(revision), &data)
}

fn told_of(
    player: PlayerId,
    seq: i64,
    kind: &str,
    award: Option<(TournamentId, u32)>,
    data: &str,
) -> String {
    format!("told {player} {seq} {kind} of {award:?}: {data}")
}

fn review(player: PlayerId, rule: RuleId, through: i64) -> String {
    format!("review {player} {rule}: through {through}")
}

fn stored_review(row: &QueryResult) -> String {
    let player = PlayerId::from_uuid(cell(row, "player_id"));
    review(player, RuleId::from_uuid(cell(row, "rule_id")), cell(row, "through_seq"))
}

async fn facts(
    connection: &DatabaseConnection,
    text: &str,
    line: impl Fn(&QueryResult) -> String,
) -> Vec<String> {
    let statement = Statement::from_string(connection.get_database_backend(), text);
    let rows = connection.query_all_raw(statement).await.expect("the trail reads");
    rows.iter().map(line).collect()
}

fn cell<T: TryGetable>(row: &QueryResult, column: &str) -> T {
    row.try_get("", column).expect("a column of the trail reads")
}

/// Databases answer in any order.
fn sorted(mut lines: Vec<String>) -> String {
    lines.sort_unstable();
    lines.push(String::new());
    lines.join("\n")
}
