//! Arguments of what is about spending.

use std::time::Duration;

use clap::Args;

use super::names::{ChargeName, PlayerName, RefundName};

/// Arguments of `spend`.
#[derive(Debug, Args)]
pub(crate) struct Spend {
    /// Key or id of the player
    pub(crate) player: PlayerName,
    /// How many credits
    pub(crate) amount: i64,
    /// What for
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) memo: String,
    /// The charge's name or id; asking again under it charges nothing more. A new one by default
    #[arg(long, value_name = "CHARGE")]
    pub(crate) id: Option<ChargeName>,
}

/// Arguments of `hold`.
#[derive(Debug, Args)]
pub(crate) struct Hold {
    #[command(flatten)]
    pub(crate) spend: Spend,
    /// Give it back after so long, as in `15m`; never by default
    #[arg(long, value_name = "DURATION", value_parser = humantime::parse_duration)]
    pub(crate) expires_in: Option<Duration>,
}

/// Arguments of `settle`.
#[derive(Debug, Args)]
pub(crate) struct Settle {
    /// Key or id of the player
    pub(crate) player: PlayerName,
    /// Name or id of the hold
    pub(crate) charge: ChargeName,
    /// Charge only so many of its credits; all by default
    #[arg(long, value_name = "N")]
    pub(crate) amount: Option<i64>,
}

/// Arguments of `release`.
#[derive(Debug, Args)]
pub(crate) struct Release {
    /// Key or id of the player
    pub(crate) player: PlayerName,
    /// Name or id of the hold
    pub(crate) charge: ChargeName,
}

/// Arguments of `refund`.
#[derive(Debug, Args)]
pub(crate) struct Refund {
    /// Key or id of the player
    pub(crate) player: PlayerName,
    /// Name or id of the charge
    pub(crate) charge: ChargeName,
    /// Give only so many credits back; all that are left by default
    #[arg(long, value_name = "N")]
    pub(crate) amount: Option<i64>,
    /// The refund's name or id; asking again under it gives nothing more back. A new one by default
    #[arg(long, value_name = "REFUND")]
    pub(crate) id: Option<RefundName>,
}

/// Arguments of `holds`.
#[derive(Debug, Args)]
pub(crate) struct Holds {
    /// Key or id of the player
    pub(crate) player: PlayerName,
    /// Every charge, not only what is held
    #[arg(long)]
    pub(crate) all: bool,
    /// Start behind this charge
    #[arg(long, value_name = "CHARGE")]
    pub(crate) after: Option<ChargeName>,
    /// How many at most
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(crate) limit: u32,
}
