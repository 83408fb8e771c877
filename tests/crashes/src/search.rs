//! All crash points of one use case, one after the other.

use std::{fmt, sync::Arc};

use interposed::{InterposedStore, Interposer};
use ports::spi::Store;

use crate::{CrashPoint, Ground, UseCase, Violation, Way, state::undisturbed, trial::Trial};

/// Makes what is between a use case and its store, anew for each run.
type MakeInterposer = Arc<dyn Fn() -> Arc<dyn Interposer> + Send + Sync>;

/// A search through all crash points of one use case.
#[derive(Clone)]
pub struct Search {
    use_case: UseCase,
    broken: Option<MakeInterposer>,
}

/// How far a search came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Walk {
    /// Steps of the undisturbed run.
    pub steps: usize,
    /// Crash points that were tried.
    pub points: usize,
    /// What ended the search before its end.
    pub violation: Option<Violation>,
}

impl Search {
    /// All crash points of `use_case`.
    #[must_use]
    pub fn of(use_case: UseCase) -> Self {
        Self { use_case, broken: None }
    }

    /// The same on a store with a broken promise: what `make` makes stands in front of it in every
    /// run, but not while the scene is set, nor in the run that all others are compared with.
    #[must_use]
    pub fn broken_by(self, make: impl Fn() -> Arc<dyn Interposer> + Send + Sync + 'static) -> Self {
        Self { broken: Some(Arc::new(make)), ..self }
    }

    /// Tries every crash point, until there is a violation.
    pub async fn walk(&self, ground: &dyn Ground) -> Walk {
        let expected = undisturbed(self.use_case, ground).await;
        let between = |store| self.between(store);
        let (use_case, between, expected) = (self.use_case, &between, expected.as_str());
        let trial = |point| Trial { use_case, ground, between, expected, point };

        let mut walk = Walk::default();
        let calls = match trial(None).run().await {
            Ok(calls) => calls,
            Err(violation) => return Walk { violation: Some(violation), ..walk },
        };
        walk.steps = calls.len();
        for point in points(&calls) {
            walk.points += 1;
            walk.violation = trial(Some(point)).run().await.err();
            if walk.violation.is_some() {
                break;
            }
        }
        walk
    }

    /// The first violation that a search finds; `None` when it finds none.
    pub async fn first_violation(&self, ground: &dyn Ground) -> Option<Violation> {
        self.walk(ground).await.violation
    }

    fn between(&self, store: Arc<dyn Store>) -> Arc<dyn Store> {
        match &self.broken {
            Some(make) => InterposedStore::new(store, make()).shared(),
            None => store,
        }
    }
}

/// Every way at every step.
fn points(calls: &[&'static str]) -> impl Iterator<Item = CrashPoint> {
    let numbered = (1..).zip(calls.iter().copied());
    numbered.flat_map(|(step, call)| {
        Way::at(call).iter().map(move |way| CrashPoint { step, call, way: *way })
    })
}

impl fmt::Debug for Search {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Search").field("use_case", &self.use_case).finish_non_exhaustive()
    }
}
