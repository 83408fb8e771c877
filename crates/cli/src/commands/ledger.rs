//! `guerdon ledger`.

use std::collections::HashMap;

use app_service::{EntryView, Guerdon, GuerdonError, domain::Currency};

use crate::{
    args::Ledger,
    failure::{Exit, Failure},
    output::{LedgerLine, LedgerPage, print_line},
    session::Session,
};

pub(super) async fn run(session: &Session, args: &Ledger) -> Result<Exit, Failure> {
    let guerdon = session.guerdon().await?;
    let accounts = match args.currency {
        Some(account) => vec![Currency::from(account)],
        None => Currency::ALL.to_vec(),
    };
    let mut entries = vec![];
    for account in accounts {
        let page = guerdon.ledger(args.player.id, account, args.after, args.limit).await;
        entries.extend(page.map_err(|error| args.player.failure(error))?);
    }
    let entries = with_keys(&guerdon, entries).await?;
    let output = session.output();
    if output.is_json() {
        entries.iter().try_for_each(print_line)?;
    } else {
        output.view(&LedgerPage { entries })?;
    }
    Ok(Exit::Done)
}

async fn with_keys(
    guerdon: &Guerdon,
    entries: Vec<EntryView>,
) -> Result<Vec<LedgerLine>, GuerdonError> {
    let mut ids: Vec<_> = entries.iter().filter_map(|it| it.tournament).collect();
    ids.sort_unstable();
    ids.dedup();
    let known = guerdon.known_tournaments(&ids).await?;
    let keys: HashMap<_, _> = known.into_iter().map(|it| (it.id, it.key)).collect();
    let line = |entry: EntryView| {
        let key = |id| keys.get(&id).cloned().unwrap_or_else(|| id.to_string());
        LedgerLine { tournament_key: entry.tournament.map(key), entry }
    };
    Ok(entries.into_iter().map(line).collect())
}
