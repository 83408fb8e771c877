//! Figures are as good as they claim, add up, and are held against their thresholds.

use std::time::Duration;

use ports::{LockKind, Retry, TakenLock, TransientCause};
use proptest::prelude::*;

use super::{
    LockReport, LockThresholds, Quantiles,
    durations::{Durations, millis},
    tally::LockTally,
};

proptest! {
    /// Whatever the range: what is told is no less than what was, and less than 1 % more.
    #[test]
    fn figures_are_rounded_up_by_less_than_a_hundredth(
        micros in prop::collection::vec(0_u64..90_000_000_000, 1..400),
        shift in 0_u32..30,
    ) {
        let sorted = sorted(micros.iter().map(|it| it >> shift));

        let Quantiles { p50_ms, p95_ms, p99_ms, max_ms } = durations(&sorted).quantiles();

        for (percent, figure) in [(50, p50_ms), (95, p95_ms), (99, p99_ms), (100, max_ms)] {
            let exact = exact(&sorted, percent);
            prop_assert!((exact..=exact * 1.01).contains(&figure), "p{percent}: {figure}, {exact}");
        }
    }

    /// Two processes, or one that has seen both.
    #[test]
    fn tallies_that_are_put_together_are_the_tally_of_both(
        mine in prop::collection::vec((0_usize..5, 0_u64..1_000_000), 0..60),
        yours in prop::collection::vec((0_usize..5, 0_u64..1_000_000), 0..60),
    ) {
        let mut together = tally(&mine);
        together.add(&tally(&yours));

        let both: Vec<_> = mine.iter().chain(&yours).copied().collect();
        prop_assert_eq!(together, tally(&both));
    }

    #[test]
    fn a_tally_reads_back_as_it_was_written(
        locks in prop::collection::vec((0_usize..5, 0_u64..100_000_000), 0..60),
    ) {
        let tally = tally(&locks);

        let written = serde_json::to_string(&tally).unwrap();

        let read: LockTally = serde_json::from_str(&written).unwrap();
        prop_assert_eq!(read, tally);
    }
}

#[test]
fn what_is_on_a_step_stays_there_and_what_is_above_it_goes_up() {
    let cases = [
        (0, 0.0),
        (1, 0.001),
        (199, 0.199),
        (201, 0.202),
        (199_001, 200.0),
        (200_000, 200.0),
        (200_001, 202.0),
        (499_999, 500.0),
        (500_000, 500.0),
        (500_001, 505.0),
        (995_001, 1_000.0),
        (60_000_000, 60_000.0),
    ];
    for (micros, ms) in cases {
        assert_eq!(durations(&[Duration::from_micros(micros)]).quantiles(), all(ms));
    }
}

#[test]
fn nothing_at_all_has_no_figures() {
    assert_eq!(Durations::default().quantiles(), Quantiles::default());
    assert!(LockTally::default().is_empty());
}

#[test]
fn whatever_takes_for_ever_takes_a_good_day() {
    let for_ever = durations(&[Duration::MAX]);

    assert_eq!(for_ever.quantiles(), all(100_000_000.0));
}

/// Every microsecond of a second: four powers of ten above the first, and what is below.
#[test]
fn what_is_kept_grows_with_the_range_only() {
    let mut every = Durations::default();
    for micros in 0..1_000_000 {
        every.record(Duration::from_micros(micros));
    }

    let written = serde_json::to_string(&every).unwrap();

    assert_eq!(every.total(), 1_000_000);
    assert_eq!(written.matches("],[").count() + 1, 100 + 4 * 350 + 1);
    assert!(written.len() < 20_000, "{} bytes", written.len());
}

#[test]
fn a_threshold_is_exceeded_by_what_is_above_it_and_not_by_itself() {
    let cases = [
        (LockKind::Players, 200_000, 0),
        (LockKind::Players, 200_001, 1),
        (LockKind::Tournament, 500_000, 0),
        (LockKind::Tournament, 500_001, 1),
        (LockKind::TournamentShared, 500_000, 0),
        (LockKind::TournamentShared, 500_001, 1),
        (LockKind::Awards, 60_000_000, 0),
        (LockKind::Transaction, 60_000_000, 0),
    ];
    for (kind, micros, sentences) in cases {
        let lock = TakenLock { kind, caller: "apply", rows: 1 };
        let (mut waited, mut held) = (LockTally::default(), LockTally::default());
        waited.had(lock, Duration::from_micros(micros));
        held.let_go(lock, Duration::from_micros(micros));

        for tally in [waited, held] {
            let exceeded = report(&tally).exceeded;
            assert_eq!(exceeded.len(), sentences, "{kind} {micros}: {exceeded:?}");
        }
    }
}

/// Five of a hundred may take as long as they like; the sixth is one too many.
#[test]
fn a_threshold_is_held_against_the_ninety_fifth_percentile() {
    for (slow, sentences) in [(5, 0), (6, 1)] {
        let lock = TakenLock { kind: LockKind::Players, caller: "assess", rows: 1 };
        let mut tally = LockTally::default();
        (0..100 - slow).for_each(|_| tally.had(lock, Duration::from_millis(200)));
        (0..slow).for_each(|_| tally.had(lock, Duration::from_secs(3)));

        let exceeded = report(&tally).exceeded;

        assert_eq!(exceeded.len(), sentences, "{exceeded:?}");
    }
}

#[test]
fn a_sentence_says_what_is_exceeded_by_whom_and_by_how_much() {
    let lock = TakenLock { kind: LockKind::Players, caller: "assess", rows: 1 };
    let mut tally = LockTally::default();
    tally.had(lock, Duration::from_millis(1_250));
    tally.deadlocked();

    assert_eq!(
        report(&tally).exceeded,
        [
            "players locks of `assess` are waited for 1250 ms at p95: 200 ms are allowed",
            "1 deadlock(s): 0 are allowed",
        ]
    );
}

#[test]
fn other_thresholds_judge_anew() {
    let mut tally = LockTally::default();
    tally.deadlocked();
    let red = report(&tally);
    assert!(!red.exceeded.is_empty());

    let lenient = LockThresholds { deadlocks_max: 1, ..LockThresholds::default() };
    let green = red.against(lenient);

    assert_eq!((green.exceeded.len(), green.thresholds), (0, lenient));
}

fn report(tally: &LockTally) -> LockReport {
    LockReport::of(tally, None)
}

/// Every figure of durations that are all the same.
fn all(ms: f64) -> Quantiles {
    Quantiles { p50_ms: ms, p95_ms: ms, p99_ms: ms, max_ms: ms }
}

fn durations<'a>(all: impl IntoIterator<Item = &'a Duration>) -> Durations {
    let mut durations = Durations::default();
    all.into_iter().for_each(|it| durations.record(*it));
    durations
}

fn sorted(micros: impl Iterator<Item = u64>) -> Vec<Duration> {
    let mut all: Vec<_> = micros.map(Duration::from_micros).collect();
    all.sort_unstable();
    all
}

/// The smallest of them that `percent` of them do not exceed.
fn exact(sorted: &[Duration], percent: usize) -> f64 {
    millis(sorted[(sorted.len() * percent).div_ceil(100) - 1])
}

/// Locks of two callers, retries of two causes, a deadlock now and then.
fn tally(locks: &[(usize, u64)]) -> LockTally {
    let mut tally = LockTally::default();
    for (kind, micros) in locks {
        let caller = if micros % 2 == 0 { "apply" } else { "close" };
        let lock = TakenLock { kind: LockKind::ALL[*kind], caller, rows: *kind };
        tally.had(lock, Duration::from_micros(*micros));
        tally.let_go(lock, Duration::from_micros(micros / 3));
        if micros % 5 == 0 {
            tally.run_again(caller, Retry::Transient(TransientCause::Deadlock));
            tally.deadlocked();
        }
        if micros % 7 == 0 {
            tally.run_again(caller, Retry::CommitUnknown);
        }
    }
    tally
}
