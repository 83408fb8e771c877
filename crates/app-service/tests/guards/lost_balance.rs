//! R07: a balance update that gets lost.
//!
//! The port has no method that moves a balance: one call inserts entries and moves balances by what
//! it inserted. So the mock, which refuses every call that a script does not name, shows that
//! nothing else could have moved one.

use domain::{
    Account, Accounts, Currency, NewEntry, Player, PlayerId, Reward, TournamentStatus as Status,
};

use crate::{
    cast::{ANNA, BEN, field, newcomer, usual_awards},
    scene::{Scene, finalizing, told},
    script::{Script, lock},
};

/// R07: XP are posted in the one ledger call, before badges, steps, marks and the commit.
#[tokio::test]
async fn the_ledger_comes_before_the_xp_balance() {
    let amounts = posted(Currency::Xp).await;

    assert_eq!(amounts, [(ANNA, 600), (BEN, 371)]);
}

/// R07: credits are posted in the same call.
#[tokio::test]
async fn the_ledger_comes_before_the_credit_balance() {
    let amounts = posted(Currency::Credit).await;

    assert_eq!(amounts, [(ANNA, 100), (BEN, 50)]);
}

/// R07: what the award promises is what is posted: base and bonus, not the bonus alone.
#[tokio::test]
async fn base_and_bonus_are_posted_in_full() {
    let amounts = posted(Currency::Xp).await;

    for (award, (player, amount)) in usual_awards().into_iter().zip(amounts) {
        let Reward { xp_base, xp_bonus, .. } = award.planned.reward;
        assert!(xp_base > 0 && xp_bonus > 0);
        assert_eq!((player, amount), (award.planned.player, xp_base + xp_bonus));
    }
}

/// R07: an entry carries what is added, never a balance worked out from one that was read.
#[tokio::test]
async fn an_entry_is_a_movement_whatever_the_balance() {
    let accounts = Accounts { xp: Account { balance: 10_000, seq: 9 }, ..Accounts::default() };
    let anna = Player { accounts, ..newcomer(ANNA) };
    let script = Script::default().locks(Status::InProgress).freezes(field([ANNA, BEN]));
    let script = script.settles_claimed(vec![anna, newcomer(BEN)]).advances().commits();

    let heard = told(script).await;

    assert_eq!(heard.entries[0].amount, 600);
}

/// R07: a balance that cannot take the amount costs its owner alone; nothing of it is posted.
#[tokio::test]
async fn a_balance_that_would_overflow_is_not_touched() {
    let accounts = Accounts { xp: Account { balance: i64::MAX, seq: 9 }, ..Accounts::default() };
    let anna = Player { accounts, ..newcomer(ANNA) };
    let script = Script::default().locks(Status::InProgress).freezes(field([ANNA, BEN]));
    let script = script.settles_claimed(vec![anna, newcomer(BEN)]).commits();
    let heard = script.heard();
    let scene = Scene::new().begins(script).summarises(Status::Completed);

    let distribution = scene.finalize().await.unwrap();

    assert!(lock(&heard).entries.iter().all(|it| it.player == BEN));
    assert_eq!((distribution.applied, distribution.failed[0].player), (1, ANNA));
}

/// What finalize posts in one currency.
async fn posted(currency: Currency) -> Vec<(PlayerId, i64)> {
    let heard = told(finalizing()).await;
    let of_currency = |it: &&NewEntry| it.currency == currency;
    heard.entries.iter().filter(of_currency).map(|it| (it.player, it.amount)).collect()
}
