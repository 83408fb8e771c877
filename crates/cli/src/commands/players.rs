//! `guerdon players`: a table for people; for programs a line each, the same on every database
//! that was paid the same.

use super::paging::{Lines, each, limit};
use crate::{
    args::Players,
    failure::{Exit, Failure},
    output::{PlayerLine, PlayerList},
    session::Session,
};

pub(super) async fn run(session: &Session, args: &Players) -> Result<Exit, Failure> {
    let guerdon = session.guerdon().await?;
    let output = session.output();
    let after = args.after.as_ref().map(|it| it.id);
    let page = async |after, size| guerdon.players(after, size).await;
    let (limit, mut lines) = (limit(args.limit, output.is_json()), Lines::to(output));
    let take = |it| lines.take(PlayerLine::of(it));
    let more = each(after, limit, page, |it| it.id, take).await?;
    if let Some(players) = lines.for_people() {
        let more_after = players.last().filter(|_| more).map(|it| it.key().to_owned());
        output.view(&PlayerList { players, more_after })?;
    }
    Ok(Exit::Done)
}
