//! Spending, holding and giving back: once, never more than there is, and told so afterwards.

use app_service::{
    Charged, ExpiredHolds, GuerdonError, Recorded, Spending, SystemClock, Timestamp,
    domain::{ChargeId, ChargeState, Currency, PlayerId, RefundId, Unchargeable},
};
use time::Duration;

use crate::{
    arena::Arena,
    faulty::{Commit, Faults},
};

use Recorded::{New, Replayed};

#[tokio::test]
async fn what_is_spent_is_gone_and_spending_it_again_takes_nothing() {
    let (arena, player) = rich().await;

    let first = spend(&arena, player, "sword", 60).await.unwrap();
    let again = spend(&arena, player, "sword", 60).await.unwrap();

    assert_eq!((first.recorded, first.credit_balance), (New, 40));
    assert_eq!((again.recorded, again.credit_balance), (Replayed, 40));
    assert_eq!(again.charge, first.charge);
    assert_eq!(ledger(&arena, player).await, [("award", 100), ("spend", -60)]);
}

#[tokio::test]
async fn nobody_spends_or_holds_more_than_there_is() {
    let (arena, player) = rich().await;

    let too_much = [
        spend(&arena, player, "sword", 101).await.unwrap_err(),
        hold(&arena, player, "sword", 101).await.unwrap_err(),
    ];
    let nothing = spend(&arena, player, "sword", 0).await.unwrap_err();

    for error in too_much {
        let GuerdonError::NotEnoughCredits { balance, amount, .. } = error else {
            panic!("{error}")
        };
        assert_eq!((balance, amount), (100, 101));
    }
    let no_amount = Unchargeable::NoAmount { amount: 0 };
    assert!(matches!(nothing, GuerdonError::Unchargeable(it) if it == no_amount));
    assert_eq!(arena.guerdon.charges(player, None, 10).await.unwrap(), []);
    assert_eq!(spend(&arena, player, "sword", 100).await.unwrap().credit_balance, 0);
}

/// Another amount, another memo, another way: each is another charge, and none is made.
#[tokio::test]
async fn another_charge_under_a_known_id_is_refused() {
    let (arena, player) = rich().await;
    spend(&arena, player, "sword", 60).await.unwrap();
    let renamed = Spending { memo: "a bow".into(), ..spending(player, "sword", 60) };

    let answers = [
        spend(&arena, player, "sword", 10).await,
        hold(&arena, player, "sword", 60).await,
        arena.guerdon.spend(renamed).await,
        settle(&arena, player, "sword", Some(60)).await,
    ];

    for answer in answers {
        let Err(GuerdonError::ChargeDiffers { existing }) = answer else { panic!("{answer:?}") };
        assert_eq!((existing.amount, existing.state), (60, ChargeState::Settled));
    }
    assert_eq!(balance(&arena, player).await, 40);
}

#[tokio::test]
async fn a_hold_is_settled_in_part_and_the_rest_comes_back_once() {
    let (arena, player) = rich().await;
    assert_eq!(hold(&arena, player, "sword", 60).await.unwrap().credit_balance, 40);
    let held = arena.guerdon.holds(player, None, 10).await.unwrap();

    let settled = settle(&arena, player, "sword", Some(50)).await.unwrap();
    let again = settle(&arena, player, "sword", Some(50)).await.unwrap();
    let other = settle(&arena, player, "sword", Some(40)).await;
    let released = release(&arena, player, "sword").await;

    assert_eq!(held.len(), 1);
    assert_eq!((settled.recorded, settled.credit_balance), (New, 50));
    assert_eq!((again.recorded, again.credit_balance), (Replayed, 50));
    assert!(matches!(other, Err(GuerdonError::ChargeDiffers { .. })), "{other:?}");
    assert_not_held(released, ChargeState::Settled);
    assert_eq!(arena.guerdon.holds(player, None, 10).await.unwrap(), []);
    assert_eq!(ledger(&arena, player).await, [("award", 100), ("hold", -60), ("settle", 10)]);
}

#[tokio::test]
async fn a_released_hold_comes_back_whole_and_cannot_be_settled() {
    let (arena, player) = rich().await;
    hold(&arena, player, "sword", 60).await.unwrap();

    let released = release(&arena, player, "sword").await.unwrap();
    let again = release(&arena, player, "sword").await.unwrap();

    assert_eq!((released.recorded, released.credit_balance), (New, 100));
    assert_eq!((again.recorded, again.credit_balance), (Replayed, 100));
    assert_not_held(settle(&arena, player, "sword", None).await, ChargeState::Released);
    let held_again = hold(&arena, player, "sword", 60).await.unwrap();
    assert_eq!(held_again.charge.state, ChargeState::Released, "asked again, it is what it was");
    assert_eq!(balance(&arena, player).await, 100);
}

#[tokio::test]
async fn refunds_come_back_once_each_and_never_more_than_was_charged() {
    let (arena, player) = rich().await;
    spend(&arena, player, "sword", 60).await.unwrap();

    let blunt = refund(&arena, player, "blunt", Some(20)).await.unwrap();
    let again = refund(&arena, player, "blunt", Some(20)).await.unwrap();
    let other = refund(&arena, player, "blunt", Some(30)).await;
    let too_much = refund(&arena, player, "rusty", Some(41)).await;
    let rest = refund(&arena, player, "rusty", None).await.unwrap();
    let rest_again = refund(&arena, player, "rusty", None).await.unwrap();

    assert_eq!((blunt.recorded, blunt.credit_balance), (New, 60));
    assert_eq!((again.recorded, again.credit_balance), (Replayed, 60));
    assert!(matches!(other, Err(GuerdonError::ChargeDiffers { .. })), "{other:?}");
    let available = |it: &_| matches!(it, Unchargeable::TooMuch { available: 40, .. });
    assert!(matches!(too_much, Err(GuerdonError::Unchargeable(it)) if available(&it)));
    assert_eq!((rest.recorded, rest.charge.refunded, rest.credit_balance), (New, 60, 100));
    assert_eq!((rest_again.recorded, rest_again.credit_balance), (Replayed, 100));
}

#[tokio::test]
async fn what_was_never_charged_is_neither_settled_nor_given_back() {
    let (arena, player) = rich().await;
    let nobody = PlayerId::of("nobody");

    let answers = [
        settle(&arena, player, "sword", None).await,
        release(&arena, player, "sword").await,
        refund(&arena, player, "blunt", Some(1)).await,
    ];

    for answer in answers {
        assert!(matches!(answer, Err(GuerdonError::NoCharge { .. })), "{answer:?}");
    }
    let stranger = spend(&arena, nobody, "sword", 1).await;
    assert!(matches!(stranger, Err(GuerdonError::NoPlayer(it)) if it == nobody));
    assert!(matches!(arena.guerdon.holds(nobody, None, 1).await, Err(GuerdonError::NoPlayer(_))));
}

/// Two holds of one player, one of another, and one that is not due; a player who cannot be read
/// costs nobody else.
#[tokio::test]
async fn holds_that_are_due_come_back_whoever_has_how_many() {
    let arena = Arena::of(3).await.chunked(1, 1);
    let players = arena.players.clone();
    for (number, player) in players.iter().enumerate() {
        let cup = arena.cup(&format!("cup-{number}"), &[*player]).await;
        let _ = arena.finalize(cup).await.unwrap();
    }
    let (past, future) = (now() - Duration::MINUTE, now() + Duration::HOUR);
    for (player, name, expires_at) in [
        (players[0], "sword", Some(past)),
        (players[0], "bow", Some(past)),
        (players[0], "shield", Some(future)),
        (players[0], "horse", None),
        (players[1], "sword", Some(past)),
        (players[2], "sword", Some(past)),
    ] {
        arena.guerdon.hold(spending(player, name, 10), expires_at).await.unwrap();
    }
    arena.store.faults().unreadable = Some(players[1]);

    let expired = arena.guerdon.expire_holds().await.unwrap();
    *arena.store.faults() = Faults::default();
    let again = arena.guerdon.expire_holds().await.unwrap();

    let unreadable = vec![players[1]];
    assert_eq!(expired, ExpiredHolds { expired: 3, credits: 30, unreadable });
    assert_eq!(again, ExpiredHolds { expired: 1, credits: 10, unreadable: vec![] });
    let balances = [80, 100, 100];
    for (player, expected) in players.iter().zip(balances) {
        assert_eq!(balance(&arena, *player).await, expected);
    }
    assert_not_held(settle(&arena, players[0], "sword", None).await, ChargeState::Expired);
}

/// Whether the commit happened or not: the caller is told that the call has done it, and once.
#[tokio::test(start_paused = true)]
async fn a_commit_without_an_answer_charges_once() {
    for outcome in [Commit::Happened, Commit::DidNotHappen] {
        let (arena, player) = rich().await;
        hold(&arena, player, "bow", 10).await.unwrap();
        let lose_the_answer = || {
            *arena.store.faults() = Faults { unanswered: Some((1, outcome)), ..Faults::default() };
        };

        lose_the_answer();
        let spent = spend(&arena, player, "sword", 60).await.unwrap();
        lose_the_answer();
        let settled = settle(&arena, player, "bow", Some(4)).await.unwrap();
        lose_the_answer();
        let refunded = refund(&arena, player, "blunt", Some(5)).await.unwrap();

        assert_eq!((spent.recorded, spent.credit_balance), (New, 30), "{outcome:?}");
        assert_eq!((settled.recorded, settled.credit_balance), (New, 36), "{outcome:?}");
        assert_eq!((refunded.recorded, refunded.credit_balance), (New, 41), "{outcome:?}");
        assert_eq!(balance(&arena, player).await, 41, "{outcome:?}");
    }
}

/// A player who has won a hundred credits.
pub(crate) async fn rich() -> (Arena, PlayerId) {
    let arena = Arena::of(1).await;
    let player = arena.players[0];
    let cup = arena.cup("cup", &[player]).await;
    let _ = arena.finalize(cup).await.unwrap();
    (arena, player)
}

fn spending(player: PlayerId, name: &str, amount: i64) -> Spending {
    Spending { player, charge: ChargeId::of(name), amount, memo: format!("a {name}") }
}

async fn spend(
    arena: &Arena,
    player: PlayerId,
    name: &str,
    amount: i64,
) -> Result<Charged, GuerdonError> {
    arena.guerdon.spend(spending(player, name, amount)).await
}

async fn hold(
    arena: &Arena,
    player: PlayerId,
    name: &str,
    amount: i64,
) -> Result<Charged, GuerdonError> {
    arena.guerdon.hold(spending(player, name, amount), Some(now() + Duration::HOUR)).await
}

async fn settle(
    arena: &Arena,
    player: PlayerId,
    name: &str,
    amount: Option<i64>,
) -> Result<Charged, GuerdonError> {
    arena.guerdon.settle(player, ChargeId::of(name), amount).await
}

async fn release(arena: &Arena, player: PlayerId, name: &str) -> Result<Charged, GuerdonError> {
    arena.guerdon.release(player, ChargeId::of(name)).await
}

/// Of the sword.
async fn refund(
    arena: &Arena,
    player: PlayerId,
    name: &str,
    amount: Option<i64>,
) -> Result<Charged, GuerdonError> {
    arena.guerdon.refund(player, ChargeId::of("sword"), RefundId::of(name), amount).await
}

async fn balance(arena: &Arena, player: PlayerId) -> i64 {
    arena.guerdon.profile(player).await.unwrap().credit_balance
}

/// Cause and amount of each movement of the credits.
async fn ledger(arena: &Arena, player: PlayerId) -> Vec<(&'static str, i64)> {
    let entries = arena.guerdon.ledger(player, Currency::Credit, 0, 100).await.unwrap();
    let known = ["award", "spend", "hold", "settle", "release", "expire", "refund"];
    let cause = |it: &str| known.into_iter().find(|known| *known == it).unwrap();
    entries.iter().map(|it| (cause(&it.cause), it.amount)).collect()
}

#[track_caller]
#[expect(clippy::needless_pass_by_value, reason = "a test ends with what it was told")]
fn assert_not_held(answer: Result<Charged, GuerdonError>, expected: ChargeState) {
    let Err(GuerdonError::Unchargeable(Unchargeable::NotHeld { state, .. })) = answer else {
        panic!("{answer:?}")
    };
    assert_eq!(state, expected);
}

fn now() -> Timestamp {
    SystemClock::shared().now()
}
