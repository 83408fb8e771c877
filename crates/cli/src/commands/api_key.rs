//! `guerdon api-key`.

use app_service::{NewApiKey, SystemClock};

use super::paging::{Lines, each};
use crate::{
    args::{ApiKey, CreateKey, RotateKey},
    failure::{Exit, Failure},
    output::{ApiKeyList, ApiKeySheet, NewSecret},
    session::Session,
};

pub(super) async fn run(session: &Session, args: &ApiKey) -> Result<Exit, Failure> {
    match args {
        ApiKey::Create(args) => create(session, args).await?,
        ApiKey::List => list(session).await?,
        ApiKey::Revoke { key } => {
            let revoked = session.guerdon().await?.revoke_api_key(&key.0).await?;
            session.output().view(&ApiKeySheet(revoked))?;
        }
        ApiKey::Rotate(args) => rotate(session, args).await?,
    }
    Ok(Exit::Done)
}

async fn create(session: &Session, args: &CreateKey) -> Result<(), Failure> {
    let guerdon = session.guerdon().await?;
    let now = SystemClock::shared().now();
    let end = args.expires_in.map(|it| {
        let end = time::Duration::try_from(it).ok().and_then(|it| now.checked_add(it));
        let refused =
            || Failure::refused("usage", "the key would expire after the last year, 9999");
        end.ok_or_else(refused)
    });
    let new = NewApiKey { name: args.name.clone(), role: args.role, expires_at: end.transpose()? };
    let issued = guerdon.create_api_key(new, &session.actor()).await?;
    session.output().view(&NewSecret(issued))
}

async fn list(session: &Session) -> Result<(), Failure> {
    let guerdon = session.guerdon().await?;
    let mut lines = Lines::to(session.output());
    let page = async |after, size| guerdon.api_keys(after, size).await;
    each(None, usize::MAX, page, |it| it.id, |it| lines.take(it)).await?;
    let Some(keys) = lines.for_people() else { return Ok(()) };
    session.output().view(&ApiKeyList { keys })
}

async fn rotate(session: &Session, args: &RotateKey) -> Result<(), Failure> {
    let guerdon = session.guerdon().await?;
    let issued = guerdon.rotate_api_key(&args.key.0, args.grace).await?;
    session.output().view(&NewSecret(issued))
}
