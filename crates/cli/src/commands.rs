//! One file for each command: ask the use cases, hand what they say to a view.

mod api_key;
mod assess;
mod badges;
mod charges;
mod completions;
pub(crate) mod config;
mod correct;
mod disqualify;
mod distribute;
mod export;
mod finalize;
mod import;
mod leaderboard;
mod ledger;
mod migrate;
mod paging;
mod player;
mod players;
mod policy;
mod preview;
mod run;
pub(crate) mod serve;
mod summary;
mod tournaments;
mod unpaid;
pub(crate) mod verify;

use crate::{
    args::Command,
    failure::{Exit, Failure},
    session::Session,
};

/// Does what the command line says.
pub(crate) async fn run(session: &Session, command: Command) -> Result<Exit, Failure> {
    match command {
        Command::Run(args) => run::run(session, args).await,
        Command::Import(args) => import::run(session, args).await,
        Command::Preview(args) => preview::run(session, &args).await,
        Command::Finalize(args) => finalize::run(session, &args).await,
        Command::Distribute(args) => distribute::run(session, &args).await,
        Command::Correct(args) => correct::run(session, &args).await,
        Command::Disqualify(args) => disqualify::run(session, args).await,
        Command::Export(args) => export::run(session, &args).await,
        Command::Summary(args) => summary::run(session, &args).await,
        Command::Tournaments(args) => tournaments::run(session, &args).await,
        Command::Player { player } => player::run(session, &player).await,
        Command::Players(args) => players::run(session, &args).await,
        Command::Leaderboard(args) => leaderboard::run(session, &args).await,
        Command::Ledger(args) => ledger::run(session, &args).await,
        Command::Assess(args) => assess::run(session, args).await,
        Command::Spend(args) => charges::spend(session, &args).await,
        Command::Hold(args) => charges::hold(session, &args).await,
        Command::Settle(args) => charges::settle(session, &args).await,
        Command::Release(args) => charges::release(session, &args).await,
        Command::Refund(args) => charges::refund(session, &args).await,
        Command::Holds(args) => charges::holds(session, &args).await,
        Command::ExpireHolds => charges::expire(session).await,
        Command::Verify(args) => verify::run(session, &args).await,
        Command::Badges(args) => badges::run(session, &args).await,
        Command::Policy(args) => policy::run(session, &args).await,
        Command::Migrate(args) => migrate::run(session, &args).await,
        Command::Serve(args) => serve::run(session, &args).await,
        Command::ApiKey(args) => api_key::run(session, &args).await,
        Command::Config(args) => config::run(session, &args),
        Command::Completions { shell } => completions::run(shell),
    }
}
