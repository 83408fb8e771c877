//! Sabotage that is one statement, or a few, the same on both databases.

#![expect(clippy::unwrap_used, reason = "a harness without its database panics")]

use domain::{Cause, Currency, IdempotencyKey, PlayerId, TournamentId};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement, Value};
use verification::Sabotage;

/// A statement and its parameters.
type Sent = (&'static str, Vec<Value>);

pub(crate) async fn send(db: &DatabaseConnection, sabotage: Sabotage) {
    for (text, values) in of_awards(sabotage).into_iter().chain(of_accounts(sabotage)) {
        let statement = Statement::from_sql_and_values(db.get_database_backend(), text, values);
        let written = db.execute_raw(statement).await.unwrap().rows_affected();
        assert_eq!(written, 1, "{sabotage:?} finds its row");
    }
}

fn of_awards(sabotage: Sabotage) -> Vec<Sent> {
    let (text, id, player) = match sabotage {
        Sabotage::SecondAward(id, player) => (
            "INSERT INTO awards SELECT * FROM awards WHERE tournament_id = $1 AND player_id = $2",
            id,
            player,
        ),
        Sabotage::EditedAward(id, player) => (
            "UPDATE awards SET wins = wins + 1 WHERE tournament_id = $1 AND player_id = $2",
            id,
            player,
        ),
        Sabotage::UnappliedAward(id, player) => (
            "UPDATE awards SET state = 'pending', applied_at = NULL, paid_revision = NULL, \
             xp_paid = 0, credits_paid = 0 WHERE tournament_id = $1 AND player_id = $2",
            id,
            player,
        ),
        Sabotage::PaidAndPending(id, player) => (
            "UPDATE awards SET state = 'pending', applied_at = NULL \
             WHERE tournament_id = $1 AND player_id = $2",
            id,
            player,
        ),
        Sabotage::OtherTeam(id, player) => (
            "UPDATE awards SET team = 'purple' WHERE tournament_id = $1 AND player_id = $2",
            id,
            player,
        ),
        Sabotage::LargerPart(id, player) => (
            "UPDATE awards SET credits = credits + 2 WHERE tournament_id = $1 AND player_id = $2",
            id,
            player,
        ),
        Sabotage::Forgiven(id, player) => (
            "UPDATE awards SET credits_paid = credits_paid + 1 \
             WHERE tournament_id = $1 AND player_id = $2",
            id,
            player,
        ),
        Sabotage::DeletedAward(id, player) => {
            ("DELETE FROM awards WHERE tournament_id = $1 AND player_id = $2", id, player)
        }
        Sabotage::FailedAward(id, player) => (
            "UPDATE awards SET state = 'failed', failure = 'planted' \
             WHERE tournament_id = $1 AND player_id = $2",
            id,
            player,
        ),
        Sabotage::HugeAward(id, player) => (
            "UPDATE awards SET xp_base = 9223372036854775807, xp_bonus = 5 \
             WHERE tournament_id = $1 AND player_id = $2",
            id,
            player,
        ),
        Sabotage::UnreadableAward(id, player) => (
            "UPDATE awards SET state = 'lost' WHERE tournament_id = $1 AND player_id = $2",
            id,
            player,
        ),
        Sabotage::SecondBadge(id, player) => (
            "INSERT INTO badges SELECT * FROM badges \
             WHERE tournament_id = $1 AND player_id = $2 AND badge_type = 'CHAMPION'",
            id,
            player,
        ),
        Sabotage::SecondBadgeOfALife(id, player) => (
            "INSERT INTO badges (tournament_id, player_id, badge_type, once_in_a_life, earned_at) \
             SELECT $1, player_id, badge_type, false, earned_at FROM badges \
             WHERE player_id = $2 AND badge_type = 'FIRST_TOURNAMENT'",
            id,
            player,
        ),
        Sabotage::StrayStep(id, player) => (
            "INSERT INTO skill_steps \
             (tournament_id, player_id, seq, revision, evidence, changes, progress, taken_at) \
             SELECT $1, player_id, seq + 1, revision, evidence, changes, progress, taken_at \
             FROM skill_steps \
             WHERE player_id = $2",
            id,
            player,
        ),
        Sabotage::EditedPolicy(id) => {
            let text = "UPDATE tournaments SET policy = '{}' WHERE tournament_id = $1";
            return vec![(text, vec![(*id.as_uuid()).into()])];
        }
        Sabotage::UnreadableStatus(id) => {
            let text = "UPDATE tournaments SET status = 'lost' WHERE tournament_id = $1";
            return vec![(text, vec![(*id.as_uuid()).into()])];
        }
        Sabotage::Status(id, status) => {
            let text = "UPDATE tournaments SET status = $1 WHERE tournament_id = $2";
            return vec![(text, vec![status.as_str().into(), (*id.as_uuid()).into()])];
        }
        _ => return vec![],
    };
    vec![(text, vec![(*id.as_uuid()).into(), (*player.as_uuid()).into()])]
}

fn of_accounts(sabotage: Sabotage) -> Vec<Sent> {
    let (player, texts): (PlayerId, &[&'static str]) = match sabotage {
        Sabotage::BalanceOffByOne(player) => (player, &[MORE_BALANCE]),
        Sabotage::GapInNumbers(player) => (
            player,
            &[
                "UPDATE ledger_entries SET seq = seq + 1 WHERE player_id = $1 AND currency = 'XP'",
                "UPDATE accounts SET seq = seq + 1 WHERE player_id = $1 AND currency = 'XP'",
            ],
        ),
        Sabotage::CheaperCharge(player) => {
            (player, &["UPDATE charges SET amount = amount - 1 WHERE player_id = $1"])
        }
        Sabotage::DeletedCharge(player) => (player, &["DELETE FROM charges WHERE player_id = $1"]),
        Sabotage::OverdueHold(player) => (
            player,
            &["UPDATE charges SET expires_at = '2026-01-01T00:00:00Z' WHERE player_id = $1"],
        ),
        Sabotage::WrongBalanceAfter(player) => (player, &[MORE_AFTER]),
        Sabotage::LostAccount(player) => {
            (player, &["DELETE FROM accounts WHERE player_id = $1 AND currency = 'XP'"])
        }
        Sabotage::Overpaid(player) => (player, &[MORE_AMOUNT, MORE_AFTER, MORE_BALANCE]),
        Sabotage::Forgiven(_, player) => (
            player,
            &[
                "UPDATE ledger_entries SET amount = amount + 1, balance_after = balance_after + 1 \
                 WHERE player_id = $1 AND currency = 'CREDIT' AND cause = 'correction'",
                "UPDATE accounts SET balance = balance + 1 \
                 WHERE player_id = $1 AND currency = 'CREDIT'",
            ],
        ),
        Sabotage::EqualKeys(player) => (
            player,
            &["UPDATE ledger_entries SET idempotency_key = (SELECT x.idempotency_key \
               FROM ledger_entries AS x WHERE x.player_id = $1 AND x.currency = 'XP') \
               WHERE player_id = $1 AND currency = 'CREDIT'"],
        ),
        Sabotage::NoKey(player) => (
            player,
            &["UPDATE ledger_entries SET idempotency_key = '' \
               WHERE player_id = $1 AND currency = 'XP'"],
        ),
        Sabotage::MisspelledKey(player) => (
            player,
            &["UPDATE ledger_entries SET idempotency_key = \
               replace(idempotency_key, 'reward:', 'reward:-') \
               WHERE player_id = $1 AND currency = 'XP'"],
        ),
        Sabotage::ForeignKey(id, player) => {
            let text = "UPDATE ledger_entries SET idempotency_key = $1 \
                        WHERE player_id = $2 AND currency = 'XP'";
            return vec![(text, vec![key(id, player), (*player.as_uuid()).into()])];
        }
        Sabotage::HugeEntry(id, player) => {
            let append = "INSERT INTO ledger_entries (player_id, currency, seq, amount, \
                          balance_after, cause, revision, tournament_id, idempotency_key, \
                          recorded_at) \
                          SELECT player_id, currency, seq + 1, 9223372036854775807, \
                          balance_after, cause, revision, $1, $2, recorded_at \
                          FROM ledger_entries WHERE player_id = $3 AND currency = 'XP'";
            let whose = (*player.as_uuid()).into();
            return vec![(append, vec![(*id.as_uuid()).into(), key(id, player), whose])];
        }
        Sabotage::UnawardedEntry(id, player) => return unawarded_entry(id, player),
        Sabotage::UnpaidLevel(id, player) => return unpaid_level(id, player),
        of_a_career => return of_careers(of_a_career),
    };
    each(texts, player)
}

fn of_careers(sabotage: Sabotage) -> Vec<Sent> {
    let (player, texts): (PlayerId, &[&'static str]) = match sabotage {
        Sabotage::DeletedPlayer(player) => (player, &["DELETE FROM players WHERE player_id = $1"]),
        Sabotage::LostEvent(player) => (
            player,
            &["DELETE FROM player_events WHERE player_id = $1 \
               AND seq = (SELECT max(seq) FROM player_events WHERE player_id = $1)"],
        ),
        Sabotage::MisnamedEvent(player) => (
            player,
            &["UPDATE player_events SET tournament_id = player_id WHERE player_id = $1 \
               AND seq = (SELECT max(seq) FROM player_events \
               WHERE player_id = $1 AND event_type = 'reward.paid')"],
        ),
        Sabotage::UnreadableBaseline(player) => {
            (player, &["UPDATE players SET baseline_by_skill = '[]' WHERE player_id = $1"])
        }
        Sabotage::UnreadableAssessment(player) => {
            (player, &["UPDATE assessments SET skill = '' WHERE player_id = $1"])
        }
        Sabotage::UnreadableStep(player) => {
            (player, &["UPDATE skill_steps SET changes = '[]' WHERE player_id = $1"])
        }
        Sabotage::ForgottenSteps(player) => (
            player,
            &[
                "DELETE FROM skill_steps WHERE player_id = $1",
                "UPDATE skill_profiles SET skills = '{}', seq = 0 WHERE player_id = $1",
                "UPDATE players SET tournaments = 0, wins = 0, podiums = 0, win_streak = 0, \
                 podium_streak = 0 WHERE player_id = $1",
            ],
        ),
        Sabotage::SecondStep(player) => (
            player,
            &["INSERT INTO skill_steps \
               (player_id, seq, tournament_id, revision, evidence, changes, progress, \
               taken_at) SELECT player_id, seq + 1, tournament_id, revision, evidence, changes, \
               progress, taken_at FROM skill_steps WHERE player_id = $1"],
        ),
        Sabotage::EditedCounters(player) => (
            player,
            &["UPDATE players SET wins = wins + 1, podium_streak = podium_streak + 1 \
               WHERE player_id = $1"],
        ),
        Sabotage::Miscounted(player) => {
            (player, &["UPDATE players SET wins = wins + 1 WHERE player_id = $1"])
        }
        Sabotage::LevelNeverReached(player) => {
            (player, &["UPDATE players SET level_max = level_max + 1 WHERE player_id = $1"])
        }
        _ => return vec![],
    };
    each(texts, player)
}

/// Statements whose one parameter is the player.
fn each(texts: &[&'static str], player: PlayerId) -> Vec<Sent> {
    let sent = |text: &&'static str| (*text, vec![(*player.as_uuid()).into()]);
    texts.iter().map(sent).collect()
}

fn unawarded_entry(id: TournamentId, player: PlayerId) -> Vec<Sent> {
    let append = "INSERT INTO ledger_entries (player_id, currency, seq, amount, balance_after, \
                  cause, revision, tournament_id, idempotency_key, recorded_at) \
                  SELECT player_id, currency, seq + 1, 5, balance_after + 5, cause, revision, \
                  $1, $2, recorded_at \
                  FROM ledger_entries WHERE player_id = $3 AND currency = 'XP'";
    let follow = "UPDATE accounts SET balance = balance + 5, seq = seq + 1 \
                  WHERE player_id = $1 AND currency = 'XP'";
    let whose: Value = (*player.as_uuid()).into();
    let entry = vec![(*id.as_uuid()).into(), key(id, player), whose.clone()];
    vec![(append, entry), (follow, vec![whose])]
}

fn unpaid_level(id: TournamentId, player: PlayerId) -> Vec<Sent> {
    let reach = "INSERT INTO level_ups \
                 (player_id, level, tournament_id, revision, credits, reached_at) \
                 SELECT player_id, 1, $1, 0, 25, created_at FROM players WHERE player_id = $2";
    let mark = "UPDATE players SET level_max = 1 WHERE player_id = $1";
    let whose: Value = (*player.as_uuid()).into();
    vec![(reach, vec![(*id.as_uuid()).into(), whose.clone()]), (mark, vec![whose])]
}

fn key(tournament: TournamentId, player: PlayerId) -> Value {
    let cause = Cause::Award { tournament, revision: 0 };
    IdempotencyKey::of(&cause, player, Currency::Xp).to_string().into()
}

const MORE_BALANCE: &str =
    "UPDATE accounts SET balance = balance + 1 WHERE player_id = $1 AND currency = 'XP'";
const MORE_AMOUNT: &str =
    "UPDATE ledger_entries SET amount = amount + 1 WHERE player_id = $1 AND currency = 'XP'";
const MORE_AFTER: &str = "UPDATE ledger_entries SET balance_after = balance_after + 1 \
                          WHERE player_id = $1 AND currency = 'XP'";
