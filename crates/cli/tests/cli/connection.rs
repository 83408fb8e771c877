//! How the command connects: its patience, its pool, and a pooler in between.

use test_databases::{TransactionPooler, blank_postgres};

use crate::guerdon::Guerdon;

const OPTIONS: [(&str, &str); 7] = [
    ("--database-url", "GUERDON_DATABASE_URL"),
    ("--connections", "GUERDON_CONNECTIONS"),
    ("--pooler", "GUERDON_POOLER"),
    ("--acquire-timeout", "GUERDON_ACQUIRE_TIMEOUT"),
    ("--lock-timeout", "GUERDON_LOCK_TIMEOUT"),
    ("--statement-timeout", "GUERDON_STATEMENT_TIMEOUT"),
    ("--idle-in-transaction-timeout", "GUERDON_IDLE_IN_TRANSACTION_TIMEOUT"),
];

#[test]
fn help_names_every_option_of_the_connection_with_its_variable() {
    let help = Guerdon::new().run(&["--help"]).stdout;

    for (option, variable) in OPTIONS {
        assert!(help.contains(option), "{option}: {help}");
        assert!(help.contains(&format!("[env: {variable}")), "{variable}: {help}");
    }
}

#[test]
fn more_workers_than_connections_are_refused_before_anything_is_written() {
    let guerdon = Guerdon::with_imported_cup();

    let refused = guerdon.run(&["finalize", "cup", "--workers", "8", "--connections", "2"]);
    let paid = guerdon.run(&["finalize", "cup", "--workers", "2", "--connections", "2"]);

    assert_eq!(refused.code, 2, "{refused:?}");
    assert!(refused.stderr.contains("8 workers need 8 connections, not 2"), "{}", refused.stderr);
    assert_eq!(paid.code, 0, "{paid:?}");
}

#[test]
fn no_time_is_no_patience() {
    let guerdon = Guerdon::with_imported_cup();

    for option in ["--lock-timeout", "--acquire-timeout"] {
        let refused = guerdon.run(&["tournaments", option, "0s"]);

        assert_eq!(refused.code, 2, "{refused:?}");
    }
    let unbounded = ["--statement-timeout", "0s", "--idle-in-transaction-timeout", "0s"];
    assert_eq!(guerdon.run(&[&["tournaments"], &unbounded[..]].concat()).code, 0);
}

#[tokio::test]
async fn everything_works_through_a_pooler_that_the_command_is_told_of() {
    let database = blank_postgres().await;
    let pooler = TransactionPooler::start(2, "");
    let guerdon = Guerdon::with_cup();
    let run = |args: &[&str], told: bool| {
        let mut command = guerdon.command(args);
        command.env("GUERDON_DATABASE_URL", pooler.url_of(database.url()));
        if told {
            command.env("GUERDON_POOLER", "transaction");
        }
        command.output().expect("it starts")
    };

    let untold = run(&["migrate", "up"], false);
    let told = [&["migrate", "up"][..], &["run", "cup.csv", "--workers", "4"], &["verify"]]
        .map(|args| run(args, true));

    assert_eq!(untold.status.code(), Some(2));
    let words = String::from_utf8_lossy(&untold.stderr);
    assert!(words.contains("--pooler transaction"), "{words}");
    for output in told {
        assert_eq!(output.status.code(), Some(0), "{output:?}");
    }
}
