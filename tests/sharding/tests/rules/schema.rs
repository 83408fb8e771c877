//! The live schema can be sharded, and each rule is missed when it is broken.

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, TransactionTrait};
use sharding::schema::breaches;
use test_databases::{PostgresDatabase, fresh_postgres};

/// A change of the schema, and what the rules say of it.
const PLANTED: [(&str, &[&str]); 16] = [
    ("CREATE TABLE guilds (guild_id uuid PRIMARY KEY)", &["guilds is of no family"]),
    (
        "DROP TABLE level_ups",
        &["level_ups is not there", "level_ups has no key", "level_ups has no player_id"],
    ),
    ("CREATE UNIQUE INDEX uq_names ON players (name)", &["uq_names of players lacks player_id"]),
    (
        "CREATE UNIQUE INDEX uq_folded ON players (lower(key))",
        &["uq_folded of players lacks player_id"],
    ),
    (
        "CREATE UNIQUE INDEX uq_covering ON charges (charge_id) INCLUDE (player_id)",
        &["uq_covering of charges lacks player_id"],
    ),
    (
        "ALTER TABLE outbox_events DROP CONSTRAINT pk_outbox_events, \
         ADD CONSTRAINT pk_outbox_events PRIMARY KEY (event_id)",
        &["pk_outbox_events of outbox_events lacks tournament_id"],
    ),
    ("ALTER TABLE awards DROP CONSTRAINT pk_awards", &["awards has no key"]),
    (
        "ALTER TABLE awards ADD CONSTRAINT one_at_a_place EXCLUDE USING btree (placement WITH =)",
        &["one_at_a_place of awards lacks tournament_id"],
    ),
    (
        "ALTER TABLE badges ADD CONSTRAINT fk_owner FOREIGN KEY (player_id) REFERENCES players",
        &["foreign key fk_owner"],
    ),
    (
        "ALTER TABLE awards ADD CONSTRAINT fk_winner FOREIGN KEY (player_id) REFERENCES players",
        &["foreign key fk_winner"],
    ),
    ("CREATE SEQUENCE numbers", &["sequence numbers"]),
    (
        "ALTER TABLE charges ADD COLUMN number bigserial",
        &[
            "default charges.number nextval('charges_number_seq'::regclass)",
            "sequence charges_number_seq",
        ],
    ),
    (
        "ALTER TABLE charges ADD COLUMN number bigint GENERATED ALWAYS AS IDENTITY",
        &["identity charges.number", "sequence charges_number_seq"],
    ),
    (
        "ALTER TABLE charges ALTER COLUMN created_at SET DEFAULT now()",
        &["default charges.created_at now()"],
    ),
    (
        "CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; \
         CREATE TRIGGER watcher BEFORE INSERT ON awards FOR EACH ROW EXECUTE FUNCTION nothing(); \
         CREATE RULE ignored AS ON DELETE TO awards DO INSTEAD NOTHING",
        &["rule ignored", "trigger watcher"],
    ),
    (
        "ALTER TABLE badges ALTER COLUMN player_id TYPE text; \
         ALTER TABLE results DROP CONSTRAINT pk_results, \
         ADD CONSTRAINT pk_results UNIQUE (tournament_id, player_id); \
         ALTER TABLE results ALTER COLUMN tournament_id DROP NOT NULL",
        &[
            "player_id of badges is text, not uuid",
            "tournament_id of results is uuid or nothing, not uuid",
        ],
    ),
];

#[tokio::test]
async fn the_live_schema_can_be_sharded() {
    let (_database, connection) = fresh().await;

    assert_eq!(breaches(&connection).await, <[String; 0]>::default());
}

#[tokio::test]
async fn every_broken_rule_is_named() {
    let (_database, connection) = fresh().await;

    for (change, expected) in PLANTED {
        let transaction = connection.begin().await.unwrap();
        transaction.execute_unprepared(change).await.unwrap();

        assert_eq!(breaches(&transaction).await, expected, "{change}");

        transaction.rollback().await.unwrap();
    }
}

async fn fresh() -> (PostgresDatabase, DatabaseConnection) {
    let database = fresh_postgres().await;
    let connection = Database::connect(database.url()).await.unwrap();
    (database, connection)
}
