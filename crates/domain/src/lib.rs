//! What rewards *are*: nouns and pure rules.
//!
//! **Invariant:** nothing here does I/O, waits, reads a clock or draws at random. Everything is a
//! value or a pure function of values.

mod award;
mod badge;
mod charge;
mod hash;
mod ids;
mod ledger;
mod level_up;
mod lock_order;
mod match_modifier;
mod measured;
mod membership;
mod opponent_factor;
mod plan;
mod player;
mod player_event;
mod policy;
mod prizes;
mod results;
mod rounding;
mod settlement;
mod skill_category;
mod skill_points;
mod skill_profile;
mod skill_step;
mod split;
mod standing;
mod standing_rule;
mod standings;
mod team_prizes;
mod tenths;
mod text;
mod tier;
mod tournament;

pub use self::{
    award::{Award, AwardState, Evidence, Paid, PlannedAward, Reward},
    badge::{BadgeCategory, BadgeFace, BadgeName, BadgeType, NewBadge, NotABadgeName, Rarity},
    charge::{Charge, ChargeMove, ChargeOrigin, ChargeState, Unchargeable},
    hash::{Hash256, Hasher, NotAHash},
    ids::{AssessmentId, ChargeId, PlayerId, RefundId, RequestId, RuleId, TournamentId},
    ledger::{
        Account, Accounts, Cause, ChargeStep, Currency, Floor, IdempotencyKey, NewEntry, incoming,
    },
    level_up::LevelUp,
    lock_order::LockOrder,
    match_modifier::match_modifier,
    measured::{Measured, NotMeasured},
    membership::{MemberWeight, Membership},
    opponent_factor::{FACTOR_MAX, FACTOR_MIN, FieldBaseline, opponent_factor},
    plan::{Competitor, FieldSurvey, OutOfOrder, PlanHasher, RewardPlanner, TeamCheck, TeamFault},
    player::{NewPlayer, Player, Progress},
    player_event::{PlayerEvent, PlayerEventKind, Replays},
    policy::{
        AbsenceRules, BadgePolicy, BadgeRule, Bounds, Clawback, Condition, EvidenceField, Fact,
        HistoryField, Level, LevelCurve, LevelStep, Limits, Occasion, Percent, Places,
        PolicyProblem, Pool, PoolWeight, Pools, RewardPolicy, RewardTier, SkillRule, TeamRules,
        TeamShare, TiedPrizes, TierReward, Treatment,
    },
    results::{
        Better, Finish, Match, RankedEntry, RankedList, Results, ResultsProblem, Round, Score, Side,
    },
    settlement::{
        BadgeChanges, Career, History, NumberedStep, Policies, Settlement, Unsettleable, resettle,
        review, settle,
    },
    skill_category::{ConversionRates, SkillCategory},
    skill_points::{bonus_xp, skill_points},
    skill_profile::{
        Assessed, Assessment, Baseline, LevelChange, NotASkillName, SkillEntry, SkillName,
        SkillProfile, SkillStep,
    },
    skill_step::{BASELINE, LEARNING_RATE, LEVEL_MAX, LEVEL_MIN, StepEvidence, skill_step},
    standing::{FieldFacts, MatchRecord, Outcome, Placement, Standing, Standings, StandingsHasher},
    standing_rule::{Review, ReviewedRule, StandingRule},
    standings::{
        FieldRow, LeaguePoints, Listing, OnDuplicate, OnGap, Pile, RankedField, RowOrder,
        SortedRows, Sorter, StandingsRules, TieBreak, TieRule, Unranked, standings,
    },
    tenths::{TenThousandths, Tenths},
    text::{TEXT_MAX_CHARS, TextProblem, check_text},
    tier::Tier,
    tournament::{IllegalTransition, NewTournament, Tournament, TournamentStatus},
};
