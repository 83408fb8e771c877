//! Up, up again, down, up; and many at once.

use migrations::{down, fresh, pending, status, up};
use sea_orm::{DatabaseConnection, DbErr};

use crate::databases::{connect, postgres, sqlite};

const MIGRATORS: usize = 8;

#[tokio::test]
async fn sqlite_goes_up_and_down_and_up() {
    goes_up_and_down_and_up(&sqlite().await.connection).await;
}

#[tokio::test]
async fn postgres_goes_up_and_down_and_up() {
    let blank = postgres().await;
    goes_up_and_down_and_up(&blank.connection).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_migrators_at_once_migrate_sqlite_once() {
    let blank = sqlite().await;
    many_migrators_at_once(blank.database.url()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_migrators_at_once_migrate_postgres_once() {
    let blank = postgres().await;
    many_migrators_at_once(blank.database.url()).await;
}

async fn goes_up_and_down_and_up(db: &DatabaseConnection) {
    let all = pending(db).await.unwrap();
    up(db).await.unwrap();
    up(db).await.unwrap();
    assert_eq!(pending(db).await.unwrap(), 0);

    down(db, Some(1)).await.unwrap();
    let (last, before) = { status(db).await.unwrap() }.split_last().map(split).unwrap();
    assert!(!last && before.into_iter().all(|applied| applied), "only the last one is taken back");

    down(db, None).await.unwrap();
    assert_eq!(pending(db).await.unwrap(), all);
    up(db).await.unwrap();
    fresh(db).await.unwrap();
    assert_eq!(pending(db).await.unwrap(), 0);
}

fn split((last, before): (&(String, bool), &[(String, bool)])) -> (bool, Vec<bool>) {
    (last.1, before.iter().map(|it| it.1).collect())
}

/// Each has a pool of its own, as processes have.
async fn many_migrators_at_once(url: &str) {
    let mut migrators = tokio::task::JoinSet::new();
    for _ in 0..MIGRATORS {
        let connection = connect(url).await;
        migrators.spawn(async move { up(&connection).await });
    }

    let outcomes: Vec<Result<(), DbErr>> = migrators.join_all().await;

    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    assert_eq!(pending(&connect(url).await).await.unwrap(), 0);
}
