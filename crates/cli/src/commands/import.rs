//! `guerdon import`: results in, nothing paid.

use super::run::take_in;
use crate::{
    args::Intake,
    failure::{Exit, Failure},
    session::Session,
};

pub(super) async fn run(session: &Session, args: Intake) -> Result<Exit, Failure> {
    take_in(session, args, false).await
}
