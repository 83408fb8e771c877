//! One run with one crash: killed, looked at, recovered, compared.

use std::{any::Any, panic::AssertUnwindSafe, sync::Arc, time::Duration};

use app_service::GuerdonError;
use conformance::StandingClock;
use futures::FutureExt;
use interposed::InterposedStore;
use ports::spi::Store;
use races::audit::audit_at;
use tokio::time::timeout;

use crate::{
    Breach, CrashPoint, Ground, UseCase, Violation, crash::Crash, difference, state::everything,
};

/// So long that only somebody who waits for ever is still waiting.
const GIVE_UP: Duration = Duration::from_mins(1);

/// One run of a use case: with a crash, if there is a point for it.
pub(crate) struct Trial<'a> {
    pub(crate) use_case: UseCase,
    pub(crate) ground: &'a dyn Ground,
    /// What stands between the use case and its store.
    pub(crate) between: &'a (dyn Fn(Arc<dyn Store>) -> Arc<dyn Store> + Sync),
    /// What an undisturbed run on a healthy store comes to.
    pub(crate) expected: &'a str,
    pub(crate) point: Option<CrashPoint>,
}

impl Trial<'_> {
    /// Runs it, and asks again if there was a crash. Answers the steps that were taken.
    pub(crate) async fn run(&self) -> Result<Vec<&'static str>, Violation> {
        let healthy = self.ground.emptied().await;
        self.use_case.prepare(&healthy).await;
        let store = (self.between)(Arc::clone(&healthy));
        let crash = Arc::new(Crash::at(self.point.clone()));

        let ended = self.until_the_crash(&crash, Arc::clone(&store)).await?;
        if self.point.as_ref().is_none_or(|it| it.way.is_survived()) {
            ended.map_err(|error| self.found(Breach::Failed, format!("{error:?}")))?;
        }
        self.add_up(healthy.as_ref()).await?;
        if self.point.is_some() {
            self.recover(store).await?;
        }
        self.compare(healthy.as_ref()).await?;
        let calls = crash.calls().clone();
        Ok(calls)
    }

    async fn until_the_crash(
        &self,
        crash: &Arc<Crash>,
        store: Arc<dyn Store>,
    ) -> Result<Result<(), GuerdonError>, Violation> {
        let store = InterposedStore::new(store, Arc::clone(crash) as _).shared();
        let guerdon = self.use_case.guerdon(store);
        let ended = timeout(GIVE_UP, self.use_case.run(&guerdon)).await;
        ended.map_err(|_| self.found(Breach::Hung, String::new()))
    }

    async fn recover(&self, store: Arc<dyn Store>) -> Result<(), Violation> {
        let guerdon = self.use_case.guerdon(store);
        let again = timeout(GIVE_UP, self.use_case.run_again(&guerdon)).await;
        let again = again.map_err(|_| self.found(Breach::Hung, String::new()))?;
        again.map_err(|error| self.found(Breach::NotRecovered, format!("{error:?}")))
    }

    async fn add_up(&self, store: &dyn Store) -> Result<(), Violation> {
        let audited = AssertUnwindSafe(audit_at(store, &StandingClock)).catch_unwind().await;
        audited.map_err(|panic| self.found(Breach::DoesNotAddUp, words(panic.as_ref())))
    }

    async fn compare(&self, store: &dyn Store) -> Result<(), Violation> {
        let actual = everything(self.ground, store).await;
        if actual == self.expected {
            return Ok(());
        }
        Err(self.found(Breach::Differs, difference(self.expected, &actual)))
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
