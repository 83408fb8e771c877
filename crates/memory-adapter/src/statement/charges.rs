//! Statements about charges.

use domain::{Charge, ChargeMove, ChargeState, LockOrder};
use ports::{
    StoreError, Timestamp,
    spi::{ChargeName, ChargeRecord, NewCharge, Recorded},
};

use super::Statement;
use crate::{PlayerRow, refusal::corrupt};

impl Statement<'_> {
    /// CHARGE-1
    pub(crate) fn select_charges(&self, names: &[ChargeName]) -> Vec<ChargeRecord> {
        find(names, |player| self.player(player))
    }

    pub(crate) fn insert_charges(
        &mut self,
        charges: &[NewCharge],
        at: Timestamp,
    ) -> Result<Vec<Recorded>, StoreError> {
        charges.iter().map(|it| self.owner_of(it.charge.player)?.charge(it, at)).collect()
    }

    pub(crate) fn update_charges(
        &mut self,
        moves: &[ChargeMove],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        moves.iter().try_for_each(|it| self.owner_of(it.after.player)?.move_charge(it, at))
    }
}

/// Charges by name in the rows that `player` finds, in ascending order, each once.
pub(crate) fn find<'a>(
    names: &[ChargeName],
    player: impl Fn(domain::PlayerId) -> Option<&'a PlayerRow>,
) -> Vec<ChargeRecord> {
    let order = LockOrder::of(names.iter().copied());
    let find = |(owner, id): &ChargeName| player(*owner)?.charges.get(id).cloned();
    order.as_slice().iter().filter_map(find).collect()
}

impl PlayerRow {
    /// CHARGE-2, and what the checks of a database refuse.
    fn charge(&mut self, new: &NewCharge, at: Timestamp) -> Result<Recorded, StoreError> {
        if self.charges.contains_key(&new.charge.id) {
            return Ok(Recorded::Replayed);
        }
        if new.charge.amount < 1 || new.charge.settled > new.charge.amount {
            return Err(corrupt("charges", "a charge takes something, and no more than it says"));
        }
        let record = ChargeRecord {
            charge: new.charge,
            memo: new.memo.clone(),
            expires_at: new.expires_at,
            refunds: std::collections::BTreeMap::new(),
            created_at: at,
            changed_at: at,
        };
        self.charges.insert(new.charge.id, record);
        Ok(Recorded::New)
    }

    /// CHARGE-3, CHARGE-4
    fn move_charge(&mut self, it: &ChargeMove, at: Timestamp) -> Result<(), StoreError> {
        let new = it.after;
        let known = self.charges.get_mut(&new.id).filter(|known| it.before == Some(known.charge));
        let known = known.ok_or_else(|| corrupt("charges", "a charge is as its move found it"))?;
        let bounds = (0..=known.charge.amount).contains(&new.settled)
            && (known.charge.refunded..=new.settled).contains(&new.refunded)
            && (new.state == ChargeState::Settled) == (new.settled > 0);
        if !bounds {
            return Err(corrupt("charges", "a charge gives back what it took at most"));
        }
        let Charge { settled, refunded, state, .. } = new;
        known.charge = Charge { settled, refunded, state, ..known.charge };
        known.changed_at = at;
        Ok(())
    }
}
