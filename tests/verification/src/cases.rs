//! The cases, by what they break.

pub mod awards;
pub mod books;
pub mod charges;
pub mod clean;
pub mod guards;
pub mod ledger;
pub mod players;
pub mod since;
pub mod teams;
