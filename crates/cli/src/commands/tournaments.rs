//! `guerdon tournaments`.

use super::paging::{Lines, each, limit};
use crate::{
    args::Tournaments,
    failure::{Exit, Failure},
    output::{TournamentLine, TournamentList},
    session::Session,
};

pub(super) async fn run(session: &Session, args: &Tournaments) -> Result<Exit, Failure> {
    let guerdon = session.guerdon().await?;
    let output = session.output();
    let after = args.after.as_ref().map(|it| it.id);
    let page = async |after, size| guerdon.tournaments(after, size).await;
    let (limit, mut lines) = (limit(args.limit, output.is_json()), Lines::to(output));
    let take = |it| lines.take(TournamentLine::of(&it));
    let more = each(after, limit, page, |it| it.id, take).await?;
    if let Some(tournaments) = lines.for_people() {
        let more_after = tournaments.last().filter(|_| more).map(|it| it.key().to_owned());
        output.view(&TournamentList { tournaments, more_after })?;
    }
    Ok(Exit::Done)
}
