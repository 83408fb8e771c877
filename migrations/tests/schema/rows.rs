//! Rows that a migration finds, and what it makes of them.

use migrations::{down, status};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Statement};

/// Takes back the migration of this name and all that came after it.
pub(crate) async fn down_before(db: &DatabaseConnection, name: &str) -> Result<(), DbErr> {
    let known = status(db).await?;
    let place = known.iter().position(|it| it.0 == name).unwrap();
    down(db, u32::try_from(known.len() - place).ok()).await
}

/// Runs a statement; `{1}` and `{2}` are ids.
pub(crate) async fn send(db: &DatabaseConnection, text: &str) -> Result<(), sea_orm::DbErr> {
    let id = |digit: u8| match db.get_database_backend() {
        DbBackend::Sqlite => format!("x'0000000000000000000000000000000{digit}'"),
        _ => format!("'0000000000000000000000000000000{digit}'"),
    };
    let text = text.replace("{id}", &id(1));
    let text = (1..=4).fold(text, |text, it| text.replace(&format!("{{{it}}}"), &id(it)));
    db.execute_unprepared(&text).await.map(drop)
}

/// What a query answers in its column `said`.
pub(crate) async fn said(db: &DatabaseConnection, text: &str) -> Vec<String> {
    let statement = Statement::from_string(db.get_database_backend(), text);
    let rows = db.query_all_raw(statement).await.unwrap();
    rows.iter().map(|it| it.try_get("", "said").unwrap()).collect()
}
