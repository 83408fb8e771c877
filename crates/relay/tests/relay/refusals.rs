//! Where nothing is delivered to.

use app_service::{DeliveryState, NewWebhook, WebhookError, WebhookRules};
use relay::RelaySettings;

use crate::{
    receiver::Receiver,
    scene::{Running, ended, happen, in_memory, settings, webhook},
};

/// A name may come to stand for another address after the webhook was set up, so the relay looks
/// for itself: neither a name nor an address gets it to this machine.
#[tokio::test]
async fn nothing_is_sent_to_private_addresses_unless_they_are_allowed() {
    let mut receiver = Receiver::answering([]).await;
    for url in [receiver.url.clone(), receiver.url.replace("127.0.0.1", "localhost")] {
        let guerdon = in_memory();
        let hook = webhook(&guerdon, &url.replace("http:", "https:"), &[]).await.webhook;
        happen(&guerdon, 1).await;

        let careful = RelaySettings { rules: WebhookRules::default(), ..settings() };
        let relay = Running::start(&guerdon, careful);
        let letters = ended(&guerdon, hook.id).await;
        relay.stop().await;

        assert_eq!((letters.len(), letters[0].state), (1, DeliveryState::Dead));
        assert!(letters[0].error.contains("on the public internet"), "{}", letters[0].error);
        assert_eq!(receiver.rest().len(), 0);
    }
}

#[tokio::test]
async fn webhook_that_nothing_can_be_delivered_to_is_not_set_up() {
    let guerdon = in_memory();
    let new = |url: &str, types: &[&str]| NewWebhook {
        url: url.to_owned(),
        event_types: types.iter().map(ToString::to_string).collect(),
        ..NewWebhook::default()
    };

    let private = guerdon.create_webhook(new("https://10.0.0.1", &[]), WebhookRules::default());
    let unknown = new("https://example.com", &["guerdon.nothing.v1"]);
    let unknown = guerdon.create_webhook(unknown, WebhookRules::default());

    assert!(matches!(private.await, Err(WebhookError::Url(_))));
    assert!(matches!(unknown.await, Err(WebhookError::EventType(_))));
    assert_eq!(guerdon.webhooks(None, 9).await.unwrap(), []);
}
