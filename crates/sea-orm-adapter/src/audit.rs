//! Reading the whole database for verification: one statement for each rule that the database can
//! check by itself, pages in the order of a key for the others.
//!
//! AUDIT-1: a statement sees the database as of one moment. Pages that belong together are read in
//! one read-only transaction, which does so, too: `REPEATABLE READ` on PostgreSQL, a deferred one
//! on SQLite, whose first read fixes what it sees.

mod badges;
mod books;
mod guards;
mod keys;
mod ledger;
mod levels;
mod participants;
mod plans;
mod readable;
mod search;
mod skills;
mod snapshot;
mod steps;
mod sums;

use std::sync::{Arc, atomic::AtomicU64};

use async_trait::async_trait;
use ports::{
    StoreError,
    spi::{
        Audit,
        audit::{
            AuditScope, Audited, BrokenEntry, FaultyGuard, ForgedKey, LevelMismatch, MispaidAward,
            OpenBooks, PaymentTerms, PlanRow, RepeatedAward, RepeatedBadge, RepeatedKey, SkillRow,
            StepMismatch, UnbalancedAccount, Visit,
        },
    },
};
use sea_orm::DatabaseConnection;

use crate::{audit::snapshot::Snapshot, connection::Connection};

/// The database as verification reads it.
pub(crate) struct SeaOrmAudit {
    pub(crate) pool: DatabaseConnection,
    pub(crate) statements: Arc<AtomicU64>,
}

impl SeaOrmAudit {
    fn reading(&self) -> Connection<'_> {
        Connection::new(&self.pool, &self.statements)
    }

    async fn snapshot(&self) -> Result<Snapshot, StoreError> {
        Snapshot::begin(&self.pool, Arc::clone(&self.statements)).await
    }
}

#[async_trait]
impl Audit for SeaOrmAudit {
    async fn repeated_awards(
        &self,
        scope: &AuditScope,
    ) -> Result<Audited<RepeatedAward>, StoreError> {
        participants::repeated_awards(&self.reading(), scope).await
    }

    async fn repeated_badges(
        &self,
        scope: &AuditScope,
    ) -> Result<Audited<RepeatedBadge>, StoreError> {
        badges::repeated(&self.reading(), scope).await
    }

    async fn broken_entries(&self, scope: &AuditScope) -> Result<Audited<BrokenEntry>, StoreError> {
        ledger::broken_entries(&self.reading(), scope).await
    }

    async fn unbalanced_accounts(
        &self,
        scope: &AuditScope,
    ) -> Result<Audited<UnbalancedAccount>, StoreError> {
        ledger::unbalanced_accounts(&self.reading(), scope).await
    }

    async fn mispaid_awards(
        &self,
        scope: &AuditScope,
    ) -> Result<Audited<MispaidAward>, StoreError> {
        participants::mispaid_awards(&self.reading(), scope).await
    }

    async fn repeated_keys(&self, scope: &AuditScope) -> Result<Audited<RepeatedKey>, StoreError> {
        keys::repeated(&self.reading(), scope).await
    }

    async fn forged_keys(&self, scope: &AuditScope) -> Result<Audited<ForgedKey>, StoreError> {
        keys::forged(&self.reading(), scope).await
    }

    async fn faulty_guards(&self, scope: &AuditScope) -> Result<Audited<FaultyGuard>, StoreError> {
        guards::faulty(&self.pool, scope).await
    }

    async fn open_books(
        &self,
        scope: &AuditScope,
        terms: &PaymentTerms,
    ) -> Result<Audited<OpenBooks>, StoreError> {
        books::open(&self.reading(), scope, terms).await
    }

    async fn step_mismatches(
        &self,
        scope: &AuditScope,
    ) -> Result<Audited<StepMismatch>, StoreError> {
        steps::mismatches(&self.reading(), scope).await
    }

    async fn level_mismatches(
        &self,
        scope: &AuditScope,
    ) -> Result<Audited<LevelMismatch>, StoreError> {
        levels::mismatches(&self.reading(), scope).await
    }

    async fn visit_plans(
        &self,
        scope: &AuditScope,
        visit: Visit<'_, PlanRow>,
    ) -> Result<(), StoreError> {
        let snapshot = self.snapshot().await?;
        plans::visit(&snapshot.connection(), scope, visit).await?;
        snapshot.end().await
    }

    async fn visit_skills(
        &self,
        scope: &AuditScope,
        visit: Visit<'_, SkillRow>,
    ) -> Result<(), StoreError> {
        let mut after = None;
        loop {
            let snapshot = self.snapshot().await?;
            after = skills::visit_page(&snapshot.connection(), scope, after, visit).await?;
            snapshot.end().await?;
            if after.is_none() {
                return Ok(());
            }
        }
    }
}
