//! Writes everything down that the ports can read, so that two end states can be compared.

use std::{
    collections::BTreeMap,
    fmt::{Debug, Write as _},
};

use domain::{Currency, PlayerId, TournamentId};
use ports::{
    Timestamp,
    spi::{
        AwardRecord, BadgeRecord, ChargeRecord, ChargeScope, LedgerEntry, LevelUpRecord,
        PlayerRecord, RuleRecord, StepRecord, Store,
    },
};

const PAGE: u32 = 1_000;

/// Everything that is committed, one fact a line, in one order whatever the store: two stores that
/// know the same export the same text, byte for byte.
///
/// Times are left out, so that a run on another day exports the same; there are no random ids to be
/// left out. Pages of players and of tournaments are read, never single ones; but for players whose
/// accounts have moved by something else than a tournament.
pub async fn export(store: &dyn Store) -> String {
    let mut text = String::new();
    let mut unexplained = Unexplained::new();
    let players = export_players(store, &mut unexplained, &mut text).await;
    let mut after = None;
    loop {
        let page = store.list_tournaments(after, PAGE).await.expect("tournaments read");
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        for tournament in &page {
            line(&mut text, tournament);
            export_field(store, tournament.id, &mut text).await;
            for some in &players {
                export_payments(store, tournament.id, some, &mut unexplained, &mut text).await;
            }
        }
    }
    for player in unexplained.into_iter().filter_map(|(id, entries)| (entries > 0).then_some(id)) {
        export_charges(store, player, &mut text).await;
    }
    export_rules(store, &mut text).await;
    text
}

/// How many entries of each player have not been seen yet.
type Unexplained = BTreeMap<PlayerId, i64>;

fn entries_of(player: &PlayerRecord) -> i64 {
    let accounts = player.state.as_ref().map(|it| it.accounts);
    accounts.map_or(0, |it| Currency::ALL.map(|currency| it.of(currency).seq).iter().sum())
}

/// Writes every player down, and answers who there are, page by page.
async fn export_players(
    store: &dyn Store,
    unexplained: &mut Unexplained,
    text: &mut String,
) -> Vec<Vec<PlayerId>> {
    let mut pages: Vec<Vec<PlayerId>> = vec![];
    loop {
        let after = pages.last().and_then(|it| it.last()).copied();
        let page = store.list_players(after, PAGE).await.expect("players read");
        if page.is_empty() {
            return pages;
        }
        let ids: Vec<_> = page.iter().map(|it| it.id).collect();
        unexplained.extend(page.iter().map(|it| (it.id, entries_of(it))));
        lines(text, page);
        let badges = store.find_badges(&ids).await.expect("badges read");
        lines(text, badges.into_iter().map(timeless_badge));
        let levels = store.find_level_ups(&ids).await.expect("levels read");
        lines(text, levels.into_iter().map(|it| LevelUpRecord { reached_at: NEVER, ..it }));
        pages.push(ids);
    }
}

async fn export_field(store: &dyn Store, id: TournamentId, text: &mut String) {
    let mut after = None;
    loop {
        let page = store.list_field(id, after, PAGE).await.expect("the field reads");
        let Some(last) = page.last() else { break };
        after = Some(last.standing.player);
        lines(text, page);
    }
    let mut after = None;
    loop {
        let page = store.list_awards(id, after, PAGE).await.expect("awards read");
        let Some(last) = page.last() else { return };
        after = Some(last.award.planned.player);
        let timeless =
            |it: AwardRecord| AwardRecord { applied_at: it.applied_at.map(|_| NEVER), ..it };
        lines(text, page.into_iter().map(timeless));
    }
}

/// What one tournament gave to some players, whether they took part in it or not.
async fn export_payments(
    store: &dyn Store,
    id: TournamentId,
    players: &[PlayerId],
    unexplained: &mut Unexplained,
    text: &mut String,
) {
    let entries = store.find_entries(id, players).await.expect("entries read");
    for entry in &entries {
        *unexplained.entry(entry.player).or_default() -= 1;
    }
    lines(text, entries.into_iter().map(|it| LedgerEntry { recorded_at: NEVER, ..it }));
    let steps = store.find_steps(id, players).await.expect("steps read");
    lines(text, steps.into_iter().map(|it| StepRecord { taken_at: NEVER, ..it }));
}

/// What one player was charged, and what moved for it.
async fn export_charges(store: &dyn Store, player: PlayerId, text: &mut String) {
    let charges = store.list_charges(player, ChargeScope::All, None, PAGE).await;
    let timeless = |it| ChargeRecord { created_at: NEVER, changed_at: NEVER, ..it };
    lines(text, charges.expect("charges read").into_iter().map(timeless));
    for currency in Currency::ALL {
        let entries = store.list_ledger(player, currency, 0, PAGE).await.expect("entries read");
        let of_charges = entries.into_iter().filter(|it| it.cause.charge().is_some());
        lines(text, of_charges.map(|it| LedgerEntry { recorded_at: NEVER, ..it }));
    }
}

/// The rules that are held against the past, and how far each has come.
async fn export_rules(store: &dyn Store, text: &mut String) {
    let mut after = None;
    loop {
        let page = store.list_rules(after, PAGE).await.expect("standing rules read");
        let Some(last) = page.last() else { return };
        after = Some(last.rule.id);
        let timeless = |it| RuleRecord { begun_at: NEVER, changed_at: NEVER, ..it };
        lines(text, page.into_iter().map(timeless));
    }
}

#[expect(clippy::needless_pass_by_value, reason = "whoever reads badges owns them")]
fn timeless_badge(record: BadgeRecord) -> BadgeRecord {
    let revoked = record.revoked.map(|(by, _)| (by, NEVER));
    BadgeRecord { earned_at: NEVER, revoked, ..record }
}

/// Stands for every time.
const NEVER: Timestamp = Timestamp::UNIX_EPOCH;

fn lines(text: &mut String, facts: impl IntoIterator<Item = impl Debug>) {
    facts.into_iter().for_each(|it| line(text, &it));
}

fn line(text: &mut String, fact: &impl Debug) {
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{fact:?}");
}
