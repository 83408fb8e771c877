//! Runs that are looked at: each has a name for the table, and answers what is wrong with its end.

mod scene;

pub(crate) mod bad_participant;
pub(crate) mod corrected;
pub(crate) mod giving_up;
pub(crate) mod going_on;
pub(crate) mod moved_badge;
pub(crate) mod other_curve;
pub(crate) mod other_results;
pub(crate) mod other_skill;
pub(crate) mod unpaid_at_the_end;
