//! A batch of rows as a source in a FROM clause, written once for both databases.

use ports::Timestamp;
use sea_orm::{Value, sea_query::ArrayType};
use serde_json::Value as Json;
use time::format_description::well_known::Rfc3339;
use uuid::Uuid;

use crate::{dialect::Dialect, sql::Sql};

/// A batch, column by column. In the statement it is called `r`.
///
/// PostgreSQL gets one array for each column; SQLite gets one JSON document for all. What is the same
/// of every row goes as one value to both. There are no NULLs: sea-orm panics on one inside an array,
/// so columns that may be empty use a value that cannot occur, and the statement puts NULL in its
/// place.
pub(crate) struct Rows<'a, T> {
    items: &'a [T],
    /// Of which every row has a cell.
    columns: Vec<Column>,
    /// With one cell, which is every row's.
    common: Vec<Column>,
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
        Self { items, columns: vec![], common: vec![] }
    }

    /// Adds columns that are usually the same of every row, all of them: then they are sent once.
    ///
    /// Whether they are makes another statement for the database to prepare, so what goes together
    /// stands together, and what just happens to be the same does not.
    pub(crate) fn usually_same(mut self, columns: impl FnOnce(Self) -> Self) -> Self {
        let added = columns(Self::of(self.items));
        let is_same = added.columns.iter().all(Column::is_same);
        if is_same && !self.items.is_empty() {
            self.common.extend(added.columns.into_iter().map(Column::once));
        } else {
            self.columns.extend(added.columns);
        }
        self.common.extend(added.common);
        self
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
            Dialect::Postgres => bind_arrays(self, sql),
            Dialect::Sqlite => bind_json(self, sql),
        }
    }
}

impl Column {
    fn is_same(&self) -> bool {
        self.cells.windows(2).all(|two| two.first() == two.last())
    }

    fn once(mut self) -> Self {
        self.cells.truncate(1);
        self
    }
}

fn bind_arrays<T>(rows: Rows<'_, T>, sql: &mut Sql) -> String {
    let names: Vec<_> = rows.columns.iter().map(|it| it.name).collect();
    let array = |Column { kind, cells, .. }: Column| {
        let (element, name) = kind.in_postgres();
        let place = sql.bind(Value::Array(element, Some(Box::new(cells))));
        format!("{place}::{name}[]")
    };
    let arrays: Vec<_> = rows.columns.into_iter().map(array).collect();
    let (arrays, names) = (arrays.join(", "), names.join(", "));
    if rows.common.is_empty() {
        return format!("unnest({arrays}) AS r({names})");
    }
    let common = bind_common(rows.common, sql, |place, kind| {
        format!("CAST({place} AS {})", kind.in_postgres().1)
    });
    format!("(SELECT c.*, {common} FROM unnest({arrays}) AS c({names})) AS r")
}

fn bind_common(
    columns: Vec<Column>,
    sql: &mut Sql,
    typed: impl Fn(&str, Kind) -> String,
) -> String {
    let common = columns.into_iter().flat_map(|Column { name, kind, cells }| {
        cells.into_iter().map(move |cell| (name, kind, cell))
    });
    let bound = common.map(|(name, kind, cell)| {
        let place = sql.bind(cell);
        format!("{} AS {name}", typed(&place, kind))
    });
    bound.collect::<Vec<_>>().join(", ")
}

/// The limit changes no answer: it keeps SQLite from looking through the document once for each row
/// of a joined table, which it does to awards otherwise.
fn bind_json<T>(rows: Rows<'_, T>, sql: &mut Sql) -> String {
    let cell = |column: &Column, row| column.cells.get(row).map_or(Json::Null, json);
    let row = |row| Json::Array(rows.columns.iter().map(|it| cell(it, row)).collect());
    let document = Json::Array((0..rows.items.len()).map(row).collect()).to_string();
    let place = sql.bind(document.into());
    let name = |(index, column): (usize, &Column)| match column.kind {
        Kind::Uuid => format!("unhex(value ->> {index}) AS {}", column.name),
        _ => format!("value ->> {index} AS {}", column.name),
    };
    let mut names: Vec<_> = rows.columns.iter().enumerate().map(name).collect();
    if !rows.common.is_empty() {
        names.push(bind_common(rows.common, sql, |place, _| place.to_owned()));
    }
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
            Self::Uuid => (ArrayType::Uuid, "uuid"),
            Self::Text => (ArrayType::String, "text"),
            Self::Number => (ArrayType::BigInt, "bigint"),
            Self::Truth => (ArrayType::Bool, "boolean"),
            Self::Moment => (ArrayType::TimeDateTimeWithTimeZone, "timestamptz"),
        }
    }
}
