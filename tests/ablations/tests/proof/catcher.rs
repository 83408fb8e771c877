//! Who looks for what goes wrong: a search through the orders of steps, a case of the conformance
//! suite, or a run that is looked at.

use std::{
    pin::Pin,
    sync::{Arc, Mutex},
};

use ablations::{Guard, Through, moving_first, without};
use async_trait::async_trait;
use conformance::{Fault, Harness};
use interposed::{Call, InterposedStore, Interposer};
use memory_adapter::MemoryStore;
use ports::{StoreError, spi::Store};
use schedules::{Adapter, Order, Scenario, Search};

use crate::memory::MemoryHarness;

/// Somebody who looks for what goes wrong.
pub(crate) struct Catcher {
    /// What it is, for the table.
    pub(crate) name: String,
    /// The stores on which it looks.
    pub(crate) stores: Vec<&'static str>,
    search: Box<Look>,
}

/// Looks on stores without some guards, and answers what it finds on each.
type Look = dyn Fn(&[Guard]) -> Vec<String>;

/// What comes of something that takes its time.
pub(crate) type Later<T> = Pin<Box<dyn Future<Output = T> + Send>>;

impl Catcher {
    /// What it finds first on each store that lacks these guards; nothing where it finds nothing.
    pub(crate) fn finds(&self, without: &[Guard]) -> Vec<String> {
        (self.search)(without)
    }

    /// Every order of the steps of a few callers, in memory. What the store has refused in any of
    /// them counts, even if the callers get over it: with every guard in place, it refuses nothing.
    pub(crate) fn orders(scenario: Scenario) -> Self {
        let name = every_order(&scenario);
        let search = move |guards: &[Guard]| {
            let (broken, refusals) = (without(guards), Refusals::default());
            let watched = refusals.clone();
            let through = move |store| watched.clone().watch(broken(store));
            let violation = Search::of(scenario.clone()).through(through).first_violation();
            let found = violation.map(|it| it.fault.to_string());
            found.or_else(|| refusals.first()).into_iter().collect()
        };
        Self { name, stores: vec![MEMORY], search: Box::new(search) }
    }

    /// Every order of the steps of a few callers, in memory. The one that goes wrong there is taken
    /// on PostgreSQL, too, also once the guard is back.
    pub(crate) fn orders_everywhere(scenario: Scenario) -> Self {
        let name = every_order(&scenario);
        let wrong: Mutex<Option<Order>> = Mutex::default();
        let search = move |guards: &[Guard]| {
            let search = || {
                let broken = without(guards);
                Search::of(scenario.clone()).through(move |store| broken(store))
            };
            let in_memory = search().first_violation();
            let mut wrong = wrong.lock().unwrap();
            *wrong =
                in_memory.as_ref().map(|it| it.schedule.order.clone()).or_else(|| wrong.take());
            let order = wrong.iter().cloned().collect();
            let elsewhere = search().on(Adapter::Postgres).these(order).first_violation();
            let found = [in_memory, elsewhere].into_iter().flatten();
            found.map(|it| it.fault.to_string()).collect()
        };
        Self { name, stores: vec![MEMORY, "PostgreSQL"], search: Box::new(search) }
    }

    /// A case of the conformance suite, on the store in memory.
    pub(crate) fn case(name: &str, case: fn(BrokenHarness) -> Later<()>) -> Self {
        let search = move |guards: &[Guard]| {
            let guards = guards.to_vec();
            let run = async move { case(BrokenHarness::without(&guards)).await };
            panic_of(run).into_iter().collect()
        };
        let name = format!("conformance case `{name}`");
        Self { name, stores: vec![MEMORY], search: Box::new(search) }
    }

    /// A run that answers what is wrong with its end.
    pub(crate) fn run(name: &str, run: fn(Vec<Guard>) -> Later<Option<String>>) -> Self {
        let search = move |guards: &[Guard]| block_on(run(guards.to_vec())).into_iter().collect();
        Self { name: name.to_owned(), stores: vec![MEMORY], search: Box::new(search) }
    }
}

const MEMORY: &str = "memory";

fn every_order(scenario: &Scenario) -> String {
    format!("every order of `{}`", scenario.name)
}

/// What a store has refused although nothing was wrong with it.
#[derive(Clone, Default)]
struct Refusals(Arc<Mutex<Option<String>>>);

impl Refusals {
    fn watch(self, store: Arc<dyn Store>) -> Arc<dyn Store> {
        InterposedStore::new(store, Arc::new(self)).shared()
    }

    fn first(&self) -> Option<String> {
        self.0.lock().unwrap().clone()
    }
}

#[async_trait]
impl Interposer for Refusals {
    async fn after(&self, call: &Call, answer: &str) -> Result<(), StoreError> {
        if answer.starts_with("Err(Corrupt") {
            let refusal = || format!("{call} is refused: {answer}");
            self.0.lock().unwrap().get_or_insert_with(refusal);
        }
        Ok(())
    }
}

/// The store in memory without some guards, as the conformance suite wants it.
pub(crate) struct BrokenHarness {
    memory: MemoryHarness,
    guards: Vec<Guard>,
    through: Through,
}

impl BrokenHarness {
    pub(crate) fn without(guards: &[Guard]) -> Self {
        let memory = MemoryHarness(MemoryStore::new());
        Self { memory, guards: guards.to_vec(), through: without(guards) }
    }

    /// The healthy store behind it.
    pub(crate) fn healthy(&self) -> &MemoryStore {
        &self.memory.0
    }
}

#[async_trait]
impl Harness for BrokenHarness {
    async fn fresh() -> Self {
        Self::without(&[])
    }

    fn store(&self) -> Arc<dyn Store> {
        if self.guards.contains(&Guard::LedgerBeforeBalance) {
            return moving_first(&self.memory.0);
        }
        (self.through)(self.memory.store())
    }

    async fn plant(&self, fault: Fault) {
        self.memory.plant(fault).await;
    }
}

/// The message of whoever panics.
fn panic_of(run: impl Future<Output = ()> + Send + 'static) -> Option<String> {
    let ended = block_on(async { tokio::spawn(run).await });
    let panic = ended.err()?.try_into_panic().ok()?;
    let words = panic.downcast_ref::<String>().cloned();
    words.or_else(|| panic.downcast_ref::<&str>().map(ToString::to_string)).map(|it| plain(&it))
}

/// A message in one line; of two values that should be equal, the one that is and the one that
/// should be.
fn plain(message: &str) -> String {
    let value = |name| message.lines().find_map(|it| it.trim_start().strip_prefix(name));
    match (value("left: "), value("right: ")) {
        (Some(left), Some(right)) => format!("{left}, not {right}"),
        _ => message.lines().next().unwrap_or_default().to_owned(),
    }
}

fn block_on<T>(run: impl Future<Output = T>) -> T {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.unwrap().block_on(run)
}
