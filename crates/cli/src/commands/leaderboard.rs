//! `guerdon leaderboard`.

use std::collections::BTreeSet;

use app_service::{Guerdon, domain::TournamentId};

use super::paging::{Lines, each, limit};
use crate::{
    args::Leaderboard,
    failure::{Exit, Failure, Finding},
    output::LeaderList,
    session::Session,
};

pub(super) async fn run(session: &Session, args: &Leaderboard) -> Result<Exit, Failure> {
    let guerdon = session.guerdon().await?;
    let output = session.output();
    let cups = tournaments(&guerdon, args).await?;
    let by = args.by.into();
    let page = async |after, size| guerdon.leaderboard(&cups, by, after, size).await;
    let (limit, mut lines) = (limit(args.limit, output.is_json()), Lines::to(output));
    let more = each(None, limit, page, |it| it.place, |it| lines.take(it)).await?;
    if let Some(leaders) = lines.for_people() {
        output.view(&LeaderList { tournaments: cups.len(), by, leaders, more })?;
    }
    Ok(Exit::Done)
}

/// The tournaments that are meant, each once; all that do not exist are named at once.
async fn tournaments(guerdon: &Guerdon, args: &Leaderboard) -> Result<Vec<TournamentId>, Failure> {
    let mut ids: BTreeSet<TournamentId> = args.tournaments.iter().map(|it| it.id).collect();
    let known = guerdon.known_tournaments(&Vec::from_iter(ids.clone())).await?;
    let known: BTreeSet<TournamentId> = known.iter().map(|it| it.id).collect();
    let unknown = args.tournaments.iter().filter(|it| !known.contains(&it.id));
    let unknown: Vec<Finding> = unknown.map(|it| Finding::of(&it.given)).collect();
    if !unknown.is_empty() {
        return Err(no_tournaments("some tournaments do not exist").problems(unknown));
    }
    let prefix = if args.all { Some("") } else { args.key_prefix.as_deref() };
    if let Some(prefix) = prefix {
        ids.extend(beginning_with(guerdon, prefix).await?);
    }
    if ids.is_empty() {
        let prefix = prefix.unwrap_or_default();
        let message = format!("there is no tournament whose key begins with `{prefix}`");
        return Err(no_tournaments(message));
    }
    Ok(ids.into_iter().collect())
}

fn no_tournaments(message: impl Into<String>) -> Failure {
    let help = "`guerdon tournaments` lists them by their keys";
    Failure::refused("tournament-unknown", message).help(help)
}

async fn beginning_with(guerdon: &Guerdon, prefix: &str) -> Result<Vec<TournamentId>, Failure> {
    let mut ids = vec![];
    let keep = |it: app_service::domain::Tournament| {
        if it.key.starts_with(prefix) {
            ids.push(it.id);
        }
        Ok(())
    };
    let page = async |after, size| guerdon.tournaments(after, size).await;
    each(None, usize::MAX, page, |it| it.id, keep).await?;
    Ok(ids)
}
