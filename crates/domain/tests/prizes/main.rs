//! Who gets how much: prize tables, pools, ties, teams and limits.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod documents;
mod field;
mod pools;
mod properties;
mod tables;
mod team_check;
mod teams;
mod ties;
