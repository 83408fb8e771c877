//! Where every caller stands: at the gate before its next step, on the way, or gone.

use std::{
    collections::VecDeque,
    hash::{DefaultHasher, Hash, Hasher},
    sync::{Mutex, MutexGuard, PoisonError},
};

use interposed::Call;
use ports::StoreError;
use tokio::sync::{Notify, oneshot};

use crate::{
    order::Turn,
    trace::{Happening, Trace},
};

/// Where every caller stands. A caller that reaches a port waits at the gate until the scheduler
/// lets it take the step.
#[derive(Debug)]
pub(crate) struct Board {
    table: Mutex<Table>,
    changed: Notify,
}

#[derive(Debug)]
struct Table {
    seats: Vec<Seat>,
    trace: Trace,
    closed: bool,
    changes: u64,
}

#[derive(Debug, Default)]
struct Seat {
    standing: Standing,
    /// Dropped transactions that are on their way: to the gate, or to the end of their roll-back.
    rolling_back: usize,
    /// Dropped transactions that wait at the gate to be rolled back.
    dropped: VecDeque<oneshot::Sender<()>>,
    /// Was seen to wait for a lock, and has not gone on since.
    blocked: bool,
    /// Names all of its calls and their answers.
    history: u64,
    /// Transactions that it has begun and not ended.
    units: usize,
}

/// Where one caller stands.
#[derive(Debug, Default)]
enum Standing {
    /// Between two steps, in the middle of one, or waiting for a lock.
    #[default]
    Moving,
    /// About to take a step.
    AtGate { call: Call, go: oneshot::Sender<()> },
    /// Done.
    Gone,
}

impl Board {
    pub(crate) fn for_callers(callers: usize) -> Self {
        let seats = (0..callers).map(|_| Seat::default()).collect();
        let table = Table { seats, trace: Trace::default(), closed: false, changes: 0 };
        Self { table: Mutex::new(table), changed: Notify::new() }
    }

    /// A caller waits to be let go. Once the board is closed, nobody is.
    pub(crate) async fn arrive(&self, caller: usize, call: &Call) -> Result<(), StoreError> {
        let (go, gone) = oneshot::channel();
        self.change(|table| {
            if table.closed {
                return Err(abandoned());
            }
            table.seats[caller].standing = Standing::AtGate { call: call.clone(), go };
            Ok(())
        })?;
        gone.await.map_err(|_| abandoned())
    }

    /// A caller's step has been answered.
    pub(crate) fn answered(&self, caller: usize, call: &Call, answer: &str) {
        self.change(|table| {
            let seat = &mut table.seats[caller];
            let mut hasher = DefaultHasher::new();
            (seat.history, call.name, &call.arguments, answer).hash(&mut hasher);
            seat.history = hasher.finish();
            match call.name {
                "begin" => seat.units += usize::from(answer.starts_with("Ok")),
                "commit" | "rollback" => seat.units = seat.units.saturating_sub(1),
                _ => {}
            }
            let waited = std::mem::take(&mut seat.blocked);
            let answer = answer.to_owned();
            table.trace.add(caller, Happening::Answered { call: call.name, answer, waited });
        });
    }

    /// A transaction that a caller has dropped waits to be rolled back.
    pub(crate) async fn arrive_dropped(&self, caller: usize) {
        let (go, gone) = oneshot::channel();
        self.change(|table| {
            if !table.closed {
                table.seats[caller].rolling_back -= 1;
                table.seats[caller].dropped.push_back(go);
            }
        });
        // Once the board is closed, there is nothing to wait for.
        let _ = gone.await;
    }

    /// A caller has dropped a transaction, or the store has rolled it back.
    pub(crate) fn dropped(&self, caller: usize, rolled_back: bool) {
        self.change(|table| {
            let seat = &mut table.seats[caller];
            if rolled_back {
                seat.rolling_back -= 1;
                seat.units = seat.units.saturating_sub(1);
                table.trace.add(caller, Happening::RolledBack);
            } else {
                seat.rolling_back += 1;
            }
        });
    }

    /// A caller is done.
    pub(crate) fn leave(&self, caller: usize) {
        self.change(|table| {
            table.seats[caller].standing = Standing::Gone;
            table.trace.add(caller, Happening::Done);
        });
    }

    /// Lets somebody take the step before which it stands.
    pub(crate) fn let_go(&self, turn: Turn) {
        self.change(|table| {
            let seat = &mut table.seats[turn.caller()];
            let go = match turn {
                Turn::Caller(_) => match std::mem::take(&mut seat.standing) {
                    Standing::AtGate { go, .. } => Some(go),
                    Standing::Moving | Standing::Gone => None,
                },
                Turn::RollBack(_) => {
                    seat.rolling_back += 1;
                    seat.dropped.pop_front()
                }
            };
            // Whoever has gone away meanwhile needs no leave.
            let _ = go.map(|go| go.send(()));
        });
    }

    /// Notes those who are under way as blocked, and answers how many of them were not before.
    pub(crate) fn note_blocked(&self) -> usize {
        self.change(|table| {
            let mut newly = 0;
            for caller in 0..table.seats.len() {
                let seat = &mut table.seats[caller];
                if matches!(seat.standing, Standing::Moving) && !seat.blocked {
                    seat.blocked = true;
                    newly += 1;
                    table.trace.add(caller, Happening::Blocked);
                }
            }
            newly
        })
    }

    /// Turns everybody away who stands at the gate or comes to it.
    pub(crate) fn close(&self) {
        self.change(|table| {
            table.closed = true;
            for seat in &mut table.seats {
                if matches!(seat.standing, Standing::AtGate { .. }) {
                    seat.standing = Standing::Moving;
                }
                seat.rolling_back += seat.dropped.len();
                seat.dropped.clear();
            }
        });
    }

    /// Who is about to take a step, and which: callers first, in ascending order.
    pub(crate) fn at_gate(&self) -> Vec<(Turn, &'static str)> {
        let table = self.table();
        let seats = || table.seats.iter().enumerate();
        let callers = seats().filter_map(|(caller, seat)| match &seat.standing {
            Standing::AtGate { call, .. } => Some((Turn::Caller(caller), call.name)),
            Standing::Moving | Standing::Gone => None,
        });
        let dropped = seats().filter(|(_, seat)| !seat.dropped.is_empty());
        callers.chain(dropped.map(|(caller, _)| (Turn::RollBack(caller), "roll-back"))).collect()
    }

    /// Callers who are between two steps, in the middle of one, or wait for a lock.
    pub(crate) fn moving(&self) -> Vec<usize> {
        let table = self.table();
        let seats = table.seats.iter().enumerate();
        let moving = seats.filter(|(_, seat)| matches!(seat.standing, Standing::Moving));
        moving.map(|(caller, _)| caller).collect()
    }

    /// Dropped transactions that are on their way: to the gate, or to the end of their roll-back.
    pub(crate) fn rolling_back(&self) -> usize {
        self.table().seats.iter().map(|it| it.rolling_back).sum()
    }

    /// Whether each of `callers` has been seen to wait, and has not gone on since.
    pub(crate) fn all_known_as_blocked(&self, callers: &[usize]) -> bool {
        let table = self.table();
        callers.iter().all(|it| table.seats[*it].blocked)
    }

    /// Grows with everything that happens.
    pub(crate) fn changes(&self) -> u64 {
        self.table().changes
    }

    /// Something has happened since somebody asked last.
    pub(crate) async fn changed(&self) {
        self.changed.notified().await;
    }

    /// Whether a caller has begun a transaction that has not ended.
    pub(crate) fn is_inside_a_unit(&self, caller: usize) -> bool {
        self.table().seats[caller].units > 0
    }

    /// Names what each caller has done and been told.
    pub(crate) fn histories(&self) -> Vec<u64> {
        self.table().seats.iter().map(|it| it.history).collect()
    }

    /// All that has happened.
    pub(crate) fn trace(&self) -> Trace {
        self.table().trace.clone()
    }

    fn change<T>(&self, change: impl FnOnce(&mut Table) -> T) -> T {
        let mut table = self.table();
        let answer = change(&mut table);
        table.changes += 1;
        self.changed.notify_one();
        answer
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn abandoned() -> StoreError {
    StoreError::Invalid { rule: "the run is abandoned" }
}
