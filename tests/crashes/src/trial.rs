//! One run with one crash: killed, looked at, recovered, compared.

use std::{any::Any, panic::AssertUnwindSafe, sync::Arc, time::Duration};

use app_service::{Guerdon, GuerdonError};
use conformance::StandingClock;
use futures::FutureExt;
use interposed::InterposedStore;
use ports::spi::Store;
use races::audit::audit_at;
use tokio::time::timeout;

use crate::{
    Breach, CrashPoint, Ground, UseCase, Violation, crash::Crash, difference, search::Through,
    state::everything,
};

/// So long that only somebody who waits for ever is still waiting.
const GIVE_UP: Duration = Duration::from_mins(1);

/// One run of a use case: with a crash, if there is a point for it.
pub(crate) struct Trial<'a> {
    pub(crate) use_case: UseCase,
    pub(crate) ground: &'a dyn Ground,
    /// Stands between each process and the way to its store.
    pub(crate) through: &'a Through,
    /// What an undisturbed run on a healthy store comes to.
    pub(crate) expected: &'a str,
    pub(crate) point: Option<CrashPoint>,
}

impl Trial<'_> {
    /// Runs it, and asks again if there was a crash. Answers the steps that were taken.
    pub(crate) async fn run(&self) -> Result<Vec<&'static str>, Violation> {
        let store = self.ground.emptied().await;
        self.use_case.prepare(&store).await;
        let crash = Arc::new(Crash::at(self.point.clone()));
        let way = InterposedStore::new(Arc::clone(&store), Arc::clone(&crash) as _).shared();

        let ended = self.in_time(self.use_case.run(&self.guerdon(way))).await?;

        self.tell_the_truth(&crash, &ended)?;
        self.add_up(store.as_ref()).await?;
        if ended.is_ok() {
            self.compare(store.as_ref(), Breach::Untrue).await?;
        }
        if self.point.is_some() {
            self.recover(Arc::clone(&store)).await?;
            self.compare(store.as_ref(), Breach::Differs).await?;
        }
        let calls = crash.calls().clone();
        Ok(calls)
    }

    /// A process of its own.
    fn guerdon(&self, way: Arc<dyn Store>) -> Guerdon {
        self.use_case.guerdon((self.through)(way))
    }

    async fn in_time<T>(&self, run: impl Future<Output = T>) -> Result<T, Violation> {
        timeout(GIVE_UP, run).await.map_err(|_| self.found(Breach::Hung, String::new()))
    }

    /// Whoever lives knows how it ended, and whoever is dead says nothing.
    fn tell_the_truth(
        &self,
        crash: &Crash,
        ended: &Result<(), GuerdonError>,
    ) -> Result<(), Violation> {
        if self.point.is_some() && !crash.has_happened() {
            return Err(self.found(Breach::NotReached, format!("{:?}", crash.calls())));
        }
        let lives = self.point.as_ref().is_none_or(|it| it.way.is_survived());
        match ended {
            Err(error) if lives => Err(self.found(Breach::Failed, format!("{error:?}"))),
            Ok(()) if !lives => Err(self.found(Breach::Outlived, String::new())),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    async fn recover(&self, store: Arc<dyn Store>) -> Result<(), Violation> {
        let again = self.in_time(self.use_case.run_again(&self.guerdon(store))).await?;
        again.map_err(|error| self.found(Breach::NotRecovered, format!("{error:?}")))
    }

    async fn add_up(&self, store: &dyn Store) -> Result<(), Violation> {
        let audited = AssertUnwindSafe(audit_at(store, &StandingClock)).catch_unwind().await;
        audited.map_err(|panic| self.found(Breach::DoesNotAddUp, words(panic.as_ref())))
    }

    async fn compare(&self, store: &dyn Store, breach: Breach) -> Result<(), Violation> {
        let actual = everything(self.ground, store).await;
        if actual == self.expected {
            return Ok(());
        }
        Err(self.found(breach, difference(self.expected, &actual)))
    }

    fn found(&self, breach: Breach, details: String) -> Violation {
        Violation { point: self.point.clone(), breach, details }
    }
}

/// What somebody said who panicked.
fn words(panic: &(dyn Any + Send)) -> String {
    let owned = panic.downcast_ref::<String>().cloned();
    owned.or_else(|| panic.downcast_ref::<&str>().map(ToString::to_string)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use async_trait::async_trait;
    use interposed::Interposer;
    use ports::{StoreError, spi::Transaction};

    use super::*;
    use crate::{MemoryGround, Way, undisturbed};

    #[tokio::test]
    async fn a_crash_that_does_not_happen_is_found_out() {
        for (step, call) in [(1_000, "commit"), (1, "commit")] {
            let found = killed(|store| store, |_| (step, call)).await;

            assert_eq!(found, Some(Breach::NotReached), "{step}, {call}");
        }
    }

    #[tokio::test]
    async fn whoever_is_killed_and_answers_that_all_is_well_is_found_out() {
        let forgiving = |store| InterposedStore::new(store, Arc::new(Forgives)).shared();

        assert_eq!(killed(|store| store, commit).await, None);
        assert_eq!(killed(forgiving, commit).await, Some(Breach::Outlived));
    }

    /// What is found when a coach's assessment is killed before one of its steps.
    async fn killed(
        through: impl Fn(Arc<dyn Store>) -> Arc<dyn Store> + Send + Sync + 'static,
        before: impl Fn(&[&'static str]) -> (usize, &'static str),
    ) -> Option<Breach> {
        let (use_case, ground) = (UseCase::Assess, &MemoryGround::default());
        let expected = undisturbed(use_case, ground).await;
        let (through, expected): (Through, _) = (Arc::new(through), expected.as_str());
        let trial = |point| Trial { use_case, ground, through: &through, expected, point };
        let calls = trial(None).run().await.expect("nobody disturbs it");
        let (step, call) = before(&calls);
        let point = CrashPoint { step, call, way: Way::KilledBefore };
        trial(Some(point)).run().await.err().map(|it| it.breach)
    }

    fn commit(calls: &[&'static str]) -> (usize, &'static str) {
        let at = calls.iter().position(|it| *it == "commit").expect("it commits");
        (at + 1, "commit")
    }

    /// Takes every commit for done.
    struct Forgives;

    #[async_trait]
    impl Interposer for Forgives {
        async fn commit(&self, tx: Box<dyn Transaction>) -> Result<(), StoreError> {
            let _ = tx.commit().await;
            Ok(())
        }
    }
}
