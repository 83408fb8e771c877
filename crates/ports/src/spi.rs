//! What a database adapter implements. The contract of every port is written here, once.
//!
//! Words: **must** is tested by `conformance`, by the clause's id; **may** is a freedom that the
//! application cannot rely on. Every clause has a row in `docs/contracts.md`.
//!
//! Every method is set-based: it takes and returns batches, and the number of statements behind it
//! does not depend on their length. Batches of players come sorted by ascending id.

mod api_keys;
pub mod audit;
mod charges;
mod leaders;
mod logbook;
mod outbox;
mod reads;
mod records;
mod requests;
mod rules;
mod store;
mod store_reads;
mod timetable;
mod transaction;

#[cfg(feature = "mock")]
pub use self::{
    api_keys::MockApiKeys, logbook::MockLogbook, outbox::MockOutbox, requests::MockRequests,
    store::MockStore, timetable::MockTimetable, transaction::MockTransaction,
};
pub use self::{
    api_keys::{ApiKeyRecord, ApiKeys, KeyRotation},
    audit::Audit,
    charges::{ChargeName, ChargeRecord, ChargeScope, NewCharge},
    leaders::{LeaderMeasure, LeaderPlace, LeaderRecord},
    logbook::{LockObservation, Logbook, RunRecord},
    outbox::{
        Attempt, AttemptResult, ClaimedDelivery, DeliveryClaim, DeliveryRecord, DeliveryState,
        EventOwner, EventRecord, EventScope, Outbox, Replay, WebhookRecord, WebhookSecret,
        WebhookState,
    },
    reads::{
        AwardRecord, AwardTotals, BadgeRecord, CorrectionRecord, LedgerEntry, PlayerRecord,
        StepRecord, career, history,
    },
    records::{
        AwardOutcome, Claim, ClaimScope, ClaimStates, CorrectionRef, HeardSkills, LockedPlayer,
        NewStep, Recorded, RetakenSteps, ToldProgress, TournamentChange, TournamentEvent, Verdict,
    },
    requests::{Claimed, HeldRequest, RequestClaim, RequestRecord, RequestWrite, Requests},
    rules::{LevelUpRecord, RuleAdvance, RuleRecord},
    store::Store,
    timetable::{Appointment, Timetable, Turn},
    transaction::Transaction,
};
