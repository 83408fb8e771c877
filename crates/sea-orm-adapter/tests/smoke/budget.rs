//! How many statements a tournament costs.

use std::time::Duration;

use app_service::{ClaimedRequest, FinalizeOptions, Guerdon, NewRequest, Recorded};
use domain::{Assessment, AssessmentId, Hasher, RequestId, SkillName, Tenths};
use sea_orm_adapter::SeaOrmStore;
use test_databases::{PostgresDatabase, SqliteDatabase};

use crate::{
    databases::{fresh, on_both},
    season::{actor, announced, player},
};

on_both!(
    statements_do_not_grow_with_the_field,
    statements_do_not_grow_with_the_number_of_assessments,
    a_request_costs_three_statements_more,
);

/// Reads before and after the unit of work are the use case's own; they are counted apart.
const READS_MAX: u64 = 2;
const UNIT_OF_WORK_MAX: u64 = 16;

#[tokio::test]
async fn a_tournament_of_one_chunk_takes_at_most_sixteen_statements_on_postgres() {
    let fresh = fresh::<PostgresDatabase>().await;

    let statements = statements_of(&fresh.store, 50).await;

    assert!(statements <= UNIT_OF_WORK_MAX + READS_MAX, "{statements} statements");
}

async fn statements_do_not_grow_with_the_field(store: SeaOrmStore) {
    let few = statements_of(&store, 2).await;
    let many = statements_of_another(&store, 200).await;

    assert_eq!(few, many);
}

async fn statements_do_not_grow_with_the_number_of_assessments(store: SeaOrmStore) {
    let (guerdon, _) = announced(&store, 50).await;

    let one = statements_of_hearing(&store, &guerdon, 1).await;
    let many = statements_of_hearing(&store, &guerdon, 50).await;

    assert_eq!(one, many);
    assert!(one <= HEARING_MAX, "{one} statements");
}

/// It is claimed, recorded to with the effect, and answered.
async fn a_request_costs_three_statements_more(store: SeaOrmStore) {
    let plain = statements_of_another(&store, 20).await;
    let (guerdon, cup) = announced(&store, 20).await;
    let request = NewRequest {
        id: RequestId::within("everybody", "key"),
        fingerprint: Hasher::new("request").finish(),
        document: None,
        lease: Duration::from_secs(30),
    };

    let before = store.statements_total();
    let claimed = guerdon.claim_request(&request).await.unwrap();
    let ClaimedRequest::Mine(ticket) = claimed else { panic!("somebody has it") };
    let paid = guerdon.keyed(&ticket).finalize(cup, FinalizeOptions::default(), &actor()).await;
    assert!(paid.is_ok(), "{paid:?}");
    guerdon.answer_request(&ticket, "paid").await.unwrap();

    assert_eq!(store.statements_total() - before, plain + 3);
}

/// Begin, lock, read what is locked, record, write the profiles, tell of it, commit.
const HEARING_MAX: u64 = 7;

/// The statements of one batch, of so many players.
async fn statements_of_hearing(store: &SeaOrmStore, guerdon: &Guerdon, size: u32) -> u64 {
    let word = |rank| Assessment {
        id: AssessmentId::of(&format!("batch of {size}")),
        player: player(rank),
        skill: SkillName::new("focus").unwrap(),
        percentage: Tenths::new(725),
        assessor: "coach".to_owned(),
    };
    let batch: Vec<_> = (1..=size).map(word).collect();
    let before = store.statements_total();
    let recorded = guerdon.assess_all(&batch).await.unwrap();
    assert!(recorded.iter().all(|it| *it == Recorded::New));
    store.statements_total() - before
}

async fn statements_of(store: &SeaOrmStore, size: u32) -> u64 {
    let (guerdon, cup) = announced(store, size).await;
    let before = store.statements_total();
    let paid = guerdon.finalize(cup, FinalizeOptions::default(), &actor()).await;
    assert!(paid.is_ok(), "{paid:?}");
    store.statements_total() - before
}

/// The same for a tournament in a database of its own.
async fn statements_of_another(store: &SeaOrmStore, size: u32) -> u64 {
    match store.connection().get_database_backend() {
        sea_orm::DbBackend::Postgres => {
            statements_of(&fresh::<PostgresDatabase>().await.store, size).await
        }
        _ => statements_of(&fresh::<SqliteDatabase>().await.store, size).await,
    }
}
