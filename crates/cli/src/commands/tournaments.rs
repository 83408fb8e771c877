//! `guerdon tournaments`.

use super::paging::{each, limit};
use crate::{
    args::Tournaments,
    failure::{Exit, Failure},
    output::{TournamentLine, TournamentList, print_line},
    session::Session,
};

pub(super) async fn run(session: &Session, args: &Tournaments) -> Result<Exit, Failure> {
    let guerdon = session.guerdon().await?;
    let output = session.output();
    let limit = limit(args.limit, output.is_json());
    let after = args.after.as_ref().map(|it| it.id);
    let page = async |after, size| guerdon.tournaments(after, size).await;
    if output.is_json() {
        each(after, limit, page, |it| it.id, |it| print_line(&TournamentLine::of(&it))).await?;
        return Ok(Exit::Done);
    }
    let mut tournaments = vec![];
    let mut keep = |it| {
        tournaments.push(TournamentLine::of(&it));
        Ok(())
    };
    let more = each(after, limit, page, |it| it.id, &mut keep).await?;
    let more_after = tournaments.last().filter(|_| more).map(|it| it.key().to_owned());
    output.view(&TournamentList { tournaments, more_after })?;
    Ok(Exit::Done)
}
