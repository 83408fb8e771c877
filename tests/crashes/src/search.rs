//! All crash points of one use case, one after the other.

use std::{fmt, sync::Arc};

use ports::spi::Store;

use crate::{CrashPoint, Ground, UseCase, Violation, Way, state::undisturbed, trial::Trial};

/// Puts something between a use case and its store, anew for each process.
pub(crate) type Through = Arc<dyn Fn(Arc<dyn Store>) -> Arc<dyn Store> + Send + Sync>;

/// A search through all crash points of one use case.
#[derive(Clone)]
pub struct Search {
    use_case: UseCase,
    through: Through,
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
        Self { use_case, through: Arc::new(|store| store) }
    }

    /// The same with a broken promise: `through` stands between every process and the way to its
    /// store, and dies with it. The scene is set without it, and so is the run that all others are
    /// compared with.
    #[must_use]
    pub fn broken_by(
        self,
        through: impl Fn(Arc<dyn Store>) -> Arc<dyn Store> + Send + Sync + 'static,
    ) -> Self {
        Self { through: Arc::new(through), ..self }
    }

    /// Tries every crash point, until there is a violation.
    pub async fn walk(&self, ground: &dyn Ground) -> Walk {
        let expected = undisturbed(self.use_case, ground).await;
        let (use_case, through, expected) = (self.use_case, &self.through, expected.as_str());
        let trial = |point| Trial { use_case, ground, through, expected, point };

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
}

/// Every way at every step.
pub(crate) fn points(calls: &[&'static str]) -> impl Iterator<Item = CrashPoint> {
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
