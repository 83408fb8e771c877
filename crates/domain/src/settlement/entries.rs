//! What one award still has to post.

use super::Unsettleable;
use crate::{
    Accounts, Award, Cause, Clawback, Currency, Floor, NewEntry, Paid, Player, PlayerId,
    RewardPolicy, TournamentId, incoming,
};

/// The difference between what is owed and what was posted before, as entries, and what has been
/// posted with them. A first revision has posted nothing before.
pub(super) fn of(
    tournament: TournamentId,
    award: &Award,
    player: &Player,
    policy: &RewardPolicy,
) -> Result<(Vec<NewEntry>, Paid), Unsettleable> {
    let Award { revision, planned, paid, .. } = award;
    let (xp_before, credits_before) = paid.map_or((0, 0), |it| (it.xp, it.credits));
    let cause = Cause::Award { tournament, revision: *revision };
    let xp = planned.reward.xp() - xp_before;
    let credits = planned.reward.credits - credits_before;

    let mut entries = vec![NewEntry::new(player.id, Currency::Xp, xp, cause)];
    if credits >= 0 {
        entries.extend(incoming(player.id, &player.accounts, credits, cause));
    } else {
        entries.extend(claw_back(player.id, &player.accounts, -credits, policy.clawback(), cause));
    }
    entries.retain(|it| it.amount != 0);
    refuse_overflow(&entries, &player.accounts)?;
    let credits = credits_before + entries.iter().map(net_credits).sum::<i64>();
    Ok((entries, Paid { revision: *revision, xp: planned.reward.xp(), credits }))
}

/// Takes `credits` back that the player may have spent: what is there, and of the rest what the
/// policy says.
fn claw_back(
    player: PlayerId,
    accounts: &Accounts,
    credits: i64,
    clawback: Clawback,
    cause: Cause,
) -> Vec<NewEntry> {
    let there = accounts.credit.balance.clamp(0, credits);
    let take = |amount: i64| NewEntry::new(player, Currency::Credit, -amount, cause);
    match clawback {
        Clawback::Overdraw => vec![NewEntry { floor: Floor::Overdraw, ..take(credits) }],
        Clawback::Debt => {
            vec![take(there), NewEntry::new(player, Currency::Debt, credits - there, cause)]
        }
        Clawback::Forgive => vec![take(there)],
    }
}

/// A debt counts against the credits that it was made of.
fn net_credits(entry: &NewEntry) -> i64 {
    match entry.currency {
        Currency::Credit => entry.amount,
        Currency::Debt => -entry.amount,
        Currency::Xp => 0,
    }
}

pub(super) fn refuse_overflow(
    entries: &[NewEntry],
    accounts: &Accounts,
) -> Result<(), Unsettleable> {
    for NewEntry { currency, amount, .. } in entries {
        let (currency, amount) = (*currency, *amount);
        let balance = accounts.of(currency).balance;
        if balance.checked_add(amount).is_none() {
            return Err(Unsettleable::BalanceOverflow { currency, balance, amount });
        }
    }
    Ok(())
}
