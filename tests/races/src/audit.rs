//! Adds everything up: what must hold after any race, in any order.

use std::collections::BTreeMap;

use domain::{AwardState, Currency, Player, PlayerId, SkillProfile, TournamentId};
use ports::spi::{LedgerEntry, Store};

const PAGE: u32 = 10_000;

/// Panics unless every player and every tournament of a small store adds up.
pub async fn audit(store: &dyn Store) {
    let players = store.list_players(None, PAGE).await.expect("players read");
    for record in &players {
        let player = record.state.as_ref().expect("the state of every player is readable");
        for currency in Currency::ALL {
            audit_account(store, player, currency).await;
        }
        audit_profile(store, player).await;
        audit_milestones(store, player.id).await;
    }
    for tournament in store.list_tournaments(None, PAGE).await.expect("tournaments read") {
        audit_awards(store, tournament.id).await;
    }
}

/// Numbered without gaps, each balance the one before plus the amount, the last one the balance.
async fn audit_account(store: &dyn Store, player: &Player, currency: Currency) {
    let ledger = store.list_ledger(player.id, currency, 0, PAGE).await.expect("ledger reads");
    let (mut balance, mut seq) = (0, 0);
    for entry in &ledger {
        balance += entry.amount;
        seq += 1;
        assert_eq!((entry.seq, entry.balance_after), (seq, balance), "{entry:?}");
    }
    let account = player.accounts.of(currency);
    assert_eq!((account.balance, account.seq), (balance, seq), "{currency}");
    let mut keys: Vec<_> = ledger.iter().map(|it| &it.idempotency_key).collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), ledger.len(), "a key was posted twice");
}

/// The profile is the fold of the steps, and each step starts where the one before ended.
async fn audit_profile(store: &dyn Store, player: &Player) {
    let steps = store.list_steps(player.id, 0, PAGE).await.expect("steps read");
    let mut folded = SkillProfile::default();
    for (number, step) in (1..).zip(&steps) {
        assert_eq!(step.seq, number, "steps are numbered without gaps");
        for (skill, change) in &step.changes {
            let before = folded.entry(skill, &player.baseline).level;
            assert_eq!(change.before, before, "a step of {skill} was overwritten");
        }
        folded.step(&step.changes, &player.baseline);
    }
    for (skill, entry) in player.profile.iter() {
        let fold = folded.entry(skill, &player.baseline);
        assert_eq!((entry.level, entry.steps), (fold.level, fold.steps), "{skill}");
    }
}

async fn audit_milestones(store: &dyn Store, player: PlayerId) {
    let badges = store.find_badges(&[player]).await.expect("badges read");
    let mut once: Vec<_> =
        badges.iter().map(|it| it.badge).filter(|it| it.is_once_in_a_life()).collect();
    let had = once.len();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), had, "a milestone was had twice");
}

/// What each award says is what the ledger says, and both say it once.
async fn audit_awards(store: &dyn Store, id: TournamentId) {
    let awards = store.list_awards(id, None, PAGE).await.expect("awards read");
    let players: Vec<_> = awards.iter().map(|it| it.award.planned.player).collect();
    let entries = store.find_entries(id, &players).await.expect("entries read");
    let posted = sums(&entries);
    for record in &awards {
        let award = &record.award;
        let paid = award.state == AwardState::Applied;
        let owed = |amount: i64| if paid { amount } else { 0 };
        let sum = |currency| posted.get(&(award.planned.player, currency)).copied().unwrap_or(0);
        assert_eq!(sum(Currency::Xp), owed(award.planned.reward.xp()), "{award:?}");
        assert_eq!(sum(Currency::Credit), owed(award.planned.reward.credits), "{award:?}");
    }
}

fn sums(entries: &[LedgerEntry]) -> BTreeMap<(PlayerId, Currency), i64> {
    let mut sums = BTreeMap::new();
    for entry in entries {
        *sums.entry((entry.player, entry.currency)).or_default() += entry.amount;
    }
    sums
}
