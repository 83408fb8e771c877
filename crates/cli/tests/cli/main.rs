//! The `guerdon` command as its users meet it: the binary, its output and its exit codes.

mod api_key;
mod assess;
mod badges;
mod config;
mod connection;
mod correct;
mod database;
mod distribute;
mod guerdon;
mod help;
mod leaderboard;
mod locks;
mod policy;
mod records;
mod run;
mod season;
mod season_of_teams;
mod serve;
mod spending;
mod verify;
#[cfg(unix)]
mod watch;
