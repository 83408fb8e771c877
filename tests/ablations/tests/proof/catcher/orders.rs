//! The orders of the steps of a few callers, on stores without some guards.

use std::{
    io::Write,
    sync::{Arc, Mutex, PoisonError},
};

use ablations::{Guard, without};
use async_trait::async_trait;
use interposed::{Call, InterposedStore, Interposer};
use ports::{StoreError, spi::Store};
use schedules::{Adapter, Fault, Order, Report, Scenario, Search, exhaustive};

use super::Look;

/// Orders of a pair that are walked on PostgreSQL while the guard stands, spread over all of them.
const OF_A_PAIR_MAX: usize = 48;

/// Orders of more callers that are walked there, and the seed by which they are drawn.
const OF_MANY: usize = 24;
const SEED: u64 = 1;

/// In memory. What the store has refused counts as well.
pub(super) struct InMemory(pub(super) Scenario);

impl Look for InMemory {
    fn finds(&self, guards: &[Guard]) -> Vec<String> {
        let (broken, refusals) = (without(guards), Refusals::default());
        let watched = refusals.clone();
        let through = move |store| watched.clone().watch(broken(store));
        let violation = Search::of(self.0.clone()).through(through).first_violation();
        let found = violation.map(|it| it.fault.to_string());
        found.or_else(|| refusals.first()).into_iter().collect()
    }
}

/// In memory and on PostgreSQL.
pub(super) struct Everywhere {
    scenario: Scenario,
    visible_only: bool,
    /// The order that goes wrong in memory.
    wrong: Mutex<Option<Order>>,
}

impl Everywhere {
    pub(super) fn of(scenario: Scenario) -> Self {
        Self { scenario, visible_only: false, wrong: Mutex::default() }
    }

    pub(super) fn visible_steps_only(self) -> Self {
        Self { visible_only: true, ..self }
    }

    fn search(&self, guards: &[Guard]) -> Search {
        let broken = without(guards);
        let search = Search::of(self.scenario.clone()).through(move |store| broken(store));
        if self.visible_only { search.visible_steps_only() } else { search }
    }

    /// The order that goes wrong without the guard.
    fn wrong(&self, guards: &[Guard]) -> Search {
        let order = self.wrong.lock().unwrap_or_else(PoisonError::into_inner).clone();
        self.search(guards).on(Adapter::Postgres).these(order.into_iter().collect())
    }
}

impl Look for Everywhere {
    /// All orders in memory; the one that goes wrong there on PostgreSQL, too.
    fn finds(&self, guards: &[Guard]) -> Vec<String> {
        let in_memory = self.search(guards).first_violation();
        let order = in_memory.as_ref().map(|it| it.schedule.order.clone());
        *self.wrong.lock().unwrap_or_else(PoisonError::into_inner) = order;
        let on_postgres = self.wrong(guards).first_violation();
        let found = [in_memory, on_postgres].into_iter().flatten();
        found.map(|it| it.fault.to_string()).collect()
    }

    /// All orders in memory. On PostgreSQL the one that goes wrong without the guard, and as many
    /// others as there is time for.
    fn still_finds(&self, guards: &[Guard]) -> Vec<String> {
        let searches = [self.search(guards), self.wrong(guards), self.others(guards)];
        searches.into_iter().filter_map(|it| shown(&it.run())).collect()
    }
}

impl Everywhere {
    /// Orders on PostgreSQL: of the visible steps, as long as every promise is kept. Where another
    /// guard is out, a rule of the schema may refuse what it would have kept from being asked: that
    /// is no harm, and the search goes on.
    fn others(&self, guards: &[Guard]) -> Search {
        let all = self.search(guards).on(Adapter::Postgres);
        let all = if guards.is_empty() {
            all.visible_steps_only()
        } else {
            all.looking_for(|it| !matches!(it, Fault::Refused { .. }))
        };
        match self.visible_only {
            _ if exhaustive() => all,
            true => all.sampled(SEED, OF_MANY),
            false => all.at_most(OF_A_PAIR_MAX),
        }
    }
}

/// Shows how far a search came, and answers what it has found.
fn shown(report: &Report) -> Option<String> {
    let _ = writeln!(std::io::stderr(), "ablation, the guard stands: {report}");
    report.violation.as_ref().map(|it| it.fault.to_string())
}

/// What a store has refused although nothing was wrong with it.
#[derive(Clone, Default)]
struct Refusals(Arc<Mutex<Option<String>>>);

impl Refusals {
    fn watch(self, store: Arc<dyn Store>) -> Arc<dyn Store> {
        InterposedStore::new(store, Arc::new(self)).shared()
    }

    fn first(&self) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

#[async_trait]
impl Interposer for Refusals {
    async fn after(&self, call: &Call, answer: &str) -> Result<(), StoreError> {
        if answer.starts_with("Err(Corrupt") {
            let refusal = || format!("{call} is refused: {answer}");
            self.0.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_with(refusal);
        }
        Ok(())
    }
}
