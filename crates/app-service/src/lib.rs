//! The use cases of Guerdon: what teams embed.
//!
//! [`Guerdon`] is the façade. It needs a store, no server and no globals; every method may be called
//! by any number of callers, processes and machines at once, and again after any failure.
//!
//! Each use case has a file: [`register`](Guerdon::register_players),
//! [`announce`](Guerdon::create_tournament), [`submit`](Guerdon::submit_results),
//! [`preview`](Guerdon::preview), [`finalize`](Guerdon::finalize),
//! [`distribute`](Guerdon::distribute), [`correct`](Guerdon::correct), [`assess`](Guerdon::assess), what
//! players spend in `charges/` ([`spend`](Guerdon::spend), [`hold`](Guerdon::hold), …), and the reads
//! in `read/`. [`Guerdon::keyed`] carries a request that happens once through any of them.

mod access;
mod announce;
mod apply;
mod assess;
mod backfill;
mod charges;
mod correct;
mod distribute;
mod error;
mod events;
mod finalize;
mod freezing;
mod guerdon;
mod last_commit;
mod locks;
mod planning;
mod preview;
mod read;
mod register;
mod relaying;
mod requests;
mod row_id;
mod scheduler;
mod submit;
mod tally;
mod text;
mod timetable;
mod verify;
mod webhooks;

pub use self::{
    access::{ApiKeyState, ApiKeyView, ApiSecret, IssuedApiKey, KeyHolder, NewApiKey},
    assess::{AssessmentFault, InvalidAssessment},
    backfill::{Backfill, BackfillPreview, GivenBadge},
    charges::{ChargeView, Charged, ExpiredHolds, Spending},
    correct::{AwardChange, CorrectedResults, Correction, CorrectionPreview},
    distribute::{DistributeScope, ProgressListener},
    error::GuerdonError,
    events::{CloudEvent, EventPage},
    finalize::FinalizeOptions,
    guerdon::{Guerdon, Settings},
    locks::{LockReport, LockRow, LockThresholds, Quantiles, RetryRow},
    preview::Preview,
    read::{
        AssessedSkill, AwardView, BadgeView, EntryView, LeaderView, LevelUpView, PlayerView,
        RevocationView, RewardSummary, Showcase, ShownBadge, SkillChangeView, SkillView,
        TournamentSummary,
    },
    relaying::{Batch, Fate, Parcel, Tried},
    requests::{ClaimedRequest, NewRequest, RequestView, Ticket},
    scheduler::{NextTurn, Scheduler},
    submit::{HeldStandings, StandingsSource, SubmitOptions, Submitted},
    tally::{Distribution, FailedAward},
    timetable::{FinalizedDue, UnkeptAppointment},
    verify::{
        CheckListener, CheckReport, Invariant, Outcome, RowName, VerifyOptions, VerifyReport,
        VerifyRun, Violation, verify_store,
    },
    webhooks::{
        DeliveryView, NewWebhook, WebhookChange, WebhookError, WebhookRules, WebhookView,
        WebhookWithSecret, check_webhook_url, event_types, is_public,
    },
};
pub use domain;
pub use ports::{
    Actor, Clock, LockKind, NotARole, Observer, Retry, Role, StoreError, SystemClock, TakenLock,
    Timestamp, TransientCause,
    spi::{
        DeliveryState, EventScope, LeaderMeasure, LeaderPlace, Recorded, Replay, Store,
        WebhookState,
    },
};
