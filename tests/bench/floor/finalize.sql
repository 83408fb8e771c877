-- One tournament, everything that a reward is, in one transaction, by hand: the floor. It writes to
-- Guerdon's own schema what Guerdon writes there, row for row, under the policy of the bench, and has
-- nothing to decide: whoever wrote it knew the policy. `:t` is the tournament, `:u` its id in words.
BEGIN;
SELECT 1 FROM tournaments WHERE tournament_id = :t FOR UPDATE;
CREATE TEMP TABLE plan ON COMMIT DROP AS
    SELECT r.player_id, r.placement, t.field_size, w.xp_base, w.xp_bonus, w.credits,
        (100 - 60 * ((r.placement - 1)::float8 / greatest(t.field_size - 1, 1))) * 10 AS target
    FROM results AS r
    JOIN tournaments AS t ON t.tournament_id = r.tournament_id
    CROSS JOIN LATERAL (SELECT * FROM (VALUES
        (1, 500, 100, 100), (2, 300, 71, 50), (3, 200, 47, 25)
    ) AS v (placement, xp_base, xp_bonus, credits) WHERE v.placement = r.placement
    UNION ALL SELECT r.placement, 50, 7, CASE WHEN r.placement <= (t.field_size * 3 + 9) / 10 THEN 5 ELSE 0 END
    WHERE r.placement > 3) AS w
    WHERE r.tournament_id = :t ORDER BY r.player_id;
ANALYZE plan;
INSERT INTO awards (tournament_id, player_id, revision, outcome, placement, field_size,
        opponent_factor, match_modifier, wins, draws, losses, goals_for, goals_against,
        xp_base, xp_bonus, credits, state, applied_at, paid_revision, xp_paid, credits_paid)
    SELECT :t, player_id, 0, 'placed', placement, field_size, 10000, 0, 0, 0, 0, 0, 0,
        xp_base, xp_bonus, credits, 'applied', now(), 0, xp_base + xp_bonus, credits FROM plan;
SELECT count(*) FROM (SELECT 1 FROM players JOIN plan USING (player_id)
    ORDER BY player_id FOR NO KEY UPDATE OF players) AS locked;
WITH moved AS (
    UPDATE accounts AS a SET balance = a.balance + d.amount, seq = a.seq + 1
    FROM (SELECT player_id, 'XP' AS currency, (xp_base + xp_bonus)::bigint AS amount FROM plan
        UNION ALL SELECT player_id, 'CREDIT', credits FROM plan WHERE credits > 0) AS d
    WHERE a.player_id = d.player_id AND a.currency = d.currency
    RETURNING a.player_id, a.currency, a.seq, d.amount, a.balance)
INSERT INTO ledger_entries (player_id, currency, seq, amount, balance_after, idempotency_key,
        recorded_at, cause, tournament_id, revision)
    SELECT player_id, currency, seq, amount, balance,
        'reward:' || :u || ':' || player_id || ':' || currency || ':0', now(), 'award', :t, 0 FROM moved;
INSERT INTO badges (player_id, tournament_id, badge_type, once_in_a_life, earned_at)
    SELECT p.player_id, :t, b.badge_type, b.once, now() FROM plan AS p
    JOIN players AS l ON l.player_id = p.player_id
    CROSS JOIN LATERAL (VALUES
        ('CHAMPION', false, p.placement = 1), ('RUNNER_UP', false, p.placement = 2),
        ('THIRD_PLACE', false, p.placement = 3), ('PODIUM_FINISH', false, p.placement <= 3),
        ('FIRST_TOURNAMENT', true, l.tournaments = 0),
        ('TOURNAMENT_PARTICIPANT', false, l.tournaments > 0),
        ('TOURNAMENT_VETERAN', true, l.tournaments = 4),
        ('TOURNAMENT_LEGEND', true, l.tournaments = 9),
        ('TRIPLE_CROWN', true, p.placement = 1 AND l.win_streak = 2)
    ) AS b (badge_type, once, earned) WHERE b.earned
    ON CONFLICT DO NOTHING;
UPDATE players AS l SET tournaments = l.tournaments + 1, event_seq = l.event_seq + 1,
    wins = l.wins + (p.placement = 1)::int, podiums = l.podiums + (p.placement <= 3)::int,
    win_streak = CASE WHEN p.placement = 1 THEN l.win_streak + 1 ELSE 0 END,
    podium_streak = CASE WHEN p.placement <= 3 THEN l.podium_streak + 1 ELSE 0 END
    FROM plan AS p WHERE l.player_id = p.player_id;
WITH before AS (
    SELECT p.player_id, p.placement, p.field_size, p.target, l.tournaments, l.wins, l.podiums, l.win_streak,
        l.podium_streak, l.level_max, s.seq + 1 AS seq,
        COALESCE((s.skills #>> '{focus,level}')::int, 600) AS level,
        COALESCE((s.skills #>> '{focus,steps}')::int, 0) AS steps
    FROM plan AS p JOIN players AS l ON l.player_id = p.player_id
    JOIN skill_profiles AS s ON s.player_id = p.player_id),
stepped AS (
    SELECT b.*, greatest(400, least(990, round(b.level + 0.2 * (b.target - b.level))))::int AS after
    FROM before AS b),
profiled AS (
    UPDATE skill_profiles AS s SET seq = e.seq, skills = s.skills || jsonb_build_object(
        'focus', jsonb_build_object('level', e.after, 'steps', e.steps + 1),
        'stamina', jsonb_build_object('level', e.after, 'steps', e.steps + 1),
        'tactics', jsonb_build_object('level', e.after, 'steps', e.steps + 1),
        'technique', jsonb_build_object('level', e.after, 'steps', e.steps + 1))
    FROM stepped AS e WHERE s.player_id = e.player_id),
told AS (
    INSERT INTO player_events (player_id, seq, event_type, tournament_id, revision, data, occurred_at)
    SELECT p.player_id, l.event_seq, 'reward.paid', :t, 0,
        '{"placement":' || p.placement || ',"xp":' || (p.xp_base + p.xp_bonus) || ',"credits":' || p.credits
        || ',"badges_awarded":[' || concat_ws(',',
            CASE WHEN p.placement = 1 THEN '{"badge":"CHAMPION","tournament_id":"' || :u || '"}' END,
            CASE WHEN p.placement = 2 THEN '{"badge":"RUNNER_UP","tournament_id":"' || :u || '"}' END,
            CASE WHEN p.placement = 3 THEN '{"badge":"THIRD_PLACE","tournament_id":"' || :u || '"}' END,
            CASE WHEN p.placement <= 3 THEN '{"badge":"PODIUM_FINISH","tournament_id":"' || :u || '"}' END,
            CASE WHEN l.tournaments = 1 THEN '{"badge":"FIRST_TOURNAMENT","tournament_id":"' || :u || '"}'
                ELSE '{"badge":"TOURNAMENT_PARTICIPANT","tournament_id":"' || :u || '"}' END,
            CASE WHEN l.tournaments = 5 THEN '{"badge":"TOURNAMENT_VETERAN","tournament_id":"' || :u || '"}' END,
            CASE WHEN l.tournaments = 10 THEN '{"badge":"TOURNAMENT_LEGEND","tournament_id":"' || :u || '"}' END,
            CASE WHEN l.win_streak = 3 THEN '{"badge":"TRIPLE_CROWN","tournament_id":"' || :u || '"}' END)
        || '],"skills":{"focus":{"before":' || round(e.level / 10.0, 1) || ',"after":' || round(e.after / 10.0, 1) || '},"stamina":{"before":' || round(e.level / 10.0, 1) || ',"after":' || round(e.after / 10.0, 1) || '},"tactics":{"before":' || round(e.level / 10.0, 1) || ',"after":' || round(e.after / 10.0, 1) || '},"technique":{"before":' || round(e.level / 10.0, 1) || ',"after":' || round(e.after / 10.0, 1) || '}}}', now()
    FROM plan AS p JOIN players AS l ON l.player_id = p.player_id JOIN stepped AS e ON e.player_id = p.player_id)
INSERT INTO skill_steps (player_id, seq, tournament_id, revision, evidence, changes, progress, taken_at)
    SELECT player_id, seq, :t, 0,
        jsonb_build_object('outcome', jsonb_build_object('placed', placement), 'field_size', field_size,
            'opponent_factor', 10000, 'match_modifier', 0),
        jsonb_build_object('focus', jsonb_build_object('before', level, 'after', after),
            'stamina', jsonb_build_object('before', level, 'after', after),
            'tactics', jsonb_build_object('before', level, 'after', after),
            'technique', jsonb_build_object('before', level, 'after', after)),
        jsonb_build_object('tournaments', tournaments, 'wins', wins, 'podiums', podiums,
            'win_streak', win_streak, 'podium_streak', podium_streak, 'level_max', level_max),
        now() FROM stepped;
UPDATE tournaments SET status = 'rewards_distributed', change_seq = 3, plan_hash = results_hash
    WHERE tournament_id = :t;
INSERT INTO tournament_changes (tournament_id, seq, event, from_status, to_status, actor, occurred_at)
    VALUES (:t, 2, 'completed', 'in_progress', 'completed', 'bench', now()),
        (:t, 3, 'rewards_distributed', 'completed', 'rewards_distributed', 'bench', now());
INSERT INTO outbox_events (event_id, tournament_id, seq, event_type, payload, occurred_at)
    VALUES (gen_random_uuid(), :t, 2, 'completed', jsonb_build_object('tournament_id', :t, 'seq', 2), now()),
        (gen_random_uuid(), :t, 3, 'rewards_distributed', jsonb_build_object('tournament_id', :t, 'seq', 3), now());
COMMIT;
