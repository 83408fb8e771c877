//! Statements about requests that happen once.

use domain::RequestId;
use ports::{
    Timestamp,
    spi::{Claimed, HeldRequest, RequestClaim, RequestRecord, RequestWrite},
};

use super::{Statement, Wanted};
use crate::locks::{LockKey, LockMode};

/// The row of one request, to be written. Whoever claims it waits for whoever has recorded to it.
pub(crate) fn request_row(id: RequestId) -> Wanted {
    vec![(LockKey::Request(id), LockMode::Exclusive)]
}

impl Statement<'_> {
    /// REQUEST-1, REQUEST-2, REQUEST-3.
    pub(crate) fn claim_request(&mut self, claim: &RequestClaim) -> Claimed {
        let held = claim.held;
        let record = match self.select_request(held.id) {
            Some(found) if !is_free_for(&found, claim) => return Claimed::Theirs(found),
            Some(found) => RequestRecord {
                token: held.token,
                lease_until: held.lease_from(claim.at),
                claims: found.claims + 1,
                document: claim.document.clone().or(found.document),
                ..found
            },
            None => RequestRecord::of(claim),
        };
        self.draft.requests.insert(held.id, record.clone());
        Claimed::Mine(record)
    }

    pub(crate) fn extend_request(&mut self, held: &HeldRequest, lease_until: Timestamp) -> bool {
        self.change_request(held, |it| it.lease_until = lease_until)
    }

    pub(crate) fn answer_request(
        &mut self,
        held: &HeldRequest,
        answer: &str,
        at: Timestamp,
    ) -> bool {
        self.change_request(held, |it| {
            it.answer = Some(answer.to_owned());
            it.lease_until = at;
        })
    }

    pub(crate) fn update_request(&mut self, write: &RequestWrite) -> bool {
        self.change_request(&write.held, |it| {
            it.record = Some(write.record.clone());
            it.lease_until = write.lease_until;
        })
    }

    pub(crate) fn select_request(&self, id: RequestId) -> Option<RequestRecord> {
        let found = self.draft.requests.get(id).or_else(|| self.committed.requests.get(id));
        found.cloned()
    }

    /// REQUEST-3, REQUEST-5: whoever has it no more changes nothing, nor does anybody what is
    /// answered.
    fn change_request(
        &mut self,
        held: &HeldRequest,
        change: impl FnOnce(&mut RequestRecord),
    ) -> bool {
        let committed = self.committed.requests.share(held.id);
        let record = self.draft.requests.get_mut_or(held.id, committed);
        let Some(record) = record.filter(|it| it.token == held.token && it.answer.is_none()) else {
            return false;
        };
        change(record);
        true
    }
}

fn is_free_for(found: &RequestRecord, claim: &RequestClaim) -> bool {
    let ended = found.lease_until <= claim.at;
    found.answer.is_none() && found.fingerprint == claim.fingerprint && ended
}
