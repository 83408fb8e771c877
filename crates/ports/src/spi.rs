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
mod reads;
mod records;
mod rules;
mod store;
mod store_reads;
mod transaction;

#[cfg(feature = "mock")]
pub use self::{
    api_keys::MockApiKeys, logbook::MockLogbook, store::MockStore, transaction::MockTransaction,
};
pub use self::{
    api_keys::{ApiKeyRecord, ApiKeys, KeyRotation},
    audit::Audit,
    charges::{ChargeName, ChargeRecord, ChargeScope, NewCharge},
    leaders::{LeaderMeasure, LeaderPlace, LeaderRecord},
    logbook::{LockObservation, Logbook, RunRecord},
    reads::{
        AwardRecord, AwardTotals, BadgeRecord, CorrectionRecord, LedgerEntry, PlayerRecord,
        StepRecord, career, history,
    },
    records::{
        AwardOutcome, Claim, ClaimScope, ClaimStates, CorrectionRef, HeardSkills, LockedPlayer,
        NewStep, Recorded, RetakenSteps, TournamentChange, TournamentEvent, Verdict,
    },
    rules::{LevelUpRecord, RuleAdvance, RuleRecord},
    store::Store,
    transaction::Transaction,
};
