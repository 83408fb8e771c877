//! What can be asked: tournaments, awards, players, ledgers. None of it locks anything.

mod award;
mod badge;
mod player;
mod reward;
mod tournament;

pub use self::{
    award::AwardView,
    badge::{BadgeView, RevocationView},
    player::{AssessedSkill, EntryView, LevelUpView, PlayerView, SkillView},
    reward::{RewardSummary, SkillChangeView},
    tournament::TournamentSummary,
};
