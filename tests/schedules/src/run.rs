//! One run: all callers of a scenario, one step at a time, in an order that somebody chooses.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};

use app_service::{Correction, GuerdonError};
use interposed::InterposedStore;
use ports::spi::Store;
use tokio::task::JoinHandle;

use crate::{
    Deed, Order, Scenario, Told,
    board::Board,
    order::Turn,
    stage::{Stage, State},
    stepper::Stepper,
    trace::Trace,
};

/// More steps than any deed on a small ground takes: a run that is longer goes round in circles.
const STEPS_MAX: usize = 2_000;

/// Puts something between every caller and the store: a store with one broken promise, say.
pub(crate) type Through = Arc<dyn Fn(Arc<dyn Store>) -> Arc<dyn Store> + Send + Sync>;

/// Chooses whose step is the next one.
pub(crate) trait Chooser: Send {
    /// One of those who are ready; `None` cuts the run off.
    fn choose(&mut self, crossing: &Crossing<'_>) -> Option<Turn>;
}

/// A point at which somebody has to choose.
pub(crate) struct Crossing<'a> {
    /// The steps that were taken.
    pub(crate) taken: &'a Order,
    /// Who is about to take a step.
    pub(crate) ready: &'a [Turn],
    callers: &'a [Deed],
    stage: &'a dyn Stage,
    board: &'a Board,
}

/// How a run went.
#[derive(Debug)]
pub(crate) struct Run {
    /// The steps that were taken.
    pub(crate) order: Order,
    /// Steps that had to wait for a lock.
    pub(crate) blocked: usize,
    /// What happened.
    pub(crate) trace: Trace,
    /// How it ended.
    pub(crate) end: End,
}

/// How a run ended.
#[derive(Debug)]
pub(crate) enum End {
    /// Everybody is done. An `Err` is the message of a panic.
    Done(Vec<Result<Result<Told, GuerdonError>, String>>),
    /// Somebody had seen enough.
    CutOff,
    /// Everybody who is not done waits for a lock.
    Deadlock,
    /// Somebody neither answers nor waits for a lock.
    Hangs,
    /// It goes on and on.
    Endless,
}

/// Which steps are chosen between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grain {
    /// All of them.
    Every,
    /// Those that another caller can see or that can block. The others commute with everything that
    /// others do, as long as the store keeps its promises, and are taken as soon as they come up.
    Visible,
}

type Caller = JoinHandle<Result<Told, GuerdonError>>;

/// Plays `scenario` on `stage` once.
pub(crate) async fn run(
    stage: &dyn Stage,
    scenario: &Scenario,
    through: &Through,
    grain: Grain,
    chooser: &mut dyn Chooser,
) -> Run {
    stage.reset().await;
    let board = Arc::new(Board::for_callers(scenario.callers.len()));
    let foreseen = foreseen(stage, scenario).await;
    let start = |(caller, foreseen)| start(stage, scenario, through, &board, caller, foreseen);
    let callers: Vec<_> = foreseen.into_iter().enumerate().map(start).collect();

    let mut scheduler = Scheduler {
        callers: &scenario.callers,
        stage,
        board: &board,
        grain,
        taken: Order::default(),
        blocked: 0,
    };
    let end = scheduler.drive(chooser).await;
    let Scheduler { taken, blocked, .. } = scheduler;

    let trace = board.trace();
    board.close();
    let end = match end {
        None => End::Done(results(callers).await),
        Some(end) => {
            abandon(callers).await;
            end
        }
    };
    Run { order: taken, blocked, trace, end }
}

/// What each caller has been shown of the ground before it comes.
async fn foreseen(stage: &dyn Stage, scenario: &Scenario) -> Vec<Option<Correction>> {
    let arena = scenario.ground.arena(stage.committed());
    let mut foreseen = Vec::with_capacity(scenario.callers.len());
    for deed in &scenario.callers {
        foreseen.push(deed.foresee(&arena).await);
    }
    foreseen
}

fn start(
    stage: &dyn Stage,
    scenario: &Scenario,
    through: &Through,
    board: &Arc<Board>,
    caller: usize,
    foreseen: Option<Correction>,
) -> Caller {
    let deed = scenario.callers[caller];
    let stepper = Stepper { caller, board: Arc::clone(board) };
    let store = InterposedStore::new(through(stage.store(caller)), Arc::new(stepper)).shared();
    let arena = scenario.ground.arena(Arc::clone(&store));
    let leaving = Leaving { board: Arc::clone(board), caller };
    tokio::spawn(async move {
        let _leaving = leaving;
        deed.run(arena, store, foreseen).await
    })
}

/// Leaves the board, also by a panic.
struct Leaving {
    board: Arc<Board>,
    caller: usize,
}

impl Drop for Leaving {
    fn drop(&mut self) {
        self.board.leave(self.caller);
    }
}

struct Scheduler<'a> {
    callers: &'a [Deed],
    stage: &'a dyn Stage,
    board: &'a Board,
    grain: Grain,
    taken: Order,
    blocked: usize,
}

impl Scheduler<'_> {
    /// Takes step after step until everybody is done, or something is wrong.
    async fn drive(&mut self, chooser: &mut dyn Chooser) -> Option<End> {
        if self.stage.settle(self.board).await.is_err() {
            return Some(End::Hangs);
        }
        while self.taken.len() < STEPS_MAX {
            let ready = self.board.at_gate();
            if ready.is_empty() {
                return (!self.board.moving().is_empty()).then_some(End::Deadlock);
            }
            let Some(turn) = self.next(&ready, chooser) else { return Some(End::CutOff) };
            self.taken.push(turn);
            self.board.let_go(turn);
            if self.stage.settle(self.board).await.is_err() {
                return Some(End::Hangs);
            }
            self.stage.stepped(turn.caller());
            self.blocked += self.board.note_blocked();
        }
        Some(End::Endless)
    }

    fn next(&self, ready: &[(Turn, &'static str)], chooser: &mut dyn Chooser) -> Option<Turn> {
        let unseen = ready
            .iter()
            .find(|(_, call)| is_unseen(call) || (*call == "begin" && !self.stage.begin_waits()));
        if let (Grain::Visible, Some((turn, _))) = (self.grain, unseen) {
            return Some(*turn);
        }
        let ready: Vec<_> = ready.iter().map(|(turn, _)| *turn).collect();
        let Self { callers, stage, board, taken, .. } = self;
        chooser.choose(&Crossing { taken, ready: &ready, callers, stage: *stage, board })
    }
}

/// Whether a call can neither block nor be seen by others before the commit: it reads and writes
/// what its transaction has locked, or what nobody changes.
fn is_unseen(call: &str) -> bool {
    matches!(
        call,
        "select_field"
            | "insert_awards"
            | "upsert_awards"
            | "update_tournament"
            | "insert_ledger_entries"
            | "select_charges"
            | "insert_charges"
            | "update_charges"
            | "insert_level_ups"
            | "insert_badges"
            | "revoke_badges"
            | "restore_badges"
            | "insert_skill_steps"
            | "select_careers"
            | "select_histories"
            | "select_reviewed_rules"
            | "update_standing_rule"
            | "select_policies"
            | "update_skill_steps"
            | "insert_assessments"
            | "update_skills"
            | "update_awards"
            | "update_progress"
            | "insert_player_events"
            | "replace_results"
            | "insert_results"
            | "savepoint"
            | "rollback_to_savepoint"
            | "release_savepoint"
    )
}

impl Crossing<'_> {
    /// A step that leads to the end of a unit of work, or up to the next one; `None` when everybody
    /// is about to begin one. What somebody has dropped is rolled back first.
    pub(crate) fn between_units(&self) -> Option<Turn> {
        let inside = self.ready.iter().filter(|it| self.board.is_inside_a_unit(it.caller()));
        let inside = inside.max_by_key(|it| matches!(it, Turn::RollBack(_))).copied();
        let outside = || self.board.at_gate().into_iter().find(|(_, call)| *call != "begin");
        inside.or_else(|| outside().map(|(turn, _)| turn))
    }

    /// Names where the run has come: what is committed; and for each caller what it does, what it
    /// has done and been told so far, and what it has open. Equal names have the same future.
    ///
    /// Callers who do the same are interchangeable, so the names of the callers are sorted.
    pub(crate) fn state(&self) -> Option<(u64, Vec<u64>)> {
        let State { committed, open } = self.stage.state()?;
        let histories = self.board.histories();
        let name = |((deed, history), open): ((&Deed, u64), u64)| {
            let mut hasher = DefaultHasher::new();
            (deed, history, open).hash(&mut hasher);
            hasher.finish()
        };
        let callers = self.callers.iter().zip(histories).zip(open);
        let mut callers: Vec<_> = callers.map(name).collect();
        callers.sort_unstable();
        Some((committed, callers))
    }
}

async fn results(callers: Vec<Caller>) -> Vec<Result<Result<Told, GuerdonError>, String>> {
    let mut results = Vec::with_capacity(callers.len());
    for caller in callers {
        results.push(caller.await.map_err(|stopped| message(stopped.try_into_panic().ok())));
    }
    results
}

/// Lets everybody end who still can, and nobody else wait for them.
async fn abandon(callers: Vec<Caller>) {
    for caller in &callers {
        caller.abort();
    }
    for caller in callers {
        // Whether it ended by itself does not matter any more.
        let _ = caller.await;
    }
}

/// The message of a panic.
fn message(panic: Option<Box<dyn std::any::Any + Send>>) -> String {
    let Some(panic) = panic else { return "it was stopped".to_owned() };
    match panic.downcast::<String>() {
        Ok(message) => *message,
        Err(panic) => match panic.downcast::<&'static str>() {
            Ok(message) => (*message).to_owned(),
            Err(_) => "it panicked".to_owned(),
        },
    }
}
