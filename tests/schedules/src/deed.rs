//! What one caller does: one use case, or one unit of work of its own.

use std::sync::Arc;

use app_service::{
    Charged, CorrectedResults, Correction, DistributeScope, GuerdonError, Invariant, Spending,
};
use conformance::StandingClock;
use domain::{
    Assessment, AssessmentId, BadgeType, Cause, ChargeId, Currency, LockOrder, NewBadge, NewEntry,
    PlayerId, RefundId, SkillName, Tenths, TournamentId,
};
use ports::{
    RetryPolicy, UnitOfWork, UnitsOfWork,
    spi::{Recorded, Store},
};
use races::{Arena, amended, rule};

use crate::{
    Ranking,
    scenario::{CHARGE, CHARGED},
};

/// What one caller does. Tournaments are named by their keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Deed {
    /// Freezes the plan of a tournament and pays it.
    Finalize(&'static str),
    /// Pays what a tournament still owes.
    Distribute(&'static str),
    /// Puts the results of a tournament in, backwards.
    Resubmit(&'static str),
    /// Corrects the results of a tournament, as previewed before anybody comes.
    Correct(&'static str, Amendment),
    /// Gives everybody a badge for every tournament by whose end the player has won one.
    Backfill,
    /// Says something as the coach of this number about the player of this one.
    Assess {
        /// Two coaches of one number say the same thing once.
        coach: usize,
        /// Of the players of the ground.
        player: usize,
    },
    /// Says something as the coach of this number about every player, in one batch, in this order.
    AssessAll {
        /// Two coaches of one number say the same things once.
        coach: usize,
        /// The order of the batch: from the first player on, or back to the first one.
        order: Ranking,
    },
    /// Spends 60 credits of the first player, under the name of this number.
    Spend(u32),
    /// Settles 20 credits of the first player's hold.
    Settle,
    /// Gives back every hold that is due.
    Expire,
    /// Gives back 40 credits of the first player's charge, as the refund of this number.
    Refund(u32),
    /// Posts the first player's XP of a tournament, in a unit of work of its own.
    Post(&'static str),
    /// Awards the first player a badge that is had once in a life, for a tournament.
    Decorate(&'static str),
}

/// What the results of a tournament are corrected to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Amendment {
    /// The players came in in this order.
    Order(Ranking),
    /// The first player is disqualified, and everybody behind moves up.
    FirstDisqualified,
}

/// What a caller was told at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// Participants paid, entries posted, badges awarded or charges moved by this call.
    pub paid: u64,
}

impl Deed {
    /// What the caller has been shown before it comes: of a correction, the plan that it makes.
    pub async fn foresee(self, arena: &Arena) -> Option<Correction> {
        let Self::Correct(key, amendment) = self else { return None };
        let results = amendment.results(&arena.players);
        let foreseen = arena.correction(TournamentId::of(key), results).await;
        Some(foreseen.expect("a frozen cup can be corrected"))
    }

    /// Does it, on the store that `arena` and `store` lead to.
    pub async fn run(
        self,
        arena: Arena,
        store: Arc<dyn Store>,
        foreseen: Option<Correction>,
    ) -> Result<Told, GuerdonError> {
        let id = TournamentId::of;
        let paid = match self {
            Self::Finalize(key) => arena.finalize(id(key)).await?.applied,
            Self::Distribute(key) => {
                arena.distribute(id(key), DistributeScope::Pending).await?.applied
            }
            Self::Resubmit(key) => {
                let backwards = Ranking::Backwards.of(&arena.players);
                arena.submit(id(key), &backwards).await.map(|_| 0)?
            }
            Self::Correct(key, _) => {
                let foreseen = foreseen.expect("a correction is previewed");
                arena.correct(id(key), foreseen).await?.applied
            }
            Self::Backfill => arena.backfill(&rule("wins")).await?.badges,
            Self::Assess { coach, player } => {
                let assessment = assessment(coach, arena.players[player]);
                arena.guerdon.assess(assessment).await.map(|_| 0)?
            }
            Self::AssessAll { coach, order } => {
                let players = order.of(&arena.players);
                let batch: Vec<_> = players.into_iter().map(|it| assessment(coach, it)).collect();
                arena.guerdon.assess_all(&batch).await.map(|_| 0)?
            }
            Self::Spend(number) => {
                let spending = spending(&arena, number);
                done(&arena.guerdon.spend(spending).await?)
            }
            Self::Settle => {
                let settled =
                    arena.guerdon.settle(arena.players[0], ChargeId::of(CHARGE), Some(20));
                done(&settled.await?)
            }
            Self::Expire => arena.guerdon.expire_holds().await?.expired,
            Self::Refund(number) => {
                let refund = RefundId::of(&number.to_string());
                let charge = ChargeId::of(CHARGE);
                done(&arena.guerdon.refund(arena.players[0], charge, refund, Some(40)).await?)
            }
            Self::Post(key) => alone(store, Gift::Entry(entry(&arena, id(key)))).await?,
            Self::Decorate(key) => alone(store, Gift::Badge(badge(&arena, id(key)))).await?,
        };
        Ok(Told { paid })
    }

    /// Whether `error` is one of the answers that this deed may get when somebody else was first.
    #[must_use]
    pub fn may_be_told(self, error: &GuerdonError) -> bool {
        match self {
            Self::Finalize(_) => matches!(error, GuerdonError::Conflict { .. }),
            Self::Distribute(_) => {
                matches!(error, GuerdonError::Conflict { .. } | GuerdonError::NotFinalized { .. })
            }
            Self::Resubmit(_) => matches!(error, GuerdonError::ResultsFrozen { .. }),
            Self::Correct(..) => {
                matches!(error, GuerdonError::Conflict { .. } | GuerdonError::StalePlan { .. })
            }
            Self::Spend(_) => matches!(error, GuerdonError::NotEnoughCredits { .. }),
            Self::Settle | Self::Refund(_) => matches!(error, GuerdonError::Unchargeable(_)),
            Self::Backfill
            | Self::Expire
            | Self::Assess { .. }
            | Self::AssessAll { .. }
            | Self::Post(_)
            | Self::Decorate(_) => false,
        }
    }
}

impl Deed {
    /// The invariant that this deed breaks by itself: a part of a payment is no payment.
    pub(crate) fn leaves_broken(self) -> Option<Invariant> {
        matches!(self, Self::Post(_)).then_some(Invariant::R04)
    }
}

impl Amendment {
    fn results(self, players: &[PlayerId]) -> CorrectedResults {
        match self {
            Self::Order(ranking) => amended(&ranking.of(players)),
            Self::FirstDisqualified => {
                CorrectedResults::Disqualified(players.first().copied().into_iter().collect())
            }
        }
    }
}

fn assessment(coach: usize, player: PlayerId) -> Assessment {
    Assessment {
        id: AssessmentId::of(&format!("coach-{coach}")),
        player,
        skill: SkillName::new("technique").expect("a skill name"),
        percentage: Tenths::new(700 + 10 * i32::try_from(coach).unwrap_or_default()),
        assessor: format!("coach {coach}"),
    }
}

fn spending(arena: &Arena, number: u32) -> Spending {
    let charge = ChargeId::of(&number.to_string());
    Spending { player: arena.players[0], charge, amount: CHARGED, memo: "spent".to_owned() }
}

/// What this call has done, and no other.
fn done(charged: &Charged) -> u64 {
    u64::from(charged.recorded == Recorded::New)
}

fn entry(arena: &Arena, tournament: TournamentId) -> NewEntry {
    NewEntry::new(arena.players[0], Currency::Xp, 50, Cause::Award { tournament, revision: 0 })
}

fn badge(arena: &Arena, tournament: TournamentId) -> NewBadge {
    NewBadge::new(arena.players[0], tournament, BadgeType::TournamentVeteran)
}

/// What a unit of work of its own gives to one player.
#[derive(Clone)]
enum Gift {
    Entry(NewEntry),
    Badge(NewBadge),
}

async fn alone(store: Arc<dyn Store>, gift: Gift) -> Result<u64, GuerdonError> {
    let units = UnitsOfWork::new(store).with_retries(RetryPolicy::NEVER);
    units.with_clock(StandingClock::shared()).run("gift", move |uow| give(uow, gift.clone())).await
}

async fn give(mut uow: UnitOfWork, gift: Gift) -> Result<u64, GuerdonError> {
    let (Gift::Entry(NewEntry { player, .. }) | Gift::Badge(NewBadge { player, .. })) = &gift;
    let players = uow.lock_players(&LockOrder::of([*player])).await?;
    let recorded = match gift {
        Gift::Entry(entry) => players.post_entries(&[entry]).await?,
        Gift::Badge(badge) => players.award_badges(&[badge]).await?,
    };
    uow.commit().await?;
    Ok(recorded.iter().filter(|it| **it == Recorded::New).count() as u64)
}
