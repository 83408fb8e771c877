//! PostgreSQL: a connection for each caller, and one on which the server says who is blocked.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use ports::spi::Store;
use sea_orm::{ConnectionTrait, DbBackend, Statement, TransactionTrait, TryGetable};
use sea_orm_adapter::{ConnectOptions, SeaOrmStore};
use test_databases::{PostgresDatabase, fresh_postgres};

use super::{GIVE_UP, GroundCopy, NeverSettles, Stage, prepared, trail};
use crate::{board::Board, scenario::Ground};

/// How long a step may take before the server is asked about it. Whoever is asked about too early is
/// not blocked yet, or has answered: only work is lost, no order.
const ASKING_AFTER: Duration = Duration::from_millis(4);

/// PostgreSQL, in a database of its own.
pub(crate) struct PostgresStage {
    callers: Vec<Sessions>,
    observer: SeaOrmStore,
    ground: GroundCopy,
    _database: PostgresDatabase,
}

/// Connections of one caller: one for its transaction, and some for a store that breaks promises
/// and reads past it.
const CONNECTIONS: u32 = 3;

/// One caller's connections, and how the server names them.
struct Sessions {
    store: SeaOrmStore,
    pids: Vec<i32>,
}

impl PostgresStage {
    pub(crate) async fn of(ground: &Ground, callers: usize, damage: Option<&str>) -> Self {
        let database = fresh_postgres().await;
        let observer = SeaOrmStore::connect(database.url()).await.expect("a fresh database opens");
        let copy = prepared(&observer, ground, damage).await;
        let mut sessions = Vec::with_capacity(callers);
        for _ in 0..callers {
            sessions.push(Sessions::open(database.url()).await);
        }
        Self { callers: sessions, observer, ground: copy, _database: database }
    }

    /// Whether each of `callers` waits for another one, by the server's own answer.
    async fn all_blocked(&self, callers: &[usize]) -> bool {
        let all = self.callers.iter().flat_map(|it| &it.pids);
        let all = all.map(ToString::to_string).collect::<Vec<_>>().join(",");
        let blocked = |caller: &usize| {
            let pids = self.callers[*caller].pids.iter();
            let asked = pids
                .map(|pid| format!("pg_isolation_test_session_is_blocked({pid}, ARRAY[{all}])"));
            format!("({})", asked.collect::<Vec<_>>().join(" OR "))
        };
        let blocked = callers.iter().map(blocked).collect::<Vec<_>>().join(" AND ");
        answer(self.observer.connection(), &format!("SELECT {blocked} AS answer")).await
    }
}

impl Sessions {
    /// Opens all connections. They wait for as long as it takes: whoever is left waiting is left by
    /// the scheduler. And they live for as long as the walk: the pool would close one after a while,
    /// and open another one whose process id nobody knows.
    async fn open(url: &str) -> Self {
        let options = ConnectOptions {
            connections_max: CONNECTIONS,
            idle_timeout: None,
            lifetime_max: None,
            ..ConnectOptions::new(url)
        };
        let store = SeaOrmStore::connect_with(&options).await.expect("the sessions open");
        let mut open = vec![];
        let mut pids = vec![];
        for _ in 0..CONNECTIONS {
            let session = store.connection().begin().await.expect("a session opens");
            let patient = "SET lock_timeout = 0; SET idle_in_transaction_session_timeout = 0";
            session.execute_unprepared(patient).await.expect("a session is made patient");
            pids.push(answer(&session, "SELECT pg_backend_pid() AS answer").await);
            open.push(session);
        }
        for session in open {
            session.commit().await.expect("a session is given back");
        }
        Self { store, pids }
    }
}

async fn answer<T: TryGetable>(connection: &impl ConnectionTrait, text: &str) -> T {
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

    fn begin_waits(&self) -> bool {
        false
    }

    fn committed(&self) -> Arc<dyn Store> {
        Arc::new(self.observer.clone())
    }

    async fn trail(&self) -> String {
        trail::in_database(self.observer.connection()).await
    }

    /// By the server's word alone. While several are under way it is asked twice, with nothing
    /// having happened in between: whoever has just been granted a lock may be in the way of another
    /// one for a moment.
    async fn settle(&self, board: &Board) -> Result<(), NeverSettles> {
        let settled = async {
            loop {
                let moving = board.moving();
                let rolling_back = board.rolling_back() > 0;
                if moving.is_empty() && !rolling_back {
                    return;
                }
                if rolling_back || !board.all_known_as_blocked(&moving) {
                    let changed = tokio::time::timeout(ASKING_AFTER, board.changed()).await;
                    if rolling_back || changed.is_ok() {
                        continue;
                    }
                }
                let changes = board.changes();
                if self.all_blocked(&moving).await
                    && (moving.len() == 1 || self.all_blocked(&moving).await)
                    && board.changes() == changes
                {
                    return;
                }
            }
        };
        tokio::time::timeout(GIVE_UP, settled).await.map_err(|_| NeverSettles)
    }
}
