//! What a competition produced, as it was written down: the input of the [standings](crate::standings()).

mod matches;
mod problem;
mod ranked_list;
mod round;

pub use self::{
    matches::{Match, Score, Side},
    problem::ResultsProblem,
    ranked_list::{Better, Finish, RankedEntry, RankedList},
    round::Round,
};

/// The results of one tournament.
///
/// Rows keep the order of their source: a [`ResultsProblem`] names a row by its index here.
#[derive(Debug, Clone, PartialEq)]
pub enum Results {
    /// Participants that are ordered already, or by one number each.
    Ranked(RankedList),
    /// Matches, from which the order follows.
    Matches(Vec<Match>),
}
