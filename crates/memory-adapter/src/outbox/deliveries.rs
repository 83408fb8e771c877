//! Deliveries: claimed, recorded, replayed.

use ports::{
    Timestamp,
    spi::{
        Attempt, ClaimedDelivery, DeliveryClaim, DeliveryRecord, DeliveryState, Replay,
        WebhookState,
    },
};
use uuid::Uuid;

use super::Papers;

/// A delivery as it stands.
#[derive(Debug, Clone)]
pub(super) struct Delivery {
    state: DeliveryState,
    attempts: u32,
    /// When it is due; while it is claimed, when the claim is over.
    due_at: Timestamp,
    claim: Option<Uuid>,
    created_at: Timestamp,
    tried_at: Option<Timestamp>,
    status: Option<u16>,
    error: String,
}

impl Delivery {
    /// One that was never tried.
    pub(super) fn due(now: Timestamp) -> Self {
        Self {
            state: DeliveryState::Pending,
            attempts: 0,
            due_at: now,
            claim: None,
            created_at: now,
            tried_at: None,
            status: None,
            error: String::new(),
        }
    }

    fn is_due(&self, now: Timestamp) -> bool {
        self.state == DeliveryState::Pending && self.due_at <= now
    }
}

impl Papers {
    /// Positions of a webhook's deliveries that are due, those that have been the longest first.
    pub(super) fn due(&self, webhook: Uuid, now: Timestamp) -> impl Iterator<Item = i64> {
        let own = self.deliveries.range((webhook, i64::MIN)..=(webhook, i64::MAX));
        let due = own.filter(|it| it.1.is_due(now));
        let mut due: Vec<_> = due.map(|(key, it)| (it.due_at, key.1)).collect();
        due.sort_unstable();
        due.into_iter().map(|it| it.1)
    }

    /// RELAY-2, RELAY-4
    pub(super) fn claim(&mut self, claim: &DeliveryClaim) -> Vec<ClaimedDelivery> {
        let state = self.webhooks.get(&claim.webhook).map(|it| it.state);
        if state != Some(WebhookState::Active) {
            return vec![];
        }
        let positions: Vec<_> =
            self.due(claim.webhook, claim.now).take(claim.limit as usize).collect();
        let mut claimed = vec![];
        for position in positions {
            let Some(event) = self.event(position).cloned() else { continue };
            let Some(it) = self.deliveries.get_mut(&(claim.webhook, position)) else { continue };
            it.claim = Some(claim.id);
            it.due_at = claim.until;
            claimed.push(ClaimedDelivery { event, attempts: it.attempts });
        }
        claimed
    }

    /// RELAY-3
    pub(super) fn record_attempts(
        &mut self,
        webhook: Uuid,
        claim: Uuid,
        attempts: &[Attempt],
    ) -> u64 {
        let mut recorded = 0;
        for attempt in attempts {
            let known = self.deliveries.get_mut(&(webhook, attempt.position));
            let Some(it) = known.filter(|it| it.claim == Some(claim)) else { continue };
            it.state = attempt.result.state();
            it.due_at = attempt.result.due_at(attempt.at);
            it.attempts += 1;
            it.claim = None;
            it.tried_at = Some(attempt.at);
            it.status = attempt.status;
            it.error.clone_from(&attempt.error);
            recorded += 1;
        }
        recorded
    }

    pub(super) fn list_deliveries(
        &self,
        webhook: Uuid,
        state: Option<DeliveryState>,
        after: i64,
        limit: usize,
    ) -> Vec<DeliveryRecord> {
        let behind = self.deliveries.range((webhook, after.saturating_add(1))..);
        let own = behind.take_while(|it| it.0.0 == webhook);
        let wanted = own.filter(|it| state.is_none_or(|state| it.1.state == state));
        let record = |(key, it): (&(Uuid, i64), &Delivery)| {
            Some(DeliveryRecord {
                webhook,
                event: self.event(key.1)?.clone(),
                state: it.state,
                attempts: it.attempts,
                due_at: it.due_at,
                tried_at: it.tried_at,
                status: it.status,
                error: it.error.clone(),
            })
        };
        wanted.take(limit).filter_map(record).collect()
    }

    pub(super) fn replay(&mut self, webhook: Uuid, what: Replay, now: Timestamp) -> u64 {
        let mut replayed = 0;
        for (key, it) in &mut self.deliveries {
            if key.0 == webhook && what.names(key.1) {
                let created_at = it.created_at;
                *it = Delivery { created_at, ..Delivery::due(now) };
                replayed += 1;
            }
        }
        if let (Replay::Behind(after), Some(it)) = (what, self.webhooks.get_mut(&webhook)) {
            it.position = it.position.min(after);
        }
        replayed
    }

    pub(super) fn delete_delivered(&mut self, before: Timestamp, limit: usize) -> u64 {
        let is_old = |it: &Delivery| it.state == DeliveryState::Delivered && it.created_at < before;
        let old = self.deliveries.iter().filter(|it| is_old(it.1));
        let old: Vec<_> = old.take(limit).map(|it| *it.0).collect();
        for key in &old {
            self.deliveries.remove(key);
        }
        old.len() as u64
    }
}
