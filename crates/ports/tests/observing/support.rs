//! A clock that is wound by hand, a witness of what is heard, and a store whose steps take time.

use std::{
    fmt,
    sync::{Arc, Mutex},
    time::Duration,
};

use domain::{
    Award, AwardState, Evidence, LockOrder, MatchRecord, NewTournament, Outcome, PlannedAward,
    PlayerId, Reward, TenThousandths, Tournament, TournamentStatus,
};
use ports::{
    Clock, CorruptPlayer, Observer, Retry, TakenLock, Timestamp, UnitsOfWork,
    spi::{LockedPlayer, MockStore, MockTransaction},
};

/// A clock that goes on when somebody works.
#[derive(Debug, Clone, Default)]
pub(crate) struct Stopwatch(Arc<Mutex<Duration>>);

/// Everything that was heard, as words.
#[derive(Debug, Clone, Default)]
pub(crate) struct Witness(Arc<Mutex<Vec<String>>>);

/// An observer that is broken.
pub(crate) struct Careless;

pub(crate) fn units<const N: usize>(
    clock: &Stopwatch,
    witness: &Witness,
    transactions: [MockTransaction; N],
) -> UnitsOfWork {
    UnitsOfWork::new(Arc::new(store(clock, transactions)))
        .with_clock(Arc::new(clock.clone()))
        .with_observer(Arc::new(witness.clone()))
}

/// A store where beginning takes a millisecond.
pub(crate) fn store<const N: usize>(
    clock: &Stopwatch,
    transactions: [MockTransaction; N],
) -> MockStore {
    let mut store = MockStore::new();
    let mut transactions = transactions.into_iter();
    let clock = clock.clone();
    store.expect_begin().returning(move || {
        clock.pass(1);
        Ok(Box::new(transactions.next().unwrap()))
    });
    store
}

/// A transaction whose every lock takes another time: 7, 20, 300 and 4,000 ms; the commit takes
/// 50,000, the rollback 600.
pub(crate) fn transaction(clock: &Stopwatch) -> MockTransaction {
    let mut tx = MockTransaction::new();
    let it = clock.clone();
    tx.expect_select_tournament_for_update().returning(move |_| it.after(7, Ok(Some(cup()))));
    let it = clock.clone();
    tx.expect_select_tournament_for_share().returning(move |_| it.after(20, Ok(Some(cup()))));
    let it = clock.clone();
    tx.expect_select_awards_for_update()
        .returning(move |_, _| it.after(300, Ok(vec![award(), award()])));
    let it = clock.clone();
    tx.expect_select_players_for_update().returning(move |_: &LockOrder<PlayerId>| {
        it.after(4_000, Ok(vec![locked(), locked(), locked()]))
    });
    let it = clock.clone();
    tx.expect_commit().returning(move || it.after(50_000, Ok(())));
    let it = clock.clone();
    tx.expect_rollback().returning(move || it.after(600, Ok(())));
    tx
}

fn award() -> Award {
    let none = TenThousandths::new(0);
    let evidence = Evidence {
        outcome: Outcome::Unplaced,
        field_size: 2,
        opponent_factor: none,
        match_modifier: none,
        record: MatchRecord::default(),
        measured: None,
    };
    let player = PlayerId::of("ada");
    let planned = PlannedAward { player, team: None, evidence, reward: Reward::default() };
    Award { revision: 0, planned, state: AwardState::Pending, paid: None }
}

fn locked() -> LockedPlayer {
    let player = PlayerId::of("ada");
    let rule = "a profile can be read".to_owned();
    let corrupt = CorruptPlayer { player, table: "skill_profiles", rule };
    LockedPlayer { id: player, state: Err(corrupt) }
}

pub(crate) fn cup() -> Tournament {
    let NewTournament { id, key, name, policy } = NewTournament::new("cup", "Cup");
    let (results_hash, plan_hash) = (None, None);
    let status = TournamentStatus::Completed;
    let (change_seq, revision, field_size) = (0, 0, 0);
    Tournament {
        id,
        key,
        name,
        status,
        change_seq,
        policy,
        revision,
        results_hash,
        field_size,
        plan_hash,
    }
}

impl Stopwatch {
    pub(crate) fn pass(&self, ms: u64) {
        *self.0.lock().unwrap() += Duration::from_millis(ms);
    }

    fn after<T>(&self, ms: u64, answer: T) -> T {
        self.pass(ms);
        answer
    }
}

impl Clock for Stopwatch {
    fn now(&self) -> Timestamp {
        Timestamp::UNIX_EPOCH + self.monotonic()
    }

    fn monotonic(&self) -> Duration {
        *self.0.lock().unwrap()
    }
}

impl Witness {
    fn hear(&self, what: fmt::Arguments<'_>) {
        self.0.lock().unwrap().push(what.to_string());
    }

    pub(crate) fn heard(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

impl Observer for Witness {
    fn had(&self, TakenLock { kind, caller, rows }: TakenLock, wait: Duration) {
        self.hear(format_args!("{caller} waited {} ms for {kind} of {rows}", wait.as_millis()));
    }

    fn gave_up(&self, TakenLock { kind, caller, .. }: TakenLock, wait: Duration) {
        self.hear(format_args!("{caller} gave {kind} up after {} ms", wait.as_millis()));
    }

    fn let_go(&self, TakenLock { kind, caller, .. }: TakenLock, hold: Duration) {
        self.hear(format_args!("{caller} held {kind} for {} ms", hold.as_millis()));
    }

    fn run_again(&self, caller: &'static str, why: Retry) {
        self.hear(format_args!("{caller} again: {why}"));
    }

    fn deadlocked(&self, caller: &'static str) {
        self.hear(format_args!("{caller} deadlocked"));
    }
}

impl Observer for Careless {
    fn had(&self, _: TakenLock, _: Duration) {
        panic!("a bug");
    }

    fn let_go(&self, _: TakenLock, _: Duration) {
        panic!("another bug");
    }
}
