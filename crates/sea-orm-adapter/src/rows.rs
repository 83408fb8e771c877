//! A batch of rows as a source in a FROM clause, written once for both databases.

use ports::Timestamp;
use sea_orm::{Value, sea_query::ArrayType};
use serde_json::Value as Json;
use time::format_description::well_known::Rfc3339;
use uuid::Uuid;

use crate::{dialect::Dialect, sql::Sql};

/// A batch, column by column. In the statement it is called `r`.
///
/// PostgreSQL gets one array for each column; SQLite gets one JSON document for all. There are no
/// NULLs: sea-orm panics on one inside an array, so columns that may be empty use a value that
/// cannot occur, and the statement puts NULL in its place.
pub(crate) struct Rows<'a, T> {
    items: &'a [T],
    columns: Vec<Column>,
}

struct Column {
    name: &'static str,
    kind: Kind,
    cells: Vec<Value>,
}

#[derive(Clone, Copy)]
enum Kind {
    Uuid,
    Text,
    Number,
    Truth,
    Moment,
}

impl<'a, T> Rows<'a, T> {
    pub(crate) fn of(items: &'a [T]) -> Self {
        Self { items, columns: vec![] }
    }

    pub(crate) fn uuid(self, name: &'static str, cell: impl Fn(&'a T) -> Uuid) -> Self {
        self.column(name, Kind::Uuid, |it| cell(it).into())
    }

    pub(crate) fn text<S: Into<String>>(
        self,
        name: &'static str,
        cell: impl Fn(&'a T) -> S,
    ) -> Self {
        self.column(name, Kind::Text, |it| cell(it).into().into())
    }

    pub(crate) fn number<N: Into<i64>>(
        self,
        name: &'static str,
        cell: impl Fn(&'a T) -> N,
    ) -> Self {
        self.column(name, Kind::Number, |it| cell(it).into().into())
    }

    pub(crate) fn truth(self, name: &'static str, cell: impl Fn(&'a T) -> bool) -> Self {
        self.column(name, Kind::Truth, |it| cell(it).into())
    }

    pub(crate) fn moment(self, name: &'static str, cell: impl Fn(&'a T) -> Timestamp) -> Self {
        self.column(name, Kind::Moment, |it| cell(it).into())
    }

    fn column(mut self, name: &'static str, kind: Kind, cell: impl Fn(&'a T) -> Value) -> Self {
        let cells = self.items.iter().map(cell).collect();
        self.columns.push(Column { name, kind, cells });
        self
    }

    /// Binds the batch to `sql`; the answer is its name in a FROM clause, good for any number of
    /// uses in that statement.
    pub(crate) fn bind(self, sql: &mut Sql) -> String {
        match sql.dialect() {
            Dialect::Postgres => bind_arrays(self.columns, sql),
            Dialect::Sqlite => bind_json(&self.columns, self.items.len(), sql),
        }
    }
}

fn bind_arrays(columns: Vec<Column>, sql: &mut Sql) -> String {
    let names: Vec<_> = columns.iter().map(|it| it.name).collect();
    let array = |Column { kind, cells, .. }: Column| {
        let (element, array) = kind.in_postgres();
        let place = sql.bind(Value::Array(element, Some(Box::new(cells))));
        format!("{place}::{array}")
    };
    let arrays: Vec<_> = columns.into_iter().map(array).collect();
    format!("unnest({}) AS r({})", arrays.join(", "), names.join(", "))
}

/// The limit changes no answer: it keeps SQLite from looking through the document once for each row
/// of a joined table, which it does to awards otherwise.
fn bind_json(columns: &[Column], length: usize, sql: &mut Sql) -> String {
    let cell = |column: &Column, row| column.cells.get(row).map_or(Json::Null, json);
    let row = |row| Json::Array(columns.iter().map(|it| cell(it, row)).collect());
    let document = Json::Array((0..length).map(row).collect()).to_string();
    let place = sql.bind(document.into());
    let name = |(index, column): (usize, &Column)| match column.kind {
        Kind::Uuid => format!("unhex(value ->> {index}) AS {}", column.name),
        _ => format!("value ->> {index} AS {}", column.name),
    };
    let names: Vec<_> = columns.iter().enumerate().map(name).collect();
    format!("(SELECT {} FROM json_each({place}) LIMIT -1) AS r", names.join(", "))
}

/// A cell as JSON; an id as the hexadecimal digits that `unhex` reads, a time as it is stored.
fn json(cell: &Value) -> Json {
    match cell {
        Value::Uuid(Some(it)) => it.simple().to_string().into(),
        Value::String(Some(it)) => it.as_str().into(),
        Value::BigInt(Some(it)) => (*it).into(),
        Value::Bool(Some(it)) => (*it).into(),
        Value::TimeDateTimeWithTimeZone(Some(it)) => {
            it.format(&Rfc3339).map_or(Json::Null, Json::from)
        }
        _ => Json::Null,
    }
}

impl Kind {
    fn in_postgres(self) -> (ArrayType, &'static str) {
        match self {
            Self::Uuid => (ArrayType::Uuid, "uuid[]"),
            Self::Text => (ArrayType::String, "text[]"),
            Self::Number => (ArrayType::BigInt, "bigint[]"),
            Self::Truth => (ArrayType::Bool, "boolean[]"),
            Self::Moment => (ArrayType::TimeDateTimeWithTimeZone, "timestamptz[]"),
        }
    }
}
