//! What can be asked: tournaments, awards, players, ledgers. None of it locks anything.

mod award;
mod badge;
mod ledger;
mod player;
mod reward;
mod tournament;

pub use self::{
    award::AwardView,
    badge::{BadgeView, RevocationView},
    ledger::EntryView,
    player::{AssessedSkill, LevelUpView, PlayerView, SkillView},
    reward::{RewardSummary, SkillChangeView},
    tournament::TournamentSummary,
};
