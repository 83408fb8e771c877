//! Who could not be paid, and why.

use app_service::{AwardView, Distribution, Guerdon, GuerdonError};

use super::paging;
use crate::output::{Payment, Unpaid};

/// Nobody mends more of them in one go.
const SHOWN_MAX: usize = 100;

/// What a distribution came to; if somebody is not paid, then who and why, whichever call failed.
pub(super) async fn explain(
    guerdon: &Guerdon,
    distribution: Distribution,
) -> Result<Payment, GuerdonError> {
    if distribution.is_complete() {
        return Ok(Payment::Distributed(distribution));
    }
    let mut unpaid = vec![];
    let mut pages = paging::Awards::of(guerdon, distribution.tournament.id);
    while let Some(page) = pages.next().await? {
        unpaid.extend(page.into_iter().filter_map(failed));
        if unpaid.len() >= SHOWN_MAX {
            break;
        }
    }
    unpaid.truncate(SHOWN_MAX);
    Ok(Payment::Incomplete { distribution, unpaid })
}

fn failed(award: AwardView) -> Option<Unpaid> {
    let AwardView { player, player_key, failure, .. } = award;
    Some(Unpaid { player, player_key, reason: failure? })
}
