//! Does what is due, in any number of processes.

use std::{convert::Infallible, fmt, sync::Arc, time::Duration};

use ports::{
    Timestamp,
    spi::{Recorded, Turn},
};

use crate::{Guerdon, GuerdonError, VerifyOptions};

/// The first moment behind another; `None` if there is none.
pub type NextTurn = Arc<dyn Fn(Timestamp) -> Option<Timestamp> + Send + Sync>;

/// Finalizes tournaments [at their time](Guerdon::finalize_at), gives back holds that have expired,
/// and verifies when its turn comes. Any number of processes may run one on the same store: what one
/// of them has done, the others find done, and a verification is one process's alone.
pub struct Scheduler {
    guerdon: Guerdon,
    period: Duration,
    verification: Option<Verification>,
}

/// What is verified, and when.
struct Verification {
    next: NextTurn,
    options: VerifyOptions,
    /// Turns up to here have been had, by whomever.
    seen: Timestamp,
}

/// How often a scheduler looks whether anything is due, unless it is told otherwise.
const PERIOD: Duration = Duration::from_secs(5);

/// Names the turns of verification.
const VERIFY: &str = "verify";

/// How long turns are kept: far longer than clocks of two machines differ.
const KEPT: Duration = Duration::from_hours(7 * 24);

/// Old turns that are removed with a new one.
const REMOVED_MAX: u32 = 100;

impl Scheduler {
    /// A scheduler that looks every five seconds, and does not verify.
    #[must_use]
    pub fn new(guerdon: Guerdon) -> Self {
        Self { guerdon, period: PERIOD, verification: None }
    }

    /// The same, looking every `period`.
    #[must_use]
    pub fn with_period(self, period: Duration) -> Self {
        Self { period, ..self }
    }

    /// The same, verifying whenever `next` says so. The report goes into the history of runs.
    #[must_use]
    pub fn verifying(self, next: NextTurn, options: VerifyOptions) -> Self {
        let seen = self.guerdon.now();
        Self { verification: Some(Verification { next, options, seen }), ..self }
    }

    /// Looks every period, for ever. What goes wrong is logged, and tried again the next time.
    /// Dropping it at any moment loses nothing: what is half done is gone on with by whoever looks.
    pub async fn run(mut self) -> Infallible {
        loop {
            self.look().await;
            tokio::time::sleep(self.period).await;
        }
    }

    /// Does what is due now.
    pub async fn look(&mut self) {
        match self.guerdon.finalize_due().await {
            Ok(due) => {
                for it in &due.unkept {
                    let (tournament, reason) = (it.tournament, &it.reason);
                    tracing::warn!(%tournament, reason, "not finalized at its time");
                }
            }
            Err(error) => log(&error, "appointments cannot be kept"),
        }
        if let Err(error) = self.guerdon.expire_holds().await {
            log(&error, "expired holds cannot be given back");
        }
        if let Some(due_at) = self.verification.as_mut().and_then(|it| it.due(&self.guerdon))
            && let Err(error) = self.verify(due_at).await
        {
            log(&error, "a verification cannot be made");
        }
    }

    async fn verify(&self, due_at: Timestamp) -> Result<(), GuerdonError> {
        let Some(verification) = &self.verification else { return Ok(()) };
        let timetable = self.guerdon.store().timetable();
        let turn = Turn { task: VERIFY.to_owned(), due_at };
        if timetable.take_turn(&turn).await? == Recorded::Replayed {
            return Ok(());
        }
        timetable.delete_turns(due_at - KEPT, REMOVED_MAX).await?;
        let report = self.guerdon.verify(verification.options).await?;
        if report.violations_total() > 0 {
            let violations = report.violations_total();
            tracing::error!(run = %report.run, violations, "what was paid is not as it must be");
        }
        self.guerdon.record_verification(&report).await
    }
}

impl Verification {
    /// The last turn that has come since the last look. One that was slept through is not made up
    /// for more than once.
    fn due(&mut self, guerdon: &Guerdon) -> Option<Timestamp> {
        let now = guerdon.now();
        let turns = std::iter::successors((self.next)(self.seen), |it| (self.next)(*it));
        let due = turns.take_while(|it| *it <= now).last()?;
        self.seen = due;
        Some(due)
    }
}

fn log(error: &GuerdonError, what: &str) {
    tracing::warn!(error = error as &dyn std::error::Error, "{what}");
}

impl fmt::Debug for Scheduler {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scheduler").field("period", &self.period).finish_non_exhaustive()
    }
}
