//! `guerdon tournaments`.

use app_service::{
    Guerdon,
    domain::{Tournament, TournamentId},
};

use super::paging::{limit, page_size};
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
    if output.is_json() {
        each_page(&guerdon, after, limit, |it| print_line(&TournamentLine::of(&it))).await?;
        return Ok(Exit::Done);
    }
    let mut tournaments = vec![];
    let mut keep = |it| {
        tournaments.push(TournamentLine::of(&it));
        Ok(())
    };
    let more = each_page(&guerdon, after, limit, &mut keep).await?;
    let more_after = tournaments.last().filter(|_| more).map(|it| it.key().to_owned());
    output.view(&TournamentList { tournaments, more_after })?;
    Ok(Exit::Done)
}

/// Hands over the first `limit` tournaments behind `after`; answers whether there are more.
async fn each_page(
    guerdon: &Guerdon,
    mut after: Option<TournamentId>,
    limit: usize,
    mut take: impl FnMut(Tournament) -> Result<(), Failure>,
) -> Result<bool, Failure> {
    let mut missing = limit;
    while missing > 0 {
        let size = page_size(missing);
        let page = guerdon.tournaments(after, size).await?;
        missing -= page.len();
        let is_last = page.len() < size as usize;
        after = page.last().map(|it| it.id).or(after);
        page.into_iter().try_for_each(&mut take)?;
        if is_last {
            return Ok(false);
        }
    }
    Ok(!guerdon.tournaments(after, 1).await?.is_empty())
}
