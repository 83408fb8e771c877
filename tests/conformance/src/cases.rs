//! One module per section of the contract, one function per promise.

pub mod api_keys;
pub mod audits;
pub mod awards;
pub mod badges;
pub mod charges;
pub mod claims;
pub mod corrections;
pub mod events;
pub mod leaders;
pub mod ledger;
pub mod levels;
pub mod locking;
pub mod logbook;
pub mod players;
pub mod reads;
pub mod requests;
pub mod results;
pub mod rules;
pub mod savepoints;
pub mod skills;
pub mod timetable;
pub mod tournaments;
pub mod unit_of_work;
pub mod webhooks;
