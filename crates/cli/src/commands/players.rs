//! `guerdon players`: a table for people; for programs a line each, the same on every database
//! that was paid the same.

use super::paging::{each, limit};
use crate::{
    args::Players,
    failure::{Exit, Failure},
    output::{PlayerLine, PlayerList, print_line},
    session::Session,
};

pub(super) async fn run(session: &Session, args: &Players) -> Result<Exit, Failure> {
    let guerdon = session.guerdon().await?;
    let output = session.output();
    let limit = limit(args.limit, output.is_json());
    let after = args.after.as_ref().map(|it| it.id);
    let page = async |after, size| guerdon.players(after, size).await;
    if output.is_json() {
        each(after, limit, page, |it| it.id, |player| print_line(&PlayerLine::of(player))).await?;
        return Ok(Exit::Done);
    }
    let mut players = vec![];
    let mut keep = |player| {
        players.push(PlayerLine::of(player));
        Ok(())
    };
    let more = each(after, limit, page, |it| it.id, &mut keep).await?;
    let more_after = players.last().filter(|_| more).map(|it| it.key().to_owned());
    output.view(&PlayerList { players, more_after })?;
    Ok(Exit::Done)
}
