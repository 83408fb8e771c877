//! What players spend.

use client::{
    PageQuery,
    wire::{
        AssessRequest, Assessment, ChargeState, HoldRequest, RefundRequest, SettleRequest,
        SpendRequest,
    },
};

use crate::{
    on_both_stores,
    served::{Served, key},
};

on_both_stores! {
    what_is_spent_twice_under_one_name_is_spent_once
    a_hold_is_settled_in_part_and_refunded
    a_hold_is_given_back
    what_a_coach_says_twice_counts_once
}

async fn what_is_spent_twice_under_one_name_is_spent_once(served: Served) {
    let served = served.with_results().await;
    served.finalized("cup").await;
    let hat = SpendRequest { charge: "hat".to_owned(), amount: 30, memo: "a hat".to_owned() };

    let first = served.client.spend("ada", &key(), &hat).await.unwrap().body;
    let second = served.client.spend("ada", &key(), &hat).await.unwrap().body;

    assert_eq!((first.replayed, second.replayed), (false, true));
    assert_eq!((first.credit_balance, second.credit_balance), (70, 70));
    assert_eq!(first.charge, second.charge);
}

async fn a_hold_is_settled_in_part_and_refunded(served: Served) {
    let served = served.with_results().await;
    let client = &served.client;
    served.finalized("cup").await;
    let trip = hold("trip", 60);

    let held = client.hold("ada", &key(), &trip).await.unwrap().body;
    let open = client.list_holds("ada", &PageQuery::default()).await.unwrap().body;
    let part = SettleRequest { amount: Some(50) };
    let settled = client.settle("ada", "trip", &key(), &part).await.unwrap().body;
    let back = RefundRequest { refund: "rain".to_owned(), amount: Some(20) };
    let refunded = client.refund("ada", "trip", &key(), &back).await.unwrap().body;

    assert_eq!((held.charge.state, held.credit_balance), (ChargeState::Held, 40));
    assert_eq!(open.items, [held.charge]);
    assert_eq!((settled.charge.state, settled.credit_balance), (ChargeState::Settled, 50));
    assert_eq!((refunded.charge.refunded, refunded.credit_balance), (20, 70));
}

async fn a_hold_is_given_back(served: Served) {
    let served = served.with_results().await;
    let client = &served.client;
    served.finalized("cup").await;
    client.hold("ada", &key(), &hold("trip", 60)).await.unwrap();

    let released = client.release("ada", "trip", &key()).await.unwrap().body;

    assert_eq!((released.charge.state, released.credit_balance), (ChargeState::Released, 100));
    let charges = client.list_charges("ada", &PageQuery::default()).await.unwrap().body;
    assert_eq!(charges.items, [released.charge]);
}

async fn what_a_coach_says_twice_counts_once(served: Served) {
    let served = served.with_results().await;
    let client = &served.client;
    let said = Assessment {
        occasion: "spring camp".to_owned(),
        assessor: "eva".to_owned(),
        skill: "focus".to_owned(),
        percentage: 72.5,
    };
    let said = AssessRequest { assessments: vec![said] };

    let first = client.assess("ada", &key(), &said).await.unwrap().body;
    let second = client.assess("ada", &key(), &said).await.unwrap().body;

    assert_eq!((first.replayed, second.replayed), (vec![false], vec![true]));
    let skills = client.show_player("ada").await.unwrap().body.skills;
    let assessed = skills[0].assessed.expect("it was assessed");
    assert_eq!((assessed.mean.to_string(), assessed.count), ("72.5".to_owned(), 1));
}

fn hold(charge: &str, amount: i64) -> HoldRequest {
    HoldRequest { charge: charge.to_owned(), amount, memo: String::new(), expires_at: None }
}
