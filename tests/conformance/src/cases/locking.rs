//! Contract: who waits for whom, and what the lock shows afterwards.

use std::collections::BTreeMap;

use domain::{
    BadgeType, Currency, LockOrder, NewBadge, NewTournament, Outcome, Placement, PlayerId,
    Progress, TournamentId, TournamentStatus,
};
use ports::{LockError, StoreError, UnitsOfWork, spi::Recorded};

use crate::{
    Fault, Harness,
    fixtures::{
        actor, announced, assessment, entry, raw, register, skill, step, told, xp, xp_entry,
    },
    waiting::{at_once, finishes, open_beside, waits},
};

/// LOCK-1: without the second half, a store could wait politely and still pay twice.
pub async fn second_locker_waits_and_sees_the_commit(harness: &impl Harness) {
    let cup = announced(harness, "cup").await;
    let mut first = harness.units().begin().await.unwrap();
    let locked = first.lock_tournament(cup).await.unwrap();

    let second = waits(lock_and_read(harness.units(), cup)).await;
    locked.cancel(&actor()).await.unwrap();
    first.commit().await.unwrap();

    assert_eq!(second.goes_on().await.unwrap(), TournamentStatus::Cancelled);
}

/// LOCK-1: what was rolled back while somebody waited was never there.
pub async fn second_locker_sees_nothing_of_a_rollback(harness: &impl Harness) {
    let cup = announced(harness, "cup").await;
    let mut first = harness.units().begin().await.unwrap();
    let locked = first.lock_tournament(cup).await.unwrap();

    let second = waits(lock_and_read(harness.units(), cup)).await;
    locked.cancel(&actor()).await.unwrap();
    first.rollback().await.unwrap();

    assert_eq!(second.goes_on().await.unwrap(), TournamentStatus::Scheduled);
}

/// LOCK-2: locking what is not there must not keep anybody from making it.
pub async fn missing_tournament_locks_nothing(harness: &impl Harness) {
    let cup = NewTournament::new("cup", "Cup");
    let mut first = harness.units().begin().await.unwrap();
    let refusal = first.lock_tournament(cup.id).await.unwrap_err();
    let first = open_beside(harness, first).await;

    let created = finishes(async {
        let mut second = harness.units().begin().await.unwrap();
        let recorded = second.create_tournament(&cup).await.unwrap().0;
        second.commit().await.unwrap();
        recorded
    });

    assert!(matches!(refusal, LockError::NoTournament(id) if id == cup.id), "{refusal:?}");
    assert_eq!(created.await, Recorded::New);
    drop(first);
}

/// LOCK-2: both strengths answer alike, and the transaction goes on.
pub async fn missing_tournament_leaves_the_transaction_usable(harness: &impl Harness) {
    let cup = NewTournament::new("cup", "Cup");
    let tx = raw(harness).await;

    assert_eq!(tx.select_tournament_for_update(cup.id).await.unwrap(), None);
    assert_eq!(tx.select_tournament_for_share(cup.id).await.unwrap(), None);
    let _ = tx.insert_tournament(&cup, crate::clock::NOW).await.unwrap();
    tx.commit().await.unwrap();

    assert_eq!(harness.store().find_tournaments(&[cup.id]).await.unwrap().len(), 1);
}

/// LOCK-3: whoever changes a tournament waits for everybody who pays under it, not only for one.
pub async fn exclusive_lock_waits_for_every_shared_one(harness: &impl Harness) {
    let cup = announced(harness, "cup").await;
    let mut one = harness.units().begin().await.unwrap();
    let _shared = one.share_tournament(cup).await.unwrap();
    let one = open_beside(harness, one).await;
    let mut other = harness.units().begin().await.unwrap();
    let _shared = other.share_tournament(cup).await.unwrap();

    let exclusive = waits(lock_and_read(harness.units(), cup)).await;
    if let Some(one) = one {
        one.commit().await.unwrap();
    }
    let exclusive = exclusive.still_waits().await;
    other.commit().await.unwrap();

    assert_eq!(exclusive.goes_on().await.unwrap(), TournamentStatus::Scheduled);
}

/// LOCK-3: nobody pays under a tournament that is being changed, and then sees the change.
pub async fn shared_lock_waits_for_the_exclusive_one(harness: &impl Harness) {
    let cup = announced(harness, "cup").await;
    let mut first = harness.units().begin().await.unwrap();
    let locked = first.lock_tournament(cup).await.unwrap();

    let second = waits(share_and_read(harness.units(), cup)).await;
    locked.cancel(&actor()).await.unwrap();
    first.commit().await.unwrap();

    assert_eq!(second.goes_on().await.unwrap(), TournamentStatus::Cancelled);
}

/// LOCK-4: workers of one tournament pay side by side.
pub async fn sharers_do_not_wait_for_each_other(harness: &impl Harness) {
    let cup = announced(harness, "cup").await;
    let mut first = harness.units().begin().await.unwrap();
    let _shared = first.share_tournament(cup).await.unwrap();
    let first = open_beside(harness, first).await;

    let second = finishes(share_and_read(harness.units(), cup)).await;

    assert_eq!(second.unwrap(), TournamentStatus::Scheduled);
    drop(first);
}

/// LOCK-5: balances, profile and counters, each from a table of its own, and the badges.
pub async fn second_player_locker_waits_and_sees_all_that_was_written(harness: &impl Harness) {
    let id = register(harness, 1).await[0];
    let (cup, order) = (TournamentId::of("cup"), LockOrder::of([id]));
    let progress = Progress { tournaments: 1, win_streak: 1, ..Progress::default() };
    let badge = NewBadge::new(id, cup, BadgeType::FirstTournament);
    let mut first = harness.units().begin().await.unwrap();
    let players = first.lock_players(&order).await.unwrap();

    let second = waits(lock_and_read_player(harness.units(), id, badge)).await;
    players.post_entries(&[xp_entry(cup, id, 500)]).await.unwrap();
    players.post_entries(&[entry(cup, id, Currency::Credit, 100)]).await.unwrap();
    players.award_badges(&[badge]).await.unwrap();
    players.record_steps(&[step(cup, id, &[("focus", 655)])]).await.unwrap();
    let _ = players.assess(&[assessment("a", id, "stamina")]).await.unwrap();
    players.save_progress(&[told(id, progress)]).await.unwrap();
    first.commit().await.unwrap();

    let (seen, replay) = second.goes_on().await.unwrap();
    assert_eq!((seen.accounts.xp.balance, seen.accounts.xp.seq), (500, 1));
    assert_eq!((seen.accounts.credit.balance, seen.accounts.credit.seq), (100, 1));
    assert_eq!((seen.progress, seen.step_seq), (progress, 1));
    assert_eq!(seen.profile.entry(&skill("focus"), &seen.baseline).level.units(), 655);
    assert!(seen.profile.entry(&skill("stamina"), &seen.baseline).assessed.is_some());
    assert_eq!(replay, [Recorded::Replayed]);
}

/// LOCK-6: they are absent, whoever is there is locked and read all the same.
pub async fn unregistered_players_are_absent_from_the_lock(harness: &impl Harness) {
    let known = register(harness, 2).await;
    let stranger = PlayerId::of("stranger");
    let order = LockOrder::of([known[1], stranger, known[0]]);

    let locked = raw(harness).await.select_players_for_update(&order).await.unwrap();

    assert_eq!(locked.iter().map(|it| it.id).collect::<Vec<_>>(), known);
}

/// LOCK-7: one broken row must not keep the others of the chunk from being paid.
pub async fn unreadable_state_costs_that_player_alone(harness: &impl Harness) {
    let ids = register(harness, 3).await;
    let broken = ids[1];
    harness.plant(Fault::UnreadableProfile(broken)).await;
    let mut uow = harness.units().begin().await.unwrap();

    let players = uow.lock_players(&LockOrder::of(ids.clone())).await.unwrap();
    let state = players.get(broken).unwrap().clone();
    let cup = TournamentId::of("cup");
    players.post_entries(&[xp_entry(cup, ids[0], 5), xp_entry(cup, ids[2], 7)]).await.unwrap();
    let refusal = players.post_entries(&[xp_entry(cup, broken, 6)]).await.unwrap_err();
    uow.commit().await.unwrap();

    assert_eq!(state.unwrap_err().player, broken);
    assert!(matches!(refusal, StoreError::Corrupt { .. }), "{refusal:?}");
    assert_eq!(xp(harness, &[ids[0]]).await, [5]);
    assert_eq!(xp(harness, &[ids[2]]).await, [7]);
}

/// LOCK-ORDER-1: four parties, overlapping players, listed forwards and backwards, and rows that
/// move about as they are written. Nobody retries, so one deadlock fails the case.
pub async fn overlapping_locks_in_opposite_orders_never_deadlock(harness: &impl Harness) {
    let ids = register(harness, 12).await;
    let parties = [&ids[0..8], &ids[4..12], &ids[2..10], &ids[0..12]];

    for round in 0..ROUNDS {
        let pay = |(n, players): (usize, &&[PlayerId])| {
            let mut players = players.to_vec();
            if n % 2 == 1 {
                players.reverse();
            }
            pay_all(harness.units(), TournamentId::of(&format!("cup-{round}-{n}")), players)
        };
        for answer in at_once(parties.iter().enumerate().map(pay)).await {
            answer.unwrap();
        }
    }

    let mut expected: BTreeMap<PlayerId, i64> = BTreeMap::new();
    parties.iter().copied().flatten().for_each(|it| *expected.entry(*it).or_default() += ROUNDS);
    assert_eq!(xp(harness, &ids).await, expected.into_values().collect::<Vec<_>>());
}

const ROUNDS: i64 = 25;

async fn lock_and_read(
    units: UnitsOfWork,
    id: TournamentId,
) -> Result<TournamentStatus, LockError> {
    let mut uow = units.begin().await?;
    let status = uow.lock_tournament(id).await?.status;
    uow.commit().await?;
    Ok(status)
}

async fn share_and_read(
    units: UnitsOfWork,
    id: TournamentId,
) -> Result<TournamentStatus, LockError> {
    let mut uow = units.begin().await?;
    let status = uow.share_tournament(id).await?.status;
    uow.commit().await?;
    Ok(status)
}

async fn lock_and_read_player(
    units: UnitsOfWork,
    id: PlayerId,
    badge: NewBadge,
) -> Result<(domain::Player, Vec<Recorded>), StoreError> {
    let mut uow = units.begin().await?;
    let players = uow.lock_players(&LockOrder::of([id])).await?;
    let seen = players.get(id).unwrap().clone().unwrap();
    let replay = players.award_badges(&[badge]).await?;
    uow.commit().await?;
    Ok((seen, replay))
}

/// One XP to each of `players`, and a counter moved, so that the locked rows themselves change.
async fn pay_all(
    units: UnitsOfWork,
    cup: TournamentId,
    ids: Vec<PlayerId>,
) -> Result<(), StoreError> {
    let order = LockOrder::of(ids);
    let mut uow = units.begin().await?;
    let players = uow.lock_players(&order).await?;
    let locked = |id: &PlayerId| players.get(*id).unwrap().clone().unwrap();
    let won = Outcome::Placed(Placement::FIRST);
    let progress: Vec<_> =
        order.as_slice().iter().map(|id| told(*id, locked(id).progress.after(won, true))).collect();
    let entries: Vec<_> = order.as_slice().iter().map(|id| xp_entry(cup, *id, 1)).collect();
    players.save_progress(&progress).await?;
    players.post_entries(&entries).await?;
    uow.commit().await
}
