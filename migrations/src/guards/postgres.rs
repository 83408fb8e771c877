//! Guards as PostgreSQL's catalogue spells them.

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Statement};

use super::Guard;

/// One line for each guard: table, name and definition, between tabs.
const EXPECTED: &str = include_str!("postgres.txt");

/// Not-null columns are constraints of their own in newer versions only, so they are read off the
/// columns in all of them. An index that a constraint stands on is part of that constraint. `ONLY` is said of an index on
/// a partitioned table, which is valid when every partition has its part of it.
const LIVE: &str = "\
    SELECT t.relname::text AS owner, c.conname::text AS name, \
    pg_get_constraintdef(c.oid) || CASE WHEN x.indisvalid = false THEN ' INVALID' ELSE '' END \
    AS definition \
    FROM pg_constraint AS c JOIN pg_class AS t ON t.oid = c.conrelid \
    LEFT JOIN pg_index AS x ON x.indexrelid = c.conindid \
    WHERE t.relnamespace = quote_ident(current_schema())::regnamespace \
    AND c.contype IN ('p', 'u', 'c', 'f', 'x') \
    UNION ALL SELECT t.relname::text, i.relname::text, \
    replace(replace(pg_get_indexdef(x.indexrelid), ' ON ONLY ', ' ON '), \
    format(' ON %I.', current_schema()), ' ON ') \
    || CASE WHEN x.indisvalid THEN '' ELSE ' INVALID' END \
    FROM pg_index AS x JOIN pg_class AS t ON t.oid = x.indrelid \
    JOIN pg_class AS i ON i.oid = x.indexrelid \
    WHERE t.relnamespace = quote_ident(current_schema())::regnamespace \
    AND NOT EXISTS (SELECT 1 FROM pg_constraint AS c WHERE c.conindid = x.indexrelid) \
    UNION ALL SELECT t.relname::text, 'column ' || a.attname::text, \
    format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END \
    FROM pg_attribute AS a JOIN pg_class AS t ON t.oid = a.attrelid \
    WHERE t.relnamespace = quote_ident(current_schema())::regnamespace AND t.relkind IN ('r', 'p') \
    AND a.attnum > 0 AND NOT a.attisdropped";

pub(super) fn expected() -> Vec<Guard> {
    EXPECTED.lines().filter_map(parse).collect()
}

pub(super) async fn live(db: &DatabaseConnection) -> Result<Vec<Guard>, DbErr> {
    let rows = db.query_all_raw(Statement::from_string(DbBackend::Postgres, LIVE)).await?;
    let guard = |row: &sea_orm::QueryResult| {
        Ok(Guard {
            table: row.try_get("", "owner")?,
            name: row.try_get("", "name")?,
            definition: row.try_get("", "definition")?,
        })
    };
    rows.iter().map(guard).collect()
}

fn parse(line: &str) -> Option<Guard> {
    let mut fields = line.splitn(3, '\t').map(str::to_owned);
    Some(Guard { table: fields.next()?, name: fields.next()?, definition: fields.next()? })
}
