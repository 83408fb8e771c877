//! Reading the whole database for verification: one statement for each rule that the database can
//! check by itself, pages in the order of a key for the others.
//!
//! AUDIT-1: a statement sees the database as of one moment. Pages that belong together are read in
//! one read-only transaction, which does so, too: `REPEATABLE READ` on PostgreSQL, a deferred one
//! on SQLite, whose first read fixes what it sees.

mod badges;
mod books;
mod charges;
mod events;
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
mod touched;

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

pub(crate) use self::touched::Touched;
use self::{
    snapshot::Snapshot,
    touched::{Kind, Owners},
};
use crate::{connection::Connection, pool::Pool};

/// The database as verification reads it.
pub(crate) struct SeaOrmAudit {
    pub(crate) pool: Pool,
    pub(crate) touched: Touched,
}

impl SeaOrmAudit {
    fn reading(&self) -> Connection<'_> {
        self.pool.reading()
    }

    async fn tournaments(&self, scope: &AuditScope) -> Result<Owners, StoreError> {
        self.touched.within(scope, Kind::Tournaments, &self.reading()).await
    }

    async fn players(&self, scope: &AuditScope) -> Result<Owners, StoreError> {
        self.touched.within(scope, Kind::Players, &self.reading()).await
    }

    async fn snapshot(&self) -> Result<Snapshot, StoreError> {
        Snapshot::begin(&self.pool).await
    }
}

#[async_trait]
impl Audit for SeaOrmAudit {
    async fn repeated_awards(
        &self,
        scope: &AuditScope,
    ) -> Result<Audited<RepeatedAward>, StoreError> {
        let owners = self.tournaments(scope).await?;
        participants::repeated_awards(&self.reading(), scope, &owners).await
    }

    async fn repeated_badges(
        &self,
        scope: &AuditScope,
    ) -> Result<Audited<RepeatedBadge>, StoreError> {
        let owners = self.players(scope).await?;
        badges::repeated(&self.reading(), scope, &owners).await
    }

    async fn broken_entries(&self, scope: &AuditScope) -> Result<Audited<BrokenEntry>, StoreError> {
        let owners = self.players(scope).await?;
        ledger::broken_entries(&self.reading(), scope, &owners).await
    }

    async fn unbalanced_accounts(
        &self,
        scope: &AuditScope,
    ) -> Result<Audited<UnbalancedAccount>, StoreError> {
        let owners = self.players(scope).await?;
        ledger::unbalanced_accounts(&self.reading(), scope, &owners).await
    }

    async fn mispaid_awards(
        &self,
        scope: &AuditScope,
    ) -> Result<Audited<MispaidAward>, StoreError> {
        let owners = self.tournaments(scope).await?;
        participants::mispaid_awards(&self.reading(), scope, &owners).await
    }

    async fn mischarged(
        &self,
        scope: &AuditScope,
        terms: &PaymentTerms,
    ) -> Result<Audited<Mischarged>, StoreError> {
        let owners = self.players(scope).await?;
        charges::mischarged(&self.reading(), scope, terms, &owners).await
    }

    async fn repeated_keys(&self, scope: &AuditScope) -> Result<Audited<RepeatedKey>, StoreError> {
        let owners = self.players(scope).await?;
        keys::repeated(&self.reading(), scope, &owners).await
    }

    async fn forged_keys(&self, scope: &AuditScope) -> Result<Audited<ForgedKey>, StoreError> {
        let owners = self.players(scope).await?;
        keys::forged(&self.reading(), scope, &owners).await
    }

    async fn faulty_guards(&self, scope: &AuditScope) -> Result<Audited<FaultyGuard>, StoreError> {
        guards::faulty(self.snapshot().await?, scope).await
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
        let owners = self.tournaments(scope).await?;
        steps::mismatches(&self.reading(), scope, &owners).await
    }

    async fn level_mismatches(
        &self,
        scope: &AuditScope,
    ) -> Result<Audited<LevelMismatch>, StoreError> {
        let owners = self.players(scope).await?;
        levels::mismatches(&self.reading(), scope, &owners).await
    }

    async fn event_mismatches(
        &self,
        scope: &AuditScope,
    ) -> Result<Audited<EventMismatch>, StoreError> {
        let owners = self.players(scope).await?;
        events::mismatches(&self.reading(), scope, &owners).await
    }

    async fn visit_plans(
        &self,
        scope: &AuditScope,
        visit: Visit<'_, PlanRow>,
    ) -> Result<(), StoreError> {
        let owners = self.tournaments(scope).await?;
        let snapshot = self.snapshot().await?;
        plans::visit(&snapshot.connection(), self.touched.portions(owners), visit).await?;
        snapshot.end().await
    }

    async fn visit_skills(
        &self,
        scope: &AuditScope,
        visit: Visit<'_, SkillRow>,
    ) -> Result<(), StoreError> {
        let mut portions = self.touched.portions(self.players(scope).await?);
        while let Some(owners) = portions.next(&self.reading()).await? {
            let mut after = None;
            loop {
                let snapshot = self.snapshot().await?;
                let connection = snapshot.connection();
                after = skills::visit_page(&connection, &owners, after, visit).await?;
                snapshot.end().await?;
                if after.is_none() {
                    break;
                }
            }
        }
        Ok(())
    }
}
