//! `guerdon preview`.

use std::collections::HashMap;

use crate::{
    args::Preview,
    failure::{Exit, Failure},
    output::PlanView,
    session::Session,
};

pub(super) async fn run(session: &Session, args: &Preview) -> Result<Exit, Failure> {
    let guerdon = session.guerdon().await?;
    let preview = guerdon.preview(args.tournament.id, args.limit).await;
    let preview = preview.map_err(|error| args.tournament.failure(error))?;
    let players: Vec<_> = preview.awards.iter().map(|it| it.player).collect();
    let profiles = guerdon.profiles(&players).await?;
    let names: HashMap<_, _> = profiles.into_iter().map(|it| (it.id, it.name)).collect();
    let name = |id| names.get(&id).cloned().unwrap_or_default();
    session.output().view(&PlanView::of(preview, name))?;
    Ok(Exit::Done)
}
