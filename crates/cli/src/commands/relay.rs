//! `guerdon relay`.

use app_service::WebhookRules;
use relay::{Relay, RelaySettings};

use crate::{
    args,
    failure::{Exit, Failure},
    session::Session,
    start::told_to_stop,
};

pub(crate) async fn run(session: &Session, args: &args::Relay) -> Result<Exit, Failure> {
    let rules = WebhookRules { private_addresses: args.allow_private_addresses };
    let (timeout, grace) = (args.timeout, args.grace);
    let settings = RelaySettings { rules, timeout, grace, ..RelaySettings::default() };
    let relay = Relay::new(session.guerdon().await?, settings)
        .map_err(|error| Failure::refused("relay-failed", error.to_string()))?;
    session.output().note("relaying");
    relay.run(told_to_stop()).await;
    session.close().await;
    Ok(Exit::Done)
}
