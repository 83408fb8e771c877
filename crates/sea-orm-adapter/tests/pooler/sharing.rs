//! Many connections of several processes over few sessions.

use std::sync::Arc;

use app_service::{
    DistributeScope, FinalizeOptions, Guerdon, GuerdonError, ProgressListener, Settings,
};
use domain::TournamentId;
use ports::RetryPolicy;
use races::{Arena, actor, audit};
use sea_orm_adapter::{ConnectOptions, SeaOrmStore};
use test_databases::count;
use tokio::task::JoinSet;

use crate::harness::Pooled;

const PLAYERS: usize = 60;
const TOURNAMENTS: usize = 6;
const WORKERS: u32 = 8;
const SESSIONS: &str =
    "SELECT count(*) AS count FROM pg_stat_activity WHERE datname = current_database()";

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixteen_connections_over_four_sessions_pay_the_same_players_once() {
    let pooled = Pooled::crowded().await;
    let processes = [process(&pooled).await, process(&pooled).await];
    let arena = Arena::of(guerdon(&processes[0]), PLAYERS).await;
    let cups = arena.tournaments(TOURNAMENTS).await;

    let paid = finalize_everywhere(&processes, &cups).await;

    assert_eq!(paid, (PLAYERS * TOURNAMENTS) as u64);
    audit::audit(&processes[0]).await;
    audit::audit(&pooled.direct).await;
    let past_the_pooler = pooled.direct.connection().get_postgres_connection_pool().size();
    let sessions = count(pooled.direct.connection(), SESSIONS).await;
    assert!(sessions <= 4 + i64::from(past_the_pooler), "{sessions} sessions");
}

/// A process of its own, as far as the pooler can tell.
async fn process(pooled: &Pooled) -> SeaOrmStore {
    let options = ConnectOptions { connections_max: 8, ..pooled.options() };
    SeaOrmStore::connect_with(&options).await.unwrap()
}

fn guerdon(store: &SeaOrmStore) -> Guerdon {
    let settings = Settings { chunk_size: 10, workers: WORKERS, retries: RetryPolicy::NEVER };
    Guerdon::new(Arc::new(store.clone())).with_settings(settings)
}

/// Everybody finalizes every tournament, and goes on with what somebody else has frozen. Answers
/// how many participants were paid.
async fn finalize_everywhere(processes: &[SeaOrmStore], cups: &[TournamentId]) -> u64 {
    let mut callers = JoinSet::new();
    for (store, cup) in processes.iter().flat_map(|it| cups.iter().map(move |cup| (it, *cup))) {
        let guerdon = guerdon(store);
        callers.spawn(async move {
            let all = ProgressListener::default();
            match guerdon.finalize(cup, FinalizeOptions::default(), &actor()).await {
                Err(GuerdonError::Conflict { .. }) => {
                    guerdon.distribute(cup, DistributeScope::Pending, &all, &actor()).await
                }
                paid => paid,
            }
        });
    }
    let paid = callers.join_all().await;
    paid.into_iter().map(applied).sum()
}

fn applied(outcome: Result<app_service::Distribution, GuerdonError>) -> u64 {
    match outcome {
        Ok(paid) => paid.applied,
        Err(GuerdonError::Conflict { .. }) => 0,
        Err(error) => panic!("only a typed conflict may come back, not {error:?}"),
    }
}
