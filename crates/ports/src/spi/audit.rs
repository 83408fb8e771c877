//! What a verification asks of a store: rows that break a rule, and rows to be checked by the domain.

mod faults;
mod rows;

use async_trait::async_trait;

pub use self::{
    faults::{
        BrokenEntry, EventMismatch, FaultyGuard, ForgedKey, LevelMismatch, Mischarged,
        MispaidAward, OpenBooks, RepeatedAward, RepeatedBadge, RepeatedKey, StepMismatch,
        UnbalancedAccount,
    },
    rows::{HeardAssessment, PlanRow, SkillRow, UnreadableRow},
};
use crate::{StoreError, Timestamp};

/// Reads a whole store for verification. It writes nothing.
///
/// A rule that a database can check by itself is a method that answers the rows which break it,
/// counted and with the first of them described. A rule that only the domain knows is a method that
/// shows every row, in the order of its key, a bounded number of them in memory at a time.
///
/// # Contract
///
/// - **AUDIT-1** A fault must be one at a single moment between two commits: whoever audits while
///   others write must not be told of half a commit, nor of rows that belong to different ones.
/// - **AUDIT-2** An audit must neither take a lock nor wait for one.
/// - **AUDIT-3** Faults must all be counted; the first [`faults_max`](AuditScope::faults_max) of
///   them, ascending by key, must be described, and the rows that were looked at be counted.
/// - **AUDIT-4** With [`since`](AuditScope::since), everything that belongs to a tournament or a
///   player of whom anything was recorded since must be looked at; nothing else needs to be. Of whom,
///   may be found out once, when an audit is first asked.
///
/// A row that cannot be read is told of as such, by its key, and keeps no other from being looked at.
#[async_trait]
pub trait Audit: Send + Sync + 'static {
    /// Participants with more than one award of a tournament.
    async fn repeated_awards(
        &self,
        scope: &AuditScope,
    ) -> Result<Audited<RepeatedAward>, StoreError>;

    /// Badges that a player has twice: of one tournament, or of a life.
    async fn repeated_badges(
        &self,
        scope: &AuditScope,
    ) -> Result<Audited<RepeatedBadge>, StoreError>;

    /// Entries that do not follow from the one before in their account.
    async fn broken_entries(&self, scope: &AuditScope) -> Result<Audited<BrokenEntry>, StoreError>;

    /// Accounts that differ from their ledger, have none, or are missing.
    async fn unbalanced_accounts(
        &self,
        scope: &AuditScope,
    ) -> Result<Audited<UnbalancedAccount>, StoreError>;

    /// Participants whose ledger does not pay what their award says.
    async fn mispaid_awards(&self, scope: &AuditScope)
    -> Result<Audited<MispaidAward>, StoreError>;

    /// Charges that differ from their ledger, have none, or are missing; and holds that are overdue.
    async fn mischarged(
        &self,
        scope: &AuditScope,
        terms: &PaymentTerms,
    ) -> Result<Audited<Mischarged>, StoreError>;

    /// Idempotency keys that a player has more than one entry of. It counts no rows: they are those
    /// of [`forged_keys`](Self::forged_keys), which are looked at along with it.
    async fn repeated_keys(&self, scope: &AuditScope) -> Result<Audited<RepeatedKey>, StoreError>;

    /// Entries without a key, or under one that their cause does not make.
    async fn forged_keys(&self, scope: &AuditScope) -> Result<Audited<ForgedKey>, StoreError>;

    /// Constraints and indexes of the schema that are not there as it made them. What is there
    /// besides is no fault. A store whose rules are code has none that could go missing.
    async fn faulty_guards(&self, scope: &AuditScope) -> Result<Audited<FaultyGuard>, StoreError>;

    /// Tournaments whose status does not fit what they still owe. Whatever the scope says, all of
    /// them: what is overdue is what nothing was recorded of.
    async fn open_books(
        &self,
        scope: &AuditScope,
        terms: &PaymentTerms,
    ) -> Result<Audited<OpenBooks>, StoreError>;

    /// Awards with more or fewer skill steps than they are due, and steps without an award.
    async fn step_mismatches(
        &self,
        scope: &AuditScope,
    ) -> Result<Audited<StepMismatch>, StoreError>;

    /// Players whose mark is not the last level that they reached, and levels that have not paid
    /// their credits, or have paid more.
    async fn level_mismatches(
        &self,
        scope: &AuditScope,
    ) -> Result<Audited<LevelMismatch>, StoreError>;

    /// Awards that were applied and are not told of once, in the revision that was paid last; and
    /// players whose events are not numbered without gaps, up to the number that their row has.
    async fn event_mismatches(
        &self,
        scope: &AuditScope,
    ) -> Result<Audited<EventMismatch>, StoreError>;

    /// Shows every tournament, each followed by its awards, by player; all as of one moment.
    async fn visit_plans(
        &self,
        scope: &AuditScope,
        visit: Visit<'_, PlanRow>,
    ) -> Result<(), StoreError>;

    /// Shows every player with all that the skills are made of; each as of one moment.
    async fn visit_skills(
        &self,
        scope: &AuditScope,
        visit: Visit<'_, SkillRow>,
    ) -> Result<(), StoreError>;
}

/// Is shown one row after the other.
pub type Visit<'a, Row> = &'a mut (dyn FnMut(Row) + Send);

/// What to look at, and how much to say about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditScope {
    /// Only what belongs to tournaments and players of whom anything was recorded since.
    pub since: Option<Timestamp>,
    /// Faults to be described; all are counted.
    pub faults_max: u32,
}

/// When a tournament must have been paid, and what else is a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaymentTerms {
    /// What was frozen before this and is still pending is overdue, and so is a hold that was to
    /// expire before this.
    pub frozen_before: Timestamp,
    /// Whether an award that failed is a fault, too.
    pub failed_is_a_fault: bool,
}

/// What a search for faults came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audited<Fault> {
    /// Rows that were looked at.
    pub rows_checked: u64,
    /// All faults, counted.
    pub faults_total: u64,
    /// The first of them, ascending by key.
    pub faults: Vec<Fault>,
}

impl<Fault> Default for Audited<Fault> {
    /// Nothing looked at, nothing found.
    fn default() -> Self {
        Self { rows_checked: 0, faults_total: 0, faults: Vec::new() }
    }
}
