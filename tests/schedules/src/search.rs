//! Walks the orders of a scenario, and stops at the first one that goes wrong.

use std::{fmt, sync::Arc, time::Duration};

use ports::spi::Store;

use crate::{
    Adapter, Order, Scenario, Trace,
    explore::{Explorer, Found, Listed, Sampler, Walker},
    judge::Judge,
    planted::Planted,
    run::{End, Grain, Run, Through, run},
    schedule::{NotASchedule, Schedule},
    stage::{MemoryStage, PostgresStage, SqliteStage, Stage, Writers},
    violation::{Fault, Violation},
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
    planted: Option<Planted>,
    damage: Option<String>,
    grain: Grain,
    extent: Extent,
    meant: Meant,
}

/// Says which faults are looked for.
type Meant = Arc<dyn Fn(&Fault) -> bool + Send + Sync>;

/// Which orders are walked.
#[derive(Debug, Clone)]
enum Extent {
    All,
    AtMost(usize),
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
    /// Runs; those included that were cut off in a state where another had been.
    pub runs: usize,
    /// Steps that had to wait for a lock.
    pub blocked: usize,
    /// In a database: how many had to wait in memory, in the same orders; as many must wait there.
    pub blocked_in_memory: Option<usize>,
    /// How the orders branch, in memory.
    pub found: Found,
    /// How long it took.
    pub elapsed: Duration,
    /// What happened in the last run.
    pub last: Trace,
    /// What went wrong first.
    pub violation: Option<Violation>,
}

impl Search {
    /// All orders of `scenario`, on the store in memory.
    #[must_use]
    pub fn of(scenario: Scenario) -> Self {
        let through: Through = Arc::new(|store| store);
        let (adapter, grain, extent) = (Adapter::Memory, Grain::Every, Extent::All);
        let meant: Meant = Arc::new(|_| true);
        Self { scenario, adapter, through, planted: None, damage: None, grain, extent, meant }
    }

    /// The same on another adapter. The states of a database cannot be looked at as a whole, so
    /// nothing is cut off there: every run of the search in memory is walked from the first step to
    /// the last, so that each step is taken in each state that the callers can come to.
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

    /// The same with a fault planted that has a name, so that a violation can be seen again by its
    /// schedule alone.
    #[must_use]
    pub fn planted(self, fault: Planted) -> Self {
        Self { planted: Some(fault), ..self }.through(move |store| fault.plant(store))
    }

    /// The one order that `schedule` names.
    pub fn replay(schedule: &str) -> Result<Self, NotASchedule> {
        let Schedule { scenario, planted, adapter, order } = schedule.parse()?;
        let search = Self::of(scenario).on(adapter).these(vec![order]);
        Ok(planted.map_or(search.clone(), |fault| search.planted(fault)))
    }

    /// The same in a database whose schema has been changed by a statement: without one of its
    /// constraints, say. Nothing to the store in memory.
    #[must_use]
    pub fn damaged_by(self, statement: impl Into<String>) -> Self {
        Self { damage: Some(statement.into()), ..self }
    }

    /// The same without choosing between steps that nobody else can see: writes into the rows that
    /// a transaction has locked. Only for stores that keep their promises.
    #[must_use]
    pub fn visible_steps_only(self) -> Self {
        Self { grain: Grain::Visible, ..self }
    }

    /// No more than `runs` of the runs, spread evenly over all of them.
    #[must_use]
    pub fn at_most(self, runs: usize) -> Self {
        Self { extent: Extent::AtMost(runs), ..self }
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
        // An order names every step.
        Self { extent: Extent::These(orders), grain: Grain::Every, ..self }
    }

    /// The same past every fault that is not `meant`: it does not end the search.
    #[must_use]
    pub fn looking_for(self, meant: impl Fn(&Fault) -> bool + Send + Sync + 'static) -> Self {
        Self { meant: Arc::new(meant), ..self }
    }

    /// What goes wrong first.
    #[must_use]
    pub fn first_violation(self) -> Option<Violation> {
        self.run().violation
    }

    /// Walks the orders until all are walked, or one goes wrong.
    pub fn run(self) -> Report {
        let started = now();
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        if self.adapter != Adapter::Memory {
            runtime.enable_all();
        }
        let runtime = runtime.build().expect("a runtime starts");
        let mut report = runtime.block_on(self.play());
        report.elapsed = now() - started;
        report
    }

    async fn play(&self) -> Report {
        let Self { scenario, damage, .. } = self;
        let (ground, damage) = (&scenario.ground, damage.as_deref());
        let memory = MemoryStage::of(scenario, Writers::Many).await;
        // All adapters are judged by the same serial ends: they must store the same, byte for byte.
        let judge = Judge::of(scenario, &memory).await;
        match self.adapter {
            Adapter::Memory => self.walk(&judge, &memory).await,
            Adapter::Sqlite => {
                let model = MemoryStage::of(scenario, Writers::One).await;
                self.follow(&judge, &model, &SqliteStage::of(ground, damage).await).await
            }
            Adapter::Postgres => {
                let stage = PostgresStage::of(ground, scenario.callers.len(), damage).await;
                self.follow(&judge, &memory, &stage).await
            }
        }
    }

    /// The search in a database: through the runs of the same search in memory, unless its orders
    /// are listed or drawn.
    async fn follow(&self, judge: &Judge, memory: &MemoryStage, stage: &dyn Stage) -> Report {
        let runs_max = match self.extent {
            Extent::All => usize::MAX,
            Extent::AtMost(runs) => runs,
            Extent::Samples { .. } | Extent::These(_) => return self.walk(judge, stage).await,
        };
        let runs = spread(self.modelled(memory).await, runs_max);
        let blocked_in_memory = Some(runs.iter().map(|it| it.1).sum());
        let search = self.clone().these(runs.into_iter().map(|it| it.0).collect());
        Report { blocked_in_memory, ..search.walk(judge, stage).await }
    }

    /// The runs of the search in memory, each with the number of steps that had to wait.
    async fn modelled(&self, memory: &MemoryStage) -> Vec<(Order, usize)> {
        let mut explorer = Explorer::default();
        let mut runs = vec![];
        while explorer.start() {
            let run = run(memory, &self.scenario, &self.through, self.grain, &mut explorer).await;
            explorer.ended(matches!(run.end, End::CutOff));
            runs.push((run.order, run.blocked));
        }
        runs
    }

    async fn walk(&self, judge: &Judge, stage: &dyn Stage) -> Report {
        let mut walker: Box<dyn Walker> = match &self.extent {
            Extent::All | Extent::AtMost(_) => Box::new(Explorer::default()),
            Extent::Samples { seed, count } => Box::new(Sampler::of(*seed, *count)),
            Extent::These(orders) => Box::new(Listed::of(orders.clone())),
        };
        let (mut runs, mut blocked, mut last, mut violation) = (0, 0, Trace::default(), None);
        while violation.is_none() && walker.start() {
            let run = run(stage, &self.scenario, &self.through, self.grain, walker.as_mut()).await;
            let cut_off = matches!(run.end, End::CutOff);
            walker.ended(cut_off);
            (runs, blocked) = (runs + 1, blocked + run.blocked);
            last.clone_from(&run.trace);
            if !cut_off {
                violation = self.violation(judge, stage, run).await;
            }
        }
        let scenario = self.scenario.name.clone();
        let (adapter, found, elapsed) = (self.adapter, walker.found(), Duration::ZERO);
        let blocked_in_memory = None;
        Report {
            scenario,
            adapter,
            runs,
            blocked,
            blocked_in_memory,
            found,
            elapsed,
            last,
            violation,
        }
    }

    async fn violation(&self, judge: &Judge, stage: &dyn Stage, run: Run) -> Option<Violation> {
        let fault = judge.verdict(&self.scenario, &run, stage).await;
        let fault = fault.filter(|it| (self.meant)(it))?;
        let Run { order, trace, .. } = run;
        let scenario = self.scenario.clone();
        let schedule = Schedule { scenario, planted: self.planted, adapter: self.adapter, order };
        Some(Violation { schedule, fault, trace })
    }
}

/// At most `count` of `runs`, the first one among them, at equal distances.
fn spread<Run>(runs: Vec<Run>, count: usize) -> Vec<Run> {
    let stride = runs.len().div_ceil(count.max(1)).max(1);
    runs.into_iter().step_by(stride).collect()
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
        let Self { scenario, adapter, runs, blocked, found, elapsed, .. } = self;
        let seconds = elapsed.as_secs_f64();
        write!(f, "{scenario} on {adapter}: {runs} runs{found}, {blocked} blocked steps, ")?;
        if let Some(blocked) = self.blocked_in_memory {
            write!(f, "{blocked} of them in memory, too, ")?;
        }
        write!(f, "{seconds:.1} s")
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
