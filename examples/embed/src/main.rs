//! Guerdon inside somebody's own program: `cargo run -p embed`.

use std::{error::Error, sync::Arc};

use app_service::{Guerdon, domain::PlayerId};
use sea_orm_adapter::SeaOrmStore;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let store = SeaOrmStore::connect("sqlite://embed.db?mode=rwc").await?;
    store.migrate().await?;
    let guerdon = Guerdon::new(Arc::new(store));

    let paid = embed::pay_a_tournament(&guerdon).await?;
    println!("{} participants paid in {}", paid.applied, paid.tournament.name);

    let ada = guerdon.profile(PlayerId::of("ada")).await?;
    println!("Ada has {} XP and {} badges", ada.xp_balance, ada.badges.len());
    Ok(())
}
