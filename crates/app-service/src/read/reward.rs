//! One player's reward for one tournament, with everything that belongs to it.

use std::collections::BTreeMap;

use domain::{BadgeType, PlayerId, SkillName, Tournament, TournamentId};
use ports::spi::StepRecord;
use serde::Serialize;

use super::{AwardView, BadgeView, EntryView, LevelUpView, badge::Faces};
use crate::{Guerdon, GuerdonError};

/// One player's reward for one tournament.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RewardSummary {
    /// Which tournament.
    pub tournament: TournamentId,
    /// What people call it.
    pub tournament_name: String,
    /// What is owed, why, and whether it has been paid.
    pub award: AwardView,
    /// What was posted.
    pub entries: Vec<EntryView>,
    /// Badges earned there, by type.
    pub badges: Vec<BadgeView>,
    /// The rarest of them.
    pub rarest_badge: Option<BadgeType>,
    /// How the skills moved, by name.
    pub skills: Vec<SkillChangeView>,
    /// The levels that it lifted the player to, lowest first.
    pub level_ups: Vec<LevelUpView>,
}

/// One skill's way through one tournament.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SkillChangeView {
    /// Which skill.
    pub skill: SkillName,
    /// The level before, with one decimal.
    pub before: f64,
    /// The level after, with one decimal.
    pub after: f64,
}

impl Guerdon {
    /// One player's reward for one tournament: award with breakdown, ledger entries, badges with
    /// the rarest, skills before and after.
    #[tracing::instrument(skip(self))]
    pub async fn reward(
        &self,
        id: TournamentId,
        player: PlayerId,
    ) -> Result<RewardSummary, GuerdonError> {
        let tournament = self.tournament(id).await?;
        let award = self.store().find_award(id, player).await?;
        let award = award.ok_or(GuerdonError::NoAward { tournament: id, player })?;
        let names = self.names_of(&[player]).await?;
        let entries = self.store().find_entries(id, &[player]).await?;
        let badges = self.badges_of(&tournament, &[player]).await?.remove(&player);
        let steps = self.store().find_steps(id, &[player]).await?;
        let level_ups = self.store().find_level_ups(&[player]).await?;
        let level_ups = level_ups.iter().map(LevelUpView::of);

        let badges = badges.unwrap_or_default();
        let had = badges.iter().filter(|it| it.revoked.is_none());
        let rarest = had.rev().max_by_key(|it| it.face.rarity).map(|it| it.badge);
        Ok(RewardSummary {
            tournament: id,
            tournament_name: tournament.name,
            award: AwardView::of(award, &names),
            entries: self.explain(entries).await?,
            badges,
            rarest_badge: rarest,
            skills: steps.into_iter().flat_map(SkillChangeView::of).collect(),
            level_ups: level_ups.filter(|it| it.tournament == id).collect(),
        })
    }

    /// The badges that these players earned in one tournament, each by type.
    #[tracing::instrument(skip_all, fields(tournament = %id, players = players.len()))]
    pub async fn tournament_badges(
        &self,
        id: TournamentId,
        players: &[PlayerId],
    ) -> Result<BTreeMap<PlayerId, Vec<BadgeView>>, GuerdonError> {
        self.badges_of(&self.tournament(id).await?, players).await
    }

    async fn badges_of(
        &self,
        tournament: &Tournament,
        players: &[PlayerId],
    ) -> Result<BTreeMap<PlayerId, Vec<BadgeView>>, GuerdonError> {
        let mut records = self.store().find_badges(players).await?;
        records.retain(|it| it.tournament == tournament.id);
        let faces = Faces::of(self.store(), &records).await?;
        let policy = tournament.policy.badges();
        let mut earned: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for badge in records {
            let view = faces.view_under(Some(policy), &badge);
            earned.entry(badge.player).or_default().push(view);
        }
        Ok(earned)
    }
}

impl SkillChangeView {
    fn of(step: StepRecord) -> impl Iterator<Item = Self> {
        step.changes.into_iter().map(|(skill, change)| Self {
            skill,
            before: change.before.as_f64(),
            after: change.after.as_f64(),
        })
    }
}
