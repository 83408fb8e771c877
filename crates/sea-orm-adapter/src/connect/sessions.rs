//! What a session of PostgreSQL is set to, and how it comes to be.

use std::time::Duration;

use ports::StoreError;
use sea_orm::TransactionOptions;

use super::{ConnectOptions, LOCK_TIMEOUT};
use crate::{
    connection::Connection,
    errors::{self, UnsaidPooler},
    pool::Pool,
    sql::Step,
};

const CHECKING: Step = Step { during: "checking the session", table: "pg_settings" };

/// The settings by name. A time is in milliseconds, and 0 is for no limit.
pub(super) fn settings(options: &ConnectOptions) -> [(&'static str, String); 4] {
    let or_none = |limit: Option<Duration>| limit.map_or(0, milliseconds).to_string();
    let silence = or_none(options.idle_in_transaction_timeout);
    [
        // Every statement goes along a key, in its order. Where a table has grown faster than its
        // statistics, PostgreSQL would rather collect and sort all that is left of a tournament for
        // every chunk that is claimed.
        ("enable_bitmapscan", "off".to_owned()),
        ("lock_timeout", lock_timeout(options).to_string()),
        ("statement_timeout", or_none(options.statement_timeout)),
        ("idle_in_transaction_session_timeout", silence),
    ]
}

/// The same, to be said at the start of a transaction, for as long as it lasts.
///
/// Statements are named by the driver, which counts them for each connection: in a session that
/// others have had before, a name may be taken. Those others have no use for theirs any more.
pub(super) fn opening(options: &ConnectOptions) -> String {
    let settings = settings(options).map(|(name, value)| format!("; SET LOCAL {name} = {value}"));
    format!("DEALLOCATE ALL{}", settings.concat())
}

/// Makes sure that the settings have arrived. A pooler that nobody has told us of may have been told
/// to swallow them, and then a lock would be waited for without end.
pub(super) async fn check(pool: &Pool, options: &ConnectOptions) -> Result<(), StoreError> {
    let transaction = pool.begin(CHECKING, TransactionOptions::default()).await?;
    let connection = Connection::within(&transaction, pool);
    let expected = lock_timeout(options);
    let text = format!(
        "SELECT CAST(setting AS bigint) = {expected} AS kept FROM pg_settings \
         WHERE name = 'lock_timeout'"
    );
    let kept = connection.row(CHECKING, connection.sql(), text, |row| row.get("kept")).await?;
    // Ended here, and not when it is dropped: there may be no other connection for who comes next.
    transaction.rollback().await.map_err(errors::during(CHECKING))?;
    match kept {
        Some(true) => Ok(()),
        _ => Err(errors::unusable(CHECKING.during, UnsaidPooler(None))),
    }
}

fn lock_timeout(options: &ConnectOptions) -> i32 {
    milliseconds(options.lock_timeout.unwrap_or(LOCK_TIMEOUT))
}

/// PostgreSQL counts in 31 bits, and takes 0 for no limit.
fn milliseconds(time: Duration) -> i32 {
    i32::try_from(time.as_millis()).unwrap_or(i32::MAX).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_limit_is_written_as_zero_and_a_limit_never_is() {
        let options = ConnectOptions {
            lock_timeout: Some(Duration::ZERO),
            statement_timeout: None,
            idle_in_transaction_timeout: Some(Duration::MAX),
            ..ConnectOptions::new("postgres://somewhere")
        };

        let times = settings(&options).map(|(_, value)| value);

        assert_eq!(times, ["off", "1", "0", "2147483647"]);
    }

    #[test]
    fn what_a_transaction_is_told_ends_with_it() {
        let opening = opening(&ConnectOptions::new("postgres://somewhere"));

        assert_eq!(
            opening,
            "DEALLOCATE ALL; SET LOCAL enable_bitmapscan = off; SET LOCAL lock_timeout = 10000; \
             SET LOCAL statement_timeout = 3600000; \
             SET LOCAL idle_in_transaction_session_timeout = 60000"
        );
    }
}
