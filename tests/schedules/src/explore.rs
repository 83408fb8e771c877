//! Which order comes next: all of them, some drawn at random, or a list.

use std::collections::{BTreeSet, HashMap};

use crate::{
    Order,
    run::{Chooser, Crossing},
};

/// Chooses the orders of a search, one run after the other.
pub(crate) trait Walker: Chooser {
    /// Goes back to the first step; `false` when no order is left.
    fn start(&mut self) -> bool;

    /// The run is over, at its end or before.
    fn ended(&mut self, _cut_off: bool) {}

    /// How many states there were with something to choose, and how many orders lead through them.
    fn found(&self) -> (usize, u128);
}

/// A state with something to choose, by its name.
type State = (u64, Vec<u64>);

/// Every order, depth first. A run that comes to a state in which another has been is cut off: its
/// future is known.
#[derive(Debug, Default)]
pub(crate) struct Explorer {
    /// Orders to be gone into, up to the step that nobody has taken yet.
    pending: Vec<Order>,
    /// Numbers of the states that were seen.
    numbers: HashMap<State, usize>,
    /// By number of a state: where each of its choices has led; `None` is the end.
    paths: Vec<Vec<Option<usize>>>,
    /// The order that is being gone into.
    order: Order,
    /// The state in which the last choice was made.
    last: Option<usize>,
    started: bool,
}

impl Walker for Explorer {
    fn start(&mut self) -> bool {
        self.last = None;
        if !std::mem::replace(&mut self.started, true) {
            return true;
        }
        let Some(order) = self.pending.pop() else { return false };
        self.order = order;
        true
    }

    fn ended(&mut self, cut_off: bool) {
        if let (Some(last), false) = (self.last, cut_off) {
            self.paths[last].push(None);
        }
    }

    fn found(&self) -> (usize, u128) {
        (self.paths.len(), self.orders())
    }
}

impl Explorer {
    /// Orders that lead from the first state to an end: each state is reached by steps, so that the
    /// paths make no circle.
    fn orders(&self) -> u128 {
        let mut known: Vec<Option<u128>> = vec![None; self.paths.len()];
        let mut open = if self.paths.is_empty() { vec![] } else { vec![0] };
        while let Some(&state) = open.last() {
            let ahead = self.paths[state].iter().flatten().find(|it| known[**it].is_none());
            if let Some(ahead) = ahead {
                open.push(*ahead);
                continue;
            }
            let orders = |it: &Option<usize>| it.map_or(Some(1), |it| known[it]).unwrap_or(0);
            let sum = self.paths[state].iter().map(orders).fold(0, u128::saturating_add);
            known[state] = Some(sum);
            open.pop();
        }
        known.first().copied().flatten().unwrap_or(1)
    }

    /// Notes that the last choice has led to `state`.
    fn arrive(&mut self, state: usize) {
        if let Some(last) = self.last.replace(state) {
            self.paths[last].push(Some(state));
        }
    }
}

impl Chooser for Explorer {
    fn choose(&mut self, crossing: &Crossing<'_>) -> Option<usize> {
        let steps = crossing.taken.len();
        let [first, others @ ..] = crossing.ready else { return None };
        if others.is_empty() {
            return Some(*first);
        }
        if let Some(next) = self.order.at(steps) {
            if steps + 1 == self.order.len() {
                self.last = crossing.state().and_then(|it| self.numbers.get(&it)).copied();
            }
            return Some(next);
        }
        let number = self.numbers.len();
        let known = *self.numbers.entry(crossing.state()?).or_insert(number);
        self.arrive(known);
        if known != number {
            return None;
        }
        self.paths.push(vec![]);
        self.pending.extend(others.iter().rev().map(|it| crossing.taken.and(*it)));
        Some(*first)
    }
}

/// Some orders, drawn at random: the same ones for the same seed.
#[derive(Debug)]
pub(crate) struct Sampler {
    random: fastrand::Rng,
    left: usize,
}

impl Sampler {
    pub(crate) fn of(seed: u64, count: usize) -> Self {
        Self { random: fastrand::Rng::with_seed(seed), left: count }
    }
}

impl Walker for Sampler {
    fn start(&mut self) -> bool {
        let left = self.left.checked_sub(1);
        self.left = left.unwrap_or_default();
        left.is_some()
    }

    fn found(&self) -> (usize, u128) {
        (0, 0)
    }
}

impl Chooser for Sampler {
    fn choose(&mut self, crossing: &Crossing<'_>) -> Option<usize> {
        self.random.choice(crossing.ready).copied()
    }
}

/// Orders that somebody has listed.
#[derive(Debug)]
pub(crate) struct Listed {
    left: Vec<Order>,
    order: Order,
    /// The next step of the order.
    next: usize,
    walked: BTreeSet<Order>,
}

impl Listed {
    pub(crate) fn of(mut orders: Vec<Order>) -> Self {
        orders.reverse();
        Self { left: orders, order: Order::default(), next: 0, walked: BTreeSet::new() }
    }
}

impl Walker for Listed {
    fn start(&mut self) -> bool {
        let Some(order) = self.left.pop() else { return false };
        self.order = order;
        self.next = 0;
        self.walked.insert(self.order.clone());
        true
    }

    fn found(&self) -> (usize, u128) {
        (0, self.walked.len() as u128)
    }
}

impl Chooser for Listed {
    fn choose(&mut self, crossing: &Crossing<'_>) -> Option<usize> {
        while let Some(caller) = self.order.at(self.next) {
            self.next += 1;
            if crossing.ready.contains(&caller) {
                return Some(caller);
            }
        }
        crossing.ready.first().copied()
    }
}
