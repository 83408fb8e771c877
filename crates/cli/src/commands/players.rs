//! `guerdon players`: a table for people; for programs a line each, the same on every database
//! that was paid the same.

use app_service::{Guerdon, PlayerView, domain::PlayerId};

use super::paging::{limit, page_size};
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
    if output.is_json() {
        each_page(&guerdon, after, limit, |player| print_line(&PlayerLine::of(player))).await?;
        return Ok(Exit::Done);
    }
    let mut players = vec![];
    let mut keep = |player| {
        players.push(PlayerLine::of(player));
        Ok(())
    };
    let more = each_page(&guerdon, after, limit, &mut keep).await?;
    let more_after = players.last().filter(|_| more).map(|it| it.key().to_owned());
    output.view(&PlayerList { players, more_after })?;
    Ok(Exit::Done)
}

/// Hands over the first `limit` players behind `after`; answers whether there are more.
async fn each_page(
    guerdon: &Guerdon,
    mut after: Option<PlayerId>,
    limit: usize,
    mut take: impl FnMut(PlayerView) -> Result<(), Failure>,
) -> Result<bool, Failure> {
    let mut missing = limit;
    while missing > 0 {
        let size = page_size(missing);
        let page = guerdon.players(after, size).await?;
        missing -= page.len();
        let is_last = page.len() < size as usize;
        after = page.last().map(|it| it.id).or(after);
        page.into_iter().try_for_each(&mut take)?;
        if is_last {
            return Ok(false);
        }
    }
    Ok(!guerdon.players(after, 1).await?.is_empty())
}
