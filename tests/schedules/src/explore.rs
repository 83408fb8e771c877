//! Which order comes next: all of them, some drawn at random, or a list.

use std::{collections::HashMap, fmt};

use crate::{
    Order,
    order::Turn,
    run::{Chooser, Crossing},
};

/// Chooses the orders of a search, one run after the other.
pub(crate) trait Walker: Chooser {
    /// Goes back to the first step; `false` when no order is left.
    fn start(&mut self) -> bool;

    /// The run is over, at its end or before.
    fn ended(&mut self, _cut_off: bool) {}

    /// What was found on the way.
    fn found(&self) -> Found;
}

/// What was found on the way through the orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// All of them were gone into.
    All {
        /// States in which there was something to choose.
        states: usize,
        /// Orders from the first step to the last, of which the runs have shown where they lead.
        orders: u128,
    },
    /// Some were drawn at random.
    Some,
    /// They were listed.
    Listed {
        /// Steps of the list that could not be taken in their turn, because their caller waited.
        passed_over: usize,
    },
}

/// A state with something to choose, by its name.
type State = (u64, Vec<u64>);

/// Every order, depth first. A run that comes to a state in which another has been is cut off: its
/// future is known.
#[derive(Debug, Default)]
pub(crate) struct Explorer {
    /// Orders to be gone into, up to the step that nobody has taken yet, and the number of the state
    /// in which it is chosen.
    pending: Vec<(Order, usize)>,
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
        if !std::mem::replace(&mut self.started, true) {
            return true;
        }
        let Some((order, state)) = self.pending.pop() else { return false };
        (self.order, self.last) = (order, Some(state));
        true
    }

    fn ended(&mut self, cut_off: bool) {
        if let (Some(last), false) = (self.last, cut_off) {
            self.paths[last].push(None);
        }
    }

    fn found(&self) -> Found {
        Found::All { states: self.paths.len(), orders: self.orders() }
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
    fn choose(&mut self, crossing: &Crossing<'_>) -> Option<Turn> {
        let steps = crossing.taken.len();
        let [first, others @ ..] = crossing.ready else { return None };
        if others.is_empty() {
            return Some(*first);
        }
        if let Some(next) = self.order.at(steps) {
            return Some(next);
        }
        let number = self.numbers.len();
        let known = *self.numbers.entry(crossing.state()?).or_insert(number);
        self.arrive(known);
        if known != number {
            return None;
        }
        self.paths.push(vec![]);
        self.pending.extend(others.iter().rev().map(|it| (crossing.taken.and(*it), number)));
        Some(*first)
    }
}

/// Some orders, drawn at random: the same ones for the same seed.
///
/// Each run draws how loath the callers are to let each other go first, so that there are runs in
/// which they alternate, and runs in which one of them is far ahead when the other one starts.
#[derive(Debug)]
pub(crate) struct Sampler {
    random: fastrand::Rng,
    left: usize,
    /// Of 100 times, how often whoever took the last step takes the next one, too.
    stubbornness: u32,
    last: Option<Turn>,
}

impl Sampler {
    pub(crate) fn of(seed: u64, count: usize) -> Self {
        let random = fastrand::Rng::with_seed(seed);
        Self { random, left: count, stubbornness: 0, last: None }
    }
}

impl Walker for Sampler {
    fn start(&mut self) -> bool {
        let Some(left) = self.left.checked_sub(1) else { return false };
        self.left = left;
        self.stubbornness = self.random.choice([0, 50, 80, 95]).unwrap_or_default();
        self.last = None;
        true
    }

    fn found(&self) -> Found {
        Found::Some
    }
}

impl Chooser for Sampler {
    fn choose(&mut self, crossing: &Crossing<'_>) -> Option<Turn> {
        let stays = self.random.u32(0..100) < self.stubbornness;
        let last = self.last.filter(|it| stays && crossing.ready.contains(it));
        self.last = last.or_else(|| self.random.choice(crossing.ready).copied());
        self.last
    }
}

/// Orders that somebody has listed.
#[derive(Debug)]
pub(crate) struct Listed {
    left: Vec<Order>,
    order: Order,
    /// The next step of the order.
    next: usize,
    passed_over: usize,
}

impl Listed {
    pub(crate) fn of(mut orders: Vec<Order>) -> Self {
        orders.reverse();
        Self { left: orders, order: Order::default(), next: 0, passed_over: 0 }
    }
}

impl Walker for Listed {
    fn start(&mut self) -> bool {
        let Some(order) = self.left.pop() else { return false };
        self.order = order;
        self.next = 0;
        true
    }

    fn found(&self) -> Found {
        Found::Listed { passed_over: self.passed_over }
    }
}

impl Chooser for Listed {
    fn choose(&mut self, crossing: &Crossing<'_>) -> Option<Turn> {
        while let Some(caller) = self.order.at(self.next) {
            self.next += 1;
            if crossing.ready.contains(&caller) {
                return Some(caller);
            }
            self.passed_over += 1;
        }
        crossing.ready.first().copied()
    }
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All { states, orders } => write!(f, " for {orders} orders, {states} states"),
            Self::Listed { passed_over } if *passed_over > 0 => {
                write!(f, ", {passed_over} steps out of turn")
            }
            Self::Some | Self::Listed { .. } => Ok(()),
        }
    }
}
