//! Where a schema stands.

use serde::Serialize;

use super::{
    Style, View,
    table::{Column, Table},
};

/// Every migration, and whether it is applied.
#[derive(Debug, Serialize)]
pub(crate) struct MigrationList {
    pub(crate) database: String,
    pub(crate) migrations: Vec<MigrationLine>,
}

/// One migration.
#[derive(Debug, Serialize)]
pub(crate) struct MigrationLine {
    pub(crate) name: String,
    pub(crate) applied: bool,
}

impl View for MigrationList {
    fn text(&self, style: Style) -> String {
        let mut table = Table::new(&[Column::Word("migration"), Column::Word("")], style);
        for it in &self.migrations {
            let state = if it.applied { "applied" } else { "pending" };
            table.row([it.name.clone(), state.to_owned()]);
        }
        format!("{}\n{}", self.database, table.text())
    }
}
