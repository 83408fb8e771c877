//! throwaway
#![allow(clippy::all, clippy::pedantic, clippy::unwrap_used, clippy::disallowed_methods, clippy::allow_attributes, clippy::allow_attributes_without_reason, missing_docs)]
use std::{sync::Arc, time::Instant};
use app_service::*; use domain::*; use ports::Actor; use sea_orm_adapter::*;
#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let url = std::env::args().nth(1).unwrap();
    let store = SeaOrmStore::connect(&url).await.unwrap();
    store.migrate().await.unwrap();
    let g = Guerdon::new(Arc::new(store.clone()));
    let a = Actor::new("x");
    let players: Vec<_> = (0..10000).map(|i| NewPlayer::new(format!("p{i}"), "n")).collect();
    let t = Instant::now();
    g.register_players(&players).await.unwrap();
    println!("register 10k {:?}", t.elapsed());
    for n in [16u32, 1000, 1000, 1000, 1000, 1000, 1000,1000,1000, 10000, 10000] {
        let key = format!("t{:?}", Instant::now());
        let cup = NewTournament::new(key, "x"); let id = cup.id;
        g.create_tournament(cup).await.unwrap();
        let entry = |r: u32| RankedEntry { player: players[(r - 1) as usize].id, team: None, finish: Finish::Marked(Placement::new(r).unwrap()) };
        let results = Results::Ranked(RankedList::Placements((1..=n).map(entry).collect()));
        g.submit_results(id, &results, SubmitOptions::default(), &a).await.unwrap();
        let s = store.statements_total();
        let t = Instant::now();
        let _ = g.finalize(id, FinalizeOptions::default(), &a).await.unwrap();
        println!("{n:>6} {:?} {} statements", t.elapsed(), store.statements_total() - s);
    }
}
