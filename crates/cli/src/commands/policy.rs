//! `guerdon policy`.

use app_service::domain::RewardPolicy;
use serde_json::{Value, json};

use crate::{
    args::Policy,
    failure::{Exit, Failure},
    output::{print, print_line},
    policy_file,
    session::Session,
};

pub(super) async fn run(session: &Session, args: &Policy) -> Result<Exit, Failure> {
    let output = session.output();
    match args {
        Policy::Check { file } => {
            let policy = policy_file::load(file)?;
            let (version, hash) = (policy.version(), policy.hash());
            if output.is_json() {
                print_line(&json!({ "outcome": "valid", "version": version, "hash": hash }))?;
            } else {
                print(&format!("{} is valid: version {version}, {hash}\n", file.display()))?;
            }
        }
        Policy::Show { tournament: None } => show(session, &RewardPolicy::standard())?,
        Policy::Show { tournament: Some(name) } => {
            let tournament = session.guerdon().await?.tournament(name.id).await;
            show(session, &tournament.map_err(|error| name.failure(error))?.policy)?;
        }
    }
    Ok(Exit::Done)
}

/// A policy as a file has it.
fn show(session: &Session, policy: &RewardPolicy) -> Result<(), Failure> {
    let document: Value = policy.to_document();
    let output = session.output();
    if output.is_json() {
        return print_line(&document);
    }
    print(&format!("{document:#}\n"))
}
