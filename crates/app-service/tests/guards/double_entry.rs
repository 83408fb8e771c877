//! R06: one ledger entry posted twice.

use std::collections::BTreeSet;

use domain::{Currency, NewEntry, PlayerId, TournamentStatus as Status};
use ports::spi::Recorded;

use crate::{
    cast::{ANNA, BEN, CUP, field, newcomers},
    scene::{Scene, told},
    script::Script,
};

/// R06: no entry goes without a key, and no two share one.
#[tokio::test]
async fn every_entry_has_a_key_of_its_own() {
    let entries = entries_of([ANNA, BEN]).await;

    let keys: BTreeSet<&str> = entries.iter().map(|it| it.key.as_str()).collect();
    assert_eq!(keys.len(), 4);
    assert!(keys.iter().all(|it| !it.is_empty()));
}

/// R06: a key is made of purpose, tournament, player, currency and revision, in this order.
#[tokio::test]
async fn a_key_has_one_shape_for_ever() {
    let entries = entries_of([ANNA, BEN]).await;

    let keys: Vec<&str> = entries.iter().map(|it| it.key.as_str()).collect();
    let key = |player, currency| format!("reward:{CUP}:{player}:{currency}:0");
    let xp_then_credits = |player| [Currency::Xp, Currency::Credit].map(|it| key(player, it));
    assert_eq!(keys, [xp_then_credits(ANNA), xp_then_credits(BEN)].concat());
}

/// R06: another placement changes amounts and no key, so that a changed result cannot pay twice.
#[tokio::test]
async fn a_key_does_not_know_the_placement() {
    let won = entries_of([ANNA, BEN]).await;
    let lost = entries_of([BEN, ANNA]).await;

    let keys = |entries: &[NewEntry]| entries.iter().map(|it| it.key.clone()).collect::<Vec<_>>();
    let amounts = |entries: &[NewEntry]| entries.iter().map(|it| it.amount).collect::<Vec<_>>();
    assert_eq!(keys(&won), keys(&lost));
    assert_ne!(amounts(&won), amounts(&lost));
}

/// R06: an entry that the ledger has seen is counted as such, and nothing is made up for it.
#[tokio::test]
async fn an_entry_that_exists_is_no_error_and_moves_nothing() {
    let script = Script::default().locks(Status::InProgress).freezes(field([ANNA, BEN]));
    let script = script.locks_players(newcomers());
    let script = script.posts(Recorded::Replayed).badges(Recorded::New).steps().saves_progress();
    let scene = Scene::new().begins(script.marks().advances().commits());

    let distribution = scene.summarises(Status::RewardsDistributed).finalize().await.unwrap();

    assert_eq!((distribution.entries_posted, distribution.entries_replayed), (0, 4));
}

/// What finalize posts for a field that ended in this order.
async fn entries_of(order: [PlayerId; 2]) -> Vec<NewEntry> {
    let field = field(order);
    let script = Script::default().locks(Status::InProgress).freezes(field);
    let script = script.settles_claimed(newcomers()).advances().commits();
    told(script).await.entries
}
