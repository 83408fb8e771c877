//! Contract: one bad participant costs one participant.

use domain::{BadgeType, LockOrder, NewBadge, TournamentId};
use ports::spi::Recorded;

use crate::{
    Harness,
    fixtures::{ALL, assert_corrupt, player, post, register, step, xp, xp_entry},
};

/// SAVE-1: everything since is undone in every table, everything before stands, and what comes
/// afterwards is written.
pub async fn going_back_undoes_what_came_since_and_nothing_before(harness: &impl Harness) {
    let ids = register(harness, 3).await;
    let cup = TournamentId::of("cup");
    let badge = NewBadge::new(ids[1], cup, BadgeType::Champion);
    let mut uow = harness.units().begin().await.unwrap();
    let players = uow.lock_players(&LockOrder::of(ids.clone())).await.unwrap();

    players.post_entries(&[xp_entry(cup, ids[0], 1)]).await.unwrap();
    let savepoint = players.savepoint().await.unwrap();
    players.post_entries(&[xp_entry(cup, ids[1], 2)]).await.unwrap();
    players.award_badges(&[badge]).await.unwrap();
    players.record_steps(&[step(cup, ids[1], &[("focus", 655)])]).await.unwrap();
    savepoint.rollback().await.unwrap();
    players.post_entries(&[xp_entry(cup, ids[2], 3)]).await.unwrap();
    uow.commit().await.unwrap();

    assert_eq!(xp(harness, &ids).await, [1, 0, 3]);
    assert_eq!(harness.store().find_badges(&ids).await.unwrap(), []);
    assert_eq!(harness.store().list_steps(ids[1], 0, ALL).await.unwrap(), []);
    assert_eq!(player(harness, ids[1]).await.profile, domain::SkillProfile::default());
}

/// SAVE-1: also when the database refused something, which elsewhere is the end of a transaction.
pub async fn going_back_after_a_refusal_revives_the_transaction(harness: &impl Harness) {
    let ids = register(harness, 2).await;
    let (cup, paid) = (TournamentId::of("cup"), TournamentId::of("paid"));
    post(&harness.units(), &[xp_entry(paid, ids[0], 100)]).await.unwrap();
    let mut uow = harness.units().begin().await.unwrap();
    let players = uow.lock_players(&LockOrder::of(ids.clone())).await.unwrap();

    let savepoint = players.savepoint().await.unwrap();
    players.post_entries(&[xp_entry(cup, ids[0], 1)]).await.unwrap();
    assert_corrupt(players.post_entries(&[xp_entry(paid, ids[0], 999)]).await);
    savepoint.rollback().await.unwrap();
    players.post_entries(&[xp_entry(cup, ids[1], 2)]).await.unwrap();
    uow.commit().await.unwrap();

    assert_eq!(xp(harness, &ids).await, [100, 2]);
}

/// SAVE-1: a refusal by a constraint of the balance, the second one in the same transaction.
pub async fn each_refusal_costs_its_own_savepoint(harness: &impl Harness) {
    let ids = register(harness, 4).await;
    let cup = TournamentId::of("cup");
    let mut uow = harness.units().begin().await.unwrap();
    let players = uow.lock_players(&LockOrder::of(ids.clone())).await.unwrap();

    for (id, amount) in ids.iter().zip([10, -1, -1, 20]) {
        let savepoint = players.savepoint().await.unwrap();
        match players.post_entries(&[xp_entry(cup, *id, amount)]).await {
            Ok(_) => savepoint.release().await.unwrap(),
            refusal => {
                assert_corrupt(refusal);
                savepoint.rollback().await.unwrap();
            }
        }
    }
    uow.commit().await.unwrap();

    assert_eq!(xp(harness, &ids).await, [10, 0, 0, 20]);
}

/// SAVE-1: what was undone was never posted, so posting it now is new.
pub async fn key_is_free_again_after_going_back(harness: &impl Harness) {
    let id = register(harness, 1).await[0];
    let entry = [xp_entry(TournamentId::of("cup"), id, 10)];
    let mut uow = harness.units().begin().await.unwrap();
    let players = uow.lock_players(&LockOrder::of([id])).await.unwrap();
    let savepoint = players.savepoint().await.unwrap();
    players.post_entries(&entry).await.unwrap();
    savepoint.rollback().await.unwrap();

    assert_eq!(players.post_entries(&entry).await.unwrap(), [Recorded::New]);
    uow.commit().await.unwrap();

    assert_eq!(xp(harness, &[id]).await, [10]);
}

/// SAVE-1: a savepoint that is let go keeps what was written since.
pub async fn released_savepoint_keeps_what_came_since(harness: &impl Harness) {
    let id = register(harness, 1).await[0];
    let mut uow = harness.units().begin().await.unwrap();
    let players = uow.lock_players(&LockOrder::of([id])).await.unwrap();
    let savepoint = players.savepoint().await.unwrap();
    players.post_entries(&[xp_entry(TournamentId::of("cup"), id, 10)]).await.unwrap();

    savepoint.release().await.unwrap();
    uow.commit().await.unwrap();

    assert_eq!(xp(harness, &[id]).await, [10]);
}
