//! `guerdon ledger`.

use app_service::domain::Currency;

use crate::{
    args::Ledger,
    failure::{Exit, Failure},
    output::{LedgerPage, print_line},
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
    let output = session.output();
    if output.is_json() {
        entries.iter().try_for_each(print_line)?;
    } else {
        output.view(&LedgerPage { entries })?;
    }
    Ok(Exit::Done)
}
