//! Guerdon on an SQLite file that is as durable as the server, beside the floor on the server.

use serde::{Deserialize, Serialize};

use crate::{
    Failure,
    args::Args,
    ground::Ground,
    payer::Payer,
    turns::{self, Measured, Turns},
};

/// Participants of a tournament.
const SIZES: [u32; 3] = [1_000, 10_000, 100_000];

/// Tournaments on SQLite; the floor is PostgreSQL's.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Sqlite {
    pub(crate) measured: Vec<Measured>,
}

impl Sqlite {
    /// What a tournament of so many cost.
    pub(crate) fn of(&self, participants: u32) -> Option<&Measured> {
        self.measured.iter().find(|it| it.participants == participants)
    }
}

pub(crate) async fn measure(ground: &Ground, args: &Args) -> Result<Sqlite, Failure> {
    let directory = tempfile::tempdir()?;
    let url = format!("sqlite://{}?mode=rwc", directory.path().join("bench.sqlite").display());
    let payer = Payer::among(&url, args.size_usual()).await?;
    let mut measured = vec![];
    for size in SIZES.into_iter().filter(|it| *it <= args.size_usual()) {
        let turns = Turns {
            name: &format!("sqlite-{size}"),
            payers: std::slice::from_ref(&payer),
            size,
            players: 0..args.size_usual(),
            rounds: args.rounds(size),
        };
        measured.push(turns::measure_one(ground, turns).await?);
    }
    payer.verify(&[]).await?;
    Ok(Sqlite { measured })
}
