//! What can be asked: tournaments, awards, players, ledgers. None of it locks anything.

mod award;
mod badge;
mod leaders;
mod ledger;
mod names;
mod player;
mod reward;
mod showcase;
mod tournament;

pub use self::{
    award::AwardView,
    badge::{BadgeView, RevocationView},
    leaders::LeaderView,
    ledger::EntryView,
    player::{AssessedSkill, LevelUpView, PlayerView, SkillView},
    reward::{RewardSummary, SkillChangeView},
    showcase::{Showcase, ShownBadge},
    tournament::TournamentSummary,
};
