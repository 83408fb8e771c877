//! Does what was decided about one charge, under the player's lock.

use domain::{Accounts, ChargeMove, Currency, LockOrder, PlayerId};
use ports::{
    Locked, Players, StoreError, UnitOfWork,
    spi::{ChargeRecord, Recorded},
};

use super::{
    decide::{Ask, Decision},
    view::{ChargeView, Charged},
};
use crate::{Guerdon, GuerdonError, requests::Keeping};

impl Guerdon {
    pub(super) async fn charge(
        &self,
        name: &'static str,
        ask: Ask,
    ) -> Result<Charged, GuerdonError> {
        if let Some(charged) = self.kept()? {
            return Ok(charged);
        }
        let keeping = self.keeping();
        let unit = move |uow| charge(uow, ask.clone(), keeping.clone());
        self.units.run(name, unit).await
    }
}

async fn charge(mut uow: UnitOfWork, ask: Ask, keeping: Keeping) -> Result<Charged, GuerdonError> {
    let players = uow.lock_players(&LockOrder::of([ask.player])).await?;
    let accounts = accounts(&players, ask.player)?;
    let existing = players.find_charges(&[(ask.player, ask.charge)]).await?.pop();
    let moved = match ask.decide(&accounts, existing)? {
        Decision::Replay(existing) => {
            if let Some(own) = keeping.found(&uow).await? {
                return Ok(own);
            }
            // After a commit whose answer never came this may be what that one has done.
            let own = keeping.is_in_doubt();
            let recorded = if own { Recorded::New } else { Recorded::Replayed };
            return Ok(charged(recorded, &existing, accounts.credit.balance));
        }
        Decision::Begin(new) => {
            players.begin_charge(&new).await?;
            new.begins()
        }
        Decision::Move(moved) => {
            players.move_charges(&[moved]).await?;
            moved
        }
    };
    let record = players.find_charges(&[(ask.player, ask.charge)]).await?.pop();
    let record = record.ok_or(StoreError::Invalid { rule: "what was written can be read" })?;
    let balance = accounts.credit.balance + credits(&moved, &accounts);
    let charged = charged(Recorded::New, &record, balance);
    keeping.commit(uow, &charged).await?;
    Ok(charged)
}

fn charged(recorded: Recorded, record: &ChargeRecord, credit_balance: i64) -> Charged {
    Charged { recorded, charge: ChargeView::of(record), credit_balance }
}

fn accounts(players: &Locked<'_, Players>, id: PlayerId) -> Result<Accounts, GuerdonError> {
    let found = players.get(id).ok_or(GuerdonError::NoPlayer(id))?;
    let player = found.as_ref().map_err(|corrupt| StoreError::Corrupt {
        table: corrupt.table,
        rule: corrupt.to_string(),
        source: None,
    })?;
    Ok(player.accounts)
}

/// What a move adds to the credits.
fn credits(moved: &ChargeMove, accounts: &Accounts) -> i64 {
    let entries = moved.entries(accounts);
    let credits = entries.iter().filter(|it| it.currency == Currency::Credit);
    credits.map(|it| it.amount).sum()
}
