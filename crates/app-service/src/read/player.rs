//! Players as people ask for them: balances and skills.

use domain::{
    Assessed, LevelUp, Player, PlayerId, SkillEntry, SkillName, Tenths, Tier, TournamentId,
};
use ports::{
    StoreError, Timestamp,
    spi::{LevelUpRecord, PlayerRecord},
};
use serde::Serialize;

use super::{BadgeView, badge::Faces};
use crate::{Guerdon, GuerdonError};

/// Everything that a player owns.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlayerView {
    /// Who.
    pub id: PlayerId,
    /// The natural identity.
    pub key: String,
    /// What people call the player.
    pub name: String,
    /// Sum of the XP ledger.
    pub xp_balance: i64,
    /// Sum of the credit ledger.
    pub credit_balance: i64,
    /// Credits that the player owes; what comes in repays them first.
    pub debt: i64,
    /// Tournaments taken part in.
    pub tournaments: u32,
    /// First places in a row.
    pub win_streak: u32,
    /// The highest level that was ever reached; 0 before the first.
    pub level: u32,
    /// Every level that was reached, lowest first.
    pub level_ups: Vec<LevelUpView>,
    /// Skills, by name.
    pub skills: Vec<SkillView>,
    /// Badges, by tournament and type.
    pub badges: Vec<BadgeView>,
}

/// One skill of one player.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SkillView {
    /// Which skill.
    pub skill: SkillName,
    /// Where the steps have led, with one decimal.
    pub level: f64,
    /// What that level is called.
    pub tier: Tier,
    /// How many steps.
    pub steps: u32,
    /// What coaches say.
    pub assessed: Option<AssessedSkill>,
}

/// What coaches say of one skill.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct AssessedSkill {
    /// Mean of the assessments, in percent with one decimal.
    pub mean: f64,
    /// How many.
    pub count: u32,
}

/// A level that a player has reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LevelUpView {
    /// Which level.
    pub level: u32,
    /// The tournament that lifted the player to it.
    pub tournament: TournamentId,
    /// The revision of the award that did; 0 for the first.
    pub revision: u32,
    /// What it paid.
    pub credits: i64,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub reached_at: Timestamp,
}

impl Guerdon {
    /// Everything that a player owns.
    #[tracing::instrument(skip(self))]
    pub async fn profile(&self, id: PlayerId) -> Result<PlayerView, GuerdonError> {
        self.profiles(&[id]).await?.into_iter().next().ok_or(GuerdonError::NoPlayer(id))
    }

    /// Everything that these players own, ascending by id; who is not registered is left out.
    #[tracing::instrument(skip_all, fields(players = ids.len()))]
    pub async fn profiles(&self, ids: &[PlayerId]) -> Result<Vec<PlayerView>, GuerdonError> {
        let found = self.store().find_players(ids).await?;
        self.player_views(found).await
    }

    /// A page of all players, ascending by id, behind `after`.
    #[tracing::instrument(skip(self))]
    pub async fn players(
        &self,
        after: Option<PlayerId>,
        limit: u32,
    ) -> Result<Vec<PlayerView>, GuerdonError> {
        let found = self.store().list_players(after, limit).await?;
        self.player_views(found).await
    }

    async fn player_views(
        &self,
        records: Vec<PlayerRecord>,
    ) -> Result<Vec<PlayerView>, GuerdonError> {
        let ids: Vec<PlayerId> = records.iter().map(|it| it.id).collect();
        let badges = self.store().find_badges(&ids).await?;
        let faces = Faces::of(self.store(), &badges).await?;
        let mut badges = badges.into_iter().peekable();
        let mut level_ups = self.store().find_level_ups(&ids).await?.into_iter().peekable();
        let mut views = Vec::with_capacity(records.len());
        for record in records {
            let mut own = vec![];
            while let Some(badge) = badges.next_if(|it| it.player <= record.id) {
                own.push(faces.view(&badge));
            }
            let mut reached = vec![];
            while let Some(it) = level_ups.next_if(|it| it.level_up.player <= record.id) {
                reached.push(LevelUpView::of(&it));
            }
            views.push(PlayerView::of(record, own, reached)?);
        }
        Ok(views)
    }
}

impl PlayerView {
    fn of(
        record: PlayerRecord,
        badges: Vec<BadgeView>,
        level_ups: Vec<LevelUpView>,
    ) -> Result<Self, GuerdonError> {
        let PlayerRecord { id, key, name, state } = record;
        let Player { progress, accounts, profile, .. } = state.map_err(|corrupt| {
            let rule = corrupt.to_string();
            StoreError::Corrupt { table: corrupt.table, rule, source: None }
        })?;
        Ok(Self {
            id,
            key,
            name,
            xp_balance: accounts.xp.balance,
            credit_balance: accounts.credit.balance,
            debt: accounts.debt.balance,
            tournaments: progress.tournaments,
            win_streak: progress.win_streak,
            level: progress.level_max,
            level_ups,
            skills: profile.iter().map(|(skill, entry)| SkillView::of(skill, entry)).collect(),
            badges,
        })
    }
}

impl SkillView {
    fn of(skill: &SkillName, entry: &SkillEntry) -> Self {
        let SkillEntry { level, steps, assessed } = *entry;
        Self {
            skill: skill.clone(),
            level: level.as_f64(),
            tier: Tier::of(level),
            steps,
            assessed: assessed.map(AssessedSkill::of),
        }
    }
}

impl AssessedSkill {
    fn of(assessed: Assessed) -> Self {
        Self { mean: Tenths::as_f64(assessed.mean()), count: assessed.count }
    }
}

impl LevelUpView {
    pub(crate) fn of(record: &LevelUpRecord) -> Self {
        let LevelUpRecord { level_up, reached_at } = *record;
        let LevelUp { level, tournament, revision, credits, .. } = level_up;
        Self { level, tournament, revision, credits, reached_at }
    }
}
