//! `guerdon spend`, `hold`, `settle`, `release`, `refund`, `holds` and `expire-holds`.

use app_service::{Charged, Guerdon, GuerdonError, Spending, SystemClock, domain::ChargeId};

use crate::{
    args::{Hold, Holds, PlayerName, Refund, Release, Settle, Spend},
    failure::{Exit, Failure},
    output::{ChargeList, ChargeSheet, HoldsExpired, print_line},
    session::Session,
};

pub(super) async fn spend(session: &Session, args: &Spend) -> Result<Exit, Failure> {
    let guerdon = session.guerdon().await?;
    let spending = spending(&guerdon, args);
    let charge = spending.charge;
    told(session, &args.player, guerdon.spend(spending).await, &again(charge))
}

pub(super) async fn hold(session: &Session, args: &Hold) -> Result<Exit, Failure> {
    let guerdon = session.guerdon().await?;
    let spending = spending(&guerdon, &args.spend);
    let charge = spending.charge;
    let far = || Failure::refused("usage", "--expires-in is longer than there is time");
    let expires_at = match args.expires_in {
        None => None,
        Some(after) => {
            let after = after.try_into().map_err(|_| far())?;
            Some(SystemClock::shared().now().checked_add(after).ok_or_else(far)?)
        }
    };
    told(session, &args.spend.player, guerdon.hold(spending, expires_at).await, &again(charge))
}

pub(super) async fn settle(session: &Session, args: &Settle) -> Result<Exit, Failure> {
    let guerdon = session.guerdon().await?;
    let settled = guerdon.settle(args.player.id, args.charge.id, args.amount).await;
    told(session, &args.player, settled, AGAIN)
}

pub(super) async fn release(session: &Session, args: &Release) -> Result<Exit, Failure> {
    let guerdon = session.guerdon().await?;
    let released = guerdon.release(args.player.id, args.charge.id).await;
    told(session, &args.player, released, AGAIN)
}

pub(super) async fn refund(session: &Session, args: &Refund) -> Result<Exit, Failure> {
    let guerdon = session.guerdon().await?;
    let id = args.id.as_ref().map_or_else(|| guerdon.new_refund_id(), |it| it.id);
    let refunded = guerdon.refund(args.player.id, args.charge.id, id, args.amount).await;
    told(session, &args.player, refunded, &format!("ask again with `--id {id}`: {ONCE}"))
}

pub(super) async fn holds(session: &Session, args: &Holds) -> Result<Exit, Failure> {
    let guerdon = session.guerdon().await?;
    let after = args.after.as_ref().map(|it| it.id);
    let found = if args.all {
        guerdon.charges(args.player.id, after, args.limit).await
    } else {
        guerdon.holds(args.player.id, after, args.limit).await
    };
    let charges = found.map_err(|error| args.player.failure(error))?;
    let output = session.output();
    if output.is_json() {
        charges.iter().try_for_each(print_line)?;
    } else {
        output.view(&ChargeList { charges })?;
    }
    Ok(Exit::Done)
}

pub(super) async fn expire(session: &Session) -> Result<Exit, Failure> {
    let expired = session.guerdon().await?.expire_holds().await?;
    let exit = if expired.unreadable.is_empty() { Exit::Done } else { Exit::Partial };
    session.output().view(&HoldsExpired(expired))?;
    Ok(exit)
}

const ONCE: &str = "nothing happens twice";
const AGAIN: &str = "ask again: nothing happens twice";

fn again(charge: ChargeId) -> String {
    format!("ask again with `--id {charge}`: {ONCE}")
}

fn spending(guerdon: &Guerdon, args: &Spend) -> Spending {
    let charge = args.id.as_ref().map_or_else(|| guerdon.new_charge_id(), |it| it.id);
    Spending { player: args.player.id, charge, amount: args.amount, memo: args.memo.clone() }
}

/// Whoever does not know whether it has happened is told how to ask again.
fn told(
    session: &Session,
    player: &PlayerName,
    answer: Result<Charged, GuerdonError>,
    again: &str,
) -> Result<Exit, Failure> {
    let charged = answer.map_err(|error| {
        let unsure = matches!(error, GuerdonError::Store(_));
        let failure = player.failure(error);
        if unsure && failure.exit == Exit::Partial { failure.help(again) } else { failure }
    })?;
    session.output().view(&ChargeSheet(charged))?;
    Ok(Exit::Done)
}
