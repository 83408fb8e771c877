//! A request with a key, killed at every step and sent again: it is answered as if nobody had been
//! killed, and comes to the same.

use std::{fmt, sync::Arc, time::Duration};

use app_service::{ClaimedRequest, Guerdon, GuerdonError, NewRequest};
use domain::{Hasher, RequestId};
use interposed::InterposedStore;
use ports::spi::Store;
use tokio::time::timeout;

use crate::{
    Breach, CrashPoint, Ground, UseCase, Violation, Walk,
    crash::Crash,
    difference,
    search::{Through, points},
    state::everything,
};

/// So long that only somebody who waits for ever is still waiting.
const GIVE_UP: Duration = Duration::from_mins(1);

/// A search through all crash points of one use case that is asked for with a key.
pub struct Resend {
    use_case: UseCase,
    through: Through,
}

/// How a request ended.
#[derive(Debug, PartialEq, Eq)]
struct End {
    answer: String,
    state: String,
}

impl Resend {
    /// All crash points of `use_case`.
    #[must_use]
    pub fn of(use_case: UseCase) -> Self {
        Self { use_case, through: Arc::new(|store| store) }
    }

    /// The same with a broken promise: `through` stands between every process and the way to its
    /// store.
    #[must_use]
    pub fn broken_by(
        self,
        through: impl Fn(Arc<dyn Store>) -> Arc<dyn Store> + Send + Sync + 'static,
    ) -> Self {
        Self { through: Arc::new(through), ..self }
    }

    /// Tries every crash point, until there is a violation.
    pub async fn walk(&self, ground: &dyn Ground) -> Walk {
        let (expected, calls) = self.undisturbed(ground).await;
        let mut walk = Walk { steps: calls.len(), ..Walk::default() };
        for point in points(&calls) {
            walk.points += 1;
            if let Err(violation) = self.killed(ground, point, &expected).await {
                walk.violation = Some(violation);
                break;
            }
        }
        walk
    }

    /// What it comes to if nobody is killed, and the steps to it.
    async fn undisturbed(&self, ground: &dyn Ground) -> (End, Vec<&'static str>) {
        let store = self.prepared(ground).await;
        let crash = Arc::new(Crash::default());

        let answer = self.sent(&store, &crash).await.expect("a healthy store carries it out");

        let state = everything(ground, store.as_ref()).await;
        let calls = crash.calls().clone();
        (End { answer, state }, calls)
    }

    /// Killed there, and sent again twice: the second one is told what the first one was.
    async fn killed(
        &self,
        ground: &dyn Ground,
        point: CrashPoint,
        expected: &End,
    ) -> Result<(), Violation> {
        let found = |breach, details| Violation { point: Some(point.clone()), breach, details };
        let store = self.prepared(ground).await;
        let crash = Arc::new(Crash::at(Some(point.clone())));
        let ended = timeout(GIVE_UP, self.sent(&store, &crash)).await;
        let ended = ended.map_err(|_| found(Breach::Hung, String::new()))?;
        if !crash.has_happened() {
            return Err(found(Breach::NotReached, format!("{:?}", crash.calls())));
        }

        let mut answers: Vec<_> = ended.into_iter().collect();
        for _ in 0..2 {
            let again = self.sent(&store, &Arc::new(Crash::default())).await;
            answers.push(again.map_err(|it| found(Breach::NotRecovered, format!("{it:?}")))?);
        }

        if let Some(other) = answers.iter().find(|it| **it != expected.answer) {
            return Err(found(Breach::AnswersOtherwise, difference(&expected.answer, other)));
        }
        let state = everything(ground, store.as_ref()).await;
        if state != expected.state {
            return Err(found(Breach::Differs, difference(&expected.state, &state)));
        }
        Ok(())
    }

    async fn prepared(&self, ground: &dyn Ground) -> Arc<dyn Store> {
        let store = ground.emptied().await;
        self.use_case.prepare(&store).await;
        store
    }

    /// The request, sent to a process of its own.
    async fn sent(
        &self,
        store: &Arc<dyn Store>,
        crash: &Arc<Crash>,
    ) -> Result<String, GuerdonError> {
        let way = InterposedStore::new(Arc::clone(store), Arc::clone(crash) as _).shared();
        send(self.use_case, &self.use_case.guerdon((self.through)(way))).await
    }
}

impl fmt::Debug for Resend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Resend").field("use_case", &self.use_case).finish_non_exhaustive()
    }
}

/// What a service does with a request: claims it, carries it out, stores what it will answer, and
/// answers.
async fn send(use_case: UseCase, guerdon: &Guerdon) -> Result<String, GuerdonError> {
    let ticket = match guerdon.claim_request(&request()).await? {
        ClaimedRequest::Mine(ticket) => ticket,
        ClaimedRequest::Answered(answer) => return Ok(answer),
        other => panic!("nobody else is there: {other:?}"),
    };
    let answer = match use_case.ask(&guerdon.keyed(&ticket)).await {
        Ok(answer) => answer,
        Err(failed @ GuerdonError::Store(_)) => {
            // It may be dead.
            let _ = guerdon.release_request(&ticket).await;
            return Err(failed);
        }
        Err(refused) => refused.to_string(),
    };
    guerdon.answer_request(&ticket, &answer).await
}

/// Whoever is killed lets go of it at once: the clock stands.
fn request() -> NewRequest {
    NewRequest {
        id: RequestId::within("everybody", "key"),
        fingerprint: Hasher::new("request").finish(),
        document: None,
        lease: Duration::ZERO,
    }
}
