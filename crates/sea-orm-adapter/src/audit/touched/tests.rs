//! Whoever was touched is looked at, whether the ids fit in memory or not.

use std::sync::Arc;

use app_service::{FinalizeOptions, Guerdon, SubmitOptions};
use domain::{
    Finish, NewPlayer, NewTournament, Placement, RankedEntry, RankedList, Results, TournamentId,
};
use ports::{
    Actor, Timestamp,
    spi::{
        Audit,
        audit::{AuditScope, PlanRow},
    },
};
use test_databases::{PostgresDatabase, SqliteDatabase, TestDatabase};

use super::{super::SeaOrmAudit, *};
use crate::{SeaOrmStore, pool::Pool};

#[tokio::test]
async fn more_than_fit_in_memory_are_looked_at_in_portions_on_sqlite() {
    many_are_looked_at_as_few_are::<SqliteDatabase>().await;
}

#[tokio::test]
async fn more_than_fit_in_memory_are_looked_at_in_portions_on_postgres() {
    many_are_looked_at_as_few_are::<PostgresDatabase>().await;
}

async fn many_are_looked_at_as_few_are<Database: TestDatabase>() {
    let database = Database::fresh().await;
    let store = SeaOrmStore::connect(database.address()).await.unwrap();
    let guerdon = Guerdon::new(Arc::new(store.clone()));
    for cup in ["first", "second", "third"] {
        pay(&guerdon, cup).await;
    }

    let few = looked_at(&store, IDS_MAX, Some(Timestamp::UNIX_EPOCH)).await;
    let in_portions = looked_at(&store, 2, Some(Timestamp::UNIX_EPOCH)).await;
    let everybody = looked_at(&store, 2, None).await;

    assert_eq!(few, everybody);
    assert_eq!(in_portions, everybody);
    assert_eq!((few.players.len(), few.awards), (PLAYERS, 3 * PLAYERS));
}

const PLAYERS: usize = 5;

async fn pay(guerdon: &Guerdon, key: &str) {
    let players: Vec<_> = (0..PLAYERS).map(|it| NewPlayer::new(format!("p{it}"), "P")).collect();
    guerdon.register_players(&players).await.unwrap();
    guerdon.create_tournament(NewTournament::new(key, key)).await.unwrap();
    let finish = |place| Finish::Marked(Placement::new(place).unwrap());
    let places =
        players.iter().zip(1..).map(|(player, place)| RankedEntry::new(player.id, finish(place)));
    let results = Results::Ranked(RankedList::Placements(places.collect()));
    let (id, me) = (TournamentId::of(key), Actor::new("test"));
    guerdon.submit_results(id, &results, SubmitOptions::default(), &me).await.unwrap();
    let paid = guerdon.finalize(id, FinalizeOptions::default(), &me).await;
    assert!(paid.is_ok(), "{paid:?}");
}

/// What an audit has looked at.
#[derive(Debug, PartialEq, Eq)]
struct LookedAt {
    players: Vec<domain::PlayerId>,
    tournaments: Vec<TournamentId>,
    awards: usize,
    rows_checked: Vec<u64>,
}

async fn looked_at(store: &SeaOrmStore, ids_max: u32, since: Option<Timestamp>) -> LookedAt {
    let pool = Pool::own(store.connection().clone());
    let touched = Touched { ids_max, ..Touched::default() };
    let audit = SeaOrmAudit { pool, touched };
    let scope = AuditScope { since, faults_max: 10 };
    let (mut players, mut tournaments, mut awards) = (vec![], vec![], 0);
    audit.visit_skills(&scope, &mut |row| players.push(row.player)).await.unwrap();
    let mut visit = |row| match row {
        PlanRow::Tournament(it) => tournaments.push(it.id),
        _ => awards += 1,
    };
    audit.visit_plans(&scope, &mut visit).await.unwrap();
    let rows_checked = vec![
        audit.repeated_awards(&scope).await.unwrap().rows_checked,
        audit.repeated_badges(&scope).await.unwrap().rows_checked,
        audit.broken_entries(&scope).await.unwrap().rows_checked,
        audit.unbalanced_accounts(&scope).await.unwrap().rows_checked,
        audit.mispaid_awards(&scope).await.unwrap().rows_checked,
        audit.repeated_keys(&scope).await.unwrap().rows_checked,
        audit.forged_keys(&scope).await.unwrap().rows_checked,
        audit.step_mismatches(&scope).await.unwrap().rows_checked,
    ];
    LookedAt { players, tournaments, awards, rows_checked }
}
