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
    let mut names = HashMap::new();
    for award in &preview.awards {
        names.insert(award.player, guerdon.profile(award.player).await?.name);
    }
    let name = |id| names.get(&id).cloned().unwrap_or_default();
    session.output().view(&PlanView::of(preview, name))?;
    Ok(Exit::Done)
}
