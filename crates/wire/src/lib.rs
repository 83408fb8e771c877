//! What goes over the wire: the bodies of requests and answers, and their schemas.
//!
//! The service documents itself with these types, and the client reads and writes them. Nothing here
//! decides anything, and nothing here knows the use cases: a test holds what the service answers to
//! these types, field by field.

mod api_key;
mod appointment;
mod assessment;
mod award;
mod badge;
mod charge;
mod correction;
mod distribution;
mod event;
mod health;
mod leader;
mod ledger;
mod operation;
mod page;
mod plan;
mod player;
mod problem;
mod results;
mod reward;
mod tournament;
mod verification;
mod webhook;

pub use self::{
    api_key::{ApiKey, ApiKeyState, CreateApiKeyRequest, IssuedApiKey, Role, RotateApiKeyRequest},
    appointment::{Appointment, AppointmentRequest},
    assessment::{AssessRequest, Assessed, Assessment},
    award::{Award, AwardState, Evidence, MatchRecord, Outcome, PlannedAward, Team},
    badge::{Badge, BadgeCategory, Rarity, Revocation, Showcase, ShownBadge},
    charge::{
        Charge, ChargeOrigin, ChargeState, Charged, HoldRequest, RefundRequest, SettleRequest,
        SpendRequest,
    },
    correction::{
        AwardChange, CorrectionPreview, CorrectionRequest, DisqualificationRequest,
        PreviewCorrectionRequest, PreviewDisqualificationRequest,
    },
    distribution::{
        DistributeRequest, Distribution, DistributionOutcome, FailedAward, FinalizeRequest, Scope,
    },
    event::{CloudEvent, EventPage},
    health::Health,
    leader::{Leader, LeaderMeasure},
    ledger::{Currency, LedgerEntry},
    operation::{Accepted, OperationAnswer, OperationProgress, OperationState, RequestOperation},
    page::Page,
    plan::Plan,
    player::{
        AssessedSkill, LevelUp, NewPlayer, Player, RegisterRequest, Registered, RegisteredPlayer,
        Skill, Tier,
    },
    problem::{Existing, FieldError, Problem},
    results::{
        Better, Match, MeasuredRow, OnDuplicate, OnGap, PlacedRow, Results, SubmitRequest,
        Submitted, TeamMember, WithoutMark,
    },
    reward::{Reward, SkillChange},
    tournament::{
        AnnounceRequest, Announced, Policy, Tournament, TournamentStatus, TournamentSummary,
    },
    verification::{Check, CheckOutcome, RowName, Verification, VerifyRequest, Violation},
    webhook::{
        Delivery, DeliveryState, NewWebhook, ReplayRequest, Replayed, RotateRequest, Webhook,
        WebhookChange, WebhookState, WebhookWithSecret,
    },
};
