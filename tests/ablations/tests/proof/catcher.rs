//! Who looks for what goes wrong: a search through the orders of steps or through the crashes of a
//! run, a case of the conformance suite, or a run that is looked at.

mod orders;

use std::{pin::Pin, sync::Arc};

use ablations::{Guard, Through, moving_first, without};
use async_trait::async_trait;
use conformance::{Fault, Harness};
use crashes::{MemoryGround, UseCase};
use memory_adapter::MemoryStore;
use ports::spi::Store;
use schedules::Scenario;

use self::orders::{Everywhere, InMemory};
use crate::{memory::MemoryHarness, patience::in_time};

/// Somebody who looks for what goes wrong.
pub(crate) struct Catcher {
    /// What it is, for the table.
    pub(crate) name: String,
    /// The stores on which it looks.
    pub(crate) stores: Vec<&'static str>,
    search: Box<dyn Look>,
}

/// Looks on stores without some guards, and answers what it finds on each.
trait Look {
    /// What goes wrong first.
    fn finds(&self, without: &[Guard]) -> Vec<String>;

    /// The same where nothing should: it goes all the way.
    fn still_finds(&self, without: &[Guard]) -> Vec<String> {
        self.finds(without)
    }
}

impl<It: Fn(&[Guard]) -> Option<String>> Look for It {
    fn finds(&self, without: &[Guard]) -> Vec<String> {
        self(without).into_iter().collect()
    }
}

/// What comes of something that takes its time.
pub(crate) type Later<T> = Pin<Box<dyn Future<Output = T> + Send>>;

impl Catcher {
    /// What it finds first on each store that lacks these guards; nothing where it finds nothing.
    pub(crate) fn finds(&self, without: &[Guard]) -> Vec<String> {
        self.search.finds(without)
    }

    /// What it finds on stores that lack only these guards, looking as long as it finds nothing.
    pub(crate) fn still_finds(&self, without: &[Guard]) -> Vec<String> {
        self.search.still_finds(without)
    }

    /// Every order of the steps of a few callers, in memory. What the store has refused in any of
    /// them counts, even if the callers get over it: with every guard in place, it refuses nothing.
    pub(crate) fn orders(scenario: Scenario) -> Self {
        let name = format!("every order of `{}`", scenario.name);
        Self { name, stores: vec![MEMORY], search: Box::new(InMemory(scenario)) }
    }

    /// Every order of the steps of a few callers, in memory and on PostgreSQL.
    pub(crate) fn orders_everywhere(scenario: Scenario) -> Self {
        let name = format!("every order of `{}`", scenario.name);
        let search = Box::new(Everywhere::of(scenario));
        Self { name, stores: vec![MEMORY, "PostgreSQL"], search }
    }

    /// The same of the steps that other callers can see: there are many callers.
    pub(crate) fn visible_orders_everywhere(scenario: Scenario) -> Self {
        let name = format!("every order of the visible steps of `{}`", scenario.name);
        let search = Box::new(Everywhere::of(scenario).visible_steps_only());
        Self { name, stores: vec![MEMORY, "PostgreSQL"], search }
    }

    /// Every crash of a use case, in memory.
    pub(crate) fn crashes(use_case: UseCase) -> Self {
        let search = move |guards: &[Guard]| {
            let broken = without(guards);
            let search = crashes::Search::of(use_case).broken_by(move |store| broken(store));
            let violation = block_on(search.first_violation(&MemoryGround::default()))?;
            Some(format!("{violation}: {}", essence(&violation.details)))
        };
        let name = format!("a crash at every step of `{use_case}`");
        Self { name, stores: vec![MEMORY], search: Box::new(search) }
    }

    /// A case of the conformance suite, on the store in memory.
    pub(crate) fn case(name: &str, case: fn(BrokenHarness) -> Later<()>) -> Self {
        let search = move |guards: &[Guard]| {
            let guards = guards.to_vec();
            panic_of(async move { case(BrokenHarness::without(&guards)).await })
        };
        let name = format!("conformance case `{name}`");
        Self { name, stores: vec![MEMORY], search: Box::new(search) }
    }

    /// A run that answers what is wrong with its end.
    pub(crate) fn run(name: &str, run: fn(Vec<Guard>) -> Later<Option<String>>) -> Self {
        let search = move |guards: &[Guard]| block_on(in_time(run(guards.to_vec())));
        Self { name: name.to_owned(), stores: vec![MEMORY], search: Box::new(search) }
    }
}

const MEMORY: &str = "memory";

/// What an invariant has found, or what else stands in the first line.
fn essence(details: &str) -> &str {
    let mut found = details.lines().map(str::trim).filter_map(|it| it.strip_prefix("found: "));
    found.next().or_else(|| details.lines().next()).unwrap_or_default().trim_matches(['"', ','])
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
