//! Adds up everything that was paid, from what the façade and the store show.

use app_service::{AwardView, GuerdonError, PlayerView, Store};
use domain::{Baseline, Currency, PlayerId, SkillProfile, TournamentId};

use crate::arena::Arena;

/// Shows that every player owns exactly what the applied awards of `cups` say: no entry twice, no
/// balance beside its ledger, no skill beside its steps, no participation counted twice.
pub(crate) async fn audit(arena: &Arena, cups: &[TournamentId]) {
    for player in &arena.players {
        let view = arena.guerdon.profile(*player).await;
        let view = view.unwrap_or_else(|it| panic!("{it}"));
        let applied = applied_awards(arena, cups, *player).await;
        let xp: i64 = applied.iter().map(|it| it.xp_total).sum();
        let credits: i64 = applied.iter().map(|it| it.reward.credits).sum();

        assert_eq!(ledger_sum(arena, *player, Currency::Xp).await, (xp, view.xp_balance));
        let credit_sum = ledger_sum(arena, *player, Currency::Credit).await;
        assert_eq!(credit_sum, (credits, view.credit_balance));
        let took_part = applied.iter().filter(|it| it.xp_total > 0).count();
        assert_eq!(view.tournaments as usize, took_part);
        assert_fold(arena, &view).await;
    }
}

async fn applied_awards(arena: &Arena, cups: &[TournamentId], player: PlayerId) -> Vec<AwardView> {
    let mut awards = vec![];
    for cup in cups {
        let reward = match arena.guerdon.reward(*cup, player).await {
            Err(GuerdonError::NoAward { .. }) => continue,
            other => other.unwrap_or_else(|it| panic!("{it}")),
        };
        let posted = |currency| {
            let of_currency = reward.entries.iter().filter(move |it| it.currency == currency);
            of_currency.map(|it| it.amount).sum::<i64>()
        };
        let paid = reward.award.state == "applied";
        let owed = (reward.award.xp_total, reward.award.reward.credits);
        let owed = if paid { owed } else { (0, 0) };
        assert_eq!(
            (posted(Currency::Xp), posted(Currency::Credit)),
            owed,
            "{}",
            reward.award.state
        );
        awards.extend(paid.then_some(reward.award));
    }
    awards
}

/// The sum of an account's entries, and what the last of them says the account holds.
async fn ledger_sum(arena: &Arena, player: PlayerId, currency: Currency) -> (i64, i64) {
    let entries = arena.guerdon.ledger(player, currency, 0, u32::MAX).await;
    let entries = entries.unwrap_or_else(|it| panic!("{it}"));
    let mut sum = 0;
    for (entry, seq) in entries.iter().zip(1..) {
        sum += entry.amount;
        assert_eq!((entry.seq, entry.balance_after), (seq, sum));
    }
    (sum, entries.last().map_or(0, |it| it.balance_after))
}

/// The profile is the fold of the steps, each starting where the one before ended.
async fn assert_fold(arena: &Arena, view: &PlayerView) {
    let steps = arena.store.list_steps(view.id, 0, u32::MAX).await;
    let baseline = Baseline::default();
    let mut profile = SkillProfile::default();
    for step in steps.unwrap_or_else(|it| panic!("{it}")) {
        for (skill, change) in &step.changes {
            assert_eq!(profile.entry(skill, &baseline).level, change.before);
        }
        profile.step(&step.changes, &baseline);
    }
    for skill in &view.skills {
        let entry = profile.entry(&skill.skill, &baseline);
        assert_eq!((skill.level, skill.steps), (entry.level.as_f64(), entry.steps));
    }
}
