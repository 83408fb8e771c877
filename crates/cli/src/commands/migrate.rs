//! `guerdon migrate`.

use std::io::{self, IsTerminal};

use crate::{
    args::Migrate,
    database::{Access, Database},
    failure::{Exit, Failure},
    output::{MigrationLine, MigrationList},
    session::Session,
};

pub(super) async fn run(session: &Session, args: &Migrate) -> Result<Exit, Failure> {
    let access = match args {
        Migrate::Up | Migrate::Fresh { .. } => Access::Creating,
        Migrate::Down { .. } | Migrate::Status => Access::Existing,
    };
    let database = session.database(access).await?;
    match args {
        Migrate::Up => database.migrate().await?,
        Migrate::Down { steps, yes } => {
            ask(session, database, &format!("the tables of the last {steps} migration(s)"), *yes)?;
            database.take_back(*steps).await?;
        }
        Migrate::Fresh { yes } => {
            ask(session, database, "EVERY table", *yes)?;
            database.start_afresh().await?;
        }
        Migrate::Status => {}
    }
    session.output().view(&list(database).await?)?;
    Ok(Exit::Done)
}

async fn list(database: &Database) -> Result<MigrationList, Failure> {
    let migrations = database.migrations().await?.into_iter();
    let migrations = migrations.map(|(name, applied)| MigrationLine { name, applied }).collect();
    Ok(MigrationList { database: database.name(), migrations })
}

/// Tables are about to be deleted, with all that was paid: only somebody who says so may go on.
fn ask(session: &Session, database: &Database, tables: &str, yes: bool) -> Result<(), Failure> {
    if yes {
        return Ok(());
    }
    let name = database.name();
    let refused = Failure::refused("not-confirmed", format!("nothing was deleted from {name}"));
    if !io::stdin().is_terminal() {
        return Err(refused.help(format!("say --yes to delete {tables} of the database")));
    }
    session.output().note(&format!("This deletes {tables} of {name}. Type `yes` to go on:"));
    let mut answer = String::new();
    io::stdin().read_line(&mut answer).map_err(|error| Failure::io("reading stdin", &error))?;
    if answer.trim() == "yes" { Ok(()) } else { Err(refused) }
}
