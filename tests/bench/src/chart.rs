//! Charts: SVG that needs nothing but itself, in daylight and in the dark.

mod bars;
mod frame;
mod lines;
mod scale;

pub(crate) use self::{
    bars::{Bar, Bars, Group},
    frame::Axis,
    lines::{Beside, Lines, Series},
    scale::Scale,
};

/// What something is drawn in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ink {
    Floor,
    Guerdon,
    Sqlite,
    /// The same as Guerdon's, but weaker.
    Faint,
}

impl Ink {
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Floor => "floor",
            Self::Guerdon => "guerdon",
            Self::Sqlite => "sqlite",
            Self::Faint => "faint",
        }
    }
}

/// A value that should not be exceeded, or should be reached, over a part of the chart's width.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    pub(crate) label: String,
    pub(crate) value: f64,
    /// From where to where, in the units of the horizontal axis.
    pub(crate) over: (f64, f64),
}
