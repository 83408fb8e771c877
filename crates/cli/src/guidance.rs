//! What a broken invariant means, and what to do about it: for whoever is woken by it.

use app_service::Invariant;

/// What a broken invariant means, and what to do about it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Guidance {
    /// What has happened, if it does not hold.
    pub(crate) meaning: &'static str,
    /// What to do first.
    pub(crate) remedy: &'static str,
}

impl Guidance {
    /// Of one invariant.
    pub(crate) fn of(invariant: Invariant) -> Self {
        let (meaning, remedy) = match invariant {
            Invariant::R01 => (
                "A participant is owed twice for one tournament.",
                "Pay nothing of this tournament until one award is left: the one that the ledger \
                 names. `pk_awards` was missing when the second was written; see INV-R06.",
            ),
            Invariant::R02 => (
                "A player has one badge twice.",
                "Nobody is owed anything. `pk_badges` or `uq_badges_once_in_a_life` was missing \
                 when the second was written; see INV-R06. Delete the later badge.",
            ),
            Invariant::R03 => (
                "What a player owns is not what the ledger says.",
                "Believe the ledger: it is append-only. Find out what wrote to `accounts` or \
                 `ledger_entries` beside Guerdon (a script, a restore, a console), and whether \
                 anything was spent meanwhile. `guerdon ledger PLAYER` shows the entries.",
            ),
            Invariant::R04 => (
                "A player was paid something else than the award says.",
                "Compare `guerdon summary TOURNAMENT --player PLAYER` with `guerdon ledger PLAYER`. \
                 Find out which of the two was changed. Never change or delete an entry: whatever \
                 settles the difference is an entry of its own.",
            ),
            Invariant::R05 => (
                "An entry could be posted again, or was: its key is not the one of its cause.",
                "Guerdon makes each key of its cause, so somebody else wrote the entry or changed \
                 it. Find out who. `uq_ledger_entries_idempotency_key` must be live; see INV-R06.",
            ),
            Invariant::R06 => (
                "A guard of the database is gone: nobody is paid wrongly yet, but the next mistake \
                 is not stopped.",
                "Verify everything else first. Then put the constraint back by its definition in \
                 `migrations/`, and find out who dropped it (`guerdon migrate status`).",
            ),
            Invariant::R07 => (
                "Somebody is waiting to be paid, or the books were closed too early.",
                "An open tournament: `guerdon distribute TOURNAMENT`, with `--retry-failed` once \
                 the cause is mended. A closed one: `tournament_changes` says who closed it; set it \
                 back to `completed`, then distribute.",
            ),
            Invariant::R08 => (
                "What is owed is not what was planned.",
                "Pay nothing more of this tournament. Awards, standings or the hash were changed \
                 after the plan was frozen: find out who did, and put back what was planned.",
            ),
            Invariant::R09 => (
                "What a player was charged is not what was taken, or credits stay set aside for too \
                 long.",
                "An overdue hold: run `guerdon expire-holds`, from a timer. Otherwise believe the \
                 ledger, and find out what wrote to `charges` beside Guerdon; what settles the \
                 difference is a spend or a refund of its own.",
            ),
            Invariant::S01 => (
                "A skill level, or a counter behind milestones and streaks, is not what the steps \
                 make.",
                "Believe the steps: profile and counters can be made of them again. Find out what \
                 wrote to `skill_profiles`, `players` or `skill_steps` beside Guerdon.",
            ),
            Invariant::S02 => (
                "A profile holds something that Guerdon did not write; that player cannot be paid.",
                "Find out which program wrote it and stop that. Mend the entry named, then \
                 `guerdon distribute TOURNAMENT --retry-failed`.",
            ),
            Invariant::S03 => (
                "A placement moved no skill, or moved it twice.",
                "See INV-S01 of the same player: is the profile what its steps make? \
                 `uq_skill_steps_tournament` must be live; see INV-R06. Find out who deleted or wrote \
                 the step.",
            ),
            Invariant::S04 => (
                "A skill level is where no result can bring it.",
                "See INV-S01 of the same player: if it holds, too, a policy allowed the level; if \
                 not, something else wrote it.",
            ),
            Invariant::L01 => (
                "A level was reached that nobody remembers, or one was paid otherwise than it says.",
                "Believe `level_ups` and the ledger. Find out what wrote to them, or to \
                 `players.level_max`, beside Guerdon; `guerdon ledger PLAYER` shows what each level \
                 has paid.",
            ),
            Invariant::E01 => (
                "Somebody was paid and nobody is told, or is told twice; or an event has no number \
                 between its neighbours.",
                "The ledger is right whatever events say. Find out who deleted or wrote the event; \
                 receivers of webhooks see the gap, and read `guerdon ledger PLAYER` instead.",
            ),
            Invariant::T01 => (
                "A member of a team is owed something else than teammates, or the field was not \
                 counted in teams.",
                "Pay nothing more of this tournament; see INV-R08 of the same one. If it holds, the \
                 plan itself is wrong: `guerdon correct` makes another, and pays the difference.",
            ),
        };
        Self { meaning, remedy }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPERATIONS: &str = include_str!("../../../docs/operations.md");

    #[test]
    fn the_manual_says_what_the_report_says() {
        for invariant in Invariant::ALL {
            let Guidance { meaning, remedy } = Guidance::of(invariant);
            let row = format!("| {invariant} {} | {meaning} | {remedy} |\n", invariant.title());

            assert!(OPERATIONS.contains(&row), "docs/operations.md lacks:\n{row}");
        }
    }
}
