//! What belongs to players: badges, accounts with their ledgers, and skills.

use domain::{Account, BadgeType, Currency, IdempotencyKey, PlayerId};
use ports::spi::{
    BadgeRecord, LedgerEntry,
    audit::{
        Audited, BrokenEntry, ForgedKey, HeardAssessment, RepeatedBadge, RepeatedKey, SkillRow,
        UnbalancedAccount, Visit,
    },
};

use super::scope::{Scoped, copies};
use crate::PlayerRow;

impl<'a> Scoped<'a> {
    pub(super) fn repeated_badges(&self) -> Audited<RepeatedBadge> {
        let badges: Vec<&BadgeRecord> =
            self.players().flat_map(|(_, row)| row.badges.values()).collect();
        let earned = badges.iter().map(|it| (it.player, it.tournament, it.badge));
        let mut earned: Vec<_> = copies(earned).into_iter().collect();
        let once = |it: &BadgeRecord| it.once_in_a_life || it.badge.is_once_in_a_life();
        let live = badges.iter().filter(|it| it.revoked.is_none() && once(it));
        let mut of_a_life: Vec<_> = live.map(|it| (it.player, it.badge, it.tournament)).collect();
        of_a_life.sort_unstable();
        of_a_life.dedup();
        let had = copies(of_a_life.into_iter().map(|(player, badge, _)| (player, badge)));
        earned.retain(|it| it.1 > 1);

        let fault = |player, tournament, badge: BadgeType, copies| RepeatedBadge {
            player,
            tournament,
            badge: badge.as_str().to_owned(),
            copies,
        };
        let twice = earned.into_iter().map(|((player, tournament, badge), copies)| {
            fault(player, Some(tournament), badge, copies)
        });
        let again = had.into_iter().filter(|it| it.1 > 1);
        let again = again.map(|((player, badge), copies)| fault(player, None, badge, copies));
        self.answer(badges.len(), twice.chain(again))
    }

    pub(super) fn broken_entries(&self) -> Audited<BrokenEntry> {
        let (mut rows, mut broken) = (0, Vec::new());
        for (player, currency, entries) in self.accounts() {
            rows += entries.len();
            let (mut seq_before, mut balance_before) = (0, 0);
            for entry in entries {
                let LedgerEntry { seq, amount, balance_after, .. } = *entry;
                if Some(seq) != i64::checked_add(seq_before, 1)
                    || Some(balance_after) != amount.checked_add(balance_before)
                {
                    let currency = currency.as_str().to_owned();
                    broken.push(BrokenEntry {
                        player,
                        currency,
                        seq,
                        amount,
                        balance_after,
                        seq_before,
                        balance_before,
                    });
                }
                (seq_before, balance_before) = (seq, balance_after);
            }
        }
        self.answer(rows, broken)
    }

    pub(super) fn unbalanced_accounts(&self) -> Audited<UnbalancedAccount> {
        let accounts: Vec<_> = self.players().flat_map(|(id, row)| balances(id, row)).collect();
        let rows = accounts.len();
        self.answer(rows, accounts.into_iter().filter(|it| it.account != Some(it.ledger)))
    }

    pub(super) fn repeated_keys(&self) -> Audited<RepeatedKey> {
        let entries: Vec<_> = self
            .accounts()
            .flat_map(|(id, _, entries)| entries.into_iter().map(move |it| (id, it)))
            .collect();
        let keys = copies(entries.iter().map(|(id, it)| (*id, it.idempotency_key.clone())));
        let fault = |((player, key), copies)| RepeatedKey { player, key, copies };
        self.answer(0, keys.into_iter().filter(|it| it.1 > 1).map(fault))
    }

    pub(super) fn forged_keys(&self) -> Audited<ForgedKey> {
        let accounts: Vec<_> = self.accounts().collect();
        let forged = accounts.iter().flat_map(|(player, currency, entries)| {
            let forged = entries.iter().filter(|it| !is_made(*player, *currency, it));
            forged.map(|it| ForgedKey {
                player: *player,
                currency: currency.as_str().to_owned(),
                seq: it.seq,
                cause: Some(it.cause),
                key: it.idempotency_key.clone(),
            })
        });
        self.answer(accounts.iter().map(|it| it.2.len()).sum(), forged)
    }

    pub(super) fn visit_skills(&self, visit: Visit<'_, SkillRow>) {
        for (player, row) in self.players() {
            let heard = row.assessments.values().map(|it| HeardAssessment {
                skill: it.assessment.skill.clone(),
                percentage: it.assessment.percentage,
            });
            visit(SkillRow {
                player,
                baseline: Ok(row.baseline.clone()),
                progress: Ok(row.progress),
                profile: row.profile.clone(),
                step_seq: row.step_seq,
                steps: row.steps.values().cloned().collect(),
                assessments: heard.collect(),
                unreadable: vec![],
            });
        }
    }

    /// Every account with its entries, by the numbers that they name.
    fn accounts(&self) -> impl Iterator<Item = (PlayerId, Currency, Vec<&'a LedgerEntry>)> {
        let of = |id, row: &'a PlayerRow, currency| {
            let entries = row.ledger.values().filter(move |it| it.currency == currency);
            let mut entries: Vec<_> = entries.collect();
            entries.sort_by_key(|it| it.seq);
            (id, currency, entries)
        };
        let accounts = move |(id, row)| Currency::ALL.map(|currency| of(id, row, currency));
        self.players().flat_map(accounts)
    }
}

fn is_made(player: PlayerId, currency: Currency, entry: &LedgerEntry) -> bool {
    entry.idempotency_key == IdempotencyKey::of(&entry.cause, player, currency).as_str()
}

/// A debt that nobody has made has no account.
fn balances(player: PlayerId, row: &PlayerRow) -> impl Iterator<Item = UnbalancedAccount> {
    let is_there = |currency: &Currency| {
        let owes = row.accounts.debt != Account::default();
        *currency != Currency::Debt || owes || row.ledger.keys().any(|it| it.0 == *currency)
    };
    Currency::ALL.into_iter().filter(is_there).map(move |currency| {
        let entries = row.ledger.values().filter(|it| it.currency == currency);
        let ledger = entries.fold((0, 0), |(sum, last): (i64, i64), it| {
            (sum.saturating_add(it.amount), last.max(it.seq))
        });
        let account = row.accounts.of(currency);
        let account = Some((account.balance, account.seq));
        UnbalancedAccount { player, currency: currency.as_str().to_owned(), account, ledger }
    })
}
