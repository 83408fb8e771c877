//! What each placement pays, once it is known who is there.

use std::collections::BTreeMap;

use crate::{
    Outcome, Placement, Pool, Reward, RewardPolicy, TiedPrizes, TierReward,
    split::{Claim, Split},
};

/// What every player or team gets, once it is known who is there.
///
/// It holds one entry for each placement whose prize is shared, in a pool or with those who end
/// level; every other outcome tells by itself what it is worth.
#[derive(Debug, Clone)]
pub(crate) struct PrizeList<'a> {
    policy: &'a RewardPolicy,
    field_size: u32,
    shared: BTreeMap<u32, Prize>,
}

/// How many contenders, players or teams, each placement has; up to [`last_counted`].
pub(crate) type Contenders = BTreeMap<u32, u32>;

/// What is left for those of one placement.
#[derive(Debug, Clone, Copy)]
struct Prize {
    xp_base: Remaining,
    xp_bonus: Remaining,
    credits: Remaining,
}

/// Equal parts of an amount, the next `odd` of them with a unit more.
#[derive(Debug, Clone, Copy)]
struct Remaining {
    each: i64,
    odd: i64,
}

/// The places that the contenders of one placement have, and how often each of them is paid.
#[derive(Debug, Clone, Copy)]
struct Occupied {
    first: u32,
    last: u32,
    times: u32,
}

/// What is known of a field before anybody is paid.
struct Field<'a> {
    policy: &'a RewardPolicy,
    size: u32,
    contenders: &'a Contenders,
}

/// The last placement of which it matters how many have it.
pub(crate) fn last_counted(policy: &RewardPolicy, field_size: u32) -> u32 {
    let last_shared = match policy.tied_prizes() {
        TiedPrizes::Better => 0,
        TiedPrizes::Split => policy.last_tier_change(field_size),
    };
    last_shared.max(policy.pools().last_weight(field_size))
}

impl<'a> PrizeList<'a> {
    pub(crate) fn of(policy: &'a RewardPolicy, field_size: u32, contenders: &Contenders) -> Self {
        let field = Field { policy, size: field_size, contenders };
        let mut totals = field.worths();
        if let Some(pool) = &policy.pools().xp {
            field.share_out(pool, &mut totals, |it| &mut it.xp_base);
        }
        if let Some(pool) = &policy.pools().credits {
            field.share_out(pool, &mut totals, |it| &mut it.credits);
        }
        let prize =
            |((rank, count), total): ((&u32, &u32), Reward)| (*rank, Prize::of(total, *count));
        Self { policy, field_size, shared: contenders.iter().zip(totals).map(prize).collect() }
    }

    /// What the next contender of this outcome gets: players by ascending id, teams by name.
    pub(crate) fn next(&mut self, outcome: Outcome) -> Reward {
        let rank = outcome.placement().map(Placement::rank);
        match rank.and_then(|it| self.shared.get_mut(&it)) {
            Some(prize) => prize.next(),
            None => self.policy.reward(outcome, self.field_size),
        }
    }
}

impl Field<'_> {
    /// Where each of the contenders is paid, best first.
    fn occupied(&self) -> impl Iterator<Item = Occupied> + Clone {
        let tied_prizes = self.policy.tied_prizes();
        self.contenders.iter().map(move |(rank, count)| match tied_prizes {
            TiedPrizes::Better => Occupied { first: *rank, last: *rank, times: *count },
            TiedPrizes::Split => {
                let last = rank.saturating_add(count.saturating_sub(1));
                Occupied { first: *rank, last, times: 1 }
            }
        })
    }

    /// What the contenders of each placement get together, pools left out.
    fn worths(&self) -> Vec<Reward> {
        let mut neighbour: Option<(TierReward, Reward)> = None;
        let mut worth = |rank| {
            let worth = self.policy.worth_of_rank(rank, self.size);
            let known = neighbour.filter(|it| it.0 == worth);
            neighbour.insert(known.unwrap_or_else(|| (worth, self.policy.reward_of(worth)))).1
        };
        let last_change = self.policy.last_tier_change(self.size);
        let mut together = |Occupied { first, last, times }| {
            // All places behind the last change are worth the same, however many they are.
            let apart = last.min(last_change.max(first));
            let mut total = (first..=apart).fold(Reward::default(), |sum, it| sum + worth(it));
            total = total + worth(last) * (last - apart);
            total * times
        };
        self.occupied().map(&mut together).collect()
    }

    /// Adds the parts of a pool to what the contenders of each placement get together.
    fn share_out(
        &self,
        pool: &Pool,
        totals: &mut [Reward],
        currency: impl Fn(&mut Reward) -> &mut i64,
    ) {
        let last_weight = self.policy.pools().last_weight(self.size);
        let claims = |it: Occupied| {
            let places = it.first..=it.last.min(last_weight);
            places.map(move |rank| Claim { weight: pool.weight(rank, self.size), count: it.times })
        };
        let mut split = Split::of(pool.amount, self.occupied().flat_map(claims));
        for (occupied, total) in self.occupied().zip(totals) {
            for claim in claims(occupied) {
                let amount = currency(total);
                *amount = amount.saturating_add(split.parts(claim));
            }
        }
    }
}

impl Prize {
    fn of(total: Reward, count: u32) -> Self {
        let of = |amount| Remaining::of(amount, count);
        Self {
            xp_base: of(total.xp_base),
            xp_bonus: of(total.xp_bonus),
            credits: of(total.credits),
        }
    }

    fn next(&mut self) -> Reward {
        Reward {
            xp_base: self.xp_base.next(),
            xp_bonus: self.xp_bonus.next(),
            credits: self.credits.next(),
        }
    }
}

impl Remaining {
    fn of(amount: i64, count: u32) -> Self {
        let count = i64::from(count.max(1));
        Self { each: amount / count, odd: amount % count }
    }

    fn next(&mut self) -> i64 {
        let odd = self.odd.min(1);
        self.odd -= odd;
        self.each + odd
    }
}
