//! Rules of the schema that stand behind a guard, dropped from a PostgreSQL database together with
//! it: what was a typed refusal is somebody paid twice.

mod races;
mod town;

use std::sync::Arc;

use ablations::Guard;

use self::town::Town;
use crate::{
    catcher::Later,
    patience::in_time,
    record::{Row, sentence},
};

/// A rule dropped beside guards that are taken out.
struct Backing {
    rule: &'static str,
    /// Rules that would stand in for it, and are dropped with it.
    others: &'static [&'static str],
    races: &'static str,
    guards: &'static [Guard],
    harm: &'static str,
    test: &'static str,
    run: fn(Arc<Town>) -> Later<String>,
    /// How the run ends while the rule stands, and without it.
    standing: &'static str,
    dropped: &'static str,
}

impl Backing {
    async fn show(self) {
        let (standing, dropped) = (self.ends(self.others).await, self.ends(&self.rules()).await);
        assert!(standing.contains(self.standing), "while {} stands: {standing}", self.rule);
        assert!(dropped.contains(self.dropped), "without {}: {dropped}", self.rule);
        assert!(!standing.contains(self.dropped), "{} keeps nothing out: {standing}", self.rule);
        self.record();
    }

    async fn ends(&self, rules: &[&str]) -> String {
        let town = Town::without(self.guards, rules).await;
        in_time((self.run)(Arc::new(town))).await
    }

    fn rules(&self) -> Vec<&'static str> {
        self.others.iter().copied().chain([self.rule]).collect()
    }

    fn record(&self) {
        let guards = self.guards.iter().map(ToString::to_string);
        let others = self.others.iter().map(|it| format!("`{it}`"));
        let row = Row {
            kind: "backing",
            order: RULES.iter().position(|it| *it == self.rule).unwrap(),
            guard: self.rule,
            races: self.races,
            besides: guards.chain(others).collect(),
            harm: sentence(self.harm),
            standing: self.standing,
            noticed: self.dropped,
            catcher: "",
            stores: vec!["PostgreSQL"],
            test: self.test.to_owned(),
        };
        row.record();
    }
}

/// Makes a test of each rule: dropped beside these guards, this goes wrong.
macro_rules! dropped {
    ($($rule:ident $(and $($other:ident),+)? $(behind $($guard:ident),+)?, $races:literal => {
        $harm:ident: $run:ident, $standing:literal, $dropped:literal
    })+) => {
        const RULES: &[&str] = &[$(stringify!($rule)),+];

        $(mod $rule {
            use super::*;

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $harm() {
                let backing = Backing {
                    rule: stringify!($rule),
                    others: &[$($(stringify!($other)),+)?],
                    races: $races,
                    guards: &[$($(Guard::$guard),+)?],
                    harm: stringify!($harm),
                    test: concat!("backing::", stringify!($rule), "::", stringify!($harm)),
                    run: |town| Box::pin(races::$run(town)),
                    standing: $standing,
                    dropped: $dropped,
                };
                backing.show().await;
            }
        })+
    };
}

dropped! {
    pk_tournaments, "R01" => {
        the_store_refuses_to_announce_anything:
        announce_once, "New", "refused: store unusable during announcing a tournament"
    }
    pk_players, "R04 R05 R07" => {
        the_store_refuses_to_register_anybody:
        register_once, "[New]", "refused: store unusable during registering players"
    }
    pk_awards behind StatusGate, IdempotencyKey, StepOrExisting, "R01 R03" => {
        the_second_finalize_pays_everybody_again:
        finalize_twice, "refused: corrupt awards: pk_awards", "1200 XP for an award of 600"
    }
    pk_tournament_changes and pk_outbox_events behind TournamentLock, "R01 R03" => {
        a_paid_tournament_goes_back_to_other_results:
        submit_beside_finalize,
        "refused: corrupt tournament_changes: pk_tournament_changes",
        "in_progress with 1 paid"
    }
    uq_ledger_entries_idempotency_key behind PlayerLock, "R06" => {
        one_key_moves_a_balance_twice:
        post_one_key_at_once,
        "refused: corrupt ledger_entries: uq_ledger_entries_idempotency_key",
        "entries [(1, 10), (2, 20)]"
    }
    pk_ledger_entries, "R07" => {
        two_entries_start_from_one_balance:
        post_to_an_account_of_yesterday,
        "refused: corrupt ledger_entries: pk_ledger_entries",
        "entries [(1, 10), (1, 10)]"
    }
    ck_accounts_balance and ck_ledger_entries_balance_after, "R07" => {
        somebody_spends_what_is_not_there:
        overdraw, "refused: corrupt accounts: ck_accounts_balance", "a balance of -10"
    }
    pk_badges and uq_badges_once_in_a_life, "R05" => {
        a_badge_is_had_twice_for_one_tournament:
        decorate_again, "told of 1", "told of 2"
    }
    uq_badges_once_in_a_life, "R05" => {
        a_milestone_is_had_twice:
        decorate_elsewhere, "told of 1", "told of 2"
    }
    pk_skill_steps behind PlayerLock, "R04" => {
        two_steps_start_from_one_level:
        step_at_once, "refused: corrupt skill_steps: pk_skill_steps", "steps [1, 1]"
    }
    uq_skill_steps_tournament and pk_skill_steps behind PlayerLock, "R04" => {
        one_tournament_moves_a_skill_twice:
        step_of_one_tournament_at_once,
        "refused: corrupt skill_steps: uq_skill_steps_tournament",
        "steps [1, 1]"
    }
    pk_assessments, "R04" => {
        the_store_refuses_to_hear_any_coach:
        assess_once, "told of 0", "refused: store unusable during recording assessments"
    }
}
