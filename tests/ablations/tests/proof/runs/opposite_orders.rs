//! Two callers lock the same two players while a third one has one of them.

use ablations::{Guard, without};
use domain::{LockOrder, PlayerId};
use ports::{StoreError, UnitsOfWork};
use tokio::task::JoinHandle;

use super::scene::Scene;

pub(crate) const NAME: &str = "two callers who lock the same players";

pub(crate) async fn run(guards: Vec<Guard>) -> Option<String> {
    let scene = Scene::played(2, &[]).await;
    let without = without(&guards);
    let both = LockOrder::of(scene.arena.players.iter().copied());
    let mut third = UnitsOfWork::new(scene.memory().shared()).begin().await.unwrap();
    let _first = third.lock_players(&LockOrder::of([both.as_slice()[0]])).await.unwrap();

    let mut callers = Vec::new();
    for waiting in 1..=2 {
        callers.push(lock(UnitsOfWork::new(without(scene.memory().shared())), both.clone()));
        while scene.memory().transactions_waiting() < waiting {
            tokio::task::yield_now().await;
        }
    }
    third.rollback().await.unwrap();

    let mut refused = None;
    for caller in callers {
        refused = refused.or(caller.await.unwrap().err());
    }
    refused.map(|it| it.to_string())
}

fn lock(units: UnitsOfWork, players: LockOrder<PlayerId>) -> JoinHandle<Result<(), StoreError>> {
    tokio::spawn(async move {
        let mut uow = units.begin().await?;
        let _locked = uow.lock_players(&players).await?;
        uow.commit().await
    })
}
