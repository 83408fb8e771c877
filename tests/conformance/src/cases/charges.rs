//! Contract: what is set aside ends once, and every charge is worth its entries.

use domain::{
    Cause, Charge, ChargeId, ChargeMove, ChargeOrigin, ChargeState, ChargeStep, Currency,
    LockOrder, NewEntry, PlayerId, RefundId, TournamentId,
};
use ports::{
    StoreError, Timestamp, UnitsOfWork,
    spi::{ChargeRecord, ChargeScope, NewCharge, Recorded},
};
use time::Duration;

use crate::{
    Harness,
    clock::NOW,
    fixtures::{ALL, assert_corrupt, player, post, raw, register},
    waiting::at_once,
};

use Recorded::{New, Replayed};

/// CHARGE-2: the second one takes nothing, whatever it says.
pub async fn known_charge_is_replayed_and_takes_nothing(harness: &impl Harness) {
    let ids = rich(harness, 2).await;
    let hold = new(ids[0], "sword", ChargeOrigin::Hold, 30);
    let dearer =
        NewCharge { memo: "other".into(), ..new(ids[0], "sword", ChargeOrigin::Spend, 40) };

    assert_eq!(begin(&harness.units(), &hold).await.unwrap(), New);
    assert_eq!(begin(&harness.units(), &hold).await.unwrap(), Replayed);
    assert_eq!(begin(&harness.units(), &dearer).await.unwrap(), Replayed);
    let of_another = new(ids[1], "sword", ChargeOrigin::Hold, 40);
    assert_eq!(begin(&harness.units(), &of_another).await.unwrap(), New);

    assert_eq!(credits(harness, ids[0]).await, 70);
    assert_eq!(credits(harness, ids[1]).await, 60);
    let stored = charge(harness, ids[0], "sword").await;
    assert_eq!((stored.charge, &*stored.memo), (hold.charge, "memo"));
    assert_eq!(stored.expires_at, hold.expires_at);
}

/// CHARGE-1: whoever waits for the player sees the charge as it was left.
pub async fn charges_are_read_as_the_lock_finds_them(harness: &impl Harness) {
    const CALLERS: usize = 4;
    let id = rich(harness, 1).await[0];
    let hold = new(id, "sword", ChargeOrigin::Hold, 30);
    begin(&harness.units(), &hold).await.unwrap();
    let caller = |_| {
        let units = harness.units();
        async move {
            let mut uow = units.begin().await?;
            let players = uow.lock_players(&LockOrder::of([id])).await?;
            let found = players.find_charges(&[(id, ChargeId::of("sword"))]).await?;
            if let Ok(released) = found[0].charge.release() {
                players.move_charges(&[released]).await?;
            }
            uow.commit().await?;
            Ok::<_, StoreError>(found[0].charge.state)
        }
    };

    let found = at_once((0..CALLERS).map(caller)).await;

    let winners = found.iter().filter(|it| *it.as_ref().unwrap() == ChargeState::Held).count();
    assert_eq!(winners, 1, "{found:?}");
    assert_eq!(credits(harness, id).await, 100);
}

/// CHARGE-3: nobody ends a hold a second time, in whatever way, nor one that is not there.
pub async fn hold_ends_once(harness: &impl Harness) {
    let id = rich(harness, 1).await[0];
    for (number, name) in ["settled", "released", "expired"].into_iter().enumerate() {
        let hold = new(id, name, ChargeOrigin::Hold, 30);
        let ways = [hold.charge.settle(20), hold.charge.release(), hold.charge.expire()];
        let ways = ways.map(Result::unwrap);
        assert_corrupt(update(harness, ways[number]).await);
        begin(&harness.units(), &hold).await.unwrap();

        move_on(&harness.units(), &ways[number]).await.unwrap();
        for again in ways {
            assert_corrupt(update(harness, again).await);
            assert_corrupt(move_on(&harness.units(), &again).await);
        }
    }
    assert_eq!(credits(harness, id).await, 80);
}

/// CHARGE-3: two who have read the same do not both give back.
pub async fn refund_that_does_not_know_the_one_before_is_refused(harness: &impl Harness) {
    let id = rich(harness, 1).await[0];
    let spent = new(id, "sword", ChargeOrigin::Spend, 30);
    begin(&harness.units(), &spent).await.unwrap();
    let refund = |name, amount| spent.charge.refund(RefundId::of(name), amount).unwrap();
    move_on(&harness.units(), &refund("blunt", 10)).await.unwrap();

    for (name, amount) in [("rusty", 10), ("short", 20)] {
        assert_corrupt(move_on(&harness.units(), &refund(name, amount)).await);
    }

    assert_eq!(charge(harness, id, "sword").await.charge.refunded, 10);
    assert_eq!(credits(harness, id).await, 80);
}

/// CHARGE-4: no more comes back than was taken, and a refund is not taken back.
pub async fn charge_gives_back_what_it_took_at_most(harness: &impl Harness) {
    let id = rich(harness, 1).await[0];
    let spent = new(id, "sword", ChargeOrigin::Spend, 30);
    begin(&harness.units(), &spent).await.unwrap();
    let hold = new(id, "bow", ChargeOrigin::Hold, 30);
    begin(&harness.units(), &hold).await.unwrap();
    let change = |before, after| ChargeMove {
        before: Some(before),
        after,
        step: ChargeStep::Refund(RefundId::of("blunt")),
    };
    let refunded = |refunded| Charge { refunded, ..spent.charge };

    for wrong in [
        change(spent.charge, refunded(31)),
        change(hold.charge, Charge { settled: 31, state: ChargeState::Settled, ..hold.charge }),
        change(hold.charge, Charge { refunded: 1, ..hold.charge }),
        change(hold.charge, Charge { state: ChargeState::Settled, ..hold.charge }),
    ] {
        assert_corrupt(update(harness, wrong).await);
    }
    update(harness, change(spent.charge, refunded(10))).await.unwrap();
    assert_corrupt(update(harness, change(refunded(10), refunded(9))).await);
}

/// CHARGE-4: every refund is known by its id, what repaid a debt along with what came back.
pub async fn refunds_are_known_one_by_one(harness: &impl Harness) {
    let id = rich(harness, 1).await[0];
    let spent = new(id, "sword", ChargeOrigin::Spend, 30);
    begin(&harness.units(), &spent).await.unwrap();
    let blunt = spent.charge.refund(RefundId::of("blunt"), 10).unwrap();
    move_on(&harness.units(), &blunt).await.unwrap();
    let cause = Cause::Award { tournament: TournamentId::of("corrected"), revision: 1 };
    post(&harness.units(), &[NewEntry::new(id, Currency::Debt, 8, cause)]).await.unwrap();
    let rusty = blunt.after.refund(RefundId::of("rusty"), 12).unwrap();

    move_on(&harness.units(), &rusty).await.unwrap();

    let stored = charge(harness, id, "sword").await;
    assert_eq!(stored.charge, rusty.after);
    assert_eq!(
        stored.refunds,
        [(RefundId::of("blunt"), 10), (RefundId::of("rusty"), 12)].into_iter().collect()
    );
    let accounts = player(harness, id).await.accounts;
    assert_eq!((accounts.credit.balance, accounts.debt.balance), (100 - 30 + 10 + 4, 0));
}

/// READ-2: charges and holds in pages; and of each player the first hold that is due.
pub async fn pages_of_charges_make_the_whole(harness: &impl Harness) {
    let ids = rich(harness, 3).await;
    let mut all = vec![];
    for id in &ids[..2] {
        for (number, origin) in
            [ChargeOrigin::Hold, ChargeOrigin::Spend, ChargeOrigin::Hold].into_iter().enumerate()
        {
            let new = new(*id, &format!("charge {number}"), origin, 10);
            begin(&harness.units(), &new).await.unwrap();
            all.push(new.charge);
        }
    }
    let store = harness.store();
    let of = |id, scope, after| store.list_charges(id, scope, after, 2);
    let names = |found: Vec<ChargeRecord>| found.into_iter().map(|it| it.charge).collect();
    let mut own: Vec<Charge> = all.iter().filter(|it| it.player == ids[0]).copied().collect();
    own.sort_by_key(|it| it.id);

    let first: Vec<Charge> = names(of(ids[0], ChargeScope::All, None).await.unwrap());
    let last: Vec<Charge> = names(of(ids[0], ChargeScope::All, Some(first[1].id)).await.unwrap());
    let held: Vec<Charge> = names(of(ids[0], ChargeScope::Held, None).await.unwrap());
    let due = |at, after| store.list_due_holds(at, after, 1);
    let second = due(expiry(), Some(ids[0])).await.unwrap();

    assert_eq!([first, last].concat(), own);
    own.retain(|it| it.state == ChargeState::Held);
    assert_eq!(held, own);
    assert_eq!(due(expiry() - Duration::SECOND, None).await.unwrap(), []);
    assert_eq!(due(expiry(), None).await.unwrap()[0].charge, own[0]);
    assert_eq!(second[0].charge.player, ids[1]);
    assert_eq!(due(expiry(), Some(ids[1])).await.unwrap(), []);
    let asked = [(ids[1], own[1].id), (ids[0], own[0].id), (ids[2], own[0].id)];
    let found = store.find_charges(&asked).await.unwrap();
    let mut expected = asked[..2].to_vec();
    expected.sort_unstable();
    assert_eq!(
        found.iter().map(|it| (it.charge.player, it.charge.id)).collect::<Vec<_>>(),
        expected
    );
    assert_eq!(store.list_charges(ids[2], ChargeScope::All, None, ALL).await.unwrap(), []);
}

/// Players with a hundred credits each.
async fn rich(harness: &impl Harness, players: usize) -> Vec<PlayerId> {
    let ids = register(harness, players).await;
    let cause = Cause::Award { tournament: TournamentId::of("cup"), revision: 0 };
    let entry = |id: &PlayerId| NewEntry::new(*id, Currency::Credit, 100, cause);
    let entries: Vec<_> = ids.iter().map(entry).collect();
    post(&harness.units(), &entries).await.unwrap();
    ids
}

fn expiry() -> Timestamp {
    NOW + Duration::MINUTE
}

fn new(player: PlayerId, name: &str, origin: ChargeOrigin, amount: i64) -> NewCharge {
    let begins = Charge::begin(player, ChargeId::of(name), origin, amount).unwrap();
    let expires_at = (origin == ChargeOrigin::Hold).then(expiry);
    NewCharge { charge: begins.after, memo: "memo".to_owned(), expires_at }
}

async fn begin(units: &UnitsOfWork, new: &NewCharge) -> Result<Recorded, StoreError> {
    let mut uow = units.begin().await?;
    let players = uow.lock_players(&LockOrder::of([new.charge.player])).await?;
    let recorded = players.begin_charge(new).await?;
    uow.commit().await?;
    Ok(recorded)
}

async fn move_on(units: &UnitsOfWork, it: &ChargeMove) -> Result<(), StoreError> {
    let mut uow = units.begin().await?;
    let players = uow.lock_players(&LockOrder::of([it.after.player])).await?;
    players.move_charges(&[*it]).await?;
    uow.commit().await
}

/// Moves the row alone, past the ports' coupling to the ledger.
async fn update(harness: &impl Harness, it: ChargeMove) -> Result<(), StoreError> {
    let tx = raw(harness).await;
    let _ = tx.select_players_for_update(&LockOrder::of([it.after.player])).await.unwrap();
    tx.update_charges(&[it], NOW).await?;
    tx.commit().await
}

async fn charge(harness: &impl Harness, player: PlayerId, name: &str) -> ChargeRecord {
    let found = harness.store().find_charges(&[(player, ChargeId::of(name))]).await.unwrap();
    found.into_iter().next().unwrap()
}

async fn credits(harness: &impl Harness, id: PlayerId) -> i64 {
    player(harness, id).await.accounts.credit.balance
}
