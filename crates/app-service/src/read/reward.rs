//! One player's reward for one tournament, with everything that belongs to it.

use std::collections::BTreeMap;

use domain::{BadgeCategory, BadgeFace, BadgeType, PlayerId, SkillName, Tournament, TournamentId};
use ports::{
    Timestamp,
    spi::{BadgeRecord, StepRecord},
};
use serde::Serialize;

use super::{AwardView, EntryView};
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
}

/// A badge that a player has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BadgeView {
    /// What for.
    pub badge: BadgeType,
    /// What kind of deed it marks.
    pub category: BadgeCategory,
    /// What it looks like.
    #[serde(flatten)]
    pub face: BadgeFace,
    /// Where it was earned.
    pub tournament: TournamentId,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub earned_at: Timestamp,
    /// What took it away again; `None` while the player has it.
    pub revoked: Option<RevocationView>,
}

/// What took a badge away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct RevocationView {
    /// The tournament that was corrected.
    pub tournament: TournamentId,
    /// The revision that the correction made.
    pub revision: u32,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub revoked_at: Timestamp,
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
        let record = self.store().find_players(&[player]).await?;
        let entries = self.store().find_entries(id, &[player]).await?;
        let badges = self.badges_of(&tournament, &[player]).await?.remove(&player);
        let steps = self.store().find_steps(id, &[player]).await?;

        let badges = badges.unwrap_or_default();
        let had = badges.iter().filter(|it| it.revoked.is_none());
        let rarest = had.rev().max_by_key(|it| it.face.rarity).map(|it| it.badge);
        Ok(RewardSummary {
            tournament: id,
            tournament_name: tournament.name,
            award: AwardView::of(award, record.first()),
            entries: entries.into_iter().map(EntryView::of).collect(),
            badges,
            rarest_badge: rarest,
            skills: steps.into_iter().flat_map(SkillChangeView::of).collect(),
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
        let mut earned: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for badge in self.store().find_badges(players).await? {
            if badge.tournament == tournament.id {
                let face = tournament.policy.badges().face(badge.badge);
                earned.entry(badge.player).or_default().push(BadgeView::of(&badge, face));
            }
        }
        Ok(earned)
    }
}

impl BadgeView {
    pub(crate) fn of(record: &BadgeRecord, face: BadgeFace) -> Self {
        Self {
            badge: record.badge,
            category: record.badge.category(),
            face,
            tournament: record.tournament,
            earned_at: record.earned_at,
            revoked: record.revoked.map(|(by, revoked_at)| RevocationView {
                tournament: by.tournament,
                revision: by.revision,
                revoked_at,
            }),
        }
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
