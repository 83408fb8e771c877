//! Random sequences of operations on one player's credits keep to a model of a few lines.

use std::collections::BTreeMap;

use app_service::{Charged, GuerdonError, Recorded, Spending, SystemClock};
use domain::{
    Cause, ChargeId, ChargeOrigin, ChargeState, Currency, LockOrder, NewEntry, PlayerId, RefundId,
    TournamentId,
};
use ports::{UnitsOfWork, spi::Store};
use proptest::prelude::*;

use crate::{arena::Arena, spending::rich};

/// Something that is asked about one of a few charges.
#[derive(Debug, Clone, Copy)]
enum Act {
    Spend(u8, i64),
    Hold(u8, i64),
    Settle(u8, i64),
    Release(u8),
    Refund(u8, u8, i64),
    Expire,
    /// A correction leaves a debt.
    Owe(i64),
}

/// What there should be.
#[derive(Debug, Default)]
struct Model {
    credits: i64,
    debt: i64,
    debts_made: u32,
    charges: BTreeMap<u8, ModelCharge>,
}

#[derive(Debug)]
struct ModelCharge {
    origin: ChargeOrigin,
    amount: i64,
    settled: i64,
    refunds: BTreeMap<u8, i64>,
    state: ChargeState,
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn balance_is_what_the_model_says_and_never_below_zero(
        acts in prop::collection::vec(act(), 1..40),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
        runtime.unwrap().block_on(async {
            let (arena, player) = rich().await;
            let mut model = Model { credits: 100, ..Model::default() };
            for act in acts {
                let done = ask(&arena, player, &mut model, act).await;
                assert_eq!(done, model.allows(act), "{act:?} of {model:#?}");
                compare(&arena, player, &model).await;
            }
            let report = arena.guerdon.verify(app_service::VerifyOptions::default()).await.unwrap();
            let spending = [app_service::Invariant::R03, app_service::Invariant::R05,
                app_service::Invariant::R09];
            for check in report.checks.iter().filter(|it| spending.contains(&it.invariant)) {
                assert_eq!(check.violations_total, 0, "{check:#?}");
            }
        });
    }
}

fn act() -> impl Strategy<Value = Act> {
    let (charge, refund, amount) = (0..4_u8, 0..3_u8, 1..70_i64);
    prop_oneof![
        3 => (charge.clone(), amount.clone()).prop_map(|(id, amount)| Act::Spend(id, amount)),
        3 => (charge.clone(), amount.clone()).prop_map(|(id, amount)| Act::Hold(id, amount)),
        2 => (charge.clone(), amount.clone()).prop_map(|(id, amount)| Act::Settle(id, amount)),
        2 => charge.clone().prop_map(Act::Release),
        3 => (charge, refund, amount.clone())
            .prop_map(|(id, refund, amount)| Act::Refund(id, refund, amount)),
        1 => Just(Act::Expire),
        1 => amount.prop_map(Act::Owe),
    ]
}

/// Whether it was done by this call.
async fn ask(arena: &Arena, player: PlayerId, model: &mut Model, act: Act) -> bool {
    let guerdon = &arena.guerdon;
    let answer = match act {
        Act::Spend(id, amount) => guerdon.spend(spending(player, id, amount)).await,
        Act::Hold(id, amount) => {
            // Every other one is due at once.
            let expires_at =
                (id % 2 == 0).then(|| SystemClock::shared().now() - time::Duration::MINUTE);
            guerdon.hold(spending(player, id, amount), expires_at).await
        }
        Act::Settle(id, amount) => guerdon.settle(player, charge(id), Some(amount)).await,
        Act::Release(id) => guerdon.release(player, charge(id)).await,
        Act::Refund(id, refund, amount) => {
            let refund = RefundId::of(&refund.to_string());
            guerdon.refund(player, charge(id), refund, Some(amount)).await
        }
        Act::Expire => return guerdon.expire_holds().await.unwrap().expired > 0,
        Act::Owe(amount) => return owe(arena, player, model.debts_made, amount).await,
    };
    was_done(answer)
}

fn was_done(answer: Result<Charged, GuerdonError>) -> bool {
    use GuerdonError::{ChargeDiffers, NoCharge, NotEnoughCredits, Unchargeable};
    match answer {
        Ok(charged) => charged.recorded == Recorded::New,
        Err(ChargeDiffers { .. } | NoCharge { .. } | NotEnoughCredits { .. } | Unchargeable(_)) => {
            false
        }
        Err(error) => panic!("{error}"),
    }
}

async fn owe(arena: &Arena, player: PlayerId, number: u32, amount: i64) -> bool {
    let cause = Cause::Award { tournament: TournamentId::of("corrected"), revision: number + 1 };
    let entry = NewEntry::new(player, Currency::Debt, amount, cause);
    let units = UnitsOfWork::new(std::sync::Arc::new(arena.store.clone()));
    let posted = units.run("owe", move |mut uow| {
        let entry = entry.clone();
        async move {
            let players = uow.lock_players(&LockOrder::of([player])).await?;
            players.post_entries(&[entry]).await?;
            uow.commit().await
        }
    });
    posted.await.unwrap();
    true
}

impl Model {
    /// Does it, if it can be done.
    fn allows(&mut self, act: Act) -> bool {
        match act {
            Act::Spend(id, amount) => self.begins(id, ChargeOrigin::Spend, amount),
            Act::Hold(id, amount) => self.begins(id, ChargeOrigin::Hold, amount),
            Act::Settle(id, amount) => {
                self.ends(id, |it| (amount <= it.amount).then_some((amount, ChargeState::Settled)))
            }
            Act::Release(id) => self.ends(id, |_| Some((0, ChargeState::Released))),
            Act::Expire => {
                let ended = [0, 2].map(|id| self.ends(id, |_| Some((0, ChargeState::Expired))));
                ended.contains(&true)
            }
            Act::Refund(id, refund, amount) => {
                let Some(charge) = self.charges.get_mut(&id) else { return false };
                let refunded: i64 = charge.refunds.values().sum();
                let known = charge.refunds.contains_key(&refund);
                if known || refunded + amount > charge.settled {
                    return false;
                }
                charge.refunds.insert(refund, amount);
                self.come_in(amount);
                true
            }
            Act::Owe(amount) => {
                (self.debt, self.debts_made) = (self.debt + amount, self.debts_made + 1);
                true
            }
        }
    }

    fn begins(&mut self, id: u8, origin: ChargeOrigin, amount: i64) -> bool {
        if self.charges.contains_key(&id) || amount > self.credits {
            return false;
        }
        self.credits -= amount;
        let (settled, state) = match origin {
            ChargeOrigin::Spend => (amount, ChargeState::Settled),
            ChargeOrigin::Hold => (0, ChargeState::Held),
        };
        let refunds = BTreeMap::new();
        self.charges.insert(id, ModelCharge { origin, amount, settled, refunds, state });
        true
    }

    fn ends(
        &mut self,
        id: u8,
        end: impl FnOnce(&ModelCharge) -> Option<(i64, ChargeState)>,
    ) -> bool {
        let Some(charge) = self.charges.get_mut(&id) else { return false };
        if charge.state != ChargeState::Held {
            return false;
        }
        let Some((settled, state)) = end(charge) else { return false };
        (charge.settled, charge.state) = (settled, state);
        let back = charge.amount - settled;
        self.come_in(back);
        true
    }

    fn come_in(&mut self, amount: i64) {
        let repaid = amount.min(self.debt);
        self.debt -= repaid;
        self.credits += amount - repaid;
    }
}

async fn compare(arena: &Arena, player: PlayerId, model: &Model) {
    let view = arena.guerdon.profile(player).await.unwrap();
    assert_eq!((view.credit_balance, view.debt), (model.credits, model.debt));
    assert!(view.credit_balance >= 0 && view.debt >= 0);
    let names: Vec<_> = model.charges.keys().map(|it| (player, charge(*it))).collect();
    let stored = arena.store.find_charges(&names).await.unwrap();
    assert_eq!(stored.len(), model.charges.len());
    for (id, expected) in &model.charges {
        let found = stored.iter().find(|it| it.charge.id == charge(*id)).unwrap();
        let refunds = expected.refunds.iter();
        let refunds = refunds.map(|it| (RefundId::of(&it.0.to_string()), *it.1)).collect();
        assert_eq!((found.charge.origin, found.charge.state), (expected.origin, expected.state));
        assert_eq!(
            (found.charge.amount, found.charge.settled),
            (expected.amount, expected.settled)
        );
        assert_eq!(found.refunds, refunds);
    }
}

fn spending(player: PlayerId, id: u8, amount: i64) -> Spending {
    Spending { player, charge: charge(id), amount, memo: String::new() }
}

fn charge(id: u8) -> ChargeId {
    ChargeId::of(&id.to_string())
}
