//! What the `guerdon` command is made of: arguments, commands, views, and the one place where the
//! database, the use cases and the terminal meet.

mod args;
mod commands;
mod configuration;
mod database;
mod failure;
mod guidance;
mod html;
pub mod import;
mod intake;
mod output;
mod policy_file;
mod progress;
mod schedule;
mod session;
mod start;
mod telemetry;

pub use self::start::main;
