//! Gives back the holds that nobody has settled in time.

use std::{collections::BTreeMap, sync::Arc};

use domain::{Charge, ChargeMove, ChargeState, LockOrder, PlayerId};
use ports::{
    Locked, Players, Timestamp, UnitOfWork,
    spi::{ChargeName, ChargeRecord},
};
use serde::{Deserialize, Serialize};

use crate::{Guerdon, GuerdonError, requests::Keeping};

/// What looking after holds came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExpiredHolds {
    /// Holds that this call gave back, as far as it was told: what a commit did whose answer never
    /// came is not counted.
    pub expired: u64,
    /// Credits that they had set aside.
    pub credits: i64,
    /// Players whose rows cannot be read, in ascending id: their holds stay.
    pub unreadable: Vec<PlayerId>,
}

/// Holds of one page, one of each player, and until when they were to be settled.
#[derive(Clone)]
struct Page {
    names: Arc<[ChargeName]>,
    now: Timestamp,
    /// What had been given back before.
    before: ExpiredHolds,
    keeping: Keeping,
}

impl Guerdon {
    /// Gives back every hold that has expired by now, page by page, each in a transaction of its
    /// own. Any number of callers may do this at once, and again after any failure.
    #[tracing::instrument(skip(self))]
    pub async fn expire_holds(&self) -> Result<ExpiredHolds, GuerdonError> {
        let now = self.now();
        let mut total = self.kept()?.unwrap_or_default();
        // Each round ends the first due hold of every player who has one and can be read.
        while self.expire_firsts(now, &mut total).await? {}
        total.unreadable.sort_unstable();
        total.unreadable.dedup();
        Ok(total)
    }

    /// `false` when there is nothing left to do.
    async fn expire_firsts(
        &self,
        now: Timestamp,
        total: &mut ExpiredHolds,
    ) -> Result<bool, GuerdonError> {
        let (mut after, mut some) = (None, false);
        loop {
            let due = self.store().list_due_holds(now, after, self.settings.chunk()).await?;
            let Some(last) = due.last() else { return Ok(some) };
            after = Some(last.charge.player);
            let listed = due.len();
            let names = due.iter().map(|it| (it.charge.player, it.charge.id)).collect();
            let page = Page { names, now, before: total.clone(), keeping: self.keeping() };
            let unreadable = total.unreadable.len();
            *total = self.units.run("expire", move |uow| expire(uow, page.clone())).await?;
            some |= total.unreadable.len() - unreadable < listed;
        }
    }
}

impl ExpiredHolds {
    fn with(mut self, other: Self) -> Self {
        self.expired += other.expired;
        self.credits = self.credits.saturating_add(other.credits);
        self.unreadable.extend(other.unreadable);
        self
    }
}

/// What came between the page and the locks has ended some of them. Answers all that has been given
/// back by now.
async fn expire(mut uow: UnitOfWork, page: Page) -> Result<ExpiredHolds, GuerdonError> {
    let players = uow.lock_players(&LockOrder::of(page.names.iter().map(|it| it.0))).await?;
    let (names, unreadable) = readable(&players, &page.names);
    let due = players.find_charges(&names).await?;
    let due = due.iter().filter(|it| is_due(it, page.now));
    let moves: Vec<ChargeMove> = due.filter_map(|it| it.charge.expire().ok()).collect();
    let credits = moves.iter().filter_map(|it| it.before).map(|it: Charge| it.amount);
    let expired = ExpiredHolds {
        expired: moves.len() as u64,
        credits: credits.fold(0, i64::saturating_add),
        unreadable,
    };
    if !moves.is_empty() {
        players.move_charges(&moves).await?;
    }
    let before = page.keeping.found(&uow).await?.unwrap_or(page.before);
    let total = before.with(expired);
    page.keeping.commit(uow, &total).await?;
    Ok(total)
}

fn is_due(record: &ChargeRecord, now: Timestamp) -> bool {
    record.charge.state == ChargeState::Held && record.expires_at.is_some_and(|it| it <= now)
}

/// The holds of players who can be read, and the players who cannot.
fn readable(
    players: &Locked<'_, Players>,
    names: &[ChargeName],
) -> (Vec<ChargeName>, Vec<PlayerId>) {
    let by_player: BTreeMap<_, _> = names.iter().copied().collect();
    let (readable, unreadable): (Vec<_>, Vec<_>) =
        by_player.into_iter().partition(|it| matches!(players.get(it.0), Some(Ok(_))));
    (readable, unreadable.into_iter().map(|it| it.0).collect())
}
