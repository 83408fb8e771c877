//! What makes an entry the only one of its kind.

use std::fmt;

use super::{Cause, ChargeStep, Currency};
use crate::PlayerId;

/// Names one movement, for ever: the same cause always makes the same key.
///
/// Made of immutable parts only. A placement, an amount, a time or a random number in a key would
/// let a changed result pay twice, so there is no constructor that takes one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// The key of what `cause` moves in one account of `player`.
    ///
    /// A hold ends once, so settling, releasing and expiring have one key. What repays a debt on
    /// the way in is a movement of its own.
    #[must_use]
    pub fn of(cause: &Cause, player: PlayerId, currency: Currency) -> Self {
        match cause {
            Cause::Award { tournament, revision } => {
                Self(format!("reward:{tournament}:{player}:{currency}:{revision}"))
            }
            Cause::LevelUp { level, .. } => {
                Self(format!("level_up:{player}:{level}{}", suffix(currency)))
            }
            Cause::Charge { charge, step } => {
                let end = suffix(currency);
                Self(match step {
                    ChargeStep::Spend => format!("charge:{charge}:spend{end}"),
                    ChargeStep::Hold => format!("charge:{charge}:hold{end}"),
                    ChargeStep::Settle | ChargeStep::Release | ChargeStep::Expire => {
                        format!("charge:{charge}:end{end}")
                    }
                    ChargeStep::Refund(id) => format!("charge:{charge}:refund:{id}{end}"),
                })
            }
        }
    }

    /// The key as stored.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for IdempotencyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Levels and charges are about credits, so only another currency is named.
fn suffix(currency: Currency) -> &'static str {
    match currency {
        Currency::Credit => "",
        Currency::Xp => ":XP",
        Currency::Debt => ":DEBT",
    }
}
