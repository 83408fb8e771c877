//! Webhooks, and the events that are fanned out to them.

use std::collections::btree_map::Entry;

use ports::{
    Timestamp,
    spi::{Recorded, WebhookRecord, WebhookState},
};
use uuid::Uuid;

use super::{Papers, deliveries::Delivery};

impl Papers {
    pub(super) fn insert_webhook(&mut self, webhook: &WebhookRecord) -> Recorded {
        match self.webhooks.entry(webhook.id) {
            Entry::Occupied(_) => Recorded::Replayed,
            Entry::Vacant(entry) => {
                entry.insert(webhook.clone());
                Recorded::New
            }
        }
    }

    /// RELAY-5
    pub(super) fn update_webhook(&mut self, webhook: &WebhookRecord) -> bool {
        let known = self.webhooks.get_mut(&webhook.id);
        let Some(known) = known.filter(|it| it.version == webhook.version) else { return false };
        let (version, position) = (webhook.version + 1, known.position);
        *known = WebhookRecord { version, position, ..webhook.clone() };
        true
    }

    pub(super) fn delete_webhook(&mut self, id: Uuid) -> bool {
        self.deliveries.retain(|key, _| key.0 != id);
        self.webhooks.remove(&id).is_some()
    }

    pub(super) fn busy_webhooks(&self, now: Timestamp, limit: usize) -> Vec<Uuid> {
        let active = self.webhooks.values().filter(|it| it.state == WebhookState::Active);
        let busy = active.filter(|it| {
            it.position < self.last_position() || self.due(it.id, now).next().is_some()
        });
        busy.take(limit).map(|it| it.id).collect()
    }

    /// RELAY-1
    pub(super) fn fan_out(&mut self, id: Uuid, limit: usize, now: Timestamp) -> u64 {
        let Some(webhook) = self.webhooks.get(&id).cloned() else { return 0 };
        if webhook.state != WebhookState::Active {
            return 0;
        }
        let next = self.behind(webhook.position).take(limit);
        let events: Vec<_> = next.map(|it| (it.position, it.event_type())).collect();
        for (position, _) in events.iter().filter(|it| webhook.wants(&it.1)) {
            self.deliveries.entry((id, *position)).or_insert_with(|| Delivery::due(now));
        }
        let last = events.last().map(|it| it.0);
        if let (Some(last), Some(known)) = (last, self.webhooks.get_mut(&id)) {
            known.position = last;
        }
        events.len() as u64
    }
}
