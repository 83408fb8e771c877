//! What one award still has to post.

use super::Unsettleable;
use crate::{
    Award, Currency, IdempotencyKey, NewEntry, Paid, Player, Purpose, RewardPolicy, TournamentId,
};

/// The difference between what is owed and what was posted before, as entries, and what has been
/// posted with them. A first revision has posted nothing before.
pub(super) fn of(
    tournament: TournamentId,
    award: &Award,
    player: &Player,
    _policy: &RewardPolicy,
) -> Result<(Vec<NewEntry>, Paid), Unsettleable> {
    let reward = &award.planned.reward;
    let before = award.paid.unwrap_or(Paid { revision: award.revision, xp: 0, credits: 0 });
    let due = [
        (Currency::Xp, reward.xp() - before.xp),
        (Currency::Credit, reward.credits - before.credits),
    ];
    let mut entries = Vec::with_capacity(due.len());
    for (currency, amount) in due.into_iter().filter(|(_, amount)| *amount != 0) {
        let balance = player.accounts.of(currency).balance;
        if balance.checked_add(amount).is_none() {
            return Err(Unsettleable::BalanceOverflow { currency, balance, amount });
        }
        let id = player.id;
        let key = IdempotencyKey::of(Purpose::Reward, tournament, id, currency, award.revision);
        entries.push(NewEntry { player: id, currency, amount, tournament, key });
    }
    let paid = Paid { revision: award.revision, xp: reward.xp(), credits: reward.credits };
    Ok((entries, paid))
}
