//! `guerdon badges`.

use std::collections::{BTreeSet, HashMap};

use app_service::domain::BadgeRule;

use crate::{
    args::{Backfill, Badges, Show},
    failure::{Exit, Failure},
    output::{BackfillSheet, BackfillView},
    policy_file,
    progress::Progress,
    session::Session,
};

pub(super) async fn run(session: &Session, args: &Badges) -> Result<Exit, Failure> {
    match args {
        Badges::Show(args) => show(session, args).await,
        Badges::Backfill(args) => {
            let rule = policy_file::load_rule(&args.rule)?;
            if args.preview {
                preview(session, &rule, args).await
            } else {
                backfill(session, &rule).await
            }
        }
    }
}

async fn show(session: &Session, args: &Show) -> Result<Exit, Failure> {
    let guerdon = session.guerdon().await?;
    let player = &args.player;
    let showcase = guerdon.showcase(player.id, args.limit).await;
    session.output().view(&showcase.map_err(|error| player.failure(error))?)?;
    Ok(Exit::Done)
}

async fn preview(session: &Session, rule: &BadgeRule, args: &Backfill) -> Result<Exit, Failure> {
    let guerdon = session.guerdon().await?;
    let preview = guerdon.preview_backfill(rule, args.limit).await?;
    let mut names = HashMap::new();
    for id in preview.first.iter().map(|it| it.tournament).collect::<BTreeSet<_>>() {
        names.insert(id, guerdon.tournament(id).await?.name);
    }
    let name = |id| names.get(&id).cloned().unwrap_or_default();
    session.output().view(&BackfillView::of(rule, preview, name))?;
    Ok(Exit::Done)
}

async fn backfill(session: &Session, rule: &BadgeRule) -> Result<Exit, Failure> {
    let guerdon = session.guerdon().await?;
    let progress = Progress::counting("players", session.output().shows_progress());
    let ended = guerdon.backfill(rule, &progress.listener(), &session.actor()).await;
    progress.clear();
    let done = ended?;
    let exit = if done.unreadable == 0 { Exit::Done } else { Exit::Partial };
    session.output().view(&BackfillSheet::of(rule, done))?;
    Ok(exit)
}
