//! What can be said to `guerdon assess`.

use std::path::PathBuf;

use app_service::domain::{NotASkillName, SkillName, Tenths};
use clap::Args;

use super::PlayerName;
use crate::import::percentage;

/// Arguments of `assess`: a file, or one word.
#[derive(Debug, Args)]
pub(crate) struct Assess {
    /// CSV with a header, or a JSON array: player, skill, percentage, assessor, occasion
    #[arg(required_unless_present = "player", conflicts_with = "player")]
    pub(crate) file: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) word: Option<Word>,
}

/// One word of one coach.
#[derive(Debug, Args)]
pub(crate) struct Word {
    /// Key or id of the player who is assessed
    #[arg(long, value_name = "PLAYER", required = false, requires_all = ["skill", "percentage", "assessor", "occasion"])]
    pub(crate) player: PlayerName,
    /// The skill
    #[arg(long, value_name = "SKILL", required = false, requires = "player", value_parser = skill)]
    pub(crate) skill: SkillName,
    /// 0 to 100, with at most one decimal
    #[arg(long, value_name = "N", required = false, requires = "player", value_parser = percentage)]
    pub(crate) percentage: Tenths,
    /// Who says so
    #[arg(long, value_name = "NAME", required = false, requires = "player")]
    pub(crate) assessor: String,
    /// When or for what: what one assessor says about one skill on one occasion counts once
    #[arg(long, value_name = "TEXT", required = false, requires = "player")]
    pub(crate) occasion: String,
}

fn skill(name: &str) -> Result<SkillName, NotASkillName> {
    SkillName::new(name)
}
