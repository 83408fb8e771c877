//! Writes everything down: what the ports can read of a store, as one canonical text.

use std::fmt::{Debug, Write};

use domain::{Currency, PlayerId, TournamentId};
use ports::spi::Store;

/// Rows asked for at once.
const PAGE: u32 = 500;
const PAGE_ROWS: usize = PAGE as usize;

/// Everything that the ports can read, one row a line: tournaments with their field and awards, then
/// players with their ledger and skill steps, then badges, all of it in ascending key.
///
/// Two stores with the same text hold the same, whatever made them: a row is written down as `Debug`
/// prints it, so that a new column is in it from its first day. Times are part of it, so a clock that
/// stands is needed to compare two runs. It asks several times for each player: for stores of tests,
/// not for live ones.
pub async fn export(store: &dyn Store) -> String {
    let mut text = String::new();
    let mut after = None;
    while let page @ [.., last] =
        store.list_tournaments(after, PAGE).await.expect("tournaments read").as_slice()
    {
        for tournament in page {
            lines(&mut text, std::slice::from_ref(tournament));
            export_field(store, tournament.id, &mut text).await;
            export_awards(store, tournament.id, &mut text).await;
        }
        after = Some(last.id);
        if page.len() < PAGE_ROWS {
            break;
        }
    }
    export_players(store, &mut text).await;
    text
}

async fn export_field(store: &dyn Store, id: TournamentId, text: &mut String) {
    let mut after = None;
    while let page @ [.., last] =
        store.list_field(id, after, PAGE).await.expect("the field reads").as_slice()
    {
        lines(text, page);
        after = Some(last.standing.player);
        if page.len() < PAGE_ROWS {
            break;
        }
    }
}

async fn export_awards(store: &dyn Store, id: TournamentId, text: &mut String) {
    let mut after = None;
    while let page @ [.., last] =
        store.list_awards(id, after, PAGE).await.expect("awards read").as_slice()
    {
        lines(text, page);
        after = Some(last.award.planned.player);
        if page.len() < PAGE_ROWS {
            break;
        }
    }
    lines(text, &[store.award_totals(id).await.expect("awards add up")]);
}

async fn export_players(store: &dyn Store, text: &mut String) {
    let mut after = None;
    while let page @ [.., last] =
        store.list_players(after, PAGE).await.expect("players read").as_slice()
    {
        for player in page {
            lines(text, std::slice::from_ref(player));
            for currency in Currency::ALL {
                export_ledger(store, player.id, currency, text).await;
            }
            export_steps(store, player.id, text).await;
        }
        let ids: Vec<_> = page.iter().map(|it| it.id).collect();
        lines(text, &store.find_badges(&ids).await.expect("badges read"));
        after = Some(last.id);
        if page.len() < PAGE_ROWS {
            break;
        }
    }
}

async fn export_ledger(store: &dyn Store, player: PlayerId, currency: Currency, text: &mut String) {
    let mut after = 0;
    while let page @ [.., last] =
        store.list_ledger(player, currency, after, PAGE).await.expect("the ledger reads").as_slice()
    {
        lines(text, page);
        after = last.seq;
        if page.len() < PAGE_ROWS {
            break;
        }
    }
}

async fn export_steps(store: &dyn Store, player: PlayerId, text: &mut String) {
    let mut after = 0;
    while let page @ [.., last] =
        store.list_steps(player, after, PAGE).await.expect("steps read").as_slice()
    {
        lines(text, page);
        after = last.seq;
        if page.len() < PAGE_ROWS {
            break;
        }
    }
}

fn lines<Row: Debug>(text: &mut String, rows: &[Row]) {
    for row in rows {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{row:?}");
    }
}
