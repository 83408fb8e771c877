//! Takes a rule of the schema out of a database.

use sea_orm::{ConnectionTrait, DbBackend, Statement};

/// Takes a rule out of a database: a key, a unique index or a check, by name. The table is empty.
pub async fn take_out(db: &impl ConnectionTrait, table: &str, rule: &str) {
    let statements = match db.get_database_backend() {
        DbBackend::Sqlite => rebuilt(db, table, rule).await,
        _ => format!(
            "ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {rule}; DROP INDEX IF EXISTS {rule}"
        ),
    };
    db.execute_unprepared(&statements).await.unwrap();
}

/// SQLite keeps the rules of a table in its text, so the table is made anew from a text without it.
async fn rebuilt(db: &impl ConnectionTrait, table: &str, rule: &str) -> String {
    let text = format!(
        "SELECT sql FROM sqlite_schema WHERE tbl_name = '{table}' AND sql IS NOT NULL \
         AND name <> '{rule}' ORDER BY type DESC"
    );
    let rows = db.query_all_raw(Statement::from_string(DbBackend::Sqlite, text)).await.unwrap();
    let texts = rows.iter().map(|it| it.try_get::<String>("", "sql").unwrap());
    let texts: Vec<_> = texts.map(|it| without(&it, rule)).collect();
    format!("DROP TABLE {table}; {}", texts.join("; "))
}

/// The text of a table without one of its constraints. What is clustered by its key needs one.
fn without(text: &str, rule: &str) -> String {
    let Some((before, constraint)) = text.split_once(&format!("CONSTRAINT {rule} ")) else {
        return text.to_owned();
    };
    let before = before.trim_end().trim_end_matches(',');
    let text = format!("{before}{}", &constraint[end_of_constraint(constraint)..]);
    if rule.starts_with("pk_") { text.replace(", WITHOUT ROWID", "") } else { text }
}

/// Where a constraint ends: at the comma behind it, or at the bracket that closes its table.
fn end_of_constraint(text: &str) -> usize {
    let mut depth = 0;
    let ends = |(_, letter): &(usize, char)| {
        depth += i32::from(*letter == '(') - i32::from(*letter == ')');
        depth < 0 || (depth == 0 && *letter == ',')
    };
    text.char_indices().find(ends).unwrap().0
}

#[cfg(test)]
mod tests {
    use super::without;

    const TABLE: &str = "CREATE TABLE t (a INTEGER, CONSTRAINT pk_t PRIMARY KEY (a), \
                         CONSTRAINT ck_a CHECK (a IN (1, 2))) STRICT, WITHOUT ROWID";

    #[test]
    fn a_constraint_is_taken_out_of_the_text_of_its_table() {
        let unchecked = "CREATE TABLE t (a INTEGER, CONSTRAINT pk_t PRIMARY KEY (a)) \
                         STRICT, WITHOUT ROWID";
        let keyless = "CREATE TABLE t (a INTEGER, CONSTRAINT ck_a CHECK (a IN (1, 2))) STRICT";

        assert_eq!(without(TABLE, "ck_a"), unchecked);
        assert_eq!(without(TABLE, "pk_t"), keyless);
        assert_eq!(without(TABLE, "ck_b"), TABLE);
    }
}
