//! An order of steps, as it is written on a command line.

use std::fmt;

/// Whose step is the first, the second, and so on: `0110` is a step of caller 0, two of caller 1,
/// and another one of caller 0. A step that blocks ends later, and is written where it began.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Order(pub(crate) Vec<u8>);

impl Order {
    /// The order that is written so.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digit = |it: char| it.to_digit(10).and_then(|it| u8::try_from(it).ok());
        text.chars().map(digit).collect::<Option<_>>().map(Self)
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

    /// This order, and then a step of `caller`.
    pub(crate) fn and(&self, caller: usize) -> Self {
        let mut longer = self.clone();
        longer.push(caller);
        longer
    }

    pub(crate) fn push(&mut self, caller: usize) {
        // Callers are few: their numbers are digits.
        self.0.push(u8::try_from(caller).unwrap_or(u8::MAX));
    }

    /// Whose step is the one behind `steps` others.
    pub(crate) fn at(&self, steps: usize) -> Option<usize> {
        self.0.get(steps).copied().map(usize::from)
    }
}

impl fmt::Display for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|caller| write!(f, "{caller}"))
    }
}
