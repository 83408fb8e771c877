//! Entries in rounds, each with at most one for each account, as a store takes them.

use std::collections::BTreeMap;

use domain::NewEntry;

/// Parts `entries` into rounds to be posted one after the other, which leaves the order of each
/// account's as it is. An award is one round; every level that somebody reaches beyond the first
/// adds one, for all who reach as many.
pub(super) fn rounds(entries: Vec<NewEntry>) -> Vec<Vec<NewEntry>> {
    let mut rounds: Vec<Vec<NewEntry>> = Vec::new();
    let mut taken: BTreeMap<_, usize> = BTreeMap::new();
    for entry in entries {
        let round = taken.entry((entry.player, entry.currency)).or_default();
        match rounds.get_mut(*round) {
            Some(others) => others.push(entry),
            None => rounds.push(vec![entry]),
        }
        *round += 1;
    }
    rounds
}

#[cfg(test)]
mod tests {
    use domain::{Cause, Currency, PlayerId, TournamentId};

    use super::*;

    #[test]
    fn an_account_has_its_entries_one_round_after_the_other() {
        let (ada, bob) = (PlayerId::of("ada"), PlayerId::of("bob"));
        let cause = Cause::Award { tournament: TournamentId::of("cup"), revision: 0 };
        let entry = |player, currency, amount| NewEntry::new(player, currency, amount, cause);
        let entries = vec![
            entry(ada, Currency::Xp, 1),
            entry(ada, Currency::Credit, 2),
            entry(ada, Currency::Credit, 3),
            entry(bob, Currency::Xp, 4),
            entry(bob, Currency::Credit, 5),
            entry(ada, Currency::Credit, 6),
        ];

        let rounds = rounds(entries);

        let amounts = |round: &Vec<NewEntry>| round.iter().map(|it| it.amount).collect::<Vec<_>>();
        let amounts: Vec<_> = rounds.iter().map(amounts).collect();
        assert_eq!(amounts, [vec![1, 2, 4, 5], vec![3], vec![6]]);
    }
}
