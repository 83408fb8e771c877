//! Walks the orders of a scenario, and stops at the first one that goes wrong.

use std::{fmt, sync::Arc, time::Duration};

use ports::spi::Store;

use crate::{
    Adapter, Order, Scenario,
    explore::{Explorer, Listed, Sampler, Walker},
    judge::Judge,
    run::{End, Grain, Run, Through, run},
    stage::{MemoryStage, Stage},
    violation::Violation,
};

/// A search through the orders of one scenario.
///
/// ```no_run
/// # use schedules::{Adapter, Search, catalogue};
/// let scenario = catalogue::find("finalize-finalize").expect("it is in the catalogue");
/// let violation = Search::of(scenario).on(Adapter::Memory).first_violation();
/// assert_eq!(violation.map(|it| it.fault.to_string()), None);
/// ```
///
/// It brings a runtime of its own: call it from a test that has none.
#[derive(Clone)]
pub struct Search {
    scenario: Scenario,
    adapter: Adapter,
    through: Through,
    grain: Grain,
    extent: Extent,
}

/// Which orders are walked.
#[derive(Debug, Clone)]
enum Extent {
    All,
    Samples { seed: u64, count: usize },
    These(Vec<Order>),
}

/// What a search has found.
#[derive(Debug, Clone)]
#[must_use = "something may have gone wrong"]
pub struct Report {
    /// The scenario.
    pub scenario: String,
    /// Where it was played.
    pub adapter: Adapter,
    /// Runs, those that were cut off where another had been included.
    pub runs: usize,
    /// Different states in which there was something to choose.
    pub states: usize,
    /// Different orders, from the first step to the last, that these runs stand for.
    pub orders: u128,
    /// Steps that had to wait for a lock.
    pub blocked: usize,
    /// How long it took.
    pub elapsed: Duration,
    /// What each run did, to be walked elsewhere.
    pub walked: Vec<Order>,
    /// What went wrong first.
    pub violation: Option<Violation>,
}

impl Search {
    /// All orders of `scenario`, on the store in memory.
    #[must_use]
    pub fn of(scenario: Scenario) -> Self {
        let through: Through = Arc::new(|store| store);
        let (adapter, grain, extent) = (Adapter::Memory, Grain::Every, Extent::All);
        Self { scenario, adapter, through, grain, extent }
    }

    /// The same on another adapter. Only the store in memory can be searched for all orders; on
    /// others, say which ones.
    #[must_use]
    pub fn on(self, adapter: Adapter) -> Self {
        Self { adapter, ..self }
    }

    /// The same with something between the callers and the store: a store that breaks a promise,
    /// say. It must do the same to the same calls of one caller, or states are taken for equal that
    /// are not.
    #[must_use]
    pub fn through(
        self,
        through: impl Fn(Arc<dyn Store>) -> Arc<dyn Store> + Send + Sync + 'static,
    ) -> Self {
        Self { through: Arc::new(through), ..self }
    }

    /// The same without choosing between steps that nobody else can see: writes into the rows that
    /// a transaction has locked. Only for stores that keep their promises.
    #[must_use]
    pub fn visible_steps_only(self) -> Self {
        Self { grain: Grain::Visible, ..self }
    }

    /// Only `count` orders, drawn at random.
    #[must_use]
    pub fn sampled(self, seed: u64, count: usize) -> Self {
        Self { extent: Extent::Samples { seed, count }, ..self }
    }

    /// Only these orders. Whoever cannot take the next step of an order is passed over; where an
    /// order ends early, the callers finish one after the other.
    #[must_use]
    pub fn these(self, orders: Vec<Order>) -> Self {
        Self { extent: Extent::These(orders), ..self }
    }

    /// What goes wrong first.
    #[must_use]
    pub fn first_violation(self) -> Option<Violation> {
        self.run().violation
    }

    /// Walks the orders until all are walked, or one goes wrong.
    pub fn run(self) -> Report {
        let started = now();
        let mut report = match self.adapter {
            Adapter::Memory => {
                let runtime = tokio::runtime::Builder::new_current_thread().build();
                let runtime = runtime.expect("a runtime without drivers starts");
                runtime.block_on(async {
                    let stage = MemoryStage::of(&self.scenario.ground).await;
                    self.walk(&stage).await
                })
            }
            Adapter::Sqlite | Adapter::Postgres => panic!("only memory is searched so far"),
        };
        report.elapsed = now() - started;
        report
    }

    async fn walk(&self, stage: &dyn Stage) -> Report {
        let judge = Judge::of(&self.scenario, stage).await;
        let mut report = self.nothing_walked();
        let mut walker: Box<dyn Walker> = match &self.extent {
            Extent::All => Box::new(Explorer::default()),
            Extent::Samples { seed, count } => Box::new(Sampler::of(*seed, *count)),
            Extent::These(orders) => Box::new(Listed::of(orders.clone())),
        };
        while walker.start() {
            let run = run(stage, &self.scenario, &self.through, self.grain, walker.as_mut()).await;
            walker.ended(matches!(run.end, End::CutOff));
            report.violation = self.violation(&judge, stage, &run).await;
            report.runs += 1;
            report.blocked += run.blocked;
            report.walked.push(run.order);
            if report.violation.is_some() {
                break;
            }
        }
        (report.states, report.orders) = walker.found();
        report
    }

    async fn violation(&self, judge: &Judge, stage: &dyn Stage, run: &Run) -> Option<Violation> {
        if matches!(run.end, End::CutOff) {
            return None;
        }
        let fault = judge.verdict(&self.scenario, run, stage.store(0)).await?;
        Some(Violation {
            scenario: self.scenario.name.clone(),
            adapter: self.adapter,
            order: run.order.clone(),
            fault,
            trace: run.trace.clone(),
        })
    }

    fn nothing_walked(&self) -> Report {
        Report {
            scenario: self.scenario.name.clone(),
            adapter: self.adapter,
            runs: 0,
            states: 0,
            orders: 0,
            blocked: 0,
            elapsed: Duration::ZERO,
            walked: vec![],
            violation: None,
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "a search says how long it took")]
fn now() -> std::time::Instant {
    std::time::Instant::now()
}

impl Report {
    /// Panics with all that is known if something went wrong.
    #[expect(clippy::missing_panics_doc, reason = "it says so")]
    pub fn expect_clean(&self) {
        if let Some(violation) = &self.violation {
            panic!("{violation}");
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { scenario, adapter, runs, states, orders, blocked, elapsed, .. } = self;
        write!(
            f,
            "{scenario} on {adapter}: {orders} orders in {runs} runs, {states} states, {blocked} \
             blocked steps, {:.1} s",
            elapsed.as_secs_f64()
        )
    }
}

impl fmt::Debug for Search {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Search")
            .field("scenario", &self.scenario.name)
            .field("adapter", &self.adapter)
            .finish_non_exhaustive()
    }
}
