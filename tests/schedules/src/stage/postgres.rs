//! PostgreSQL: a connection for each caller, and one on which the server says who is blocked.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use ports::spi::Store;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use sea_orm_adapter::{ConnectOptions, SeaOrmStore};
use test_databases::{PostgresDatabase, fresh_postgres};

use super::{GroundCopy, NeverSettles, Stage, prepared};
use crate::{board::Board, scenario::Ground};

/// How long a step may take before the server is asked about it. Whoever is asked about too early is
/// not blocked yet, or has answered: only work is lost, no order.
const ASKING_AFTER: Duration = Duration::from_millis(2);

/// Nobody who is alive takes so long.
const GIVE_UP: Duration = Duration::from_secs(60);

/// PostgreSQL, in a database of its own.
pub(crate) struct PostgresStage {
    callers: Vec<Session>,
    observer: SeaOrmStore,
    ground: GroundCopy,
    _database: PostgresDatabase,
}

/// One caller's only connection.
struct Session {
    store: SeaOrmStore,
    pid: i32,
}

impl PostgresStage {
    pub(crate) async fn of(ground: &Ground, callers: usize, damage: Option<&str>) -> Self {
        let database = fresh_postgres().await;
        let observer = SeaOrmStore::connect(database.url()).await.expect("a fresh database opens");
        let copy = prepared(&observer, ground, damage).await;
        let mut sessions = Vec::with_capacity(callers);
        for _ in 0..callers {
            sessions.push(Session::open(database.url()).await);
        }
        Self { callers: sessions, observer, ground: copy, _database: database }
    }

    /// Whether each of `callers` waits for another one, by the server's own answer.
    async fn all_blocked(&self, callers: &[usize]) -> bool {
        let pids = |these: &mut dyn Iterator<Item = &Session>| {
            let pids: Vec<_> = these.map(|it| it.pid.to_string()).collect();
            format!("ARRAY[{}]::integer[]", pids.join(","))
        };
        let asked = pids(&mut callers.iter().map(|it| &self.callers[*it]));
        let all = pids(&mut self.callers.iter());
        let text = format!(
            "SELECT bool_and(pg_isolation_test_session_is_blocked(pid, {all})) AS answer \
             FROM unnest({asked}) AS pid"
        );
        answer(self.observer.connection(), &text).await
    }
}

impl Session {
    /// A session that waits as long as it takes: whoever is left waiting is left by the scheduler.
    async fn open(url: &str) -> Self {
        let options = ConnectOptions { connections_max: 1, ..ConnectOptions::new(url) };
        let store = SeaOrmStore::connect_with(&options).await.expect("a session opens");
        let patient = "SET lock_timeout = 0; SET idle_in_transaction_session_timeout = 0";
        let set = store.connection().execute_unprepared(patient).await;
        set.expect("a session is made patient");
        let pid = answer(store.connection(), "SELECT pg_backend_pid() AS answer").await;
        Self { store, pid }
    }
}

async fn answer<T: sea_orm::TryGetable>(connection: &DatabaseConnection, text: &str) -> T {
    let statement = Statement::from_string(DbBackend::Postgres, text);
    let row = connection.query_one_raw(statement).await.expect("the server answers");
    row.and_then(|it| it.try_get("", "answer").ok()).expect("the answer is one value")
}

#[async_trait]
impl Stage for PostgresStage {
    async fn reset(&self) {
        self.ground.lay(self.observer.connection()).await;
    }

    fn store(&self, caller: usize) -> Arc<dyn Store> {
        Arc::new(self.callers[caller].store.clone())
    }

    fn committed(&self) -> Arc<dyn Store> {
        Arc::new(self.observer.clone())
    }

    /// By the server's word alone. It is asked twice, with nothing having happened in between: a
    /// caller that has just been granted its lock may be in the way of another one for a moment.
    async fn settle(&self, board: &Board) -> Result<(), NeverSettles> {
        let settled = async {
            loop {
                let moving = board.moving();
                if moving.is_empty() {
                    return;
                }
                if !board.all_known_as_blocked(&moving) {
                    let changed = tokio::time::timeout(ASKING_AFTER, board.changed()).await;
                    if changed.is_ok() {
                        continue;
                    }
                }
                let changes = board.changes();
                if self.all_blocked(&moving).await
                    && self.all_blocked(&moving).await
                    && board.changes() == changes
                {
                    return;
                }
            }
        };
        tokio::time::timeout(GIVE_UP, settled).await.map_err(|_| NeverSettles)
    }
}
