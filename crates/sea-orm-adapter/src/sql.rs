//! One statement in the making: its parameters, numbered as they are bound.

use std::fmt::Write as _;

use ports::Timestamp;
use sea_orm::{Statement, Value, sea_query::ArrayType};
use time::UtcOffset;
use uuid::Uuid;

use crate::{dialect::Dialect, rows::Rows};

/// What a statement is for: named in errors and traces.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step {
    /// What is being done, as "locking players".
    pub(crate) during: &'static str,
    /// The table that it is about.
    pub(crate) table: &'static str,
}

/// The parameters of one statement. Every `bind` answers the place to write into the text.
pub(crate) struct Sql {
    dialect: Dialect,
    values: Vec<Value>,
}

impl Sql {
    pub(crate) fn new(dialect: Dialect) -> Self {
        Self { dialect, values: vec![] }
    }

    pub(crate) fn dialect(&self) -> Dialect {
        self.dialect
    }

    pub(crate) fn bind(&mut self, value: Value) -> String {
        self.values.push(value);
        format!("${}", self.values.len())
    }

    pub(crate) fn uuid(&mut self, id: &Uuid) -> String {
        self.bind((*id).into())
    }

    pub(crate) fn text(&mut self, text: impl Into<String>) -> String {
        self.bind(text.into().into())
    }

    pub(crate) fn optional_text(&mut self, text: Option<String>) -> String {
        self.bind(text.into())
    }

    pub(crate) fn number(&mut self, number: impl Into<i64>) -> String {
        self.bind(number.into().into())
    }

    pub(crate) fn optional_number(&mut self, number: Option<i64>) -> String {
        self.bind(number.into())
    }

    /// A time, in UTC: SQLite compares the text.
    pub(crate) fn time(&mut self, at: Timestamp) -> String {
        self.bind(at.to_offset(UtcOffset::UTC).into())
    }

    /// A time to compare a [moment](Dialect::moment) with.
    pub(crate) fn moment(&mut self, at: Timestamp) -> String {
        let place = self.time(at);
        self.dialect.moment(&place)
    }

    pub(crate) fn rows<T>(&mut self, rows: Rows<'_, T>) -> String {
        rows.bind(self)
    }

    /// A condition on a column: that it holds one of `ids`.
    pub(crate) fn one_of(&mut self, ids: impl Iterator<Item = Uuid>) -> String {
        match self.dialect {
            Dialect::Postgres => {
                let ids = ids.map(Value::from).collect();
                let place = self.bind(Value::Array(ArrayType::Uuid, Some(Box::new(ids))));
                format!("= ANY({place})")
            }
            Dialect::Sqlite => {
                let ids = ids.map(|it| it.simple().to_string()).collect::<Vec<_>>();
                let place = self.text(serde_json::Value::from(ids).to_string());
                format!("IN (SELECT unhex(value) FROM json_each({place}))")
            }
        }
    }

    /// The end of a page in ascending `key`: the rows behind `after`, at most `limit`.
    pub(crate) fn page(&mut self, key: &str, after: Option<&Uuid>, limit: u32) -> String {
        let mut end = String::new();
        if let Some(after) = after {
            let place = self.uuid(after);
            let _ = write!(end, " AND {key} > {place}");
        }
        let place = self.number(limit);
        let _ = write!(end, " ORDER BY {key} LIMIT {place}");
        end
    }

    pub(crate) fn into_statement(self, text: impl Into<String>) -> Statement {
        Statement::from_sql_and_values(self.dialect.backend(), text, self.values)
    }
}
