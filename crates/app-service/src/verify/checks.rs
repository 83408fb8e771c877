//! The checks: one file for each, or for those that share a pass over the rows.

mod awards;
mod badges;
mod balances;
mod books;
mod charges;
mod guards;
mod keys;
mod levels;
mod payments;
mod plans;
mod skills;
mod steps;

use ports::{
    StoreError,
    spi::{
        Audit,
        audit::{AuditScope, PaymentTerms},
    },
};

use super::{Invariant, findings::Findings};

/// One pass over the rows, and what it checks.
#[derive(Debug, Clone, Copy)]
pub(super) enum Pass {
    Awards,
    Badges,
    Balances,
    Payments,
    Keys,
    Guards,
    Books,
    Plans,
    Charges,
    Skills,
    Steps,
    Levels,
}

impl Pass {
    /// Every pass. Of those that run at the same time the last should not be a long one.
    pub(super) const LONGEST_FIRST: [Self; 12] = [
        Self::Skills,
        Self::Payments,
        Self::Plans,
        Self::Keys,
        Self::Balances,
        Self::Steps,
        Self::Levels,
        Self::Awards,
        Self::Badges,
        Self::Charges,
        Self::Books,
        Self::Guards,
    ];

    /// What it checks, in the order in which [`run`](Self::run) answers.
    pub(super) fn invariants(self) -> &'static [Invariant] {
        match self {
            Self::Awards => &[Invariant::R01],
            Self::Badges => &[Invariant::R02],
            Self::Balances => &[Invariant::R03],
            Self::Payments => &[Invariant::R04],
            Self::Keys => &[Invariant::R05],
            Self::Guards => &[Invariant::R06],
            Self::Books => &[Invariant::R07],
            Self::Plans => &[Invariant::R08, Invariant::T01],
            Self::Charges => &[Invariant::R09],
            Self::Skills => &[Invariant::S01, Invariant::S02, Invariant::S04],
            Self::Steps => &[Invariant::S03],
            Self::Levels => &[Invariant::L01],
        }
    }

    pub(super) async fn run(
        self,
        audit: &dyn Audit,
        scope: &AuditScope,
        terms: &PaymentTerms,
    ) -> Result<Vec<Findings>, StoreError> {
        let found = match self {
            Self::Awards => awards::check(audit, scope).await?,
            Self::Badges => badges::check(audit, scope).await?,
            Self::Balances => balances::check(audit, scope).await?,
            Self::Payments => payments::check(audit, scope).await?,
            Self::Keys => keys::check(audit, scope).await?,
            Self::Guards => guards::check(audit, scope).await?,
            Self::Books => books::check(audit, scope, terms).await?,
            Self::Plans => return plans::check(audit, scope).await,
            Self::Charges => charges::check(audit, scope, terms).await?,
            Self::Skills => return skills::check(audit, scope).await,
            Self::Steps => steps::check(audit, scope).await?,
            Self::Levels => levels::check(audit, scope).await?,
        };
        Ok(vec![found])
    }
}
