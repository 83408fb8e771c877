//! An order of steps, as it is written on a command line.

use std::fmt;

/// Whose step is the first, the second, and so on: `0110` is a step of caller 0, two of caller 1,
/// and another one of caller 0. A step that blocks ends later, and is written where it began. An `a`
/// is the roll-back of a transaction that caller 0 has dropped, a `b` of caller 1, and so on.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Order(Vec<Turn>);

/// Who takes a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Turn {
    /// A caller takes its next one.
    Caller(usize),
    /// A transaction is rolled back that the caller has dropped.
    RollBack(usize),
}

const DIGITS: &str = "0123456789";
const LETTERS: &str = "abcdefghij";

impl Order {
    /// The order that is written so.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        text.chars().map(Turn::parse).collect::<Option<_>>().map(Self)
    }

    /// Steps in all.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nobody has taken a step.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// This order, and then another step.
    pub(crate) fn and(&self, turn: Turn) -> Self {
        let mut longer = self.clone();
        longer.push(turn);
        longer
    }

    pub(crate) fn push(&mut self, turn: Turn) {
        self.0.push(turn);
    }

    /// Whose step is the one behind `steps` others.
    pub(crate) fn at(&self, steps: usize) -> Option<Turn> {
        self.0.get(steps).copied()
    }
}

impl Turn {
    pub(crate) fn caller(self) -> usize {
        let (Self::Caller(caller) | Self::RollBack(caller)) = self;
        caller
    }

    fn parse(letter: char) -> Option<Self> {
        let step = DIGITS.find(letter).map(Self::Caller);
        step.or_else(|| LETTERS.find(letter).map(Self::RollBack))
    }
}

impl fmt::Display for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|turn| turn.fmt(f))
    }
}

impl fmt::Display for Turn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letters = if matches!(self, Self::Caller(_)) { DIGITS } else { LETTERS };
        // Callers are two or three.
        f.write_str(letters.get(self.caller()..=self.caller()).unwrap_or("?"))
    }
}
