//! Sabotage of what is stored as JSON: profiles, and the changes and counters of steps.

#![expect(clippy::unwrap_used, reason = "a harness without its database panics")]

use domain::PlayerId;
use ports::spi::Store;
use sea_orm::{ConnectionTrait, DbBackend, Statement, Value};
use sea_orm_adapter::SeaOrmStore;
use serde_json::{Value as Json, json};
use verification::Sabotage;

pub(crate) async fn edit(store: &SeaOrmStore, sabotage: Sabotage) {
    match sabotage {
        Sabotage::EditedProfile(player) => {
            edit_first_skill(store, player, |it| {
                it["level"] = json!(it["level"].as_i64().unwrap() - 1);
            })
            .await;
        }
        Sabotage::Miscounted(player) => {
            edit_last_step(store, player, "progress", |it| {
                it["wins"] = json!(it["wins"].as_i64().unwrap() + 1);
            })
            .await;
        }
        Sabotage::UntypedEntry(player) => {
            edit_first_skill(store, player, |it| *it = json!(70)).await;
        }
        Sabotage::LevelOutOfBounds(player) => {
            edit_first_skill(store, player, |it| it["level"] = json!(1_200)).await;
            edit_last_step(store, player, "changes", |it| {
                let first = it.as_object_mut().unwrap().values_mut().next().unwrap();
                first["after"] = json!(1_200);
            })
            .await;
        }
        _ => {}
    }
}

async fn edit_first_skill(store: &SeaOrmStore, player: PlayerId, edit: impl FnOnce(&mut Json)) {
    let found = store.find_players(&[player]).await.unwrap().pop().unwrap();
    let mut profile = serde_json::to_value(found.state.unwrap().profile).unwrap();
    edit(profile.as_object_mut().unwrap().values_mut().next().unwrap());
    let set = "UPDATE skill_profiles SET skills = $1 WHERE player_id = $2";
    write(store, set, &profile, player).await;
}

async fn edit_last_step(
    store: &SeaOrmStore,
    player: PlayerId,
    column: &str,
    edit: impl FnOnce(&mut Json),
) {
    let last = store.list_steps(player, 0, 1_000).await.unwrap().pop().unwrap();
    let read = match column {
        "progress" => serde_json::to_value(last.progress),
        _ => serde_json::to_value(last.changes),
    };
    let mut document = read.unwrap();
    edit(&mut document);
    let set =
        format!("UPDATE skill_steps SET {column} = $1 WHERE player_id = $2 AND seq = {}", last.seq);
    write(store, &set, &document, player).await;
}

async fn write(store: &SeaOrmStore, text: &str, document: &Json, player: PlayerId) {
    let db = store.connection();
    let text = match db.get_database_backend() {
        DbBackend::Postgres => text.replace("$1", "CAST($1 AS jsonb)"),
        _ => text.to_owned(),
    };
    let values: [Value; 2] = [document.to_string().into(), (*player.as_uuid()).into()];
    let statement = Statement::from_sql_and_values(db.get_database_backend(), text, values);
    assert_eq!(db.execute_raw(statement).await.unwrap().rows_affected(), 1);
}
