//! The schema is what the design says, on both databases.

mod databases;
mod keys;
mod refusals;
mod steps;
