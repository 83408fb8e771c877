//! Results → standings: every rule and every problem, on tournaments small enough to check by hand.

mod games;
mod matches;
mod ordinal;
mod problems;
mod properties;
mod ranked;
