//! What happens is in the feed, and webhooks are set up, changed and removed.

use client::{
    EventsQuery, PageQuery,
    wire::{NewWebhook, ReplayRequest, RotateRequest, WebhookChange, WebhookState},
};

use crate::{
    on_both_stores,
    served::{Served, key},
};

on_both_stores! {
    the_feed_tells_of_every_reward_and_goes_on_where_a_page_ended
    a_webhook_is_set_up_with_a_secret_that_is_shown_once
    a_webhook_that_nothing_can_be_delivered_to_is_a_problem
}

async fn the_feed_tells_of_every_reward_and_goes_on_where_a_page_ended(served: Served) {
    let served = served.with_results().await;
    served.finalized("cup").await;
    served.guerdon.dispatch_events().await.expect("events get their places");
    let asked = |cursor, limit| EventsQuery { cursor, limit, ..EventsQuery::default() };

    let first = served.client.list_events(&asked(None, Some(3))).await.expect("a page").body;
    let cursor = Some(first.cursor.clone());
    let rest = served.client.list_events(&asked(cursor, None)).await.expect("a page").body;
    let cursor = Some(rest.cursor.clone());
    let nothing = served.client.list_events(&asked(cursor, None)).await.expect("a page").body;

    let types = first.events.iter().chain(&rest.events).map(|it| it.event_type.as_str());
    let paid = types.filter(|it| *it == "guerdon.reward.paid.v1").count();
    assert_eq!((first.events.len(), first.events.len() + rest.events.len(), paid), (3, 7, 4));
    assert_eq!((nothing.events.len(), nothing.cursor), (0, rest.cursor));
    let of_ada = EventsQuery { player: Some("ada".to_owned()), ..EventsQuery::default() };
    let of_ada = served.client.list_events(&of_ada).await.expect("a page").body.events;
    assert_eq!(of_ada.len(), 1);
    assert_eq!((of_ada[0].sequence.as_str(), &of_ada[0].data["placement"]), ("1", &1.into()));
}

async fn a_webhook_is_set_up_with_a_secret_that_is_shown_once(served: Served) {
    let client = &served.client;
    let new = NewWebhook { url: "https://example.com/hook".to_owned(), ..NewWebhook::default() };

    let made = client.create_webhook(&key(), &new).await.expect("it is set up").body;
    let id = made.webhook.id.to_string();
    let paused = WebhookChange { active: Some(false), ..WebhookChange::default() };
    let paused = client.change_webhook(&id, &paused).await.expect("it is changed").body;
    let rotated = client.rotate_webhook_secret(&id, &key(), &RotateRequest::default()).await;
    let rotated = rotated.expect("it has a new secret").body;
    let behind = ReplayRequest::Behind(0);
    let replayed = client.replay_deliveries(&id, &key(), &behind).await.expect("none").body;

    assert!(made.secret.as_ref().is_some_and(|it| it.starts_with("whsec_")));
    assert!(rotated.secret.is_some() && rotated.secret != made.secret);
    assert_eq!((paused.state, paused.version, replayed.deliveries), (WebhookState::Paused, 2, 0));
    let listed = client.list_webhooks(&PageQuery::default()).await.expect("a page").body.items;
    assert_eq!(listed, std::slice::from_ref(&rotated.webhook));
    assert_eq!(client.show_webhook(&id).await.expect("it is there").body, rotated.webhook);
    assert_eq!(client.delete_webhook(&id).await.expect("it goes").body, rotated.webhook);
    let gone = client.show_webhook(&id).await.expect_err("it is gone");
    assert_eq!(gone.problem().map(|it| it.code.as_str()), Some("webhook-unknown"));
}

async fn a_webhook_that_nothing_can_be_delivered_to_is_a_problem(served: Served) {
    let new = |url: &str, event_type: &str| NewWebhook {
        url: url.to_owned(),
        event_types: vec![event_type.to_owned()],
        ..NewWebhook::default()
    };
    let wrong = [
        new("http://example.com", "guerdon.reward.paid.v1"),
        new("https://127.0.0.1", "guerdon.reward.paid.v1"),
        new("https://example.com", "guerdon.nothing.v1"),
    ];

    for new in wrong {
        let refused = served.client.create_webhook(&key(), &new).await.expect_err("it is refused");

        let code = refused.problem().map(|it| it.code.as_str());
        assert_eq!(code, Some("webhook-invalid"), "{new:?}");
    }
}
