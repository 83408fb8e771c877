//! Which levels an award lifts its player to, and what they pay.

use super::{Unsettleable, entries::refuse_overflow};
use crate::{
    Accounts, Award, Cause, LevelUp, NewEntry, Player, RewardPolicy, TournamentId, incoming,
};

/// The levels above the player's high-water mark that the XP reaches once `posted` is. A level that
/// was reached once is not reached again, whatever takes XP away in between.
pub(super) fn reached(
    tournament: TournamentId,
    award: &Award,
    player: &Player,
    posted: &[NewEntry],
    policy: &RewardPolicy,
) -> Vec<LevelUp> {
    let Some(curve) = policy.levels() else { return vec![] };
    let xp = after(player, posted).xp.balance;
    let level_up = |it: crate::Level| LevelUp {
        player: player.id,
        level: it.number,
        tournament,
        revision: award.revision,
        credits: it.credits,
    };
    curve.reached(player.progress.level_max, xp).map(level_up).collect()
}

/// What the levels pay, each under a key of its own, behind what is `posted` before them.
pub(super) fn entries(
    player: &Player,
    ups: &[LevelUp],
    posted: &[NewEntry],
) -> Result<Vec<NewEntry>, Unsettleable> {
    let mut accounts = after(player, posted);
    let mut entries = Vec::new();
    for up in ups {
        let cause = Cause::LevelUp { tournament: up.tournament, level: up.level };
        let paid = incoming(player.id, &accounts, up.credits, cause);
        refuse_overflow(&paid, &accounts)?;
        move_by(&mut accounts, &paid);
        entries.extend(paid);
    }
    Ok(entries)
}

fn after(player: &Player, posted: &[NewEntry]) -> Accounts {
    let mut accounts = player.accounts;
    move_by(&mut accounts, posted);
    accounts
}

fn move_by(accounts: &mut Accounts, entries: &[NewEntry]) {
    for entry in entries {
        let account = accounts.of_mut(entry.currency);
        account.balance = account.balance.saturating_add(entry.amount);
    }
}
