//! Spending, holding and giving back, from the command line.

use serde_json::json;

use crate::guerdon::Guerdon;

#[test]
fn what_is_spent_under_a_name_is_spent_once() {
    let guerdon = Guerdon::with_paid_cup();

    let first = guerdon.json(&["spend", "ada", "60", "--id", "sword", "--memo", "a sword"]);
    let again = guerdon.json(&["spend", "ada", "60", "--id", "sword", "--memo", "a sword"]);
    let other = guerdon.run(&["spend", "ada", "50", "--id", "sword", "--json"]);
    let too_much = guerdon.run(&["spend", "ada", "41", "--json"]);

    assert_eq!((&first["replayed"], &first["credit_balance"]), (&json!(false), &json!(40)));
    assert_eq!((&again["replayed"], &again["credit_balance"]), (&json!(true), &json!(40)));
    assert_eq!((other.code, &other.error()["code"]), (2, &json!("charge-differs")));
    assert_eq!((too_much.code, &too_much.error()["code"]), (2, &json!("not-enough-credits")));
    let message = too_much.error()["message"].to_string();
    assert!(message.contains("ada has 40 credits, not 41"), "{message}");
}

#[test]
fn a_charge_that_nobody_named_is_named_for_later() {
    let guerdon = Guerdon::with_paid_cup();
    let spent = guerdon.json(&["spend", "ada", "60"]);
    let charge = spent["charge"]["id"].as_str().expect("an id");

    let refunded = guerdon.json(&["refund", "ada", charge, "--amount", "20", "--id", "blunt"]);
    let again = guerdon.json(&["refund", "ada", charge, "--amount", "20", "--id", "blunt"]);
    let rest = guerdon.json(&["refund", "ada", charge]);
    let unknown = guerdon.run(&["refund", "ada", "nothing", "--json"]);

    assert_eq!(refunded["credit_balance"], 60);
    assert_eq!((&again["replayed"], &again["credit_balance"]), (&json!(true), &json!(60)));
    assert_eq!(rest["credit_balance"], 100);
    assert_eq!((unknown.code, &unknown.error()["code"]), (2, &json!("charge-unknown")));
}

#[test]
fn a_hold_is_listed_until_it_ends() {
    let guerdon = Guerdon::with_paid_cup();
    for name in ["sword", "bow", "horse"] {
        guerdon.json(&["hold", "ada", "20", "--id", name, "--expires-in", "1h"]);
    }
    let table = guerdon.run(&["holds", "ada"]);

    let settled = guerdon.json(&["settle", "ada", "sword", "--amount", "15"]);
    let released = guerdon.json(&["release", "ada", "bow"]);
    let too_late = guerdon.run(&["settle", "ada", "bow", "--json"]);

    assert_eq!(table.stdout.lines().count(), 5, "{}", table.stdout);
    assert_eq!(settled["credit_balance"], 45);
    assert_eq!(released["charge"]["state"], "released");
    assert_eq!((too_late.code, &too_late.error()["code"]), (2, &json!("charge-refused")));
    assert_eq!(guerdon.lines(&["holds", "ada"]).len(), 1);
    assert_eq!(guerdon.lines(&["holds", "ada", "--all"]).len(), 3);
    assert_eq!(guerdon.json(&["verify"])["outcome"], "held");
}

#[test]
fn holds_that_are_due_are_given_back() {
    let guerdon = Guerdon::with_paid_cup();
    guerdon.json(&["hold", "ada", "20", "--id", "sword", "--expires-in", "0s"]);
    guerdon.json(&["hold", "ada", "20", "--id", "bow"]);

    let expired = guerdon.json(&["expire-holds"]);
    let again = guerdon.run(&["expire-holds"]);

    assert_eq!((&expired["expired"], &expired["credits"]), (&json!(1), &json!(20)));
    assert_eq!((again.code, &*again.stdout), (0, "0 holds expired, 0 credits given back\n"));
    assert_eq!(guerdon.json(&["player", "ada"])["credit_balance"], 80);
}
