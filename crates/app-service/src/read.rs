//! What can be asked: tournaments, awards, players, ledgers. None of it locks anything.

mod award;
mod player;
mod reward;
mod tournament;

pub use self::{
    award::AwardView,
    player::{AssessedSkill, EntryView, PlayerView, SkillView},
    reward::{BadgeView, RevocationView, RewardSummary, SkillChangeView},
    tournament::TournamentSummary,
};
