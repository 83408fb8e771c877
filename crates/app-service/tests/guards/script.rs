//! One mocked transaction, written down call by call.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::{
    Assessment, Award, Competitor, LockOrder, NewBadge, NewEntry, PlannedAward, Player, PlayerId,
    TournamentStatus,
};
use mockall::Sequence;
use ports::{
    StoreError,
    spi::{AwardOutcome, Claim, HeardSkills, MockTransaction, NewStep, Recorded, TournamentChange},
};

use crate::cast::{cup, locked};

/// The calls that one transaction must get, in this order, and no others.
#[derive(Default)]
pub(crate) struct Script {
    steps: Vec<Step>,
    heard: Arc<Mutex<Heard>>,
}

/// What the transaction was told, in the order in which it was told.
#[derive(Debug, Default)]
pub(crate) struct Heard {
    pub(crate) planned: Vec<PlannedAward>,
    pub(crate) changes: Vec<TournamentChange>,
    pub(crate) claims: Vec<Claim>,
    pub(crate) locked: Vec<LockOrder<PlayerId>>,
    pub(crate) entries: Vec<NewEntry>,
    pub(crate) badges: Vec<NewBadge>,
    pub(crate) steps: Vec<NewStep>,
    pub(crate) assessments: Vec<Assessment>,
    pub(crate) skills: Vec<HeardSkills>,
    pub(crate) outcomes: Vec<AwardOutcome>,
}

/// Expects one call, and answers it with the error, if there is one.
type Step = Box<dyn FnOnce(&mut MockTransaction, &mut Sequence, Option<StoreError>) + Send>;

/// Expects one call of `$expect`: notes its arguments, and answers.
macro_rules! step {
    ($script:ident, $expect:ident, |$heard:pat_param $(, $arg:pat_param)*| $answer:expr) => {{
        let mut script = $script;
        let ear = Arc::clone(&script.heard);
        script.steps.push(Box::new(move |tx, order, error| {
            tx.$expect().times(1).in_sequence(order).return_once(move |$($arg),*| {
                let $heard = &mut *lock(&ear);
                let answer = $answer;
                error.map_or(Ok(answer), Err)
            });
        }));
        script
    }};
}

impl Script {
    /// Where to look up afterwards what the transaction was told.
    pub(crate) fn heard(&self) -> Arc<Mutex<Heard>> {
        Arc::clone(&self.heard)
    }

    pub(crate) fn len(&self) -> usize {
        self.steps.len()
    }

    /// The transaction; with a fault, call number `fault.0` fails and is the last one.
    pub(crate) fn into_transaction(self, fault: Option<(usize, StoreError)>) -> MockTransaction {
        let mut tx = MockTransaction::new();
        let mut order = Sequence::new();
        let (last, mut error) = fault.map_or((usize::MAX, None), |(at, it)| (at, Some(it)));
        for (at, step) in self.steps.into_iter().enumerate().take_while(|(at, _)| *at <= last) {
            step(&mut tx, &mut order, if at == last { error.take() } else { None });
        }
        tx
    }

    /// The transaction; call number `at` fails, and then it is rolled back.
    pub(crate) fn into_rolled_back(self, at: usize, error: StoreError) -> MockTransaction {
        let mut tx = self.into_transaction(Some((at, error)));
        // One that is rolled back too early lacks calls that it must get.
        tx.expect_rollback().times(1).return_once(|| Ok(()));
        tx
    }

    pub(crate) fn locks(self, found: TournamentStatus) -> Self {
        step!(self, expect_select_tournament_for_update, |_, _| Some(cup(found)))
    }

    pub(crate) fn shares(self, found: TournamentStatus) -> Self {
        step!(self, expect_select_tournament_for_share, |_, _| Some(cup(found)))
    }

    pub(crate) fn reads_field(self, page: Vec<Competitor>) -> Self {
        step!(self, expect_select_field, |_, _, _, _| page)
    }

    pub(crate) fn plans(self) -> Self {
        step!(self, expect_insert_awards, |heard, _, _, it| heard.planned.extend_from_slice(it))
    }

    /// Records a change of the tournament.
    pub(crate) fn advances(self) -> Self {
        self.asked_to_advance(true)
    }

    pub(crate) fn asked_to_advance(self, answer: bool) -> Self {
        step!(self, expect_update_tournament, |heard, it| {
            heard.changes.push(it.clone());
            answer
        })
    }

    pub(crate) fn claims(self, claimed: Vec<Award>) -> Self {
        step!(self, expect_select_awards_for_update, |heard, _, it| {
            heard.claims.push(*it);
            claimed
        })
    }

    pub(crate) fn locks_players(self, found: Vec<Player>) -> Self {
        step!(self, expect_select_players_for_update, |heard, it| {
            heard.locked.push(it.clone());
            found.into_iter().map(locked).collect()
        })
    }

    pub(crate) fn posts(self, answer: Recorded) -> Self {
        step!(self, expect_insert_ledger_entries, |heard, it, _| {
            heard.entries.extend_from_slice(it);
            vec![answer; it.len()]
        })
    }

    pub(crate) fn badges(self, answer: Recorded) -> Self {
        step!(self, expect_insert_badges, |heard, it, _| {
            heard.badges.extend_from_slice(it);
            vec![answer; it.len()]
        })
    }

    pub(crate) fn steps(self) -> Self {
        step!(self, expect_insert_skill_steps, |heard, it, _| {
            heard.steps.extend_from_slice(it);
            vec![Recorded::New; it.len()]
        })
    }

    pub(crate) fn saves_progress(self) -> Self {
        step!(self, expect_update_progress, |_, _, _| ())
    }

    pub(crate) fn assesses(self) -> Self {
        let recorded = step!(self, expect_insert_assessments, |heard, it, _| {
            heard.assessments.extend_from_slice(it);
            vec![Recorded::New; it.len()]
        });
        let heard =
            step!(recorded, expect_update_skills, |heard, it| heard.skills.extend_from_slice(it));
        step!(heard, expect_insert_player_events, |_, _, _| ())
    }

    pub(crate) fn marks(self) -> Self {
        step!(self, expect_update_awards, |heard, _, it, _| heard.outcomes.extend_from_slice(it))
    }

    /// Goes on after an error, as only a savepoint permits.
    pub(crate) fn refuses_entries(self, refusal: StoreError) -> Self {
        let mut script = self;
        script.steps.push(Box::new(move |tx, order, _| {
            tx.expect_insert_ledger_entries()
                .times(1)
                .in_sequence(order)
                .return_once(move |_, _| Err(refusal));
        }));
        script
    }

    pub(crate) fn savepoint(self) -> Self {
        step!(self, expect_savepoint, |_| ())
    }

    pub(crate) fn releases(self) -> Self {
        step!(self, expect_release_savepoint, |_| ())
    }

    pub(crate) fn rolls_back_to_savepoint(self) -> Self {
        step!(self, expect_rollback_to_savepoint, |_| ())
    }

    pub(crate) fn commits(self) -> Self {
        step!(self, expect_commit, |_| ())
    }
}

/// The calls that belong together.
impl Script {
    /// Freezes the plan of the usual field.
    pub(crate) fn freezes(self, field: Vec<Competitor>) -> Self {
        self.reads_field(field).plans().advances()
    }

    /// Everything that players get: the ledger first.
    pub(crate) fn pays(self) -> Self {
        self.posts(Recorded::New).badges(Recorded::New).steps().saves_progress()
    }

    /// One chunk, from the claim to the mark.
    pub(crate) fn settles(self, awards: Vec<Award>, players: Vec<Player>) -> Self {
        self.claims(awards).settles_claimed(players)
    }

    /// The same of what the transaction has planned itself, and so need not claim.
    pub(crate) fn settles_claimed(self, players: Vec<Player>) -> Self {
        self.locks_players(players).pays().marks()
    }
}

/// What has been heard so far.
pub(crate) fn lock(heard: &Mutex<Heard>) -> MutexGuard<'_, Heard> {
    heard.lock().unwrap_or_else(PoisonError::into_inner)
}
