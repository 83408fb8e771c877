//! Lists, page by page.

use std::collections::BTreeSet;

use client::{
    LeaderboardQuery, LedgerQuery, PageQuery,
    wire::{Currency, SpendRequest},
};

use crate::{
    on_both_stores,
    served::{PLAYERS, Served, key},
};

on_both_stores! {
    every_row_of_a_list_is_on_one_page
    a_board_goes_on_behind_its_last_place
    a_ledger_goes_on_behind_its_last_number
}

async fn every_row_of_a_list_is_on_one_page(served: Served) {
    let served = served.with_results().await;
    let client = &served.client;
    let mut page = PageQuery { cursor: None, limit: Some(3) };
    let mut seen = vec![];

    loop {
        let found = client.list_players(&page).await.unwrap().body;
        seen.extend(found.items.into_iter().map(|it| it.key));
        page.cursor = found.next;
        if page.cursor.is_none() {
            break;
        }
    }

    assert_eq!(seen.len(), PLAYERS.len());
    assert_eq!(seen.iter().map(String::as_str).collect::<BTreeSet<_>>(), PLAYERS.into());
}

async fn a_board_goes_on_behind_its_last_place(served: Served) {
    let served = served.with_results().await;
    let client = &served.client;
    served.finalized("cup").await;
    let mut board = LeaderboardQuery {
        tournaments: "cup,nothing".to_owned(),
        limit: Some(1),
        ..LeaderboardQuery::default()
    };
    let mut seen = vec![];

    loop {
        let found = client.list_leaders(&board).await.unwrap().body;
        seen.extend(found.items.into_iter().map(|it| it.player_key));
        board.cursor = found.next;
        if board.cursor.is_none() {
            break;
        }
    }

    assert_eq!(seen, PLAYERS);
}

async fn a_ledger_goes_on_behind_its_last_number(served: Served) {
    let served = served.with_results().await;
    let client = &served.client;
    served.finalized("cup").await;
    for charge in ["hat", "scarf"] {
        let spent = SpendRequest { charge: charge.to_owned(), amount: 10, memo: String::new() };
        client.spend("ada", &key(), &spent).await.unwrap();
    }

    let mut query = LedgerQuery { currency: Currency::Credit, cursor: None, limit: Some(2) };
    let first = client.list_ledger("ada", &query).await.unwrap().body;
    query.cursor = first.next.clone();
    let second = client.list_ledger("ada", &query).await.unwrap().body;

    let balances = |it: &[client::wire::LedgerEntry]| -> Vec<_> {
        it.iter().map(|it| it.balance_after).collect()
    };
    assert_eq!((balances(&first.items), balances(&second.items)), (vec![100, 90], vec![80]));
    assert_eq!(second.next, None);
}
