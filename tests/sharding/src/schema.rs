//! What keeps a live schema from being sharded, read from PostgreSQL's catalogue.
//!
//! Which table belongs to whom is said once, in `migrations::families`.

use std::collections::BTreeMap;

use migrations::families::{Family, OF_MIGRATIONS, TABLES};
use sea_orm::{ConnectionTrait, DbBackend, Statement};

/// What every rule is about: the tables of the schema.
const HERE: &str = "c.relnamespace = quote_ident(current_schema())::regnamespace \
                    AND c.relkind IN ('r', 'p')";

/// What keeps the schema from being sharded, a sentence each.
pub async fn breaches(db: &impl ConnectionTrait) -> Vec<String> {
    let mut breaches = tables(db).await;
    breaches.extend(keys(db).await);
    breaches.extend(columns(db).await);
    breaches.extend(banned(db).await);
    breaches
}

/// Every table is of a family, and every family's table is there.
async fn tables(db: &impl ConnectionTrait) -> Vec<String> {
    let live = query(db, &format!("SELECT c.relname::text FROM pg_class c WHERE {HERE}")).await;
    let live: Vec<_> = live.into_iter().map(|[it]| it).filter(|it| it != OF_MIGRATIONS).collect();
    let strange = live.iter().filter(|it| family(it).is_none());
    let missing = TABLES.iter().filter(|it| !live.iter().any(|live| live == it.0));
    strange
        .map(|it| format!("{it} is of no family"))
        .chain(missing.map(|it| format!("{} is not there", it.0)))
        .collect()
}

/// Nodes check a key among their own rows only: it must hold the column that says which node.
async fn keys(db: &impl ConnectionTrait) -> Vec<String> {
    let found = query::<3>(
        db,
        &format!(
            "SELECT c.relname::text, i.relname::text, COALESCE(string_agg(a.attname, ' '), '') \
             FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid \
             JOIN pg_class i ON i.oid = x.indexrelid \
             LEFT JOIN pg_attribute a ON a.attrelid = x.indrelid \
             AND a.attnum = ANY(x.indkey[0:x.indnkeyatts - 1]) \
             WHERE {HERE} AND (x.indisunique OR x.indisexclusion) GROUP BY 1, 2 ORDER BY 1, 2"
        ),
    )
    .await;
    let lacks = |[table, key, columns]: &[String; 3]| {
        let column = family(table)?.distributed_by()?;
        let holds = columns.split(' ').any(|it| it == column);
        (!holds).then(|| format!("{key} of {table} lacks {column}"))
    };
    let keyless = TABLES.iter().filter(|it| !found.iter().any(|[table, ..]| table == it.0));
    found.iter().filter_map(lacks).chain(keyless.map(|it| format!("{} has no key", it.0))).collect()
}

/// The column that a table is distributed by has one type in all tables of its family, and a value in
/// every row.
async fn columns(db: &impl ConnectionTrait) -> Vec<String> {
    let found = query::<3>(
        db,
        &format!(
            "SELECT c.relname::text, a.attname::text, format_type(a.atttypid, a.atttypmod) \
             || CASE WHEN a.attnotnull THEN '' ELSE ' or nothing' END \
             FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid \
             WHERE {HERE} AND a.attnum > 0 AND NOT a.attisdropped ORDER BY 1, 2"
        ),
    )
    .await;
    let types: BTreeMap<_, _> =
        found.iter().map(|[table, column, kind]| ((&**table, &**column), &**kind)).collect();
    let mut breaches = vec![];
    let mut of_family: BTreeMap<Family, &str> = BTreeMap::new();
    for (table, family) in TABLES {
        let Some(column) = family.distributed_by() else { continue };
        let Some(kind) = types.get(&(table, column)).copied() else {
            breaches.push(format!("{table} has no {column}"));
            continue;
        };
        let expected = of_family.entry(family).or_insert(kind);
        if kind != *expected || kind.ends_with("or nothing") {
            breaches.push(format!("{column} of {table} is {kind}, not {expected}"));
        }
    }
    breaches
}

/// What a distributed table cannot have, or would do on each node by itself.
async fn banned(db: &impl ConnectionTrait) -> Vec<String> {
    let found = query::<1>(
        db,
        &format!(
            "SELECT 'foreign key ' || f.conname FROM pg_constraint f \
             JOIN pg_class c ON c.oid = f.conrelid WHERE {HERE} AND f.contype = 'f' \
             UNION ALL SELECT 'trigger ' || t.tgname FROM pg_trigger t \
             JOIN pg_class c ON c.oid = t.tgrelid WHERE {HERE} AND NOT t.tgisinternal \
             UNION ALL SELECT 'rule ' || r.rulename FROM pg_rewrite r \
             JOIN pg_class c ON c.oid = r.ev_class WHERE {HERE} \
             UNION ALL SELECT 'sequence ' || s.relname FROM pg_class s \
             WHERE s.relkind = 'S' AND s.relnamespace = quote_ident(current_schema())::regnamespace \
             UNION ALL SELECT 'identity ' || c.relname || '.' || a.attname FROM pg_attribute a \
             JOIN pg_class c ON c.oid = a.attrelid WHERE {HERE} AND a.attidentity <> '' \
             UNION ALL SELECT 'default ' || c.relname || '.' || a.attname || ' ' \
             || pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d \
             JOIN pg_class c ON c.oid = d.adrelid \
             JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum \
             WHERE {HERE} AND pg_get_expr(d.adbin, d.adrelid) LIKE '%(%' ORDER BY 1"
        ),
    )
    .await;
    found.into_iter().map(|[it]| it).collect()
}

fn family(table: &str) -> Option<Family> {
    TABLES.iter().find(|it| it.0 == table).map(|it| it.1)
}

async fn query<const N: usize>(db: &impl ConnectionTrait, text: &str) -> Vec<[String; N]> {
    let statement = Statement::from_string(DbBackend::Postgres, text);
    let rows = db.query_all_raw(statement).await.unwrap();
    rows.iter()
        .map(|row| std::array::from_fn(|it| row.try_get_by_index::<String>(it).unwrap()))
        .collect()
}
