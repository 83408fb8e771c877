//! `guerdon summary`.

use app_service::{
    AwardView, Guerdon, GuerdonError,
    domain::{Placement, TournamentId},
};

use super::paging;
use crate::{
    args::Summary,
    failure::{Exit, Failure},
    output::{RewardSheet, TopAward, TournamentSheet},
    session::Session,
};

/// Best awards that are shown.
const AWARDS_SHOWN: usize = 10;

pub(super) async fn run(session: &Session, args: &Summary) -> Result<Exit, Failure> {
    let guerdon = session.guerdon().await?;
    let tournament = &args.tournament;
    if let Some(player) = &args.player {
        let reward = guerdon.reward(tournament.id, player.id).await;
        let reward = reward.map_err(|error| player.failure(tournament.failure(error)))?;
        session.output().view(&RewardSheet(reward))?;
    } else {
        let sheet = sheet(&guerdon, tournament.id, AWARDS_SHOWN).await;
        session.output().view(&sheet.map_err(|error| tournament.failure(error))?)?;
    }
    Ok(Exit::Done)
}

/// A tournament with its best `awards_max` awards and their badges.
pub(super) async fn sheet(
    guerdon: &Guerdon,
    id: TournamentId,
    awards_max: usize,
) -> Result<TournamentSheet, GuerdonError> {
    let summary = guerdon.summary(id).await?;
    let mut best: Vec<AwardView> = vec![];
    let mut pages = paging::Awards::of(guerdon, id);
    while let Some(page) = pages.next().await? {
        best.extend(page);
        best.sort_by_cached_key(goodness);
        best.truncate(awards_max);
    }
    let players: Vec<_> = best.iter().map(|it| it.player).collect();
    let mut badges = guerdon.tournament_badges(id, &players).await?;
    let with_badges = |award: AwardView| {
        let badges = badges.remove(&award.player).unwrap_or_default();
        TopAward { award, badges }
    };
    let top_awards = best.into_iter().map(with_badges).collect();
    Ok(TournamentSheet { summary, top_awards })
}

/// Less is better: the rank, those without one last; then the name.
fn goodness(award: &AwardView) -> (u32, String) {
    let rank = award.evidence.outcome.placement().map_or(u32::MAX, Placement::rank);
    (rank, award.player_name.clone())
}
