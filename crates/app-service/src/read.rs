//! What can be asked: tournaments, awards, players, ledgers. None of it locks anything.

mod award;
mod ledger;
mod player;
mod reward;
mod tournament;

pub use self::{
    award::AwardView,
    ledger::EntryView,
    player::{AssessedSkill, PlayerView, SkillView},
    reward::{BadgeView, RevocationView, RewardSummary, SkillChangeView},
    tournament::TournamentSummary,
};
