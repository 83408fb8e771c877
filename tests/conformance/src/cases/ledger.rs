//! Contract: one entry for one key, and balances that are the sum of the entries.

use domain::{
    Cause, ChargeId, ChargeStep, Currency, Floor, LockOrder, NewEntry, PlayerId, RefundId,
    TournamentId,
};
use ports::spi::{LedgerEntry, Recorded};

use crate::{
    Fault, Harness,
    clock::NOW,
    fixtures::{ALL, assert_corrupt, entry, player, post, raw, register, xp, xp_entry},
    waiting::at_once,
};

use Recorded::{New, Replayed};

/// IDEM-1: twice in one unit of work and once in a later one: three calls, one entry, one movement.
pub async fn equal_entry_is_replayed_not_repeated(harness: &impl Harness) {
    let id = register(harness, 1).await[0];
    let once = [xp_entry(TournamentId::of("cup"), id, 500)];
    let mut uow = harness.units().begin().await.unwrap();
    let players = uow.lock_players(&LockOrder::of([id])).await.unwrap();

    assert_eq!(players.post_entries(&once).await.unwrap(), [New]);
    assert_eq!(players.post_entries(&once).await.unwrap(), [Replayed]);
    uow.commit().await.unwrap();
    assert_eq!(post(&harness.units(), &once).await.unwrap(), [Replayed]);

    assert_eq!(numbers(&ledger(harness, id, Currency::Xp).await), [(1, 500, 500)]);
    assert_eq!(xp(harness, &[id]).await, [500]);
}

/// IDEM-1: what is new beside a replay is posted, in the same call and in later ones.
pub async fn replay_does_not_keep_new_entries_out(harness: &impl Harness) {
    let ids = register(harness, 3).await;
    let (cup, next) = (TournamentId::of("cup"), TournamentId::of("next"));
    let batch: Vec<_> = ids.iter().map(|it| xp_entry(cup, *it, 100)).collect();
    post(&harness.units(), &batch[1..2]).await.unwrap();
    let mut uow = harness.units().begin().await.unwrap();
    let players = uow.lock_players(&LockOrder::of(ids.clone())).await.unwrap();

    let mixed = players.post_entries(&batch).await.unwrap();
    let later = players.post_entries(&[xp_entry(next, ids[1], 7)]).await.unwrap();
    uow.commit().await.unwrap();

    assert_eq!(mixed, [New, Replayed, New]);
    assert_eq!(later, [New]);
    assert_eq!(xp(harness, &ids).await, [100, 107, 100]);
}

/// IDEM-1: two callers with one key at the same moment, round after round.
pub async fn concurrent_equal_entries_move_the_balance_once(harness: &impl Harness) {
    const ROUNDS: i64 = 10;
    let id = register(harness, 1).await[0];

    for round in 0..ROUNDS {
        let once = xp_entry(TournamentId::of(&format!("cup-{round}")), id, 10);
        let caller = |units| {
            let once = once.clone();
            async move { post(&units, &[once]).await }
        };
        let answers = at_once([harness.units(), harness.units()].map(caller)).await;
        let answers: Vec<_> = answers.into_iter().flat_map(Result::unwrap).collect();
        assert!(answers == [New, Replayed] || answers == [Replayed, New], "{answers:?}");
    }

    assert_eq!(xp(harness, &[id]).await, [10 * ROUNDS]);
    assert_eq!(ledger(harness, id, Currency::Xp).await.len(), 10);
}

/// IDEM-2: the key names the movement, so a second amount under it is a fault and must move nothing.
pub async fn other_amount_under_a_known_key_is_refused(harness: &impl Harness) {
    let id = register(harness, 1).await[0];
    let cup = TournamentId::of("cup");
    post(&harness.units(), &[xp_entry(cup, id, 100)]).await.unwrap();

    let refusal = post(&harness.units(), &[xp_entry(cup, id, 999)]).await;

    assert_corrupt(refusal);
    assert_eq!(xp(harness, &[id]).await, [100]);
    assert_eq!(numbers(&ledger(harness, id, Currency::Xp).await), [(1, 100, 100)]);
}

/// IDEM-2: nor does a key reach into the player's other account.
pub async fn other_account_under_a_known_key_is_refused(harness: &impl Harness) {
    let id = register(harness, 1).await[0];
    let known = xp_entry(TournamentId::of("cup"), id, 100);
    post(&harness.units(), std::slice::from_ref(&known)).await.unwrap();
    let mut astray = known;
    astray.currency = Currency::Credit;

    let refusal = post(&harness.units(), &[astray]).await;

    assert_corrupt(refusal);
    assert_eq!(player(harness, id).await.accounts.credit.balance, 0);
    assert_eq!(ledger(harness, id, Currency::Credit).await, []);
}

/// LEDGER-1: each account counts for itself, and the last `balance_after` is the balance.
pub async fn entries_are_numbered_and_add_up_for_each_account(harness: &impl Harness) {
    let ids = register(harness, 2).await;
    let posted = [("one", 500, 100), ("two", -200, 50), ("three", 50, -150)];
    for (cup, xp, credits) in posted {
        let cup = TournamentId::of(cup);
        let credits = entry(cup, ids[0], Currency::Credit, credits);
        post(&harness.units(), &[xp_entry(cup, ids[0], xp), credits]).await.unwrap();
    }

    let accounts = player(harness, ids[0]).await.accounts;

    let xp = numbers(&ledger(harness, ids[0], Currency::Xp).await);
    assert_eq!(xp, [(1, 500, 500), (2, -200, 300), (3, 50, 350)]);
    let credits = numbers(&ledger(harness, ids[0], Currency::Credit).await);
    assert_eq!(credits, [(1, 100, 100), (2, 50, 150), (3, -150, 0)]);
    assert_eq!((accounts.xp.balance, accounts.xp.seq), (350, 3));
    assert_eq!((accounts.credit.balance, accounts.credit.seq), (0, 3));
    assert_eq!(player(harness, ids[1]).await.accounts, domain::Accounts::default());
}

/// LEDGER-1: callers who pay one player at the same moment all count.
pub async fn concurrent_entries_lose_no_balance(harness: &impl Harness) {
    const CALLERS: i64 = 8;
    let id = register(harness, 1).await[0];
    let caller = |n: i64| {
        let units = harness.units();
        let entry = xp_entry(TournamentId::of(&format!("cup-{n}")), id, n);
        async move { post(&units, &[entry]).await }
    };

    for answer in at_once((1..=CALLERS).map(caller)).await {
        assert_eq!(answer.unwrap(), [New]);
    }

    let entries = ledger(harness, id, Currency::Xp).await;
    let mut balance = 0;
    for (number, entry) in (1..).zip(&entries) {
        balance += entry.amount;
        assert_eq!((entry.seq, entry.balance_after), (number, balance));
    }
    assert_eq!(xp(harness, &[id]).await, [(1..=CALLERS).sum::<i64>()]);
    assert_eq!(entries.len(), 8);
}

/// LEDGER-2: down to nothing, and not below.
pub async fn balance_does_not_fall_below_zero(harness: &impl Harness) {
    let id = register(harness, 1).await[0];
    let movement = |cup, amount| [entry(TournamentId::of(cup), id, Currency::Credit, amount)];
    post(&harness.units(), &movement("earned", 100)).await.unwrap();

    assert_corrupt(post(&harness.units(), &movement("too much", -101)).await);
    assert_eq!(post(&harness.units(), &movement("all of it", -100)).await.unwrap(), [New]);
    assert_corrupt(post(&harness.units(), &movement("more", -1)).await);

    let entries = numbers(&ledger(harness, id, Currency::Credit).await);
    assert_eq!(entries, [(1, 100, 100), (2, -100, 0)]);
    assert_eq!(player(harness, id).await.accounts.credit.balance, 0);
}

/// LEDGER-2: a correction of credits that says so takes more than there is, and what comes in
/// afterwards raises the balance from there; nothing and nobody else does.
pub async fn correction_overdraws_credits_when_it_says_so(harness: &impl Harness) {
    let id = register(harness, 1).await[0];
    let cause = |name, revision| Cause::Award { tournament: TournamentId::of(name), revision };
    let overdraft = |currency, cause| {
        [NewEntry { floor: Floor::Overdraw, ..NewEntry::new(id, currency, -30, cause) }]
    };
    let credits = |amount, cause| [NewEntry::new(id, Currency::Credit, amount, cause)];
    let units = harness.units();

    assert_corrupt(post(&units, &overdraft(Currency::Credit, cause("an award", 0))).await);
    assert_corrupt(post(&units, &overdraft(Currency::Xp, cause("of XP", 1))).await);
    assert_corrupt(post(&units, &credits(-30, cause("that stops at nothing", 1))).await);
    assert_eq!(post(&units, &overdraft(Currency::Credit, cause("one", 1))).await.unwrap(), [New]);
    assert_corrupt(post(&units, &credits(-1, cause("further down", 0))).await);
    assert_eq!(post(&units, &credits(20, cause("two", 0))).await.unwrap(), [New]);

    let entries = numbers(&ledger(harness, id, Currency::Credit).await);
    assert_eq!(entries, [(1, -30, -30), (2, 20, -10)]);
    assert_eq!(ledger(harness, id, Currency::Xp).await, []);
}

/// LEDGER-4: nobody owes anything before the first entry says so, and a debt cannot be overpaid.
pub async fn debt_begins_with_its_first_entry(harness: &impl Harness) {
    let ids = register(harness, 2).await;
    let cause = |name| Cause::Award { tournament: TournamentId::of(name), revision: 1 };
    let debt = |amount, name| NewEntry::new(ids[0], Currency::Debt, amount, cause(name));
    assert_eq!(player(harness, ids[0]).await.accounts, domain::Accounts::default());

    let both = [debt(40, "one"), NewEntry::new(ids[1], Currency::Xp, 5, cause("one"))];
    assert_eq!(post(&harness.units(), &both).await.unwrap(), [New, New]);
    assert_eq!(post(&harness.units(), &both).await.unwrap(), [Replayed, Replayed]);
    assert_eq!(post(&harness.units(), &[debt(-25, "two")]).await.unwrap(), [New]);
    assert_corrupt(post(&harness.units(), &[debt(-16, "three")]).await);

    let entries = numbers(&ledger(harness, ids[0], Currency::Debt).await);
    assert_eq!(entries, [(1, 40, 40), (2, -25, 15)]);
    let accounts = player(harness, ids[0]).await.accounts;
    assert_eq!((accounts.debt.balance, accounts.debt.seq, accounts.credit.balance), (15, 2, 0));
    assert_eq!(player(harness, ids[1]).await.accounts.debt, domain::Account::default());
}

/// LEDGER-1: an entry is read with the cause that it was posted with.
pub async fn entries_say_why_they_exist(harness: &impl Harness) {
    use ChargeStep::{Expire, Hold, Refund, Release, Settle, Spend};
    let id = register(harness, 1).await[0];
    let (tournament, charge) = (TournamentId::of("cup"), ChargeId::of("sword"));
    let awards = [0, 7].map(|revision| Cause::Award { tournament, revision });
    let steps = [Hold, Spend, Settle, Refund(RefundId::of("blunt"))];
    let ends = [Release, Expire].map(|step| Cause::Charge { charge: ChargeId::of("bow"), step });
    let level = Cause::LevelUp { tournament, level: 3 };
    let causes = awards.into_iter().chain([level, ends[0]]);
    let causes: Vec<_> = causes.chain(steps.map(|step| Cause::Charge { charge, step })).collect();

    for cause in &causes {
        let entry = NewEntry::new(id, Currency::Credit, 10, *cause);
        assert_eq!(post(&harness.units(), &[entry]).await.unwrap(), [New]);
    }
    let expired = NewEntry::new(id, Currency::Credit, 11, ends[1]);

    assert_corrupt(post(&harness.units(), &[expired]).await);
    let entries = ledger(harness, id, Currency::Credit).await;
    assert_eq!(entries.iter().map(|it| it.cause).collect::<Vec<_>>(), causes);
    let of_cup = harness.store().find_entries(tournament, &[id]).await.unwrap();
    assert_eq!(of_cup, entries[..3]);
}

/// LEDGER-3: a lost update comes to light with the next entry, and costs nobody else.
pub async fn taken_entry_number_is_refused(harness: &impl Harness) {
    let ids = register(harness, 2).await;
    let cup = TournamentId::of("cup");
    for id in &ids {
        post(&harness.units(), &[xp_entry(cup, *id, 100)]).await.unwrap();
    }
    harness.plant(Fault::TakenEntryNumber(ids[0], Currency::Xp)).await;
    let before = xp(harness, &ids).await;
    let next = TournamentId::of("next");

    let tx = raw(harness).await;
    let _ = tx.select_players_for_update(&LockOrder::of(ids.clone())).await.unwrap();
    assert_corrupt(tx.insert_ledger_entries(&[xp_entry(next, ids[0], 10)], NOW).await);
    drop(tx);

    assert_eq!(xp(harness, &ids).await, before);
    assert_eq!(post(&harness.units(), &[xp_entry(next, ids[1], 10)]).await.unwrap(), [New]);
}

async fn ledger(harness: &impl Harness, id: PlayerId, currency: Currency) -> Vec<LedgerEntry> {
    harness.store().list_ledger(id, currency, 0, ALL).await.unwrap()
}

fn numbers(entries: &[LedgerEntry]) -> Vec<(i64, i64, i64)> {
    entries.iter().map(|it| (it.seq, it.amount, it.balance_after)).collect()
}
