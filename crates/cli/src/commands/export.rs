//! `guerdon export`: what every player has, in a form that can be compared.

use app_service::{Guerdon, PlayerView, domain::Hasher};
use serde::Serialize;

use super::paging;
use crate::{
    args::Export,
    failure::{Exit, Failure},
    output::{Digest, PlayerLine, print_line},
    session::Session,
};

pub(super) async fn run(session: &Session, args: &Export) -> Result<Exit, Failure> {
    let guerdon = session.guerdon().await?;
    if !args.digest {
        each_line(&guerdon, print_line).await?;
        return Ok(Exit::Done);
    }
    let mut hasher = Hasher::new("export");
    let mut players = 0;
    each_line(&guerdon, |line| {
        players += 1;
        hasher.bytes(spelled(line)?.as_bytes());
        Ok(())
    })
    .await?;
    session.output().view(&Digest { players, digest: hasher.finish() })?;
    Ok(Exit::Done)
}

/// One line for each player in ascending id, never more than a page of them in memory.
async fn each_line(
    guerdon: &Guerdon,
    mut take: impl FnMut(&PlayerLine) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let page = async |after, limit| guerdon.players(after, limit).await;
    let id = |it: &PlayerView| it.id;
    paging::each(None, usize::MAX, page, id, |it| take(&PlayerLine::of(it))).await.map(drop)
}

fn spelled(line: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string(line).map_err(|error| Failure::failed("internal", error.to_string()))
}
