//! Runs that are looked at: each has a name for the table, and answers what is wrong with its end.

mod scene;

pub(crate) mod bad_participant;
pub(crate) mod crash_before_the_commit;
pub(crate) mod giving_up;
pub(crate) mod lost_commit;
pub(crate) mod opposite_orders;
pub(crate) mod other_results;
pub(crate) mod other_skill;
pub(crate) mod unanswered_commit;
pub(crate) mod unpaid_at_the_end;
