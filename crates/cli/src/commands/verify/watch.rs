//! Verifies again and again, on a schedule.

use std::time::Duration;

use app_service::{Clock, SystemClock};
use time::OffsetDateTime;

use super::{once, page};
use crate::{
    args::Verify,
    failure::{Exit, Failure},
    output::{Watched, verification::moment_text},
    schedule::Schedule,
    session::Session,
    start::told_to_stop,
};

/// How long to sleep without a look at the clock, which people set and which machines sleep through.
const NAP_MAX: Duration = Duration::from_secs(30);

/// Stays and verifies until it is told to stop, whatever the runs find.
pub(crate) async fn watch(
    session: &Session,
    args: &Verify,
    schedule: &Schedule,
) -> Result<Exit, Failure> {
    if args.prints_page() {
        let refused = Failure::refused("usage", "--html - prints one page, and a watch makes many");
        return Err(refused.help("give the page a file"));
    }
    let clock = SystemClock::shared();
    let ended = tokio::select! {
        ended = every(session, args, schedule, &*clock) => ended,
        () = told_to_stop() => Ok(Exit::Done),
    };
    session.close().await;
    ended
}

async fn every(
    session: &Session,
    args: &Verify,
    schedule: &Schedule,
    clock: &dyn Clock,
) -> Result<Exit, Failure> {
    let output = session.output();
    while let Some(next) = schedule.next_after(clock.now()) {
        output.note(&format!("next run: {}", moment_text(next)));
        until(next, clock).await;
        let began = clock.now();
        let ended = once::verify(session, args, clock).await;
        if let Err(failure) = page::write(session, args, ended.as_ref(), clock.now()).await {
            output.report(&failure);
        }
        output.view(&Watched::of(ended, began))?;
    }
    Ok(Exit::Done)
}

async fn until(moment: OffsetDateTime, clock: &dyn Clock) {
    while let Ok(left) = Duration::try_from(moment - clock.now())
        && !left.is_zero()
    {
        tokio::time::sleep(left.min(NAP_MAX)).await;
    }
}
