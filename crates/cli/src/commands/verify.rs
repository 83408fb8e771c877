//! `guerdon verify`.

mod history;
mod once;
mod page;
mod watch;

use crate::{
    args::Verify,
    failure::{Exit, Failure},
    session::Session,
};

pub(crate) use self::watch::watch;

/// Verifies once, or lists earlier runs. Whatever is in the way means that nobody knows.
pub(super) async fn run(session: &Session, args: &Verify) -> Result<Exit, Failure> {
    let ended = match args.history {
        Some(limit) => history::list(session, limit).await,
        None => once::run(session, args).await,
    };
    ended.map_err(Failure::unchecked)
}
