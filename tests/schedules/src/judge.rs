//! Judges how a run ended: by what every caller was told, by the books, and by the serial orders.

use std::{collections::BTreeSet, error::Error, sync::Arc};

use app_service::{CheckListener, CheckReport, GuerdonError, Outcome, VerifyOptions, verify_store};
use conformance::StandingClock;
use ports::spi::Store;
use races::export;

use crate::{
    Scenario, Serial, Told,
    explore::{Explorer, Walker as _},
    order::Turn,
    run::{Chooser, Crossing, End, Grain, Run, Through, run},
    stage::Stage,
    violation::Fault,
};

/// What the callers of a scenario come to when they come one after the other, in any order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Judge {
    ends: BTreeSet<String>,
    paid: BTreeSet<u64>,
}

impl Judge {
    /// Plays every serial order of `scenario`, on the store as it is.
    pub(crate) async fn of(scenario: &Scenario, stage: &dyn Stage) -> Self {
        let mut judge = Self { ends: BTreeSet::new(), paid: BTreeSet::new() };
        for permutation in permutations(scenario.callers.len()) {
            judge.learn(scenario, stage, &mut OneAfterTheOther(permutation)).await;
        }
        if scenario.serial == Serial::Units {
            let mut units = UnitByUnit::default();
            while units.0.start() {
                let cut_off = judge.learn(scenario, stage, &mut units).await;
                units.0.ended(cut_off);
            }
        }
        judge
    }

    /// Plays one serial order, and remembers what it came to unless it was cut off; answers whether
    /// it was.
    async fn learn(
        &mut self,
        scenario: &Scenario,
        stage: &dyn Stage,
        order: &mut dyn Chooser,
    ) -> bool {
        let through: Through = Arc::new(|store| store);
        let run = run(stage, scenario, &through, Grain::Every, order).await;
        if matches!(run.end, End::CutOff) {
            return true;
        }
        let told = told(scenario, &run).expect("callers who come alone are served");
        self.paid.insert(told);
        self.ends.insert(everything(stage).await);
        false
    }

    /// What is wrong with a run that was not cut off.
    pub(crate) async fn verdict(
        &self,
        scenario: &Scenario,
        run: &Run,
        stage: &dyn Stage,
    ) -> Option<Fault> {
        let told = match told(scenario, run) {
            Ok(told) => told,
            Err(fault) => return Some(fault),
        };
        if let Some(fault) = broken_invariant(scenario, stage.committed().as_ref()).await {
            return Some(fault);
        }
        if !self.paid.contains(&told) {
            let serial = self.paid.first().copied().unwrap_or_default();
            return Some(Fault::Told { told, serial });
        }
        let end = everything(stage).await;
        let is_serial = self.ends.contains(&end);
        (!is_serial).then(|| Fault::NotSerial { difference: self.difference(&end) })
    }

    /// Where `end` differs from the serial end that it resembles for longest.
    fn difference(&self, end: &str) -> String {
        let common = |serial: &String| {
            let pairs = serial.bytes().zip(end.bytes());
            pairs.take_while(|(one, other)| one == other).count()
        };
        let nearest = self.ends.iter().max_by_key(|it| common(it)).map_or("", String::as_str);
        let at = common(&nearest.to_owned());
        let start = end.get(..at).and_then(|it| it.rfind('\n')).map_or(0, |it| it + 1);
        let kind = end.get(start..).and_then(|it| it.split_whitespace().next()).unwrap_or("an end");
        format!("{kind} with {:?} where it says {:?}", around(end, at), around(nearest, at))
    }
}

/// All that is committed: what the ports can read, and what they cannot.
async fn everything(stage: &dyn Stage) -> String {
    export(stage.committed().as_ref()).await + &stage.trail().await
}

/// What a text says at a place, with a few words before it.
fn around(text: &str, at: usize) -> &str {
    let line = text.get(..at).and_then(|it| it.rfind('\n')).map_or(0, |it| it + 1);
    let from = at.saturating_sub(24).max(line);
    let to = text.len().min(at + 16);
    text.get(from..to).and_then(|it| it.lines().next()).unwrap_or_default()
}

/// What the callers were told of, added up.
fn told(scenario: &Scenario, run: &Run) -> Result<u64, Fault> {
    let results = match &run.end {
        End::Done(results) => results,
        End::CutOff => return Ok(0),
        End::Deadlock => return Err(Fault::Deadlock),
        End::Hangs => return Err(Fault::Hangs),
        End::Endless => return Err(Fault::Endless),
    };
    let mut paid = 0;
    for (caller, result) in results.iter().enumerate() {
        paid += match result {
            Ok(Ok(Told { paid })) => *paid,
            Ok(Err(error)) if scenario.callers[caller].may_be_told(error) => 0,
            Ok(Err(error)) => return Err(Fault::Refused { caller, error: chain(error) }),
            Err(message) => {
                return Err(Fault::Panicked { caller, message: first_line(message) });
            }
        };
    }
    Ok(paid)
}

/// An error with everything behind it.
fn chain(error: &GuerdonError) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        let next = error.to_string();
        if !text.ends_with(&next) {
            text = format!("{text}: {next}");
        }
        source = error.source();
    }
    text
}

/// What a panic says, without what it shows.
fn first_line(message: &str) -> String {
    message.lines().next().unwrap_or_default().to_owned()
}

/// The first invariant that does not hold, or cannot be looked at.
async fn broken_invariant(scenario: &Scenario, store: &dyn Store) -> Option<Fault> {
    let (clock, options) = (StandingClock::shared(), VerifyOptions::default());
    let report = verify_store(store, clock.as_ref(), options, &CheckListener::default()).await;
    let excused = |it: &CheckReport| {
        scenario.callers.iter().any(|deed| deed.leaves_broken() == Some(it.invariant))
    };
    let broken = |it: &&CheckReport| it.outcome != Outcome::Held && !excused(it);
    report.checks.iter().find(broken).map(|it| Fault::Books {
        invariant: it.invariant,
        found: it.violations.first().map_or("it cannot be checked", |it| &it.found).to_owned(),
    })
}

/// Lets the first caller finish, then the next one.
struct OneAfterTheOther(Vec<usize>);

impl Chooser for OneAfterTheOther {
    fn choose(&mut self, crossing: &Crossing<'_>) -> Option<Turn> {
        let step_of = |caller: &usize| crossing.ready.iter().find(|it| it.caller() == *caller);
        self.0.iter().find_map(step_of).copied()
    }
}

/// Lets whoever has begun a unit of work end it, and read on up to the next one: whose unit comes
/// next is what all ways are tried of.
#[derive(Default)]
struct UnitByUnit(Explorer);

impl Chooser for UnitByUnit {
    fn choose(&mut self, crossing: &Crossing<'_>) -> Option<Turn> {
        crossing.between_units().or_else(|| self.0.choose(crossing))
    }
}

/// Every order of the numbers below `count`.
fn permutations(count: usize) -> Vec<Vec<usize>> {
    let mut all = vec![vec![]];
    for next in 0..count {
        let longer = |one: &Vec<usize>| {
            let one = one.clone();
            (0..=one.len()).map(move |at| {
                let mut longer = one.clone();
                longer.insert(at, next);
                longer
            })
        };
        all = all.iter().flat_map(longer).collect();
    }
    all
}
