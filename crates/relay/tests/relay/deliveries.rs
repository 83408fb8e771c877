//! What happens arrives: signed, whole, and again until it does.

use std::{collections::BTreeSet, time::Duration};

use app_service::{DeliveryState, Guerdon, Replay, WebhookChange};
use relay::RelaySettings;
use standardwebhooks::Webhook;

use crate::{
    receiver::{Heard, Receiver, Reply},
    scene::{RULES, Running, deliveries, happen, in_memory, pay, settings, webhook},
};

#[tokio::test]
async fn paid_rewards_arrive_signed_and_once_each() {
    let (guerdon, mut receiver) = (in_memory(), Receiver::answering([]).await);
    let hook = webhook(&guerdon, &receiver.url, &[]).await;
    let cup = pay(&guerdon, 3).await;

    let relay = Running::start(&guerdon, settings());
    let heard = receiver.take(6).await;
    relay.stop().await;

    assert_eq!(receiver.rest().len(), 0);
    let mut types: Vec<_> = heard.iter().map(|it| it.event().event_type).collect();
    types.sort_unstable();
    let of_cup = ["completed", "results_submitted", "rewards_distributed"].map(tournament);
    let paid = ["guerdon.reward.paid.v1"; 3].map(str::to_owned);
    assert_eq!(types, [&paid[..], &of_cup[..]].concat());
    for one in &heard {
        Webhook::new(&hook.secret).unwrap().verify(&one.body, &one.headers).unwrap();
        assert_eq!(one.id(), one.event().id.to_string());
        assert_eq!(one.event().data["tournament_id"], cup.to_string());
    }
    let winner = heard.iter().map(Heard::event).find(|it| it.data["placement"] == 1).unwrap();
    assert_eq!((winner.sequence.as_str(), winner.source), ("1", source(winner.subject)));
    assert_eq!((&winner.data["credits"], &winner.data["revision"]), (&100.into(), &0.into()));
}

#[tokio::test]
async fn what_a_receiver_refuses_arrives_later_with_the_same_id() {
    let refusals = [Reply::Status(500), Reply::Status(429), Reply::Redirect("/else".to_owned())];
    let (guerdon, mut receiver) = (in_memory(), Receiver::answering(refusals).await);
    let hook = webhook(&guerdon, &receiver.url, &[]).await;
    happen(&guerdon, 1).await;

    let relay = Running::start(&guerdon, settings());
    let heard = receiver.take(4).await;
    relay.stop().await;

    assert_eq!(heard.iter().map(Heard::id).collect::<BTreeSet<_>>().len(), 1);
    assert_eq!(receiver.rest().len(), 0, "a redirect is not followed");
    let [delivery] = &deliveries(&guerdon, hook.webhook.id).await[..] else { panic!("one event") };
    assert_eq!((delivery.state, delivery.attempts), (DeliveryState::Delivered, 4));
}

#[tokio::test]
async fn dead_letter_arrives_when_it_is_replayed() {
    let refusals = vec![Reply::Status(503); 4];
    let (guerdon, mut receiver) = (in_memory(), Receiver::answering(refusals).await);
    let hook = webhook(&guerdon, &receiver.url, &[]).await;
    happen(&guerdon, 1).await;
    let relay = Running::start(&guerdon, settings());
    let dead = receiver.take(4).await;
    relay.stop().await;
    let [letter] = &deliveries(&guerdon, hook.webhook.id).await[..] else { panic!("one event") };
    assert_eq!((letter.state, letter.status), (DeliveryState::Dead, Some(503)));

    let again = Replay::One(letter.position);
    assert_eq!(guerdon.replay_deliveries(hook.webhook.id, again).await.unwrap(), 1);
    let relay = Running::start(&guerdon, settings());
    let alive = receiver.next().await;
    relay.stop().await;

    assert_eq!(alive.id(), dead[0].id());
    let delivered = Some(DeliveryState::Delivered);
    assert_eq!(guerdon.deliveries(hook.webhook.id, delivered, 0, 9).await.unwrap().len(), 1);
}

#[tokio::test]
async fn receiver_that_is_gone_is_left_alone_until_somebody_says_otherwise() {
    let (guerdon, mut receiver) = (in_memory(), Receiver::answering([Reply::Status(410)]).await);
    let hook = webhook(&guerdon, &receiver.url, &[]).await.webhook;
    happen(&guerdon, 1).await;
    let relay = Running::start(&guerdon, settings());
    let first = receiver.next().await;
    relay.stop().await;
    assert_eq!(guerdon.webhook(hook.id).await.unwrap().state.as_str(), "gone");
    happen(&guerdon, 2).await;
    assert_eq!(guerdon.dispatch_events().await.unwrap(), 1);
    assert_eq!(guerdon.busy_webhooks(9).await.unwrap(), <[uuid::Uuid; 0]>::default());

    let active = WebhookChange { active: Some(true), ..WebhookChange::default() };
    guerdon.change_webhook(hook.id, active, RULES).await.unwrap();
    let relay = Running::start(&guerdon, settings());
    let mut ids: Vec<_> = receiver.take(2).await.iter().map(Heard::id).collect();
    relay.stop().await;

    ids.retain(|it| *it != first.id());
    assert_eq!(ids.len(), 1, "the one that was refused, and the one that has waited");
}

#[tokio::test]
async fn receiver_that_hangs_costs_only_itself() {
    let guerdon = in_memory();
    let mut hanging = Receiver::answering(vec![Reply::Hang; 40]).await;
    let mut quick = Receiver::answering([]).await;
    let hung = webhook(&guerdon, &hanging.url, &[]).await.webhook;
    webhook(&guerdon, &quick.url, &[]).await;
    happen(&guerdon, 40).await;

    let relay = Running::start(&guerdon, settings());
    let slow = hanging.next().await;
    let heard = quick.take(40).await;

    assert_eq!(heard.iter().map(Heard::id).collect::<BTreeSet<_>>().len(), 40);
    assert!(heard.iter().any(|it| it.id() == slow.id()));
    let waiting = Some(DeliveryState::Pending);
    assert_eq!(guerdon.deliveries(hung.id, waiting, 0, 99).await.unwrap().len(), 40);
    relay.kill().await;
}

#[tokio::test]
async fn receiver_that_does_not_answer_in_time_is_asked_again() {
    let (guerdon, mut receiver) = (in_memory(), Receiver::answering([Reply::Hang]).await);
    let hook = webhook(&guerdon, &receiver.url, &[]).await.webhook;
    happen(&guerdon, 1).await;

    let impatient = RelaySettings { timeout: Duration::from_millis(100), ..settings() };
    let relay = Running::start(&guerdon, impatient);
    let first = receiver.next().await;
    // The answer may take longer than that on a busy machine: then there are more attempts.
    let second = receiver.next().await;
    relay.stop().await;

    assert_eq!(first.id(), second.id());
    let [delivery] = &deliveries(&guerdon, hook.id).await[..] else { panic!("one event") };
    assert!(delivery.attempts >= 2, "{delivery:?}");
}

#[tokio::test]
async fn old_and_new_secret_both_sign_while_they_change() {
    let (guerdon, mut receiver) = (in_memory(), Receiver::answering([]).await);
    let old = webhook(&guerdon, &receiver.url, &[]).await;
    let overlap = Duration::from_mins(10);
    let new = guerdon.rotate_webhook_secret(old.webhook.id, overlap).await.unwrap();
    happen(&guerdon, 1).await;
    let relay = Running::start(&guerdon, settings());
    let both = receiver.next().await;
    relay.stop().await;

    let newest = guerdon.rotate_webhook_secret(old.webhook.id, Duration::ZERO).await.unwrap();
    happen(&guerdon, 2).await;
    let relay = Running::start(&guerdon, settings());
    let one = receiver.next().await;
    relay.stop().await;

    let knows = |secret: &str, heard: &Heard| {
        Webhook::new(secret).unwrap().verify(&heard.body, &heard.headers).is_ok()
    };
    let secrets = [&old.secret, &new.secret, &newest.secret];
    assert_eq!(secrets.map(|it| knows(it, &both)), [true, true, false]);
    assert_eq!(secrets.map(|it| knows(it, &one)), [false, false, true]);
}

#[tokio::test]
async fn only_what_is_wanted_is_delivered() {
    let (guerdon, mut receiver) = (in_memory(), Receiver::answering([]).await);
    webhook(&guerdon, &receiver.url, &["guerdon.tournament.completed.v1"]).await;
    pay(&guerdon, 3).await;

    let relay = Running::start(&guerdon, settings());
    let heard = receiver.next().await;
    relay.stop().await;

    assert_eq!(heard.event().event_type, tournament("completed"));
    assert_eq!(receiver.rest().len(), 0);
    assert_nothing_waits(&guerdon).await;
}

async fn assert_nothing_waits(guerdon: &Guerdon) {
    assert_eq!(guerdon.busy_webhooks(9).await.unwrap(), <[uuid::Uuid; 0]>::default());
}

fn tournament(what: &str) -> String {
    format!("guerdon.tournament.{what}.v1")
}

fn source(player: uuid::Uuid) -> String {
    format!("/v1/players/{player}")
}
