//! What a verification finds in memory: the same rules as the databases' statements, in plain loops.

mod awards;
mod charges;
mod events;
mod levels;
mod players;
mod scope;

use async_trait::async_trait;
use ports::{
    StoreError,
    spi::{
        Audit,
        audit::{
            AuditScope, Audited, BrokenEntry, EventMismatch, FaultyGuard, ForgedKey, LevelMismatch,
            Mischarged, MispaidAward, OpenBooks, PaymentTerms, PlanRow, RepeatedAward,
            RepeatedBadge, RepeatedKey, SkillRow, StepMismatch, UnbalancedAccount, Visit,
        },
    },
};

use crate::{State, audit::scope::Scoped, shared::Shared};

/// AUDIT-1, AUDIT-2: every method looks at a copy of what was committed when it was called.
#[derive(Debug)]
pub(crate) struct MemoryAudit(pub(crate) Shared);

impl MemoryAudit {
    fn look(&self) -> State {
        self.0.enter().committed.clone()
    }
}

#[async_trait]
impl Audit for MemoryAudit {
    async fn repeated_awards(
        &self,
        scope: &AuditScope,
    ) -> Result<Audited<RepeatedAward>, StoreError> {
        Ok(Scoped::of(&self.look(), scope).repeated_awards())
    }

    async fn repeated_badges(
        &self,
        scope: &AuditScope,
    ) -> Result<Audited<RepeatedBadge>, StoreError> {
        Ok(Scoped::of(&self.look(), scope).repeated_badges())
    }

    async fn broken_entries(&self, scope: &AuditScope) -> Result<Audited<BrokenEntry>, StoreError> {
        Ok(Scoped::of(&self.look(), scope).broken_entries())
    }

    async fn unbalanced_accounts(
        &self,
        scope: &AuditScope,
    ) -> Result<Audited<UnbalancedAccount>, StoreError> {
        Ok(Scoped::of(&self.look(), scope).unbalanced_accounts())
    }

    async fn mispaid_awards(
        &self,
        scope: &AuditScope,
    ) -> Result<Audited<MispaidAward>, StoreError> {
        Ok(Scoped::of(&self.look(), scope).mispaid_awards())
    }

    async fn mischarged(
        &self,
        scope: &AuditScope,
        terms: &PaymentTerms,
    ) -> Result<Audited<Mischarged>, StoreError> {
        Ok(Scoped::of(&self.look(), scope).mischarged(terms))
    }

    async fn repeated_keys(&self, scope: &AuditScope) -> Result<Audited<RepeatedKey>, StoreError> {
        Ok(Scoped::of(&self.look(), scope).repeated_keys())
    }

    async fn forged_keys(&self, scope: &AuditScope) -> Result<Audited<ForgedKey>, StoreError> {
        Ok(Scoped::of(&self.look(), scope).forged_keys())
    }

    /// There is no schema: the rules of this store are code.
    async fn faulty_guards(&self, _: &AuditScope) -> Result<Audited<FaultyGuard>, StoreError> {
        Ok(Audited::default())
    }

    async fn open_books(
        &self,
        scope: &AuditScope,
        terms: &PaymentTerms,
    ) -> Result<Audited<OpenBooks>, StoreError> {
        Ok(Scoped::of(&self.look(), scope).open_books(terms))
    }

    async fn step_mismatches(
        &self,
        scope: &AuditScope,
    ) -> Result<Audited<StepMismatch>, StoreError> {
        Ok(Scoped::of(&self.look(), scope).step_mismatches())
    }

    async fn level_mismatches(
        &self,
        scope: &AuditScope,
    ) -> Result<Audited<LevelMismatch>, StoreError> {
        Ok(Scoped::of(&self.look(), scope).level_mismatches())
    }

    async fn event_mismatches(
        &self,
        scope: &AuditScope,
    ) -> Result<Audited<EventMismatch>, StoreError> {
        Ok(Scoped::of(&self.look(), scope).event_mismatches())
    }

    async fn visit_plans(
        &self,
        scope: &AuditScope,
        visit: Visit<'_, PlanRow>,
    ) -> Result<(), StoreError> {
        Scoped::of(&self.look(), scope).visit_plans(visit);
        Ok(())
    }

    async fn visit_skills(
        &self,
        scope: &AuditScope,
        visit: Visit<'_, SkillRow>,
    ) -> Result<(), StoreError> {
        Scoped::of(&self.look(), scope).visit_skills(visit);
        Ok(())
    }
}
